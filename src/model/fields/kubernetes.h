// Fields of the Kubernetes objects that Grove makes, as far as Grove sets them.
#pragma once

#include "grove/kubernetes.hpp"

#include "model/fields/field_table.h"
#include "model/fields/object_meta.h"
#include "model/kubernetes/kubernetes_schema.h"

namespace grove::fields {

inline constexpr Rules kMetadata{.always = true, .type = &schema::kubernetes::kObjectMeta};

template <>
struct FieldTable<ContainerStateTerminated> {
  static constexpr std::string_view kName = "ContainerStateTerminated";
  static constexpr std::tuple kRows{
      Field("exitCode", &ContainerStateTerminated::exit_code, {.required = true, .always = true}),
  };
};

template <>
struct FieldTable<ContainerState> {
  static constexpr std::string_view kName = "ContainerState";
  static constexpr std::tuple kRows{
      Field("terminated", &ContainerState::terminated),
  };
};

template <>
struct FieldTable<ContainerStatus> {
  static constexpr std::string_view kName = "ContainerStatus";
  static constexpr std::tuple kRows{
      Field("name", &ContainerStatus::name, {.required = true, .always = true}),
      Field("ready", &ContainerStatus::ready, {.required = true, .always = true}),
      Field("started", &ContainerStatus::started),
      Field("lastState", &ContainerStatus::last_state),
  };
};

template <>
struct FieldTable<PodStatus> {
  static constexpr std::string_view kName = "PodStatus";
  static constexpr std::tuple kRows{
      Field("phase", &PodStatus::phase),
      Field("conditions", &PodStatus::conditions),
      Field("initContainerStatuses", &PodStatus::init_container_statuses),
      Field("containerStatuses", &PodStatus::container_statuses),
  };
};

template <>
struct FieldTable<Pod> {
  static constexpr std::string_view kName = "Pod";
  static constexpr std::tuple kRows{
      Field("metadata", &Pod::metadata, kMetadata),
      Field("spec", &Pod::spec, {.always = true, .type = &schema::kubernetes::kPodSpec}),
      Field("status", &Pod::status),
  };
};

template <>
struct FieldTable<ServiceAccount> {
  static constexpr std::string_view kName = "ServiceAccount";
  static constexpr std::tuple kRows{
      Field("metadata", &ServiceAccount::metadata, kMetadata),
      Field("automountServiceAccountToken", &ServiceAccount::automount_service_account_token),
  };
};

template <>
struct FieldTable<PolicyRule> {
  static constexpr std::string_view kName = "PolicyRule";
  static constexpr std::tuple kRows{
      Field("verbs", &PolicyRule::verbs, {.required = true, .always = true}),
      Field("apiGroups", &PolicyRule::api_groups),
      Field("resources", &PolicyRule::resources),
  };
};

template <>
struct FieldTable<Role> {
  static constexpr std::string_view kName = "Role";
  static constexpr std::tuple kRows{
      Field("metadata", &Role::metadata, kMetadata),
      Field("rules", &Role::rules, {.required = true, .always = true}),
  };
};

template <>
struct FieldTable<RoleSubject> {
  static constexpr std::string_view kName = "Subject";
  static constexpr std::tuple kRows{
      Field("kind", &RoleSubject::kind, {.required = true, .always = true}),
      Field("apiGroup", &RoleSubject::api_group),
      Field("name", &RoleSubject::name, {.required = true, .always = true}),
      Field("namespace", &RoleSubject::namespace_name),
  };
};

template <>
struct FieldTable<RoleReference> {
  static constexpr std::string_view kName = "RoleRef";
  static constexpr std::tuple kRows{
      Field("apiGroup", &RoleReference::api_group, {.required = true, .always = true}),
      Field("kind", &RoleReference::kind, {.required = true, .always = true}),
      Field("name", &RoleReference::name, {.required = true, .always = true}),
  };
};

template <>
struct FieldTable<RoleBinding> {
  static constexpr std::string_view kName = "RoleBinding";
  static constexpr std::tuple kRows{
      Field("metadata", &RoleBinding::metadata, kMetadata),
      Field("subjects", &RoleBinding::subjects),
      Field("roleRef", &RoleBinding::role_ref, {.required = true, .always = true}),
  };
};

template <>
struct FieldTable<Secret> {
  static constexpr std::string_view kName = "Secret";
  static constexpr std::tuple kRows{
      Field("metadata", &Secret::metadata, kMetadata),
      Field("type", &Secret::type),
  };
};

template <>
struct FieldTable<ServiceSpec> {
  static constexpr std::string_view kName = "ServiceSpec";
  static constexpr std::tuple kRows{
      Field("selector", &ServiceSpec::selector),
      Field("clusterIP", &ServiceSpec::cluster_ip),
      Field("publishNotReadyAddresses", &ServiceSpec::publish_not_ready_addresses),
  };
};

template <>
struct FieldTable<Service> {
  static constexpr std::string_view kName = "Service";
  static constexpr std::tuple kRows{
      Field("metadata", &Service::metadata, kMetadata),
      Field("spec", &Service::spec, {.always = true}),
  };
};

template <>
struct FieldTable<CrossVersionObjectReference> {
  using T = CrossVersionObjectReference;
  static constexpr std::string_view kName = "CrossVersionObjectReference";
  static constexpr std::tuple kRows{
      Field("kind", &T::kind, {.required = true, .always = true}),
      Field("name", &T::name, {.required = true, .always = true}),
      Field("apiVersion", &T::api_version),
  };
};

inline constexpr schema::Type kAutoscalerMetrics{schema::Shape::kList, {}, {}, &schema::kubernetes::kMetricSpec};

template <>
struct FieldTable<HorizontalPodAutoscalerSpec> {
  using T = HorizontalPodAutoscalerSpec;
  static constexpr std::string_view kName = "HorizontalPodAutoscalerSpec";
  static constexpr std::tuple kRows{
      Field("scaleTargetRef", &T::scale_target_ref, {.required = true, .always = true}),
      Field("minReplicas", &T::min_replicas),
      Field("maxReplicas", &T::max_replicas, {.required = true, .always = true}),
      Field("metrics", &T::metrics, {.type = &kAutoscalerMetrics}),
  };
};

template <>
struct FieldTable<HorizontalPodAutoscaler> {
  static constexpr std::string_view kName = "HorizontalPodAutoscaler";
  static constexpr std::tuple kRows{
      Field("metadata", &HorizontalPodAutoscaler::metadata, kMetadata),
      Field("spec", &HorizontalPodAutoscaler::spec, {.always = true}),
  };
};

template <>
struct FieldTable<ResourceClaim> {
  static constexpr std::string_view kName = "ResourceClaim";
  static constexpr std::tuple kRows{
      Field("metadata", &ResourceClaim::metadata, kMetadata),
      Field("spec", &ResourceClaim::spec, {.always = true}),
  };
};

template <>
struct FieldTable<ComputeDomainClaimTemplate> {
  static constexpr std::string_view kName = "ComputeDomainResourceClaimTemplate";
  static constexpr std::tuple kRows{
      Field("name", &ComputeDomainClaimTemplate::name, {.required = true, .always = true}),
  };
};

template <>
struct FieldTable<ComputeDomainChannel> {
  static constexpr std::string_view kName = "ComputeDomainChannelSpec";
  static constexpr std::tuple kRows{
      Field("resourceClaimTemplate", &ComputeDomainChannel::resource_claim_template,
            {.required = true, .always = true}),
  };
};

template <>
struct FieldTable<ComputeDomainSpec> {
  static constexpr std::string_view kName = "ComputeDomainSpec";
  static constexpr std::tuple kRows{
      Field("numNodes", &ComputeDomainSpec::num_nodes, {.required = true, .always = true}),
      Field("channel", &ComputeDomainSpec::channel, {.required = true, .always = true}),
  };
};

template <>
struct FieldTable<ComputeDomain> {
  static constexpr std::string_view kName = "ComputeDomain";
  static constexpr std::tuple kRows{
      Field("metadata", &ComputeDomain::metadata, kMetadata),
      Field("spec", &ComputeDomain::spec, {.always = true}),
  };
};

}  // namespace grove::fields
