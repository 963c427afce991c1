// A PlacementResult message against the request that it answers.
#include <string_view>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"

#include "topology/text.h"
#include "topology/wire/messages.h"
#include "topology/wire/name_finder.h"
#include "topology/wire/tables.h"

namespace grove {

using topology::Quoted;
using topology::WireReader;
namespace pb = grove::placement::v1;

namespace {

class ResultReader {
 public:
  ResultReader(const Cluster& cluster, const PlacementRequest& request, WireReader& reader)
      : cluster_(cluster), request_(request), reader_(reader), names_(cluster, request, reader) {}

  bool Read(const pb::PlacementResult& from, PlacementResult& to) {
    const FieldPath root;
    const FieldPath gangs = root.Child("gangs");
    for (const pb::GangPlacement& gang : from.gangs()) {
      const FieldPath at = gangs.Index(to.gangs.size());
      if (!ReadGang(gang, at, to.gangs.emplace_back())) return false;
    }
    to.placed = from.placed();
    to.placed_bound = from.placed_bound();
    to.counters.steps = from.steps();
    const FieldPath evictions = root.Child("evictions");
    for (const pb::Eviction& eviction : from.evictions()) {
      const FieldPath at = evictions.Index(to.evictions.size());
      if (!topology::ReadEviction(eviction, at, names_, to.evictions.emplace_back())) return false;
    }
    return true;
  }

 private:
  bool ReadGang(const pb::GangPlacement& from, const FieldPath& path, GangPlacement& to) {
    if (from.gang() >= request_.gangs.size()) {
      return reader_.Fail(path.Child("gang"),
                          absl::StrCat("is ", from.gang(), ", but there are ", request_.gangs.size(), " gangs"));
    }
    const Gang& gang = request_.gangs[from.gang()];
    to.gang = from.gang();
    if (gang.name != from.name() || gang.gang_namespace != from.namespace_()) {
      return reader_.Fail(path.Child("name"),
                          absl::StrCat("is not the name of gangs[", from.gang(), "] of the request"));
    }
    const auto outcome = topology::kOutcomes.FromMessage(from.outcome());
    if (!outcome.has_value()) return reader_.Fail(path.Child("outcome"), "unknown outcome");
    to.outcome = *outcome;
    to.optimal = from.optimal();
    to.surplus_complete = from.surplus_complete();
    to.steps = from.steps();
    return topology::ReadOptionFigures(from.options(), path.Child("options"), names_, to.options) &&
           ReadPods(from, gang, path.Child("pods"), to) && ReadFigures(from, gang, path.Child("figures"), to) &&
           (!from.has_explanation() || ReadExplanation(from.explanation(), gang, path.Child("explanation"), to));
  }

  static std::uint64_t CandidatesOf(const GangGroup& group) {
    std::uint64_t count = 0;
    for (const CandidatePods& run : group.candidates) count += run.count;
    return count;
  }

  bool ReadPods(const pb::GangPlacement& from, const Gang& gang, const FieldPath& path, GangPlacement& to) {
    absl::flat_hash_map<std::string_view, std::uint32_t> groups;
    for (std::size_t i = 0; i < gang.groups.size(); ++i) groups.try_emplace(gang.groups[i].name, i);
    for (const pb::PodPlacement& pod : from.pods()) {
      const FieldPath at = path.Index(to.pods.size());
      const auto group = groups.find(std::string_view(pod.group()));
      if (group == groups.end()) {
        return reader_.Fail(at.Child("group"), absl::StrCat("no group has the name ", Quoted(pod.group())));
      }
      const std::optional<NodeIndex> node = cluster_.FindNode(pod.node());
      if (!node.has_value()) {
        return reader_.Fail(at.Child("node"), absl::StrCat("no node has the name ", Quoted(pod.node())));
      }
      if (pod.candidate() >= CandidatesOf(gang.groups[group->second])) {
        return reader_.Fail(at.Child("candidate"), "is no candidate of the group");
      }
      to.pods.push_back({group->second, pod.candidate(), *node, pod.surplus()});
    }
    return true;
  }

