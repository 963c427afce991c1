// PodClique objects (spec 04 §7).
#pragma once

#include "grove/pod_clique.hpp"

#include "planner/expansion_context.h"
#include "planner/pod_clique_template.h"
#include "planner/startup_order.h"

namespace grove::planner {

// The PodClique with this key and name, built from template `source`, which `parts` belong to. `domain_claim` is its
// claim on a ComputeDomain, null if it has none.
[[nodiscard]] PodClique MakePodClique(const Context& context, const StartupOrder& order, const PodCliqueKey& key,
                                      std::string name, std::uint32_t source, const PodCliqueTemplate& parts,
                                      const internal::Node* domain_claim);

}  // namespace grove::planner
