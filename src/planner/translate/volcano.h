// PodGangs for the Volcano scheduler (spec 07 §5).
#pragma once

#include "grove/pod_gang.hpp"
#include "grove/scheduler_objects.hpp"

#include "planner/translate/backend.h"

namespace grove::planner {

extern const Backend kVolcanoBackend;

// The PodGroup that a PodGang becomes before Volcano has seen it (spec 07 §5.4). Topology constraints have no place in
// it; admission refuses them. O(pod groups).
[[nodiscard]] VolcanoPodGroup MakeVolcanoPodGroup(const PodGang& gang);

}  // namespace grove::planner
