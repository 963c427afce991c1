#include "topology/ordered_units.h"

#include <algorithm>
#include <numeric>

#include "topology/mix.h"

namespace grove::topology {
namespace {

std::uint64_t PriorityOf(std::uint32_t index) { return Mix(index); }

}  // namespace

void OrderedUnits::Build(Unit first, std::span<const Key> keys) {
  first_ = first;
  ranks_.clear();
  ranks_.reserve(keys.size());
  for (const Key& key : keys) ranks_.push_back({.copies = key.copies, .signature = key.signature});
  left_.assign(ranks_.size(), kNone);
  right_.assign(ranks_.size(), kNone);
  root_ = kNone;
  std::vector<std::uint32_t> order(ranks_.size());
  std::iota(order.begin(), order.end(), 0);
  const auto less = [this](std::uint32_t a, std::uint32_t b) { return Less(a, b); };
  if (!std::is_sorted(order.begin(), order.end(), less)) SortByRank(order);
  std::vector<std::uint32_t> spine;  // from the root to the right
  for (const std::uint32_t index : order) {
    std::uint32_t below = kNone;
    while (!spine.empty() && PriorityOf(spine.back()) < PriorityOf(index)) {
      below = spine.back();
      spine.pop_back();
    }
    left_[index] = below;
    if (!spine.empty()) right_[spine.back()] = index;
    spine.push_back(index);
  }
  if (!spine.empty()) root_ = spine.front();
}

// Copies of the ranks are sorted: looking each of them up would take longer.
void OrderedUnits::SortByRank(std::vector<std::uint32_t>& order) const {
  struct Entry {
    Rank rank;
    std::uint32_t index = 0;
  };
  std::vector<Entry> entries(ranks_.size());
  for (std::uint32_t i = 0; i < ranks_.size(); ++i) entries[i] = {.rank = ranks_[i], .index = i};
  std::sort(entries.begin(), entries.end(),
            [](const Entry& a, const Entry& b) { return Less(a.rank, a.index, b.rank, b.index); });
  for (std::size_t i = 0; i < entries.size(); ++i) order[i] = entries[i].index;
}

void OrderedUnits::Split(std::uint32_t root, std::uint32_t index, std::uint32_t& left, std::uint32_t& right) {
  std::uint32_t* left_end = &left;
  std::uint32_t* right_end = &right;
  while (root != kNone) {
    if (Less(root, index)) {
      *left_end = root;
      left_end = &right_[root];
      root = right_[root];
    } else {
      *right_end = root;
      right_end = &left_[root];
      root = left_[root];
    }
  }
  *left_end = kNone;
  *right_end = kNone;
}

std::uint32_t OrderedUnits::Merge(std::uint32_t left, std::uint32_t right) {
  std::uint32_t root = kNone;
  std::uint32_t* end = &root;
  while (left != kNone && right != kNone) {
    if (PriorityOf(left) > PriorityOf(right)) {
      *end = left;
      end = &right_[left];
      left = right_[left];
    } else {
      *end = right;
      end = &left_[right];
      right = left_[right];
    }
  }
  *end = left != kNone ? left : right;
  return root;
}

void OrderedUnits::Insert(std::uint32_t index) {
  std::uint32_t* at = &root_;
  while (*at != kNone && PriorityOf(*at) > PriorityOf(index)) {
    at = Less(*at, index) ? &right_[*at] : &left_[*at];
  }
  const std::uint32_t below = *at;
  Split(below, index, left_[index], right_[index]);
  *at = index;
}

void OrderedUnits::Erase(std::uint32_t index) {
  std::uint32_t* at = &root_;
  while (*at != index) at = Less(*at, index) ? &right_[*at] : &left_[*at];
  *at = Merge(left_[index], right_[index]);
}

void OrderedUnits::Update(const Key& key) {
  const std::uint32_t index = key.unit - first_;
  if (this->key(key.unit) == key) return;
  Erase(index);
  ranks_[index] = {.copies = key.copies, .signature = key.signature};
  Insert(index);
}

Unit OrderedUnits::After(const Key& key, bool or_equal) const {
  Unit best = kNoUnit;
  for (std::uint32_t at = root_; at != kNone;) {
    const Key here = this->key(first_ + at);
    if (key < here || (or_equal && here == key)) {
      best = here.unit;
      at = left_[at];
    } else {
      at = right_[at];
    }
  }
  return best;
}

Unit OrderedUnits::First(std::int64_t copies) const {
  return After({.copies = copies, .signature = 0, .unit = 0}, true);
}
Unit OrderedUnits::Next(Unit unit) const { return After(key(unit), false); }

}  // namespace grove::topology
