// What is wrong with a request as a whole: indices, classes, names, sizes.
#pragma once

#include "absl/status/status.h"

#include "grove/placement.hpp"

namespace grove::topology {

absl::Status CheckRequest(const Cluster& cluster, const PlacementRequest& request);

// Nesting of scopes in a gang.
inline constexpr std::uint32_t kDeepestNesting = 64;

// The levels that options name exist.
absl::Status CheckOptions(const Cluster& cluster, const PlacementOptions& options);

}  // namespace grove::topology
