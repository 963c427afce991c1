#include "planner/object_count.h"

#include <algorithm>
#include <limits>
#include <string>

#include "grove/scaling.hpp"

#include "planner/children.h"
#include "planner/keep_live.h"
#include "planner/translate/backend.h"

namespace grove::planner {

namespace {

constexpr std::int64_t kMostPodGroups = std::numeric_limits<std::int64_t>::max() / 2;  // room for what is added to it

// A sum that stays at the largest number once it would exceed it.
class Sum {
 public:
  // Adds `count`, which is not negative, `times` over.
  void Add(std::int64_t count, std::int64_t times = 1) {
    std::int64_t product = 0;
    if (__builtin_mul_overflow(count, times, &product) || __builtin_add_overflow(value_, product, &value_)) {
      value_ = std::numeric_limits<std::int64_t>::max();
    }
  }

  [[nodiscard]] std::int64_t value() const { return value_; }
  [[nodiscard]] bool Exceeds(std::size_t limit) const { return static_cast<std::uint64_t>(value_) > limit; }

 private:
  std::int64_t value_ = 0;
};

std::int64_t Claims(const SharingList& sharing, std::int64_t replicas) {
  Sum claims;
  for (const SharingEntry& entry : sharing) claims.Add(entry.per_replica ? replicas : 1);
  return claims.value();
}

// A PodGang of so many pod groups, and what a scheduler gets of it.
std::int64_t ObjectsOfGang(const Context& context, std::int64_t pod_groups) {
  const ExpansionOptions& options = context.options;
  if (!options.scheduler_objects) return 1;
  const Backend* named = BackendOfSet(context.set, options.configuration);
  const Backend& backend =
      ServingBackend(named == nullptr ? DefaultBackend(options.configuration) : *named, options.backend);
  if (backend.object_count == nullptr) return 2;
  return 1 + backend.object_count(pod_groups, {options.topologies, options.kube_pod_groups});
}

// Objects of which every replica of the set has the same number.
std::int64_t FixedObjectsOfReplica(const Context& context) {
  Sum objects;
  Sum base_groups;
  objects.Add(1);  // Service
  objects.Add(CountAutoscalers(context));
  objects.Add(static_cast<std::int64_t>(ComputeDomainGroups(context).size()));
  const std::int64_t standalone = std::ranges::count(context.cliques, kNone, &Clique::group);
  objects.Add(standalone);
  base_groups.Add(standalone);
  for (const ScalingGroup& group : context.groups) {
    base_groups.Add(static_cast<std::int64_t>(group.cliques.size()), group.min_available);
  }
  objects.Add(ObjectsOfGang(context, std::min(base_groups.value(), kMostPodGroups)));
  return objects.value();
}

std::int64_t ObjectsOfGroup(const Context& context, const ScalingGroup& group, std::int32_t replicas) {
  const auto members = static_cast<std::int64_t>(group.cliques.size());
  Sum objects;
  objects.Add(1);
  objects.Add(ScaledGangs(replicas, group.min_available), ObjectsOfGang(context, members));
  objects.Add(members, replicas);
  objects.Add(Claims(group.sharing, replicas));
  return objects.value();
}

// Adds everything in the replicas of the set but pods and the claims of PodCliques.
void AddReplicas(const Context& context, std::int32_t replicas, std::size_t limit, Sum& objects) {
  objects.Add(FixedObjectsOfReplica(context), replicas);
  if (context.live.objects().pod_clique_scaling_groups.empty()) {
    for (const ScalingGroup& group : context.groups) {
      objects.Add(ObjectsOfGroup(context, group, group.replicas), replicas);
    }
    return;
  }
  for (std::int32_t i = 0; i < replicas && !objects.Exceeds(limit); ++i) {
    for (std::uint32_t g = 0; g < context.groups.size(); ++g) {
      objects.Add(ObjectsOfGroup(context, context.groups[g], context.GroupReplicas(i, g)));
    }
  }
}

// Pods that the PodClique is to have: as many as the live one says, else the template.
std::int64_t PodsOf(const Context& context, const PodCliqueKey& key, const std::string& name, std::uint32_t source) {
  std::int32_t pods = context.cliques[source].config->spec.replicas;
  if (const PodClique* live = FindLivePodClique(context, key, name)) pods = live->spec.replicas;
  return std::max(pods, 0);
}

}  // namespace

ExpansionSize SizeOf(const Context& context, const StartupOrder& order) {
  constexpr std::int64_t kPerSet = 4;  // ServiceAccount, Role, RoleBinding, Secret
  const Limits& limits = context.options.limits;
  const std::int32_t replicas = std::max(context.set.spec.replicas, 0);
  ExpansionSize size;
  Sum objects;
  objects.Add(kPerSet);
  objects.Add(Claims(context.sharing, replicas));
  AddReplicas(context, replicas, limits.max_objects, objects);
  Sum all_pods;
  Sum references;
  const auto add_pod_clique = [&](const PodCliqueKey& key) {
    const std::string name = PodCliqueName(context, key);
    const std::uint32_t source = SourceTemplate(context, name);
    const std::int64_t pods = PodsOf(context, key, name, source);
    objects.Add(pods);
    objects.Add(Claims(context.cliques[key.clique].sharing, pods));
    references.Add(order.Count(key, source));
    ++size.pod_cliques;
    all_pods.Add(pods);
  };
  for (std::int32_t i = 0; i < replicas && !objects.Exceeds(limits.max_objects); ++i) {
    ForEachStandalone(context, i, add_pod_clique);
    for (std::uint32_t group = 0; group < context.groups.size(); ++group) {
      ForEachMember(context, i, group, add_pod_clique);
    }
  }
  size.pods = all_pods.value();
  if (objects.Exceeds(limits.max_objects)) {
    size.exceeded_limit = "max_objects";
  } else if (references.Exceeds(limits.max_startup_references)) {
    size.exceeded_limit = "max_startup_references";
  }
  return size;
}

}  // namespace grove::planner
