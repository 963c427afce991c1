#include "planner/set_layout.h"

#include <string_view>

#include "absl/container/flat_hash_map.h"

namespace grove::planner {

SetLayout LayoutOf(const PodCliqueSetTemplateSpec& spec) {
  absl::flat_hash_map<std::string_view, std::size_t> positions;
  for (std::size_t i = 0; i < spec.cliques.size(); ++i) positions.emplace(spec.cliques[i].name, i);

  SetLayout layout;
  std::vector<bool> grouped(spec.cliques.size(), false);
  for (const PodCliqueScalingGroupConfig& group : spec.pod_clique_scaling_groups) {
    std::vector<std::size_t>& members = layout.members.emplace_back();
    for (const std::string& name : group.clique_names) {
      const auto found = positions.find(std::string_view{name});
      if (found == positions.end()) {
        layout.complete = false;
        continue;
      }
      members.push_back(found->second);
      grouped[found->second] = true;
    }
  }
  for (std::size_t i = 0; i < grouped.size(); ++i) {
    if (!grouped[i]) layout.standalone.push_back(i);
  }
  return layout;
}

}  // namespace grove::planner
