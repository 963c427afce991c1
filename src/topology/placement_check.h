// The rules of the contract one by one. Shares nothing with the search: plain loops over pods, nodes and labels.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "grove/placement_check.hpp"

namespace grove::check {

// A pod with room on a node.
struct Present {
  NodeIndex node = 0;
  const PodClass* pods = nullptr;
};

// A scope of a gang with the nodes of its pods.
struct ScopeNodes {
  ScopeKind kind = ScopeKind::kGang;
  std::uint32_t index = 0;
  std::uint32_t nesting = 0;
  std::uint64_t minimum = 0;
  const PackLevels* pack = nullptr;
  std::vector<NodeIndex> active = {};
  std::vector<NodeIndex> minimum_set = {};
  std::vector<NodeIndex> surplus = {};
};

// Labels, taints and usability (PL-32, PL-33).
bool AdmitsNode(const Occupancy& occupancy, NodeIndex node, const PodClass& pods);
// Whatever runs on the occupancy and is remembered.
std::vector<Present> PodsOf(const Occupancy& occupancy);
bool AnyRules(const std::vector<Present>& pods);
// The rule on other pods that pod `i` breaks, or "" (PL-33, PL-36). Pods from `end` on came after it: they are company,
// but do not keep it from having been the first of its kind.
std::string BrokenByOthers(const Cluster& cluster, const std::vector<Present>& pods, std::size_t i, std::size_t end);
// The gang, its scopes, its groups.
std::vector<ScopeNodes> ScopesOf(const Gang& gang, const std::vector<PodPlacement>& pods);
// PL-40…44.
bool KeepsRequired(const Cluster& cluster, const ScopeNodes& scope);
// Ranks of the scopes that prefer a level, most important first (PL-52, PL-55).
std::vector<PackRank> RanksOf(const Cluster& cluster, std::vector<ScopeNodes> scopes);
// The priorities that count: a scaled gang cannot come before its base (PL-27).
std::vector<std::int32_t> PrioritiesOf(const PlacementRequest& request);
const PodClass& ClassOf(const PlacementRequest& request, const GangGroup& group, std::uint32_t candidate);

// What options promise (option_check.cc), and PL-14 and PL-60 of evictions.
void CheckOptions(const Occupancy& occupancy, const PlacementRequest& request, const PlacementResult& result,
                  const PlacementOptions& options, std::vector<PlacementBreach>& breaches);
void CheckEvictions(const Occupancy& occupancy, const PlacementRequest& request, const PlacementResult& result,
                    std::vector<PlacementBreach>& breaches);

}  // namespace grove::check
