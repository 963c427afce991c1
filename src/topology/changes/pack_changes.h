// The required levels of a gang, one by one.
#pragma once

#include <cstdint>
#include <vector>

#include "grove/placement.hpp"

namespace grove::topology {

struct Constraint {
  ScopeKind kind = ScopeKind::kGang;
  std::uint32_t index = 0;
};

// Of scopes that have pods to place: the gang, its scopes, its groups.
[[nodiscard]] std::vector<Constraint> ConstraintsOf(const Gang& gang);
[[nodiscard]] PackLevels& PackOf(Gang& gang, const Constraint& constraint);
[[nodiscard]] const PackLevels& PackOf(const Gang& gang, const Constraint& constraint);
// Pods that the scope misses to its minimum.
[[nodiscard]] std::uint32_t MissingOf(const Gang& gang, const Constraint& constraint);

}  // namespace grove::topology
