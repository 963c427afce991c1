// Fields of a PodCliqueSet (spec 01 §2, structural defaults of 02 §3.1).
#pragma once

#include "grove/pod_clique_set.hpp"

#include "model/fields/field_table.h"
#include "model/fields/object_meta.h"
#include "model/kubernetes/kubernetes_schema.h"

namespace grove::fields {

template <>
struct FieldTable<TopologyPackConstraint> {
  static constexpr std::string_view kName = "TopologyPackConstraint";
  static constexpr Rules kDomain{.pattern = schema::Pattern::kTopologyDomain, .min_length = 1, .max_length = 63};
  static constexpr std::tuple kRows{
      Field("required", &TopologyPackConstraint::required, kDomain),
      Field("preferred", &TopologyPackConstraint::preferred, kDomain),
  };
};

template <>
struct FieldTable<TopologyConstraint> {
  static constexpr std::string_view kName = "TopologyConstraint";
  static constexpr std::tuple kRows{
      Field("topologyName", &TopologyConstraint::topology_name),
      Field("pack", &TopologyConstraint::pack),
      Field("packDomain", &TopologyConstraint::pack_domain,
            {.pattern = schema::Pattern::kTopologyDomain, .min_length = 1, .max_length = 63}),
  };
};

inline constexpr schema::Type kMetricSpecs{schema::Shape::kList, {}, {}, &schema::kubernetes::kMetricSpec};

template <>
struct FieldTable<AutoScalingConfig> {
  static constexpr std::string_view kName = "AutoScalingConfig";
  static constexpr std::tuple kRows{
      Field("minReplicas", &AutoScalingConfig::min_replicas),
      Field("maxReplicas", &AutoScalingConfig::max_replicas, {.required = true, .always = true}),
      Field("metrics", &AutoScalingConfig::metrics, {.type = &kMetricSpecs}),
  };
};

inline constexpr std::string_view kSharingScopes[] = {"AllReplicas", "PerReplica"};

template <>
struct FieldTable<ResourceSharingFilter> {
  static constexpr std::string_view kName = "ResourceSharingFilter";
  static constexpr std::tuple kRows{
      Field("childCliqueNames", &ResourceSharingFilter::child_clique_names),
      Field("childScalingGroupNames", &ResourceSharingFilter::child_scaling_group_names),
  };
};

template <>
struct FieldTable<ResourceSharing> {
  static constexpr std::string_view kName = "ResourceSharing";
  static constexpr std::tuple kRows{
      Field("name", &ResourceSharing::name, {.required = true, .always = true}),
      Field("namespace", &ResourceSharing::namespace_name),
      Field("scope", &ResourceSharing::scope, {.required = true, .always = true, .enum_values = kSharingScopes}),
      Field("filter", &ResourceSharing::filter),
  };
};

// The same entry at the two inner levels, where parts of it are unknown fields (spec 01 §2.5).
inline constexpr schema::Field kScalingGroupSharingFilterFields[] = {kFieldsOf<ResourceSharingFilter>[0]};
inline constexpr schema::Type kScalingGroupSharingFilter =
    schema::ObjectType("ResourceSharingFilter", kScalingGroupSharingFilterFields);
[[nodiscard]] constexpr schema::Field WithType(schema::Field field, const schema::Type* type) {
  field.type = type;
  return field;
}
inline constexpr schema::Field kScalingGroupSharingFields[] = {
    kFieldsOf<ResourceSharing>[0], kFieldsOf<ResourceSharing>[1], kFieldsOf<ResourceSharing>[2],
    WithType(kFieldsOf<ResourceSharing>[3], &kScalingGroupSharingFilter)};
inline constexpr schema::Type kScalingGroupSharing = schema::ObjectType("ResourceSharing", kScalingGroupSharingFields);
inline constexpr schema::Type kScalingGroupSharings{schema::Shape::kList, {}, {}, &kScalingGroupSharing};
inline constexpr schema::Field kCliqueSharingFields[] = {kFieldsOf<ResourceSharing>[0], kFieldsOf<ResourceSharing>[1],
                                                         kFieldsOf<ResourceSharing>[2]};
inline constexpr schema::Type kCliqueSharing = schema::ObjectType("ResourceSharing", kCliqueSharingFields);
inline constexpr schema::Type kCliqueSharings{schema::Shape::kList, {}, {}, &kCliqueSharing};

template <>
struct FieldTable<ResourceClaimTemplateConfig> {
  static constexpr std::string_view kName = "ResourceClaimTemplateConfig";
  static constexpr std::tuple kRows{
      Field("name", &ResourceClaimTemplateConfig::name, {.required = true, .always = true}),
      Field("templateSpec", &ResourceClaimTemplateConfig::template_spec,
            {.required = true, .always = true, .type = &schema::kubernetes::kResourceClaimTemplateSpec}),
  };
};

template <>
struct FieldTable<PodCliqueSpec> {
  static constexpr std::string_view kName = "PodCliqueSpec";
  static constexpr std::tuple kRows{
      Field("roleName", &PodCliqueSpec::role_name, {.required = true, .always = true}),
      Field("podSpec", &PodCliqueSpec::pod_spec,
            {.required = true, .always = true, .type = &schema::kubernetes::kPodSpec}),
      Field("replicas", &PodCliqueSpec::replicas, {.required = true, .always = true}),
      Field("minAvailable", &PodCliqueSpec::min_available),
      Field("startsAfter", &PodCliqueSpec::starts_after),
      Field("autoScalingConfig", &PodCliqueSpec::auto_scaling_config),
  };
};

template <>
struct FieldTable<PodCliqueTemplateSpec> {
  static constexpr std::string_view kName = "PodCliqueTemplateSpec";
  static constexpr std::tuple kRows{
      Field("name", &PodCliqueTemplateSpec::name, {.required = true, .always = true}),
      Field("labels", &PodCliqueTemplateSpec::labels),
      Field("annotations", &PodCliqueTemplateSpec::annotations),
      Field("topologyConstraint", &PodCliqueTemplateSpec::topology_constraint),
      Field("resourceSharing", &PodCliqueTemplateSpec::resource_sharing, {.type = &kCliqueSharings}),
      Field("spec", &PodCliqueTemplateSpec::spec, {.required = true, .always = true}),
  };
};

template <>
struct FieldTable<PodCliqueScalingGroupConfig> {
  static constexpr std::string_view kName = "PodCliqueScalingGroupConfig";
  static constexpr std::tuple kRows{
      Field("name", &PodCliqueScalingGroupConfig::name, {.required = true, .always = true}),
      Field("cliqueNames", &PodCliqueScalingGroupConfig::clique_names,
            {.required = true, .always = true, .nil_when_absent = true}),
      Field("annotations", &PodCliqueScalingGroupConfig::annotations),
      Field("replicas", &PodCliqueScalingGroupConfig::replicas, {.default_json = "1"}),
      Field("minAvailable", &PodCliqueScalingGroupConfig::min_available, {.default_json = "1"}),
      Field("scaleConfig", &PodCliqueScalingGroupConfig::scale_config),
      Field("resourceSharing", &PodCliqueScalingGroupConfig::resource_sharing, {.type = &kScalingGroupSharings}),
      Field("topologyConstraint", &PodCliqueScalingGroupConfig::topology_constraint),
  };
};

template <>
struct FieldTable<HeadlessServiceConfig> {
  static constexpr std::string_view kName = "HeadlessServiceConfig";
  static constexpr std::tuple kRows{
      Field("publishNotReadyAddresses", &HeadlessServiceConfig::publish_not_ready_addresses,
            {.required = true, .always = true, .default_json = "true"}),
  };
};

inline constexpr std::string_view kStartupTypes[] = {"CliqueStartupTypeAnyOrder", "CliqueStartupTypeInOrder",
                                                     "CliqueStartupTypeExplicit"};
inline constexpr std::string_view kNameKey[] = {"name"};

template <>
struct FieldTable<PodCliqueSetTemplateSpec> {
  static constexpr std::string_view kName = "PodCliqueSetTemplateSpec";
  static constexpr std::tuple kRows{
      Field("cliques", &PodCliqueSetTemplateSpec::cliques,
            {.required = true, .always = true, .list_kind = schema::ListKind::kMap, .list_keys = kNameKey}),
      Field("cliqueStartupType", &PodCliqueSetTemplateSpec::clique_startup_type,
            {.default_json = "\"CliqueStartupTypeAnyOrder\"", .enum_values = kStartupTypes}),
      Field("priorityClassName", &PodCliqueSetTemplateSpec::priority_class_name),
      Field("headlessServiceConfig", &PodCliqueSetTemplateSpec::headless_service_config),
      Field("topologyConstraint", &PodCliqueSetTemplateSpec::topology_constraint),
      Field("terminationDelay", &PodCliqueSetTemplateSpec::termination_delay),
      Field("resourceClaimTemplates", &PodCliqueSetTemplateSpec::resource_claim_templates),
      Field("resourceSharing", &PodCliqueSetTemplateSpec::resource_sharing),
      Field("podCliqueScalingGroups", &PodCliqueSetTemplateSpec::pod_clique_scaling_groups),
  };
};

inline constexpr std::string_view kUpdateStrategies[] = {"RollingRecreate", "OnDelete"};

template <>
struct FieldTable<PodCliqueSetUpdateStrategy> {
  static constexpr std::string_view kName = "PodCliqueSetUpdateStrategy";
  static constexpr std::tuple kRows{
      Field("type", &PodCliqueSetUpdateStrategy::type,
            {.default_json = "\"RollingRecreate\"", .enum_values = kUpdateStrategies}),
  };
};

template <>
struct FieldTable<PodCliqueSetSpec> {
  static constexpr std::string_view kName = "PodCliqueSetSpec";
  static constexpr std::tuple kRows{
      Field("replicas", &PodCliqueSetSpec::replicas, {.always = true, .default_json = "0"}),
      Field("updateStrategy", &PodCliqueSetSpec::update_strategy),
      Field("template", &PodCliqueSetSpec::template_spec, {.required = true, .always = true}),
  };
};

inline constexpr std::string_view kPodGangPhases[] = {"Pending", "Starting", "Running", "Failed", "Succeeded"};

template <>
struct FieldTable<PodGangStatusSummary> {
  static constexpr std::string_view kName = "PodGangStatusSummary";
  static constexpr std::tuple kRows{
      Field("name", &PodGangStatusSummary::name, {.required = true, .always = true}),
      Field("phase", &PodGangStatusSummary::phase, {.required = true, .always = true, .enum_values = kPodGangPhases}),
      Field("conditions", &PodGangStatusSummary::conditions),
  };
};

template <>
struct FieldTable<PodCliqueSetReplicaUpdateProgress> {
  static constexpr std::string_view kName = "PodCliqueSetReplicaUpdateProgress";
  static constexpr std::tuple kRows{
      Field("replicaIndex", &PodCliqueSetReplicaUpdateProgress::replica_index, {.required = true, .always = true}),
      Field("updateStartedAt", &PodCliqueSetReplicaUpdateProgress::update_started_at),
      Field("updateEndedAt", &PodCliqueSetReplicaUpdateProgress::update_ended_at),
  };
};

template <>
struct FieldTable<PodCliqueSetUpdateProgress> {
  using T = PodCliqueSetUpdateProgress;
  // Go leaves a zero out, and the structural default puts it back: a stored count is always there.
  static constexpr std::string_view kName = "PodCliqueSetUpdateProgress";
  static constexpr std::tuple kRows{
      Field("updateStartedAt", &T::update_started_at),
      Field("updateEndedAt", &T::update_ended_at),
      Field("updatedPodCliquesCount", &T::updated_pod_cliques_count, {.always = true, .default_json = "0"}),
      Field("totalPodCliquesCount", &T::total_pod_cliques_count, {.always = true, .default_json = "0"}),
      Field("updatedPodCliqueScalingGroupsCount", &T::updated_pod_clique_scaling_groups_count,
            {.always = true, .default_json = "0"}),
      Field("totalPodCliqueScalingGroupsCount", &T::total_pod_clique_scaling_groups_count,
            {.always = true, .default_json = "0"}),
      Field("currentlyUpdating", &T::currently_updating),
  };
};

template <>
struct FieldTable<PodCliqueSetStatus> {
  static constexpr std::string_view kName = "PodCliqueSetStatus";
  static constexpr std::tuple kRows{
      Field("observedGeneration", &PodCliqueSetStatus::observed_generation),
      Field("conditions", &PodCliqueSetStatus::conditions),
      Field("lastErrors", &PodCliqueSetStatus::last_errors),
      Field("replicas", &PodCliqueSetStatus::replicas),
      Field("updatedReplicas", &PodCliqueSetStatus::updated_replicas,
            {.required = true, .always = true, .default_json = "0"}),
      Field("availableReplicas", &PodCliqueSetStatus::available_replicas,
            {.required = true, .always = true, .default_json = "0"}),
      Field("hpaPodSelector", &PodCliqueSetStatus::hpa_pod_selector),
      Field("podGangStatuses", &PodCliqueSetStatus::pod_gang_statuses),
      Field("currentGenerationHash", &PodCliqueSetStatus::current_generation_hash),
      Field("updateProgress", &PodCliqueSetStatus::update_progress),
  };
};

template <>
struct FieldTable<PodCliqueSet> {
  static constexpr std::string_view kName = "PodCliqueSet";
  static constexpr std::tuple kRows{
      Field("metadata", &PodCliqueSet::metadata, {.always = true, .type = &schema::kubernetes::kObjectMeta}),
      Field("spec", &PodCliqueSet::spec, {.required = true, .always = true}),
      Field("status", &PodCliqueSet::status),
  };
};

}  // namespace grove::fields
