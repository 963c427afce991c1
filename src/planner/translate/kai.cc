#include "planner/translate/kai.h"

#include <algorithm>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

#include "model/naming.h"
#include "planner/owner.h"
#include "planner/translate/gang_minimum.h"

namespace grove::planner {
namespace {

// The label wins over the annotation; an empty label counts as absent.
std::string_view QueueOf(const StringMap& labels, const StringMap& annotations) {
  const std::string_view label = labels.Get(keys::kKaiQueue);
  return label.empty() ? annotations.Get(keys::kKaiQueue) : label;
}

KaiTopologyConstraint TranslatePack(const GangTopologyConstraint& constraint, std::string_view topology) {
  return {std::string(topology), constraint.pack_constraint->required, constraint.pack_constraint->preferred};
}

bool HasPack(const std::optional<GangTopologyConstraint>& constraint) {
  return constraint.has_value() && constraint->pack_constraint.has_value();
}

bool HasAnyPack(const PodGangSpec& spec) {
  const auto has = [](const auto& part) { return HasPack(part.topology_constraint); };
  return has(spec) || std::any_of(spec.pod_groups.begin(), spec.pod_groups.end(), has) ||
         std::any_of(spec.topology_constraint_group_configs.begin(), spec.topology_constraint_group_configs.end(), has);
}

std::string_view TopologyOf(const PodGang& gang) {
  const std::string_view name = gang.metadata.annotations.Get(keys::kTopologyName);
  return name.empty() ? gang.metadata.annotations.Get(keys::kKaiTopology) : name;
}

std::vector<KaiSubGroup> MakeSubGroups(const PodGangSpec& spec, std::string_view topology) {
  std::vector<KaiSubGroup> sub_groups;
  absl::flat_hash_map<std::string_view, std::string_view> parents;
  for (const TopologyConstraintGroupConfig& config : spec.topology_constraint_group_configs) {
    if (config.pod_group_names.empty()) continue;
    KaiSubGroup& sub_group = sub_groups.emplace_back();
    sub_group.name = config.name;
    sub_group.min_sub_group = static_cast<std::int32_t>(config.pod_group_names.size());
    if (HasPack(config.topology_constraint)) {
      sub_group.topology_constraint = TranslatePack(*config.topology_constraint, topology);
    }
    // The last config that lists a pod group becomes its parent.
    for (const std::string& name : config.pod_group_names) parents[name] = config.name;
  }
  for (const PodGroup& group : spec.pod_groups) {
    KaiSubGroup& sub_group = sub_groups.emplace_back();
    sub_group.name = group.name;
    sub_group.min_member = group.min_replicas;
    if (HasPack(group.topology_constraint)) {
      sub_group.topology_constraint = TranslatePack(*group.topology_constraint, topology);
    }
    const auto parent = parents.find(std::string_view{group.name});
    if (parent != parents.end()) sub_group.parent = std::string(parent->second);
  }
  return sub_groups;
}

}  // namespace

absl::StatusOr<std::string> KaiQueueOf(const PodCliqueSet& set) {
  const std::string_view of_set = QueueOf(set.metadata.labels, set.metadata.annotations);
  std::set<std::string_view> of_cliques;
  for (const PodCliqueTemplateSpec& clique : set.spec.template_spec.cliques) {
    const std::string_view queue = QueueOf(clique.labels, clique.annotations);
    if (queue.empty()) continue;
    if (!of_set.empty() && queue != of_set) {
      return absl::FailedPreconditionError(
          absl::StrCat("clique ", clique.name, " names another queue than the PodCliqueSet"));
    }
    of_cliques.insert(queue);
  }
  if (!of_set.empty()) return std::string(of_set);
  if (of_cliques.size() == 1) return std::string(*of_cliques.begin());
  if (of_cliques.empty()) return absl::FailedPreconditionError("no queue is configured");
  const auto append = [](std::string* out, std::string_view queue) { out->append(queue); };
  return absl::FailedPreconditionError(
      absl::StrCat("cliques name several queues: ", absl::StrJoin(of_cliques, ", ", append)));
}

absl::StatusOr<KaiPodGroup> MakeKaiPodGroup(const PodGang& gang, const PodCliqueSet& set) {
  const OwnerReference* controller = ControllerOf(gang.metadata);
  if (controller == nullptr || controller->kind != PodCliqueSet::kKind) {
    return absl::FailedPreconditionError("no PodCliqueSet controls the PodGang");
  }
  absl::StatusOr<std::string> queue = KaiQueueOf(set);
  if (!queue.ok()) return queue.status();
  const std::string_view topology = TopologyOf(gang);
  if (topology.empty() && HasAnyPack(gang.spec)) {
    return absl::FailedPreconditionError("the PodGang has a constraint and names no topology");
  }

  KaiPodGroup group;
  group.metadata.name = gang.metadata.name;
  group.metadata.namespace_name = gang.metadata.namespace_name;
  group.metadata.labels = gang.metadata.labels;
  group.metadata.annotations = gang.metadata.annotations;
  // The mark that the backend puts on the gang first (SB-40) comes along.
  group.metadata.annotations.Set(keys::kKaiSkipPodGrouper, "true");
  group.metadata.owner_references.push_back(ControllerReference(gang));
  group.spec.min_member = SumOfMinReplicas(gang);
  group.spec.queue = *std::move(queue);
  group.spec.priority_class_name = gang.spec.priority_class_name;
  if (HasPack(gang.spec.topology_constraint)) {
    group.spec.topology_constraint = TranslatePack(*gang.spec.topology_constraint, topology);
  }
  group.spec.sub_groups = MakeSubGroups(gang.spec, topology);
  return group;
}

}  // namespace grove::planner
