// Buffers that the caller owns.
#pragma once

#include <string>

#include "grove.h"

namespace grove::capi {

// `text` as a buffer, without copying it.
[[nodiscard]] grove_buffer MakeBuffer(std::string text);

}  // namespace grove::capi
