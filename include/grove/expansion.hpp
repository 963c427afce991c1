// Expansion: from one admitted PodCliqueSet to every object that Grove makes of it (spec 04, 05).
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "grove/admission.hpp"
#include "grove/cluster_topology_binding.hpp"
#include "grove/kubernetes.hpp"
#include "grove/limits.hpp"
#include "grove/live_objects.hpp"
#include "grove/manifest.hpp"
#include "grove/pod_clique.hpp"
#include "grove/pod_clique_scaling_group.hpp"
#include "grove/pod_clique_set.hpp"
#include "grove/pod_gang.hpp"
#include "grove/scheduler_objects.hpp"
#include "grove/translation.hpp"

namespace grove {

// A ResourceClaimTemplate that exists in the cluster; sharing entries may name it (spec 04 §9.1).
struct ResourceClaimTemplate {
  std::string namespace_name;
  std::string name;
  Value template_spec;  // `spec` of the object: a ResourceClaimTemplateSpec

  friend bool operator==(const ResourceClaimTemplate&, const ResourceClaimTemplate&) = default;
};

// At which moment of their lives the objects are given.
enum class ObjectState : std::uint8_t {
  // As Grove creates them: pods gated, no status.
  kCreated,
  // As they stand once every controller of Grove has come to rest, before a scheduler binds a pod: the pods of base
  // gangs without their gate, statuses written (spec 05 §9, 09 §3). With live objects: before a scheduler or a kubelet
  // acts on what is new.
  kAtRest,
};

// Whose count of replicas a set has that exists.
enum class SetReplicas : std::uint8_t {
  kLive,      // what an autoscaler or a user left
  kManifest,  // that of the admitted set: it is about to be written
};

// What expansion depends on besides the set (spec 04 §1).
struct ExpansionOptions {
  OperatorConfiguration configuration = DefaultOperatorConfiguration();
  // The ClusterTopologyBindings that exist.
  std::vector<ClusterTopologyBinding> topologies;
  std::vector<ResourceClaimTemplate> resource_claim_templates;
  // Image of the startup init container: repository and tag (spec 04 §12.1).
  std::string init_container_image = "grove-initc";
  std::string init_container_version = "v0.1.0-dev";
  // Decides the random part of pod names. The same seed gives the same names.
  std::uint64_t seed = 0;
  ObjectState state = ObjectState::kCreated;
  // What exists already; null or empty for a fresh set. Objects that exist keep what they keep (spec 04 §14.1): the
  // replica counts of scaling groups and PodCliques, members of scaling groups as they are unless the set's strategy is
  // OnDelete, pods with name and spec. Of what is being deleted nothing is kept.
  std::shared_ptr<const LiveObjects> live;
  SetReplicas set_replicas = SetReplicas::kLive;
  // Also the objects of the set's scheduler backend (spec 07).
  bool scheduler_objects = false;
  // Name of the backend (translation.hpp) that serves the sets of its scheduler where that is not the reference's own,
  // as "kube" does for the default scheduler; empty: the reference's. It prepares pods even without scheduler_objects.
  std::string backend;
  KubePodGroups kube_pod_groups = KubePodGroups::kPerGang;
  // Written where a status tells a time; only with ObjectState::kAtRest.
  Time now;
  Limits limits;
};

// The objects of one set, per kind in creation order (spec 04 §4.2).
struct ObjectSet {
  PodCliqueSet pod_clique_set;
  std::vector<ServiceAccount> service_accounts;
  std::vector<Role> roles;
  std::vector<RoleBinding> role_bindings;
  std::vector<Secret> secrets;
  std::vector<Service> services;
  std::vector<HorizontalPodAutoscaler> horizontal_pod_autoscalers;
  std::vector<ComputeDomain> compute_domains;
  std::vector<ResourceClaim> resource_claims;
  std::vector<PodClique> pod_cliques;
  std::vector<PodCliqueScalingGroup> pod_clique_scaling_groups;
  std::vector<PodGang> pod_gangs;
  std::vector<Pod> pods;
  std::vector<KaiPodGroup> kai_pod_groups;
  std::vector<VolcanoPodGroup> volcano_pod_groups;
  // What other backends make of the PodGangs, in the order of the gangs.
  std::vector<SchedulerObject> scheduler_objects;

