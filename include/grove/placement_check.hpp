// Checks placements without the code that makes them: rule by rule from spec 08, slowly and plainly.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "grove/cluster.hpp"
#include "grove/placement.hpp"

namespace grove {

// A breach of the contract.
struct PlacementBreach {
  std::string rule;  // "PL-40"
  std::uint32_t gang = 0;
  std::string detail;
};

// Replays `result` on `occupancy` in its order and reports every breach of PL-01…06, 10, 14, 30…33, 36, 40…47, of
// the figures that it states (PL-52). Empty: the placement keeps the contract. O(pods * (depth + affinity terms)).
[[nodiscard]] std::vector<PlacementBreach> CheckPlacement(const Occupancy& occupancy, const PlacementRequest& request,
                                                          const PlacementResult& result,
                                                          const PlacementOptions& options = {});

// Checks the order of decisions (PL-20), and for each gang that is said to be infeasible tries every placement beside
// the minimum sets of equal priority and all of higher ones (PL-23), with at most `max_trials` placements of single
// pods; gangs that would take more are passed over, and so are all once something is evicted. A level for replicas
// (PlacementOptions::replica_level) is kept to.
[[nodiscard]] std::vector<PlacementBreach> CheckRefusals(const Occupancy& occupancy, const PlacementRequest& request,
                                                         const PlacementResult& result, const PlacementOptions& options,
                                                         std::uint64_t max_trials);

// The best placement of one gang's minimum set, by trying all.
struct ExhaustiveAnswer {
  bool feasible = false;
  std::vector<PackRank> ranks;         // in order of importance
  std::vector<std::uint32_t> surplus;  // per group, the most that fits with such a minimum set, groups in list order
};

// Tries every assignment of the gang's pods to nodes. nullopt once `max_trials` placements of single pods are used up.
// Base gangs are not looked at.
[[nodiscard]] std::optional<ExhaustiveAnswer> PlaceExhaustively(const Occupancy& occupancy,
                                                                const PlacementRequest& request, std::uint32_t gang,
                                                                std::uint64_t max_trials);

}  // namespace grove
