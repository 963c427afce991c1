// Random small clusters and gangs, and the comparison of a plan with the checker and with trying everything.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "grove/cluster.hpp"
#include "grove/placement.hpp"
#include "grove/placement_check.hpp"

namespace grove::test {

class Numbers {
 public:
  explicit Numbers(std::uint64_t seed) : state_(seed) {}
  std::uint64_t Next() {
    state_ += 0x9E3779B97F4A7C15u;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
  }
  std::uint32_t Below(std::uint32_t count) { return static_cast<std::uint32_t>(Next() % count); }
  bool OneIn(std::uint32_t count) { return Below(count) == 0; }

 private:
  std::uint64_t state_;
};

struct SmallCase {
  std::vector<TopologyLevel> levels;
  std::vector<NodeSpec> nodes;
  PlacementRequest request;
};

inline PackLevels RandomPack(Numbers& numbers, std::size_t levels) {
  PackLevels pack;
  const auto level = [&] { return "l" + std::to_string(numbers.Below(static_cast<std::uint32_t>(levels))); };
  if (levels > 0 && numbers.OneIn(3)) pack.required = level();
  if (levels > 0 && numbers.OneIn(2)) pack.preferred = level();
  return pack;
}

inline NodeSpec RandomNode(Numbers& numbers, std::size_t levels, std::uint32_t number, bool ruled) {
  NodeSpec node;
  node.name = "n" + std::to_string(number);
  for (std::size_t level = 0; level < levels; ++level) {
    if (numbers.OneIn(12)) continue;
    node.labels.emplace_back("l" + std::to_string(level),
                             "v" + std::to_string(numbers.Below(2 + static_cast<std::uint32_t>(level))));
  }
  node.labels.emplace_back("color", numbers.OneIn(2) ? "red" : "blue");
  node.allocatable = {{"gpu", 1 + numbers.Below(6)},
                      {"cpu", 4 + numbers.Below(8)},
                      {"pods", numbers.OneIn(2) ? 110 : 2 + numbers.Below(5)}};
  if (numbers.OneIn(3)) node.used = {{"gpu", numbers.Below(4)}, {"pods", 1}};
  if (ruled && numbers.OneIn(5)) node.taints.push_back({.key = "t", .value = "1", .effect = TaintEffect::kNoSchedule});
  node.usable = !numbers.OneIn(15);
  return node;
}

inline PodClass RandomClass(Numbers& numbers, bool ruled) {
  PodClass pods;
  pods.requests = {{"gpu", numbers.Below(4)}, {"cpu", numbers.Below(4)}};
  if (!ruled) return pods;
  if (numbers.OneIn(4)) pods.node_selector = {{"color", "red"}};
  if (numbers.OneIn(3)) pods.tolerations.push_back({.key = "t", .exists = true, .value = ""});
  pods.labels = {{"app", numbers.OneIn(2) ? "a" : "b"}};
  if (numbers.OneIn(6)) pods.host_ports.push_back({.port = 80, .protocol = "TCP", .address = ""});
  const PodAffinityTerm term{.topology_key = numbers.OneIn(2) ? "l0" : "color",
                             .selector = {{.key = "app", .op = LabelRequirement::Operator::kIn, .values = {"a"}}},
                             .namespaces = {}};
  if (numbers.OneIn(6)) pods.anti_affinity.push_back(term);
  if (numbers.OneIn(6)) pods.affinity.push_back(term);
  return pods;
}

inline Gang RandomGang(Numbers& numbers, const SmallCase& small, std::uint32_t number, std::uint32_t most_pods) {
  Gang gang;
  gang.name = "g" + std::to_string(number);
  gang.order = number;
  gang.pack = RandomPack(numbers, small.levels.size());
  for (std::uint32_t s = numbers.Below(3); s > 0; --s) {
    GangScope scope{.name = "s" + std::to_string(s),
                    .parent = GangScope::kNoParent,
                    .pack = RandomPack(numbers, small.levels.size())};
    if (!gang.scopes.empty() && numbers.OneIn(2)) scope.parent = 0;
    gang.scopes.push_back(scope);
  }
  std::uint32_t left = 1 + numbers.Below(most_pods);
  for (std::uint32_t g = 1 + numbers.Below(3); g > 0 && left > 0; --g) {
    GangGroup group;
    group.name = "p" + std::to_string(g);
    if (!gang.scopes.empty() && numbers.OneIn(2)) {
      group.scope = numbers.Below(static_cast<std::uint32_t>(gang.scopes.size()));
    }
    group.pack = RandomPack(numbers, small.levels.size());
    const std::uint32_t pods = g == 1 ? left : 1 + numbers.Below(left);
    left -= pods;
    group.min_replicas = numbers.OneIn(3) ? numbers.Below(pods + 1) : pods;
    const auto classes = static_cast<std::uint32_t>(small.request.classes.size());
    if (numbers.OneIn(8) && pods > 1) {
      const std::uint32_t some = 1 + numbers.Below(pods - 1);
      group.candidates = {{.pod_class = numbers.Below(classes), .count = some},
                          {.pod_class = numbers.Below(classes), .count = pods - some}};
    } else {
      group.candidates = {{.pod_class = numbers.Below(classes), .count = pods}};
    }
    if (numbers.OneIn(8)) {
      group.active.push_back({.node = numbers.Below(static_cast<std::uint32_t>(small.nodes.size()))});
    }
    gang.groups.push_back(std::move(group));
  }
  return gang;
}

inline SmallCase RandomCase(std::uint64_t seed) {
  Numbers numbers(seed);
  SmallCase small;
  const std::uint32_t levels = numbers.Below(4);
  for (std::uint32_t level = 0; level < levels; ++level)
    small.levels.push_back({.domain = "", .key = "l" + std::to_string(level)});
  const bool ruled = numbers.OneIn(4);
  const std::uint32_t nodes = 1 + numbers.Below(6);
  for (std::uint32_t n = 0; n < nodes; ++n) small.nodes.push_back(RandomNode(numbers, levels, n, ruled));
  const std::uint32_t classes = 1 + numbers.Below(3);
  for (std::uint32_t c = 0; c < classes; ++c) small.request.classes.push_back(RandomClass(numbers, ruled));
  const std::uint32_t gangs = 1 + numbers.Below(2);
  for (std::uint32_t g = 0; g < gangs; ++g) {
    small.request.gangs.push_back(RandomGang(numbers, small, g, gangs == 1 ? 8 : 5));
  }
  return small;
}

inline absl::StatusOr<Cluster> BuildCluster(const SmallCase& small) {
  ClusterBuilder builder(small.levels);
  for (const NodeSpec& node : small.nodes) builder.AddNode(node);
  return std::move(builder).Build();
}

struct Comparison {
  std::string fault;  // empty: everything agrees
  std::uint32_t compared = 0;
  std::uint32_t feasible = 0;
  std::uint32_t undecided = 0;
  std::uint32_t skipped = 0;
  std::uint32_t evicted = 0;
};

inline bool HasSeveralClasses(const Gang& gang) {
  for (const GangGroup& group : gang.groups) {
    if (group.candidates.size() > 1) return true;
  }
  return false;
}

// Compares one gang's minimum set with the best of all placements, given what was placed before.
inline std::string CompareGang(const Occupancy& occupancy, const PlacementRequest& request,
                               const GangPlacement& placement, bool only_gang, Comparison& comparison) {
  const auto answer = PlaceExhaustively(occupancy, request, placement.gang, 3'000'000);
  if (!answer) {
    ++comparison.skipped;
    return "";
  }
  ++comparison.compared;
  comparison.feasible += answer->feasible ? 1 : 0;
  if (placement.outcome == GangOutcome::kNotFound) {
    ++comparison.undecided;
    return "";
  }
  const bool placed = placement.outcome == GangOutcome::kPlaced;
  if (placed != answer->feasible) return answer->feasible ? "feasible, but refused" : "infeasible, but placed";
  if (!placed || !placement.optimal || HasSeveralClasses(request.gangs[placement.gang])) return "";
  for (std::size_t i = 0; i < placement.figures.size(); ++i) {
    if (!(placement.figures[i].rank == answer->ranks[i])) return "a preferred level is not met as well as possible";
  }
  for (const PodClass& pods : request.classes) {
    if (!pods.affinity.empty()) return "";
  }
  if (!only_gang || !placement.surplus_complete || placement.figures.size() != answer->ranks.size()) return "";
  std::vector<std::uint32_t> surplus(request.gangs[placement.gang].groups.size(), 0);
  for (const PodPlacement& pod : placement.pods) surplus[pod.group] += pod.surplus ? 1 : 0;
  return surplus == answer->surplus ? "" : "other surplus than possible";
}

inline Comparison CompareCase(const SmallCase& small, const PlacementOptions& options = {}) {
  Comparison comparison;
  const auto cluster = BuildCluster(small);
  if (!cluster.ok()) {
    comparison.fault = std::string(cluster.status().message());
    return comparison;
  }
  Occupancy occupancy(*cluster);
  const auto result = Place(occupancy, small.request, options);
  if (!result.ok()) {
    comparison.fault = std::string(result.status().message());
    return comparison;
  }
  for (const PlacementBreach& breach : CheckPlacement(occupancy, small.request, *result, options)) {
    comparison.fault += breach.rule + " " + breach.detail + "; ";
  }
  for (const PlacementBreach& breach : CheckRefusals(occupancy, small.request, *result, options, 200'000)) {
    comparison.fault += breach.rule + " " + breach.detail + "; ";
  }
  for (const GangPlacement& placement : result->gangs) {
    if (!comparison.fault.empty()) break;
    if (placement.outcome == GangOutcome::kNotReady) continue;
    comparison.fault = CompareGang(occupancy, small.request, placement, result->gangs.size() == 1, comparison);
    // What the next gang found: the minimum sets of those before it.
    PlacementResult minimum;
    minimum.gangs.push_back(placement);
    std::erase_if(minimum.gangs[0].pods, [](const PodPlacement& pod) { return pod.surplus; });
    Apply(small.request, minimum, occupancy);
  }
  return comparison;
}

}  // namespace grove::test
