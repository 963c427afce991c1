// V-035 to V-041: the expression rules of the PodCliqueSet's schema (spec 01 §2.4).

#include "model/admission/expression_rules.h"

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

constexpr std::string_view kPackDomainIsDeprecated = "packDomain is deprecated: use pack.required";

constexpr ExpressionRule kRules[] = {
    {
        .rule = "V-035",
        .type = &fields::kObjectOf<TopologyConstraint>,
        .expression = "has(self.pack) || has(self.packDomain)",
        .error = ErrorType::kRequired,
        .field = "pack",
        .message = "must be set where packDomain is not",
    },
    {
        .rule = "V-036",
        .type = &fields::kObjectOf<TopologyConstraint>,
        .expression = "!(has(self.packDomain) && has(self.pack) && has(self.pack.required))",
        .error = ErrorType::kInvalid,
        .field = "pack.required",
        .message = "must not be set together with packDomain",
    },
    {
        .rule = "V-037",
        .type = &fields::kObjectOf<TopologyPackConstraint>,
        .expression = "has(self.required) || has(self.preferred)",
        .error = ErrorType::kRequired,
        .field = "",
        .message = "must set required, preferred or both",
    },
    {
        .rule = "V-038",
        .type = &fields::kObjectOf<PodCliqueSet>,
        .expression = "oldSelf.hasValue() || !has(self.spec.template.topologyConstraint) || "
                      "!has(self.spec.template.topologyConstraint.packDomain)",
        .error = ErrorType::kForbidden,
        .field = "spec.template.topologyConstraint.packDomain",
        .message = kPackDomainIsDeprecated,
        .create_only = true,
    },
    {
        .rule = "V-039",
        .type = &fields::kObjectOf<PodCliqueSet>,
        .expression = "oldSelf.hasValue() || self.spec.template.cliques.all(clique, !has(clique.topologyConstraint) || "
                      "!has(clique.topologyConstraint.packDomain))",
        .error = ErrorType::kForbidden,
        .field = "spec.template.cliques",
        .message = kPackDomainIsDeprecated,
        .create_only = true,
    },
    {
        .rule = "V-040",
        .type = &fields::kObjectOf<PodCliqueSet>,
        .expression = "oldSelf.hasValue() || !has(self.spec.template.podCliqueScalingGroups) || "
                      "self.spec.template.podCliqueScalingGroups.all(group, !has(group.topologyConstraint) || "
                      "!has(group.topologyConstraint.packDomain))",
        .error = ErrorType::kForbidden,
        .field = "spec.template.podCliqueScalingGroups",
        .message = kPackDomainIsDeprecated,
        .create_only = true,
    },
};
constexpr const ExpressionRule& kPackOrPackDomain = kRules[0];
constexpr const ExpressionRule& kNotRequiredAndPackDomain = kRules[1];
constexpr const ExpressionRule& kRequiredOrPreferred = kRules[2];
constexpr const ExpressionRule& kNoPackDomainOfSet = kRules[3];
constexpr const ExpressionRule& kNoPackDomainOfCliques = kRules[4];
constexpr const ExpressionRule& kNoPackDomainOfScalingGroups = kRules[5];

const Node* FindObject(const Node& object, std::string_view key) {
  const Node* found = Find(object, key);
  return found != nullptr && IsObject(*found) ? found : nullptr;
}

Node FindOrNull(const Node& object, std::string_view key) {
  const Node* found = Find(object, key);
  return found == nullptr ? Node{} : *found;
}

bool Has(const Node& object, std::string_view key) { return Find(object, key) != nullptr; }

// What a rule says of the object at `path`; Invalid ones show the object itself.
void Add(const ExpressionRule& rule, const Node& self, const FieldPath& path,
         const std::shared_ptr<const internal::Storage>& storage, Findings& findings) {
  const FieldPath field = rule.field.empty() ? path : path.Child(rule.field);
  if (rule.error == ErrorType::kInvalid) {
    findings.Add(rule.error, field, Value(self, storage), rule.rule, std::string(rule.message));
  } else {
    findings.Add(rule.error, field, rule.rule, std::string(rule.message));
  }
}

// K-1 to K-3 on the topologyConstraint of `parent`, if it has one that is not what `old` has.
void CheckConstraint(const Node& parent, const Node* old, const FieldPath& parent_path,
                     const std::shared_ptr<const internal::Storage>& storage, Findings& findings) {
  const Node* constraint = FindObject(parent, "topologyConstraint");
  const Node* old_constraint = old == nullptr ? nullptr : FindObject(*old, "topologyConstraint");
  if (constraint == nullptr || IsUnchanged(*constraint, old_constraint)) return;
  const FieldPath path = parent_path.Child("topologyConstraint");
  const Node* pack = FindObject(*constraint, "pack");
  const bool has_pack_domain = Has(*constraint, "packDomain");
  if (!Has(*constraint, "pack") && !has_pack_domain) Add(kPackOrPackDomain, *constraint, path, storage, findings);
  if (has_pack_domain && pack != nullptr && Has(*pack, "required")) {
    Add(kNotRequiredAndPackDomain, *constraint, path, storage, findings);
  }
  const Node* old_pack = old_constraint == nullptr ? nullptr : Find(*old_constraint, "pack");
  if (pack != nullptr && !IsUnchanged(*pack, old_pack) && !Has(*pack, "required") && !Has(*pack, "preferred")) {
    Add(kRequiredOrPreferred, *pack, path.Child("pack"), storage, findings);
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
void ForbidPackDomain(const Node& set, const Node& set_template,
                      const std::shared_ptr<const internal::Storage>& storage, Findings& findings) {
  const FieldPath root;
  const auto any_in = [&](std::string_view list) {
    return std::ranges::any_of(Elements(FindOrNull(set_template, list)), HasPackDomain);
  };
  if (HasPackDomain(set_template)) Add(kNoPackDomainOfSet, set, root, storage, findings);
  if (any_in("cliques")) Add(kNoPackDomainOfCliques, set, root, storage, findings);
  if (any_in("podCliqueScalingGroups")) Add(kNoPackDomainOfScalingGroups, set, root, storage, findings);
}

}  // namespace

std::span<const ExpressionRule> ExpressionRules() { return kRules; }

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
  if (old == nullptr) ForbidPackDomain(set, set_template, storage, findings);
}

}  // namespace grove::admission
