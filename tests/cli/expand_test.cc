#include <string>

#include <gtest/gtest.h>

#include "grove/manifest.hpp"

#include "cli/files.h"
#include "cli/manifests.h"
#include "cli/run_command.h"

namespace grove::cli {
namespace {

bool Contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

TEST(ExpandTest, Names) {
  const RunResult result = RunGrove({"expand", "-o", "name", "-"}, SetManifest("a") + "---\n" + SetManifest("b"));
  EXPECT_EQ(result.code, ExitCode::kDone);
  EXPECT_EQ(result.err, "");
  ExpectGolden("expand-names.txt", result.out);
}

TEST(ExpandTest, YamlAndJsonHoldTheSameObjects) {
  const RunResult yaml = RunGrove({"expand", "-"}, SetManifest("a"));
  const RunResult json = RunGrove({"expand", "-o", "json", "-"}, SetManifest("a"));
  EXPECT_EQ(yaml.code, ExitCode::kDone);
  EXPECT_EQ(json.code, ExitCode::kDone);
  const ParseResult from_yaml = ParseManifest(yaml.out);
  const ParseResult from_json = ParseManifest(json.out);
  ASSERT_EQ(from_yaml.objects.size(), 9u);
  ASSERT_EQ(from_json.objects.size(), 9u);
  for (std::size_t i = 0; i < from_yaml.objects.size(); ++i) {
    EXPECT_EQ(from_yaml.objects[i].document, from_json.objects[i].document) << i;
  }
}

TEST(ExpandTest, TheSeedDecidesPodNamesAndNothingElse) {
  const auto names = [](const std::string& seed) {
    return RunGrove({"expand", "-o", "name", "--seed", seed, "-"}, SetManifest("a")).out;
  };
  EXPECT_EQ(names("7"), names("7"));
  EXPECT_NE(names("7"), names("8"));
  EXPECT_EQ(names("7").substr(0, names("7").find("pod/")), names("8").substr(0, names("8").find("pod/")));
}

TEST(ExpandTest, States) {
  const std::string created = RunGrove({"expand", "-"}, SetManifest("a")).out;
  const std::string at_rest =
      RunGrove({"expand", "--state=at-rest", "--now=2026-08-01T12:00:00Z", "-"}, SetManifest("a")).out;
  EXPECT_TRUE(Contains(created, "grove.io/podgang-pending-creation"));
  EXPECT_FALSE(Contains(at_rest, "grove.io/podgang-pending-creation"));
  EXPECT_TRUE(Contains(at_rest, "\"2026-08-01T12:00:00Z\""));
}

TEST(ExpandTest, InitContainerImage) {
  std::string set = SetManifest("a");
  set.insert(set.find("    cliques:"), "    cliqueStartupType: CliqueStartupTypeInOrder\n");
  set +=
      "      - name: late\n        spec:\n          roleName: late\n          replicas: 1\n"
      "          podSpec:\n            containers: [{name: main, image: late:1}]\n";
  const RunResult result =
      RunGrove({"expand", "--init-container-image", "registry.example.com:5000/initc:v9", "-"}, set);
  EXPECT_EQ(result.code, ExitCode::kDone) << result.err;
  EXPECT_TRUE(Contains(result.out, "image: registry.example.com:5000/initc:v9\n"));
}

TEST(ExpandTest, BackendAddsObjectsAndBecomesTheDefault) {
  const std::string set = SetManifest("a", "  labels: {kai.scheduler/queue: gold}\n");
  const auto expand = [&](const std::string& backend) {
    return RunGrove({"expand", "--backend", backend, "-"}, set).out;
  };
  EXPECT_TRUE(Contains(expand("kai"), "apiVersion: scheduling.run.ai/v2alpha2\nkind: PodGroup\n"));
  EXPECT_TRUE(Contains(expand("kai"), "schedulerName: kai-scheduler\n"));
  EXPECT_TRUE(Contains(expand("volcano"), "apiVersion: scheduling.volcano.sh/v1beta1\nkind: PodGroup\n"));
  EXPECT_TRUE(Contains(expand("kube"), "schedulerName: default-scheduler\n"));
  EXPECT_FALSE(Contains(expand("kube"), "kind: PodGroup\n"));
}

TEST(ExpandTest, WhatIsDeniedIsNotExpanded) {
  const RunResult result = RunGrove({"expand", "-o", "name", "-"}, SetManifest("a") + "---\n" + kDeniedSet);
  EXPECT_EQ(result.code, ExitCode::kFound);
  EXPECT_EQ(result.out, RunGrove({"expand", "-o", "name", "-"}, SetManifest("a")).out);
  EXPECT_TRUE(Contains(result.err, "[V-143]")) << result.err;
  EXPECT_FALSE(Contains(result.err, "warning:")) << "warnings are told by validate";
}

TEST(ExpandTest, NothingIsPrintedIfAllIsDenied) {
  const RunResult result = RunGrove({"expand", "-o", "json", "-"}, kDeniedSet);
  EXPECT_EQ(result.code, ExitCode::kFound);
  EXPECT_EQ(result.out, "");
}

TEST(ExpandTest, TreeOfManyReplicas) {
  std::string set = SetManifest("a");
  set.replace(set.find("replicas: 1"), 11, "replicas: 1000");
  const RunResult result = RunGrove({"expand", "-o", "tree", "--ascii", "-"}, set);
  EXPECT_EQ(result.code, ExitCode::kDone);
  ExpectGolden("expand-thousand.txt", result.out);
}

TEST(ExpandTest, TreeOfNothing) {
  std::string set = SetManifest("a");
  set.replace(set.find("replicas: 1"), 11, "replicas: 0");
  const RunResult result = RunGrove({"expand", "-o", "tree", "-"}, set);
  EXPECT_EQ(result.code, ExitCode::kDone);
  EXPECT_EQ(result.out,
            "                        pods\n"
            "PodCliqueSet default/a     0  starts in any order\n"
            "\n"
            "4 objects: 1 ServiceAccount, 1 Role, 1 RoleBinding, 1 Secret\n");
}

}  // namespace
}  // namespace grove::cli
