#include <gtest/gtest.h>

#include "model/validation/rule_case.h"
#include "model/validation/rules.h"

namespace grove::validation {
namespace {

struct Case {
  const char* name;
  std::vector<TopologyLevel> levels;
  std::vector<std::string> schedulers;  // of the bindings
  std::vector<std::string> expected;
};

// kai-scheduler, volcano and default-scheduler are enabled.
const std::vector<Case> kCases = {
    {"valid", {{"zone", "a"}, {"rack", "b"}}, {"kai-scheduler"}, {}},
    {"empty", {}, {}, {}},
    {"domains_and_keys",
     {{"zone", "a"}, {"zone", "a"}, {"rack", "a"}, {"zone", "b"}},
     {},
     {R"(V-600 Duplicate spec.levels[1].domain "zone")", R"(V-601 Duplicate spec.levels[1].key "a")",
      R"(V-601 Duplicate spec.levels[2].key "a")", R"(V-600 Duplicate spec.levels[3].domain "zone")"}},
    {"not_enabled_twice",
     {{"zone", "a"}},
     {"foo", "foo"},
     {R"(V-603 Invalid spec.schedulerTopologyReferences[0].schedulerName "foo")",
      R"(V-602 Duplicate spec.schedulerTopologyReferences[1].schedulerName "foo")",
      R"(V-603 Invalid spec.schedulerTopologyReferences[1].schedulerName "foo")"}},
    {"enabled_twice",
     {{"zone", "a"}},
     {"kai-scheduler", "kai-scheduler"},
     {R"(V-602 Duplicate spec.schedulerTopologyReferences[1].schedulerName "kai-scheduler")"}},
    {"knows_no_topologies",
     {{"zone", "a"}},
     {"default-scheduler", "volcano", "lpx-scheduler"},
     {R"(V-604 Invalid spec.schedulerTopologyReferences[0].schedulerName "default-scheduler")",
      R"(V-604 Invalid spec.schedulerTopologyReferences[1].schedulerName "volcano")",
      R"(V-603 Invalid spec.schedulerTopologyReferences[2].schedulerName "lpx-scheduler")"}},
};

TEST(ClusterTopologyBindingRules, Findings) {
  Subject subject;
  subject.EnableSchedulers({"kai-scheduler", "volcano", "default-scheduler"});
  for (const Case& test : kCases) {
    ClusterTopologyBinding binding;
    binding.spec.levels = test.levels;
    for (const std::string& name : test.schedulers) binding.spec.scheduler_topology_bindings.push_back({name, "t"});
    Findings findings(Stage::kWebhook);
    ValidateClusterTopologyBinding(binding, subject.context, findings);
    EXPECT_EQ(Rendered(findings.errors()), test.expected) << test.name;
  }
}

TEST(ClusterTopologyBindingRules, ManyLevels) {
  ClusterTopologyBinding binding;
  for (int i = 0; i < 100'000; ++i) binding.spec.levels.push_back({"d" + std::to_string(i), "k" + std::to_string(i)});
  binding.spec.levels.push_back({"d77", "k78"});
  Findings findings(Stage::kWebhook);
  ValidateClusterTopologyBinding(binding, {}, findings);
  EXPECT_EQ(Rendered(findings.errors()),
            std::vector<std::string>({R"(V-600 Duplicate spec.levels[100000].domain "d77")",
                                      R"(V-601 Duplicate spec.levels[100000].key "k78")"}));
}

}  // namespace
}  // namespace grove::validation
