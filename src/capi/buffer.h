// Buffers that the caller owns.
#pragma once

#include <string>

#include "capi/failure.h"
#include "grove.h"

namespace grove::capi {

// `text` as a buffer, without copying it.
[[nodiscard]] grove_buffer MakeBuffer(std::string text);

// Zeroes an output, whatever it holds.
inline void Clear(grove_buffer* buffer) {
  if (buffer != nullptr) *buffer = {};
}

[[nodiscard]] inline Outcome RequireResult(const grove_buffer* result) {
  return result == nullptr ? InvalidArgument("result", "is NULL") : Outcome();
}

}  // namespace grove::capi
