// Random gangs with options, and the comparison of a plan with trying everything.
#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "topology/placement_check.h"
#include "topology/random_placement.h"

namespace grove::test {

// What a placement of a gang's minimum set is worth by options and ranks, less is better: replicas beside, distance
// from the base, ranks, pods elsewhere, the largest parts.
using Worth = std::vector<std::int64_t>;

struct OptionTrial {
  const Cluster& cluster;
  const PlacementRequest& request;
  std::uint32_t gang;
  const PlacementOptions& options;
  Occupancy now;                                // what is taken before it
  std::vector<std::vector<NodeIndex>> present;  // by gang
  std::uint64_t left = 200'000;
  std::vector<PodPlacement> pods = {};
  std::optional<Worth> best = {};

  const Gang& Own() const { return request.gangs[gang]; }

  Worth Measure() const {
    Worth worth;
    const auto spread = cluster.FindLevel(options.spread_level);
    std::map<DomainIndex, std::set<std::uint32_t>> others;
    for (std::size_t i = 0; spread && i < present.size(); ++i) {
      if (request.gangs[i].set.empty() || request.gangs[i].replica == Own().replica) continue;
      for (const NodeIndex node : present[i]) others[cluster.domain_of(node, *spread)].insert(request.gangs[i].replica);
    }
    std::size_t beside = 0;
    std::int64_t elsewhere = 0;
    std::set<NodeIndex> former;
    for (const GangGroup& group : Own().groups) former.insert(group.former.begin(), group.former.end());
    for (const PodPlacement& pod : pods) {
      if (spread) beside = std::max(beside, others[cluster.domain_of(pod.node, *spread)].size());
      elsewhere += former.count(pod.node) == 1 ? 0 : 1;
    }
    worth.push_back(options.spread_level.empty() || Own().set.empty() ? 0 : static_cast<std::int64_t>(beside));
    worth.push_back(options.near_base && !Own().base.empty() ? Distance() : 0);
    const std::vector<check::ScopeNodes> scopes = check::ScopesOf(Own(), pods);
    for (const PackRank& rank : check::RanksOf(cluster, scopes)) {
      worth.push_back(-rank.level);
      worth.push_back(rank.domains);
    }
    worth.push_back(options.reuse_nodes && !former.empty() ? elsewhere : 0);
    return worth;
  }

  std::int64_t Distance() const {
    for (std::size_t level = cluster.levels().size(); level-- > 0;) {
      std::set<DomainIndex> base;
      for (const NodeIndex node : present[0]) base.insert(cluster.domain_of(node, level));
      if (std::all_of(pods.begin(), pods.end(),
                      [&](const PodPlacement& pod) { return base.count(cluster.domain_of(pod.node, level)) == 1; })) {
        return -static_cast<std::int64_t>(level);
      }
    }
    return 1;
  }

  // With a level for replicas: all pods in one of its domains, where the replica's other gangs are.
  bool KeepsReplica() const {
    const auto level = cluster.FindLevel(options.replica_level);
    if (options.replica_level.empty() || !level || Own().set.empty() || pods.empty()) return true;
    const DomainIndex domain = cluster.domain_of(pods[0].node, *level);
    bool alone = true;
    bool beside = false;
    for (std::size_t i = 0; i < present.size(); ++i) {
      const bool of_replica = request.gangs[i].set == Own().set && request.gangs[i].replica == Own().replica;
      if (i == gang || !of_replica) continue;
      for (const NodeIndex node : present[i]) {
        alone = false;
        beside = beside || cluster.domain_of(node, *level) == domain;
      }
    }
    return (alone || beside) && !cluster.domains()[domain].stands_alone &&
           std::all_of(pods.begin(), pods.end(),
                       [&](const PodPlacement& pod) { return cluster.domain_of(pod.node, *level) == domain; });
  }

  bool Fits(NodeIndex node, const PodClass& pod) const {
    const auto free = now.free(node);
    if (!check::AdmitsNode(now, node, pod) || free[*cluster.FindResource("pods")] < 1) return false;
    return std::all_of(pod.requests.begin(), pod.requests.end(), [&](const auto& request) {
      return request.second == 0 || free[*cluster.FindResource(request.first)] >= request.second;
    });
  }

