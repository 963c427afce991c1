// Rules of the members of a set that are no lists of cliques or groups (spec 03 §5.1).
#include <algorithm>

#include "model/duration.h"
#include "model/names.h"
#include "model/validation/set_context.h"

namespace grove::validation {
namespace {

using internal::Node;

constexpr std::string_view kTemplatePath = "spec.template";

constexpr std::string_view kStartupTypes[] = {"CliqueStartupTypeAnyOrder", "CliqueStartupTypeInOrder",
                                              kExplicitStartup};

bool IsStartupType(std::string_view type) {
  return std::find(std::begin(kStartupTypes), std::end(kStartupTypes), type) != std::end(kStartupTypes);
}

constexpr Rule<PodCliqueSetSpec> kSpecRules[] = {
    {"V-101", On::kCreateAndUpdate, [](const PodCliqueSetSpec& spec) { return spec.replicas < 0; }, ErrorType::kInvalid,
     "replicas", [](const PodCliqueSetSpec& spec) { return IntegerValue(spec.replicas); },
     [](const PodCliqueSetSpec& spec) {
       return Concat({"must not be negative, is ", std::to_string(spec.replicas)});
     }},
};

constexpr Rule<PodCliqueSetTemplateSpec> kStartupTypeRules[] = {
    {"V-110", On::kCreateAndUpdate,
     [](const PodCliqueSetTemplateSpec& spec) { return !spec.clique_startup_type.has_value(); }, ErrorType::kRequired,
     "cliqueStartupType", nullptr, [](const PodCliqueSetTemplateSpec&) { return std::string("must be set"); }},
    {"V-110a", On::kCreateAndUpdate,
     [](const PodCliqueSetTemplateSpec& spec) {
       return spec.clique_startup_type.has_value() && !IsStartupType(*spec.clique_startup_type);
     },
     ErrorType::kInvalid, "cliqueStartupType",
     [](const PodCliqueSetTemplateSpec& spec) { return StringValue(*spec.clique_startup_type); },
     [](const PodCliqueSetTemplateSpec& spec) {
       return Concat({Quoted(*spec.clique_startup_type),
                      " is none of CliqueStartupTypeAnyOrder, CliqueStartupTypeInOrder, CliqueStartupTypeExplicit"});
     },
     kStartupTypes},
};

constexpr Rule<PodCliqueSetTemplateSpec> kTerminationDelayRules[] = {
    {"V-112", On::kCreateAndUpdate,
     [](const PodCliqueSetTemplateSpec& spec) { return !spec.termination_delay.has_value(); }, ErrorType::kRequired,
     "terminationDelay", nullptr, [](const PodCliqueSetTemplateSpec&) { return std::string("must be set"); }},
    {"V-111", On::kCreateAndUpdate,
     [](const PodCliqueSetTemplateSpec& spec) {
       return spec.termination_delay.has_value() && spec.termination_delay->nanoseconds <= 0;
     },
     ErrorType::kInvalid, "terminationDelay",
     [](const PodCliqueSetTemplateSpec& spec) {
       return StringValue(FormatDuration(spec.termination_delay->nanoseconds));
     },
     [](const PodCliqueSetTemplateSpec& spec) {
       return Concat({"must be longer than 0s, is ", FormatDuration(spec.termination_delay->nanoseconds)});
     }},
};

bool HasDeviceRequest(const Node& template_spec) {
  const Node* node = &template_spec;
  for (const std::string_view member : {"spec", "devices", "requests"}) {
    node = internal::Find(*node, member);
    if (node == nullptr) return false;
  }
  return !internal::Elements(*node).empty();
}

constexpr Rule<ResourceClaimTemplateConfig> kClaimTemplateRules[] = {
    {"V-114", On::kCreateAndUpdate, [](const ResourceClaimTemplateConfig& claim) { return claim.name.empty(); },
     ErrorType::kRequired, "name", nullptr,
     [](const ResourceClaimTemplateConfig&) { return std::string("must not be empty"); }},
    {"V-115", On::kCreateAndUpdate,
     [](const ResourceClaimTemplateConfig& claim) { return !HasDeviceRequest(claim.template_spec.node()); },
     ErrorType::kRequired, "templateSpec.spec.devices.requests", nullptr,
     [](const ResourceClaimTemplateConfig& claim) {
       return Concat({"claim template ", Quoted(claim.name), " must request at least one device"});
     }},
};

}  // namespace

void ValidateSetReplicas(const SetContext& context) {
  const FieldPath root;
  Apply<PodCliqueSetSpec>(kSpecRules, context.operation, context.set.spec, root.Child("spec"), context.findings);
}

void ValidateStartupType(const SetContext& context) {
  const FieldPath root;
  Apply<PodCliqueSetTemplateSpec>(kStartupTypeRules, context.operation, context.template_spec,
                                  root.Child(kTemplatePath), context.findings);
}

void ValidateTerminationDelay(const SetContext& context) {
  const FieldPath root;
  Apply<PodCliqueSetTemplateSpec>(kTerminationDelayRules, context.operation, context.template_spec,
                                  root.Child(kTemplatePath), context.findings);
}

void ValidateClaimTemplates(const SetContext& context) {
  const std::vector<ResourceClaimTemplateConfig>& templates = context.template_spec.resource_claim_templates;
  const FieldPath root;
  const FieldPath list = root.Child("spec.template.resourceClaimTemplates");
  for (std::size_t i = 0; i < templates.size(); ++i) {
    Apply<ResourceClaimTemplateConfig>(kClaimTemplateRules, context.operation, templates[i], list.Index(i),
                                       context.findings);
  }
  ReportDuplicates(context.claim_template_names.names(), list.Child("name"), "V-116", context.findings);
}

}  // namespace grove::validation
