// A placement, as the handle holds it.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "grove/placement.hpp"
#include "grove/placement_input.hpp"

#include "capi/failure.h"
#include "grove.h"

namespace grove::capi {

// Immutable once it is made.
struct Placed {
  PlacementInput input;
  PlacementResult result;
  std::map<NodeIndex, std::string> node_names;  // rows need texts that end in NUL
  std::vector<grove_gang_row> gangs;
  std::vector<grove_pod_row> pods;
  bool on_index = false;  // what ran beside it is not known any more
};

// Makes the rows of a result.
void MakeRows(Placed& placed);

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

}  // namespace grove::capi
