// Which shared claims the pods of a PodClique refer to (spec 04 §9.3).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "planner/expansion_context.h"

namespace grove::planner {

struct PodClaims {
  std::vector<std::string> shared;           // names of claims that all pods refer to, in their order
  std::vector<const SharingEntry*> per_pod;  // after them one claim per entry, named by the pod's index
};

// `clique` is the template that the PodClique is named after.
[[nodiscard]] PodClaims ClaimsOfPods(const Context& context, const PodCliqueKey& key, std::uint32_t clique,
                                     std::string_view pod_clique_name);

}  // namespace grove::planner
