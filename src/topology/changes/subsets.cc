#include "topology/changes/subsets.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace grove::topology {
namespace {

using Items = std::vector<std::uint32_t>;

Items Joined(const Items& a, const Items& b) {
  Items all;
  std::merge(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(all));
  return all;
}

class Finder {
 public:
  Finder(std::uint32_t count, std::uint64_t most_sets, const Suffices& suffices)
      : count_(count), most_sets_(most_sets), suffices_(suffices) {}

  SufficientSet Run(std::uint32_t at_least) {
    SufficientSet found;
    Items all = ShortestPrefix();
    if (all.empty()) return found;
    open_ = false;
    found.items = all.size() == 1 ? all : Reduced({}, false, all);
    found.irreducible = !open_;
    // What fits need not fit with more room where pods ask for company: what is given is what was asked.
    if (found.items != all && !Ask(found.items)) found = {.items = all, .irreducible = false, .smallest = false};
    found.smallest = true;
    for (std::uint32_t size = std::max<std::uint32_t>(1, at_least); size < found.items.size(); ++size) {
      open_ = false;
      Items smaller = CountSets(size) <= most_sets_ ? FirstOfSize(size) : Items{};
      if (!smaller.empty()) {
        found.irreducible = found.smallest;
        found.items = std::move(smaller);
        break;
      }
      found.smallest = found.smallest && !open_ && CountSets(size) <= most_sets_;
      if (CountSets(size) > most_sets_) break;
    }
    return found;
  }

 private:
  bool Ask(const Items& items) {
    const Answer answer = suffices_(items);
    open_ = open_ || answer == Answer::kOpen;
    return answer == Answer::kYes;
  }

  static Items Prefix(std::uint32_t count) {
    Items items(count);
    std::iota(items.begin(), items.end(), 0);
    return items;
  }

  // The fewest of the first items; empty if not even all suffice.
  Items ShortestPrefix() {
    if (count_ == 0 || !Ask(Prefix(count_))) return {};
    std::uint32_t low = 1;
    std::uint32_t high = count_;
    // Small ones first: most changes are small.
    for (std::uint32_t size = 1; size < high; size *= 2) {
      if (Ask(Prefix(size))) {
        high = size;
      } else {
        low = size + 1;
      }
    }
    while (low < high) {
      const std::uint32_t middle = low + (high - low) / 2;
      if (Ask(Prefix(middle))) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return Prefix(high);
  }

  // Of `items`, those that are needed beside `given`, dividing them in halves (Junker's QuickXplain).
  Items Reduced(const Items& given, bool changed, const Items& items) {
    if (changed && Ask(given)) return {};
    if (items.size() == 1) return items;
    const auto half = items.begin() + static_cast<std::ptrdiff_t>(items.size() / 2);
    const Items first(items.begin(), half);
    const Items second(half, items.end());
    const Items of_second = Reduced(Joined(given, first), true, second);
    const Items of_first = Reduced(Joined(given, of_second), !of_second.empty(), first);
    return Joined(of_first, of_second);
  }

  [[nodiscard]] std::uint64_t CountSets(std::uint32_t size) const {
    std::uint64_t sets = 1;
    for (std::uint32_t i = 0; i < size && sets <= most_sets_; ++i) sets = sets * (count_ - i) / (i + 1);
    return sets;
  }

  // The first set of the size, in lexicographic order, that suffices.
  Items FirstOfSize(std::uint32_t size) {
    Items items = Prefix(size);
    while (true) {
      if (Ask(items)) return items;
      std::uint32_t i = size;
      while (i > 0 && items[i - 1] == count_ - size + i - 1) --i;
      if (i == 0) return {};
      ++items[i - 1];
      for (std::uint32_t j = i; j < size; ++j) items[j] = items[j - 1] + 1;
    }
  }

  std::uint32_t count_;
  std::uint64_t most_sets_;
  const Suffices& suffices_;
  bool open_ = false;
};

}  // namespace

SufficientSet FindSufficientSet(std::uint32_t count, std::uint32_t at_least, std::uint64_t most_sets,
                                const Suffices& suffices) {
  return Finder(count, most_sets, suffices).Run(at_least);
}

}  // namespace grove::topology
