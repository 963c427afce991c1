#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"

#include "topology/text.h"
#include "topology/wire/reader.h"

namespace grove::topology {
namespace {

constexpr std::int32_t kDefaultPriority = 50;  // PL-20

PackLevels PackOf(const pb::PackLevels& from) { return {from.required(), from.preferred()}; }

}  // namespace

bool WireReader::CountPods(std::uint64_t pods, std::uint64_t& of_gang, const FieldPath& path) {
  of_gang += pods;  // both at most 2^32 a step, so that neither wraps around before it is refused
  pods_ += pods;
  if (of_gang > kMostPodsPerGang) return FailLimit(path, kMostPodsPerGang, "pods of a gang");
  if (pods_ > limits_.max_pods) return FailLimit(path, limits_.max_pods, "max_pods");
  return true;
}

bool WireReader::ReadScopes(const pb::Gang& from, const FieldPath& path, Gang& to) {
  for (const pb::GangScope& scope : from.scopes()) {
    const std::size_t index = to.scopes.size();
    GangScope& read = to.scopes.emplace_back();
    read.name = scope.name();
    read.pack = PackOf(scope.pack());
    if (!scope.has_parent()) continue;
    // So no chain of parents can close.
    if (scope.parent() >= index) {
      return Fail(path.Index(index).Child("parent"),
                  absl::StrCat("is ", scope.parent(), ", must be the index of an earlier scope"));
    }
    read.parent = scope.parent();
  }
  return true;
}

bool WireReader::ReadGroup(const pb::GangGroup& from, std::size_t class_count, const Cluster& cluster,
                           const FieldPath& path, const Gang& gang, GangGroup& to) {
  to.name = from.name();
  to.pack = PackOf(from.pack());
  to.min_replicas = from.min_replicas();
  if (from.has_scope()) {
    if (from.scope() >= gang.scopes.size()) {
      return Fail(path.Child("scope"),
                  absl::StrCat("is ", from.scope(), ", but there are ", gang.scopes.size(), " scopes"));
    }
    to.scope = from.scope();
  }
  const FieldPath candidates = path.Child("candidates");
  for (const pb::CandidatePods& run : from.candidates()) {
    const FieldPath at = candidates.Index(to.candidates.size());
    if (run.pod_class() >= class_count) {
      return Fail(at.Child("podClass"),
                  absl::StrCat("is ", run.pod_class(), ", but there are ", class_count, " classes"));
    }
    if (!CountPods(run.count(), gang_pods_, at.Child("count"))) return false;
    to.candidates.push_back({run.pod_class(), run.count()});
  }
  const FieldPath active = path.Child("active");
  if (!CountPods(static_cast<std::uint64_t>(from.active_size()), gang_pods_, active)) return false;
  for (const std::string& name : from.active()) {
    const std::optional<NodeIndex> node = cluster.FindNode(name);
    if (!node.has_value()) {
      return Fail(active.Index(to.active.size()), absl::StrCat("no node has the name ", Quoted(name)));
    }
    to.active.push_back({*node});
  }
  return ReadActiveClasses(from, class_count, path, to) && ReadFormer(from, cluster, path, to);
}

bool WireReader::ReadActiveClasses(const pb::GangGroup& from, std::size_t class_count, const FieldPath& path,
                                   GangGroup& to) {
  const FieldPath classes = path.Child("activePodClasses");
  const auto count = static_cast<std::size_t>(from.active_pod_classes_size());
  if (count != 0 && count != to.active.size()) {
    return Fail(classes, absl::StrCat("has ", count, " entries for ", to.active.size(), " active pods"));
  }
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint32_t pod_class = from.active_pod_classes(static_cast<int>(i));
    if (pod_class >= class_count) {
      return Fail(classes.Index(i), absl::StrCat("is ", pod_class, ", but there are ", class_count, " classes"));
    }
    to.active[i].pod_class = pod_class;
  }
  return true;
}

bool WireReader::ReadFormer(const pb::GangGroup& from, const Cluster& cluster, const FieldPath& path, GangGroup& to) {
  const FieldPath former = path.Child("former");
  if (!CountPods(static_cast<std::uint64_t>(from.former_size()), gang_pods_, former)) return false;
  for (const std::string& name : from.former()) {
    const std::optional<NodeIndex> node = cluster.FindNode(name);
    // A node that is gone can hold nothing any more.
    if (node.has_value()) to.former.push_back(*node);
  }
  return true;
}

bool WireReader::ReadGang(const pb::Gang& from, std::size_t class_count, const Cluster& cluster, const FieldPath& path,
                          Gang& to) {
  to.gang_namespace = from.namespace_();
  to.name = from.name();
  to.priority = from.has_priority() ? from.priority() : kDefaultPriority;
  to.order = from.order();
  to.base = from.base();
  to.topology = from.topology();
  to.set = from.set();
  to.replica = from.replica();
  to.pack = PackOf(from.pack());
  if (to.name.empty()) return Fail(path.Child("name"), "must not be empty");
  groups_ += static_cast<std::uint64_t>(from.scopes_size()) + static_cast<std::uint64_t>(from.groups_size());
  if (groups_ > limits_.max_groups) return FailLimit(path, limits_.max_groups, "max_groups");
  if (!ReadScopes(from, path.Child("scopes"), to)) return false;
  gang_pods_ = 0;
  const FieldPath groups = path.Child("groups");
  absl::flat_hash_map<std::string_view, std::size_t> names;
  to.groups.resize(static_cast<std::size_t>(from.groups_size()));
  for (std::size_t i = 0; i < to.groups.size(); ++i) {
    const FieldPath at = groups.Index(i);
    if (!ReadGroup(from.groups(static_cast<int>(i)), class_count, cluster, at, to, to.groups[i])) return false;
    if (const auto [first, is_new] = names.try_emplace(to.groups[i].name, i); !is_new) {
      return Fail(at.Child("name"),
                  absl::StrCat(Quoted(to.groups[i].name), " is the name of groups[", first->second, "] too"));
    }
  }
  return true;
}

bool WireReader::ReadGangs(const pb::PlacementRequest& from, const Cluster& cluster, PlacementRequest& to) {
  const FieldPath root;
  if (!ReadPodClasses(from.pod_classes(), root.Child("podClasses"), to.classes)) return false;
  const auto count = static_cast<std::size_t>(from.gangs_size());
  const FieldPath gangs = root.Child("gangs");
  if (count > limits_.max_gangs) return FailLimit(gangs, limits_.max_gangs, "max_gangs");
  to.gangs.resize(count);
  absl::flat_hash_map<std::pair<std::string_view, std::string_view>, std::size_t> names;
  names.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    Gang& gang = to.gangs[i];
    const FieldPath at = gangs.Index(i);
    if (!ReadGang(from.gangs(static_cast<int>(i)), to.classes.size(), cluster, at, gang)) return false;
    const auto [first, is_new] = names.try_emplace({gang.gang_namespace, gang.name}, i);
    if (!is_new) {
      return Fail(at.Child("name"), absl::StrCat(Quoted(gang.name), " is the name of gangs[", first->second,
                                                 "] too, in the same namespace"));
    }
  }
  return true;
}

}  // namespace grove::topology
