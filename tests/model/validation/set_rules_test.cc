#include <gtest/gtest.h>

#include "model/validation/rule_case.h"

namespace grove::validation {
namespace {

ResourceClaimTemplateConfig ClaimTemplate(std::string_view name, std::string_view json) {
  ResourceClaimTemplateConfig config;
  config.name = name;
  config.template_spec = Value::FromJson(json);
  return config;
}

constexpr std::string_view kOneRequest = R"({"spec":{"devices":{"requests":[{"name":"gpu"}]}}})";

TEST(SetRules, Findings) {
  ExpectFindings({
      {"valid", [](Subject&) {}, {}},
      {"replicas_zero", [](Subject& s) { s.set.spec.replicas = 0; }, {}},
      {"replicas_negative", [](Subject& s) { s.set.spec.replicas = -1; }, {"V-101 Invalid spec.replicas -1"}},
      {"startup_type_absent",
       [](Subject& s) { s.Template().clique_startup_type.reset(); },
       {"V-110 Required spec.template.cliqueStartupType"}},
      {"startup_type_unknown",
       [](Subject& s) { s.Template().clique_startup_type = "Foo"; },
       {R"(V-110a Invalid spec.template.cliqueStartupType "Foo")"}},
      {"startup_type_in_order", [](Subject& s) { s.Template().clique_startup_type = "CliqueStartupTypeInOrder"; }, {}},
      {"termination_delay_zero",
       [](Subject& s) { s.Template().termination_delay = Duration{0}; },
       {R"(V-111 Invalid spec.template.terminationDelay "0s")"}},
      {"termination_delay_negative",
       [](Subject& s) { s.Template().termination_delay = Duration{-300'000'000'000}; },
       {R"(V-111 Invalid spec.template.terminationDelay "-5m0s")"}},
      {"termination_delay_positive", [](Subject& s) { s.Template().termination_delay = Duration{1}; }, {}},
      {"termination_delay_absent",
       [](Subject& s) { s.Template().termination_delay.reset(); },
       {"V-112 Required spec.template.terminationDelay"}},
      {"claim_template_valid",
       [](Subject& s) { s.Template().resource_claim_templates = {ClaimTemplate("t", kOneRequest)}; },
       {}},
      {"claim_template_without_name",
       [](Subject& s) { s.Template().resource_claim_templates = {ClaimTemplate("", kOneRequest)}; },
       {"V-114 Required spec.template.resourceClaimTemplates[0].name"}},
      {"claim_template_blank_name",
       [](Subject& s) { s.Template().resource_claim_templates = {ClaimTemplate(" ", kOneRequest)}; },
       {}},
      {"claim_templates_without_requests",
       [](Subject& s) {
         s.Template().resource_claim_templates = {ClaimTemplate("t", R"({"spec":{"devices":{"requests":[]}}})"),
                                                  ClaimTemplate("u", R"({"spec":null})"), ClaimTemplate("v", "[]"),
                                                  ClaimTemplate("w", R"({"spec":{"devices":{"requests":{"a":1}}}})")};
       },
       {"V-115 Required spec.template.resourceClaimTemplates[0].templateSpec.spec.devices.requests",
        "V-115 Required spec.template.resourceClaimTemplates[1].templateSpec.spec.devices.requests",
        "V-115 Required spec.template.resourceClaimTemplates[2].templateSpec.spec.devices.requests",
        "V-115 Required spec.template.resourceClaimTemplates[3].templateSpec.spec.devices.requests"}},
      {"claim_templates_duplicate",
       [](Subject& s) {
         for (const char* name : {"b", "a", "b", "", "a", "b", ""}) {
           s.Template().resource_claim_templates.push_back(ClaimTemplate(name, kOneRequest));
         }
       },
       {"V-114 Required spec.template.resourceClaimTemplates[3].name",
        "V-114 Required spec.template.resourceClaimTemplates[6].name",
        R"(V-116 Duplicate spec.template.resourceClaimTemplates.name ["b","a",""])"}},
      {"order_of_the_template",
       [](Subject& s) {
         s.set.spec.replicas = -1;
         s.Template().clique_startup_type.reset();
         s.Template().resource_claim_templates = {ClaimTemplate("", kOneRequest)};
         s.Template().resource_sharing.resize(1);
         s.Clique(0).spec.replicas = 0;
         s.AddGroup("", {});
         s.Template().termination_delay.reset();
         s.Template().topology_constraint = Constraint("t", "rack");
         s.set.metadata.annotations.Set("grove.io/mnnvl-group", "");
       },
       {R"(V-200 Invalid spec.template.topologyConstraint ["rack"])", "V-101 Invalid spec.replicas -1",
        "V-110 Required spec.template.cliqueStartupType", "V-114 Required spec.template.resourceClaimTemplates[0].name",
        "V-170 Required spec.template.resourceSharing[0].name",
        R"(V-173 NotSupported spec.template.resourceSharing[0].scope "")",
        "V-140 Invalid spec.template.cliques[0].spec.replicas 0",
        "V-143 Invalid spec.template.cliques[0].spec.minAvailable 1",
        R"(V-160 Invalid spec.template.podCliqueScalingGroups[0].name "")",
        "V-112 Required spec.template.terminationDelay",
        R"(V-300 Invalid metadata.annotations.grove.io/mnnvl-group "")",
        R"(V-302 Invalid metadata.annotations.grove.io/mnnvl-group "")"}},
  });
}

}  // namespace
}  // namespace grove::validation
