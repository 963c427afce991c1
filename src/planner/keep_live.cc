#include "planner/keep_live.h"

#include <algorithm>
#include <utility>

#include "model/naming.h"
#include "planner/status/update_record.h"

namespace grove::planner {
namespace {

// Identity, and what is nobody's business but its writer's: finalizers and owners beside the controller. Grove's own
// come in front where they are missing.
void KeepIdentity(const ObjectMeta& live, ObjectMeta& made) {
  made.uid = live.uid;
  made.resource_version = live.resource_version;
  made.generation = live.generation;
  made.creation_timestamp = live.creation_timestamp;
  made.generate_name = live.generate_name;
  for (const std::string& finalizer : live.finalizers) {
    if (std::ranges::find(made.finalizers, finalizer) == made.finalizers.end()) {
      made.finalizers.push_back(finalizer);
    }
  }
  for (const OwnerReference& owner : live.owner_references) {
    if (!owner.controller.value_or(false)) made.owner_references.push_back(owner);
  }
}

bool IsGroves(std::string_view key) { return key.starts_with(keys::kPrefix); }

void KeepMissing(const StringMap& live, StringMap& made, bool only_groves) {
  for (const auto& [key, value] : live) {
    if ((!only_groves || IsGroves(key)) && !made.Contains(key)) made.Set(key, value);
  }
}

// A changed spec of a custom resource is a new generation of it.
template <class T>
void CountGeneration(const T& live, T& made) {
  if (live.metadata.generation > 0 && made.spec != live.spec) ++made.metadata.generation;
}

}  // namespace

const PodCliqueScalingGroup* FindLiveGroup(const Context& context, std::int32_t replica, std::uint32_t group) {
  const auto& list = context.live.objects().pod_clique_scaling_groups;
  if (list.empty()) return nullptr;
  return context.live.Find(list, ScalingGroupName(context, replica, group), ControllerReference(context.set));
}

const PodClique* FindLivePodClique(const Context& context, const PodCliqueKey& key, std::string_view name) {
  const auto& list = context.live.objects().pod_cliques;
  if (list.empty()) return nullptr;
  if (key.group == kNone) return context.live.Find(list, name, ControllerReference(context.set));
  const PodCliqueScalingGroup* group = FindLiveGroup(context, key.replica, key.group);
  OwnerReference owner;
  owner.kind = PodCliqueScalingGroup::kKind;
  owner.name = ScalingGroupName(context, key.replica, key.group);
  if (group != nullptr) owner.uid = group->metadata.uid;
  return context.live.Find(list, name, owner);
}

bool IsPatched(const Context& context, const PodCliqueKey& key) {
  return key.group == kNone || IsOnDelete(context.set);
}

template <class T>
void KeepAnnotations(const LiveIndex& live, const std::vector<T>& list, T& made) {
  const T* found = live.Find(list, made.metadata.name, made.metadata.owner_references.front());
  if (found == nullptr) return;
  KeepIdentity(found->metadata, made.metadata);
  made.metadata.annotations = found->metadata.annotations;
}

template <class T>
void KeepWhole(const LiveIndex& live, const std::vector<T>& list, T& made) {
  const T* found = live.Find(list, made.metadata.name, made.metadata.owner_references.front());
  if (found != nullptr) made = *found;
}

template void KeepAnnotations(const LiveIndex&, const std::vector<ServiceAccount>&, ServiceAccount&);
template void KeepAnnotations(const LiveIndex&, const std::vector<Service>&, Service&);
template void KeepAnnotations(const LiveIndex&, const std::vector<HorizontalPodAutoscaler>&, HorizontalPodAutoscaler&);
template void KeepWhole(const LiveIndex&, const std::vector<Role>&, Role&);
template void KeepWhole(const LiveIndex&, const std::vector<RoleBinding>&, RoleBinding&);
template void KeepWhole(const LiveIndex&, const std::vector<Secret>&, Secret&);
template void KeepWhole(const LiveIndex&, const std::vector<ComputeDomain>&, ComputeDomain&);

void KeepGroup(const PodCliqueScalingGroup& live, PodCliqueScalingGroup& made) {
  KeepIdentity(live.metadata, made.metadata);
  made.spec.replicas = live.spec.replicas;
  made.status = live.status;
  CountGeneration(live, made);
}

void KeepPodClique(const PodClique& live, PodClique& made) {
  KeepIdentity(live.metadata, made.metadata);
  made.spec.replicas = live.spec.replicas;
  made.status = live.status;
  CountGeneration(live, made);
}

void KeepGang(const LiveIndex& live, PodGang& made) {
  const PodGang* found =
      live.Find(live.objects().pod_gangs, made.metadata.name, made.metadata.owner_references.front());
  if (found == nullptr) return;
  KeepIdentity(found->metadata, made.metadata);
  KeepMissing(found->metadata.labels, made.metadata.labels, true);
  const bool has_topology = made.metadata.annotations.Contains(keys::kTopologyName);
  KeepMissing(found->metadata.annotations, made.metadata.annotations, true);
  if (!has_topology) made.metadata.annotations.Erase(keys::kTopologyName);  // PG-47
  made.spec.reuse_reservation_ref = found->spec.reuse_reservation_ref;
  made.status = found->status;
  CountGeneration(*found, made);
}

void KeepPodGroup(const LiveIndex& live, KaiPodGroup& made) {
  const KaiPodGroup* found =
      live.Find(live.objects().kai_pod_groups, made.metadata.name, made.metadata.owner_references.front());
  if (found == nullptr) return;
  KeepIdentity(found->metadata, made.metadata);
  KeepMissing(found->metadata.labels, made.metadata.labels, false);
  KeepMissing(found->metadata.annotations, made.metadata.annotations, false);
  // Frozen once it is there: by the object's own queue and label (SB-43).
  if (!found->spec.queue.empty()) made.spec.queue = found->spec.queue;
  for (const std::string_view key : {keys::kKaiQueue, keys::kKaiNodePool}) {
    if (const std::string_view value = found->metadata.labels.Get(key); !value.empty()) {
      made.metadata.labels.Set(key, value);
    }
  }
}

void KeepPodGroup(const LiveIndex& live, VolcanoPodGroup& made) {
  const VolcanoPodGroup* found =
      live.Find(live.objects().volcano_pod_groups, made.metadata.name, made.metadata.owner_references.front());
  if (found == nullptr) return;
  KeepIdentity(found->metadata, made.metadata);
  KeepMissing(found->metadata.labels, made.metadata.labels, false);
  made.metadata.annotations = found->metadata.annotations;
}

}  // namespace grove::planner
