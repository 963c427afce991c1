// Label selectors, requirements and effects of taints, as Kubernetes writes them.
#pragma once

#include <vector>

#include "topology/snapshot/reading.h"

namespace grove::topology {

// A list of requirements (`matchExpressions`); null gives none.
bool ReadRequirements(const Node* list, const FieldPath& path, Fault& fault, std::vector<LabelRequirement>& out);

// A LabelSelector: `matchLabels`, then `matchExpressions`.
bool ReadLabelSelector(const Node& selector, const FieldPath& path, Fault& fault, std::vector<LabelRequirement>& out);

bool ReadTaintEffect(std::string_view text, const FieldPath& path, Fault& fault, TaintEffect& out);

// All of `requirements` hold of `labels`; kGt and kLt hold of none.
[[nodiscard]] bool Selects(const std::vector<LabelRequirement>& requirements, const LabelPairs& labels);

}  // namespace grove::topology
