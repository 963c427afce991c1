// Expansion without the proof of admission: what Expand does once it has unpacked its argument.
#pragma once

#include "grove/expansion.hpp"

namespace grove::planner {

// See Expand. `document` is the set as it is stored. What admission rules out gives some result, or an error of the
// reconciler that would meet it.
[[nodiscard]] Expansion ExpandSet(const PodCliqueSet& set, const Value& document, const ExpansionOptions& options);

}  // namespace grove::planner
