// Quantities: the numbers of resource lists, such as `500m`, `8Gi` or `1e3` (spec 03 §12.8).
//
// A Quantity is an exact decimal number that remembers how it was written: its family of suffixes, and its text where
// that text is kept on output. Nothing here rounds except where the format itself does (finer than 10^-9, away from
// zero; above 2^63-1 with a binary suffix, down).
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace grove {

class Quantity {
 public:
  // The family of suffixes, which output uses too.
  enum class Format : std::uint8_t { kDecimalSi, kBinarySi, kDecimalExponent };

  // What the pod template hash prints of a quantity (spec 04 §8.3). Either `big` is false and the value is
  // value * 10^scale, or `big` is true and it is ±digits * 10^-big_scale.
  struct Form {
    std::int64_t value = 0;
    std::int32_t scale = 0;
    bool big = false;
    bool negative = false;    // of a big number
    std::string_view digits;  // of a big number: decimal digits without leading zeros, empty for zero
    std::int32_t big_scale = 0;
    std::string_view text;  // empty: output is derived from the value
    Format format = Format::kDecimalSi;
  };

  // Digits of the largest number that 64 bits do not hold, counted in units of 10^-9. Beyond it a number has no use
  // and would only cost memory and time.
  static constexpr std::int64_t kMaxDigits = 65536;

  // Zero.
  Quantity() = default;

  // Reads `text`, surrounding white space ignored. nullopt if it is no quantity, or if it exceeds kMaxDigits.
  // O(size of text), no allocation for texts of at most 15 bytes and 18 digits.
  [[nodiscard]] static std::optional<Quantity> Parse(std::string_view text);

  // The text on output: as written, or rewritten from the value with the largest suffix that leaves an integer (spec 03
  // §12.8b). Parse(Canonical()) has the same value, except that a decimal number beyond the suffix `E` loses its
  // suffix, as it does in Kubernetes: `1000E` becomes `1`.
  [[nodiscard]] std::string Canonical() const;

  [[nodiscard]] bool IsZero() const { return big_ ? digits_.empty() : value_ == 0; }
  [[nodiscard]] bool IsNegative() const { return big_ ? negative_ : value_ < 0; }

  // The value in units of 10^scale10, rounded away from zero: 3 for ScaledValue(0) of `2100m`, 2100 for
  // ScaledValue(-3). nullopt if that exceeds 64 bits. O(1), O(digits) for numbers of more than 18 digits.
  [[nodiscard]] std::optional<std::int64_t> ScaledValue(int scale10) const;

  // Borrowed from this object.
  [[nodiscard]] Form form() const;

  // By numeric value: `1` equals `1000m`.
  friend std::strong_ordering operator<=>(const Quantity& a, const Quantity& b);
  friend bool operator==(const Quantity& a, const Quantity& b) { return (a <=> b) == 0; }

 private:
  bool big_ = false;
  bool negative_ = false;
  Format format_ = Format::kDecimalSi;
  std::int32_t scale_ = 0;  // exponent of ten of value_; the negated one of digits_
  std::int64_t value_ = 0;
  std::string digits_;
  std::string text_;
};

// Whether Parse takes `text`, without surrounding white space, and keeps it as it is on output. False for the few other
// texts that output happens to give back, such as `1Ei`. Neither allocates nor builds a number.
[[nodiscard]] bool IsCanonicalQuantity(std::string_view text);

}  // namespace grove
