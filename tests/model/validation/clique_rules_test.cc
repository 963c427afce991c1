#include <gtest/gtest.h>

#include "model/validation/rule_case.h"

namespace grove::validation {
namespace {

AutoScalingConfig Scaling(std::optional<std::int32_t> min_replicas, std::int32_t max_replicas) {
  AutoScalingConfig config;
  config.min_replicas = min_replicas;
  config.max_replicas = max_replicas;
  return config;
}

TEST(CliqueRules, Names) {
  ExpectFindings({
      // The reference crashes; nothing else is lost here.
      {"none",
       [](Subject& s) {
         s.Template().cliques.clear();
         s.set.spec.replicas = -1;
       },
       {"V-101 Invalid spec.replicas -1", "V-120 Required spec.template.cliques"}},
      {"none_but_everything_else",
       [](Subject& s) {
         s.Template().cliques.clear();
         s.Template().clique_startup_type = "CliqueStartupTypeExplicit";
         s.AddGroup("g", {"a"});
         s.EnableSchedulers({"kai-scheduler"});
         s.EnableTopology();
         s.Template().topology_constraint = Constraint("topo", "rack");
         s.Group(0).topology_constraint = Constraint("topo", "host");
       },
       {"V-120 Required spec.template.cliques",
        R"(V-164 Invalid spec.template.podCliqueScalingGroups[0].cliqueNames "a")"}},
      {"duplicate_names",
       [](Subject& s) {
         s.AddClique("a").spec.role_name = "b";
         s.AddClique("a").spec.role_name = "c";
       },
       {R"(V-121 Duplicate spec.template.cliques.name ["a"])"}},
      {"duplicate_roles",
       [](Subject& s) {
         s.AddClique("b").spec.role_name = "a";
         s.AddClique("c").spec.role_name = "";
         s.AddClique("d").spec.role_name = "";
       },
       {R"(V-122 Duplicate spec.template.cliques.roleName ["a",""])"}},
      {"empty_and_blank",
       [](Subject& s) {
         s.Clique(0).name = "";
         s.AddClique(" \t");
       },
       {"V-130 Required spec.template.cliques[0].name", "V-130 Required spec.template.cliques[1].name"}},
      {"no_length_of_blank_name",
       [](Subject& s) {
         s.set.metadata.name = std::string(44, 'x');
         s.Clique(0).name = "  ";
       },
       {"V-130 Required spec.template.cliques[0].name"}},
      {"upper_case",
       [](Subject& s) { s.Clique(0).name = "Aa"; },
       {R"(V-131 Invalid spec.template.cliques[0].name "Aa")"}},
      {"dots_and_digits",
       [](Subject& s) {
         s.Clique(0).name = "a.b";
         s.AddClique("0");
       },
       {}},
      {"syntax_and_length",
       [](Subject& s) {
         s.set.metadata.name = std::string(40, 'x');
         s.Clique(0).name = "ABCDEF";
       },
       {R"(V-131 Invalid spec.template.cliques[0].name "ABCDEF")",
        R"(V-132 Invalid spec.template.cliques[0].name "ABCDEF")",
        R"(V-132 Invalid metadata.name "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx")"}},
      {"length_at_the_bound", [](Subject& s) { s.set.metadata.name = std::string(44, 'x'); }, {}},
      {"length_of_member_is_no_matter_here",
       [](Subject& s) {
         s.set.metadata.name = std::string(20, 'x');
         s.Clique(0).name = std::string(25, 'y');
         s.AddGroup("", {s.Clique(0).name});
       },
       {R"(V-160 Invalid spec.template.podCliqueScalingGroups[0].name "")"}},
      {"label_key_and_value",
       [](Subject& s) {
         s.Clique(0).labels.Set("z", "not valid!");
         s.Clique(0).labels.Set("a/b/c", "ok");
       },
       {R"(V-133 Invalid spec.template.cliques[0].labels "a/b/c")",
        R"(V-133 Invalid spec.template.cliques[0].labels "not valid!")"}},
      {"label_per_finding",
       [](Subject& s) { s.Clique(0).labels.Set("", ""); },
       {R"(V-133 Invalid spec.template.cliques[0].labels "")", R"(V-133 Invalid spec.template.cliques[0].labels "")"}},
      {"annotation_key",
       [](Subject& s) {
         s.Clique(0).annotations.Set("Example.COM/Key", "anything goes\n");
         s.Clique(0).annotations.Set("bad key", "");
       },
       {R"(V-134 Invalid spec.template.cliques[0].annotations "bad key")"}},
      {"annotations_too_long",
       [](Subject& s) { s.Clique(0).annotations.Set("k", std::string(262144, 'v')); },
       {"V-134 TooLong spec.template.cliques[0].annotations"}},
      {"annotations_at_the_bound", [](Subject& s) { s.Clique(0).annotations.Set("k", std::string(262143, 'v')); }, {}},
  });
}

TEST(CliqueRules, Replicas) {
  ExpectFindings({
      {"replicas_zero",
       [](Subject& s) { s.Clique(0).spec.replicas = 0; },
       {"V-140 Invalid spec.template.cliques[0].spec.replicas 0",
        "V-143 Invalid spec.template.cliques[0].spec.minAvailable 1"}},
      {"replicas_negative",
       [](Subject& s) {
         s.Clique(0).spec.replicas = -2;
         s.Clique(0).spec.min_available = -2;
       },
       {"V-140 Invalid spec.template.cliques[0].spec.replicas -2",
        "V-142 Invalid spec.template.cliques[0].spec.minAvailable -2"}},
      {"min_available_absent",
       [](Subject& s) { s.Clique(0).spec.min_available.reset(); },
       {"V-141 Required spec.template.cliques[0].spec.minAvailable"}},
      {"min_available_zero",
       [](Subject& s) { s.Clique(0).spec.min_available = 0; },
       {"V-142 Invalid spec.template.cliques[0].spec.minAvailable 0"}},
      {"min_available_above_replicas",
       [](Subject& s) { s.Clique(0).spec.min_available = 3; },
       {"V-143 Invalid spec.template.cliques[0].spec.minAvailable 3"}},
      {"zero_above_negative",
       [](Subject& s) {
         s.Clique(0).spec.replicas = -1;
         s.Clique(0).spec.min_available = 0;
       },
       {"V-140 Invalid spec.template.cliques[0].spec.replicas -1",
        "V-142 Invalid spec.template.cliques[0].spec.minAvailable 0",
        "V-143 Invalid spec.template.cliques[0].spec.minAvailable 0"}},
      {"scaling_valid",
       [](Subject& s) {
         s.Clique(0).spec.replicas = 2;
         s.Clique(0).spec.auto_scaling_config = Scaling(4, 5);
       },
       {}},
      {"scaling_without_minimum",
       [](Subject& s) { s.Clique(0).spec.auto_scaling_config = Scaling(std::nullopt, 1); },
       {"V-150 Required spec.template.cliques[0].spec.autoScalingConfig.minReplicas"}},
      {"scaling_below_min_available",
       [](Subject& s) { s.Clique(0).spec.auto_scaling_config = Scaling(0, 1); },
       {"V-151 Invalid spec.template.cliques[0].spec.autoScalingConfig.minReplicas 0"}},
      {"scaling_maximum_below_both",
       [](Subject& s) {
         s.Clique(0).spec.replicas = 4;
         s.Clique(0).spec.auto_scaling_config = Scaling(4, 3);
       },
       {"V-152 Invalid spec.template.cliques[0].spec.autoScalingConfig.maxReplicas 3",
        "V-153 Invalid spec.template.cliques[0].spec.autoScalingConfig.maxReplicas 3"}},
      {"scaling_maximum_below_replicas",
       [](Subject& s) {
         s.Clique(0).spec.replicas = 4;
         s.Clique(0).spec.auto_scaling_config = Scaling(1, 3);
       },
       {"V-153 Invalid spec.template.cliques[0].spec.autoScalingConfig.maxReplicas 3"}},
  });
}

TEST(CliqueRules, OrderWithinOneClique) {
  ExpectFindings({
      {"all",
       [](Subject& s) {
         s.Template().clique_startup_type = "CliqueStartupTypeExplicit";
         s.Clique(0).name = "A";
         s.Clique(0).labels.Set("-", "");
         s.Clique(0).annotations.Set("-", "");
         s.Clique(0).resource_sharing.resize(1);
         s.Clique(0).resource_sharing[0].scope = "PerReplica";
         s.Clique(0).spec.min_available = 0;
         s.Clique(0).spec.starts_after = {"A"};
         s.Clique(0).spec.auto_scaling_config = Scaling(-1, 1);
         s.SetPodSpec(0, R"("nodeName":"n")");
       },
       {R"(V-131 Invalid spec.template.cliques[0].name "A")", R"(V-133 Invalid spec.template.cliques[0].labels "-")",
        R"(V-134 Invalid spec.template.cliques[0].annotations "-")",
        "V-170 Required spec.template.cliques[0].resourceSharing[0].name",
        "V-142 Invalid spec.template.cliques[0].spec.minAvailable 0",
        R"(V-146 Invalid spec.template.cliques[0].spec.startsAfter "A")",
        "V-151 Invalid spec.template.cliques[0].spec.autoScalingConfig.minReplicas -1",
        R"(V-156 Invalid spec.template.cliques[0].spec.podSpec.spec.nodeName "n")"}},
  });
}

}  // namespace
}  // namespace grove::validation
