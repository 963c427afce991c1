#include "model/quantity.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>

#include "model/decimal.h"
#include "model/names.h"

namespace grove {
namespace {

using Format = Quantity::Format;

__extension__ typedef __int128 Int128;

constexpr std::int32_t kNano = -9;          // exponent of ten of the finest value
constexpr std::size_t kMaxFastDigits = 18;  // digits that any 64-bit number holds
constexpr int kMaxFastBinaryDigits = 14;    // the same, counting 3 digits for every factor of 1024
constexpr std::string_view kMaxInt64 = "9223372036854775807";
constexpr std::string_view kMaxInt64Nano = "9223372036854775807000000000";

struct Suffix {
  std::string_view text;
  Format format;
  std::int32_t exponent;  // of ten, or of two in the binary family
};

constexpr std::array<Suffix, 16> kSuffixes = {{
    {"", Format::kDecimalSi, 0},
    {"m", Format::kDecimalSi, -3},
    {"Gi", Format::kBinarySi, 30},
    {"Mi", Format::kBinarySi, 20},
    {"Ki", Format::kBinarySi, 10},
    {"Ti", Format::kBinarySi, 40},
    {"Pi", Format::kBinarySi, 50},
    {"Ei", Format::kBinarySi, 60},
    {"k", Format::kDecimalSi, 3},
    {"M", Format::kDecimalSi, 6},
    {"G", Format::kDecimalSi, 9},
    {"T", Format::kDecimalSi, 12},
    {"P", Format::kDecimalSi, 15},
    {"E", Format::kDecimalSi, 18},
    {"u", Format::kDecimalSi, -6},
    {"n", Format::kDecimalSi, -9},
}};

constexpr std::array<std::string_view, 10> kDecimalOutput = {"n", "u", "m", "", "k", "M", "G", "T", "P", "E"};
constexpr std::array<std::string_view, 7> kBinaryOutput = {"", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"};

// A text taken apart. The views point into the text, or to a constant.
struct Parts {
  bool negative = false;
  bool has_digits = false;
  std::string_view integer;  // without leading zeros, but at least one digit
  std::string_view fraction;
  Format format = Format::kDecimalSi;
  std::int32_t exponent = 0;  // of ten, or of two in the binary family

  [[nodiscard]] std::size_t digit_count() const { return integer.size() + fraction.size(); }
};

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

std::string_view TakeDigits(std::string_view& text) {
  std::size_t count = 0;
  while (count < text.size() && IsDigit(text[count])) ++count;
  const std::string_view digits = text.substr(0, count);
  text.remove_prefix(count);
  return digits;
}

std::string_view WithoutLeadingZeros(std::string_view digits) {
  const std::size_t first = digits.find_first_not_of('0');
  return first == std::string_view::npos ? std::string_view{} : digits.substr(first);
}

// `e5`, `E+5`, `e-5`. Kubernetes cuts the exponent to 32 bits, and so do its schedulers' sums: `1e4294967296` is 1.
bool ReadExponent(std::string_view text, Parts& parts) {
  if (text.size() < 2 || (text[0] != 'e' && text[0] != 'E')) return false;
  text.remove_prefix(1);
  if (text[0] == '+') {
    text.remove_prefix(1);
    if (text.empty() || !IsDigit(text[0])) return false;
  }
  std::int64_t exponent = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), exponent);
  if (error != std::errc() || end != text.data() + text.size()) return false;
  parts.format = Format::kDecimalExponent;
  parts.exponent = static_cast<std::int32_t>(exponent);
  return true;
}

bool ReadSuffix(std::string_view text, Parts& parts) {
  for (const Suffix& suffix : kSuffixes) {
    if (text != suffix.text) continue;
    parts.format = suffix.format;
    parts.exponent = suffix.exponent;
    return true;
  }
  return ReadExponent(text, parts);
}

std::optional<Parts> Split(std::string_view text) {
  if (text.empty()) return std::nullopt;
  Parts parts;
  if (text[0] == '+' || text[0] == '-') {
    parts.negative = text[0] == '-';
    text.remove_prefix(1);
  }
  const std::string_view integer = TakeDigits(text);
  parts.integer = WithoutLeadingZeros(integer);
  if (parts.integer.empty()) parts.integer = "0";
  if (!text.empty() && text[0] == '.') {
    text.remove_prefix(1);
    parts.fraction = TakeDigits(text);
  }
  parts.has_digits = !integer.empty() || !parts.fraction.empty();
  if (!ReadSuffix(text, parts)) return std::nullopt;
  return parts;
}

// Whether the value fits a 64-bit number and an exponent of ten that is not below that of a nano.
bool IsSmall(const Parts& parts) {
  if (parts.format == Format::kBinarySi) {
    const int digits_of_suffix = parts.exponent * 3 / 10;
    return parts.fraction.empty() && parts.integer.size() <= kMaxFastDigits &&
           static_cast<int>(parts.integer.size()) + digits_of_suffix <= kMaxFastBinaryDigits;
  }
  return parts.digit_count() <= kMaxFastDigits &&
         parts.exponent - static_cast<std::int64_t>(parts.fraction.size()) >= kNano;
}

// All digits as one number. Requires at most 18 of them.
std::int64_t DigitsValue(const Parts& parts) {
  std::int64_t value = 0;
  for (const char c : parts.integer) value = value * 10 + (c - '0');
  for (const char c : parts.fraction) value = value * 10 + (c - '0');
  return value;
}

bool EndsInThousand(const Parts& parts) {
  constexpr std::string_view kThousand = "000";
  if (parts.fraction.size() >= kThousand.size()) return parts.fraction.ends_with(kThousand);
  const std::size_t rest = kThousand.size() - parts.fraction.size();
  return kThousand.ends_with(parts.fraction) && parts.integer.size() >= rest &&
         kThousand.starts_with(parts.integer.substr(parts.integer.size() - rest));
}

// Whether output keeps the text of a small number (spec 03 §12.8b).
bool IsKept(const Parts& parts) {
  if (parts.format == Format::kBinarySi) return (DigitsValue(parts) & 7) != 0;
  return (parts.exponent - static_cast<std::int64_t>(parts.fraction.size())) % 3 == 0 && parts.integer[0] != '0' &&
         !EndsInThousand(parts);
}

// A decimal magnitude: digits * 10^exponent, zero if there are no digits.
struct Magnitude {
  std::string digits;
  std::int64_t exponent = 0;

