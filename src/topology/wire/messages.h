// Bytes to messages of protobuf and back, in both formats.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <google/protobuf/message_lite.h>

#include "grove/placement_wire.hpp"

namespace grove::topology {

// Parses `bytes` into `message`.
[[nodiscard]] std::optional<WireError> ParseMessage(std::string_view bytes, WireFormat format, const WireLimits& limits,
                                                    google::protobuf::MessageLite& message);

// Equal messages give equal bytes. JSON is indented and ends in a line break; numbers that are zero and texts that are
// empty are left out.
[[nodiscard]] std::string WriteMessage(const google::protobuf::MessageLite& message, WireFormat format);

}  // namespace grove::topology
