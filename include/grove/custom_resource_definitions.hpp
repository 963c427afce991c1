// The custom resource definitions that the object model implies: what an API server must know to store Grove's objects.
#pragma once

#include <vector>

#include "grove/value.hpp"

namespace grove {

// One apiextensions.k8s.io/v1 CustomResourceDefinition per kind: PodCliqueSet, PodClique, PodCliqueScalingGroup,
// ClusterTopologyBinding, PodGang (spec 01).
//
// They come from the tables that Admit judges by, so that an API server that has them prunes, completes and refuses as
// Admit does at stage kSchema. They have types, required keys, defaults, bounds, list types, expression rules,
// subresources and printer columns; descriptions they have none. Members stand in alphabetical order. A few hundred
// kilobytes as text; made anew by each call. Safe to call from any number of threads.
[[nodiscard]] std::vector<Value> CustomResourceDefinitions();

}  // namespace grove
