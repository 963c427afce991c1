#include "planner/name_budget/shorter_name.h"

#include <algorithm>

namespace grove::planner {

namespace {

using Words = std::vector<std::string_view>;

constexpr std::size_t kLongestName = 253;  // that any object may have; what is beyond is lost anyway

Words SplitWords(std::string_view name) {
  Words words;
  while (!name.empty()) {
    const std::size_t end = std::min(name.find_first_of("-."), name.size());
    if (end > 0) words.push_back(name.substr(0, end));
    name.remove_prefix(std::min(end + 1, name.size()));
  }
  return words;
}

std::string JoinWords(const Words& words) {
  std::string name;
  for (const std::string_view word : words) {
    if (!name.empty()) name += '-';
    name += word;
  }
  return name;
}

// Takes the last character off the longest word, of equal ones the last, or the last word if all have one character.
// False if nothing is left to take.
bool Shorten(Words& words) {
  if (words.empty()) return false;
  auto longest = words.begin();
  for (auto word = words.begin(); word != words.end(); ++word) {
    if (word->size() >= longest->size()) longest = word;
  }
  if (longest->size() > 1) {
    longest->remove_suffix(1);
  } else {
    words.pop_back();
  }
  return !words.empty();
}

}  // namespace

std::string ShorterName(std::string_view name, std::size_t most, const std::vector<std::string_view>& taken) {
  // Dots become dashes, and a letter of several bytes may be cut in two: such names are refused anyway.
  Words words = SplitWords(name.substr(0, kLongestName));
  std::string shorter = JoinWords(words);
  while (shorter.size() > most || std::ranges::find(taken, shorter) != taken.end()) {
    if (!Shorten(words)) return {};
    shorter = JoinWords(words);
  }
  return shorter;
}

}  // namespace grove::planner
