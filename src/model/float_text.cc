#include "model/float_text.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <limits>

namespace grove::internal {
namespace {

// d.ddd × 10^exponent
struct Decimal {
  bool negative = false;
  std::string digits;
  int exponent = 0;
};

template <class Float>
Decimal Decompose(Float value) {
  char buffer[32];
  const char* end = std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::scientific).ptr;
  Decimal decimal;
  const char* p = buffer;
  if (*p == '-') {
    decimal.negative = true;
    ++p;
  }
  for (; *p != 'e'; ++p) {
    if (*p != '.') decimal.digits += *p;
  }
  ++p;
  if (*p == '+') ++p;
  std::from_chars(p, end, decimal.exponent);
  return decimal;
}

std::string Fixed(const Decimal& decimal) {
  std::string text = decimal.negative ? "-" : "";
  const int count = static_cast<int>(decimal.digits.size());
  if (decimal.exponent < 0) {
    text += "0.";
    text.append(static_cast<std::size_t>(-decimal.exponent - 1), '0');
    return text + decimal.digits;
  }
  const int whole = decimal.exponent + 1;
  if (count <= whole) {
    text += decimal.digits;
    text.append(static_cast<std::size_t>(whole - count), '0');
    return text;
  }
  text.append(decimal.digits, 0, static_cast<std::size_t>(whole));
  text += '.';
  text.append(decimal.digits, static_cast<std::size_t>(whole));
  return text;
}

std::string Scientific(const Decimal& decimal, int exponent_digits) {
  std::string text = decimal.negative ? "-" : "";
  text += decimal.digits[0];
  if (decimal.digits.size() > 1) {
    text += '.';
    text.append(decimal.digits, 1);
  }
  text += 'e';
  text += decimal.exponent < 0 ? '-' : '+';
  const std::string exponent = std::to_string(std::abs(decimal.exponent));
  if (static_cast<int>(exponent.size()) < exponent_digits) text += '0';
  return text + exponent;
}

// Whether a number that no double holds is too small rather than too large.
bool Underflows(std::string_view text) {
  const std::size_t mark = text.find_first_of("eE");
  const std::string_view mantissa = text.substr(0, mark);
  const std::size_t first = mantissa.find_first_of("123456789");
  if (first == std::string_view::npos) return true;
  const std::size_t point = std::min(mantissa.find('.'), mantissa.size());
  const auto scale = static_cast<std::int64_t>(point) - static_cast<std::int64_t>(first);
  if (mark == std::string_view::npos) return scale < 0;
  std::string_view exponent = text.substr(mark + 1);
  const bool negative = exponent.front() == '-';
  if (negative || exponent.front() == '+') exponent.remove_prefix(1);
  std::int64_t magnitude = 0;
  if (std::from_chars(exponent.data(), exponent.data() + exponent.size(), magnitude).ec != std::errc()) return negative;
  return (negative ? -magnitude : magnitude) + scale < 0;
}

}  // namespace

std::string FormatJsonFloat(double value) {
  const Decimal decimal = Decompose(value);
  const double magnitude = std::fabs(value);
  if (magnitude != 0 && (magnitude < 1e-6 || magnitude >= 1e21)) return Scientific(decimal, 1);
  return Fixed(decimal);
}

std::string FormatGeneralFloat(float value) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value < 0 ? "-Inf" : "+Inf";
  const Decimal decimal = Decompose(value);
  if (decimal.exponent < -4 || decimal.exponent >= 6) return Scientific(decimal, 2);
  return Fixed(decimal);
}

double ParseFloat(std::string_view text) {
  if (!text.empty() && text.front() == '+') text.remove_prefix(1);
  double value = 0;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
  if (result.ec != std::errc::result_out_of_range) return value;
  const bool negative = text.front() == '-';
  const double magnitude = Underflows(text) ? 0.0 : std::numeric_limits<double>::infinity();
  return negative ? -magnitude : magnitude;
}

}  // namespace grove::internal
