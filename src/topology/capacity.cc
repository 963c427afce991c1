#include "grove/capacity.hpp"

#include <algorithm>

namespace grove {

absl::StatusOr<std::uint32_t> CountFitting(const Occupancy& occupancy, const PlacementRequest& request,
                                           std::uint32_t gang, std::uint32_t most, const PlacementOptions& options) {
  if (gang >= request.gangs.size()) return absl::InvalidArgumentError("there is no such gang");
  PlacementRequest copies{.classes = request.classes, .gangs = {}};
  Gang copy = request.gangs[gang];
  copy.base.clear();
  for (GangGroup& group : copy.groups) group.active.clear();
  PlacementOptions plain = options;
  plain.explain = false;
  std::uint32_t fitting = 0;
  for (std::uint64_t count = 1; fitting < most; count *= 2) {
    const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(count, most));
    while (copies.gangs.size() < wanted) {
      copy.order = static_cast<std::int64_t>(copies.gangs.size());
      copy.name = std::to_string(copies.gangs.size());
      copies.gangs.push_back(copy);
    }
    const auto result = Place(occupancy, copies, plain);
    if (!result.ok()) return result.status();
    fitting = std::max(fitting, result->placed);
    if (result->placed < wanted || wanted == most) break;
  }
  return fitting;
}

absl::StatusOr<std::vector<DomainLoss>> CountFittingAfterLoss(const Occupancy& occupancy,
                                                              const PlacementRequest& request, std::uint32_t gang,
                                                              std::size_t level, std::uint32_t most,
                                                              const PlacementOptions& options) {
  if (level >= occupancy.cluster().levels().size()) return absl::InvalidArgumentError("there is no such level");
  std::vector<DomainLoss> losses;
  const auto domains = occupancy.cluster().domains();
  Occupancy remaining = occupancy;
  for (DomainIndex index = 0; index < domains.size(); ++index) {
    const Domain& domain = domains[index];
    if (domain.depth != level + 1 || domain.stands_alone) continue;
    const std::size_t mark = remaining.mark();
    for (NodeIndex node = domain.first_node; node < domain.first_node + domain.node_count; ++node) {
      remaining.SetUsable(node, false);
    }
    const auto fitting = CountFitting(remaining, request, gang, most, options);
    if (!fitting.ok()) return fitting.status();
    losses.push_back({.domain = index, .fitting = *fitting});
    remaining.Undo(mark);
  }
  return losses;
}

}  // namespace grove