  // Makes the exponent as large as possible.
  void Strip() {
    const std::size_t last = digits.find_last_not_of('0');
    const std::size_t size = last == std::string::npos ? 0 : last + 1;
    exponent += static_cast<std::int64_t>(digits.size() - size);
    digits.resize(size);
  }
};

Magnitude MagnitudeOf(const Quantity::Form& form) {
  if (form.big) return {std::string(form.digits), -static_cast<std::int64_t>(form.big_scale)};
  if (form.value == 0) return {};
  std::string digits = std::to_string(form.value);
  if (form.value < 0) digits.erase(0, 1);
  return {std::move(digits), form.scale};
}

// Output in the decimal families: the largest multiple of 3 as exponent that leaves an integer.
std::string DecimalOutput(const Quantity::Form& form, bool negative, bool as_exponent) {
  Magnitude magnitude = MagnitudeOf(form);
  magnitude.Strip();
  const std::int64_t excess = ((magnitude.exponent % 3) + 3) % 3;
  const std::int64_t exponent = magnitude.exponent - excess;
  std::string output(negative ? 1 : 0, '-');
  output += magnitude.digits;
  output.append(static_cast<std::size_t>(excess), '0');
  if (as_exponent) {
    if (exponent == 0) return output;
    output += 'e';
    output += std::to_string(exponent);
    return output;
  }
  const std::int64_t index = (exponent - kNano) / 3;
  if (index < static_cast<std::int64_t>(kDecimalOutput.size()))
    output += kDecimalOutput[static_cast<std::size_t>(index)];
  return output;
}

// The digits as a signed number.
std::optional<std::int64_t> ToInt64(std::string_view digits, bool negative) {
  std::uint64_t magnitude = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), magnitude);
  if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  constexpr auto kMax = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  if (magnitude > kMax + (negative ? 1 : 0)) return std::nullopt;
  return static_cast<std::int64_t>(negative ? 0 - magnitude : magnitude);
}

std::int64_t PowerOfTen(int exponent) {
  std::int64_t power = 1;
  for (; exponent > 0; --exponent) power *= 10;
  return power;
}

std::optional<std::int64_t> ScaleSmall(std::int64_t value, std::int64_t exponent) {
  constexpr std::int64_t kMaxExponent = 18;
  if (value == 0 || exponent == 0) return value;
  if (exponent > 0) {
    std::int64_t scaled = 0;
    if (exponent > kMaxExponent) return std::nullopt;
    if (__builtin_mul_overflow(value, PowerOfTen(static_cast<int>(exponent)), &scaled)) return std::nullopt;
    return scaled;
  }
  const std::int64_t away = value < 0 ? -1 : 1;
  if (-exponent > kMaxExponent) return away;
  const std::int64_t divisor = PowerOfTen(static_cast<int>(-exponent));
  return value / divisor + (value % divisor != 0 ? away : 0);
}

std::strong_ordering CompareMagnitudes(Magnitude a, Magnitude b) {
  a.Strip();
  b.Strip();
  const auto order_of = [](const Magnitude& m) { return static_cast<std::int64_t>(m.digits.size()) + m.exponent; };
  if (order_of(a) != order_of(b)) return order_of(a) <=> order_of(b);
  return a.digits.compare(b.digits) <=> 0;
}

}  // namespace

