#include "planner/pod_claims.h"

namespace grove::planner {

namespace {

// The claims of one level: first those for all replicas, then those for this one, each in the order of the entries.
template <class Matches>
void AppendLevel(const SharingList& sharing, std::string_view owner, std::int64_t index, const Matches& matches,
                 std::vector<std::string>& names) {
  for (const bool per_replica : {false, true}) {
    for (const SharingEntry& entry : sharing) {
      if (entry.per_replica != per_replica || !matches(*entry.sharing)) continue;
      names.push_back(per_replica ? ReplicaClaimName(owner, index, entry.sharing->name)
                                  : AllReplicasClaimName(owner, entry.sharing->name));
    }
  }
}

}  // namespace

PodClaims ClaimsOfPods(const Context& context, const PodCliqueKey& key, std::uint32_t clique,
                       std::string_view pod_clique_name) {
  PodClaims claims;
  const std::string& clique_name = context.cliques[clique].config->name;
  const ScalingGroup* group = key.group == kNone ? nullptr : &context.groups[key.group];
  const std::string_view group_name = group == nullptr ? std::string_view{} : std::string_view{group->config->name};
  AppendLevel(
      context.sharing, context.name(), key.replica,
      [&](const ResourceSharing& sharing) { return SetFilterMatches(sharing, clique_name, group_name); },
      claims.shared);
  if (group != nullptr && !group->sharing.empty()) {
    AppendLevel(
        group->sharing, ScalingGroupName(context, key.replica, key.group), key.group_replica,
        [&](const ResourceSharing& sharing) { return GroupFilterMatches(sharing, clique_name); }, claims.shared);
  }
  for (const SharingEntry& entry : context.cliques[clique].sharing) {
    if (entry.per_replica) {
      claims.per_pod.push_back(&entry);
    } else {
      claims.shared.push_back(AllReplicasClaimName(pod_clique_name, entry.sharing->name));
    }
  }
  return claims;
}

}  // namespace grove::planner
