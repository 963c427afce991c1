// What explanations and options say, from messages.
#include "absl/strings/str_cat.h"

#include "topology/wire/name_finder.h"
#include "topology/wire/tables.h"

namespace grove::topology {

bool ReadConflict(const pb::PackConflict& from, const Gang& gang, const FieldPath& path, NameFinder& names,
                  PackConflict& to) {
  const FieldPath constraints = path.Child("constraints");
  for (const pb::ConflictingConstraint& constraint : from.constraints()) {
    const FieldPath at = constraints.Index(to.constraints.size());
    ConflictingConstraint& read = to.constraints.emplace_back();
    if (!names.FindScope(gang, constraint.kind(), constraint.name(), at, read.kind, read.index)) return false;
    read.level = constraint.level();
    read.needed = constraint.needed();
    read.domains = constraint.domains();
    const FieldPath examples = at.Child("examples");
    for (const std::string& name : constraint.examples()) {
      const FieldPath example = examples.Index(read.examples.size());
      if (!names.FindDomain(name, example, read.examples.emplace_back())) return false;
    }
  }
  to.irreducible = from.irreducible();
  to.smallest = from.smallest();
  return true;
}

namespace {

bool ReadRelaxed(const pb::FittingChange& from, const Gang& gang, const FieldPath& path, NameFinder& names,
                 FittingChange& to) {
  for (const pb::RelaxedLevel& relaxed : from.relaxed()) {
    const FieldPath at = path.Index(to.relaxed.size());
    RelaxedLevel& read = to.relaxed.emplace_back();
    if (!names.FindScope(gang, relaxed.kind(), relaxed.name(), at, read.kind, read.index) ||
        !names.FindLevel(relaxed.level(), at.Child("level"), read.level)) {
      return false;
    }
  }
  return true;
}

bool ReadLowered(const pb::FittingChange& from, const Gang& gang, const FieldPath& path, NameFinder& names,
                 FittingChange& to) {
  for (const pb::LoweredMinimum& lowered : from.lowered()) {
    const FieldPath at = path.Index(to.lowered.size());
    LoweredMinimum& read = to.lowered.emplace_back();
    read.from = lowered.from();
    read.to = lowered.to();
    if (!names.FindGroup(gang, lowered.group(), at.Child("group"), read.group)) return false;
  }
  return true;
}

}  // namespace

bool ReadChange(const pb::FittingChange& from, const Gang& gang, const FieldPath& path, NameFinder& names,
                FittingChange& to) {
  const auto kind = kChangeKinds.FromMessage(from.kind());
  if (!kind.has_value()) return names.reader().Fail(path.Child("kind"), "unknown kind");
  to.kind = *kind;
  to.size = from.size();
  to.minimal = from.minimal();
  to.from = from.from();
  to.to = from.to();
  if (!ReadRelaxed(from, gang, path.Child("relaxed"), names, to) ||
      !ReadLowered(from, gang, path.Child("lowered"), names, to)) {
    return false;
  }
  for (const std::uint32_t scope : from.scopes()) {
    if (scope >= gang.scopes.size()) {
      return names.reader().Fail(path.Child("scopes").Index(to.scopes.size()),
                                 absl::StrCat("is ", scope, ", but there are ", gang.scopes.size(), " scopes"));
    }
    to.scopes.push_back(scope);
  }
  const FieldPath gangs = path.Child("gangs");
  for (const std::uint32_t index : from.gangs()) {
    const FieldPath at = gangs.Index(to.gangs.size());
    if (!names.FindGang(index, at, to.gangs.emplace_back())) return false;
  }
  const FieldPath nodes = path.Child("nodes");
  for (const std::string& name : from.nodes()) {
    const FieldPath at = nodes.Index(to.nodes.size());
    if (!names.FindNode(name, at, to.nodes.emplace_back())) return false;
  }
  return true;
}

bool ReadEviction(const pb::Eviction& from, const FieldPath& path, NameFinder& names, Eviction& to) {
  if (!names.FindGang(from.gang(), path.Child("gang"), to.gang) ||
      !names.FindGang(from.for_gang(), path.Child("forGang"), to.for_gang)) {
    return false;
  }
  to.whole = from.whole();
  const Gang& gang = names.request().gangs[to.gang];
  const FieldPath pods = path.Child("pods");
  for (const pb::EvictedPod& pod : from.pods()) {
    const FieldPath at = pods.Index(to.pods.size());
    EvictedPod& read = to.pods.emplace_back();
    if (!names.FindGroup(gang, pod.group(), at.Child("group"), read.group)) return false;
    read.active = pod.active();
    if (read.active >= gang.groups[read.group].active.size()) {
      return names.reader().Fail(at.Child("active"), "is no active pod of the group");
    }
    if (gang.groups[read.group].active[read.active].pod_class == ActivePod::kUnknownClass) {
      return names.reader().Fail(at.Child("active"), "is a pod whose class the request does not state");
    }
  }
  return true;
}

bool ReadOptionFigures(const pb::OptionFigures& from, const FieldPath& path, NameFinder& names, OptionFigures& to) {
  if (from.has_replicas_beside()) to.replicas_beside = from.replicas_beside();
  if (from.has_reused()) to.reused = from.reused();
  to.optimal = from.optimal();
  return !from.has_near_base_level() ||
         names.FindLevel(from.near_base_level(), path.Child("nearBaseLevel"), to.near_base_level.emplace());
}

}  // namespace grove::topology
