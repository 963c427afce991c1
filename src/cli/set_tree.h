// The hierarchy of an expanded set as a person would draw it: replicas, gangs, groups, cliques.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "grove/cluster_topology_binding.hpp"
#include "grove/expansion.hpp"

#include "cli/tree.h"

namespace grove::cli {

// The tree of one set. Everything told comes from the objects, not from the template: what the expansion could not make
// is missing here too. `topologies` turn node label keys back into the names of domains. O(PodCliques).
[[nodiscard]] TreeNode BuildSetTree(const ObjectSet& objects, const std::vector<ClusterTopologyBinding>& topologies);

// Counts over all sets.
class Summary {
 public:
  void Add(const ObjectSet& objects, const TreeNode& tree);
  // "12 objects: 1 ServiceAccount, ...", ending in a line break.
  [[nodiscard]] std::string ToText(const DrawStyle& style) const;

 private:
  struct Kind {
    std::string name;
    std::int64_t count = 0;
  };
  std::vector<Kind> kinds_;  // in creation order
  std::int64_t objects_ = 0;
  std::int64_t gpus_ = 0;
};

}  // namespace grove::cli
