// The domains of one level (or the nodes) ordered by the number of copies of a pod that fit; a treap in flat arrays.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace grove::topology {

// Domains and nodes in one numbering: domains as in the cluster, then the nodes.
using Unit = std::uint32_t;
inline constexpr Unit kNoUnit = 0xFFFFFFFF;

class OrderedUnits {
 public:
  struct Key {
    std::int64_t copies = 0;
    std::uint64_t signature = 0;  // equal for what looks alike
    Unit unit = 0;

    friend auto operator<=>(const Key&, const Key&) = default;
  };

  // Of the units first, first + 1, …; keys[i] belongs to first + i. O(n log n).
  void Build(Unit first, std::span<const Key> keys);
  // O(log n) expected.
  void Update(const Key& key);
  // The first unit with at least this many copies, or kNoUnit.
  [[nodiscard]] Unit First(std::int64_t copies) const;
  [[nodiscard]] Unit Next(Unit unit) const;
  [[nodiscard]] Key key(Unit unit) const {
    const Rank& rank = ranks_[unit - first_];
    return {.copies = rank.copies, .signature = rank.signature, .unit = unit};
  }
  [[nodiscard]] std::size_t size() const { return ranks_.size(); }
  [[nodiscard]] std::size_t bytes() const {
    return ranks_.capacity() * sizeof(Rank) + (left_.capacity() + right_.capacity()) * sizeof(std::uint32_t);
  }

 private:
  // A key without the unit.
  struct Rank {
    std::int64_t copies = 0;
    std::uint64_t signature = 0;
  };
  static constexpr std::uint32_t kNone = 0xFFFFFFFF;

  [[nodiscard]] bool Less(std::uint32_t a, std::uint32_t b) const { return Less(ranks_[a], a, ranks_[b], b); }
  [[nodiscard]] static bool Less(const Rank& a, std::uint32_t ai, const Rank& b, std::uint32_t bi) {
    if (a.copies != b.copies) return a.copies < b.copies;
    return a.signature != b.signature ? a.signature < b.signature : ai < bi;
  }
  [[nodiscard]] Unit After(const Key& key, bool or_equal) const;
  void SortByRank(std::vector<std::uint32_t>& order) const;
  void Split(std::uint32_t root, std::uint32_t index, std::uint32_t& left, std::uint32_t& right);
  std::uint32_t Merge(std::uint32_t left, std::uint32_t right);
  void Insert(std::uint32_t index);
  void Erase(std::uint32_t index);

  Unit first_ = 0;
  std::uint32_t root_ = kNone;
  std::vector<Rank> ranks_;
  std::vector<std::uint32_t> left_;
  std::vector<std::uint32_t> right_;
};

}  // namespace grove::topology
