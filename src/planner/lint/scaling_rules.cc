// Replica counts and who may change them.
#include <algorithm>

#include "planner/lint/subject.h"

namespace grove::planner::lint {

namespace {

using internal::Node;
using std::string_view;

// L-040, L-041.
void CheckRefusedAutoscaler(const Subject& subject, Report& report) {
  for (std::size_t g = 0; g < subject.spec.pod_clique_scaling_groups.size(); ++g) {
    const PodCliqueScalingGroupConfig& group = subject.group(g);
    if (!group.scale_config.has_value()) continue;
    const std::int32_t least = group.scale_config->min_replicas.value_or(ReplicasOf(group));
    const std::int32_t most = group.scale_config->max_replicas;
    if (most >= least && most > 0) continue;
    report.Add(GroupPath(g, "scaleConfig.maxReplicas"),
               Concat({"maxReplicas ", std::to_string(most), " is below minReplicas ", std::to_string(least),
                       ": the API server refuses the HorizontalPodAutoscaler, and the set gets no pods"}),
               Concat({"write maxReplicas: ", std::to_string(std::max({least, ReplicasOf(group), 1})), " or more"}));
  }
}

void CheckShrinkingAutoscaler(const Subject& subject, Report& report) {
  for (std::size_t g = 0; g < subject.spec.pod_clique_scaling_groups.size(); ++g) {
    const PodCliqueScalingGroupConfig& group = subject.group(g);
    if (!group.scale_config.has_value()) continue;
    const std::int32_t replicas = ReplicasOf(group);
    const std::int32_t most = group.scale_config->max_replicas;
    if (most < group.scale_config->min_replicas.value_or(replicas) || most >= replicas || most <= 0) continue;
    report.Add(GroupPath(g, "scaleConfig.maxReplicas"),
               Concat({"the autoscaler takes ", Quoted(group.name), " from ", Counted(replicas, "replica"), " to ",
                       std::to_string(most), " as soon as it runs"}),
               Concat({"write maxReplicas: ", std::to_string(replicas), " or more, or fewer replicas"}));
  }
}

// A metric that is averaged over pods, which the autoscaler of a group takes for replicas.
bool IsPerPod(const Value& metric) {
  const Node* type = internal::Find(metric.node(), "type");
  const string_view name = type == nullptr ? string_view{} : internal::Text(*type);
  return name == "Pods" || name == "Resource" || name == "ContainerResource";
}

// L-042.
void CheckMultipliedMetrics(const Subject& subject, Report& report) {
  for (std::size_t g = 0; g < subject.spec.pod_clique_scaling_groups.size(); ++g) {
    const PodCliqueScalingGroupConfig& group = subject.group(g);
    if (!group.scale_config.has_value()) continue;
    const auto& metrics = group.scale_config->metrics;
    const auto metric = std::ranges::find_if(metrics, IsPerPod);
    if (metric == metrics.end()) continue;
    std::int64_t pods = 0;
    for (const std::size_t i : subject.layout.members[g]) pods += std::max(subject.clique(i).spec.replicas, 0);
    if (pods < 2) continue;
    const auto at = static_cast<std::size_t>(metric - metrics.begin());
    report.Add(GroupPath(g, Concat({"scaleConfig.metrics[", std::to_string(at), "]"})),
               Concat({"the metric is averaged over pods, of which a replica of ", Quoted(group.name), " has ",
                       std::to_string(pods), ": the autoscaler proposes about ", std::to_string(pods),
                       " times the replicas that are needed"}),
               "use a metric of type External or Object with an averageValue per replica of the group");
  }
}

void ReportMissingMetrics(string_view target, const AutoScalingConfig& config, std::string path, Report& report) {
  if (!config.metrics.empty()) return;
  report.Add(std::move(path),
             Concat({Quoted(target), " is scaled by 80 % of requested CPU, the default where no metric is named"}),
             "name the metric that tells the load");
}

// L-043.
void CheckMissingMetrics(const Subject& subject, Report& report) {
  for (std::size_t i = 0; i < subject.spec.cliques.size(); ++i) {
    const auto& config = subject.clique(i).spec.auto_scaling_config;
    if (!config.has_value()) continue;
    ReportMissingMetrics(subject.clique(i).name, *config, CliquePath(i, "spec.autoScalingConfig"), report);
  }
  for (std::size_t g = 0; g < subject.spec.pod_clique_scaling_groups.size(); ++g) {
    const auto& config = subject.group(g).scale_config;
    if (!config.has_value()) continue;
    ReportMissingMetrics(subject.group(g).name, *config, GroupPath(g, "scaleConfig"), report);
  }
}

// L-044.
void CheckFrozenReplicas(const Subject& subject, Report& report) {
  std::vector<string_view> frozen;
  std::size_t first = 0;
  for (std::size_t i = 0; i < subject.spec.cliques.size(); ++i) {
    const PodCliqueTemplateSpec& clique = subject.clique(i);
    if (MinAvailableOf(clique) != clique.spec.replicas) continue;
    if (IsWritten(subject, CliqueNode(subject, i), {"spec", "minAvailable"}, "replicas")) continue;
    if (frozen.empty()) first = i;
    frozen.push_back(clique.name);
  }
  if (frozen.empty()) return;
  report.Add(CliquePath(first, "spec.replicas"),
             Concat({"replicas of ", QuotedList(frozen),
                     " cannot be changed by an update as long as minAvailable is not written: it would change along"}),
             Concat({"write minAvailable: ", std::to_string(subject.clique(first).spec.replicas),
                     " beside replicas before the first update"}));
}

// L-045.
void CheckNoReplicas(const Subject& subject, Report& report) {
  if (subject.set.spec.replicas != 0 || IsWritten(subject, subject.document.node(), {"spec", "replicas"})) return;
  report.Add("spec.replicas", "replicas is left out and defaults to 0: the set has no pods", "write replicas: 1");
}

// L-046.
void CheckLastingServices(const Subject& subject, Report& report) {
  if (subject.set.spec.replicas < 2) return;
  report.Add("spec.replicas",
             Concat({"the headless Services of ", Counted(subject.set.spec.replicas, "replica"),
                     " stay when the set is scaled in"}),
             "delete the Services of removed replicas by hand");
}

// L-047.
void CheckVanishingClaims(const Subject& subject, Report& report) {
  constexpr string_view kPerReplica = "PerReplica";
  for (std::size_t i = 0; i < subject.spec.cliques.size(); ++i) {
    const PodCliqueTemplateSpec& clique = subject.clique(i);
    const auto shared = std::ranges::find(clique.resource_sharing, kPerReplica, &ResourceSharing::scope);
    if (!clique.spec.auto_scaling_config.has_value() || shared == clique.resource_sharing.end()) continue;
    const auto at = static_cast<std::size_t>(shared - clique.resource_sharing.begin());
    report.Add(CliquePath(i, Concat({"resourceSharing[", std::to_string(at), "]"})),
               Concat({"when the autoscaler takes pods of ", Quoted(clique.name),
                       " away, claims of the highest indices are "
                       "deleted, but the pods that stay may have these indices"}),
               "name a resourceClaimTemplateName in the podSpec instead, or do not scale the clique");
  }
}

constexpr Row kRows[] = {
    {{"L-040", Severity::kWarning, "autoscaler that the API server refuses",
      "The HorizontalPodAutoscaler cannot be made. Grove makes it before any PodClique and does not go on without it: "
      "the set never gets a pod.",
      "Admission does not compare maxReplicas of a scaling group with anything; a missing one counts as 0.",
      "Write a maxReplicas that is not below minReplicas, which is replicas unless it is written.",
      "03 O-05; 04 §4.2; 02 D-07"},
     CheckRefusedAutoscaler},
    {{"L-041", Severity::kWarning, "autoscaler that starts by scaling in",
      "The scaling group starts with all its replicas, and the autoscaler at once removes those above maxReplicas.",
      "Admission compares maxReplicas with replicas for cliques, but not for scaling groups.",
      "Write a maxReplicas of at least replicas.", "03 O-05; 09 §2.4"},
     CheckShrinkingAutoscaler},
    {{"L-042", Severity::kWarning, "metric per pod on a scaling group",
      "The autoscaler proposes too many replicas, by the number of pods in one.",
      "The group's selector finds pods, but its status counts replicas: the average over pods is multiplied by pods "
      "and "
      "taken for replicas.",
      "Scale groups by metrics of type External or Object.", "09 §2.4, item 27"},
     CheckMultipliedMetrics},
    {{"L-043", Severity::kWarning, "autoscaler without a metric",
      "Replicas follow the CPU alone: up beyond 80 % of what the containers request. Without requests of CPU the "
      "autoscaler does nothing.",
      "Kubernetes fills in this metric where none is named.", "Name the metric that tells the load.",
      "09 §2.4; 04 O-26"},
     CheckMissingMetrics},
    {{"L-044", Severity::kNote, "replicas that no update can change",
      "An update that changes replicas is denied, because minAvailable changes with it.",
      "minAvailable must not change, and it is derived from replicas anew on every update that leaves it out.",
      "Write minAvailable beside replicas.", "03 O-06, V-504; 02 D-03"},
     CheckFrozenReplicas},
    {{"L-045", Severity::kWarning, "set without replicas",
      "Nothing but a ServiceAccount, its Role and a Secret is made.", "replicas of a set defaults to 0, not to 1.",
      "Write replicas.", "04 O-15"},
     CheckNoReplicas},
    {{"L-046", Severity::kNote, "Services outlive their replicas",
      "After a scale-in the headless Services of the removed replicas stay until the set is deleted.",
      "Grove makes and patches Services, and deletes none.", "Delete them by hand.", "04 O-9"},
     CheckLastingServices},
    {{"L-047", Severity::kWarning, "claims that a scale-in takes from running pods",
      "After a scale-in, claims of pods that still run are deleted.",
      "Claims exist for the indices below replicas, while the pods to remove are chosen by their state: those that "
      "stay "
      "may have higher indices.",
      "Let each pod have a claim of its own by resourceClaimTemplateName, or do not scale the clique.",
      "04 O-16, §14.4"},
     CheckVanishingClaims},
};

}  // namespace

std::span<const Row> ScalingRules() { return kRows; }

}  // namespace grove::planner::lint
