// Room that is held, and what it looks like once it is given up.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "grove/placement.hpp"

#include "topology/changes/what_if.h"

namespace grove::topology {

// The least of each resource that the gang's missing pods take together, cut off at the largest amount.
[[nodiscard]] std::vector<std::int64_t> LeastNeeds(const WhatIf& what_if);

// What runs on nodes and belongs to no gang of the request.
class OtherPods {
 public:
  OtherPods(const Occupancy& start, const PlacementRequest& request);

  // True iff there is anything, and nothing of gangs that cannot be told from it.
  [[nodiscard]] bool Any(NodeIndex node) const;
  // They leave the node.
  void Leave(NodeIndex node, Occupancy& occupancy) const;
  // What they take, by resource.
  [[nodiscard]] std::vector<std::int64_t> Taken(NodeIndex node) const;

 private:
  const Occupancy& start_;
  std::vector<std::vector<const PodClass*>> kept_;  // active pods of gangs, by node
  std::vector<bool> unknown_;                       // of unknown class
};

// Releases the active pods of the gang. False, and the occupancy is void, if one of them is not known well enough.
bool ReleaseActive(const PlacementRequest& request, const Gang& gang, Occupancy& occupancy);

}  // namespace grove::topology
