#include "topology/node_admission.h"

#include <algorithm>
#include <charconv>

namespace grove::topology {
namespace {

std::optional<std::int64_t> ToInteger(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

bool Compares(const LabelRequirement& requirement, std::string_view value) {
  if (requirement.values.size() != 1) return false;
  const auto have = ToInteger(value);
  const auto bound = ToInteger(requirement.values[0]);
  if (!have || !bound) return false;
  return requirement.op == LabelRequirement::Operator::kGt ? *have > *bound : *have < *bound;
}

bool TermMatches(const Cluster& cluster, NodeIndex node, const NodeSelectorTerm& term) {
  if (term.match_labels.empty() && term.match_fields.empty()) return false;
  const auto label_holds = [&](const LabelRequirement& requirement) {
    const auto value = cluster.node_label(node, requirement.key);
    return Matches(requirement, value ? &*value : nullptr);
  };
  const auto field_holds = [&](const LabelRequirement& requirement) {
    const std::string_view name = cluster.node_name(node);
    return requirement.key == "metadata.name" && Matches(requirement, &name);
  };
  return std::ranges::all_of(term.match_labels, label_holds) && std::ranges::all_of(term.match_fields, field_holds);
}

bool Tolerates(const Toleration& toleration, const Taint& taint) {
  if (!toleration.any_effect && toleration.effect != taint.effect) return false;
  if (toleration.key.empty()) return toleration.exists;
  if (toleration.key != taint.key) return false;
  return toleration.exists || toleration.value == taint.value;
}

}  // namespace

bool Matches(const LabelRequirement& requirement, const std::string_view* value) {
  using Operator = LabelRequirement::Operator;
  const auto listed = [&] { return std::ranges::find(requirement.values, *value) != requirement.values.end(); };
  switch (requirement.op) {
    case Operator::kIn:
      return value != nullptr && listed();
    case Operator::kNotIn:
      return value == nullptr || !listed();
    case Operator::kExists:
      return value != nullptr;
    case Operator::kDoesNotExist:
      return value == nullptr;
    case Operator::kGt:
    case Operator::kLt:
      return value != nullptr && Compares(requirement, *value);
  }
  return false;
}

bool AdmitsByLabels(const Cluster& cluster, NodeIndex node, const PodClass& pods) {
  for (const auto& [key, value] : pods.node_selector) {
    const auto label = cluster.node_label(node, key);
    if (!label || *label != value) return false;
  }
  return pods.node_affinity.empty() || std::ranges::any_of(pods.node_affinity, [&](const NodeSelectorTerm& term) {
           return TermMatches(cluster, node, term);
         });
}

bool ToleratesTaints(const Cluster& cluster, NodeIndex node, const PodClass& pods) {
  const auto taints = cluster.node_taints(node);
  return std::ranges::all_of(taints, [&](const Taint& taint) {
    return taint.effect == TaintEffect::kPreferNoSchedule ||
           std::ranges::any_of(pods.tolerations,
                               [&](const Toleration& toleration) { return Tolerates(toleration, taint); });
  });
}

bool AdmitsAnyLabels(const PodClass& pods) { return pods.node_selector.empty() && pods.node_affinity.empty(); }

}  // namespace grove::topology
