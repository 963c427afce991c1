// Hashes of the pod templates of a set (spec 04 §8).
#pragma once

#include <string>
#include <vector>

#include "grove/pod_clique_set.hpp"
#include "grove/value.hpp"

namespace grove::planner {

// The pod template hash of every clique template, in their order. `document` is the set as it is stored: absent and empty
// members hash differently.
[[nodiscard]] std::vector<std::string> TemplateHashes(const PodCliqueSet& set, const Value& document);

}  // namespace grove::planner
