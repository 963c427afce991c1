#include "planner/translate/volcano.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "absl/status/status.h"

#include "model/naming.h"
#include "planner/owner.h"
#include "planner/translate/gang_minimum.h"
#include "planner/translate/make_object.h"

namespace grove::planner {
namespace {

constexpr std::string_view kDefaultQueue = "default";

std::string_view Trim(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\n\v\f\r";
  const std::size_t first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

void FindQueuesOfCliques(const GangFacts& facts, LossFinder& found) {
  if (!Trim(facts.gang.metadata.annotations.Get(keys::kVolcanoQueue)).empty()) return;
  const auto& cliques = facts.set.spec.template_spec.cliques;
  for (std::size_t i = 0; i < cliques.size(); ++i) {
    const std::string_view queue = Trim(cliques[i].annotations.Get(keys::kVolcanoQueue));
    if (queue.empty() || queue == kDefaultQueue) continue;
    std::string field = "spec.template.cliques[" + std::to_string(i) + "].annotations[";
    found.AddOfSet(field.append(keys::kVolcanoQueue).append("]"), queue);
  }
}

void FindGroupConfigs(const GangFacts& facts, LossFinder& found) {
  const auto& configs = facts.gang.spec.topology_constraint_group_configs;
  for (std::size_t i = 0; i < configs.size(); ++i) {
    found.Add("spec.topologyConstraintGroupConfigs[" + std::to_string(i) + "]", configs[i].name);
  }
}

// Minima that a preemption may break: of several groups, where one has pods to spare.
void FindMinimaBesideSurplus(const GangFacts& facts, LossFinder& found) {
  if (facts.gang.spec.pod_groups.size() > 1 && facts.HasSurplus()) FindMinima(facts, found);
}

void FindZeroMinima(const GangFacts& facts, LossFinder& found) {
  for (std::size_t i = 0; i < facts.gang.spec.pod_groups.size(); ++i) {
    const std::int32_t minimum = facts.gang.spec.pod_groups[i].min_replicas;
    if (minimum == 0) found.Add(PodGroupField(i, "minReplicas"), minimum);
  }
}

bool RequestsAnything(const Value& pod_spec) {
  for (const std::string_view list : {std::string_view("containers"), std::string_view("initContainers")}) {
    const Value containers = pod_spec.Find(list).value_or(Value());
    for (std::size_t i = 0; i < containers.size(); ++i) {
      const Value resources = containers.at(i).Find("resources").value_or(Value());
      // A limit is a request where there is none.
      for (const std::string_view kind : {std::string_view("requests"), std::string_view("limits")}) {
        if (resources.Find(kind).value_or(Value()).size() > 0) return true;
      }
    }
  }
  return false;
}

void FindPodsWithoutRequests(const GangFacts& facts, LossFinder& found) {
  for (std::size_t i = 0; i < facts.templates.size(); ++i) {
    if (facts.templates[i] == nullptr || RequestsAnything(facts.templates[i]->spec.pod_spec)) continue;
    found.Add(PodGroupField(i, "name"), facts.gang.spec.pod_groups[i].name);
  }
}

constexpr LossRule kLosses[] = {
    {LossEffect::kDropped, "spec 07 §5.3", "topology packing",
     "admission refuses such sets; networkTopology of the PodGroup is never used", FindConstraints},
    {LossEffect::kDropped, "spec 07, oddity 12", "a replica of a scaling group as a unit of its own",
     "its pod groups are held together only by the minimum of the whole gang", FindGroupConfigs},
    {LossEffect::kDropped, "spec 07, oddity 9", "a queue that only cliques name",
     "the PodGroup goes to the queue \"default\", whose state admission did not check", FindQueuesOfCliques},
    {LossEffect::kWeakened, "spec 07 §5.5", "the minimum of each pod group against preemption",
     "victims are protected by the gang's total only: with surplus in one group, another may fall below its minimum",
     FindMinimaBesideSurplus},
    {LossEffect::kWeakened, "spec 07 SB-70", "a pod group that needs no pod", "one pod of it is waited for",
     FindZeroMinima},
    {LossEffect::kWeakened, "spec 07 §5.5", "pods that request nothing",
     "Volcano's allocate step leaves them out: they are placed later, by backfill", FindPodsWithoutRequests},
    {LossEffect::kWeakened, "spec 08, oddity 9", "the priority of the pods themselves",
     "only the PodGroup has it: preemption by other schedulers and eviction by the kubelet go by the pods' default",
     FindPriority},
};

absl::Status PrepareForVolcano(std::string_view gang_name, std::string_view, const TranslationOptions&,
                               PodPreparation& preparation) {
  if (gang_name.empty()) return absl::FailedPreconditionError("pod lacks the label of its PodGang");  // SB-61
  preparation.annotations.Set(keys::kVolcanoGroup, gang_name);
  preparation.annotations.Set(keys::kKubernetesGroup, gang_name);
  return absl::OkStatus();
}

absl::Status TranslateForVolcano(const GangFacts& facts, std::vector<SchedulerObject>& objects) {
  objects.push_back(MakeSchedulerObject(MakeVolcanoPodGroup(facts.gang)));
  return absl::OkStatus();
}

}  // namespace

constexpr Backend kVolcanoBackend{
    {"volcano", schedulers::kVolcano, "a PodGroup of scheduling.volcano.sh/v1beta1 per PodGang", true, false, true},
    PrepareForVolcano,
    TranslateForVolcano,
    nullptr,
    {},
    kLosses};

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
