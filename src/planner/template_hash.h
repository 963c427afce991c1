// Hashes of the pod templates of a set (spec 04 §8).
#pragma once

#include "grove/pod_clique_set.hpp"
#include "grove/value.hpp"

#include "planner/at_rest.h"

namespace grove::planner {

// The hashes of the set and its clique templates. `document` is the set as it is stored: absent and empty members hash
// differently. O(size of document).
[[nodiscard]] SetHashes HashesOf(const PodCliqueSet& set, const Value& document);

}  // namespace grove::planner
