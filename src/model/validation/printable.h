// Printable characters, as Go's `unicode.IsPrint` tells them.
#pragma once

#include <string_view>

namespace grove::validation {

// No control, format, private or separator character but the ASCII blank. Code points that Unicode has not assigned yet
// count as printable, and so do bytes that are no UTF-8, which decoding turns into U+FFFD. O(text).
[[nodiscard]] bool IsPrintable(std::string_view text);

}  // namespace grove::validation
