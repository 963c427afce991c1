// Small sets that suffice, found by asking.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "topology/changes/what_if.h"

namespace grove::topology {

// Whether the items with these positions, ascending, suffice. More items suffice wherever fewer do.
using Suffices = std::function<Answer(const std::vector<std::uint32_t>&)>;

struct SufficientSet {
  std::vector<std::uint32_t> items;  // positions, ascending; empty: nothing was found
  bool irreducible = false;          // proven: no part of it suffices
  bool smallest = false;             // proven: no set of fewer items suffices
};

// A small set of the `count` items that suffices, by preference of the first ones. No item alone is believed to be
// enough where `at_least` says that more are needed. Sets of fewer items are tried as long as they are no more than
// `most_sets`. Nothing is asked about the empty set.
[[nodiscard]] SufficientSet FindSufficientSet(std::uint32_t count, std::uint32_t at_least, std::uint64_t most_sets,
                                              const Suffices& suffices);

}  // namespace grove::topology
