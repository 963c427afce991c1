// Strings, each held once and known by a small number.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"

#include "topology/cluster_data.h"

namespace grove::topology {

class StringTable {
 public:
  StringId Intern(std::string_view text) {
    const auto [at, is_new] = ids_.try_emplace(std::string(text), static_cast<StringId>(strings_.size()));
    if (is_new) strings_.emplace_back(text);
    return at->second;
  }
  // The same, quick where `text` is the string of `guess`.
  StringId Intern(std::string_view text, StringId guess) {
    return guess < strings_.size() && strings_[guess] == text ? guess : Intern(text);
  }
  // Adds a string that is known to be new or never asked for by Intern.
  StringId Add(std::string_view text) {
    strings_.emplace_back(text);
    return static_cast<StringId>(strings_.size() - 1);
  }
  [[nodiscard]] const std::string& text(StringId id) const { return strings_[id]; }
  [[nodiscard]] std::size_t size() const { return strings_.size(); }
  std::vector<std::string> Take() && { return std::move(strings_); }
  void Reserve(std::size_t count) { strings_.reserve(count); }

 private:
  absl::flat_hash_map<std::string, StringId> ids_;
  std::vector<std::string> strings_;
};

}  // namespace grove::topology
