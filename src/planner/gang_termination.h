// When a gang that lost its minimum is torn down (spec 09 §4).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "grove/pod_clique.hpp"
#include "grove/pod_clique_scaling_group.hpp"
#include "grove/pod_clique_set.hpp"

namespace grove::planner {

// Its minimum was met once and is not met now (spec 09 §4.1). An object without creation time is as old as `now`.
[[nodiscard]] bool IsTerminationCandidate(const PodClique& clique, Time now);
[[nodiscard]] bool IsTerminationCandidate(const PodCliqueScalingGroup& group, Time now);

// What the reconciler of a scaling group does about its replicas (spec 09 §4.2).
struct GroupTermination {
  std::vector<std::int32_t> expired;  // these go, whole
  std::vector<std::int32_t> waiting;  // looked at again
  bool delegated = false;             // too few would be left: the set's matter
};

// `members` include those that are being deleted and those with an index beyond the replicas. O(members log members).
[[nodiscard]] GroupTermination TerminationOf(const PodCliqueScalingGroup& group,
                                             std::span<const PodClique* const> members, const PodCliqueSet& set,
                                             Time now);

enum class SetReplicaOutlook : std::uint8_t {
  kNone,
  kSkipped,    // a standalone PodClique is missing
  kWaiting,    // breached, looked at again
  kTerminate,  // all its PodCliques go
};

// The same for one replica of the set: `standalone` PodCliques and `groups` that exist in it, `desired_standalone` of
// the former wanted (spec 09 §4.3).
[[nodiscard]] SetReplicaOutlook OutlookOf(std::span<const PodClique* const> standalone, std::size_t desired_standalone,
                                          std::span<const PodCliqueScalingGroup* const> groups, const PodCliqueSet& set,
                                          Time now);

}  // namespace grove::planner
