// Capacity: how many more gangs of a kind fit, also after the loss of a domain.
#pragma once

#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"

#include "grove/cluster.hpp"
#include "grove/placement.hpp"

namespace grove {

// How many copies of the request's gang `gang` fit beside what the occupancy holds, counting up to `most`. Base gangs
// are not asked for; active pods of the gang are not looked at. The copies were placed by Place, one set of options for
// all: a lower bound, and exact where every copy takes whole domains of its own or is alone in needing what it needs.
// InvalidArgument as Place says, or for an index out of range.
[[nodiscard]] absl::StatusOr<std::uint32_t> CountFitting(const Occupancy& occupancy, const PlacementRequest& request,
                                                         std::uint32_t gang, std::uint32_t most,
                                                         const PlacementOptions& options = {});

struct DomainLoss {
  DomainIndex domain = 0;
  std::uint32_t fitting = 0;  // on what remains

  friend bool operator==(const DomainLoss&, const DomainLoss&) = default;
};

// The same after the loss of each one domain of a level, in the order of the domains. O(domains) counts.
[[nodiscard]] absl::StatusOr<std::vector<DomainLoss>> CountFittingAfterLoss(const Occupancy& occupancy,
                                                                            const PlacementRequest& request,
                                                                            std::uint32_t gang, std::size_t level,
                                                                            std::uint32_t most,
                                                                            const PlacementOptions& options = {});

}  // namespace grove
