#include "cli/text.h"

#include <algorithm>

#include <fmt/format.h>

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

}  // namespace

std::string Paint(bool color, Ink ink, std::string_view text) {
  if (!color || ink == Ink::kNone || text.empty()) return std::string(text);
  return fmt::format("{}{}\x1b[0m", EscapeSequence(ink), text);
}

std::string Printable(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const bool c1 = byte == 0xC2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xA0;
    if (c1) ++i;
    out += c1 || byte < 0x20 || byte == 0x7F ? '?' : text[i];
  }
  return out;
}

std::size_t Columns(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return !IsContinuation(c); }));
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
  std::string shown(line.substr(start, end - start));
  std::replace(shown.begin(), shown.end(), '\t', ' ');
  const std::string_view before = line.substr(start, caret - start);
  return fmt::format("{:>6} | {}{}{}\n       | {:{}}{}\n", location.line, start > 0 ? "..." : "", Printable(shown),
                     end < line.size() ? "..." : "", "", Columns(Printable(before)) + (start > 0 ? 3 : 0),
                     Paint(color, Ink::kCaret, "^"));
}

std::string Count(std::int64_t number, std::string_view noun) {
  return fmt::format("{} {}{}", number, noun, number == 1 ? "" : "s");
}

}  // namespace grove::cli
