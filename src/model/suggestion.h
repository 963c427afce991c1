// "Did you mean": the known name that is nearest to an unknown one.
#pragma once

#include <cstddef>
#include <functional>
#include <string_view>

namespace grove::internal {

// Suggestions in one document, and names that one is looked for among: as much as a person can take in, and a bound on
// the cost.
inline constexpr std::size_t kMostSuggestions = 100;
inline constexpr std::size_t kMostCandidates = 1000;

// Texts beyond this are no slips of the pen: nothing is looked for.
inline constexpr std::size_t kLongestSlip = 64;

// Single-character edits (insert, delete, replace, swap of neighbours) between two names, letter case, `-` and `_`
// being ignored; a number over `bound` if there are more. O(|a| * |b|), at most kLongestSlip squared.
[[nodiscard]] std::size_t EditDistance(std::string_view a, std::string_view b, std::size_t bound);

// Edits that a slip of the pen in `text` may take: a third of its length, at most 3.
[[nodiscard]] std::size_t LargestSlip(std::string_view text);

// Whether `part`, three characters or more, stands in `text`, letter case being ignored.
[[nodiscard]] bool IsPartOf(std::string_view part, std::string_view text);

// The candidate nearest to `text`, of equally near ones the first; empty if all are too far away. `name` makes a
// std::string_view of a candidate.
template <class Candidates, class Name = std::identity>
[[nodiscard]] std::string_view NearestName(std::string_view text, const Candidates& candidates, Name name = {}) {
  std::string_view nearest;
  std::size_t bound = LargestSlip(text);
  for (const auto& candidate : candidates) {
    const std::string_view candidate_name = std::invoke(name, candidate);
    const std::size_t distance = EditDistance(text, candidate_name, bound);
    if (distance > bound || (distance == bound && !nearest.empty())) continue;
    nearest = candidate_name;
    bound = distance;
  }
  return nearest;
}

// The same for values of an enumeration, where also a part of one value alone is taken for it: `InOrder` means
// CliqueStartupTypeInOrder.
template <class Candidates>
[[nodiscard]] std::string_view NearestValue(std::string_view text, const Candidates& candidates) {
  if (const std::string_view nearest = NearestName(text, candidates); !nearest.empty()) return nearest;
  std::string_view whole;
  for (const std::string_view candidate : candidates) {
    if (!IsPartOf(text, candidate)) continue;
    if (!whole.empty()) return {};
    whole = candidate;
  }
  return whole;
}

}  // namespace grove::internal
