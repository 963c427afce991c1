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
  EXPECT_TRUE(Contains(expand("kube"), "apiVersion: scheduling.k8s.io/v1alpha2\nkind: Workload\n"));
  EXPECT_TRUE(Contains(expand("kube"), "podGroupName: a-0\n"));
  EXPECT_FALSE(Contains(expand("default"), "kind: PodGroup\n"));
}

TEST(ExpandTest, KubePodGroupsPerClique) {
  const RunResult result = RunGrove({"expand", "--backend=kube", "--kube-pod-groups=clique", "-"}, SetManifest("a"));
  EXPECT_TRUE(Contains(result.out, "podGroupName: a-0-worker\n")) << result.out;
}

TEST(ExpandTest, LossesAreToldOncePerKind) {
  std::string set = SetManifest("a");
  set.replace(set.find("replicas: 1"), 11, "replicas: 3");
  const RunResult result = RunGrove({"expand", "--backend=default", "-o", "name", "-"}, set);
  EXPECT_EQ(result.code, ExitCode::kDone);
  EXPECT_EQ(result.err,
            "dropped: that these pods start together [spec 07 §2]\n"
            "    pods are scheduled one by one: part of the gang may hold nodes while the rest finds no room\n"
            "    PodGang/a-0 spec.podgroups[0].minReplicas: 2, and 2 more\n");
  EXPECT_EQ(RunGrove({"expand", "--backend=default", "-q", "-"}, set).err, "");
  EXPECT_EQ(RunGrove({"expand", "-"}, set).err, "");
}

TEST(ExpandTest, LossReport) {
  const TempFolder folder;
  const std::string path = folder.path() + "/losses.json";
  const RunResult to_file = RunGrove({"expand", "--backend=default", "--loss-report", path, "-"}, SetManifest("a"));
  EXPECT_EQ(to_file.code, ExitCode::kDone);
  const RunResult alone = RunGrove({"expand", "--backend=default", "--loss-report=-", "-"}, SetManifest("a"));
  EXPECT_EQ(alone.out, ReadWhole(path));
  EXPECT_EQ(
      Value::FromJson(alone.out),
      Value::FromJson(
          R"([{"object":"PodGang/a-0","field":"spec.podgroups[0].minReplicas","asked":"2","gang":"a-0",)"
          R"("effect":"dropped","lost":"that these pods start together",)"
          R"("consequence":"pods are scheduled one by one: part of the gang may hold nodes while the rest finds no room",)"
          R"("rule":"spec 07 §2"}])"));
  EXPECT_EQ(RunGrove({"expand", "--loss-report=-", "-"}, SetManifest("a")).out, "[]\n");
  const RunResult nowhere = RunGrove({"expand", "--loss-report", folder.path() + "/no/file", "-"}, SetManifest("a"));
  EXPECT_EQ(nowhere.code, ExitCode::kUsage);
}

TEST(ExpandTest, ASchedulerThatTheSetNamesGoesBeforeTheBackend) {
  std::string set = SetManifest("a");
  set.insert(set.find("            containers:"), "            schedulerName: default-scheduler\n");
  const RunResult result = RunGrove({"expand", "--backend=volcano", "-o", "name", "-"}, set);
  EXPECT_EQ(result.code, ExitCode::kDone);
  EXPECT_TRUE(Contains(result.err,
                       "note: the set names scheduler default-scheduler, which goes before --backend "
                       "volcano\n"))
      << result.err;
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
