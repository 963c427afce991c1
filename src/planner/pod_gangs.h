// The PodGangs of a PodCliqueSet: which pods are placed together, how many at least, how tightly (spec 05).
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "grove/expansion.hpp"
#include "grove/kubernetes.hpp"
#include "grove/pod_clique_set.hpp"
#include "grove/pod_gang.hpp"

namespace grove::planner {

// Replicas of a scaling group, by its position in the template, in one replica of the set (PG-03).
using GroupReplicas = std::function<std::int32_t(std::int32_t replica, std::size_t group)>;

// The PodGangs of a set, without status, in the order of PG-06: the base gangs by replica, then per
// replica the scaled gangs of each scaling group.
//
// `pods` are those that exist; a pod is listed in the pod group of the PodClique that its first ownerReference names if
// its gang label names that gang, sorted by pod name (PG-20…PG-23). Reads the default scheduler profile, the switch of
// topology-aware scheduling and the topologies of `options`. Empty if a scaling group names a clique that the template
// lacks (PG-15), which admission rules out. `group_replicas` null: those of the template. O(pod groups + pods log(pods
// of a clique)).
[[nodiscard]] std::vector<PodGang> MakePodGangs(const PodCliqueSet& set, const ExpansionOptions& options,
                                                std::span<const Pod> pods,
                                                const GroupReplicas& group_replicas = nullptr);

}  // namespace grove::planner
