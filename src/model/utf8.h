// UTF-8: finding and replacing what is none.
#pragma once

#include <string>
#include <string_view>

namespace grove::internal {

// Length in bytes of the character at the start of `text`, or 0 if it is no valid one or `text` is empty. Surrogates,
// overlong forms and what lies beyond U+10FFFF are not valid.
[[nodiscard]] std::size_t Utf8CharacterLength(std::string_view text);

// Offset of the first byte that belongs to no valid character; text.size() if all do. O(text).
[[nodiscard]] std::size_t ValidUtf8Prefix(std::string_view text);

// `text` with each byte that belongs to no valid character replaced by U+FFFD, as Go's JSON encoder does it. O(text).
[[nodiscard]] std::string ReplaceInvalidUtf8(std::string_view text);

// The beginning of `text`, which is UTF-8, for a message: one line of whole characters, at most about 60 bytes.
[[nodiscard]] std::string Excerpt(std::string_view text);

}  // namespace grove::internal
