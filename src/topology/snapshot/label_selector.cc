#include "topology/snapshot/label_selector.h"

#include <algorithm>
#include <array>
#include <utility>

#include "absl/strings/str_cat.h"

#include "topology/text.h"

namespace grove::topology {
namespace {

using Operator = LabelRequirement::Operator;

constexpr std::array<std::pair<std::string_view, Operator>, 6> kOperators = {{
    {"In", Operator::kIn},
    {"NotIn", Operator::kNotIn},
    {"Exists", Operator::kExists},
    {"DoesNotExist", Operator::kDoesNotExist},
    {"Gt", Operator::kGt},
    {"Lt", Operator::kLt},
}};

constexpr std::array<std::pair<std::string_view, TaintEffect>, 3> kEffects = {{
    {"NoSchedule", TaintEffect::kNoSchedule},
    {"PreferNoSchedule", TaintEffect::kPreferNoSchedule},
    {"NoExecute", TaintEffect::kNoExecute},
}};

bool Holds(const LabelRequirement& requirement, const LabelPairs& labels) {
  const auto label = std::ranges::find_if(labels, [&](const auto& entry) { return entry.first == requirement.key; });
  const bool has = label != labels.end();
  const auto listed = [&] {
    return has && std::ranges::find(requirement.values, label->second) != requirement.values.end();
  };
  switch (requirement.op) {
    case Operator::kIn:
      return listed();
    case Operator::kNotIn:
      return !listed();
    case Operator::kExists:
      return has;
    case Operator::kDoesNotExist:
      return !has;
    case Operator::kGt:
    case Operator::kLt:
      break;
  }
  return false;
}

}  // namespace

bool ReadRequirements(const Node* list, const FieldPath& path, Fault& fault, std::vector<LabelRequirement>& out) {
  if (list == nullptr) return true;
  std::size_t index = 0;
  for (const Node& requirement : internal::Elements(*list)) {
    const FieldPath at = path.Index(index++);
    LabelRequirement& read = out.emplace_back();
    read.key = MemberText(&requirement, "key");
    const std::string_view name = MemberText(&requirement, "operator");
    const auto op = std::ranges::find_if(kOperators, [&](auto& row) { return row.first == name; });
    if (op == kOperators.end()) return fault.Set(at.Child("operator"), absl::StrCat(Quoted(name), " is not known"));
    read.op = op->second;
    for (const Node& value : MemberElements(&requirement, "values")) read.values.emplace_back(internal::Text(value));
  }
  return true;
}

bool ReadLabelSelector(const Node& selector, const FieldPath& path, Fault& fault, std::vector<LabelRequirement>& out) {
  for (const auto& [key, value] : ReadLabels(Member(&selector, "matchLabels"))) {
    out.push_back({key, Operator::kIn, {value}});
  }
  return ReadRequirements(Member(&selector, "matchExpressions"), path.Child("matchExpressions"), fault, out);
}

bool ReadTaintEffect(std::string_view text, const FieldPath& path, Fault& fault, TaintEffect& out) {
  const auto effect = std::ranges::find_if(kEffects, [&](auto& row) { return row.first == text; });
  if (effect == kEffects.end()) return fault.Set(path, absl::StrCat(Quoted(text), " is not known"));
  out = effect->second;
  return true;
}

bool Selects(const std::vector<LabelRequirement>& requirements, const LabelPairs& labels) {
  return std::ranges::all_of(requirements,
                             [&](const LabelRequirement& requirement) { return Holds(requirement, labels); });
}

}  // namespace grove::topology
