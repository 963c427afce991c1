// Metadata that children of a set have in common (spec 04 §3.1, §3.2).
#pragma once

#include <string>
#include <string_view>

#include "grove/object_meta.hpp"

#include "planner/expansion_context.h"

namespace grove::planner {

// Values of the label app.kubernetes.io/component.
namespace component {

inline constexpr std::string_view kServiceAccount = "pod-service-account";
inline constexpr std::string_view kRole = "pod-role";
inline constexpr std::string_view kRoleBinding = "pod-role-binding";
inline constexpr std::string_view kTokenSecret = "pod-sa-token-secret";
inline constexpr std::string_view kService = "pcs-headless-service";
inline constexpr std::string_view kAutoscaler = "pcs-hpa";
inline constexpr std::string_view kScalingGroup = "pcs-podcliquescalinggroup";
inline constexpr std::string_view kStandalonePodClique = "pcs-podclique";
inline constexpr std::string_view kMemberPodClique = "pcsg-podclique";
inline constexpr std::string_view kResourceClaim = "resource-claim";
inline constexpr std::string_view kComputeDomain = "pcs-computedomain";

}  // namespace component

// The labels that every child has: who manages it, and of which set it is a part.
[[nodiscard]] StringMap DefaultLabels(std::string_view set);

// Metadata of a child that the set owns, with the default labels, component and name.
[[nodiscard]] ObjectMeta ChildOfSet(const Context& context, std::string name, std::string_view component);

}  // namespace grove::planner
