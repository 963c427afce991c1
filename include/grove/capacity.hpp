// Capacity: how many more replicas of a set, a scaling group or a clique fit, and what is left of that when a domain is
// lost.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "absl/status/statusor.h"

#include "grove/cluster.hpp"
#include "grove/placement.hpp"

namespace grove {

struct CapacityOptions {
  PlacementOptions placement{};
  // Counting stops there.
  std::uint32_t max_replicas = 100'000;
  // Pods that one call of the planner may be given; bounds memory.
  std::uint32_t max_pods = 500'000;
};

struct Capacity {
  // So many fit, placed one after the other by the rules of Place.
  std::uint32_t count = 0;
  // No more than so many can fit, by the sums of what is free on usable nodes.
  std::uint32_t at_most = 0;
  // Counting ended at a limit: more may fit.
  bool limited = false;
  // The gang of the replica that does not fit any more, and why. Unset if `limited`.
  std::optional<std::uint32_t> failed_gang;
  GangPlacement failure;
  // The planner's request of which `failure` is a part, for DescribeCause.
  PlacementRequest failed_request;
};

// How many more copies of `replica` fit: of each copy all gangs, with their minimum sets; surplus is not asked for.
// Base gangs that are not among them count as scheduled. Active pods of the gangs are disregarded: every copy is a new
// one.
//
// Equal inputs give equal results. O(log(count)) calls of Place with O(count) gangs in all. Errors as of Place.
[[nodiscard]] absl::StatusOr<Capacity> CountReplicas(const Occupancy& occupancy, const std::vector<PodClass>& classes,
                                                     std::span<const Gang> replica,
                                                     const CapacityOptions& options = {});

// How many more pods of one group fit into a gang that is placed, obeying the constraints of all its scopes: `gang`
// with its active pods, `group` the index of the group. Pods are of the group's first class of candidates, or of
// `pod_class` if it has none. Errors as of Place, and OutOfRange for the group or class.
[[nodiscard]] absl::StatusOr<Capacity> CountPods(const Occupancy& occupancy, const std::vector<PodClass>& classes,
                                                 const Gang& gang, std::uint32_t group, std::uint32_t pod_class,
                                                 const CapacityOptions& options = {});

// The gang once `placement` has come true: its pods active, the rest of the candidates still candidates.
[[nodiscard]] Gang AfterPlacement(const Gang& gang, const GangPlacement& placement);

// Makes every node of the domain unusable.
void LoseDomain(DomainIndex domain, Occupancy& occupancy);

struct DomainLoss {
  DomainIndex domain = 0;   // whose loss costs most; of equals the first
  std::uint32_t count = 0;  // replicas that fit without it
};

// What is known of the loss of any one domain of a level.
struct LevelLoss {
  std::uint32_t domains = 0;  // of the level; nodes without its label are in none
  // Each of them was tried. False if there are more than were to be tried: then nothing is known.
  bool counted = false;
  // Unset if not counted, or if the level has no domain.
  std::optional<DomainLoss> worst;
};

// The worst loss of one domain of the level, by trying each, if there are at most `max_domains`.
[[nodiscard]] absl::StatusOr<LevelLoss> WorstLoss(const Occupancy& occupancy, const std::vector<PodClass>& classes,
                                                  std::span<const Gang> replica, std::size_t level,
                                                  std::size_t max_domains, const CapacityOptions& options = {});

}  // namespace grove
