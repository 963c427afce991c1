// What a pod is to Grove's decisions: predicates over one pod, and counts over the pods of a PodClique (spec 09 §0.3).
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "grove/kubernetes.hpp"

namespace grove::planner {

// The index at the end of its hostname; nullopt if it has none (spec 04 §11.3).
[[nodiscard]] std::optional<std::int32_t> IndexOf(const Pod& pod);
[[nodiscard]] bool IsTerminating(const Pod& pod);
// Not terminating, neither succeeded nor failed.
[[nodiscard]] bool IsActive(const Pod& pod);
// Condition PodScheduled is True.
[[nodiscard]] bool IsScheduled(const Pod& pod);
// Condition PodScheduled is False because of a scheduling gate, whoever set it.
[[nodiscard]] bool IsGated(const Pod& pod);
// Condition Ready is True.
[[nodiscard]] bool IsReady(const Pod& pod);
// Some container, init or main, ended with an exit code other than 0 before its current state.
[[nodiscard]] bool HasErred(const Pod& pod);
// Some main container has started and is not ready.
[[nodiscard]] bool IsStartedNotReady(const Pod& pod);
// Some main container has not started, or does not say so.
[[nodiscard]] bool IsNotStarted(const Pod& pod);

// Numbers of pods. A pod is in at most one of `scheduled` and `gated`, and in at most one of `ready`, `erred` and
// `started_not_ready`; terminating pods are counted in all of them, only not in `present`.
struct PodCounts {
  std::int32_t present = 0;
  std::int32_t scheduled = 0;
  std::int32_t gated = 0;
  std::int32_t ready = 0;
  std::int32_t erred = 0;
  std::int32_t started_not_ready = 0;
};

[[nodiscard]] PodCounts CountPods(std::span<const Pod* const> pods);

}  // namespace grove::planner
