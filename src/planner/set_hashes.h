// The hashes of the clique templates of a set (spec 04 §8.4).
#pragma once

#include <string>
#include <vector>

#include "grove/pod_clique_set.hpp"
#include "grove/value.hpp"

namespace grove::planner {

struct SetHashes {
  std::string generation;                  // over all cliques
  std::vector<std::string> pod_templates;  // per clique, in template order
};

// `document` is the set as it is stored: absent and empty members hash differently, which the typed form does not tell.
// O(size of the document).
[[nodiscard]] SetHashes HashesOf(const PodCliqueSet& set, const Value& document);

}  // namespace grove::planner
