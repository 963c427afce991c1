#include "topology/snapshot/reading.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"

#include "grove/cluster.hpp"

#include "model/quantity.h"
#include "topology/text.h"

namespace grove::topology {
namespace {

// Walks two sorted lists as one; `combine` makes an amount of both, nullopt to stop.
template <class Combine>
bool Merge(const ResourceAmounts& from, ResourceAmounts& into, Combine&& combine) {
  ResourceAmounts merged;
  merged.reserve(into.size() + from.size());
  auto other = from.begin();
  for (auto& [name, amount] : into) {
    for (; other != from.end() && other->first < name; ++other) merged.push_back(*other);
    if (other != from.end() && other->first == name) {
      const std::optional<std::int64_t> both = combine(amount, other->second);
      if (!both.has_value()) return false;
      amount = *both;
      ++other;
    }
    merged.emplace_back(std::move(name), amount);
  }
  merged.insert(merged.end(), other, from.end());
  into = std::move(merged);
  return true;
}

}  // namespace

bool Fault::Set(const FieldPath& path, std::string_view what) {
  if (!found()) {
    field = path.ToString();
    message = what;
  }
  return false;
}

bool Fault::SetAt(const FieldPath& path, std::string_view key, std::string_view what) {
  if (!found()) {
    field = absl::StrCat(path.ToString(), "[", Quoted(key), "]");
    message = what;
  }
  return false;
}

bool ReadResourceList(const Node* list, const FieldPath& path, Fault& fault, ResourceAmounts& out) {
  out.clear();
  if (list == nullptr) return true;
  for (const internal::Member& member : internal::Members(*list)) {
    const std::string_view name = internal::Text(member.key);
    const std::string_view text = internal::Text(member.value);
    const std::optional<Quantity> quantity = Quantity::Parse(text);
    if (!quantity.has_value()) return fault.SetAt(path, name, absl::StrCat(Quoted(text), " is no quantity"));
    if (quantity->IsNegative()) return fault.SetAt(path, name, absl::StrCat(View(text), " is negative"));
    const std::optional<std::int64_t> amount = quantity->ScaledValue(name == "cpu" ? -3 : 0);
    if (!amount.has_value() || *amount > ClusterBuilder::kLargestAmount) {
      return fault.SetAt(path, name, absl::StrCat(View(text), " is too large"));
    }
    out.emplace_back(name, *amount);
  }
  std::sort(out.begin(), out.end());
  const auto twice = std::adjacent_find(out.begin(), out.end(), [](auto& a, auto& b) { return a.first == b.first; });
  return twice == out.end() || fault.SetAt(path, twice->first, "occurs twice");
}

LabelPairs ReadLabels(const Node* labels) {
  LabelPairs out;
  if (labels == nullptr) return out;
  for (const internal::Member& member : internal::Members(*labels)) {
    out.emplace_back(internal::Text(member.key), internal::Text(member.value));
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end(), [](auto& a, auto& b) { return a.first == b.first; }), out.end());
  return out;
}

std::optional<std::int64_t> AddAmounts(std::int64_t a, std::int64_t b) {
  return a > ClusterBuilder::kLargestAmount - b ? std::nullopt : std::optional(a + b);
}

bool AddResources(const ResourceAmounts& more, ResourceAmounts& sum) { return Merge(more, sum, AddAmounts); }

void MaxResources(const ResourceAmounts& other, ResourceAmounts& most) {
  static_cast<void>(Merge(other, most, [](std::int64_t a, std::int64_t b) { return std::optional(std::max(a, b)); }));
}

}  // namespace grove::topology
