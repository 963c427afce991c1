// Stable sorting with one sort in the library for all types of elements: std::stable_sort is kilobytes of code for
// each.
//
// For lists of a request or of a manifest. The inner loops of a search, where a call for each comparison counts, use
// std::sort.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"

namespace grove::internal {

// Numbers below `count`, in the order that `less` asks for; those that it finds equal stay in theirs.
// O(count log count) comparisons.
[[nodiscard]] std::vector<std::uint32_t> StableOrder(std::size_t count,
                                                     absl::FunctionRef<bool(std::uint32_t, std::uint32_t)> less);

// Sorts `items`. Each one is moved twice.
template <class T, class Allocator, class Less>
void StableSort(std::vector<T, Allocator>& items, const Less& less) {
  const std::vector<std::uint32_t> order =
      StableOrder(items.size(), [&](std::uint32_t a, std::uint32_t b) { return less(items[a], items[b]); });
  std::vector<T, Allocator> sorted(items.get_allocator());
  sorted.reserve(items.size());
  for (const std::uint32_t i : order) sorted.push_back(std::move(items[i]));
  items.swap(sorted);
}

}  // namespace grove::internal
