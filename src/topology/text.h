// Pieces of messages about what was read.
#pragma once

#include <string>
#include <string_view>

#include "absl/strings/string_view.h"

namespace grove::topology {

// Abseil's own kind of view, which its functions take.
[[nodiscard]] inline absl::string_view View(std::string_view text) { return {text.data(), text.size()}; }

// `text` in double quotes, with what would break the line or the quotes escaped, cut after 100 bytes.
[[nodiscard]] std::string Quoted(std::string_view text);

}  // namespace grove::topology
