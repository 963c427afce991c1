#include "topology/snapshot/class_table.h"

#include <algorithm>
#include <utility>

#include "topology/snapshot/label_selector.h"
#include "topology/wire/messages.h"
#include "topology/wire/writer.h"

namespace grove::topology {
namespace {

constexpr std::string_view kNamespaceName = "kubernetes.io/metadata.name";

using Operator = LabelRequirement::Operator;

bool NeedsLabel(const LabelRequirement& requirement) {
  return requirement.op == Operator::kIn || requirement.op == Operator::kExists;
}

}  // namespace

void TermsInSight::AddTerm(const PodAffinityTerm& term) {
  any_ = true;
  for (const LabelRequirement& requirement : term.selector) keys_.insert(requirement.key);
  selects_unlabelled_ |= std::ranges::none_of(term.selector, NeedsLabel);
}

void TermsInSight::AddShape(const PodShape& shape) {
  for (const AffinityShape& term : shape.affinity) AddTerm(term.term);
  for (const AffinityShape& term : shape.anti_affinity) AddTerm(term.term);
}

void TermsInSight::AddClass(const PodClass& pods) {
  for (const PodAffinityTerm& term : pods.affinity) AddTerm(term);
  for (const PodAffinityTerm& term : pods.anti_affinity) AddTerm(term);
}

void TermsInSight::AddNamespaceLabels(std::string_view name, LabelPairs labels) {
  AddNamespace(name);
  labels_of_namespaces_[std::string(name)] = std::move(labels);
}

bool TermsInSight::MaySelect(const LabelPairs& labels) const {
  if (!any_) return false;
  return selects_unlabelled_ ||
         std::ranges::any_of(labels, [&](const auto& label) { return keys_.contains(label.first); });
}

LabelPairs TermsInSight::Filter(const LabelPairs& labels) const {
  if (all_keys_) return labels;
  LabelPairs kept;
  for (const auto& label : labels) {
    if (keys_.contains(label.first)) kept.push_back(label);
  }
  return kept;
}

PodAffinityTerm TermsInSight::Resolve(const AffinityShape& shape, std::string_view own_namespace,
                                      bool& resolved) const {
  PodAffinityTerm term = shape.term;
  if (!shape.namespaces.has_value()) return term;
  // Only namespaces that have pods can matter. The selected ones come on top of the listed ones; the pod's own counts
  // only if it is among them.
  for (const std::string& name : names_) {
    LabelPairs labels = {{std::string(kNamespaceName), name}};
    const auto known = labels_of_namespaces_.find(name);
    if (known != labels_of_namespaces_.end()) {
      labels = known->second;
    } else if (std::ranges::any_of(*shape.namespaces,
                                   [](const auto& requirement) { return requirement.key != kNamespaceName; })) {
      resolved = false;
    }
    const bool listed = std::ranges::find(term.namespaces, name) != term.namespaces.end();
    if (!listed && Selects(*shape.namespaces, labels)) term.namespaces.push_back(name);
  }
  // None at all: a name that no namespace can have, for an empty list would mean the pod's own.
  if (term.namespaces.empty()) term.namespaces.emplace_back("-");
  std::sort(term.namespaces.begin(), term.namespaces.end());
  if (term.namespaces.size() == 1 && term.namespaces.front() == own_namespace) term.namespaces.clear();
  return term;
}

std::uint32_t ClassTable::ClassOf(const TermsInSight& terms, const PodShape& shape, std::string_view own_namespace,
                                  const LabelPairs& labels, std::uint32_t& unevaluated) {
  PodClass pods = shape.pods;
  if (!terms.none()) {
    pods.pod_namespace = own_namespace;
    pods.labels = terms.Filter(labels);
    bool resolved = true;
    for (const AffinityShape& term : shape.affinity) {
      pods.affinity.push_back(terms.Resolve(term, own_namespace, resolved));
    }
    for (const AffinityShape& term : shape.anti_affinity) {
      pods.anti_affinity.push_back(terms.Resolve(term, own_namespace, resolved));
    }
    if (!resolved) unevaluated |= kNamespaceSelector;
  }
  return Intern(std::move(pods));
}

std::uint32_t ClassTable::Intern(PodClass pods) {
  pb::PodClass message;
  WritePodClass(pods, message);
  const auto next = static_cast<std::uint32_t>(classes_.size());
  const auto [entry, is_new] = index_.try_emplace(WriteMessage(message, WireFormat::kBinary), next);
  if (is_new) classes_.push_back(std::move(pods));
  return entry->second;
}

}  // namespace grove::topology
