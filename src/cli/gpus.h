// GPUs that a pod asks for.
#pragma once

#include <cstdint>

#include "grove/value.hpp"

namespace grove::cli {

// Whole devices of extended resources named `<vendor>/gpu`, from limits or else requests, as a scheduler counts them:
// containers and sidecars together, or the largest init container if that needs more. Devices of resource claims are
// not counted. 0 for what is no number; saturates.
[[nodiscard]] std::int64_t GpusPerPod(const Value& pod_spec);

}  // namespace grove::cli
