#include "planner/translate/volcano.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "model/naming.h"
#include "planner/owner.h"
#include "planner/translate/gang_minimum.h"

namespace grove::planner {
namespace {

constexpr std::string_view kDefaultQueue = "default";

std::string_view Trim(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\n\v\f\r";
  const std::size_t first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

}  // namespace

VolcanoPodGroup MakeVolcanoPodGroup(const PodGang& gang) {
  VolcanoPodGroup group;
  group.metadata.name = gang.metadata.name;
  group.metadata.namespace_name = gang.metadata.namespace_name;
  group.metadata.labels = gang.metadata.labels;
  group.metadata.owner_references.push_back(ControllerReference(gang));

  const std::string_view queue = Trim(gang.metadata.annotations.Get(keys::kVolcanoQueue));
  group.spec.queue = queue.empty() ? kDefaultQueue : queue;
  group.spec.priority_class_name = gang.spec.priority_class_name;
  group.spec.min_member = std::max(SumOfMinReplicas(gang), 1);
  for (const PodGroup& pods : gang.spec.pod_groups) {
    VolcanoSubGroupPolicy& policy = group.spec.sub_group_policy.emplace_back();
    policy.name = pods.name;
    policy.label_selector.match_labels.Set(keys::kPodClique, pods.name);
    policy.match_label_keys.emplace_back(keys::kPodClique);
    policy.sub_group_size = pods.min_replicas == 0 ? 1 : pods.min_replicas;
    policy.min_sub_groups = 1;
  }
  return group;
}

}  // namespace grove::planner
