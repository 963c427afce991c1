// What options promise, and who loses room to whom, checked against the result alone.
#include <algorithm>
#include <map>
#include <set>

#include "topology/placement_check.h"

namespace grove::check {
namespace {

using Breaches = std::vector<PlacementBreach>;

// Nodes of a gang's pods: active ones and, of the placed ones, all or the minimum set.
std::vector<NodeIndex> NodesOf(const Gang& gang, const std::vector<PodPlacement>& pods, bool active, bool surplus) {
  std::vector<NodeIndex> nodes;
  for (const GangGroup& group : gang.groups) {
    for (const ActivePod& pod : group.active) {
      if (active) nodes.push_back(pod.node);
    }
  }
  for (const PodPlacement& pod : pods) {
    if (surplus || !pod.surplus) nodes.push_back(pod.node);
  }
  return nodes;
}

bool SameSet(const Gang& a, const Gang& b) {
  return !a.set.empty() && a.set == b.set && a.gang_namespace == b.gang_namespace;
}

}  // namespace

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

namespace {

class OptionChecker {
 public:
  OptionChecker(const Occupancy& occupancy, const PlacementRequest& request, const PlacementResult& result,
                const PlacementOptions& options, Breaches& breaches)
      : cluster_(occupancy.cluster()), request_(request), result_(result), options_(options), breaches_(breaches) {}

  void Run() {
    std::vector<std::vector<NodeIndex>> present;
    for (const Gang& gang : request_.gangs) present.push_back(NodesOf(gang, {}, true, false));
    const std::vector<std::int32_t> priorities = PrioritiesOf(request_);
    std::size_t first = 0;  // of those with equal priority
    for (std::size_t i = 0; i < result_.gangs.size(); ++i) {
      const GangPlacement& placement = result_.gangs[i];
      // Surplus follows the minimum sets of equal priority.
      for (; priorities[result_.gangs[first].gang] > priorities[placement.gang]; ++first) {
        for (const PodPlacement& pod : result_.gangs[first].pods) {
          if (pod.surplus) present[result_.gangs[first].gang].push_back(pod.node);
        }
      }
      const std::vector<NodeIndex> minimum = NodesOf(request_.gangs[placement.gang], placement.pods, false, false);
      if (!minimum.empty()) {
        Spread(placement, minimum, present);
        NearBase(placement, minimum, present);
        Reuse(placement, minimum);
      }
      present[placement.gang].insert(present[placement.gang].end(), minimum.begin(), minimum.end());
    }
    for (const GangPlacement& placement : result_.gangs) {
      Replica(placement);
      Balance(placement);
    }
  }

 private:
  void Report(std::uint32_t gang, const char* rule, const std::string& detail) {
    breaches_.push_back({.rule = rule, .gang = gang, .detail = detail});
  }

  void Spread(const GangPlacement& placement, const std::vector<NodeIndex>& nodes,
              const std::vector<std::vector<NodeIndex>>& present) {
    const Gang& own = request_.gangs[placement.gang];
    const auto level = cluster_.FindLevel(options_.spread_level);
    if (options_.spread_level.empty() || !level || own.set.empty()) return;
    std::map<DomainIndex, std::set<std::uint32_t>> others;
    for (std::size_t i = 0; i < present.size(); ++i) {
      const Gang& gang = request_.gangs[i];
      if (!SameSet(own, gang) || gang.replica == own.replica) continue;
      for (const NodeIndex node : present[i]) others[cluster_.domain_of(node, *level)].insert(gang.replica);
    }
    std::size_t most = 0;
    for (const NodeIndex node : nodes) most = std::max(most, others[cluster_.domain_of(node, *level)].size());
    if (placement.options.replicas_beside != most) Report(placement.gang, "spread", "the stated figure is another");
  }

  void NearBase(const GangPlacement& placement, const std::vector<NodeIndex>& nodes,
                const std::vector<std::vector<NodeIndex>>& present) {
    const Gang& own = request_.gangs[placement.gang];
    if (!options_.near_base || own.base.empty()) return;
    std::size_t base = 0;
    while (base < present.size() &&
           (request_.gangs[base].name != own.base || request_.gangs[base].gang_namespace != own.gang_namespace)) {
      ++base;
    }
    if (base == present.size()) return;
    std::int32_t near = -1;
    for (std::size_t level = 0; level < cluster_.levels().size(); ++level) {
      std::set<DomainIndex> domains;
      for (const NodeIndex node : present[base]) domains.insert(cluster_.domain_of(node, level));
      const bool all = std::ranges::all_of(
          nodes, [&](NodeIndex node) { return domains.count(cluster_.domain_of(node, level)) == 1; });
      if (all) near = static_cast<std::int32_t>(level);
    }
    if (placement.options.near_base_level != near) Report(placement.gang, "near base", "the stated level is another");
  }

  void Reuse(const GangPlacement& placement, const std::vector<NodeIndex>& nodes) {
    std::set<NodeIndex> former;
    for (const GangGroup& group : request_.gangs[placement.gang].groups) {
      former.insert(group.former.begin(), group.former.end());
    }
    if (!options_.reuse_nodes || former.empty()) return;
    const auto kept = std::ranges::count_if(nodes, [&](NodeIndex n) { return former.count(n) == 1; });
    if (placement.options.reused != kept) Report(placement.gang, "reuse", "the stated figure is another");
  }

