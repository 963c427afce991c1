// Refusals against trying everything, and the order of decisions.
#include <algorithm>
#include <map>

#include "topology/placement_check.h"

namespace grove {
namespace {

// The priority that counts: a scaled gang cannot come before its base.
std::vector<std::int32_t> PrioritiesOf(const PlacementRequest& request) {
  std::map<std::pair<std::string, std::string>, std::int32_t> by_name;
  for (const Gang& gang : request.gangs) by_name[{gang.gang_namespace, gang.name}] = gang.priority;
  std::vector<std::int32_t> priorities;
  for (const Gang& gang : request.gangs) {
    const auto base = by_name.find({gang.gang_namespace, gang.base});
    const bool scaled = !gang.base.empty() && base != by_name.end();
    priorities.push_back(scaled ? std::min(gang.priority, base->second) : gang.priority);
  }
  return priorities;
}

bool IsBelowMinimum(const Gang& gang) {
  return std::any_of(gang.groups.begin(), gang.groups.end(),
                     [](const GangGroup& group) { return group.active.size() < group.min_replicas; });
}

}  // namespace

std::vector<PlacementBreach> CheckRefusals(const Occupancy& occupancy, const PlacementRequest& request,
                                           const PlacementResult& result, const PlacementOptions& options,
                                           std::uint64_t max_trials) {
  std::vector<PlacementBreach> breaches;
  const std::vector<std::int32_t> priorities = PrioritiesOf(request);
  for (std::size_t i = 0; i < result.gangs.size(); ++i) {
    const std::uint32_t own = result.gangs[i].gang;
    for (std::size_t j = 0; j < i; ++j) {
      const std::uint32_t before = result.gangs[j].gang;
      const bool same = priorities[before] == priorities[own];
      if (priorities[before] < priorities[own]) breaches.push_back({"PL-20", own, "decided after a lower priority"});
      if (same && IsBelowMinimum(request.gangs[own]) && !IsBelowMinimum(request.gangs[before])) {
        breaches.push_back({"PL-23", own, "decided after one that has its minimum"});
      }
    }
    // With evictions and levels for replicas more is asked of a place than the contract does.
    const bool more = !result.evictions.empty() || (!options.replica_level.empty() && !request.gangs[own].set.empty());
    if (result.gangs[i].outcome != GangOutcome::kInfeasible || more) continue;
    // At its turn: all of higher priorities, the minimum sets of equal ones.
    Occupancy now = occupancy;
    for (std::size_t j = 0; j < result.gangs.size(); ++j) {
      const std::uint32_t other = result.gangs[j].gang;
      const bool same = priorities[other] == priorities[own];
      if (j >= i && !(same && options.batch)) continue;
      for (const PodPlacement& pod : result.gangs[j].pods) {
        if (pod.surplus && same) continue;
        now.Place(pod.node, check::ClassOf(request, request.gangs[other].groups[pod.group], pod.candidate));
      }
    }
    const auto answer = PlaceExhaustively(now, request, own, max_trials);
    if (answer && answer->feasible) breaches.push_back({"PL-23", own, "refused, but it fits beside all minimum sets"});
  }
  return breaches;
}

}  // namespace grove
