#include <gtest/gtest.h>

#include "model/validation/rule_case.h"

namespace grove::validation {
namespace {

ResourceSharing Sharing(std::string_view name, std::string_view scope = "AllReplicas",
                        std::string_view namespace_name = "") {
  ResourceSharing sharing;
  sharing.name = name;
  sharing.scope = scope;
  sharing.namespace_name = namespace_name;
  return sharing;
}

ResourceSharing Filtered(std::string_view name, std::vector<std::string> cliques,
                         std::vector<std::string> groups = {}) {
  ResourceSharing sharing = Sharing(name);
  sharing.filter.emplace();
  sharing.filter->child_clique_names = std::move(cliques);
  sharing.filter->child_scaling_group_names = std::move(groups);
  return sharing;
}

void AddClaimTemplate(Subject& subject) {
  ResourceClaimTemplateConfig& config = subject.Template().resource_claim_templates.emplace_back();
  config.name = "internal";
  config.template_spec = Value::FromJson(R"({"spec":{"devices":{"requests":[{}]}}})");
}

TEST(SharingRules, Entries) {
  ExpectFindings({
      {"valid",
       [](Subject& s) {
         AddClaimTemplate(s);
         s.Template().resource_sharing = {Sharing("internal"), Sharing("external", "PerReplica", "team")};
       },
       {}},
      {"name_empty",
       [](Subject& s) {
         s.Template().resource_sharing = {Sharing(""), Sharing("")};
       },
       {"V-170 Required spec.template.resourceSharing[0].name",
        "V-170 Required spec.template.resourceSharing[1].name"}},
      {"name_repeated",
       [](Subject& s) {
         s.Template().resource_sharing = {Sharing("x"), Sharing("x", "PerReplica"), Sharing("y"),
                                          Sharing("x", "AllReplicas", "team")};
       },
       {R"(V-171 Duplicate spec.template.resourceSharing[1].name "x")",
        R"(V-171 Duplicate spec.template.resourceSharing[3].name "x")"}},
      {"same_name_at_other_levels",
       [](Subject& s) {
         s.AddGroup("g", {"a"}).resource_sharing = {Sharing("x")};
         s.Clique(0).resource_sharing = {Sharing("x")};
         s.Template().resource_sharing = {Sharing("x")};
       },
       {}},
      {"namespace_of_internal",
       [](Subject& s) {
         AddClaimTemplate(s);
         s.Template().resource_sharing = {Sharing("internal", "AllReplicas", "team")};
       },
       {R"(V-172 Invalid spec.template.resourceSharing[0].namespace "team")"}},
      {"scope_unknown",
       [](Subject& s) { s.Template().resource_sharing = {Sharing("x", "Perreplica")}; },
       {R"(V-173 NotSupported spec.template.resourceSharing[0].scope "Perreplica")"}},
      {"all_of_one_entry_at_a_clique",
       [](Subject& s) {
         AddClaimTemplate(s);
         s.Clique(0).resource_sharing = {Sharing("internal"), Sharing("internal", "", "team")};
       },
       {R"(V-171 Duplicate spec.template.cliques[0].resourceSharing[1].name "internal")",
        R"(V-172 Invalid spec.template.cliques[0].resourceSharing[1].namespace "team")",
        R"(V-173 NotSupported spec.template.cliques[0].resourceSharing[1].scope "")"}},
  });
}

TEST(SharingRules, Filters) {
  ExpectFindings({
      {"set_filter_empty",
       [](Subject& s) { s.Template().resource_sharing = {Filtered("x", {})}; },
       {"V-174 Required spec.template.resourceSharing[0].filter"}},
      {"set_filter_unknown",
       [](Subject& s) {
         s.AddGroup("g", {"a"});
         s.Template().resource_sharing = {Sharing(""), Filtered("x", {"a", "g", "g"}, {"a", "g"})};
       },
       {"V-170 Required spec.template.resourceSharing[0].name",
        R"(V-175 NotFound spec.template.resourceSharing[1].filter.childCliqueNames[1] "g")",
        R"(V-175 NotFound spec.template.resourceSharing[1].filter.childCliqueNames[2] "g")",
        R"(V-176 NotFound spec.template.resourceSharing[1].filter.childScalingGroupNames[0] "a")"}},
      {"filters_after_all_entries",
       [](Subject& s) {
         s.Template().resource_sharing = {Filtered("x", {}), Sharing("")};
       },
       {"V-170 Required spec.template.resourceSharing[1].name",
        "V-174 Required spec.template.resourceSharing[0].filter"}},
      {"group_filter_empty",
       [](Subject& s) { s.AddGroup("g", {"a"}).resource_sharing = {Filtered("x", {}, {"g"})}; },
       {"V-177 Required spec.template.podCliqueScalingGroups[0].resourceSharing[0].filter"}},
      {"group_filter_names_another_clique",
       [](Subject& s) {
         s.AddClique("b");
         s.AddGroup("g", {"a"}).resource_sharing = {Filtered("x", {"a", "b"})};
       },
       {R"(V-178 NotFound spec.template.podCliqueScalingGroups[0].resourceSharing[0].filter.childCliqueNames[1] "b")"}},
      {"clique_filter_is_not_looked_at", [](Subject& s) { s.Clique(0).resource_sharing = {Filtered("x", {})}; }, {}},
  });
}

}  // namespace
}  // namespace grove::validation
