// The manifests that the project shows: each is let pass, and becomes what its comment promises.
#include <algorithm>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "grove/manifest.hpp"

#include "cli/files.h"
#include "cli/run_command.h"

namespace grove::cli {
namespace {

struct Case {
  std::string name;
  std::string file;
  std::map<std::string, int> kinds;  // as `kubectl -o name` writes them, and how many
  std::vector<std::string> gangs;
};

class ExamplesTest : public testing::TestWithParam<Case> {};

std::vector<std::string> Lines(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

TEST_P(ExamplesTest, IsLetPass) {
  const RunResult result = RunGrove({"validate", "--strict", "-q", "--lint=off", Example(GetParam().file)});
  EXPECT_EQ(result.code, ExitCode::kDone);
  EXPECT_EQ(result.err, "");
  // The one warning that no manifest escapes.
  for (const std::string& line : Lines(result.out)) {
    const bool quotes_source = line.substr(0, 9).find_first_of('|') == 7;
    EXPECT_TRUE(quotes_source || line.ends_with("[V-154]")) << line;
  }
}

TEST_P(ExamplesTest, HasTheseObjects) {
  const RunResult result = RunGrove({"expand", "-o", "name", Example(GetParam().file)});
  EXPECT_EQ(result.code, ExitCode::kDone);
  EXPECT_EQ(result.err, "");
  std::map<std::string, int> kinds;
  std::vector<std::string> gangs;
  for (const std::string& line : Lines(result.out)) {
    const std::string kind = line.substr(0, line.find('/'));
    ++kinds[kind];
    if (kind == "podgang.scheduler.grove.io") gangs.push_back(line.substr(kind.size() + 1));
  }
  EXPECT_EQ(kinds, GetParam().kinds);
  EXPECT_EQ(gangs, GetParam().gangs);
}

TEST_P(ExamplesTest, HasThisTree) {
  const RunResult result = RunGrove({"expand", "-o", "tree", Example(GetParam().file)});
  EXPECT_EQ(result.code, ExitCode::kDone);
  ExpectGolden("tree-" + GetParam().file.substr(0, GetParam().file.find('.')) + ".txt", result.out);
  for (const std::string& line : Lines(result.out)) {
    const auto columns = std::count_if(line.begin(), line.end(), [](char c) { return (c & 0xC0) != 0x80; });
    EXPECT_LE(columns, 100) << line;
  }
}

TEST_P(ExamplesTest, IsTheSameEveryTime) {
  const std::vector<std::string> arguments = {"expand", Example(GetParam().file)};
  const std::string first = RunGrove(arguments).out;
  EXPECT_FALSE(first.empty());
  EXPECT_EQ(RunGrove(arguments).out, first);
}

std::map<std::string, int> PerSet(std::map<std::string, int> kinds) {
  for (const char* kind :
       {"serviceaccount", "secret", "role.rbac.authorization.k8s.io", "rolebinding.rbac.authorization.k8s.io"}) {
    kinds[kind] = 1;
  }
  return kinds;
}

INSTANTIATE_TEST_SUITE_P(
    UseCases, ExamplesTest,
    testing::Values(
        Case{"MultinodeDisaggregated",
             "multinode-disaggregated.yaml",
             PerSet({{"service", 1},
                     {"horizontalpodautoscaler.autoscaling", 2},
                     {"podcliquescalinggroup.grove.io", 2},
                     {"podclique.grove.io", 1 + 4 * 2 + 2 * 2},
                     {"podgang.scheduler.grove.io", 1 + 2 + 1},
                     {"pod", 2 + 4 * 2 + 2 * 4}}),
             {"deepseek-r1-0", "deepseek-r1-0-prefill-0", "deepseek-r1-0-prefill-1", "deepseek-r1-0-decode-0"}},
        Case{"SingleNodeDisaggregated",
             "single-node-disaggregated.yaml",
             PerSet({{"service", 1}, {"podclique.grove.io", 3}, {"podgang.scheduler.grove.io", 1}, {"pod", 1 + 2 + 1}}),
             {"qwen3-disagg-0"}},
        Case{"AgenticPipeline",
             "agentic-pipeline.yaml",
             PerSet({{"service", 2},
                     {"horizontalpodautoscaler.autoscaling", 2 * 2},
                     {"podcliquescalinggroup.grove.io", 2},
                     {"podclique.grove.io", 2 * (5 + 2 * 2)},
                     {"podgang.scheduler.grove.io", 2 * (1 + 1)},
                     {"pod", 2 * (1 + 2 + 1 + 3 + 2 + 2 * 2)}}),
             {"code-agent-0", "code-agent-1", "code-agent-0-planner-0", "code-agent-1-planner-0"}},
        Case{"Aggregated",
             "aggregated.yaml",
             PerSet({{"service", 1},
                     {"horizontalpodautoscaler.autoscaling", 1},
                     {"podclique.grove.io", 2},
                     {"podgang.scheduler.grove.io", 1},
                     {"pod", 2 + 4}}),
             {"llama-70b-0"}}),
    [](const testing::TestParamInfo<Case>& info) { return info.param.name; });

TEST(ExamplesFolderTest, IsLetPassAsAWhole) {
  EXPECT_EQ(RunGrove({"validate", "-q", Example("")}).code, ExitCode::kDone);
}

TEST(ExamplesFolderTest, MultinodeGangsBecomePodGroupsOfKai) {
  const RunResult result = RunGrove({"expand", "--backend", "kai", Example("multinode-disaggregated.yaml")});
  EXPECT_EQ(result.code, ExitCode::kDone) << result.err;
  const ParseResult parsed = ParseManifest(result.out);
  ASSERT_FALSE(parsed.error.has_value());
  std::vector<std::string> pod_groups;
  for (const ManifestObject& object : parsed.objects) {
    if (object.kind != "PodGroup") continue;
    pod_groups.push_back(object.name);
    const Value spec = *object.document.Find("spec");
    EXPECT_EQ(spec.Find("queue")->text(), "inference");
    const bool base = object.name == "deepseek-r1-0";
    EXPECT_EQ(spec.Find("topologyConstraint")->Find("requiredTopologyLevel")->text(),
              base ? "network.example.com/block" : "network.example.com/rack");
    EXPECT_EQ(spec.Find("priorityClassName")->text(), "serving");
  }
  EXPECT_EQ(pod_groups, (std::vector<std::string>{"deepseek-r1-0", "deepseek-r1-0-prefill-0", "deepseek-r1-0-prefill-1",
                                                  "deepseek-r1-0-decode-0"}));
}

}  // namespace
}  // namespace grove::cli