  // All that is new of a replica is in one domain, and where something was before.
  void Replica(const GangPlacement& placement) {
    const Gang& own = request_.gangs[placement.gang];
    const auto level = cluster_.FindLevel(options_.replica_level);
    if (options_.replica_level.empty() || !level || own.set.empty() || placement.pods.empty()) return;
    std::set<DomainIndex> placed;
    std::set<DomainIndex> before;
    for (const GangPlacement& other : result_.gangs) {
      const Gang& gang = request_.gangs[other.gang];
      if (!SameSet(own, gang) || gang.replica != own.replica) continue;
      for (const NodeIndex n : NodesOf(gang, other.pods, false, true)) placed.insert(cluster_.domain_of(n, *level));
      for (const NodeIndex n : NodesOf(gang, {}, true, false)) before.insert(cluster_.domain_of(n, *level));
    }
    for (const DomainIndex domain : placed) {
      const bool kept = before.empty() ? placed.size() == 1 : before.count(domain) == 1;
      if (!kept || cluster_.domains()[domain].stands_alone) return Report(placement.gang, "replica level", own.set);
    }
  }

  void Balance(const GangPlacement& placement) {
    for (const ScopeFigure& figure : placement.figures) {
      if (!options_.balance) break;
      for (const ScopeNodes& scope : ScopesOf(request_.gangs[placement.gang], placement.pods)) {
        if (scope.kind != figure.kind || scope.index != figure.index) continue;
        std::map<DomainIndex, std::uint32_t> pods;
        for (const auto* nodes : {&scope.active, &scope.minimum_set}) {
          for (const NodeIndex node : *nodes) ++pods[cluster_.domain_of(node, figure.preferred)];
        }
        std::uint32_t largest = 0;
        for (const auto& [domain, count] : pods) largest = std::max(largest, count);
        if (largest != figure.largest) Report(placement.gang, "balance", "the stated figure is another");
      }
    }
  }

  const Cluster& cluster_;
  const PlacementRequest& request_;
  const PlacementResult& result_;
  const PlacementOptions& options_;
  Breaches& breaches_;
};

// PL-60: surplus, or all of a gang with its scaled gangs; always of lower priority; for a gang that is placed.
void CheckEviction(const PlacementRequest& request, const PlacementResult& result, const Eviction& eviction,
                   Breaches& breaches) {
  const auto report = [&](const std::string& detail) {
    breaches.push_back({.rule = "PL-60", .gang = eviction.gang, .detail = detail});
  };
  const Gang& gang = request.gangs[eviction.gang];
  if (gang.priority >= request.gangs[eviction.for_gang].priority) report("its priority is not lower");
  std::set<std::pair<std::uint32_t, std::uint32_t>> gone;
  for (const Eviction& other : result.evictions) {
    for (const EvictedPod& pod : other.pods) {
      if (other.gang == eviction.gang) gone.emplace(pod.group, pod.active);
    }
  }
  bool whole = false;
  for (const Eviction& other : result.evictions) whole = whole || (other.gang == eviction.gang && other.whole);
  for (std::uint32_t g = 0; g < gang.groups.size(); ++g) {
    const auto count =
        static_cast<std::size_t>(std::ranges::count_if(gone, [&](const auto& pod) { return pod.first == g; }));
    const std::size_t active = gang.groups[g].active.size();
    if (whole ? count != active : count > 0 && active - count < gang.groups[g].min_replicas) {
      report("it loses part of its minimum");
    }
  }
  for (const GangPlacement& placement : result.gangs) {
    const Gang& other = request.gangs[placement.gang];
    if (whole && placement.gang == eviction.gang && !placement.pods.empty()) report("it is placed again");
    if (placement.gang == eviction.for_gang && placement.pods.empty()) report("nobody gets its room");
    if (!whole || other.base != gang.name || other.gang_namespace != gang.gang_namespace) continue;
    const bool holds = !NodesOf(other, {}, true, false).empty();
    const bool goes =
        std::ranges::any_of(result.evictions, [&](const Eviction& e) { return e.gang == placement.gang && e.whole; });
    if (holds && !goes) report("its scaled gang stays");
  }
}

}  // namespace

void CheckOptions(const Occupancy& occupancy, const PlacementRequest& request, const PlacementResult& result,
                  const PlacementOptions& options, Breaches& breaches) {
  OptionChecker(occupancy, request, result, options, breaches).Run();
}

void CheckEvictions(const Occupancy& occupancy, const PlacementRequest& request, const PlacementResult& result,
                    Breaches& breaches) {
  for (const Eviction& eviction : result.evictions) CheckEviction(request, result, eviction, breaches);
  // Nobody uses room before those who hold it have left.
  Occupancy now = occupancy;
  for (const GangPlacement& placement : result.gangs) {
    for (const Eviction& eviction : result.evictions) {
      for (const EvictedPod& pod : eviction.pods) {
        const ActivePod& active = request.gangs[eviction.gang].groups[pod.group].active[pod.active];
        if (eviction.for_gang == placement.gang) now.Release(active.node, request.classes[active.pod_class]);
      }
    }
    for (const PodPlacement& pod : placement.pods) {
      if (pod.surplus || result.evictions.empty()) continue;
      now.Place(pod.node, ClassOf(request, request.gangs[placement.gang].groups[pod.group], pod.candidate));
      const auto free = now.free(pod.node);
      for (std::size_t r = 0; r < free.size(); ++r) {
        if (free[r] < std::min<std::int64_t>(0, occupancy.free(pod.node)[r])) {
          breaches.push_back({"PL-14", placement.gang, std::string(occupancy.cluster().node_name(pod.node))});
        }
      }
    }
  }
}

}  // namespace grove::check
