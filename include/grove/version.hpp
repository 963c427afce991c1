// Which library this is, and which state of the reference it follows.
#pragma once

#include <cstdint>
#include <string_view>

namespace grove {

// "major.minor.patch"; static storage.
[[nodiscard]] std::string_view VersionString();

// major * 1'000'000 + minor * 1'000 + patch: later versions have larger numbers.
[[nodiscard]] std::uint32_t VersionNumber();

// The compatibility level that applies unless another is asked for: the public snapshot of the reference whose verdicts
// and objects the library gives, as "year-month"; static storage.
[[nodiscard]] std::string_view CompatibilityLevel();

}  // namespace grove
