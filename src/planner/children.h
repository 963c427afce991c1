// The children of a set, one function per kind (spec 04 §5, §6, §9, §10). Each lives in a file of its own.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "grove/kubernetes.hpp"
#include "grove/pod_clique_scaling_group.hpp"

#include "planner/expansion_context.h"

namespace grove::planner {

// Spec 04 §5.1: the subject of the token Secret; no pod runs under it.
[[nodiscard]] ServiceAccount MakeServiceAccount(const Context& context);

// Spec 04 §5.2: what the startup init container may read.
[[nodiscard]] Role MakeRole(const Context& context);
[[nodiscard]] RoleBinding MakeRoleBinding(const Context& context);

// Spec 04 §5.3: the token of the startup init container.
[[nodiscard]] Secret MakeTokenSecret(const Context& context);

// Spec 04 §5.4: the headless Service of one replica.
[[nodiscard]] Service MakeService(const Context& context, std::int32_t replica);

// Spec 04 §5.5: the autoscalers of one replica, those of cliques first. Of a clique and a group of one name only the
// group's is left (O-2).
void AppendAutoscalers(const Context& context, std::int32_t replica, std::vector<HorizontalPodAutoscaler>& out);
// Number of autoscalers per replica.
[[nodiscard]] std::int64_t CountAutoscalers(const Context& context);

// Spec 04 §10.2: the MNNVL groups for which every replica has a ComputeDomain, in the order of the cliques that ask for
// them first. Empty if the operator does not manage such domains. Borrowed from the set.
[[nodiscard]] std::vector<std::string_view> ComputeDomainGroups(const Context& context);
[[nodiscard]] ComputeDomain MakeComputeDomain(const Context& context, std::int32_t replica, std::string_view group);

// Spec 04 §6.
[[nodiscard]] PodCliqueScalingGroup MakeScalingGroup(const Context& context, std::int32_t replica, std::uint32_t group);

}  // namespace grove::planner
