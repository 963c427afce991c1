// A placement, as the handle holds it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "grove/placement.hpp"
#include "grove/placement_input.hpp"

#include "grove.h"

namespace grove::capi {

// Immutable once it is made.
struct Placed {
  PlacementInput input;
  PlacementResult result;
  std::vector<std::string> node_names;  // by node: rows need texts that end in NUL
  std::vector<grove_gang_row> gangs;
  std::vector<grove_pod_row> pods;
};

// The class of a candidate of the group.
[[nodiscard]] std::uint32_t ClassOf(const GangGroup& group, std::uint32_t candidate);

}  // namespace grove::capi
