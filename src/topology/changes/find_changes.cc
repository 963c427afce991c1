#include "topology/changes/find_changes.h"

#include <algorithm>

#include "model/stable_sort.h"

namespace grove::topology {

void FindChanges(const Occupancy& occupancy, const PlacementRequest& request, const PlacementOptions& options,
                 PlacementResult& result) {
  std::uint32_t left = options.explain ? options.explain_changes : 0;
  for (std::size_t i = 0; i < result.gangs.size() && left > 0; ++i) {
    GangPlacement& placement = result.gangs[i];
    if (placement.outcome != GangOutcome::kInfeasible && placement.outcome != GangOutcome::kNotFound) continue;
    --left;
    WhatIf what_if(occupancy, request, result, i, options);
    const ChangeSearch search{
        .start = occupancy, .request = request, .result = result, .gang = placement.gang, .what_if = what_if};
    placement.explanation.conflict = FindConflict(search);
    std::vector<FittingChange>& changes = placement.explanation.changes;
    FindWiderLevels(search, changes);
    FindFewerPods(search, changes);
    FindFewerReplicas(search, changes);
    FindGangsToFree(search, changes);
    FindNodesToFree(search, changes);
    internal::StableSort(changes, [](const FittingChange& a, const FittingChange& b) {
      return a.size != b.size ? a.size < b.size : a.kind < b.kind;
    });
  }
}

}  // namespace grove::topology
