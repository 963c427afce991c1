// grove capacity, seen from outside.
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "grove/manifest.hpp"

#include "cli/files.h"
#include "cli/run_command.h"

namespace grove::cli {
namespace {

std::string ExampleCluster() { return std::string(GROVE_TESTS_DIR) + "/../examples/clusters/two-blocks.json"; }

RunResult RunOnExample(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), "capacity");
  arguments.insert(arguments.end(), {"-q", "--cluster", ExampleCluster()});
  return RunGrove(arguments);
}

TEST(CapacityCommandTest, OfASetWithGroups) {
  const RunResult result = RunOnExample({Example("multinode-disaggregated.yaml")});
  EXPECT_EQ(result.code, ExitCode::kFound);  // not one whole replica fits
  // Reasons are sentences of their own tests.
  std::istringstream lines(result.out);
  std::string text;
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with("      then: ")) text += line + "\n";
  }
  ExpectGolden("capacity-two-blocks.txt", text);
}

TEST(CapacityCommandTest, AsJson) {
  const RunResult result = RunOnExample({"-o", "json", Example("single-node-disaggregated.yaml")});
  EXPECT_EQ(result.err, "");
  const Value answer = Value::FromJson(result.out);
  const Value subject = answer.Find("subjects")->at(0);
  EXPECT_EQ(subject.Find("kind")->text(), "PodCliqueSet");
  EXPECT_EQ(subject.Find("name")->text().substr(0, 8), "default/");
  EXPECT_TRUE(subject.Find("replicas")->Find("count").has_value()) << result.out;
  EXPECT_EQ(subject.Find("worstLosses")->kind(), Value::Kind::kArray);
}

// What is not tried is said, never taken for harmless.
TEST(CapacityCommandTest, TooManyDomainsToTryEach) {
  std::string nodes;
  for (int i = 0; i < 70; ++i) {
    const std::string number = std::to_string(i);
    nodes += std::string(i == 0 ? "" : ",") + R"({"name":"n)" + number + R"(","labels":{"z":"a","h":")" + number +
             R"("},"allocatable":{"cpu":1000,"pods":1}})";
  }
  const std::string request =
      R"({"cluster":{"levels":[{"domain":"zone","key":"z"},{"domain":"host","key":"h"}],"nodes":[)" + nodes +
      R"(]},"podClasses":[{"requests":{"cpu":1000}}],"gangs":[{"name":"g","groups":)"
      R"([{"name":"w","minReplicas":1,"candidates":[{"podClass":0,"count":1}]}]}]})";
  const RunResult text = RunGrove({"capacity", "--cluster", "-"}, request);
  EXPECT_NE(text.out.find("after the loss of any one zone          0   worst: a\n"), std::string::npos) << text.out;
  EXPECT_NE(text.out.find("after the loss of any one host          ?   70 domains are too many to try each; name one "
                          "with --lose\n"),
            std::string::npos)
      << text.out;
  const Value answer = Value::FromJson(RunGrove({"capacity", "-o", "json", "--cluster", "-"}, request).out);
  const Value losses = *answer.Find("subjects")->at(0).Find("worstLosses");
  ASSERT_EQ(losses.size(), 2u);
  EXPECT_EQ(losses.at(0).ToJson(), R"({"level":"zone","domains":1,"counted":true,"domain":"a","count":0})");
  EXPECT_EQ(losses.at(1).ToJson(), R"({"level":"host","domains":70,"counted":false})");
}

TEST(CapacityCommandTest, AfterALoss) {
  const RunResult result = RunOnExample({"--lose", "block-2", Example("multinode-disaggregated.yaml")});
  EXPECT_TRUE(
      result.out.starts_with("without zone-a/block-2 (9 nodes): 2 of 3 placed gangs hit, 0 of them fit "
                             "elsewhere\n"))
      << result.out;
  // A node is lost by its name, a domain by its path too.
  EXPECT_NE(RunOnExample({"--lose", "gpu-11-01", Example("multinode-disaggregated.yaml")}).out.find("(1 node)"),
            std::string::npos);
  EXPECT_NE(
      RunOnExample({"--lose", "zone-a/block-1/rack-11", Example("multinode-disaggregated.yaml")}).out.find("(4 nodes)"),
      std::string::npos);
}

TEST(CapacityCommandTest, ADomainIsLostOnce) {
  const std::string manifest = Example("multinode-disaggregated.yaml");
  EXPECT_EQ(RunOnExample({"--lose", "rack-11", "--lose", "rack-11", manifest}).out,
            RunOnExample({"--lose", "rack-11", manifest}).out);
}

TEST(CapacityCommandTest, UnknownDomain) {
  const RunResult result = RunOnExample({"--lose", "rack-99", Example("multinode-disaggregated.yaml")});
  EXPECT_EQ(result.code, ExitCode::kUsage);
  EXPECT_EQ(result.err, "grove capacity: --lose rack-99: the cluster has no such domain\n");
}

}  // namespace
}  // namespace grove::cli
