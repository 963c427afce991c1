#include "model/codec.h"

#include "model/duration.h"
#include "model/timestamp.h"

namespace grove::codec {

std::optional<std::int64_t> ParseInteger(std::string_view text) {
  const char* end = text.data() + text.size();
  std::int64_t value = 0;
  const auto [rest, error] = std::from_chars(text.data(), end, value);
  if (error == std::errc() && rest == end) return value;
  // A float whose value is integral, such as `1.0` or `1e3`, is an integer to the decoder (spec 02 §2.3).
  double real = 0;
  const auto [real_rest, real_error] = std::from_chars(text.data(), end, real);
  constexpr double kBound = 9223372036854775808.0;  // 2^63
  if (real_error != std::errc() || real_rest != end || real != std::floor(real)) return std::nullopt;
  if (real < -kBound || real >= kBound) return std::nullopt;
  return static_cast<std::int64_t>(real);
}

std::optional<Time> ParseTime(std::string_view text) {
  const std::optional<std::int64_t> seconds = ParseTimestamp(text);
  if (!seconds.has_value()) return std::nullopt;
  return Time{*seconds};
}

std::string FormatTime(Time time) { return FormatTimestamp(time.unix_seconds); }

std::optional<Duration> ParseDurationText(std::string_view text) {
  const std::optional<std::int64_t> nanoseconds = ParseDuration(text);
  if (!nanoseconds.has_value()) return std::nullopt;
  return Duration{*nanoseconds};
}

std::string FormatDurationText(Duration duration) { return FormatDuration(duration.nanoseconds); }

}  // namespace grove::codec
