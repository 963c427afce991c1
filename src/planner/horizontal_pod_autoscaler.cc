#include <algorithm>

#include "grove/pod_clique.hpp"

#include "model/kubernetes/kubernetes_schema.h"
#include "model/naming.h"
#include "planner/child_metadata.h"
#include "planner/children.h"
#include "planner/written_form.h"

namespace grove::planner {

namespace {

HorizontalPodAutoscaler MakeAutoscaler(const Context& context, std::string target, std::string_view target_kind,
                                       const AutoScalingConfig& config) {
  HorizontalPodAutoscaler autoscaler;
  autoscaler.spec.scale_target_ref = {std::string(target_kind), target, std::string(PodClique::kApiVersion)};
  autoscaler.metadata = ChildOfSet(context, std::move(target), component::kAutoscaler);
  autoscaler.spec.min_replicas = config.min_replicas;
  autoscaler.spec.max_replicas = config.max_replicas;
  autoscaler.spec.metrics.reserve(config.metrics.size());
  for (const Value& metric : config.metrics) {
    context.storage->Keep(metric.storage());
    autoscaler.spec.metrics.emplace_back(
        WrittenForm(schema::kubernetes::kMetricSpec, metric.node(), WrittenAs::kBuiltIn, *context.storage),
        context.storage);
  }
  return autoscaler;
}

// Whether the autoscaler of a clique is overwritten by that of a group of the same name (O-2).
bool IsOverwritten(const Context& context, const std::string& clique) {
  return std::ranges::any_of(context.groups, [&](const ScalingGroup& group) {
    return group.config->scale_config.has_value() && group.config->name == clique;
  });
}

// Membership does not matter here: that members have no autoscaler of their own is a rule of admission.
bool HasAutoscaler(const Context& context, const Clique& clique) {
  return clique.config->spec.auto_scaling_config.has_value() && !IsOverwritten(context, clique.config->name);
}

}  // namespace

void AppendAutoscalers(const Context& context, std::int32_t replica, std::vector<HorizontalPodAutoscaler>& out) {
  for (const Clique& clique : context.cliques) {
    if (!HasAutoscaler(context, clique)) continue;
    out.push_back(MakeAutoscaler(context, naming::ChildName(context.name(), replica, clique.config->name),
                                 PodClique::kKind, *clique.config->spec.auto_scaling_config));
  }
  for (const ScalingGroup& group : context.groups) {
    if (!group.config->scale_config.has_value()) continue;
    out.push_back(MakeAutoscaler(context, naming::ChildName(context.name(), replica, group.config->name),
                                 PodCliqueScalingGroup::kKind, *group.config->scale_config));
  }
}

std::int64_t CountAutoscalers(const Context& context) {
  return std::ranges::count_if(context.cliques, [&](const Clique& clique) { return HasAutoscaler(context, clique); }) +
         std::ranges::count_if(context.groups,
                               [](const ScalingGroup& group) { return group.config->scale_config.has_value(); });
}

}  // namespace grove::planner
