#include "model/suggestion.h"

#include <algorithm>
#include <array>

namespace grove::internal {

namespace {

constexpr std::size_t kMostEdits = 3;
constexpr std::size_t kShortestPart = 3;

char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// A name as far as it counts.
struct PlainName {
  explicit PlainName(std::string_view name) {
    for (const char c : name) {
      if (c != '-' && c != '_') characters[size++] = Lower(c);
    }
  }

  std::array<char, kLongestSlip> characters;
  std::size_t size = 0;
};

}  // namespace

std::size_t LargestSlip(std::string_view text) { return std::min(text.size() / 3, kMostEdits); }

// Damerau's distance with adjacent swaps, by rows; `before` is the row before the previous one.
std::size_t EditDistance(std::string_view a, std::string_view b, std::size_t bound) {
  if (a.empty() || b.empty() || a.size() > kLongestSlip || b.size() > kLongestSlip) return bound + 1;
  const PlainName from(a);
  const PlainName to(b);
  if (std::max(from.size, to.size) - std::min(from.size, to.size) > bound) return bound + 1;
  using Row = std::array<std::size_t, kLongestSlip + 1>;
  Row before{};
  Row previous{};
  Row row{};
  for (std::size_t j = 0; j <= to.size; ++j) previous[j] = j;
  for (std::size_t i = 1; i <= from.size; ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= to.size; ++j) {
      const bool same = from.characters[i - 1] == to.characters[j - 1];
      row[j] = std::min({previous[j] + 1, row[j - 1] + 1, previous[j - 1] + (same ? 0u : 1u)});
      const bool swapped = i > 1 && j > 1 && from.characters[i - 1] == to.characters[j - 2] &&
                           from.characters[i - 2] == to.characters[j - 1];
      if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    before = previous;
    previous = row;
  }
  return previous[to.size];
}

bool IsPartOf(std::string_view part, std::string_view text) {
  if (part.size() < kShortestPart) return false;
  const auto same = [](char a, char b) { return Lower(a) == Lower(b); };
  return std::search(text.begin(), text.end(), part.begin(), part.end(), same) != text.end();
}

}  // namespace grove::internal
