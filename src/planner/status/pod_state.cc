#include "planner/status/pod_state.h"

#include <algorithm>
#include <string_view>

#include "grove/scaling.hpp"

#include "model/node.h"
#include "planner/status/conditions.h"

namespace grove::planner {
namespace {

constexpr std::string_view kSchedulingGated = "SchedulingGated";

bool EndedInError(const ContainerStatus& container) {
  return container.last_state.terminated.has_value() && container.last_state.terminated->exit_code != 0;
}

template <class Predicate>
bool Any(const std::vector<ContainerStatus>& containers, Predicate predicate) {
  return std::ranges::any_of(containers, predicate);
}

}  // namespace

std::optional<std::int32_t> IndexOf(const Pod& pod) {
  const internal::Node* hostname = internal::Find(pod.spec.node(), "hostname");
  return hostname == nullptr ? std::nullopt : IndexOfHostname(internal::Text(*hostname));
}

bool IsTerminating(const Pod& pod) { return pod.metadata.deletion_timestamp.has_value(); }

bool IsActive(const Pod& pod) {
  return !IsTerminating(pod) && pod.status.phase != "Succeeded" && pod.status.phase != "Failed";
}

bool IsScheduled(const Pod& pod) { return HasStatus(pod.status.conditions, condition_types::kPodScheduled, kTrue); }

bool IsGated(const Pod& pod) {
  const Condition* condition = FindCondition(pod.status.conditions, condition_types::kPodScheduled);
  return condition != nullptr && condition->status == kFalse && condition->reason == kSchedulingGated;
}

bool IsReady(const Pod& pod) { return HasStatus(pod.status.conditions, condition_types::kReady, kTrue); }

bool HasErred(const Pod& pod) {
  return Any(pod.status.init_container_statuses, EndedInError) || Any(pod.status.container_statuses, EndedInError);
}

bool IsStartedNotReady(const Pod& pod) {
  return Any(pod.status.container_statuses,
             [](const ContainerStatus& container) { return container.started.value_or(false) && !container.ready; });
}

bool IsNotStarted(const Pod& pod) {
  return Any(pod.status.container_statuses,
             [](const ContainerStatus& container) { return !container.started.value_or(false); });
}

PodCounts CountPods(std::span<const Pod* const> pods) {
  PodCounts counts;
  for (const Pod* pod : pods) {
    if (!IsTerminating(*pod)) ++counts.present;
    if (IsScheduled(*pod)) {
      ++counts.scheduled;
    } else if (IsGated(*pod)) {
      ++counts.gated;
    }
    if (IsReady(*pod)) {
      ++counts.ready;
    } else if (HasErred(*pod)) {
      ++counts.erred;
    } else if (IsStartedNotReady(*pod)) {
      ++counts.started_not_ready;
    }
  }
  return counts;
}

}  // namespace grove::planner
