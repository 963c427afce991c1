// Refusals against trying everything, and the order of decisions.
#include <algorithm>
#include <optional>
#include <set>

#include "topology/placement_check.h"

namespace grove {
namespace {

bool IsBelowMinimum(const Gang& gang) {
  return std::ranges::any_of(gang.groups,
                             [](const GangGroup& group) { return group.active.size() < group.min_replicas; });
}

// The domains that hold pods of the replica's other gangs at its turn; nullopt if levels for replicas say nothing of
// it.
std::optional<std::set<DomainIndex>> ReplicaDomains(const Cluster& cluster, const PlacementRequest& request,
                                                    const PlacementResult& result, const PlacementOptions& options,
                                                    const std::vector<std::int32_t>& priorities, std::size_t turn) {
  const Gang& own = request.gangs[result.gangs[turn].gang];
  const auto level = cluster.FindLevel(options.replica_level);
  if (options.replica_level.empty() || !level || own.set.empty()) return std::nullopt;
  std::set<DomainIndex> domains;
  for (std::size_t i = 0; i < result.gangs.size(); ++i) {
    const Gang& other = request.gangs[result.gangs[i].gang];
    const bool same = other.set == own.set && other.gang_namespace == own.gang_namespace;
    if (i == turn || !same || other.replica != own.replica) continue;
    for (const GangGroup& group : other.groups) {
      for (const ActivePod& pod : group.active) domains.insert(cluster.domain_of(pod.node, *level));
    }
    for (const PodPlacement& pod : result.gangs[i].pods) {
      const bool placed = !pod.surplus || priorities[result.gangs[i].gang] > priorities[result.gangs[turn].gang];
      if (i < turn && placed) domains.insert(cluster.domain_of(pod.node, *level));
    }
  }
  for (DomainIndex domain = 0; domains.empty() && domain < cluster.domains().size(); ++domain) {
    if (cluster.domains()[domain].depth == *level + 1) domains.insert(domain);
  }
  std::erase_if(domains, [&](DomainIndex domain) { return cluster.domains()[domain].stands_alone; });
  return domains;
}

// Whether the gang fits, in one of the domains if there are any to keep to; nullopt if trying takes too long.
std::optional<bool> FitsSomewhere(const Occupancy& now, const PlacementRequest& request, std::uint32_t gang,
                                  const std::optional<std::set<DomainIndex>>& domains, std::uint64_t max_trials) {
  if (!domains) {
    const auto answer = PlaceExhaustively(now, request, gang, max_trials);
    return answer ? std::optional(answer->feasible) : std::nullopt;
  }
  const Cluster& cluster = now.cluster();
  for (const DomainIndex domain : *domains) {
    const Domain& kept = cluster.domains()[domain];
    Occupancy within = now;
    for (NodeIndex node = 0; node < cluster.node_count(); ++node) {
      if (node < kept.first_node || node >= kept.first_node + kept.node_count) within.SetUsable(node, false);
    }
    const auto answer = PlaceExhaustively(within, request, gang, max_trials);
    if (!answer || answer->feasible) return answer ? std::optional(true) : std::nullopt;
  }
  return false;
}

// Whether the gang of one turn was decided after those that come before it.
void CheckTurn(const PlacementRequest& request, const PlacementResult& result,
               const std::vector<std::int32_t>& priorities, std::size_t turn, std::vector<PlacementBreach>& breaches) {
  const std::uint32_t own = result.gangs[turn].gang;
  for (std::size_t i = 0; i < turn; ++i) {
    const std::uint32_t before = result.gangs[i].gang;
    const bool same = priorities[before] == priorities[own];
    if (priorities[before] < priorities[own]) breaches.push_back({"PL-20", own, "decided after a lower priority"});
    if (same && IsBelowMinimum(request.gangs[own]) && !IsBelowMinimum(request.gangs[before])) {
      breaches.push_back({"PL-23", own, "decided after one that has its minimum"});
    }
  }
}

// What is taken at the gang's turn: all of higher priorities, the minimum sets of equal ones.
Occupancy AtTurn(const Occupancy& occupancy, const PlacementRequest& request, const PlacementResult& result,
                 const std::vector<std::int32_t>& priorities, std::size_t turn, bool batch) {
  Occupancy now = occupancy;
  for (std::size_t i = 0; i < result.gangs.size(); ++i) {
    const std::uint32_t other = result.gangs[i].gang;
    const bool same = priorities[other] == priorities[result.gangs[turn].gang];
    if (i >= turn && !(same && batch)) continue;
    for (const PodPlacement& pod : result.gangs[i].pods) {
      if (pod.surplus && same) continue;
      now.Place(pod.node, check::ClassOf(request, request.gangs[other].groups[pod.group], pod.candidate));
    }
  }
  return now;
}

}  // namespace

std::vector<PlacementBreach> CheckRefusals(const Occupancy& occupancy, const PlacementRequest& request,
                                           const PlacementResult& result, const PlacementOptions& options,
                                           std::uint64_t max_trials) {
  std::vector<PlacementBreach> breaches;
  const std::vector<std::int32_t> priorities = check::PrioritiesOf(request);
  for (std::size_t i = 0; i < result.gangs.size(); ++i) {
    const std::uint32_t own = result.gangs[i].gang;
    CheckTurn(request, result, priorities, i, breaches);
    // With evictions more is asked of a place than the contract does.
    if (result.gangs[i].outcome != GangOutcome::kInfeasible || !result.evictions.empty()) continue;
    const Occupancy now = AtTurn(occupancy, request, result, priorities, i, options.batch);
    const auto domains = ReplicaDomains(occupancy.cluster(), request, result, options, priorities, i);
    if (FitsSomewhere(now, request, own, domains, max_trials).value_or(false)) {
      breaches.push_back({"PL-23", own, "refused, but it fits beside all minimum sets"});
    }
  }
  return breaches;
}

}  // namespace grove
