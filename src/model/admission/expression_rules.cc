// V-035 to V-041: the expression rules of the PodCliqueSet's schema (spec 01 §2.4).

#include <algorithm>

#include "model/admission/element_identity.h"
#include "model/admission/schema_check.h"
#include "model/fields/pod_clique_set.h"

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

// K-1 to K-3 on the topologyConstraint of `parent`, if it has one that is not what `old` has.
void CheckConstraint(const Node& parent, const Node* old, const FieldPath& parent_path,
                     const std::shared_ptr<const internal::Storage>& storage, Findings& findings) {
  const Node* constraint = FindObject(parent, "topologyConstraint");
  const Node* old_constraint = old == nullptr ? nullptr : FindObject(*old, "topologyConstraint");
  if (constraint == nullptr || IsUnchanged(*constraint, old_constraint)) return;
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
  const Node* old_pack = old_constraint == nullptr ? nullptr : Find(*old_constraint, "pack");
  if (pack != nullptr && !IsUnchanged(*pack, old_pack) && !Has(*pack, "required") && !Has(*pack, "preferred")) {
    findings.Add(ErrorType::kRequired, pack_path, "V-037", "must set required, preferred or both");
  }
}

bool HasPackDomain(const Node& parent) {
  const Node* constraint = FindObject(parent, "topologyConstraint");
  return constraint != nullptr && Has(*constraint, "packDomain");
}

// The list of a set's template that `field` names, and what stood in its place before.
void CheckConstraintsOf(const Node& list, const Node* old, const schema::Field& field, const FieldPath& path,
                        const std::shared_ptr<const internal::Storage>& storage, Findings& findings) {
  if (IsUnchanged(list, old)) return;
  const OldElements old_elements(old == nullptr ? Node{} : *old, field);
  for (std::size_t i = 0; i < Elements(list).size(); ++i) {
    const Node& element = Elements(list)[i];
    CheckConstraint(element, old_elements.Find(element), path.Index(i), storage, findings);
  }
}

// Classes of structural errors that keep expression rules from being evaluated (V-041).
bool BlocksExpressionRules(ErrorType type) {
  constexpr ErrorType kBlocking[] = {ErrorType::kNotSupported, ErrorType::kRequired, ErrorType::kTooLong,
                                     ErrorType::kTooMany, ErrorType::kTypeInvalid};
  return std::ranges::find(kBlocking, type) != std::end(kBlocking);
}

Node TemplateOf(const Node& set) { return FindOrNull(FindOrNull(set, "spec"), "template"); }

const schema::Field& TemplateField(std::string_view name) {
  return *schema::FindField(fields::kObjectOf<PodCliqueSetTemplateSpec>, name);
}

// V-038 to V-040.
void ForbidPackDomain(const Node& set_template, const FieldPath& path, Findings& findings) {
  constexpr std::string_view kDeprecated = "packDomain is deprecated: use pack.required";
  if (HasPackDomain(set_template)) {
    const FieldPath constraint_path = path.Child("topologyConstraint");
    findings.Add(ErrorType::kForbidden, constraint_path.Child("packDomain"), "V-038", std::string(kDeprecated));
  }
  for (const auto& [rule, list] :
       {std::pair{std::string_view("V-039"), std::string_view("cliques")}, {"V-040", "podCliqueScalingGroups"}}) {
    if (!std::ranges::any_of(Elements(FindOrNull(set_template, list)), HasPackDomain)) continue;
    findings.Add(ErrorType::kForbidden, path.Child(list), rule, std::string(kDeprecated));
  }
}

}  // namespace

void CheckExpressionRules(const Node& set, const Node* old, const std::shared_ptr<const internal::Storage>& storage,
                          Findings& findings) {
  const FieldPath root;
  const bool blocked = std::ranges::any_of(findings.errors(), BlocksExpressionRules, &FieldError::type);
  if (blocked) {
    findings.Add(ErrorType::kInvalid, root.Child("<nil>"), Value(), "V-041",
                 "some validation rules were not checked because the object was invalid");
    return;
  }
  const Node set_template = TemplateOf(set);
  const Node old_template = old == nullptr ? Node{} : TemplateOf(*old);
  const FieldPath spec_path = root.Child("spec");
  const FieldPath path = spec_path.Child("template");

  CheckConstraint(set_template, &old_template, path, storage, findings);
  for (const std::string_view list : {"cliques", "podCliqueScalingGroups"}) {
    CheckConstraintsOf(FindOrNull(set_template, list), Find(old_template, list), TemplateField(list), path.Child(list),
                       storage, findings);
  }
  if (old == nullptr) ForbidPackDomain(set_template, path, findings);
}

}  // namespace grove::admission
