// The smallest number of pods with which a gang may run.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>

#include "grove/pod_gang.hpp"

namespace grove::planner {

// PG-16: the sum of `minReplicas`, at most the largest 32-bit number.
[[nodiscard]] inline std::int32_t SumOfMinReplicas(const PodGang& gang) {
  std::int64_t sum = 0;
  for (const PodGroup& group : gang.spec.pod_groups) sum += group.min_replicas;
  return static_cast<std::int32_t>(std::min<std::int64_t>(sum, std::numeric_limits<std::int32_t>::max()));
}

}  // namespace grove::planner
