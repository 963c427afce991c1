// What objects that exist keep when Grove writes them again (spec 04 §3.2, §14.1, 05 §5, 07 §4.3, §5.4).
#pragma once

#include <string_view>

#include "grove/expansion.hpp"

#include "planner/expansion_context.h"

namespace grove::planner {

// The live object that is a scaling group of the set, or null.
[[nodiscard]] const PodCliqueScalingGroup* FindLiveGroup(const Context& context, std::int32_t replica,
                                                         std::uint32_t group);

// The live PodClique of that key and name, or null.
[[nodiscard]] const PodClique* FindLivePodClique(const Context& context, const PodCliqueKey& key,
                                                 std::string_view name);

// Whether a PodClique that exists is written again: standalone ones always, members only under OnDelete.
[[nodiscard]] bool IsPatched(const Context& context, const PodCliqueKey& key);

// Each turns the object that Grove would make into what becomes of the live one of its name, if there is one.

// ServiceAccount, Service, HorizontalPodAutoscaler: labels and spec are Grove's, annotations the object's.
template <class T>
void KeepAnnotations(const LiveIndex& live, const std::vector<T>& list, T& made);
// Role, RoleBinding, Secret, ComputeDomain: never written again.
template <class T>
void KeepWhole(const LiveIndex& live, const std::vector<T>& list, T& made);

void KeepGroup(const PodCliqueScalingGroup& live, PodCliqueScalingGroup& made);
void KeepPodClique(const PodClique& live, PodClique& made);
// PG-45, PG-46, PG-62: keys of Grove's prefix stay, foreign ones go unless the set has them.
void KeepGang(const LiveIndex& live, PodGang& made);
// SB-43, SB-45: the queue of the live object wins, labels and annotations are never removed.
void KeepPodGroup(const LiveIndex& live, KaiPodGroup& made);
void KeepPodGroup(const LiveIndex& live, VolcanoPodGroup& made);

}  // namespace grove::planner
