// A name as it is joined: what the user chose, what Grove puts between, and indices.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace grove::planner {

// A name that the user chose.
struct NamePart {
  enum class Kind : std::uint8_t { kSet, kGroup, kClique, kClaim, kMnnvlGroup };

  Kind kind = Kind::kSet;
  std::string_view name;
  std::string field;                                        // path of the name
  const std::vector<std::string_view>* siblings = nullptr;  // names that it must differ from; may be null
};

// Indices from 0.
struct IndexRange {
  std::int64_t count = 0;  // that exist by template
  std::int64_t most = 0;   // that may come to exist
};

class JoinedName {
 public:
  JoinedName& Part(const NamePart& part) {
    parts_.push_back(&part);
    pattern_ += part.name;
    longest_ += part.name;
    return *this;
  }
  JoinedName& Text(std::string_view text) {
    pattern_ += text;
    longest_ += text;
    return *this;
  }
  JoinedName& Index(const IndexRange& range) {
    if (range.count > 1) {
      pattern_.append("{0..").append(std::to_string(range.count - 1)).append("}");
    } else {
      pattern_ += '0';
    }
    longest_ += std::to_string(range.most > 1 ? range.most - 1 : 0);
    return *this;
  }

  [[nodiscard]] const std::string& pattern() const { return pattern_; }
  [[nodiscard]] const std::string& longest() const { return longest_; }
  // Borrowed from the caller.
  [[nodiscard]] const std::vector<const NamePart*>& parts() const { return parts_; }

 private:
  std::string pattern_;
  std::string longest_;
  std::vector<const NamePart*> parts_;
};

}  // namespace grove::planner
