// When a PodClique or a PodCliqueScalingGroup begins a record of an update (spec 09 §5.4).
#pragma once

#include <optional>
#include <string_view>

#include "grove/pod_clique.hpp"
#include "grove/pod_clique_scaling_group.hpp"
#include "grove/pod_clique_set.hpp"

#include "planner/status/expected_hashes.h"

namespace grove::planner {

// The set's strategy leaves it to others to delete pods. Absent: RollingRecreate.
[[nodiscard]] bool IsOnDelete(const PodCliqueSet& set);

// The record that begins now, or nullopt if none does. Whoever writes it sets updatedReplicas to 0. Under OnDelete it
// has ended at once. No record begins for a clique without a template.
[[nodiscard]] std::optional<PodCliqueUpdateProgress> UpdateToBegin(const PodCliqueSet& set, const PodClique& clique,
                                                                   const ExpectedHashes& hashes, Time now);
[[nodiscard]] std::optional<PodCliqueScalingGroupUpdateProgress> UpdateToBegin(const PodCliqueSet& set,
                                                                               const PodCliqueScalingGroup& group,
                                                                               const ExpectedHashes& hashes, Time now);

}  // namespace grove::planner
