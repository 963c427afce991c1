#include "model/validation/name_index.h"

#include <algorithm>
#include <numeric>
#include <string>

#include "model/names.h"
#include "model/validation/rule_table.h"

namespace grove::validation {

void NameIndex::Sort() {
  if (names_.size() <= kFew) return;
  order_.resize(names_.size());
  std::iota(order_.begin(), order_.end(), std::uint32_t{0});
  // Not std::stable_sort, which takes memory: the position makes the order total.
  std::sort(order_.begin(), order_.end(), [this](std::uint32_t a, std::uint32_t b) {
    const int order = names_[a].compare(names_[b]);
    return order != 0 ? order < 0 : a < b;
  });
}

std::optional<std::size_t> NameIndex::Find(std::string_view name) const {
  if (order_.empty()) {
    const auto it = std::ranges::find(names_, name);
    if (it == names_.end()) return std::nullopt;
    return static_cast<std::size_t>(it - names_.begin());
  }
  const auto it = std::lower_bound(order_.begin(), order_.end(), name,
                                   [this](std::uint32_t position, std::string_view n) { return names_[position] < n; });
  if (it == order_.end() || names_[*it] != name) return std::nullopt;
  return *it;
}

std::optional<std::size_t> NameIndex::FindLast(std::string_view name) const {
  if (order_.empty()) {
    const auto it = std::find(names_.rbegin(), names_.rend(), name);
    if (it == names_.rend()) return std::nullopt;
    return static_cast<std::size_t>(names_.rend() - it) - 1;
  }
  const auto it = std::upper_bound(order_.begin(), order_.end(), name,
                                   [this](std::string_view n, std::uint32_t position) { return n < names_[position]; });
  if (it == order_.begin() || names_[*(it - 1)] != name) return std::nullopt;
  return *(it - 1);
}

std::string JoinDistinct(const NameIndex& names, std::string_view separator) {
  std::string out;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names.IsRepetition(i)) continue;
    if (i != 0) out += separator;
    out += names.names()[i];
  }
  return out;
}

void ReportDuplicates(std::span<const std::string_view> names, const FieldPath& path, std::string_view rule,
                      Findings& findings) {
  const std::vector<std::string_view> duplicates = FindDuplicates(names);
  if (duplicates.empty()) return;
  std::string detail;
  for (const std::string_view name : duplicates) {
    if (!detail.empty()) detail += ", ";
    detail += Quoted(name);
  }
  detail += duplicates.size() == 1 ? " occurs more than once" : " occur more than once";
  findings.Add(ErrorType::kDuplicate, path, std::vector<std::string>(duplicates.begin(), duplicates.end()), rule,
               std::move(detail));
}

}  // namespace grove::validation
