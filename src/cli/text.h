// Pieces of text output: colours, quoted source lines.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "grove/field_error.hpp"

#include "cli/input.h"

namespace grove::cli {

enum class Ink : std::uint8_t { kNone, kBold, kDim, kError, kWarning, kCaret, kName, kNumber, kAdded };

// `text` in the colour of `ink`, or as it is if `color` is off.
[[nodiscard]] std::string Paint(bool color, Ink ink, std::string_view text);

// `text` with every control character replaced by `?`, so that no input can steer a terminal.
[[nodiscard]] std::string Printable(std::string_view text);

// Columns that UTF-8 `text` takes: one per code point. Exact for all that the command draws itself.
[[nodiscard]] std::size_t Columns(std::string_view text);

// Columns that a terminal draws UTF-8 `text` in: none for combining marks, two for East Asian characters and emoji.
[[nodiscard]] std::size_t DisplayColumns(std::string_view text);

// "name:line:column: ", without what is unknown.
[[nodiscard]] std::string Place(const SourceText& source, SourceLocation location);

// The line of `location`, and below it a caret; empty if the place is unknown. Long lines are cut around the caret, and
// tabs are drawn as one blank.
[[nodiscard]] std::string Excerpt(const SourceText& source, SourceLocation location, bool color);

// "1 object", "2 objects".
[[nodiscard]] std::string Count(std::int64_t number, std::string_view noun);

}  // namespace grove::cli
