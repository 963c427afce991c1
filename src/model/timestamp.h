// Times as Kubernetes writes them: RFC 3339, to the second.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace grove {

// Seconds since 1970 UTC, a fraction dropped towards the past. Takes what Go's time.Parse takes with the layout
// time.RFC3339: no leap second, an hour of one digit, a fraction behind `.` or `,`, an offset of up to 24:60.
[[nodiscard]] std::optional<std::int64_t> ParseTimestamp(std::string_view text);

// "2026-01-31T12:00:00Z".
[[nodiscard]] std::string FormatTimestamp(std::int64_t unix_seconds);

}  // namespace grove
