#include "model/yaml_scalar.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <optional>
#include <tuple>
#include <utility>

#include "model/float_text.h"
#include "model/utf8.h"

namespace grove::internal {
namespace {

using Type = YamlScalar::Type;

struct Word {
  std::string_view text;
  Type type;
  bool boolean;
  double number;
};

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

constexpr std::array kWords = {
    Word{"", Type::kNull, false, 0},
    Word{"~", Type::kNull, false, 0},
    Word{"null", Type::kNull, false, 0},
    Word{"Null", Type::kNull, false, 0},
    Word{"NULL", Type::kNull, false, 0},
    Word{"y", Type::kBoolean, true, 0},
    Word{"Y", Type::kBoolean, true, 0},
    Word{"yes", Type::kBoolean, true, 0},
    Word{"Yes", Type::kBoolean, true, 0},
    Word{"YES", Type::kBoolean, true, 0},
    Word{"true", Type::kBoolean, true, 0},
    Word{"True", Type::kBoolean, true, 0},
    Word{"TRUE", Type::kBoolean, true, 0},
    Word{"on", Type::kBoolean, true, 0},
    Word{"On", Type::kBoolean, true, 0},
    Word{"ON", Type::kBoolean, true, 0},
    Word{"n", Type::kBoolean, false, 0},
    Word{"N", Type::kBoolean, false, 0},
    Word{"no", Type::kBoolean, false, 0},
    Word{"No", Type::kBoolean, false, 0},
    Word{"NO", Type::kBoolean, false, 0},
    Word{"false", Type::kBoolean, false, 0},
    Word{"False", Type::kBoolean, false, 0},
    Word{"FALSE", Type::kBoolean, false, 0},
    Word{"off", Type::kBoolean, false, 0},
    Word{"Off", Type::kBoolean, false, 0},
    Word{"OFF", Type::kBoolean, false, 0},
    Word{".nan", Type::kFloat, false, kNaN},
    Word{".NaN", Type::kFloat, false, kNaN},
    Word{".NAN", Type::kFloat, false, kNaN},
    Word{".inf", Type::kFloat, false, kInfinity},
    Word{".Inf", Type::kFloat, false, kInfinity},
    Word{".INF", Type::kFloat, false, kInfinity},
    Word{"+.inf", Type::kFloat, false, kInfinity},
    Word{"+.Inf", Type::kFloat, false, kInfinity},
    Word{"+.INF", Type::kFloat, false, kInfinity},
    Word{"-.inf", Type::kFloat, false, -kInfinity},
    Word{"-.Inf", Type::kFloat, false, -kInfinity},
    Word{"-.INF", Type::kFloat, false, -kInfinity},
};
constexpr std::size_t kLongestWord = 5;

constexpr std::string_view kTagPrefix = "tag:yaml.org,2002:";

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

YamlScalar Make(Type type, std::string text = {}) {
  YamlScalar scalar;
  scalar.type = type;
  scalar.text = std::move(text);
  return scalar;
}

YamlScalar FromWord(const Word& word) {
  YamlScalar scalar;
  scalar.type = word.type;
  scalar.boolean = word.boolean;
  scalar.number = word.number;
  return scalar;
}

YamlScalar FloatOf(double value) {
  YamlScalar scalar;
  scalar.type = Type::kFloat;
  scalar.number = value;
  if (std::isfinite(value)) scalar.text = FormatJsonFloat(value);
  return scalar;
}

std::string WithoutUnderscores(std::string_view text) {
  std::string plain(text);
  std::erase(plain, '_');
  return plain;
}

std::size_t SkipDigits(std::string_view text, std::size_t i) {
  while (i < text.size() && IsDigit(text[i])) ++i;
  return i;
}

// ^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$
bool IsFloatText(std::string_view text) {
  std::size_t i = !text.empty() && (text[0] == '-' || text[0] == '+') ? 1 : 0;
  const std::size_t whole = SkipDigits(text, i);
  const bool has_whole = whole > i;
  i = whole;
  if (i < text.size() && text[i] == '.') {
    const std::size_t end = SkipDigits(text, i + 1);
    if (!has_whole && end == i + 1) return false;
    i = end;
  } else if (!has_whole) {
    return false;
  }
  if (i < text.size() && (text[i] == 'e' || text[i] == 'E')) {
    ++i;
    if (i < text.size() && (text[i] == '-' || text[i] == '+')) ++i;
    const std::size_t end = SkipDigits(text, i);
    if (end == i) return false;
    i = end;
  }
  return i == text.size();
}

// Base of the digits after a prefix, and the length of the prefix: 0x, 0o, 0b, or a leading zero for octal.
std::pair<int, std::size_t> BaseOf(std::string_view digits) {
  if (digits.size() < 2 || digits[0] != '0') return {10, 0};
  switch (digits[1]) {
    case 'x':
    case 'X':
      return {16, 2};
    case 'o':
    case 'O':
      return {8, 2};
    case 'b':
    case 'B':
      return {2, 2};
    default:
      return {8, 1};
  }
}

// Digits of `base` as a signed or, without a sign, unsigned number of 64 bits, spelt in decimal.
std::optional<std::string> IntegerText(std::string_view digits, int base, bool negative, bool plus) {
  std::uint64_t magnitude = 0;
  const char* end = digits.data() + digits.size();
  const auto result = std::from_chars(digits.data(), end, magnitude, base);
  if (result.ec != std::errc() || result.ptr != end) return std::nullopt;
  constexpr std::uint64_t kMax = std::numeric_limits<std::int64_t>::max();
  if (negative && magnitude > kMax + 1) return std::nullopt;
  if (plus && magnitude > kMax) return std::nullopt;
  std::string spelt = std::to_string(magnitude);
  if (negative && magnitude != 0) spelt.insert(0, 1, '-');
  return spelt;
}

std::optional<std::string> SignedIntegerText(std::string_view text, int base) {
  const bool negative = !text.empty() && text[0] == '-';
  const bool plus = !text.empty() && text[0] == '+';
  if (negative || plus) text.remove_prefix(1);
  std::size_t prefix = 0;
  if (base == 0) std::tie(base, prefix) = BaseOf(text);
  return IntegerText(text.substr(prefix), base, negative, plus);
}

// An integer or float that begins with a digit or sign.
YamlScalar ResolveNumber(std::string_view text) {
  const bool spaced = text.find('_') != std::string_view::npos;
  const std::string stripped = spaced ? WithoutUnderscores(text) : std::string();
  const std::string_view plain = spaced ? std::string_view(stripped) : text;
  if (auto integer = SignedIntegerText(plain, 0)) return Make(Type::kInteger, *std::move(integer));
  if (IsFloatText(plain)) {
    const double value = ParseFloat(plain);
    return std::isfinite(value) ? FloatOf(value) : Make(Type::kString);
  }
  // The reference accepts a sign behind this prefix.
  if (plain.starts_with("0b") && plain.size() > 2 && !IsDigit(plain[2])) {
    if (auto integer = SignedIntegerText(plain.substr(2), 2)) return Make(Type::kInteger, *std::move(integer));
  }
  return Make(Type::kString);
}

// A float that begins with its point. Here the reference takes an underscore between digits only.
YamlScalar ResolveFraction(std::string_view text) {
  for (std::size_t i = text.find('_'); i != std::string_view::npos; i = text.find('_', i + 1)) {
    if (!IsDigit(text[i - 1]) || i + 1 >= text.size() || !IsDigit(text[i + 1])) return Make(Type::kString);
  }
  const std::string plain = WithoutUnderscores(text);
  const double value = IsFloatText(plain) ? ParseFloat(plain) : kInfinity;
  return std::isfinite(value) ? FloatOf(value) : Make(Type::kString);
}

// A date, alone or with a time behind it.
bool IsTimestamp(std::string_view text) {
  std::size_t i = SkipDigits(text, 0);
  if (i != 4) return false;
  for (int part = 0; part < 2; ++part) {
    if (i >= text.size() || text[i] != '-') return false;
    const std::size_t end = SkipDigits(text, i + 1);
    if (end == i + 1 || end > i + 3) return false;
    i = end;
  }
  if (i == text.size()) return true;
  if (text[i] != 'T' && text[i] != 't' && text[i] != ' ' && text[i] != '\t') return false;
  i = std::min(text.find_first_not_of(" \t", i + 1), text.size());
  return i < text.size() && IsDigit(text[i]);
}

// ^[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?$
bool IsBase60(std::string_view text) {
  std::size_t i = !text.empty() && (text[0] == '-' || text[0] == '+') ? 1 : 0;
  if (i >= text.size() || !IsDigit(text[i])) return false;
  while (i < text.size() && (IsDigit(text[i]) || text[i] == '_')) ++i;
  if (i >= text.size() || text[i] != ':') return false;
  while (i < text.size() && text[i] == ':') {
    const std::size_t end = SkipDigits(text, i + 1);
    if (end == i + 1 || end > i + 3 || (end == i + 3 && text[i + 1] > '5')) return false;
    i = end;
  }
  if (i < text.size() && text[i] == '.') i = std::min(text.find_first_not_of("0123456789_", i + 1), text.size());
  return i == text.size();
}

bool IsPrefixedInteger(std::string_view text) {
  if (!text.empty() && (text[0] == '-' || text[0] == '+')) text.remove_prefix(1);
  if (text.size() < 3 || text[0] != '0') return false;
  const std::string_view digits = text[1] == 'x'   ? "0123456789abcdefABCDEF_"
                                  : text[1] == 'b' ? "01_"
                                  : text[1] == 'o' ? "01234567_"
                                                   : "";
  return !digits.empty() && text.find_first_not_of(digits, 2) == std::string_view::npos;
}

int Base64Digit(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (IsDigit(c)) return c - '0' + 52;
  return c == '+' ? 62 : c == '/' ? 63 : -1;
}

// Standard base64 with padding; line breaks are skipped.
std::optional<std::string> DecodeBase64(std::string_view text) {
  std::string clean(text);
  std::erase_if(clean, [](char c) { return c == '\n' || c == '\r'; });
  if (clean.size() % 4 != 0) return std::nullopt;
  std::size_t padding = 0;
  while (padding < 2 && !clean.empty() && clean.back() == '=') {
    clean.pop_back();
    ++padding;
  }
  std::string out;
  std::uint32_t bits = 0;
  int held = 0;
  for (const char c : clean) {
    const int digit = Base64Digit(c);
    if (digit < 0) return std::nullopt;
    bits = (bits << 6) | static_cast<std::uint32_t>(digit);
    held += 6;
    if (held >= 8) {
      held -= 8;
      out += static_cast<char>((bits >> held) & 0xFF);
    }
  }
  return out;
}

// To the precision that the reference spells keys with.
float Narrow(double value) {
  if (std::fabs(value) <= std::numeric_limits<float>::max()) return static_cast<float>(value);
  return std::isnan(value) ? std::numeric_limits<float>::quiet_NaN()
                           : std::copysign(std::numeric_limits<float>::infinity(), value < 0 ? -1.0F : 1.0F);
}

std::string_view NameOf(const YamlScalar& scalar, std::string_view text) {
  switch (scalar.type) {
    case Type::kNull:
      return "null";
    case Type::kBoolean:
      return "bool";
    case Type::kInteger:
      return "int";
    case Type::kFloat:
      return "float";
    default:
      return IsTimestamp(text) ? "timestamp" : "str";
  }
}

}  // namespace

YamlScalar ResolveYamlScalar(std::string_view text) {
  if (text.size() <= kLongestWord) {
    const auto word = std::ranges::find(kWords, text, &Word::text);
    if (word != kWords.end()) return FromWord(*word);
  }
  if (IsDigit(text[0]) || text[0] == '-' || text[0] == '+') return ResolveNumber(text);
  if (text[0] == '.') return ResolveFraction(text);
  return Make(Type::kString);
}

YamlScalar ResolveTaggedYamlScalar(std::string_view tag, std::string_view text) {
  if (!tag.starts_with(kTagPrefix)) return Make(Type::kString);
  const std::string_view name = tag.substr(kTagPrefix.size());
  if (name == "binary") {
    auto bytes = DecodeBase64(text);
    if (!bytes.has_value()) return Make(Type::kError, "!!binary value is no base64 text");
    return Make(Type::kBinary, ReplaceInvalidUtf8(*bytes));
  }
  constexpr std::array<std::string_view, 5> kResolvable = {"bool", "int", "float", "null", "timestamp"};
  if (std::ranges::find(kResolvable, name) == kResolvable.end()) return Make(Type::kString);
  YamlScalar scalar = ResolveYamlScalar(text);
  const std::string_view found = NameOf(scalar, text);
  if (found == name) return scalar;
  if (name == "float" && found == "int") {
    // Only what fits 64 signed bits, as in the reference.
    std::int64_t value = 0;
    const char* end = scalar.text.data() + scalar.text.size();
    if (std::from_chars(scalar.text.data(), end, value).ec == std::errc()) return FloatOf(static_cast<double>(value));
  }
  std::string message = "`";
  message.append(Excerpt(text)).append("` is of type !!").append(found).append(", tagged as !!").append(name);
  return Make(Type::kError, std::move(message));
}

YamlScalar YamlKey(const YamlScalar& scalar, std::string_view text) {
  switch (scalar.type) {
    case Type::kBoolean:
      return Make(Type::kString, scalar.boolean ? "true" : "false");
    case Type::kInteger: {
      std::int64_t value = 0;
      const char* end = scalar.text.data() + scalar.text.size();
      if (std::from_chars(scalar.text.data(), end, value).ec == std::errc()) return Make(Type::kString, scalar.text);
      return Make(Type::kError, "key " + scalar.text + " is too large a number; quote it");
    }
    case Type::kFloat: {
      const std::string spelt = FormatGeneralFloat(Narrow(scalar.number));
      return Make(Type::kString, spelt == "+Inf"   ? ".inf"
                                 : spelt == "-Inf" ? "-.inf"
                                 : spelt == "NaN"  ? ".nan"
                                                   : spelt);
    }
    case Type::kString:
      return Make(Type::kString, std::string(text));
    case Type::kBinary:
      return Make(Type::kString, scalar.text);
    case Type::kNull:
      return Make(Type::kError, "null is no key; quote it or name one");
    case Type::kError:
      break;
  }
  return scalar;
}

bool IsAmbiguousInYaml(std::string_view text) {
  if (text.empty() || text == "<<" || text == "=") return true;
  const char first = text[0];
  if (!IsDigit(first) && first != '.' && first != '-' && first != '+') {
    return ResolveYamlScalar(text).type != Type::kString;
  }
  return ResolveYamlScalar(text).type != Type::kString || IsTimestamp(text) || IsBase60(text) ||
         IsPrefixedInteger(text) || IsFloatText(WithoutUnderscores(text));
}

}  // namespace grove::internal
