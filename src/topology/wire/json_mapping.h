// Protobuf's JSON mapping of the messages of placement.proto: from JSON text to their binary form and back.
//
// Reading takes names in lowerCamelCase or as the schema spells them, numbers also as texts, enums by name or number,
// and null for what is absent. Unknown and repeated members are errors. Writing leaves out what the binary form does,
// and writes 64-bit numbers as texts.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "grove/placement_wire.hpp"

namespace grove::topology {

// `message` is the full name of one. O(text), with about three times its memory.
[[nodiscard]] std::optional<WireError> JsonToBinary(std::string_view json, std::string_view message,
                                                    std::string& binary);

// `binary` is what protobuf wrote, with every repeated field in one place; what the schema does not know is left out.
// Indented, and ends in a line break.
[[nodiscard]] std::string BinaryToJson(std::string_view binary, std::string_view message);

}  // namespace grove::topology
