// StringMap: labels, annotations and selectors. A map from string to string in two flat arrays.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <iterator>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace grove {

// Keys are unique and in byte order. Lookup O(log n), insertion O(bytes held): label maps are small, made once and
// copied for every pod, so that a copy costs two allocations, whatever the number of entries.
//
// Views of keys and values are valid until the map is changed. All text together is under 4 GiB.
class StringMap {
 public:
  using Entry = std::pair<std::string_view, std::string_view>;

  class Iterator {
   public:
    using iterator_concept = std::forward_iterator_tag;
    using iterator_category = std::input_iterator_tag;  // entries are made as they are asked for
    using value_type = Entry;
    using difference_type = std::ptrdiff_t;
    using pointer = void;
    using reference = Entry;

    Iterator() = default;
    [[nodiscard]] Entry operator*() const { return map_->entry(position_); }
    Iterator& operator++() {
      ++position_;
      return *this;
    }
    Iterator operator++(int) {
      Iterator old = *this;
      ++*this;
      return old;
    }
    friend bool operator==(const Iterator& a, const Iterator& b) { return a.position_ == b.position_; }

   private:
    friend class StringMap;
    Iterator(const StringMap& map, std::size_t position) : map_(&map), position_(position) {}

    const StringMap* map_ = nullptr;
    std::size_t position_ = 0;
  };

  StringMap() = default;
  StringMap(std::initializer_list<Entry> entries) {
    for (const auto& [key, value] : entries) Set(key, value);
  }

  [[nodiscard]] bool empty() const { return ends_.empty(); }
  [[nodiscard]] std::size_t size() const { return ends_.size() / 2; }
  [[nodiscard]] Iterator begin() const { return {*this, 0}; }
  [[nodiscard]] Iterator end() const { return {*this, size()}; }

  [[nodiscard]] bool Contains(std::string_view key) const { return Find(key).has_value(); }
  [[nodiscard]] std::optional<std::string_view> Find(std::string_view key) const;
  // Value of `key`, or the empty string.
  [[nodiscard]] std::string_view Get(std::string_view key) const { return Find(key).value_or(std::string_view{}); }

  // Adds `key`, or replaces its value. Both may be views into this map.
  void Set(std::string_view key, std::string_view value);
  // Sets every entry of `other`; its values win.
  void SetAll(const StringMap& other);
  void Erase(std::string_view key);

  friend bool operator==(const StringMap&, const StringMap&) = default;

 private:
  [[nodiscard]] Entry entry(std::size_t position) const;
  [[nodiscard]] std::size_t begin_of(std::size_t part) const { return part == 0 ? 0 : ends_[part - 1]; }
  // Position of the first key that is not before `key`.
  [[nodiscard]] std::size_t LowerBound(std::string_view key) const;
  [[nodiscard]] bool Holds(std::string_view view) const;
  // Makes room for, or removes, bytes at `at`; moves the ends of the parts from `part` on.
  void Resize(std::size_t part, std::size_t at, std::ptrdiff_t by);

  std::vector<char> text_;           // key, value, key, value, …
  std::vector<std::uint32_t> ends_;  // of each key and each value in `text_`
};

}  // namespace grove