std::optional<Quantity> Quantity::Parse(std::string_view text) {
  text = TrimSpace(text);
  const std::optional<Parts> parts = Split(text);
  if (!parts) return std::nullopt;
  Quantity quantity;
  quantity.format_ = parts->format;
  const bool binary = parts->format == Format::kBinarySi;
  const auto fraction = static_cast<std::int64_t>(parts->fraction.size());
  if (IsSmall(*parts)) {
    const std::int64_t magnitude = DigitsValue(*parts) * (binary ? std::int64_t{1} << parts->exponent : 1);
    quantity.value_ = parts->negative ? -magnitude : magnitude;
    quantity.scale_ = binary ? 0 : static_cast<std::int32_t>(parts->exponent - fraction);
    if (text == "0" || IsKept(*parts)) quantity.text_ = text;
    return quantity;
  }

  if (!parts->has_digits) return std::nullopt;
  quantity.big_ = true;
  std::string digits(parts->integer == "0" ? std::string_view{} : parts->integer);
  digits += digits.empty() ? WithoutLeadingZeros(parts->fraction) : parts->fraction;
  const std::int64_t exponent = (binary ? 0 : parts->exponent) - fraction;
  if (digits.empty()) {
    quantity.scale_ = static_cast<std::int32_t>(-exponent);
    return quantity;
  }
  if (binary) digits = TimesPowerOfTwo(digits, parts->exponent);
  const std::int64_t zeros = exponent - kNano;
  if (!binary && static_cast<std::int64_t>(digits.size()) + zeros > kMaxDigits) return std::nullopt;
  if (zeros >= 0) digits.append(static_cast<std::size_t>(zeros), '0');
  if (zeros < 0) DropDigitsRoundingUp(digits, -zeros);
  quantity.scale_ = -kNano;
  if (binary && IsGreater(digits, kMaxInt64Nano)) {
    digits = kMaxInt64;
    quantity.scale_ = 0;
  } else if (binary && digits.size() <= static_cast<std::size_t>(-kNano)) {
    quantity.format_ = Format::kDecimalSi;  // below one
  }
  quantity.digits_ = std::move(digits);
  quantity.negative_ = parts->negative;
  return quantity;
}

std::string Quantity::Canonical() const {
  if (!text_.empty()) return text_;
  if (IsZero()) return "0";
  const bool as_exponent = format_ == Format::kDecimalExponent;
  if (format_ != Format::kBinarySi) return DecimalOutput(form(), IsNegative(), as_exponent);
  Magnitude magnitude = MagnitudeOf(form());
  magnitude.Strip();
  if (magnitude.exponent < 0) return DecimalOutput(form(), IsNegative(), false);
  magnitude.digits.append(static_cast<std::size_t>(magnitude.exponent), '0');
  // A value with a binary suffix is at most 2^63-1.
  std::uint64_t value = static_cast<std::uint64_t>(ToInt64(magnitude.digits, false).value_or(0));
  if (value < 1024) return DecimalOutput(form(), IsNegative(), false);
  std::size_t power = 0;
  for (; value % 1024 == 0; value /= 1024) ++power;
  std::string output(IsNegative() ? 1 : 0, '-');
  output += std::to_string(value);
  output += kBinaryOutput[power];
  return output;
}

std::optional<std::int64_t> Quantity::ScaledValue(int scale10) const {
  if (!big_) return ScaleSmall(value_, static_cast<std::int64_t>(scale_) - scale10);
  if (digits_.empty()) return 0;
  const std::int64_t drop = static_cast<std::int64_t>(scale_) + scale10;
  if (static_cast<std::int64_t>(digits_.size()) - drop > static_cast<std::int64_t>(kMaxInt64.size())) {
    return std::nullopt;
  }
  std::string digits = digits_;
  if (drop > 0) DropDigitsRoundingUp(digits, drop);
  if (drop < 0) digits.append(static_cast<std::size_t>(-drop), '0');
  return ToInt64(digits, negative_);
}

Quantity::Form Quantity::form() const {
  Form form;
  form.text = text_;
  form.format = format_;
  form.big = big_;
  if (big_) {
    form.negative = negative_;
    form.digits = digits_;
    form.big_scale = scale_;
  } else {
    form.value = value_;
    form.scale = scale_;
  }
  return form;
}

std::strong_ordering operator<=>(const Quantity& a, const Quantity& b) {
  const auto sign_of = [](const Quantity& q) { return q.IsZero() ? 0 : (q.IsNegative() ? -1 : 1); };
  if (sign_of(a) != sign_of(b) || a.IsZero()) return sign_of(a) <=> sign_of(b);
  if (!a.big_ && !b.big_) {
    const std::int64_t distance = static_cast<std::int64_t>(a.scale_) - b.scale_;
    constexpr std::int64_t kMaxDistance = 18;
    if (distance >= 0 && distance <= kMaxDistance) {
      return Int128{a.value_} * PowerOfTen(static_cast<int>(distance)) <=> Int128{b.value_};
    }
    if (distance < 0 && -distance <= kMaxDistance) {
      return Int128{a.value_} <=> Int128{b.value_} * PowerOfTen(static_cast<int>(-distance));
    }
  }
  const std::strong_ordering order = CompareMagnitudes(MagnitudeOf(a.form()), MagnitudeOf(b.form()));
  return a.IsNegative() ? 0 <=> order : order;
}

bool IsCanonicalQuantity(std::string_view text) {
  if (text == "0") return true;
  const std::optional<Parts> parts = Split(text);
  return parts && IsSmall(*parts) && IsKept(*parts);
}

}  // namespace grove
