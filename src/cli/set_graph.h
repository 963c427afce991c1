// The hierarchy of an expanded set as boxes and arrows.
#pragma once

#include "cli/graph.h"
#include "cli/tree.h"

namespace grove::cli {

// The tree of BuildSetTree: arrows lead from owner to owned, from the set to its replicas, groups, cliques and pods;
// PodGangs, which own nothing, are frames around what belongs to them. Siblings that differ in their indices alone are
// one box.
[[nodiscard]] Graph GraphOfSetTree(const TreeNode& root);

}  // namespace grove::cli
