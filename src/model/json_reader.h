// The only reader of JSON text: RapidJSON's parser, bounded, into nodes that remember where they stood.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "grove/limits.hpp"

#include "model/node.h"

namespace grove::internal {

// Why a text could not be read.
struct TextError {
  std::size_t offset = 0;  // byte in the text
  std::string message;     // what was found or expected; one line
  bool limit = false;      // a bound of Limits was exceeded
};

struct ReadResult {
  Node root;
  // Set iff the text could not be read; `root` is null then.
  std::shared_ptr<const TextError> error;
};

// Reads one JSON text into `storage`. Numbers keep their spelling, members their order; a repeated key is an error.
// Offsets of nodes count from `base`. O(text); memory about three times the text.
[[nodiscard]] ReadResult ReadJson(std::string_view text, const Limits& limits, Storage& storage,
                                  std::uint32_t base = 0);

// Index of a key that occurs a second time among `members`, or -1. O(n) for few members, O(n log n) otherwise.
[[nodiscard]] std::ptrdiff_t FindRepeatedKey(std::span<const Member> members);

}  // namespace grove::internal
