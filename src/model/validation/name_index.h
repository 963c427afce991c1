// A list of names that can be asked for positions and repetitions.
#pragma once

#include <cstdint>
#include <memory_resource>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/field_path.h"
#include "model/findings.h"

namespace grove::validation {

using NameList = std::pmr::vector<std::string_view>;

// `name_of(element)` of all elements, in their order. Borrowed.
template <class Elements, class NameOf>
[[nodiscard]] NameList CollectNames(const Elements& elements, NameOf name_of, std::pmr::memory_resource* scratch) {
  NameList names(scratch);
  names.reserve(elements.size());
  for (const auto& element : elements) names.push_back(name_of(element));
  return names;
}

// Positions of names in their list. Few names are searched one by one, many through a sorted order, so that a long
// list costs O(n log n) altogether. The names are borrowed.
class NameIndex {
 public:
  NameIndex(NameList names, std::pmr::memory_resource* scratch) : names_(std::move(names)), order_(scratch) { Sort(); }
  NameIndex(const std::vector<std::string>& names, std::pmr::memory_resource* scratch)
      : NameIndex(CollectNames(
                      names, [](const std::string& name) { return std::string_view(name); }, scratch),
                  scratch) {}

  [[nodiscard]] std::span<const std::string_view> names() const { return names_; }
  [[nodiscard]] std::size_t size() const { return names_.size(); }

  // Position of the first occurrence of `name`. O(log n).
  [[nodiscard]] std::optional<std::size_t> Find(std::string_view name) const;
  // Position of the last occurrence of `name`. O(log n).
  [[nodiscard]] std::optional<std::size_t> FindLast(std::string_view name) const;
  [[nodiscard]] bool Contains(std::string_view name) const { return Find(name).has_value(); }
  // Whether the name at `position` stands in the list before it already.
  [[nodiscard]] bool IsRepetition(std::size_t position) const { return Find(names_[position]) != position; }

 private:
  static constexpr std::size_t kFew = 16;

  void Sort();

  NameList names_;
  std::pmr::vector<std::uint32_t> order_;  // positions by (name, position); empty for few names
};

// The names without repetitions, in order of first occurrence, with `separator` between them.
[[nodiscard]] std::string JoinDistinct(const NameIndex& names, std::string_view separator);

// One Duplicate error with every name that occurs more than once, if there is any (spec 03 §12.9).
void ReportDuplicates(std::span<const std::string_view> names, const FieldPath& path, std::string_view rule,
                      Findings& findings);

}  // namespace grove::validation
