// The only reader of JSON text: RapidJSON's parser, bounded, into nodes that remember where they stood.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "grove/limits.hpp"

#include "model/node.h"
#include "model/read_result.h"

namespace grove::internal {

// Reads one JSON text into `storage`. Numbers keep their spelling, members their order; a repeated key is an error.
// Offsets of nodes count from `base`. O(text); memory about three times the text.
[[nodiscard]] ReadResult ReadJson(std::string_view text, const Limits& limits, Storage& storage,
                                  std::uint32_t base = 0);

// Reads any number of JSON texts that stand one behind the other, with or without blanks between them.
[[nodiscard]] DocumentsResult ReadJsonDocuments(std::string_view text, const Limits& limits, Storage& storage,
                                                std::uint32_t base = 0);

// Index of a key that occurs a second time among `members`, or -1. O(n) for few members, O(n log n) otherwise.
[[nodiscard]] std::ptrdiff_t FindRepeatedKey(std::span<const Member> members);

}  // namespace grove::internal
