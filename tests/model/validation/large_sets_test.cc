// Sets that nobody writes but somebody may send: the rules take time in proportion, and no recursion.

#include <gtest/gtest.h>

#include "model/validation/rule_case.h"

namespace grove::validation {
namespace {

constexpr std::size_t kMany = 100'000;

std::string Name(std::size_t i) { return "c" + std::to_string(i); }

// Many cliques in a chain of dependencies, all in one group that shares with each of them, each with a scheduler of
// its own and a topology constraint.
Subject ManyCliques() {
  Subject subject;
  subject.EnableTopology();
  PodCliqueSetTemplateSpec& spec = subject.Template();
  spec.clique_startup_type = "CliqueStartupTypeExplicit";
  spec.cliques.clear();
  spec.cliques.reserve(kMany);
  PodCliqueScalingGroupConfig& group = subject.AddGroup("g", {});
  ResourceSharing sharing;
  sharing.scope = "PerReplica";
  sharing.filter.emplace();
  for (std::size_t i = 0; i < kMany; ++i) {
    PodCliqueTemplateSpec& clique = spec.cliques.emplace_back();
    clique.name = Name(i);
    clique.spec.role_name = Name(i);
    clique.spec.replicas = 1;
    clique.spec.min_available = 1;
    clique.spec.starts_after = {Name((i + 1) % kMany)};
    clique.spec.pod_spec = Value::FromJson(R"({"schedulerName":")" + Name(i) + "\"}");
    clique.topology_constraint = Constraint("", "rack");
    group.clique_names.push_back(Name(i));
    sharing.filter->child_clique_names.push_back(Name(i));
    sharing.name = Name(i);
    spec.resource_sharing.push_back(sharing);
    sharing.filter->child_clique_names.clear();
  }
  group.topology_constraint = Constraint("topo", "zone");
  group.resource_sharing = spec.resource_sharing;
  return subject;
}

TEST(LargeSets, CliquesInACycle) {
  const Subject subject = ManyCliques();
  Findings findings = FindingsOf(subject);
  std::vector<std::string_view> rules;
  for (const FieldError& error : findings.errors()) rules.push_back(error.rule);
  EXPECT_EQ(rules, std::vector<std::string_view>({"V-400", "V-401", "V-149", "V-405"}));
  EXPECT_EQ(findings.errors()[2].bad_value->at(0).size(), kMany);
}

TEST(LargeSets, NothingKnownAndEverythingTwice) {
  Subject subject;
  PodCliqueScalingGroupConfig& group = subject.AddGroup("g", {});
  ResourceSharing sharing;
  sharing.scope = "PerReplica";
  sharing.filter.emplace();
  std::string environment;
  for (std::size_t i = 0; i < kMany; ++i) {
    group.clique_names.push_back(Name(i / 2));
    sharing.filter->child_scaling_group_names.push_back(Name(i));
    environment += (i == 0 ? R"({"name":")" : R"(,{"name":")") + Name(i / 2) + "\"}";
  }
  sharing.name = "x";
  subject.Template().resource_sharing = {sharing};
  subject.SetPodSpec(0, R"("initContainers":[{"env":[)" + environment + "]}]");
  Findings findings = FindingsOf(subject);
  ASSERT_EQ(findings.errors().size(), kMany + 3);  // V-176 for each, V-158, V-164, V-162
  EXPECT_EQ(findings.errors()[0].rule, "V-176");
  EXPECT_EQ(findings.errors()[kMany].rule, "V-158");
  EXPECT_EQ(findings.errors()[kMany].bad_value->size(), kMany / 2);
  EXPECT_EQ(findings.errors()[kMany + 1].rule, "V-164");
  EXPECT_EQ(findings.errors()[kMany + 2].rule, "V-162");
}

}  // namespace
}  // namespace grove::validation
