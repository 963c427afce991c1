// Durations as Go writes them: `1h30m0s`, `100ms` (spec 01 §1.4). A duration is a signed number of nanoseconds.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace grove {

// Nanoseconds of `text`: an optional sign, then `0` or one or more decimals with a unit each. Fractions of a nanosecond
// are cut off. nullopt if `text` is no duration or exceeds 64 bits. White space is not ignored.
[[nodiscard]] std::optional<std::int64_t> ParseDuration(std::string_view text);

// Canonical text: hours, minutes and seconds from the largest that is not zero (`4h0m0s`), `0s` for zero, one unit with
// a fraction below a second (`1.5µs`). ParseDuration of it gives `nanoseconds` again.
[[nodiscard]] std::string FormatDuration(std::int64_t nanoseconds);

}  // namespace grove
