// Which clique templates of a set stand alone, and which belong to which scaling group.
#pragma once

#include <cstddef>
#include <vector>

#include "grove/pod_clique_set.hpp"

namespace grove::planner {

struct SetLayout {
  // Positions of the clique templates that no scaling group names, in template order (PG-05).
  std::vector<std::size_t> standalone;
  // Per scaling group the positions of its cliques, in the order of `cliqueNames` (PG-10).
  std::vector<std::vector<std::size_t>> members;
  // Every name in a `cliqueNames` is that of a template. Admission makes it so (PG-15).
  bool complete = true;
};

// Names are exact, not suffixes (spec 04 §7.1). O(cliques + names).
[[nodiscard]] SetLayout LayoutOf(const PodCliqueSetTemplateSpec& spec);

}  // namespace grove::planner
