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
#include "planner/translate/make_object.h"

namespace grove::planner {
namespace {

// What KAI's own controller would read of a set, and its rules for names (spec 07 §4.5, §4.6).
constexpr std::string_view kPriorityLabel = "priorityClassName";
constexpr std::string_view kPreemptibilityLabel = "kai.scheduler/preemptibility";
constexpr std::string_view kPlacementAnnotations[] = {
    keys::kKaiTopology,
    "kai.scheduler/topology-preferred-placement",
    "kai.scheduler/topology-required-placement",
};

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
  return has(spec) || std::ranges::any_of(spec.pod_groups, has) ||
         std::ranges::any_of(spec.topology_constraint_group_configs, has);
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

bool IsSubGroupName(std::string_view name) {
  const auto is_inner = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
  return !name.empty() && name.front() != '-' && name.back() != '-' && std::ranges::all_of(name, is_inner);
}

// Calls `visit` with the field and the name of every subgroup, in the order of the object.
template <class Visitor>
void ForEachSubGroupName(const PodGangSpec& spec, Visitor&& visit) {
  const auto& configs = spec.topology_constraint_group_configs;
  for (std::size_t i = 0; i < configs.size(); ++i) {
    if (configs[i].pod_group_names.empty()) continue;
    visit("spec.topologyConstraintGroupConfigs[" + std::to_string(i) + "].name", configs[i].name);
  }
  for (std::size_t i = 0; i < spec.pod_groups.size(); ++i) visit(PodGroupField(i, "name"), spec.pod_groups[i].name);
}

void FindRefusedNames(const GangFacts& facts, LossFinder& found) {
  ForEachSubGroupName(facts.gang.spec, [&](std::string field, const std::string& name) {
    if (!IsSubGroupName(name)) found.Add(std::move(field), name);
  });
}

void FindRepeatedNames(const GangFacts& facts, LossFinder& found) {
  std::set<std::string_view> names;
  ForEachSubGroupName(facts.gang.spec, [&](std::string field, const std::string& name) {
    if (!names.insert(name).second) found.Add(std::move(field), name);
  });
}

void FindZeroMinimum(const GangFacts& facts, LossFinder& found) {
  if (facts.minimum == 0) found.Add("spec.podgroups", "minReplicas of 0 in all");
}

void FindCoarserPreferred(const GangFacts& facts, LossFinder& found) {
  for (const Scope& scope : facts.scopes) {
    if (!scope.HasRequired() || !scope.HasPreferred()) continue;
    const std::int64_t required = facts.LevelOf(scope.pack->required);
    const std::int64_t preferred = facts.LevelOf(scope.pack->preferred);
    if (preferred >= 0 && preferred < required) {
      found.Add(scope.field + ".packConstraint.preferred", scope.pack->preferred);
    }
  }
}

void FindPreferredAlone(const GangFacts& facts, LossFinder& found) {
  for (const Scope& scope : facts.scopes) {
    if (!scope.HasRequired() && scope.HasPreferred()) {
      found.Add(scope.field + ".packConstraint.preferred", scope.pack->preferred);
    }
  }
}

void FindQueue(const GangFacts& facts, LossFinder& found) {
  const ObjectMeta& metadata = facts.set.metadata;
  const std::string of_set(QueueOf(metadata.labels, metadata.annotations));
  const bool is_label = !metadata.labels.Get(keys::kKaiQueue).empty();
  if (!of_set.empty()) {
    return found.AddOfSet(
        std::string(is_label ? "metadata.labels[" : "metadata.annotations[") + std::string(keys::kKaiQueue) + "]",
        of_set);
  }
  const auto& cliques = facts.set.spec.template_spec.cliques;
  for (std::size_t i = 0; i < cliques.size(); ++i) {
    const std::string_view queue = QueueOf(cliques[i].labels, cliques[i].annotations);
    const std::string_view map = cliques[i].labels.Get(keys::kKaiQueue).empty() ? "annotations" : "labels";
    if (queue.empty()) continue;
    found.AddOfSet(
        absl::StrCat("spec.template.cliques[", i, "].") + std::string(map) + "[" + std::string(keys::kKaiQueue) + "]",
        queue);
  }
}

void FindKeysOfKai(const GangFacts& facts, LossFinder& found) {
  const ObjectMeta& metadata = facts.set.metadata;
  for (const std::string_view key : {kPriorityLabel, kPreemptibilityLabel}) {
    const auto value = metadata.labels.Find(key);
    if (value.has_value()) found.AddOfSet("metadata.labels[" + std::string(key) + "]", *value);
  }
  for (const std::string_view key : kPlacementAnnotations) {
    const auto value = metadata.annotations.Find(key);
    if (value.has_value()) found.AddOfSet("metadata.annotations[" + std::string(key) + "]", *value);
  }
}

constexpr LossRule kLosses[] = {
    {LossEffect::kRefused, "spec 07 §4.5", "a name that is no DNS label",
     "KAI refuses the PodGroup: it is never created and the gang's pods stay pending", FindRefusedNames},
    {LossEffect::kRefused, "spec 07 §4.5", "two subgroups of one name",
     "KAI refuses the PodGroup: it is never created and the gang's pods stay pending", FindRepeatedNames},
    {LossEffect::kRefused, "spec 07 §4.5", "a gang that needs no pod",
     "KAI refuses the PodGroup: it is never created and the gang's pods stay pending", FindZeroMinimum},
    {LossEffect::kRefused, "spec 08 PL-50", "a preferred level that is coarser than the required one",
     "KAI takes it for a mistake: the gang never runs, and no event tells why", FindCoarserPreferred},
    {LossEffect::kWeakened, "spec 08 PL-51", "that a preference keeps no pod from running",
     "pods stay pending where only nodes without the topology's labels have room", FindPreferredAlone},
    {LossEffect::kWeakened, "spec 08 PL-45", "one domain for several pod groups after pods were lost",
     "if all pods of one group are replaced while others run, they may land in another domain", FindSharedRequired},
    {LossEffect::kWeakened, "spec 07 SB-43", "later changes of the queue",
     "the queue is fixed when the PodGroup is created: after a change, new gangs use the new queue and old ones the "
     "old",
     FindQueue},
    {LossEffect::kDropped, "spec 07 §4.6", "what KAI's own controller reads from the set",
     "the mark that keeps that controller off the PodGang also keeps it from honouring this", FindKeysOfKai},
    {LossEffect::kWeakened, "spec 08, oddity 9", "the priority of the pods themselves",
     "only the PodGroup has it: preemption by other schedulers and eviction by the kubelet go by the pods' default",
     FindPriority},
};

absl::Status PrepareForKai(std::string_view gang_name, std::string_view clique_name, const TranslationOptions&,
                           PodPreparation& preparation) {
  if (gang_name.empty() || clique_name.empty()) {  // SB-20
    return absl::FailedPreconditionError("pod lacks the label of its PodGang or PodClique");
  }
  preparation.annotations.Set(keys::kKaiSkipPodGrouper, "true");
  preparation.annotations.Set(keys::kKaiPodGroup, gang_name);
  preparation.labels.Set(keys::kKaiSubGroup, clique_name);
  return absl::OkStatus();
}

absl::Status TranslateForKai(const GangFacts& facts, std::vector<SchedulerObject>& objects) {
  const absl::StatusOr<KaiPodGroup> group = MakeKaiPodGroup(facts.gang, facts.set);
  if (!group.ok()) return group.status();
  objects.push_back(MakeSchedulerObject(*group));
  return absl::OkStatus();
}

}  // namespace

constexpr Backend kKaiBackend{
    {"kai", schedulers::kKai, "a PodGroup of scheduling.run.ai/v2alpha2 per PodGang", true, true, true},
    PrepareForKai,
    TranslateForKai,
    nullptr,
    "KAIBackendMappingFailed",
    kLosses};

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
