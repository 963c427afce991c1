// What the opaque types of grove.h stand for. They are completed nowhere: these are the only casts.
#pragma once

#include "capi/failure.h"
#include "grove.h"

namespace grove::capi {

[[nodiscard]] inline const Failure* Unwrap(const grove_error* error) { return reinterpret_cast<const Failure*>(error); }
[[nodiscard]] inline Failure* Unwrap(grove_error* error) { return reinterpret_cast<Failure*>(error); }
[[nodiscard]] inline grove_error* Wrap(Failure* failure) { return reinterpret_cast<grove_error*>(failure); }

}  // namespace grove::capi
