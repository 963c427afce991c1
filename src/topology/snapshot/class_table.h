// Classes of equal pods. Labels and namespaces are part of a class only as far as some term of affinity is about them:
// otherwise pods that differ in nothing but an index would each be a class of its own.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"

#include "topology/snapshot/pod_shape.h"

namespace grove::topology {

// What the terms of all pods in sight are about.
class TermsInSight {
 public:
  void AddShape(const PodShape& shape);
  void AddClass(const PodClass& pods);
  void AddNamespace(std::string_view name) { names_.emplace(name); }
  // Labels of a Namespace object.
  void AddNamespaceLabels(std::string_view name, LabelPairs labels);

  // Whatever comes later may be about any label.
  void AddAnyTerm() { any_ = selects_unlabelled_ = all_keys_ = true; }

  // No term at all: labels matter to nobody.
  [[nodiscard]] bool none() const { return !any_; }
  // Whether a term may select a pod with these labels.
  [[nodiscard]] bool MaySelect(const LabelPairs& labels) const;
  // The labels that matter.
  [[nodiscard]] LabelPairs Filter(const LabelPairs& labels) const;

  // The term with its namespace selector resolved to names. False in `resolved` if labels of namespaces would be needed
  // that are not known.
  [[nodiscard]] PodAffinityTerm Resolve(const AffinityShape& shape, std::string_view own_namespace,
                                        bool& resolved) const;

 private:
  void AddTerm(const PodAffinityTerm& term);

  bool any_ = false;
  bool all_keys_ = false;
  bool selects_unlabelled_ = false;  // a term that pods without any of `keys_` may match
  absl::flat_hash_set<std::string> keys_;
  std::set<std::string, std::less<>> names_;
  absl::flat_hash_map<std::string, LabelPairs> labels_of_namespaces_;
};

// Interns classes.
class ClassTable {
 public:
  // Index of the class of a pod. Adds to `unevaluated` what could not be resolved.
  std::uint32_t ClassOf(const TermsInSight& terms, const PodShape& shape, std::string_view own_namespace,
                        const LabelPairs& labels, std::uint32_t& unevaluated);
  std::uint32_t Intern(PodClass pods);

  [[nodiscard]] std::vector<PodClass>& classes() { return classes_; }

 private:
  absl::flat_hash_map<std::string, std::uint32_t> index_;  // by the bytes of its message
  std::vector<PodClass> classes_;
};

}  // namespace grove::topology