  bool ReadFigures(const pb::GangPlacement& from, const Gang& gang, const FieldPath& path, GangPlacement& to) {
    for (const pb::ScopeFigure& figure : from.figures()) {
      const FieldPath at = path.Index(to.figures.size());
      ScopeFigure& read = to.figures.emplace_back();
      std::int32_t preferred = -1;
      if (!names_.FindScope(gang, figure.kind(), figure.name(), at, read.kind, read.index) ||
          !names_.FindLevel(figure.preferred(), at.Child("preferred"), preferred) ||
          !names_.FindLevel(figure.rank().level(), at.Child("rank"), read.rank.level) ||
          !names_.FindLevel(figure.bound().level(), at.Child("bound"), read.bound.level)) {
        return false;
      }
      if (preferred < 0) return reader_.Fail(at.Child("preferred"), "must not be empty");
      read.preferred = static_cast<std::uint32_t>(preferred);
      read.rank.domains = figure.rank().domains();
      read.bound.domains = figure.bound().domains();
      read.largest = figure.largest();
    }
    return true;
  }

  bool ReadExplanation(const pb::Explanation& from, const Gang& gang, const FieldPath& path, GangPlacement& placement) {
    PlacementExplanation& to = placement.explanation;
    const auto cause = topology::kCauses.FromMessage(from.cause());
    if (!cause.has_value()) return reader_.Fail(path.Child("cause"), "unknown cause");
    to.cause = *cause;
    if (!names_.FindScope(gang, from.kind(), from.name(), path, to.kind, to.index)) return false;
    to.level = from.level();
    to.needed = from.needed();
    to.placeable = from.placeable();
    to.resource = from.resource();
    to.requested = from.requested();
    to.free = from.free();
    if (!from.best_domain().empty() &&
        !names_.FindDomain(from.best_domain(), path.Child("bestDomain"), to.best_domain.emplace())) {
      return false;
    }
    if (from.has_fits_at_level() &&
        !names_.FindLevel(from.fits_at_level(), path.Child("fitsAtLevel"), to.fits_at_level.emplace())) {
      return false;
    }
    ReadRefusals(from.refusals(), to.refusals);
    if (!topology::ReadConflict(from.conflict(), gang, path.Child("conflict"), names_, to.conflict)) return false;
    const FieldPath changes = path.Child("changes");
    for (const pb::FittingChange& change : from.changes()) {
      const FieldPath at = changes.Index(to.changes.size());
      if (!topology::ReadChange(change, gang, at, names_, to.changes.emplace_back())) return false;
    }
    return true;
  }

  void ReadRefusals(const pb::NodeRefusals& from, NodeRefusals& to) const {
    to.unusable = from.unusable();
    to.not_admitted = from.not_admitted();
    to.host_ports = from.host_ports();
    to.pod_affinity = from.pod_affinity();
    // In the order of the cluster's resources; what no node has comes last.
    for (const std::string& name : cluster_.resources()) {
      if (const auto found = from.resources().find(name); found != from.resources().end()) {
        to.resources.emplace_back(name, found->second);
      }
    }
    const std::size_t known = to.resources.size();
    for (const auto& [name, nodes] : from.resources()) {
      if (!cluster_.FindResource(name).has_value()) to.resources.emplace_back(name, nodes);
    }
    std::sort(to.resources.begin() + static_cast<std::ptrdiff_t>(known), to.resources.end());
  }

  const Cluster& cluster_;
  const PlacementRequest& request_;
  WireReader& reader_;
  topology::NameFinder names_;
};

}  // namespace

WirePlacementResult ReadPlacementResult(std::string_view bytes, WireFormat format, const Cluster& cluster,
                                        const PlacementRequest& request, const WireLimits& limits) {
  WirePlacementResult answer;
  pb::PlacementResult message;
  answer.error = topology::ParseMessage(bytes, format, limits, message);
  if (answer.error.has_value()) return answer;
  WireReader reader(limits);
  PlacementResult result;
  if (ResultReader(cluster, request, reader).Read(message, result)) {
    answer.result = std::move(result);
  } else {
    answer.error = std::move(reader.error());
  }
  return answer;
}

}  // namespace grove
