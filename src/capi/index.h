// The index of a scheduler, as the handle holds it.
#pragma once

#include <memory>
#include <string_view>

#include "grove/placement_index.hpp"

#include "capi/failure.h"
#include "capi/placed.h"
#include "capi/snapshot.h"

namespace grove::capi {

struct Index {
  PlacementIndex prepared;
  // What workloads are read with: all of the snapshot but its nodes and pods.
  Snapshot surroundings;
  std::shared_ptr<const IndexName> name;  // its placements have it too
};

// "WHAT NODE", of an argument.
[[nodiscard]] Failure NotFound(std::string_view node, std::string_view argument, std::string_view what);

}  // namespace grove::capi
