// Which pods take part in a multi-node NVLink domain (spec 04 §10).
#pragma once

#include <initializer_list>
#include <string_view>

#include "grove/string_map.hpp"
#include "grove/value.hpp"

#include "model/node.h"

namespace grove::planner {

// Name of the claim of pods and containers on their ComputeDomain.
inline constexpr std::string_view kMnnvlClaim = "mnnvl-claim";

// The group that annotations enrol a clique in; empty for none. The first layer that has the key decides; null layers
// are skipped (spec 04 §10.1). Borrowed from the layers.
[[nodiscard]] std::string_view EffectiveMnnvlGroup(std::initializer_list<const StringMap*> layers);

// Whether a container asks for NVIDIA GPUs: a limit or a request that is not zero.
[[nodiscard]] bool UsesGpu(const internal::Node& container);
// Whether a container or init container of the pod does.
[[nodiscard]] bool PodUsesGpu(const internal::Node& pod_spec);

}  // namespace grove::planner
