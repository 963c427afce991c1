// What a placement means, in sentences for a person. No part of any contract; deterministic all the same.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "grove/cluster.hpp"
#include "grove/placement.hpp"

namespace grove {

// Why the gang is not placed, with the numbers, and what would help as far as that is known; one or a few sentences.
// Empty for a gang that is placed.
[[nodiscard]] std::string DescribeCause(const Cluster& cluster, const PlacementRequest& request,
                                        const GangPlacement& placement);

// The change as advice: "Lower the minimum of workers from 8 to 6." Names at most a few nodes and gangs.
[[nodiscard]] std::string DescribeChange(const Cluster& cluster, const PlacementRequest& request, std::uint32_t gang,
                                         const FittingChange& change);

// Which required levels of the gang contradict each other, and where each of them could be kept; one sentence. Empty
// for an empty conflict.
[[nodiscard]] std::string DescribeConflict(const Cluster& cluster, const PlacementRequest& request, std::uint32_t gang,
                                           const PackConflict& conflict);

// "placed", "does not fit", "not found within the budget", "not ready", "base not scheduled", "invalid".
[[nodiscard]] std::string_view DescribeOutcome(GangOutcome outcome);

// An amount as Kubernetes writes it: "96" or "1500m" for millicores of "cpu", "1200Gi" for bytes of "memory" and
// storage, else the number.
[[nodiscard]] std::string FormatAmount(std::string_view resource, std::int64_t amount);

// Domain of the level as users call it: "rack", or its key if the topology has no name for it.
[[nodiscard]] std::string LevelName(const Cluster& cluster, std::size_t level);

}  // namespace grove
