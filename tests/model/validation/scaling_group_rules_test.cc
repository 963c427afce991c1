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

TEST(ScalingGroupRules, NamesAndMembers) {
  ExpectFindings({
      {"valid", [](Subject& s) { s.AddGroup("g.0", {"a"}); }, {}},
      {"named_like_a_clique_and_empty", [](Subject& s) { s.AddGroup("a", {}); }, {}},
      {"name_empty",
       [](Subject& s) { s.AddGroup("", {}); },
       {R"(V-160 Invalid spec.template.podCliqueScalingGroups[0].name "")"}},
      {"name_upper_case",
       [](Subject& s) { s.AddGroup("G", {}); },
       {R"(V-160 Invalid spec.template.podCliqueScalingGroups[0].name "G")"}},
      {"name_long_and_upper_case",
       [](Subject& s) { s.AddGroup(std::string(3, 'G') + std::string(251, 'g'), {}); },
       {"V-160 Invalid spec.template.podCliqueScalingGroups[0].name \"GGG" + std::string(251, 'g') + "\""}},
      {"duplicate_names",
       [](Subject& s) {
         for (const char* name : {"g", "h", "h", "g", "g"}) s.AddGroup(name, {});
       },
       {R"(V-161 Duplicate spec.template.podCliqueScalingGroups.name ["g","h"])"}},
      {"cliques_in_two_groups",
       [](Subject& s) {
         s.AddClique("b");
         s.AddGroup("g", {"a", "b"});
         s.AddGroup("h", {"b", "a"});
       },
       {R"(V-162 Duplicate spec.template.podCliqueScalingGroups.cliqueNames ["a","b"])"}},
      {"scaled_members",
       [](Subject& s) {
         s.AddClique("b");
         s.AddClique("c");
         for (std::size_t i = 0; i < 3; ++i) s.Clique(i).spec.auto_scaling_config = Scaling(1, 1);
         s.AddGroup("g", {"c", "a"});
       },
       {R"(V-163 Invalid spec.template.podCliqueScalingGroups "a")",
        R"(V-163 Invalid spec.template.podCliqueScalingGroups "c")"}},
      {"unknown_members",
       [](Subject& s) {
         s.AddGroup("g", {"a", "zz", "yy", "zz"});
       },
       {R"(V-164 Invalid spec.template.podCliqueScalingGroups[0].cliqueNames "zz,yy")",
        R"(V-162 Duplicate spec.template.podCliqueScalingGroups.cliqueNames ["zz"])"}},
      {"empty_member",
       [](Subject& s) {
         s.AddGroup("g", {"", "a"});
       },
       {R"(V-164 Invalid spec.template.podCliqueScalingGroups[0].cliqueNames "")"}},
      {"names_at_the_bound",
       [](Subject& s) {
         s.set.metadata.name = std::string(15, 'x');
         s.Clique(0).name = std::string(15, 'y');
         s.AddGroup(std::string(15, 'z'), {s.Clique(0).name});
       },
       {}},
      {"names_too_long",
       [](Subject& s) {
         s.set.metadata.name = "set";
         s.AddGroup(std::string(41, 'g'), {"a", "bb"});
       },
       {R"(V-164 Invalid spec.template.podCliqueScalingGroups[0].cliqueNames "bb")",
        R"(V-165 Invalid spec.template.podCliqueScalingGroups[0].cliqueNames[1].name "bb")",
        R"(V-165 Invalid spec.template.podCliqueScalingGroups[0].name "bb")", R"(V-165 Invalid metadata.name "set")"}},
  });
}

TEST(ScalingGroupRules, Replicas) {
  ExpectFindings({
      {"replicas_zero",
       [](Subject& s) { s.AddGroup("g", {"a"}).replicas = 0; },
       {"V-166 Invalid spec.template.podCliqueScalingGroups[0].replicas 0",
        "V-168 Invalid spec.template.podCliqueScalingGroups[0].minAvailable 1"}},
      {"min_available_zero",
       [](Subject& s) { s.AddGroup("g", {"a"}).min_available = 0; },
       {"V-167 Invalid spec.template.podCliqueScalingGroups[0].minAvailable 0"}},
      {"min_available_above_replicas",
       [](Subject& s) { s.AddGroup("g", {"a"}).min_available = 2; },
       {"V-168 Invalid spec.template.podCliqueScalingGroups[0].minAvailable 2"}},
      {"both_absent",
       [](Subject& s) {
         PodCliqueScalingGroupConfig& group = s.AddGroup("g", {"a"});
         group.replicas.reset();
         group.min_available.reset();
         group.scale_config = Scaling(0, 0);
       },
       {}},
      {"scale_below_min_available",
       [](Subject& s) { s.AddGroup("g", {"a"}).scale_config = Scaling(0, 9); },
       {"V-169 Invalid spec.template.podCliqueScalingGroups[0].scaleConfig.minReplicas 0"}},
      {"scale_without_minimum", [](Subject& s) { s.AddGroup("g", {"a"}).scale_config = Scaling(std::nullopt, 0); }, {}},
      {"maximum_is_not_compared", [](Subject& s) { s.AddGroup("g", {"a"}).scale_config = Scaling(4, 2); }, {}},
      {"order",
       [](Subject& s) {
         s.set.metadata.name = std::string(44, 'x');
         PodCliqueScalingGroupConfig& group = s.AddGroup("G", {"zz"});
         group.replicas = -1;
         group.min_available = 0;
         group.scale_config = Scaling(-1, 0);
         group.resource_sharing.resize(1);
         group.resource_sharing[0].name = "r";
       },
       {R"(V-160 Invalid spec.template.podCliqueScalingGroups[0].name "G")",
        R"(V-164 Invalid spec.template.podCliqueScalingGroups[0].cliqueNames "zz")",
        R"(V-165 Invalid spec.template.podCliqueScalingGroups[0].cliqueNames[0].name "zz")",
        R"(V-165 Invalid spec.template.podCliqueScalingGroups[0].name "zz")",
        "V-165 Invalid metadata.name \"" + std::string(44, 'x') + "\"",
        "V-166 Invalid spec.template.podCliqueScalingGroups[0].replicas -1",
        "V-167 Invalid spec.template.podCliqueScalingGroups[0].minAvailable 0",
        "V-168 Invalid spec.template.podCliqueScalingGroups[0].minAvailable 0",
        "V-169 Invalid spec.template.podCliqueScalingGroups[0].scaleConfig.minReplicas -1",
        R"(V-173 NotSupported spec.template.podCliqueScalingGroups[0].resourceSharing[0].scope "")"}},
  });
}

}  // namespace
}  // namespace grove::validation