  void Run(std::size_t group = 0, std::uint32_t candidate = 0, NodeIndex from = 0) {
    if (left == 0) return;
    --left;
    if (group == Own().groups.size()) {
      for (const check::ScopeNodes& scope : check::ScopesOf(Own(), pods)) {
        if (!check::KeepsRequired(cluster, scope)) return;
      }
      if (!KeepsReplica()) return;
      const Worth worth = Measure();
      if (!best || worth < *best) best = worth;
      return;
    }
    if (candidate == Own().groups[group].min_replicas) return Run(group + 1);
    const PodClass& pod = check::ClassOf(request, Own().groups[group], candidate);
    for (NodeIndex node = from; node < cluster.node_count(); ++node) {
      if (!Fits(node, pod)) continue;
      const std::size_t mark = now.mark();
      now.Place(node, pod);
      pods.push_back({static_cast<std::uint32_t>(group), candidate, node, false});
      Run(group, candidate + 1, node);
      pods.pop_back();
      now.Undo(mark);
    }
  }
};

// A case, what runs there beside the snapshot, and the options.
struct OptionCase {
  SmallCase small;
  PlacementOptions options;
};

inline void MakeClassesPlain(SmallCase& small) {
  for (PodClass& pods : small.request.classes) {
    PodClass plain;
    plain.requests = pods.requests;
    pods = plain;
  }
  small.request.gangs.clear();
}

inline Gang GangOfSet(Numbers& numbers, const SmallCase& small, std::uint32_t number, std::uint32_t most_pods) {
  Gang gang = RandomGang(numbers, small, number, most_pods);
  for (GangGroup& group : gang.groups) {
    group.candidates.resize(1);
    group.active.clear();
    group.min_replicas = group.candidates[0].count;
    if (numbers.OneIn(2)) group.former.push_back(numbers.Below(static_cast<std::uint32_t>(small.nodes.size())));
    if (numbers.OneIn(2)) group.former.push_back(numbers.Below(static_cast<std::uint32_t>(small.nodes.size())));
  }
  gang.set = "set";
  gang.replica = numbers.OneIn(2) ? number : 0;
  if (number > 0 && numbers.OneIn(2)) gang.base = "g0";
  return gang;
}

inline OptionCase TwoGangs(std::uint64_t seed) {
  Numbers numbers(seed);
  OptionCase result{.small = RandomCase(seed), .options = {}};
  SmallCase& small = result.small;
  MakeClassesPlain(small);
  for (std::uint32_t g = 0; g < 2; ++g) small.request.gangs.push_back(GangOfSet(numbers, small, g, 5));
  const auto level = [&](std::uint64_t i) {
    return small.levels.empty() ? "" : small.levels[i % small.levels.size()].key;
  };
  if (seed % 2 == 0) result.options.spread_level = level(seed);
  result.options.near_base = seed % 3 != 0;
  result.options.reuse_nodes = seed % 5 != 0;
  result.options.balance = seed % 7 != 0;
  if (seed % 4 == 1) result.options.replica_level = level(seed / 4);
  return result;
}

// Pods that run and may have to go: as much as fits.
inline Gang RunningGang(Numbers& numbers, const SmallCase& small, std::uint32_t number) {
  Gang gang;
  gang.name = "low" + std::to_string(number);
  gang.priority = static_cast<std::int32_t>(numbers.Below(2));
  GangGroup group;
  group.name = "p";
  for (std::uint32_t i = 1 + numbers.Below(3); i > 0; --i) {
    group.active.push_back({.node = numbers.Below(static_cast<std::uint32_t>(small.nodes.size())),
                            .pod_class = numbers.Below(static_cast<std::uint32_t>(small.request.classes.size()))});
  }
  group.min_replicas = numbers.Below(static_cast<std::uint32_t>(group.active.size()) + 1);
  gang.groups.push_back(std::move(group));
  return gang;
}

// Two to four gangs, of several priorities, with surplus, and gangs that run; several options at once.
inline OptionCase AnyGangs(std::uint64_t seed) {
  Numbers numbers(seed * 5);
  OptionCase result{.small = RandomCase(seed), .options = {}};
  SmallCase& small = result.small;
  MakeClassesPlain(small);
  const bool one_priority = numbers.OneIn(2);
  for (std::uint32_t g = 0; g < 2 + numbers.Below(3); ++g) {
    Gang gang = GangOfSet(numbers, small, g, 4);
    gang.priority = one_priority ? 50 : 50 + static_cast<std::int32_t>(numbers.Below(2));
    for (GangGroup& group : gang.groups) {
      if (numbers.OneIn(4)) group.min_replicas = numbers.Below(group.min_replicas + 1);
    }
    small.request.gangs.push_back(std::move(gang));
  }
  for (std::uint32_t g = numbers.Below(3); g > 0; --g) {
    small.request.gangs.push_back(RunningGang(numbers, small, g));
  }
  const auto level = [&] {
    return small.levels.empty() ? std::string()
                                : small.levels[numbers.Below(static_cast<std::uint32_t>(small.levels.size()))].key;
  };
  PlacementOptions& options = result.options;
  options.batch = !numbers.OneIn(3);
  options.batch_rounds = 40;
  options.preempt = numbers.OneIn(2);
  if (numbers.OneIn(3)) options.spread_level = level();
  options.near_base = numbers.OneIn(3);
  options.reuse_nodes = numbers.OneIn(3);
  options.balance = numbers.OneIn(3);
  if (numbers.OneIn(4)) options.replica_level = level();
  return result;
}

// What is there when a gang is decided.
struct Turn {
  Occupancy now;
  std::vector<std::vector<NodeIndex>> present;  // by gang
};

// Lets go what has to go for the gang.
inline void Evict(const PlacementRequest& request, const PlacementResult& result, std::uint32_t for_gang, Turn& turn) {
  for (const Eviction& eviction : result.evictions) {
    if (eviction.for_gang != for_gang) continue;
    std::vector<NodeIndex>& present = turn.present[eviction.gang];
    for (const EvictedPod& pod : eviction.pods) {
      const ActivePod& active = request.gangs[eviction.gang].groups[pod.group].active[pod.active];
      turn.now.Release(active.node, request.classes[active.pod_class]);
      present.erase(std::find(present.begin(), present.end(), active.node));
    }
  }
}

// Whether the gang's minimum set is where the options have it best, as far as the plan claims that.
inline std::string CompareTurn(const OptionCase& trial, const GangPlacement& placement, const Turn& turn,
                               Comparison& comparison) {
  const PlacementRequest& request = trial.small.request;
  const PlacementOptions& options = trial.options;
  OptionTrial all{.cluster = turn.now.cluster(),
                  .request = request,
                  .gang = placement.gang,
                  .options = options,
                  .now = turn.now,
                  .present = turn.present};
  all.Run();
  if (placement.outcome == GangOutcome::kNotFound) ++comparison.undecided;
  if (all.left == 0) ++comparison.skipped;
  if (all.left == 0 || placement.outcome == GangOutcome::kNotFound) return "";
  ++comparison.compared;
  comparison.feasible += all.best.has_value() ? 1 : 0;
  const bool placed = placement.outcome == GangOutcome::kPlaced;
  // With `batch` a gang stands beside gangs that come after it: see CheckRefusals.
  if (placed != all.best.has_value() && (placed || !options.batch)) {
    return placed ? "infeasible, but placed" : "feasible, but refused";
  }
  // The first gang of a replica takes any domain that holds all of them, and claims nothing then.
  const bool about_sets =
      !options.replica_level.empty() ||
      (options.batch && (options.near_base || options.reuse_nodes || !options.spread_level.empty()));
  if (!placed || !placement.optimal || (about_sets && !placement.options.optimal)) return "";
  all.pods = placement.pods;
  std::erase_if(all.pods, [](const PodPlacement& pod) { return pod.surplus; });
  return all.Measure() == *all.best ? "" : "not the best that options allow";
}

inline Comparison CompareOptions(const OptionCase& trial) {
  Comparison comparison;
  const PlacementRequest& request = trial.small.request;
  const auto cluster = BuildCluster(trial.small);
  Turn turn{.now = Occupancy(*cluster), .present = {}};
  for (const Gang& gang : request.gangs) {
    std::vector<NodeIndex>& present = turn.present.emplace_back();
    for (const GangGroup& group : gang.groups) {
      for (const ActivePod& pod : group.active) {
        turn.now.Place(pod.node, request.classes[pod.pod_class]);
        present.push_back(pod.node);
      }
    }
  }
  const Occupancy before = turn.now;
  const auto result = Place(before, request, trial.options);
  if (!result.ok()) {
    comparison.fault = std::string(result.status().message());
    return comparison;
  }
  std::vector<PlacementBreach> breaches = CheckPlacement(before, request, *result, trial.options);
  const auto refusals = CheckRefusals(before, request, *result, trial.options, 200'000);
  breaches.insert(breaches.end(), refusals.begin(), refusals.end());
  for (const PlacementBreach& breach : breaches) {
    comparison.fault += breach.rule + " gang " + std::to_string(breach.gang) + " " + breach.detail + "; ";
  }
  comparison.evicted = static_cast<std::uint32_t>(result->evictions.size());
  std::vector<std::pair<std::uint32_t, PodPlacement>> surplus;  // of the priority that is decided
  std::optional<std::int32_t> priority;
  for (const GangPlacement& placement : result->gangs) {
    if (!comparison.fault.empty()) break;
    const Gang& gang = request.gangs[placement.gang];
    const auto put = [&](std::uint32_t of_gang, const PodPlacement& pod) {
      turn.now.Place(pod.node, check::ClassOf(request, request.gangs[of_gang].groups[pod.group], pod.candidate));
      turn.present[of_gang].push_back(pod.node);
    };
    const std::int32_t own = gang.base.empty() ? gang.priority : std::min(gang.priority, request.gangs[0].priority);
    if (priority != own) {
      for (const auto& [of_gang, pod] : surplus) put(of_gang, pod);
      surplus.clear();
    }
    priority = own;
    Evict(request, *result, placement.gang, turn);
    const bool decided = placement.outcome != GangOutcome::kNoBase && placement.outcome != GangOutcome::kNotReady;
    const bool runs = placement.pods.empty() && placement.outcome == GangOutcome::kPlaced;
    if (decided && !runs) {
      comparison.fault = CompareTurn(trial, placement, turn, comparison);
      if (!comparison.fault.empty()) comparison.fault += ", gang " + std::to_string(placement.gang);
    }
    for (const PodPlacement& pod : placement.pods) {
      if (pod.surplus) {
        surplus.emplace_back(placement.gang, pod);
      } else {
        put(placement.gang, pod);
      }
    }
  }
  return comparison;
}

}  // namespace grove::test
