#include "planner/pod_clique.h"

#include <utility>

#include "model/naming.h"
#include "planner/keep_live.h"
#include "planner/owner.h"

namespace grove::planner {

namespace {

// The owner and the labels that tell where a PodClique belongs (spec 04 §7.2, §7.4).
void PlaceStandalone(const Context& context, const PodCliqueKey& key, ObjectMeta& metadata) {
  metadata.labels.Set(keys::kPodGang, naming::ReplicaName(context.name(), key.replica));
  metadata.owner_references.push_back(ControllerReference(context.set));
}

void PlaceMember(const Context& context, const PodCliqueKey& key, ObjectMeta& metadata) {
  PodCliqueScalingGroup owner;
  owner.metadata.name = ScalingGroupName(context, key.replica, key.group);
  if (const PodCliqueScalingGroup* live = FindLiveGroup(context, key.replica, key.group)) {
    owner.metadata.uid = live->metadata.uid;
  }
  const std::string& group = owner.metadata.name;
  const std::string base_gang = naming::ReplicaName(context.name(), key.replica);
  metadata.labels.Set(keys::kScalingGroup, group);
  metadata.labels.Set(keys::kScalingGroupReplicaIndex, std::to_string(key.group_replica));
  if (context.IsBase(key)) {
    metadata.labels.Set(keys::kPodGang, base_gang);
  } else {
    // Scaled gangs are counted from zero, not from minAvailable (O-3).
    const std::int32_t k = key.group_replica - context.groups[key.group].min_available;
    metadata.labels.Set(keys::kPodGang, naming::ScaledGangName(group, k));
    metadata.labels.Set(keys::kBasePodGang, base_gang);
  }
  metadata.owner_references.push_back(ControllerReference(owner));
}

}  // namespace

PodClique MakePodClique(const Context& context, const StartupOrder& order, const PodCliqueKey& key, std::string name,
                        std::uint32_t source, const PodCliqueTemplate& parts, const internal::Node* domain_claim) {
  PodClique pod_clique;
  ObjectMeta& metadata = pod_clique.metadata;
  metadata.namespace_name = context.namespace_name();
  metadata.labels = parts.labels;
  metadata.labels.Set(keys::kName, name);
  metadata.labels.Set(keys::kReplicaIndex, std::to_string(key.replica));
  metadata.annotations = parts.annotations;
  metadata.finalizers.emplace_back(keys::kPodCliqueFinalizer);
  metadata.name = std::move(name);
  if (key.group == kNone) {
    PlaceStandalone(context, key, metadata);
  } else {
    PlaceMember(context, key, metadata);
  }
  pod_clique.spec = parts.spec;
  pod_clique.spec.pod_spec = PodSpecOfPodClique(parts, domain_claim, context.storage);
  pod_clique.spec.starts_after = order.StartsAfter(key, source);
  return pod_clique;
}

}  // namespace grove::planner
