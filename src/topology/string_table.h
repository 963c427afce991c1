// Strings, each held once and known by a small number, in one run of text.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/hash/hash.h"
#include "absl/strings/string_view.h"

#include "topology/same_text.h"

namespace grove::topology {

using StringId = std::uint32_t;

class Strings {
 public:
  // A view lasts until the next Add.
  [[nodiscard]] std::string_view operator[](StringId id) const {
    return {text_.data() + begins_[id], begins_[id + 1] - begins_[id]};
  }
  StringId Add(std::string_view text) {
    text_.append(text);
    begins_.push_back(text_.size());
    return static_cast<StringId>(begins_.size() - 2);
  }
  [[nodiscard]] std::size_t size() const { return begins_.size() - 1; }
  void Reserve(std::size_t count) { begins_.reserve(count + 1); }
  [[nodiscard]] std::size_t bytes() const { return text_.capacity() + begins_.capacity() * sizeof(std::size_t); }

 private:
  std::string text_;
  std::vector<std::size_t> begins_{0};
};

class StringTable {
 public:
  StringTable() : ids_(0, Hash{&strings_}, Equal{&strings_}) {}
  StringTable(const StringTable&) = delete;
  StringTable& operator=(const StringTable&) = delete;

  StringId Intern(std::string_view text) {
    const auto found = ids_.find(text);
    if (found != ids_.end()) return *found;
    const StringId id = strings_.Add(text);
    ids_.insert(id);
    return id;
  }
  // Adds a string that is known to be new or never asked for by Intern.
  StringId Add(std::string_view text) { return strings_.Add(text); }
  [[nodiscard]] std::string_view text(StringId id) const { return strings_[id]; }
  Strings Take() && { return std::move(strings_); }
  void Reserve(std::size_t count) { strings_.Reserve(count); }

 private:
  struct Hash {
    using is_transparent = void;
    const Strings* strings;
    std::size_t operator()(std::string_view text) const {
      return absl::HashOf(absl::string_view(text.data(), text.size()));
    }
    std::size_t operator()(StringId id) const { return (*this)((*strings)[id]); }
  };
  struct Equal {
    using is_transparent = void;
    const Strings* strings;
    bool operator()(std::string_view a, StringId b) const { return a == (*strings)[b]; }
    bool operator()(StringId a, std::string_view b) const { return (*strings)[a] == b; }
    bool operator()(StringId a, StringId b) const { return a == b; }
  };

  Strings strings_;
  absl::flat_hash_set<StringId, Hash, Equal> ids_;
};

}  // namespace grove::topology
