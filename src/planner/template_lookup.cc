#include "planner/template_lookup.h"

#include <string>

#include "model/naming.h"

namespace grove::planner {

std::uint32_t FindTemplateBySuffix(std::span<const PodCliqueTemplateSpec> templates, std::string_view pod_clique_name) {
  for (std::uint32_t i = 0; i < templates.size(); ++i) {
    if (pod_clique_name.ends_with(templates[i].name)) return i;
  }
  return kNone;
}

std::uint32_t FindTemplateByName(std::span<const PodCliqueTemplateSpec> templates, std::string_view clique_name) {
  for (std::uint32_t i = 0; i < templates.size(); ++i) {
    if (templates[i].name == clique_name) return i;
  }
  return kNone;
}

std::uint32_t FindTemplateByLabels(std::span<const PodCliqueTemplateSpec> templates, std::string_view pod_clique_name,
                                   const StringMap& labels) {
  const bool member = labels.Contains(keys::kScalingGroup);
  const auto parent = labels.Find(member ? keys::kScalingGroup : keys::kPartOf);
  const auto index = labels.Find(member ? keys::kScalingGroupReplicaIndex : keys::kReplicaIndex);
  if (!parent.has_value() || !index.has_value()) return kNone;
  const std::string prefix = std::string(*parent).append("-").append(*index).append("-");
  if (!pod_clique_name.starts_with(prefix)) return kNone;
  return FindTemplateByName(templates, pod_clique_name.substr(prefix.size()));
}

}  // namespace grove::planner
