// The searches for what would make a gang fit.
#pragma once

#include <vector>

#include "grove/placement.hpp"

#include "topology/changes/what_if.h"

namespace grove::topology {

// States conflicts and changes in the explanations of `result` (PlacementOptions::explain_changes).
void FindChanges(const Occupancy& occupancy, const PlacementRequest& request, const PlacementOptions& options,
                 PlacementResult& result);

// A gang that does not fit, and all that it is asked about.
struct ChangeSearch {
  const Occupancy& start;  // what was taken before anything was placed
  const PlacementRequest& request;
  const PlacementResult& result;
  std::uint32_t gang = 0;
  WhatIf& what_if;
};

[[nodiscard]] PackConflict FindConflict(const ChangeSearch& search);
// Each appends what it finds.
void FindWiderLevels(const ChangeSearch& search, std::vector<FittingChange>& changes);
void FindFewerPods(const ChangeSearch& search, std::vector<FittingChange>& changes);
void FindFewerReplicas(const ChangeSearch& search, std::vector<FittingChange>& changes);
// The last one: it closes nodes that are out of service.
void FindNodesToFree(const ChangeSearch& search, std::vector<FittingChange>& changes);
void FindGangsToFree(const ChangeSearch& search, std::vector<FittingChange>& changes);

}  // namespace grove::topology
