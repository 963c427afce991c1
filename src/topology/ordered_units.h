// The domains of one level (or the nodes) ordered by the number of copies of a pod that fit; a treap in flat arrays.
#pragma once

#include <cstdint>
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
  void Build(Unit first, std::vector<Key> keys);
  // O(log n) expected.
  void Update(const Key& key);
  // The first unit with at least this many copies, or kNoUnit.
  [[nodiscard]] Unit First(std::int64_t copies) const;
  [[nodiscard]] Unit Next(Unit unit) const;
  [[nodiscard]] const Key& key(Unit unit) const { return keys_[unit - first_]; }

 private:
  static constexpr std::uint32_t kNone = 0xFFFFFFFF;

  [[nodiscard]] Unit After(const Key& key, bool or_equal) const;
  void Split(std::uint32_t root, const Key& key, std::uint32_t& left, std::uint32_t& right);
  std::uint32_t Merge(std::uint32_t left, std::uint32_t right);
  void Insert(std::uint32_t index);
  void Erase(std::uint32_t index);

  Unit first_ = 0;
  std::uint32_t root_ = kNone;
  std::vector<Key> keys_;
  std::vector<std::uint32_t> left_;
  std::vector<std::uint32_t> right_;
};

}  // namespace grove::topology
