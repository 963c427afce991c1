// V-035 to V-041: the expression rules of the PodCliqueSet's schema (spec 01 §2.4).

#include <algorithm>

#include "model/admission/schema_check.h"

namespace grove::admission {

using internal::Elements;
using internal::Find;
using internal::IsObject;
using internal::Node;

namespace {

const Node* FindObject(const Node& object, std::string_view key) {
  const Node* found = Find(object, key);
  return found != nullptr && IsObject(*found) ? found : nullptr;
}

Node FindOrNull(const Node& object, std::string_view key) {
  const Node* found = Find(object, key);
  return found == nullptr ? Node{} : *found;
}

bool Has(const Node& object, std::string_view key) { return Find(object, key) != nullptr; }

// K-1 to K-3 on the topologyConstraint of `parent`, if it has one.
void CheckConstraint(const Node& parent, const FieldPath& parent_path,
                     const std::shared_ptr<const internal::Storage>& storage, Findings& findings) {
  const Node* constraint = FindObject(parent, "topologyConstraint");
  if (constraint == nullptr) return;
  const FieldPath path = parent_path.Child("topologyConstraint");
  const FieldPath pack_path = path.Child("pack");
  const Node* pack = FindObject(*constraint, "pack");
  const bool has_pack_domain = Has(*constraint, "packDomain");
  if (!Has(*constraint, "pack") && !has_pack_domain) {
    findings.Add(ErrorType::kRequired, pack_path, "V-035", "must be set where packDomain is not");
  }
  if (has_pack_domain && pack != nullptr && Has(*pack, "required")) {
    findings.Add(ErrorType::kInvalid, pack_path.Child("required"), Value(*constraint, storage), "V-036",
                 "must not be set together with packDomain");
  }
  if (pack != nullptr && !Has(*pack, "required") && !Has(*pack, "preferred")) {
    findings.Add(ErrorType::kRequired, pack_path, "V-037", "must set required, preferred or both");
  }
}

bool HasPackDomain(const Node& parent) {
  const Node* constraint = FindObject(parent, "topologyConstraint");
  return constraint != nullptr && Has(*constraint, "packDomain");
}

void CheckConstraintsOf(const Node& list, const FieldPath& path,
                        const std::shared_ptr<const internal::Storage>& storage, Findings& findings) {
  for (std::size_t i = 0; i < Elements(list).size(); ++i) {
    CheckConstraint(Elements(list)[i], path.Index(i), storage, findings);
  }
}

// Classes of structural errors that keep expression rules from being evaluated (V-041).
bool BlocksExpressionRules(ErrorType type) {
  constexpr ErrorType kBlocking[] = {ErrorType::kNotSupported, ErrorType::kRequired, ErrorType::kTooLong,
                                     ErrorType::kTooMany, ErrorType::kTypeInvalid};
  return std::ranges::find(kBlocking, type) != std::end(kBlocking);
}

}  // namespace

void CheckExpressionRules(const Node& set, const std::shared_ptr<const internal::Storage>& storage,
                          Findings& findings) {
  const FieldPath root;
  const bool blocked = std::ranges::any_of(findings.errors(), BlocksExpressionRules, &FieldError::type);
  if (blocked) {
    findings.Add(ErrorType::kInvalid, root.Child("<nil>"), Value(), "V-041",
                 "some validation rules were not checked because the object was invalid");
    return;
  }
  const Node set_template = FindOrNull(FindOrNull(set, "spec"), "template");
  const Node cliques = FindOrNull(set_template, "cliques");
  const Node groups = FindOrNull(set_template, "podCliqueScalingGroups");
  const FieldPath spec_path = root.Child("spec");
  const FieldPath path = spec_path.Child("template");
  const FieldPath cliques_path = path.Child("cliques");
  const FieldPath groups_path = path.Child("podCliqueScalingGroups");

  CheckConstraint(set_template, path, storage, findings);
  CheckConstraintsOf(cliques, cliques_path, storage, findings);
  CheckConstraintsOf(groups, groups_path, storage, findings);

  constexpr std::string_view kDeprecated = "packDomain is deprecated: use pack.required";
  if (HasPackDomain(set_template)) {
    const FieldPath constraint_path = path.Child("topologyConstraint");
    findings.Add(ErrorType::kForbidden, constraint_path.Child("packDomain"), "V-038", std::string(kDeprecated));
  }
  if (std::ranges::any_of(Elements(cliques), HasPackDomain)) {
    findings.Add(ErrorType::kForbidden, cliques_path, "V-039", std::string(kDeprecated));
  }
  if (std::ranges::any_of(Elements(groups), HasPackDomain)) {
    findings.Add(ErrorType::kForbidden, groups_path, "V-040", std::string(kDeprecated));
  }
}

}  // namespace grove::admission
