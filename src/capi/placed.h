// A placement, as the handle holds it.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "grove/placement.hpp"
#include "grove/placement_input.hpp"

#include "capi/failure.h"
#include "capi/json.h"
#include "grove.h"

namespace grove::capi {

// Tells indexes apart by its address.
struct IndexName {};

// Immutable once it is made.
struct Placed {
  PlacementInput input;
  PlacementResult result;
  PlacementOptions options;
  std::map<NodeIndex, std::string> node_names;  // rows need texts that end in NUL
  std::vector<grove_gang_row> gangs;
  std::vector<grove_pod_row> pods;
  // Of the index that made it, if one did: its name, and its state at that time.
  std::shared_ptr<const IndexName> index;
  std::size_t index_state = 0;
};

// Makes the rows of a result.
void MakeRows(Placed& placed);

// What the placement was made beside: the snapshot, or the index, which must be as it was then.
[[nodiscard]] Outcome OccupancyOf(const Placed& placed, const grove_index* index, std::optional<Occupancy>& out);

// Writes what became of a gang as the members of an object.
void WriteGang(Json& json, const Cluster& cluster, const PlacementRequest& request, const GangPlacement& decided);

// The class of a candidate of the group.
[[nodiscard]] std::uint32_t ClassOf(const GangGroup& group, std::uint32_t candidate);

// Calls `visit(node name, class)` with every pod of a placement.
template <class Visit>
[[nodiscard]] Outcome ForEachPlacedPod(const Placed& placed, const Visit& visit) {
  for (const GangPlacement& gang : placed.result.gangs) {
    const Gang& asked = placed.input.request.gangs[gang.gang];
    for (const PodPlacement& pod : gang.pods) {
      const PodClass& pods = placed.input.request.classes[ClassOf(asked.groups[pod.group], pod.candidate)];
      GROVE_CAPI_TRY(visit(placed.input.cluster->node_name(pod.node), pods));
    }
  }
  return {};
}

// Calls `visit(node name, class)` with every pod that gives room up.
template <class Visit>
[[nodiscard]] Outcome ForEachEvictedPod(const Placed& placed, const Visit& visit) {
  for (const Eviction& eviction : placed.result.evictions) {
    const Gang& loser = placed.input.request.gangs[eviction.gang];
    for (const EvictedPod& pod : eviction.pods) {
      const ActivePod& active = loser.groups[pod.group].active[pod.active];
      GROVE_CAPI_TRY(
          visit(placed.input.cluster->node_name(active.node), placed.input.request.classes[active.pod_class]));
    }
  }
  return {};
}

}  // namespace grove::capi
