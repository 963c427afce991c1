#include <algorithm>

#include "model/naming.h"
#include "planner/child_metadata.h"
#include "planner/children.h"
#include "planner/mnnvl.h"

namespace grove::planner {

std::vector<std::string_view> ComputeDomainGroups(const Context& context) {
  std::vector<std::string_view> groups;
  if (!context.options.configuration.network.auto_mnnvl_enabled) return groups;
  for (const Clique& clique : context.cliques) {
    const StringMap* group_annotations =
        clique.group == kNone ? nullptr : &context.groups[clique.group].config->annotations;
    const std::string_view group =
        EffectiveMnnvlGroup({&clique.config->annotations, group_annotations, &context.set.metadata.annotations});
    if (group.empty() || std::ranges::find(groups, group) != groups.end()) continue;
    if (PodUsesGpu(clique.config->spec.pod_spec.node())) groups.push_back(group);
  }
  return groups;
}

ComputeDomain MakeComputeDomain(const Context& context, std::int32_t replica, std::string_view group) {
  ComputeDomain domain;
  domain.metadata = ChildOfSet(context, naming::ChildName(context.name(), replica, group), component::kComputeDomain);
  domain.metadata.labels.Set(keys::kReplicaIndex, std::to_string(replica));
  domain.metadata.labels.Set(keys::kMnnvlGroup, group);
  domain.metadata.finalizers.emplace_back(keys::kComputeDomainFinalizer);
  // The claim template that the domain's driver makes is called like the domain.
  domain.spec.channel.resource_claim_template.name = domain.metadata.name;
  return domain;
}

}  // namespace grove::planner
