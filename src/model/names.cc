#include "model/names.h"

#include <algorithm>
#include <cstdint>

#include "model/stable_sort.h"

namespace grove {
namespace {

// Classes of characters, as bits.
enum Class : std::uint8_t {
  kLower = 1,
  kUpper = 2,
  kDigit = 4,
  kDash = 8,
  kDot = 16,
  kUnderscore = 32,
  kCommaOrColon = 64,
};
constexpr unsigned kLowerOrDigit = kLower | kDigit;
constexpr unsigned kLetter = kLower | kUpper;
constexpr unsigned kAlphanumeric = kLetter | kDigit;
constexpr unsigned kNameInside = kAlphanumeric | kDash | kUnderscore | kDot;

constexpr std::array<std::uint8_t, 256> MakeClasses() {
  std::array<std::uint8_t, 256> classes{};
  for (char c = 'a'; c <= 'z'; ++c) classes[static_cast<std::size_t>(c)] = kLower;
  for (char c = 'A'; c <= 'Z'; ++c) classes[static_cast<std::size_t>(c)] = kUpper;
  for (char c = '0'; c <= '9'; ++c) classes[static_cast<std::size_t>(c)] = kDigit;
  classes['-'] = kDash;
  classes['.'] = kDot;
  classes['_'] = kUnderscore;
  classes[','] = kCommaOrColon;
  classes[':'] = kCommaOrColon;
  return classes;
}
constexpr std::array<std::uint8_t, 256> kClasses = MakeClasses();

bool Is(char c, unsigned classes) { return (kClasses[static_cast<unsigned char>(c)] & classes) != 0; }

bool AllOf(std::string_view text, unsigned classes) {
  return std::ranges::all_of(text, [classes](char c) { return Is(c, classes); });
}

// Not empty, first and last character of the class `ends`, all of the class `inside`.
bool Enclosed(std::string_view text, unsigned ends, unsigned inside) {
  return !text.empty() && Is(text.front(), ends) && Is(text.back(), ends) && AllOf(text, inside);
}

bool IsLabelText(std::string_view text) { return Enclosed(text, kLowerOrDigit, kLowerOrDigit | kDash); }

bool IsNameText(std::string_view text) { return Enclosed(text, kAlphanumeric, kNameInside); }

bool IsSubdomainText(std::string_view text) {
  for (std::size_t dot = text.find('.'); dot != std::string_view::npos; dot = text.find('.')) {
    if (!IsLabelText(text.substr(0, dot))) return false;
    text.remove_prefix(dot + 1);
  }
  return IsLabelText(text);
}

// Messages of one rule with a length and a pattern.
struct Messages {
  std::string_view too_long;
  std::string_view pattern;
};

constexpr Messages kLabelMessages = {
    "must be no more than 63 bytes",
    "must consist of lower case letters, digits or '-', and start and end with a letter or digit"};
constexpr Messages kSubdomainMessages = {
    "must be no more than 253 bytes",
    "must consist of lower case letters, digits, '-' or '.', and each part between dots must start and end with a "
    "letter or digit"};
constexpr Messages kPrefixMessages = {
    "prefix must be no more than 253 bytes",
    "prefix must consist of lower case letters, digits, '-' or '.', and each of its parts between dots must start and "
    "end with a letter or digit"};
constexpr Messages kNameMessages = {
    "name must be no more than 63 bytes",
    "name must consist of letters, digits, '-', '_' or '.', and start and end with a letter or digit"};
constexpr Messages kValueMessages = {
    "must be no more than 63 bytes",
    "must be empty or consist of letters, digits, '-', '_' or '.', and start and end with a letter or digit"};

void Report(std::size_t size, std::size_t max_size, bool matches, const Messages& messages, NameErrors& errors) {
  if (size > max_size) errors.Add(messages.too_long);
  if (!matches) errors.Add(messages.pattern);
}

// The text in lower case, as far as a check of ASCII characters can see: besides A to Z, two characters beyond ASCII
// have an ASCII letter as lower case.
std::string LowerCase(std::string_view text) {
  constexpr std::string_view kCapitalIWithDot = "\u0130";
  constexpr std::string_view kKelvinSign = "\u212a";
  std::string lower;
  lower.reserve(text.size());
  while (!text.empty()) {
    if (text.starts_with(kCapitalIWithDot)) {
      lower += 'i';
      text.remove_prefix(kCapitalIWithDot.size());
    } else if (text.starts_with(kKelvinSign)) {
      lower += 'k';
      text.remove_prefix(kKelvinSign.size());
    } else {
      lower += Is(text[0], kUpper) ? static_cast<char>(text[0] - 'A' + 'a') : text[0];
      text.remove_prefix(1);
    }
  }
  return lower;
}

// White space of Unicode, as UTF-8. Those of one byte are tested by IsAsciiSpace.
constexpr std::array<std::string_view, 19> kWideSpaces = {
    "\u0085", "\u00a0", "\u1680", "\u2000", "\u2001", "\u2002", "\u2003", "\u2004", "\u2005", "\u2006",
    "\u2007", "\u2008", "\u2009", "\u200a", "\u2028", "\u2029", "\u202f", "\u205f", "\u3000"};

bool IsAsciiSpace(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

std::size_t SpaceAtFront(std::string_view text) {
  if (IsAsciiSpace(text.front())) return 1;
  if (static_cast<unsigned char>(text.front()) < 0x80) return 0;
  for (const std::string_view space : kWideSpaces) {
    if (text.starts_with(space)) return space.size();
  }
  return 0;
}

std::size_t SpaceAtBack(std::string_view text) {
  if (IsAsciiSpace(text.back())) return 1;
  if (static_cast<unsigned char>(text.back()) < 0x80) return 0;
  for (const std::string_view space : kWideSpaces) {
    if (text.ends_with(space)) return space.size();
  }
  return 0;
}

// Few texts: compares each with all before it.
std::vector<std::string_view> FindDuplicatesOfFew(std::span<const std::string_view> texts) {
  std::vector<std::string_view> duplicates;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const auto before = texts.first(i);
    if (std::ranges::find(before, texts[i]) != before.end()) continue;
    const auto after = texts.subspan(i + 1);
    if (std::ranges::find(after, texts[i]) != after.end()) duplicates.push_back(texts[i]);
  }
  return duplicates;
}

}  // namespace

NameErrors CheckDnsLabel(std::string_view text) {
  NameErrors errors;
  Report(text.size(), kMaxDnsLabel, IsLabelText(text), kLabelMessages, errors);
  return errors;
}

NameErrors CheckDnsSubdomain(std::string_view text) {
  NameErrors errors;
  Report(text.size(), kMaxDnsSubdomain, IsSubdomainText(text), kSubdomainMessages, errors);
  return errors;
}

NameErrors CheckQualifiedName(std::string_view text) {
  NameErrors errors;
  std::string_view name = text;
  if (const std::size_t slash = text.find('/'); slash != std::string_view::npos) {
    const std::string_view prefix = text.substr(0, slash);
    name = text.substr(slash + 1);
    if (name.find('/') != std::string_view::npos) {
      errors.Add("must be a name, with a DNS subdomain and one '/' before it or without");
      return errors;
    }
    if (prefix.empty()) {
      errors.Add("prefix must not be empty");
    } else {
      Report(prefix.size(), kMaxDnsSubdomain, IsSubdomainText(prefix), kPrefixMessages, errors);
    }
  }
  if (name.empty()) errors.Add("name must not be empty");
  Report(name.size(), kMaxQualifiedName, IsNameText(name), kNameMessages, errors);
  return errors;
}

NameErrors CheckLabelValue(std::string_view text) {
  NameErrors errors;
  Report(text.size(), kMaxLabelValue, text.empty() || IsNameText(text), kValueMessages, errors);
  return errors;
}

NameErrors CheckAnnotationKey(std::string_view text) {
  // Case decides in the prefix only, and nothing else that is valid changes its length.
  const std::string_view prefix = text.substr(0, text.find('/'));
  const bool has_upper = prefix.size() != text.size() && !AllOf(prefix, kLowerOrDigit | kDash | kDot);
  const bool beyond_ascii = std::ranges::any_of(text, [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
  if (!has_upper && !beyond_ascii) return CheckQualifiedName(text);
  return CheckQualifiedName(LowerCase(text));
}

NameErrors CheckEnvironmentName(std::string_view text) {
  constexpr unsigned kInside = kNameInside;
  NameErrors errors;
  if (text.empty() || !AllOf(text, kInside) || Is(text.front(), kDigit)) {
    errors.Add("must consist of letters, digits, '_', '-' or '.', and not start with a digit");
  }
  if (text == ".") {
    errors.Add("must not be '.'");
  } else if (text == "..") {
    errors.Add("must not be '..'");
  } else if (text.starts_with("..")) {
    errors.Add("must not start with '..'");
  }
  return errors;
}

std::string MaskTrailingDash(std::string_view generate_name) {
  if (generate_name.size() <= 1 || generate_name.back() != '-') return std::string(generate_name);
  return std::string(generate_name.substr(0, generate_name.size() - 2)) + "a";
}

bool HasVersion(std::string_view api_version) {
  const std::size_t slash = api_version.find('/');
  if (slash == std::string_view::npos) return !api_version.empty();
  const std::string_view version = api_version.substr(slash + 1);
  return !version.empty() && version.find('/') == std::string_view::npos;
}

std::string_view TrimSpace(std::string_view text) {
  while (!text.empty()) {
    const std::size_t space = SpaceAtFront(text);
    if (space == 0) break;
    text.remove_prefix(space);
  }
  while (!text.empty()) {
    const std::size_t space = SpaceAtBack(text);
    if (space == 0) break;
    text.remove_suffix(space);
  }
  return text;
}

bool IsTopologyDomain(std::string_view text) {
  return !text.empty() && Is(text.front(), kLower) && AllOf(text, kLowerOrDigit | kDash);
}

bool IsTopologyLevelKey(std::string_view text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) return IsNameText(text);
  return IsNameText(text.substr(0, slash)) && IsNameText(text.substr(slash + 1));
}

bool IsConditionType(std::string_view text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) return IsNameText(text);
  return IsSubdomainText(text.substr(0, slash)) && IsNameText(text.substr(slash + 1));
}

bool IsConditionReason(std::string_view text) {
  constexpr unsigned kLast = kAlphanumeric | kUnderscore;
  return !text.empty() && Is(text.front(), kLetter) && Is(text.back(), kLast) && AllOf(text, kLast | kCommaOrColon);
}

bool IsQuantityText(std::string_view text) {
  const auto skip_one_of = [&](std::string_view characters) {
    if (text.empty() || characters.find(text.front()) == std::string_view::npos) return false;
    text.remove_prefix(1);
    return true;
  };
  const auto skip_digits = [&] {
    bool any = false;
    while (skip_one_of("0123456789")) any = true;
    return any;
  };
  const auto skip_number = [&] {
    const bool whole = skip_digits();
    const bool fraction = skip_one_of(".") && skip_digits();
    return whole || fraction;
  };
  skip_one_of("+-");
  if (!skip_number()) return false;
  if (text.empty()) return true;
  if (text.size() == 1) return std::string_view("numkMGTPE").find(text.front()) != std::string_view::npos;
  if (text.size() == 2 && text.back() == 'i')
    return std::string_view("KMGTPE").find(text.front()) != std::string_view::npos;
  if (!skip_one_of("eE")) return false;
  skip_one_of("+-");
  return skip_number() && text.empty();
}

std::vector<std::string_view> FindDuplicates(std::span<const std::string_view> texts) {
  constexpr std::size_t kFew = 16;
  if (texts.size() <= kFew) return FindDuplicatesOfFew(texts);
  const std::vector<std::uint32_t> order =
      internal::StableOrder(texts.size(), [&](std::uint32_t a, std::uint32_t b) { return texts[a] < texts[b]; });
  std::vector<std::size_t> first_of_duplicates;
  for (std::size_t i = 0; i + 1 < order.size();) {
    std::size_t next = i + 1;
    while (next < order.size() && texts[order[next]] == texts[order[i]]) ++next;
    if (next - i > 1) first_of_duplicates.push_back(order[i]);
    i = next;
  }
  std::sort(first_of_duplicates.begin(), first_of_duplicates.end());
  std::vector<std::string_view> duplicates;
  duplicates.reserve(first_of_duplicates.size());
  for (const std::size_t index : first_of_duplicates) duplicates.push_back(texts[index]);
  return duplicates;
}

}  // namespace grove
