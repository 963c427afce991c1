// What an update must leave as it is (spec 03 §6). Cliques and groups of the two sets are paired by name; where a
// stored set has a name twice, the last one counts.
#include <initializer_list>

#include "model/kubernetes/kubernetes_schema.h"
#include "model/validation/semantic_equality.h"
#include "model/validation/set_context.h"

namespace grove::validation {
namespace {

using internal::Node;

constexpr std::string_view kAnyOrder = "CliqueStartupTypeAnyOrder";

// The list `name` of the set's template, as it is written in the document.
Node TemplateMember(const Input& input, std::string_view name) {
  const Node* node = &input.document;
  for (const std::string_view member : {std::string_view("spec"), std::string_view("template"), name}) {
    node = internal::Find(*node, member);
    if (node == nullptr) return {};
  }
  return *node;
}

// `member` of element `index` of that list. Null if there is none.
Value ElementMember(const Input& input, std::string_view list, std::size_t index, std::string_view member) {
  const Node elements = TemplateMember(input, list);
  if (index >= internal::Elements(elements).size()) return {};
  const Node* value = internal::Find(internal::Elements(elements)[index], member);
  return value == nullptr ? Value() : Value(*value, input.storage);
}

Value OptionalInteger(const std::optional<std::int32_t>& value) {
  return value.has_value() ? IntegerValue(*value) : Value();
}

// One element of a list in the old and in the new set.
template <class Element>
struct Pair {
  const SetContext& old;
  const SetContext& context;
  std::size_t old_index;
  std::size_t index;
  const Element& before;
  const Element& after;
};
using CliquePair = Pair<PodCliqueTemplateSpec>;
using GroupPair = Pair<PodCliqueScalingGroupConfig>;

template <class Element>
std::string MustNotChange(const Pair<Element>& pair) {
  return Concat({"must not change, does so for ", Quoted(pair.after.name)});
}

// Below the path of the list: the reference names no index.
constexpr Rule<CliquePair> kCliqueRules[] = {
    {"V-502", On::kUpdate,
     [](const CliquePair& pair) {
       const std::optional<std::string>& startup_type = pair.context.template_spec.clique_startup_type;
       return startup_type.has_value() && *startup_type != kAnyOrder && pair.index != pair.old_index;
     },
     ErrorType::kInvalid, "", [](const CliquePair& pair) { return StringValue(pair.after.name); },
     [](const CliquePair& pair) {
       return Concat({"the order of cliques must not change, ", Quoted(pair.after.name), " was at ",
                      std::to_string(pair.old_index), ", is at ", std::to_string(pair.index)});
     }},
    {"V-503", On::kUpdate,
     [](const CliquePair& pair) { return pair.before.spec.role_name != pair.after.spec.role_name; },
     ErrorType::kInvalid, "spec.roleName",
     [](const CliquePair& pair) { return StringValue(pair.after.spec.role_name); }, MustNotChange},
    {"V-504", On::kUpdate,
     [](const CliquePair& pair) { return pair.before.spec.min_available != pair.after.spec.min_available; },
     ErrorType::kInvalid, "spec.minAvailable",
     [](const CliquePair& pair) { return OptionalInteger(pair.after.spec.min_available); }, MustNotChange},
    {"V-505", On::kUpdate,
     [](const CliquePair& pair) { return pair.before.spec.starts_after != pair.after.spec.starts_after; },
     ErrorType::kInvalid, "spec.startsAfter",
     [](const CliquePair& pair) { return StringListValue(pair.after.spec.starts_after); }, MustNotChange},
    {"V-506", On::kUpdate,
     [](const CliquePair& pair) {
       return pair.old.scheduler_names[pair.old_index] != pair.context.scheduler_names[pair.index];
     },
     ErrorType::kInvalid, "spec.podSpec.schedulerName",
     [](const CliquePair& pair) { return StringValue(pair.context.scheduler_names[pair.index]); }, MustNotChange},
};

// Below the path of the clique.
constexpr Rule<CliquePair> kCliqueSharingRules[] = {
    {"V-508", On::kUpdate,
     [](const CliquePair& pair) { return pair.before.resource_sharing != pair.after.resource_sharing; },
     ErrorType::kInvalid, "resourceSharing",
     [](const CliquePair& pair) { return ElementMember(pair.context.input, "cliques", pair.index, "resourceSharing"); },
     MustNotChange},
};

constexpr Rule<GroupPair> kGroupRules[] = {
    {"V-522", On::kUpdate, [](const GroupPair& pair) { return pair.before.clique_names != pair.after.clique_names; },
     ErrorType::kInvalid, "cliqueNames", [](const GroupPair& pair) { return StringListValue(pair.after.clique_names); },
     MustNotChange},
    {"V-523", On::kUpdate, [](const GroupPair& pair) { return pair.before.min_available != pair.after.min_available; },
     ErrorType::kInvalid, "minAvailable",
     [](const GroupPair& pair) { return OptionalInteger(pair.after.min_available); }, MustNotChange},
    {"V-524", On::kUpdate,
     [](const GroupPair& pair) { return pair.before.resource_sharing != pair.after.resource_sharing; },
     ErrorType::kInvalid, "resourceSharing",
     [](const GroupPair& pair) {
       return ElementMember(pair.context.input, "podCliqueScalingGroups", pair.index, "resourceSharing");
     },
     MustNotChange},
};

// The set before and after.
struct SetPair {
  const SetContext& old;
  const SetContext& context;
};

bool SameClaimTemplates(const std::vector<ResourceClaimTemplateConfig>& before,
                        const std::vector<ResourceClaimTemplateConfig>& after) {
  const auto same = [](const ResourceClaimTemplateConfig& a, const ResourceClaimTemplateConfig& b) {
    return a.name == b.name && SameContent(&a.template_spec.node(), &b.template_spec.node(),
                                           schema::kubernetes::kResourceClaimTemplateSpec);
  };
  return std::equal(before.begin(), before.end(), after.begin(), after.end(), same);
}

constexpr Rule<SetPair> kStartupTypeRules[] = {
    {"V-510", On::kUpdate,
     [](const SetPair& pair) {
       return pair.old.template_spec.clique_startup_type != pair.context.template_spec.clique_startup_type;
     },
     ErrorType::kInvalid, "cliqueStartupType",
     [](const SetPair& pair) {
       const std::optional<std::string>& startup_type = pair.context.template_spec.clique_startup_type;
       return startup_type.has_value() ? StringValue(*startup_type) : Value();
     },
     [](const SetPair& pair) {
       return Concat({"must not change, was ", Quoted(pair.old.template_spec.clique_startup_type.value_or(""))});
     }},
};

constexpr Rule<SetPair> kClaimRules[] = {
    {"V-530", On::kUpdate,
     [](const SetPair& pair) {
       return !SameClaimTemplates(pair.old.template_spec.resource_claim_templates,
                                  pair.context.template_spec.resource_claim_templates);
     },
     ErrorType::kInvalid, "resourceClaimTemplates",
     [](const SetPair& pair) {
       return Value(TemplateMember(pair.context.input, "resourceClaimTemplates"), pair.context.input.storage);
     },
     [](const SetPair&) { return std::string("must not change"); }},
    {"V-531", On::kUpdate,
     [](const SetPair& pair) {
       return pair.old.template_spec.resource_sharing != pair.context.template_spec.resource_sharing;
     },
     ErrorType::kInvalid, "resourceSharing",
     [](const SetPair& pair) {
       return Value(TemplateMember(pair.context.input, "resourceSharing"), pair.context.input.storage);
     },
     [](const SetPair&) { return std::string("must not change"); }},
};

std::string CountChange(std::size_t before, std::size_t after) {
  return Concat({"must be as many as before, were ", std::to_string(before), ", are ", std::to_string(after)});
}

void ApplyToSet(std::span<const Rule<SetPair>> rules, const SetContext& context, const SetContext& old) {
  const FieldPath root;
  Apply<SetPair>(rules, context.operation, SetPair{old, context}, root.Child("spec.template"), context.findings);
}

}  // namespace

void ValidateCliqueUpdates(const SetContext& context, const SetContext& old) {
  const std::vector<PodCliqueTemplateSpec>& before = old.template_spec.cliques;
  const std::vector<PodCliqueTemplateSpec>& after = context.template_spec.cliques;
  const FieldPath root;
  const FieldPath list = root.Child("spec.template.cliques");
  if (before.size() != after.size()) {
    context.findings.Add(ErrorType::kForbidden, list, "V-500", CountChange(before.size(), after.size()));
  }
  for (std::size_t i = 0; i < after.size(); ++i) {
    const std::optional<std::size_t> position = old.clique_names.FindLast(after[i].name);
    if (!position.has_value()) {
      context.findings.Add(ErrorType::kForbidden, list.Child("name"), "V-501",
                           Concat({"there was no clique ", Quoted(after[i].name), " before"}));
      continue;
    }
    const CliquePair pair{old, context, *position, i, before[*position], after[i]};
    Apply<CliquePair>(kCliqueRules, context.operation, pair, list, context.findings);
    Apply<CliquePair>(kCliqueSharingRules, context.operation, pair, list.Index(i), context.findings);
  }
}

void ValidateStartupTypeUpdate(const SetContext& context, const SetContext& old) {
  ApplyToSet(kStartupTypeRules, context, old);
}

void ValidateScalingGroupUpdates(const SetContext& context, const SetContext& old) {
  const std::vector<PodCliqueScalingGroupConfig>& before = old.template_spec.pod_clique_scaling_groups;
  const std::vector<PodCliqueScalingGroupConfig>& after = context.template_spec.pod_clique_scaling_groups;
  const FieldPath root;
  const FieldPath list = root.Child("spec.template.podCliqueScalingGroups");
  if (before.size() != after.size()) {
    context.findings.Add(ErrorType::kForbidden, list, "V-520", CountChange(before.size(), after.size()));
    return;
  }
  for (std::size_t i = 0; i < after.size(); ++i) {
    const std::optional<std::size_t> position = old.group_names.FindLast(after[i].name);
    if (!position.has_value()) {
      context.findings.Add(ErrorType::kForbidden, list.Child("name"), "V-521",
                           Concat({"there was no group ", Quoted(after[i].name), " before"}));
      continue;
    }
    const GroupPair pair{old, context, *position, i, before[*position], after[i]};
    Apply<GroupPair>(kGroupRules, context.operation, pair, list, context.findings);
  }
}

void ValidateClaimUpdates(const SetContext& context, const SetContext& old) { ApplyToSet(kClaimRules, context, old); }

}  // namespace grove::validation