  // Objects of all kinds, without the set itself.
  [[nodiscard]] std::size_t size() const;
};

// The apiVersion and the kind of an object of any type that ForEachObject visits.
template <class T>
[[nodiscard]] std::string_view ApiVersionOf(const T&) {
  return T::kApiVersion;
}
template <class T>
[[nodiscard]] std::string_view KindOf(const T&) {
  return T::kKind;
}
[[nodiscard]] inline std::string_view ApiVersionOf(const SchedulerObject& object) { return object.api_version; }
[[nodiscard]] inline std::string_view KindOf(const SchedulerObject& object) { return object.kind; }

// Calls `visit` with every object, in the order in which Grove creates the kinds. The set itself is not visited.
template <class Visitor>
void ForEachObject(const ObjectSet& objects, Visitor&& visit) {
  const auto each = [&](const auto& list) {
    for (const auto& object : list) visit(object);
  };
  each(objects.service_accounts);
  each(objects.roles);
  each(objects.role_bindings);
  each(objects.secrets);
  each(objects.services);
  each(objects.horizontal_pod_autoscalers);
  each(objects.compute_domains);
  each(objects.pod_clique_scaling_groups);
  each(objects.resource_claims);
  each(objects.pod_cliques);
  each(objects.pod_gangs);
  each(objects.kai_pod_groups);
  each(objects.volcano_pod_groups);
  each(objects.scheduler_objects);
  each(objects.pods);
}

// A reconciler that cannot go on: what it would make next is missing from the result.
struct ReconcileError {
  std::string object;  // "PodCliqueSet/name"
  std::string code;    // "ERR_SYNC_PCS_RESOURCE_CLAIM" (spec 04 §17.1)
  std::string message;
};

// What of the next state is not for expansion to decide, since it depends on time and on the pods' condition. The
// objects are given as they stand before it.
enum class PendingWork : std::uint8_t {
  kRollingUpdate,    // pods or replicas of groups with an old template are replaced bit by bit (spec 09 §5.3…§5.6)
  kGangTermination,  // a gang lost its minimum for longer than terminationDelay (spec 09 §4)
};

struct Expansion {
  ObjectSet objects;
  std::vector<ReconcileError> errors;
  // What the schedulers of the PodGangs do not carry or honour; empty unless scheduler objects are asked for.
  std::vector<TranslationLoss> losses;
  // Only with live objects; kGangTermination only at rest. Each at most once.
  std::vector<PendingWork> pending;
  // A bound of Limits, named, that the expansion would have exceeded; `objects` is empty then.
  std::string limit_exceeded;
};

// Makes every object that there is to be of an admitted set: of a fresh one, or of one of which `options.live` exists.
//
// Of live objects the result has what they are to become, without those that go; Diff tells the two apart. An object is
// taken for the set's if its controller says so, by uid where both have one, or if it has none.
//
// Deterministic: equal arguments give equal results. O(objects), with what pods have in common stored once. Safe to
// call from any number of threads.
[[nodiscard]] Expansion Expand(const AdmittedPodCliqueSet& set, const ExpansionOptions& options = {});

// Text of all objects in creation order, behind the documents `first`: JSON as a `List`, YAML as one document each.
[[nodiscard]] std::string WriteManifest(const ObjectSet& objects, OutputFormat format,
                                        std::span<const Value> first = {});

// The document of one object. Instantiated for every kind of ObjectSet.
template <class T>
[[nodiscard]] Value ToValue(const T& object);

}  // namespace grove
