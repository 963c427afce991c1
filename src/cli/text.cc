#include "cli/text.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "model/utf8.h"

namespace grove::cli {

namespace {

constexpr std::size_t kExcerptColumns = 90;
constexpr std::size_t kExcerptBefore = 60;  // bytes shown before the caret, of a line that is cut

std::string_view EscapeSequence(Ink ink) {
  switch (ink) {
    case Ink::kNone:
      return {};
    case Ink::kBold:
      return "\x1b[1m";
    case Ink::kDim:
      return "\x1b[2m";
    case Ink::kError:
      return "\x1b[1;31m";
    case Ink::kWarning:
      return "\x1b[1;35m";
    case Ink::kCaret:
      return "\x1b[1;32m";
    case Ink::kAdded:
      return "\x1b[32m";
    case Ink::kName:
      return "\x1b[1;36m";
    case Ink::kNumber:
      return "\x1b[33m";
  }
  return {};
}

bool IsContinuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

// First position at or after `at` that begins a character.
std::size_t CharacterStart(std::string_view text, std::size_t at) {
  while (at < text.size() && IsContinuation(text[at])) ++at;
  return at;
}

struct Range {
  std::uint32_t first;
  std::uint32_t last;
};

// Characters that add nothing to the line: combining marks, joiners, variation selectors.
constexpr std::array kZeroWidth = {
    Range{0x0300, 0x036F}, Range{0x0483, 0x0489}, Range{0x0591, 0x05BD}, Range{0x0610, 0x061A}, Range{0x064B, 0x065F},
    Range{0x0E34, 0x0E3A}, Range{0x1AB0, 0x1AFF}, Range{0x1DC0, 0x1DFF}, Range{0x200B, 0x200F}, Range{0x20D0, 0x20FF},
    Range{0xFE00, 0xFE0F}, Range{0xFE20, 0xFE2F}, Range{0xFEFF, 0xFEFF}};
// Characters that terminals draw two columns wide (East Asian Width W and F).
constexpr std::array kWide = {Range{0x1100, 0x115F},   Range{0x231A, 0x231B},   Range{0x23E9, 0x23EC},
                              Range{0x2E80, 0x303E},   Range{0x3041, 0x33FF},   Range{0x3400, 0x4DBF},
                              Range{0x4E00, 0x9FFF},   Range{0xA000, 0xA4CF},   Range{0xA960, 0xA97F},
                              Range{0xAC00, 0xD7A3},   Range{0xF900, 0xFAFF},   Range{0xFE30, 0xFE6F},
                              Range{0xFF01, 0xFF60},   Range{0xFFE0, 0xFFE6},   Range{0x1F300, 0x1F64F},
                              Range{0x1F680, 0x1F6FF}, Range{0x1F900, 0x1F9FF}, Range{0x20000, 0x3FFFD}};

template <std::size_t kSize>
bool Holds(const std::array<Range, kSize>& ranges, std::uint32_t code_point) {
  return std::any_of(ranges.begin(), ranges.end(),
                     [&](Range range) { return code_point >= range.first && code_point <= range.last; });
}

// Of one valid character of two bytes or more.
std::uint32_t CodePoint(std::string_view character) {
  const auto byte = [&](std::size_t i) { return static_cast<std::uint32_t>(static_cast<unsigned char>(character[i])); };
  std::uint32_t code_point = byte(0) & (0xFFu >> (character.size() + 1));
  for (std::size_t i = 1; i < character.size(); ++i) code_point = code_point << 6 | (byte(i) & 0x3Fu);
  return code_point;
}

std::size_t WidthOf(std::uint32_t code_point) {
  return Holds(kZeroWidth, code_point) ? 0 : Holds(kWide, code_point) ? 2 : 1;
}

}  // namespace

std::string Paint(bool color, Ink ink, std::string_view text) {
  if (!color || ink == Ink::kNone || text.empty()) return std::string(text);
  return fmt::format("{}{}\x1b[0m", EscapeSequence(ink), text);
}

std::string Printable(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  std::size_t copied = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte >= 0x20 && byte != 0x7F && byte != 0xC2) continue;
    const bool c1 = byte == 0xC2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xA0;
    if (byte == 0xC2 && !c1) continue;
    out.append(text, copied, i - copied);
    out += '?';
    if (c1) ++i;
    copied = i + 1;
  }
  out.append(text, copied);
  return out;
}

std::size_t Columns(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return !IsContinuation(c); }));
}

std::size_t DisplayColumns(std::string_view text) {
  std::size_t columns = 0;
  while (!text.empty()) {
    const std::size_t length = std::max(internal::Utf8CharacterLength(text), std::size_t{1});
    columns += length == 1 ? 1 : WidthOf(CodePoint(text.substr(0, length)));
    text.remove_prefix(length);
  }
  return columns;
}

std::string Place(const SourceText& source, SourceLocation location) {
  const std::string name = Printable(source.name());
  if (location.line == 0) return fmt::format("{}: ", name);
  if (location.column == 0) return fmt::format("{}:{}: ", name, location.line);
  return fmt::format("{}:{}:{}: ", name, location.line, location.column);
}

std::string Excerpt(const SourceText& source, SourceLocation location, bool color) {
  const std::string_view line = source.Line(location.line);
  if (line.empty() || location.column == 0 || location.column > line.size() + 1) return {};
  const std::size_t caret = location.column - 1;
  const bool whole = line.size() <= kExcerptColumns;
  const std::size_t start = whole || caret <= kExcerptBefore ? 0 : CharacterStart(line, caret - kExcerptBefore);
  const std::size_t end = CharacterStart(line, std::min(line.size(), start + kExcerptColumns));
  const auto drawn = [](std::string_view part) { return Printable(internal::ReplaceInvalidUtf8(part)); };
  std::string tabs_as_blanks(line.substr(start, end - start));
  std::replace(tabs_as_blanks.begin(), tabs_as_blanks.end(), '\t', ' ');
  const std::string shown = drawn(tabs_as_blanks);
  const std::string before = drawn(std::string_view(tabs_as_blanks).substr(0, caret - start));
  return fmt::format("{:>6} | {}{}{}\n       | {:{}}{}\n", location.line, start > 0 ? "..." : "", shown,
                     end < line.size() ? "..." : "", "", DisplayColumns(before) + (start > 0 ? 3 : 0),
                     Paint(color, Ink::kCaret, "^"));
}

std::string Count(std::int64_t number, std::string_view noun) {
  return fmt::format("{} {}{}", number, noun, number == 1 ? "" : "s");
}

}  // namespace grove::cli
