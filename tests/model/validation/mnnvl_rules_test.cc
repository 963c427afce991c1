#include <gtest/gtest.h>

#include "model/validation/rule_case.h"

namespace grove::validation {
namespace {

constexpr std::string_view kKey = "grove.io/mnnvl-group";

TEST(MnnvlRules, Findings) {
  ExpectFindings({
      {"none_while_off", [](Subject& s) { s.set.metadata.annotations.Set(kKey, "none"); }, {}},
      {"group_while_on",
       [](Subject& s) {
         s.context.configuration.network.auto_mnnvl_enabled = true;
         s.set.metadata.annotations.Set(kKey, "w");
       },
       {}},
      {"empty_while_on",
       [](Subject& s) {
         s.context.configuration.network.auto_mnnvl_enabled = true;
         s.set.metadata.annotations.Set(kKey, "");
       },
       {R"(V-300 Invalid metadata.annotations.grove.io/mnnvl-group "")"}},
      {"no_label_while_on",
       [](Subject& s) {
         s.context.configuration.network.auto_mnnvl_enabled = true;
         s.set.metadata.annotations.Set(kKey, "a.b");
       },
       {R"(V-301 Invalid metadata.annotations.grove.io/mnnvl-group "a.b")"}},
      {"group_while_off",
       [](Subject& s) { s.set.metadata.annotations.Set(kKey, "w"); },
       {R"(V-302 Invalid metadata.annotations.grove.io/mnnvl-group "w")"}},
      {"all_levels",
       [](Subject& s) {
         s.set.metadata.annotations.Set(kKey, "None");
         s.AddGroup("g", {"a"}).annotations.Set(kKey, "w");
         s.AddGroup("h", {}).annotations.Set(kKey, "");
         s.AddClique("b").annotations.Set(kKey, "W");
       },
       {R"(V-301 Invalid metadata.annotations.grove.io/mnnvl-group "None")",
        R"(V-302 Invalid metadata.annotations.grove.io/mnnvl-group "None")",
        R"(V-301 Invalid spec.template.cliques[1].annotations.grove.io/mnnvl-group "W")",
        R"(V-302 Invalid spec.template.cliques[1].annotations.grove.io/mnnvl-group "W")",
        R"(V-302 Invalid spec.template.podCliqueScalingGroups[0].annotations.grove.io/mnnvl-group "w")",
        R"(V-300 Invalid spec.template.podCliqueScalingGroups[1].annotations.grove.io/mnnvl-group "")",
        R"(V-302 Invalid spec.template.podCliqueScalingGroups[1].annotations.grove.io/mnnvl-group "")"}},
  });
}

}  // namespace
}  // namespace grove::validation
