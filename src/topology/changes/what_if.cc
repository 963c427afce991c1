#include "topology/changes/what_if.h"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>

#include "absl/container/flat_hash_map.h"

#include "topology/planner.h"

namespace grove::topology {
namespace {

// Steps for one question.
constexpr std::uint64_t kStepsPerQuestion = 20'000;

constexpr std::array<std::string_view, 7> kOutOfService = {
    "node.kubernetes.io/unschedulable",       "node.kubernetes.io/not-ready",     "node.kubernetes.io/unreachable",
    "node.kubernetes.io/memory-pressure",     "node.kubernetes.io/disk-pressure", "node.kubernetes.io/pid-pressure",
    "node.kubernetes.io/network-unavailable",
};

// Gangs by namespace and name, as bases are found.
class Priorities {
 public:
  explicit Priorities(const PlacementRequest& request) : request_(request) {
    for (const Gang& gang : request.gangs) by_name_.try_emplace({gang.gang_namespace, gang.name}, &gang);
  }
  // A scaled gang cannot come before its base (PL-10).
  [[nodiscard]] std::int32_t Of(std::uint32_t index) const {
    const Gang& gang = request_.gangs[index];
    const auto base = by_name_.find({gang.gang_namespace, gang.base});
    if (gang.base.empty() || base == by_name_.end()) return gang.priority;
    return std::min(gang.priority, base->second->priority);
  }

 private:
  const PlacementRequest& request_;
  absl::flat_hash_map<std::pair<std::string_view, std::string_view>, const Gang*> by_name_;
};

}  // namespace

bool SaysOutOfService(const Taint& taint) {
  return taint.effect != TaintEffect::kPreferNoSchedule &&
         std::ranges::find(kOutOfService, taint.key) != kOutOfService.end();
}

std::uint32_t ClassOfCandidate(const GangGroup& group, std::uint32_t candidate) {
  std::size_t run = 0;
  while (candidate >= group.candidates[run].count) candidate -= group.candidates[run++].count;
  return group.candidates[run].pod_class;
}

WhatIf::WhatIf(const Occupancy& start, const PlacementRequest& request, const PlacementResult& result,
               std::size_t position, const PlacementOptions& options)
    : placed_(request.gangs.size()), state_(AtTurn(start, request, result, position, placed_)), options_(options) {
  options_.explain = options_.batch = options_.preempt = false;
  options_.spread_level.clear();
  options_.near_base = options_.balance = options_.reuse_nodes = false;
  options_.steps_per_gang = std::min(options.steps_per_gang, kStepsPerQuestion);
  TakeGang(request, request.gangs[result.gangs[position].gang]);
  KeepReplicaTogether(request, result.gangs[position].gang);
}

void WhatIf::TakeGang(const PlacementRequest& request, const Gang& gang) {
  gang_ = gang;
  gang_.base.clear();
  absl::flat_hash_map<std::uint32_t, std::uint32_t> numbers;
  for (GangGroup& group : gang_.groups) {
    for (CandidatePods& run : group.candidates) {
      const auto [number, is_new] = numbers.try_emplace(run.pod_class, question_.classes.size());
      if (is_new) question_.classes.push_back(request.classes[run.pod_class]);
      run.pod_class = number->second;
    }
    // Which pods of several classes make up the minimum is left to the planner.
    if (group.candidates.size() == 1) group.candidates[0].count = MissingOf(group);
    for (ActivePod& pod : group.active) pod.pod_class = ActivePod::kUnknownClass;
  }
  question_.gangs.resize(1);
}

// Surplus of equal priority comes after all minimum sets (PL-23).
Occupancy WhatIf::AtTurn(const Occupancy& start, const PlacementRequest& request, const PlacementResult& result,
                         std::size_t position, std::vector<std::vector<PodPlacement>>& placed) {
  Occupancy occupancy = start;
  for (const Eviction& eviction : result.evictions) {
    const auto decided =
        std::find_if(result.gangs.begin(), result.gangs.begin() + static_cast<std::ptrdiff_t>(position),
                     [&](const GangPlacement& gang) { return gang.gang == eviction.for_gang; });
    if (decided == result.gangs.begin() + static_cast<std::ptrdiff_t>(position)) continue;
    for (const EvictedPod& pod : eviction.pods) {
      const ActivePod& active = request.gangs[eviction.gang].groups[pod.group].active[pod.active];
      occupancy.Release(active.node, request.classes[active.pod_class]);
    }
  }
  const Priorities priorities(request);
  const std::int32_t own = priorities.Of(result.gangs[position].gang);
  for (std::size_t i = 0; i < position; ++i) {
    const GangPlacement& placement = result.gangs[i];
    const bool with_surplus = priorities.Of(placement.gang) > own;
    for (const PodPlacement& pod : placement.pods) {
      if (pod.surplus && !with_surplus) continue;
      const GangGroup& group = request.gangs[placement.gang].groups[pod.group];
      occupancy.Place(pod.node, request.classes[ClassOfCandidate(group, pod.candidate)]);
      placed[placement.gang].push_back(pod);
    }
  }
  return occupancy;
}

// The domains that hold pods of the replica's other gangs are the only ones that are open.
void WhatIf::KeepReplicaTogether(const PlacementRequest& request, std::uint32_t own) {
  const Gang& gang = request.gangs[own];
  const auto level = cluster().FindLevel(options_.replica_level);
  if (options_.replica_level.empty() || gang.set.empty() || !level) return;
  std::set<DomainIndex> held;
  for (std::uint32_t i = 0; i < request.gangs.size(); ++i) {
    const Gang& other = request.gangs[i];
    const bool together = i != own && other.set == gang.set && other.replica == gang.replica &&
                          other.gang_namespace == gang.gang_namespace;
    if (!together) continue;
    for (const PodPlacement& pod : placed_[i]) held.insert(cluster().domain_of(pod.node, *level));
    for (const GangGroup& group : other.groups) {
      for (const ActivePod& pod : group.active) held.insert(cluster().domain_of(pod.node, *level));
    }
  }
  for (NodeIndex node = 0; !held.empty() && node < cluster().node_count(); ++node) {
    if (held.count(cluster().domain_of(node, *level)) == 1) continue;
    state_.occupancy().SetUsable(node, false);
    state_.Refresh(node);
  }
}

void WhatIf::CloseOutOfService(std::span<const NodeIndex> nodes) {
  for (PodClass& pods : question_.classes) {
    for (const std::string_view key : kOutOfService) {
      pods.tolerations.push_back({.key = std::string(key), .exists = true, .value = ""});
    }
  }
  for (const NodeIndex node : nodes) {
    state_.occupancy().SetUsable(node, false);
    state_.Refresh(node);
  }
}

Answer WhatIf::Ask(const Gang& gang, const Edit& edit) {
  if (left_ == 0) return Answer::kOpen;
  --left_;
  question_.gangs[0] = gang;
  const std::size_t mark = state_.occupancy().mark();
  if (edit.edit) edit.edit(state_.occupancy());
  state_.FollowPods(mark);
  for (const NodeIndex node : edit.nodes) state_.Refresh(node);
  const GangOutcome outcome = PlanWay(state_, question_, options_).gangs[0].outcome;
  state_.FollowPods(mark, true);
  state_.occupancy().Undo(mark);
  for (const NodeIndex node : edit.nodes) state_.Refresh(node);
  switch (outcome) {
    case GangOutcome::kPlaced:
      return Answer::kYes;
    case GangOutcome::kNotFound:
      return Answer::kOpen;
    default:
      return Answer::kNo;
  }
}

}  // namespace grove::topology
