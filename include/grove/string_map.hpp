// StringMap: labels, annotations and selectors. A map from string to string as one sorted array.
#pragma once

#include <algorithm>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace grove {

// Keys are unique and in byte order. Lookup O(log n), insertion O(n): label maps are small and made in order.
class StringMap {
 public:
  using Entry = std::pair<std::string, std::string>;

  StringMap() = default;
  StringMap(std::initializer_list<Entry> entries) {
    for (const Entry& entry : entries) Set(entry.first, entry.second);
  }

  [[nodiscard]] bool empty() const { return entries_.empty(); }
  [[nodiscard]] std::size_t size() const { return entries_.size(); }
  [[nodiscard]] auto begin() const { return entries_.begin(); }
  [[nodiscard]] auto end() const { return entries_.end(); }
  void reserve(std::size_t count) { entries_.reserve(count); }

  // Value of `key`, or null.
  [[nodiscard]] const std::string* Find(std::string_view key) const {
    const auto it = LowerBound(key);
    return it != entries_.end() && it->first == key ? &it->second : nullptr;
  }
  // Value of `key`, or the empty string.
  [[nodiscard]] std::string_view Get(std::string_view key) const {
    const std::string* found = Find(key);
    return found == nullptr ? std::string_view{} : std::string_view{*found};
  }

  // Adds `key`, or replaces its value.
  void Set(std::string_view key, std::string_view value) {
    const auto it = LowerBound(key);
    if (it != entries_.end() && it->first == key) {
      entries_[static_cast<std::size_t>(it - entries_.begin())].second = value;
    } else {
      entries_.emplace(it, key, value);
    }
  }
  // Sets every entry of `other`; its values win.
  void SetAll(const StringMap& other) {
    for (const Entry& entry : other) Set(entry.first, entry.second);
  }
  void Erase(std::string_view key) {
    const auto it = LowerBound(key);
    if (it != entries_.end() && it->first == key) entries_.erase(it);
  }

  friend bool operator==(const StringMap&, const StringMap&) = default;

 private:
  [[nodiscard]] std::vector<Entry>::const_iterator LowerBound(std::string_view key) const {
    return std::lower_bound(entries_.begin(), entries_.end(), key,
                            [](const Entry& entry, std::string_view k) { return entry.first < k; });
  }

  std::vector<Entry> entries_;
};

}  // namespace grove
