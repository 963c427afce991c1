// PodCliqueSet: the object a user writes, an inference service as a hierarchy of cliques of pods (spec 01 §2).
//
// Members carry the names of the API. std::optional marks what Grove tracks the presence of: absent differs from zero.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "grove/object_meta.hpp"
#include "grove/value.hpp"

namespace grove {

// Which domains a pack constraint names (spec 01 §2.4). Names of levels of a ClusterTopologyBinding.
struct TopologyPackConstraint {
  std::string required;
  std::string preferred;

  friend bool operator==(const TopologyPackConstraint&, const TopologyPackConstraint&) = default;
};

struct TopologyConstraint {
  std::string topology_name;
  std::optional<TopologyPackConstraint> pack;
  std::string pack_domain;  // deprecated; honoured as `pack.required` where that is absent

  friend bool operator==(const TopologyConstraint&, const TopologyConstraint&) = default;
};

// `pack.required` if it is set, else `packDomain`; may be empty.
[[nodiscard]] const std::string& RequiredDomain(const TopologyConstraint& constraint);
// `pack.preferred`; may be empty.
[[nodiscard]] const std::string& PreferredDomain(const TopologyConstraint& constraint);

// How a HorizontalPodAutoscaler scales a clique or a scaling group.
struct AutoScalingConfig {
  std::optional<std::int32_t> min_replicas;
  std::int32_t max_replicas = 0;
  std::vector<Value> metrics;  // autoscaling/v2 MetricSpec

  friend bool operator==(const AutoScalingConfig&, const AutoScalingConfig&) = default;
};

struct ResourceSharingFilter {
  std::vector<std::string> child_clique_names;
  std::vector<std::string> child_scaling_group_names;  // only at the level of the set

  friend bool operator==(const ResourceSharingFilter&, const ResourceSharingFilter&) = default;
};

// A ResourceClaim that pods share (spec 01 §2.5, 04 §9).
struct ResourceSharing {
  std::string name;
  std::string namespace_name;
  std::string scope;  // "AllReplicas" or "PerReplica"
  std::optional<ResourceSharingFilter> filter;

  friend bool operator==(const ResourceSharing&, const ResourceSharing&) = default;
};

struct ResourceClaimTemplateConfig {
  std::string name;
  Value template_spec;  // resource.k8s.io/v1 ResourceClaimTemplateSpec

  friend bool operator==(const ResourceClaimTemplateConfig&, const ResourceClaimTemplateConfig&) = default;
};

struct PodCliqueSpec {
  std::string role_name;
  Value pod_spec;  // core/v1 PodSpec
  std::int32_t replicas = 0;
  std::optional<std::int32_t> min_available;
  std::vector<std::string> starts_after;
  std::optional<AutoScalingConfig> auto_scaling_config;

  friend bool operator==(const PodCliqueSpec&, const PodCliqueSpec&) = default;
};

struct PodCliqueTemplateSpec {
  std::string name;
  StringMap labels;
  StringMap annotations;
  std::optional<TopologyConstraint> topology_constraint;
  std::vector<ResourceSharing> resource_sharing;
  PodCliqueSpec spec;

  friend bool operator==(const PodCliqueTemplateSpec&, const PodCliqueTemplateSpec&) = default;
};

struct PodCliqueScalingGroupConfig {
  std::string name;
  std::vector<std::string> clique_names;
  StringMap annotations;
  std::optional<std::int32_t> replicas;
  std::optional<std::int32_t> min_available;
  std::optional<AutoScalingConfig> scale_config;
  std::vector<ResourceSharing> resource_sharing;
  std::optional<TopologyConstraint> topology_constraint;

  friend bool operator==(const PodCliqueScalingGroupConfig&, const PodCliqueScalingGroupConfig&) = default;
};

struct HeadlessServiceConfig {
  bool publish_not_ready_addresses = false;

  friend bool operator==(const HeadlessServiceConfig&, const HeadlessServiceConfig&) = default;
};

struct PodCliqueSetTemplateSpec {
  std::vector<PodCliqueTemplateSpec> cliques;
  std::optional<std::string> clique_startup_type;
  std::string priority_class_name;
  std::optional<HeadlessServiceConfig> headless_service_config;
  std::optional<TopologyConstraint> topology_constraint;
  std::optional<Duration> termination_delay;
  std::vector<ResourceClaimTemplateConfig> resource_claim_templates;
  std::vector<ResourceSharing> resource_sharing;
  std::vector<PodCliqueScalingGroupConfig> pod_clique_scaling_groups;

  friend bool operator==(const PodCliqueSetTemplateSpec&, const PodCliqueSetTemplateSpec&) = default;
};

struct PodCliqueSetUpdateStrategy {
  std::string type;  // "RollingRecreate" or "OnDelete"

  friend bool operator==(const PodCliqueSetUpdateStrategy&, const PodCliqueSetUpdateStrategy&) = default;
};

struct PodCliqueSetSpec {
  std::int32_t replicas = 0;
  std::optional<PodCliqueSetUpdateStrategy> update_strategy;
  PodCliqueSetTemplateSpec template_spec;

  friend bool operator==(const PodCliqueSetSpec&, const PodCliqueSetSpec&) = default;
};

struct PodGangStatusSummary {
  std::string name;
  std::string phase;
  std::vector<Condition> conditions;

  friend bool operator==(const PodGangStatusSummary&, const PodGangStatusSummary&) = default;
};

struct PodCliqueSetReplicaUpdateProgress {
  std::int32_t replica_index = 0;
  std::optional<Time> update_started_at;
  std::optional<Time> update_ended_at;

  friend bool operator==(const PodCliqueSetReplicaUpdateProgress&, const PodCliqueSetReplicaUpdateProgress&) = default;
};

struct PodCliqueSetUpdateProgress {
  std::optional<Time> update_started_at;
  std::optional<Time> update_ended_at;
  std::int32_t updated_pod_cliques_count = 0;
  std::int32_t total_pod_cliques_count = 0;
  std::int32_t updated_pod_clique_scaling_groups_count = 0;
  std::int32_t total_pod_clique_scaling_groups_count = 0;
  std::vector<PodCliqueSetReplicaUpdateProgress> currently_updating;

  friend bool operator==(const PodCliqueSetUpdateProgress&, const PodCliqueSetUpdateProgress&) = default;
};

struct PodCliqueSetStatus {
  std::optional<std::int64_t> observed_generation;
  std::vector<Condition> conditions;
  std::vector<LastError> last_errors;
  std::int32_t replicas = 0;
  std::int32_t updated_replicas = 0;
  std::int32_t available_replicas = 0;
  std::optional<std::string> hpa_pod_selector;
  std::vector<PodGangStatusSummary> pod_gang_statuses;
  std::optional<std::string> current_generation_hash;
  std::optional<PodCliqueSetUpdateProgress> update_progress;

  friend bool operator==(const PodCliqueSetStatus&, const PodCliqueSetStatus&) = default;
};

struct PodCliqueSet {
  static constexpr std::string_view kApiVersion = "grove.io/v1alpha1";
  static constexpr std::string_view kKind = "PodCliqueSet";

  ObjectMeta metadata;
  PodCliqueSetSpec spec;
  PodCliqueSetStatus status;

  friend bool operator==(const PodCliqueSet&, const PodCliqueSet&) = default;
};

}  // namespace grove
