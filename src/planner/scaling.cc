// Replica counts at every level, and which replicas a scale-in takes (spec 09 §2.2, §2.5).
#include "grove/scaling.hpp"

#include <algorithm>
#include <functional>
#include <limits>
#include <set>

#include "absl/container/flat_hash_map.h"

#include "model/naming.h"
#include "planner/set_layout.h"

namespace grove {
namespace {

// Live replica counts by name; objects that are being deleted do not count.
template <class T>
absl::flat_hash_map<std::string_view, std::int32_t> LiveReplicas(const std::vector<T>& objects,
                                                                 std::string_view namespace_name) {
  absl::flat_hash_map<std::string_view, std::int32_t> replicas;
  for (const T& object : objects) {
    const ObjectMeta& metadata = object.metadata;
    if (metadata.deletion_timestamp.has_value() || metadata.namespace_name != namespace_name) continue;
    replicas.emplace(metadata.name, object.spec.replicas);
  }
  return replicas;
}

class Counter {
 public:
  Counter(const PodCliqueSet& set, const ObjectSet& live, const Limits& limits)
      : set_(set),
        template_(set.spec.template_spec),
        layout_(planner::LayoutOf(template_)),
        live_groups_(LiveReplicas(live.pod_clique_scaling_groups, set.metadata.namespace_name)),
        live_cliques_(LiveReplicas(live.pod_cliques, set.metadata.namespace_name)),
        left_(static_cast<std::int64_t>(
            std::min<std::size_t>(limits.max_objects, std::numeric_limits<std::int64_t>::max()))) {
    const PodCliqueSet& stored = live.pod_clique_set;
    const bool is_live =
        stored.metadata.name == set.metadata.name && stored.metadata.namespace_name == set.metadata.namespace_name;
    replicas_ = is_live ? stored.spec.replicas : set.spec.replicas;
  }

  absl::StatusOr<SetCount> Run() && {
    for (std::int32_t r = 0; r < replicas_ && !exceeded_; ++r) AddReplica(r);
    if (exceeded_) return absl::ResourceExhaustedError("more than max_objects PodCliques, groups, gangs and pods");
    return std::move(count_);
  }

 private:
  // Books `objects` against the limit, before they are made. Every count is at most 32 bits wide.
  bool Take(std::int64_t objects) {
    exceeded_ = exceeded_ || objects > left_;
    if (!exceeded_) left_ -= objects;
    return !exceeded_;
  }

  [[nodiscard]] const PodCliqueTemplateSpec& Clique(std::size_t c) const { return template_.cliques[c]; }

  static std::int32_t CountOr(const absl::flat_hash_map<std::string_view, std::int32_t>& live, std::string_view name,
                              std::int32_t otherwise) {
    const auto found = live.find(name);
    return std::max(found == live.end() ? otherwise : found->second, 0);
  }

  void AddReplica(std::int32_t r) {
    if (!Take(1)) return;
    SetReplicaCount& replica = count_.replicas.emplace_back();
    replica.index = r;
    GangCount& base = replica.gangs.emplace_back();
    base.name = naming::ReplicaName(set_.metadata.name, r);
    for (const std::size_t c : layout_.standalone) {
      std::string name = naming::ChildName(set_.metadata.name, r, Clique(c).name);
      AddToGang(name, c, replica.gangs.front());
      AddPodClique(std::move(name), c, replica);
    }
    for (std::size_t g = 0; g < layout_.members.size() && !exceeded_; ++g) AddGroup(r, g, replica);
    count_.pods += replica.pods;
    count_.pod_cliques += static_cast<std::int64_t>(replica.pod_cliques.size());
    count_.gangs += static_cast<std::int64_t>(replica.gangs.size());
  }

  void AddPodClique(std::string name, std::size_t c, SetReplicaCount& replica) {
    const std::int32_t pods = CountOr(live_cliques_, name, Clique(c).spec.replicas);
    if (!Take(1) || !Take(pods)) return;
    replica.pod_cliques.push_back({std::move(name), pods, Clique(c).spec.min_available.value_or(0)});
    replica.pods += pods;
  }

