// The Kubernetes objects that Grove makes of a PodCliqueSet, each with the fields that Grove sets (spec 04 §3–§12).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "grove/object_meta.hpp"
#include "grove/value.hpp"

namespace grove {

// How a container ended.
struct ContainerStateTerminated {
  std::int32_t exit_code = 0;

  friend bool operator==(const ContainerStateTerminated&, const ContainerStateTerminated&) = default;
};

struct ContainerState {
  std::optional<ContainerStateTerminated> terminated;

  friend bool operator==(const ContainerState&, const ContainerState&) = default;
};

// What the kubelet tells of a container, as far as Grove's decisions read it (spec 09 §0.2).
struct ContainerStatus {
  std::string name;
  bool ready = false;
  std::optional<bool> started;
  ContainerState last_state;

  friend bool operator==(const ContainerStatus&, const ContainerStatus&) = default;
};

struct PodStatus {
  std::string phase;
  std::vector<Condition> conditions;
  std::vector<ContainerStatus> init_container_statuses;
  std::vector<ContainerStatus> container_statuses;

  friend bool operator==(const PodStatus&, const PodStatus&) = default;
};

struct Pod {
  static constexpr std::string_view kApiVersion = "v1";
  static constexpr std::string_view kKind = "Pod";

  ObjectMeta metadata;
  Value spec;  // core/v1 PodSpec; what pods of one clique have in common is stored once
  PodStatus status;

  friend bool operator==(const Pod&, const Pod&) = default;
};

struct ServiceAccount {
  static constexpr std::string_view kApiVersion = "v1";
  static constexpr std::string_view kKind = "ServiceAccount";

  ObjectMeta metadata;
  std::optional<bool> automount_service_account_token;

  friend bool operator==(const ServiceAccount&, const ServiceAccount&) = default;
};

struct PolicyRule {
  std::vector<std::string> verbs;
  std::vector<std::string> api_groups;
  std::vector<std::string> resources;

  friend bool operator==(const PolicyRule&, const PolicyRule&) = default;
};

struct Role {
  static constexpr std::string_view kApiVersion = "rbac.authorization.k8s.io/v1";
  static constexpr std::string_view kKind = "Role";

  ObjectMeta metadata;
  std::vector<PolicyRule> rules;

  friend bool operator==(const Role&, const Role&) = default;
};

struct RoleSubject {
  std::string kind;
  std::string api_group;
  std::string name;
  std::string namespace_name;

  friend bool operator==(const RoleSubject&, const RoleSubject&) = default;
};

struct RoleReference {
  std::string api_group;
  std::string kind;
  std::string name;

  friend bool operator==(const RoleReference&, const RoleReference&) = default;
};

struct RoleBinding {
  static constexpr std::string_view kApiVersion = "rbac.authorization.k8s.io/v1";
  static constexpr std::string_view kKind = "RoleBinding";

  ObjectMeta metadata;
  std::vector<RoleSubject> subjects;
  RoleReference role_ref;

  friend bool operator==(const RoleBinding&, const RoleBinding&) = default;
};

// A token Secret; the cluster's token controller fills its data.
struct Secret {
  static constexpr std::string_view kApiVersion = "v1";
  static constexpr std::string_view kKind = "Secret";

  ObjectMeta metadata;
  std::string type;

  friend bool operator==(const Secret&, const Secret&) = default;
};

struct ServiceSpec {
  StringMap selector;
  std::string cluster_ip;
  bool publish_not_ready_addresses = false;

  friend bool operator==(const ServiceSpec&, const ServiceSpec&) = default;
};

struct Service {
  static constexpr std::string_view kApiVersion = "v1";
  static constexpr std::string_view kKind = "Service";

  ObjectMeta metadata;
  ServiceSpec spec;

  friend bool operator==(const Service&, const Service&) = default;
};

struct CrossVersionObjectReference {
  std::string kind;
  std::string name;
  std::string api_version;

  friend bool operator==(const CrossVersionObjectReference&, const CrossVersionObjectReference&) = default;
};

struct HorizontalPodAutoscalerSpec {
  CrossVersionObjectReference scale_target_ref;
  std::optional<std::int32_t> min_replicas;
  std::int32_t max_replicas = 0;
  std::vector<Value> metrics;  // autoscaling/v2 MetricSpec

  friend bool operator==(const HorizontalPodAutoscalerSpec&, const HorizontalPodAutoscalerSpec&) = default;
};

struct HorizontalPodAutoscaler {
  static constexpr std::string_view kApiVersion = "autoscaling/v2";
  static constexpr std::string_view kKind = "HorizontalPodAutoscaler";

  ObjectMeta metadata;
  HorizontalPodAutoscalerSpec spec;

  friend bool operator==(const HorizontalPodAutoscaler&, const HorizontalPodAutoscaler&) = default;
};

struct ResourceClaim {
  static constexpr std::string_view kApiVersion = "resource.k8s.io/v1";
  static constexpr std::string_view kKind = "ResourceClaim";

  ObjectMeta metadata;
  Value spec;  // resource.k8s.io/v1 ResourceClaimSpec

  friend bool operator==(const ResourceClaim&, const ResourceClaim&) = default;
};

struct ComputeDomainClaimTemplate {
  std::string name;

  friend bool operator==(const ComputeDomainClaimTemplate&, const ComputeDomainClaimTemplate&) = default;
};

struct ComputeDomainChannel {
  ComputeDomainClaimTemplate resource_claim_template;

  friend bool operator==(const ComputeDomainChannel&, const ComputeDomainChannel&) = default;
};

struct ComputeDomainSpec {
  std::int32_t num_nodes = 0;
  ComputeDomainChannel channel;

  friend bool operator==(const ComputeDomainSpec&, const ComputeDomainSpec&) = default;
};

// NVIDIA's multi-node NVLink domain (spec 04 §10).
struct ComputeDomain {
  static constexpr std::string_view kApiVersion = "resource.nvidia.com/v1beta1";
  static constexpr std::string_view kKind = "ComputeDomain";

  ObjectMeta metadata;
  ComputeDomainSpec spec;

  friend bool operator==(const ComputeDomain&, const ComputeDomain&) = default;
};

}  // namespace grove
