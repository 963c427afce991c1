#include "model/duration.h"

#include <array>

namespace grove {
namespace {

constexpr std::uint64_t kMicrosecond = 1000;
constexpr std::uint64_t kMillisecond = 1000 * kMicrosecond;
constexpr std::uint64_t kSecond = 1000 * kMillisecond;
constexpr std::uint64_t kMinute = 60 * kSecond;
constexpr std::uint64_t kHour = 60 * kMinute;
// Magnitude of the smallest 64-bit number, the largest that any step of reading may reach.
constexpr std::uint64_t kMaxMagnitude = std::uint64_t{1} << 63;

struct Unit {
  std::string_view text;
  std::uint64_t nanoseconds;
};

constexpr std::array<Unit, 8> kUnits = {{
    {"ns", 1},
    {"us", kMicrosecond},
    {"\u00b5s", kMicrosecond},  // micro sign
    {"\u03bcs", kMicrosecond},  // Greek letter mu
    {"ms", kMillisecond},
    {"s", kSecond},
    {"m", kMinute},
    {"h", kHour},
}};

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// Takes the digits in front of `text`; false if they exceed kMaxMagnitude.
bool TakeInteger(std::string_view& text, std::uint64_t& value) {
  for (; !text.empty() && IsDigit(text[0]); text.remove_prefix(1)) {
    if (value > kMaxMagnitude / 10) return false;
    value = value * 10 + static_cast<std::uint64_t>(text[0] - '0');
    if (value > kMaxMagnitude) return false;
  }
  return true;
}

// Digits after the point as value / scale. Digits that no longer fit are read but do not count.
struct Fraction {
  std::uint64_t value = 0;
  double scale = 1;
};

Fraction TakeFraction(std::string_view& text) {
  Fraction fraction;
  bool full = false;
  for (; !text.empty() && IsDigit(text[0]); text.remove_prefix(1)) {
    if (full || fraction.value > (kMaxMagnitude - 1) / 10) {
      full = true;
      continue;
    }
    const std::uint64_t longer = fraction.value * 10 + static_cast<std::uint64_t>(text[0] - '0');
    if (longer > kMaxMagnitude) {
      full = true;
      continue;
    }
    fraction.value = longer;
    fraction.scale *= 10;
  }
  return fraction;
}

// Nanoseconds of the unit in front of `text`, which ends where the next number begins; 0 if there is no such unit.
std::uint64_t TakeUnit(std::string_view& text) {
  std::size_t size = 0;
  while (size < text.size() && text[size] != '.' && !IsDigit(text[size])) ++size;
  const std::string_view name = text.substr(0, size);
  text.remove_prefix(size);
  for (const Unit& unit : kUnits) {
    if (unit.text == name) return unit.nanoseconds;
  }
  return 0;
}

// One number with its unit.
std::optional<std::uint64_t> TakeTerm(std::string_view& text) {
  std::uint64_t value = 0;
  std::size_t before = text.size();
  if (!TakeInteger(text, value)) return std::nullopt;
  bool has_digits = text.size() != before;
  Fraction fraction;
  if (!text.empty() && text[0] == '.') {
    text.remove_prefix(1);
    before = text.size();
    fraction = TakeFraction(text);
    has_digits = has_digits || text.size() != before;
  }
  if (!has_digits) return std::nullopt;
  const std::uint64_t unit = TakeUnit(text);
  if (unit == 0 || value > kMaxMagnitude / unit) return std::nullopt;
  value *= unit;
  if (fraction.value > 0) {
    // In this order, which decides the last nanosecond.
    value +=
        static_cast<std::uint64_t>(static_cast<double>(fraction.value) * (static_cast<double>(unit) / fraction.scale));
    if (value > kMaxMagnitude) return std::nullopt;
  }
  return value;
}

// Appends `value` / `unit` as a decimal without trailing zeros. `unit` is a power of ten.
void AppendDecimal(std::string& text, std::uint64_t value, std::uint64_t unit) {
  text += std::to_string(value / unit);
  std::uint64_t rest = value % unit;
  if (rest == 0) return;
  text += '.';
  for (; rest != 0; rest %= unit) {
    unit /= 10;
    text += static_cast<char>('0' + rest / unit);
  }
}

}  // namespace

std::optional<std::int64_t> ParseDuration(std::string_view text) {
  bool negative = false;
  if (!text.empty() && (text[0] == '-' || text[0] == '+')) {
    negative = text[0] == '-';
    text.remove_prefix(1);
  }
  if (text == "0") return 0;
  if (text.empty()) return std::nullopt;
  std::uint64_t sum = 0;
  while (!text.empty()) {
    const std::optional<std::uint64_t> term = TakeTerm(text);
    if (!term) return std::nullopt;
    if (*term > kMaxMagnitude - sum) return std::nullopt;
    sum += *term;
  }
  if (negative) return static_cast<std::int64_t>(0 - sum);
  if (sum == kMaxMagnitude) return std::nullopt;
  return static_cast<std::int64_t>(sum);
}

std::string FormatDuration(std::int64_t nanoseconds) {
  if (nanoseconds == 0) return "0s";
  std::string text(nanoseconds < 0 ? 1 : 0, '-');
  const auto bits = static_cast<std::uint64_t>(nanoseconds);
  const std::uint64_t magnitude = nanoseconds < 0 ? 0 - bits : bits;
  if (magnitude < kSecond) {
    const Unit& unit = magnitude < kMicrosecond ? kUnits[0] : magnitude < kMillisecond ? kUnits[2] : kUnits[4];
    AppendDecimal(text, magnitude, unit.nanoseconds);
    text += unit.text;
    return text;
  }
  if (magnitude >= kHour) {
    text += std::to_string(magnitude / kHour);
    text += 'h';
  }
  if (magnitude >= kMinute) {
    text += std::to_string(magnitude % kHour / kMinute);
    text += 'm';
  }
  AppendDecimal(text, magnitude % kMinute, kSecond);
  text += 's';
  return text;
}

}  // namespace grove
