#include "model/naming.h"
#include "planner/child_metadata.h"
#include "planner/children.h"

namespace grove::planner {

PodCliqueScalingGroup MakeScalingGroup(const Context& context, std::int32_t replica, std::uint32_t group) {
  const ScalingGroup& source = context.groups[group];
  PodCliqueScalingGroup object;
  object.metadata = ChildOfSet(context, ScalingGroupName(context, replica, group), component::kScalingGroup);
  object.metadata.labels.Set(keys::kReplicaIndex, std::to_string(replica));
  object.metadata.annotations = source.config->annotations;
  // The only annotation of the set that reaches a child; the group's own value wins.
  const auto mnnvl_group = context.set.metadata.annotations.Find(keys::kMnnvlGroup);
  if (mnnvl_group.has_value() && !object.metadata.annotations.Contains(keys::kMnnvlGroup)) {
    object.metadata.annotations.Set(keys::kMnnvlGroup, *mnnvl_group);
  }
  object.metadata.finalizers.emplace_back(keys::kScalingGroupFinalizer);
  object.spec.replicas = source.replicas;
  object.spec.min_available = source.min_available;
  object.spec.clique_names = source.config->clique_names;
  return object;
}

}  // namespace grove::planner
