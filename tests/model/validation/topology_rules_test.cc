#include <gtest/gtest.h>

#include "model/validation/rule_case.h"

namespace grove::validation {
namespace {

TopologyConstraint Legacy(std::string_view topology, std::string_view pack_domain) {
  TopologyConstraint constraint;
  constraint.topology_name = topology;
  constraint.pack_domain = pack_domain;
  return constraint;
}

// Topology on, and a group g of the clique b beside the clique a.
void AddGroupOfB(Subject& subject) {
  subject.EnableTopology();
  subject.AddClique("b");
  subject.AddGroup("g", {"b"});
}

TEST(TopologyRules, Off) {
  ExpectFindings({
      {"all_levels_and_their_domains",
       [](Subject& s) {
         s.AddGroup("g", {"a"}).topology_constraint = Constraint("", "host", "host");
         s.Clique(0).topology_constraint = Constraint("nope", "rack", "zone");
         s.Template().topology_constraint = TopologyConstraint{};
         s.AddClique("b").topology_constraint = Legacy("", "block");
       },
       {"V-200 Invalid spec.template.topologyConstraint null",
        R"(V-200 Invalid spec.template.cliques[0].topologyConstraint ["rack","zone"])",
        R"(V-200 Invalid spec.template.cliques[1].topologyConstraint ["block"])",
        R"(V-200 Invalid spec.template.podCliqueScalingGroups[0].topologyConstraint ["host"])"}},
  });
}

TEST(TopologyRules, Names) {
  ExpectFindings({
      {"nothing_to_do", [](Subject& s) { s.context.configuration.topology_aware_scheduling.enabled = true; }, {}},
      {"inherited",
       [](Subject& s) {
         AddGroupOfB(s);
         s.Template().topology_constraint = Constraint("topo", "zone");
         s.Group(0).topology_constraint = Constraint("", "rack");
         s.Clique(0).topology_constraint = Constraint("topo", "rack");
         s.Clique(1).topology_constraint = Constraint("", "host");
       },
       {}},
      {"inherited_from_the_group_alone",
       [](Subject& s) {
         AddGroupOfB(s);
         s.Group(0).topology_constraint = Constraint("topo", "rack");
         s.Clique(1).topology_constraint = Constraint("", "host");
       },
       {}},
      {"nothing_to_inherit",
       [](Subject& s) {
         AddGroupOfB(s);
         s.Group(0).topology_constraint = Constraint("", "rack");
         s.Clique(0).topology_constraint = Constraint("", "rack");
         s.Clique(1).topology_constraint = Constraint("topo", "rack");
       },
       {"V-210 Required spec.template.podCliqueScalingGroups[0].topologyConstraint.topologyName",
        "V-210 Required spec.template.cliques[0].topologyConstraint.topologyName"}},
      {"set_without_name",
       [](Subject& s) {
         s.EnableTopology();
         s.Template().topology_constraint = Constraint("", "rack");
         s.Clique(0).topology_constraint = Constraint("", "rack");
       },
       {"V-210 Required spec.template.topologyConstraint.topologyName",
        "V-210 Required spec.template.cliques[0].topologyConstraint.topologyName"}},
      {"other_than_inherited",
       [](Subject& s) {
         AddGroupOfB(s);
         s.Template().topology_constraint = Constraint("topo", "zone");
         s.Group(0).topology_constraint = Constraint("two", "rack");
         // Its group has an error and gives nothing, so the set does.
         s.Clique(1).topology_constraint = Constraint("topo", "host");
         s.Clique(0).topology_constraint = Constraint("three", "host");
       },
       {R"(V-211 Invalid spec.template.podCliqueScalingGroups[0].topologyConstraint.topologyName "two")",
        R"(V-211 Invalid spec.template.cliques[0].topologyConstraint.topologyName "three")"}},
      {"first_resolved_group_counts",
       [](Subject& s) {
         AddGroupOfB(s);
         s.AddGroup("h", {"b"}).topology_constraint = Constraint("topo", "rack");
         s.AddGroup("i", {"b"}).topology_constraint = Constraint("topo", "rack");
         s.Clique(1).topology_constraint = Constraint("two", "rack");
       },
       {R"(V-211 Invalid spec.template.cliques[1].topologyConstraint.topologyName "two")",
        R"(V-162 Duplicate spec.template.podCliqueScalingGroups.cliqueNames ["b"])"}},
      {"two_names_side_by_side",
       [](Subject& s) {
         AddGroupOfB(s);
         s.Group(0).topology_constraint = Constraint("topo", "rack");
         s.Clique(0).topology_constraint = Constraint("two", "rack");
         s.Clique(1).topology_constraint = Constraint("", "nowhere");
       },
       {R"(V-212 Invalid spec.template.podCliqueScalingGroups[0].topologyConstraint.topologyName "topo")",
        R"(V-212 Invalid spec.template.cliques[0].topologyConstraint.topologyName "two")"}},
      {"unknown_binding_of_a_clique",
       [](Subject& s) {
         s.EnableTopology();
         s.Clique(0).topology_constraint = Constraint("nope", "nowhere");
       },
       {R"(V-215 Invalid spec.template.topologyConstraint.topologyName "nope")"}},
  });
}

TEST(TopologyRules, Domains) {
  ExpectFindings({
      {"unknown_domains",
       [](Subject& s) {
         AddGroupOfB(s);
         s.Template().topology_constraint = Legacy("topo", "floor");
         s.Group(0).topology_constraint = Constraint("", "shelf", "zone");
         s.Clique(0).topology_constraint = Constraint("", "host", "building");
       },
       {R"(V-220 Invalid spec.template.topologyConstraint.packDomain "floor")",
        R"(V-220 Invalid spec.template.cliques[0].topologyConstraint.pack.preferred "building")",
        R"(V-220 Invalid spec.template.podCliqueScalingGroups[0].topologyConstraint.pack.required "shelf")"}},
      {"all_domains_of_one_constraint",
       [](Subject& s) {
         s.EnableTopology();
         s.Template().topology_constraint = Constraint("topo", "q", "r");
         s.Template().topology_constraint->pack_domain = "p";
       },
       {R"(V-220 Invalid spec.template.topologyConstraint.packDomain "p")",
        R"(V-220 Invalid spec.template.topologyConstraint.pack.required "q")",
        R"(V-220 Invalid spec.template.topologyConstraint.pack.preferred "r")"}},
      {"set_narrower_than_cliques",
       [](Subject& s) {
         AddGroupOfB(s);
         s.Template().topology_constraint = Constraint("topo", "host", "rack");
         s.Clique(0).topology_constraint = Constraint("", "zone", "zone");
         s.Clique(1).topology_constraint = Constraint("", "host", "zone");
       },
       {R"(V-230 Invalid spec.template.topologyConstraint "host")",
        R"(V-231 Invalid spec.template.topologyConstraint.pack.preferred "rack")",
        R"(V-231 Invalid spec.template.topologyConstraint.pack.preferred "rack")"}},
      {"set_narrower_than_group",
       [](Subject& s) {
         AddGroupOfB(s);
         s.Template().topology_constraint = Constraint("topo", "host", "host");
         s.Group(0).topology_constraint = Legacy("", "rack");
         s.Group(0).topology_constraint->pack.emplace();
         s.Group(0).topology_constraint->pack->preferred = "zone";
       },
       {R"(V-232 Invalid spec.template.topologyConstraint "host")",
        R"(V-233 Invalid spec.template.topologyConstraint.pack.preferred "host")"}},
      {"group_narrower_than_members",
       [](Subject& s) {
         AddGroupOfB(s);
         s.Group(0).clique_names = {"zz", "b"};
         s.Group(0).topology_constraint = Constraint("topo", "rack", "host");
         s.Clique(0).topology_constraint = Constraint("topo", "zone");
         s.Clique(1).topology_constraint = Constraint("", "zone", "rack");
       },
       {R"(V-234 Invalid spec.template.podCliqueScalingGroups[0].topologyConstraint "rack")",
        R"(V-235 Invalid spec.template.podCliqueScalingGroups[0].topologyConstraint.pack.preferred "host")",
        R"(V-164 Invalid spec.template.podCliqueScalingGroups[0].cliqueNames "zz")"}},
      {"required_is_not_compared_with_preferred",
       [](Subject& s) {
         s.EnableTopology();
         s.Template().topology_constraint = Constraint("topo", "host");
         s.Clique(0).topology_constraint = Constraint("", "", "zone");
       },
       {}},
      {"equal_is_allowed",
       [](Subject& s) {
         s.EnableTopology();
         s.Template().topology_constraint = Constraint("topo", "rack", "rack");
         s.Clique(0).topology_constraint = Constraint("", "rack", "rack");
       },
       {}},
  });
}

TEST(TopologyRules, WarnOfPreferredThatIsBroaderThanRequired) {
  Subject subject;
  AddGroupOfB(subject);
  subject.SetPodSpec(0, R"("restartPolicy":"Always")");
  subject.Template().topology_constraint = Constraint("topo", "host", "zone");
  subject.Group(0).topology_constraint = Constraint("", "host", "rack");
  subject.Clique(0).topology_constraint = Constraint("", "host", "host");
  subject.Clique(1).topology_constraint = Constraint("", "building", "zone");
  Findings findings = FindingsOf(subject);
  EXPECT_EQ(Rendered(findings.errors()),
            std::vector<std::string>(
                {R"(V-220 Invalid spec.template.cliques[1].topologyConstraint.pack.required "building")"}));
  std::vector<std::string> fields;
  for (const Warning& warning : findings.warnings()) fields.push_back(warning.field);
  EXPECT_EQ(fields, std::vector<std::string>({
                        "spec.template.cliques[0].spec.podSpec.restartPolicy",
                        "spec.template.topologyConstraint.pack.preferred",
                        "spec.template.podCliqueScalingGroups[0].topologyConstraint.pack.preferred",
                    }));
  EXPECT_EQ(findings.warnings()[1].rule, "03-7.5");
  EXPECT_NE(findings.warnings()[1].detail.find("pack.required"), std::string::npos);
}

TEST(TopologyRules, NoWarningWhereTheBindingIsUnknownOrTheFeatureOff) {
  for (const bool enabled : {false, true}) {
    Subject subject;
    subject.context.configuration.topology_aware_scheduling.enabled = enabled;
    subject.Template().topology_constraint = Constraint("topo", "host", "zone");
    EXPECT_TRUE(FindingsOf(subject).warnings().empty());
  }
}

}  // namespace
}  // namespace grove::validation