  void AddToGang(const std::string& name, std::size_t c, GangCount& gang) {
    if (!Take(1)) return;
    gang.pod_cliques.push_back(name);
    gang.min_pods += Clique(c).spec.min_available.value_or(0);
  }

  void AddGroup(std::int32_t r, std::size_t g, SetReplicaCount& replica) {
    const PodCliqueScalingGroupConfig& config = template_.pod_clique_scaling_groups[g];
    ScalingGroupCount group;
    group.name = naming::ChildName(set_.metadata.name, r, config.name);
    group.replicas = CountOr(live_groups_, group.name, config.replicas.value_or(1));
    group.min_available = std::max(config.min_available.value_or(1), 0);
    const std::int64_t pods_before = replica.pods;
    for (std::int32_t j = 0; j < std::max(group.replicas, group.min_available) && !exceeded_; ++j) {
      AddGroupReplica(group, j, g, replica);
    }
    group.pods = replica.pods - pods_before;
    replica.scaling_groups.push_back(std::move(group));
  }

  void AddGroupReplica(const ScalingGroupCount& group, std::int32_t j, std::size_t g, SetReplicaCount& replica) {
    const std::optional<std::int32_t> scaled = ScaledGangOf(j, group.min_available);
    if (!Take(1)) return;
    if (scaled.has_value()) {
      replica.gangs.push_back({naming::ScaledGangName(group.name, *scaled), true, {}, 0});
    }
    GangCount& gang = scaled.has_value() ? replica.gangs.back() : replica.gangs.front();
    for (const std::size_t c : layout_.members[g]) {
      std::string name = naming::MemberName(group.name, j, Clique(c).name);
      AddToGang(name, c, gang);
      if (j < group.replicas) AddPodClique(std::move(name), c, replica);
    }
  }

  const PodCliqueSet& set_;
  const PodCliqueSetTemplateSpec& template_;
  planner::SetLayout layout_;
  absl::flat_hash_map<std::string_view, std::int32_t> live_groups_;
  absl::flat_hash_map<std::string_view, std::int32_t> live_cliques_;
  std::int64_t left_;
  std::int32_t replicas_ = 0;
  bool exceeded_ = false;
  SetCount count_;
};

}  // namespace

absl::StatusOr<SetCount> CountObjects(const PodCliqueSet& set, const ObjectSet& live, const Limits& limits) {
  return Counter(set, live, limits).Run();
}

absl::StatusOr<std::int64_t> PodsOfGroup(std::int32_t replicas, std::span<const std::int32_t> cliques) {
  std::int64_t pods = 0;
  for (const std::int32_t clique : cliques) {
    if (clique < 0 || __builtin_add_overflow(pods, clique, &pods)) {
      return absl::OutOfRangeError("the pods of a replica are no count");
    }
  }
  if (replicas < 0 || __builtin_mul_overflow(pods, std::int64_t{replicas}, &pods)) {
    return absl::OutOfRangeError("the pods of the group are no count");
  }
  return pods;
}

std::vector<std::int32_t> ScalingGroupScaleIn(std::int32_t replicas, std::span<const std::int32_t> live_indices,
                                              bool by_index) {
  const std::set<std::int32_t> distinct(live_indices.begin(), live_indices.end());
  std::vector<std::int32_t> victims;
  if (by_index) {
    victims.assign(distinct.lower_bound(replicas), distinct.end());
    return victims;
  }
  const auto existing = static_cast<std::int64_t>(distinct.size());
  for (std::int64_t index = std::max(replicas, 0); index < existing; ++index) {
    victims.push_back(static_cast<std::int32_t>(index));
  }
  return victims;
}

std::vector<std::size_t> StandaloneScaleIn(std::int32_t replicas, std::int32_t cliques,
                                           std::span<const std::int32_t> replica_indices, bool by_index) {
  std::vector<std::size_t> victims;
  // Both factors have 32 bits.
  const std::int64_t desired = std::int64_t{std::max(replicas, 0)} * std::max(cliques, 0);
  if (!by_index && static_cast<std::int64_t>(replica_indices.size()) <= desired) return victims;
  for (std::size_t i = 0; i < replica_indices.size(); ++i) {
    if (replica_indices[i] >= replicas) victims.push_back(i);
  }
  return victims;
}

}  // namespace grove
