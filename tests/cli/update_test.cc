// Sets that are stored already: --old.
#include <string>

#include <gtest/gtest.h>

#include "cli/files.h"
#include "cli/manifests.h"
#include "cli/run_command.h"

namespace grove::cli {
namespace {

bool Contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

std::string Replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

TEST(UpdateTest, WhatMustNotChangeIsCompared) {
  const TempFolder folder;
  const std::string old = folder.Write("old.yaml", SetManifest("a") + "---\n" + SetManifest("b"));
  const std::string changed = Replaced(SetManifest("a"), "roleName: worker", "roleName: server");
  const RunResult result = RunGrove({"validate", "--old", old, "-"}, changed + "---\n" + SetManifest("b"));
  EXPECT_EQ(result.code, ExitCode::kFound);
  EXPECT_TRUE(Contains(result.out, "<stdin>:1:1: error:") || Contains(result.out, "[V-503]")) << result.out;
  EXPECT_TRUE(Contains(result.out, "spec.template.cliques.spec.roleName: Invalid value: \"server\"")) << result.out;
  EXPECT_EQ(result.err, "2 objects: 1 denied; 1 error, 3 warnings\n");
  EXPECT_EQ(RunGrove({"validate", "-"}, changed).code, ExitCode::kDone) << "as a new set it is fine";
}

TEST(UpdateTest, JsonTellsTheOperation) {
  const TempFolder folder;
  const std::string old = folder.Write("old.yaml", SetManifest("a"));
  const RunResult result =
      RunGrove({"validate", "-o", "json", "--old", old, "-"}, SetManifest("a") + "---\n" + SetManifest("b"));
  EXPECT_EQ(result.code, ExitCode::kDone);
  EXPECT_TRUE(Contains(result.out, R"("name":"a","operation":"update","allowed":true)")) << result.out;
  EXPECT_TRUE(Contains(result.out, R"("name":"b","allowed":true)")) << result.out;
}

TEST(UpdateTest, ANewSetIsSaidToBeNew) {
  const TempFolder folder;
  const std::string old = folder.Write("old.yaml", SetManifest("a"));
  const std::vector<std::string> arguments = {"validate", "--old", old, "-"};
  const std::string input = SetManifest("a") + "---\n" + SetManifest("b", "  namespace: prod\n");
  EXPECT_EQ(RunGrove(arguments, input).err,
            "<stdin>:18:1: note: validated as new: no stored PodCliqueSet prod/b\n"
            "2 objects: 0 denied; 0 errors, 4 warnings\n");
  EXPECT_EQ(RunGrove({"validate", "-q", "--old", old, "-"}, input).err, "");
}

TEST(UpdateTest, NamespacesTellSetsApart) {
  const TempFolder folder;
  const std::string changed = Replaced(SetManifest("a"), "roleName: worker", "roleName: server");
  const std::string old = folder.Write("old.yaml", SetManifest("a", "  namespace: prod\n"));
  EXPECT_EQ(RunGrove({"validate", "--old", old, "-"}, changed).code, ExitCode::kDone);
  EXPECT_EQ(RunGrove({"validate", "-n", "prod", "--old", old, "-"}, changed).code, ExitCode::kFound);
}

TEST(UpdateTest, FoldersAndListsHoldStoredObjects) {
  const TempFolder folder;
  folder.Write("old/a.json", RunGrove({"default", "-o", "json", "-"}, SetManifest("a") + "---\n" + kTopology).out);
  folder.Write("old/b.yaml", SetManifest("b"));
  const RunResult result = RunGrove({"validate", "--old", folder.path() + "/old", "-"},
                                    Replaced(SetManifest("a"), "replicas: 2", "replicas: 3") + "---\n" +
                                        Replaced(SetManifest("b"), "replicas: 1", "replicas: 4"));
  EXPECT_EQ(result.code, ExitCode::kFound);
  EXPECT_TRUE(Contains(result.out, "[V-504]")) << "minAvailable was left out and follows replicas\n" << result.out;
  EXPECT_EQ(result.err, "2 objects: 1 denied; 1 error, 3 warnings\n");
}

TEST(UpdateTest, ProblemsOfTheStoredObjects) {
  const TempFolder folder;
  const std::string twice = folder.Write("twice.yaml", SetManifest("a") + "---\n" + SetManifest("a"));
  const RunResult result = RunGrove({"validate", "--old", twice, "-"}, SetManifest("a"));
  EXPECT_EQ(result.code, ExitCode::kUsage);
  EXPECT_EQ(result.out, "");
  EXPECT_TRUE(Contains(result.err, twice + ":18:1: error: a second stored PodCliqueSet default/a\n")) << result.err;
  const std::string topology = folder.Write("topology.yaml", kTopology);
  EXPECT_TRUE(Contains(RunGrove({"validate", "--old", topology, "-"}, SetManifest("a")).err,
                       "topology.yaml holds no PodCliqueSet of grove.io/v1alpha1"));
  EXPECT_TRUE(Contains(RunGrove({"validate", "--old", folder.path() + "/gone", "-"}, SetManifest("a")).err, "gone"));
  const std::string malformed = folder.Write("malformed.yaml", "a: [");
  EXPECT_TRUE(Contains(RunGrove({"validate", "--old", malformed, "-"}, SetManifest("a")).err, "malformed.yaml:"));
}

TEST(UpdateTest, DefaultKeepsTheStatus) {
  const TempFolder folder;
  const std::string old = folder.Write("old.yaml", SetManifest("a") + "status:\n  replicas: 7\n");
  const RunResult result = RunGrove({"default", "--old", old, "-"}, SetManifest("a"));
  EXPECT_EQ(result.code, ExitCode::kDone) << result.err;
  EXPECT_TRUE(Contains(result.out, "status:\n  replicas: 7\n")) << result.out;
  const std::string changed = Replaced(SetManifest("a"), "roleName: worker", "roleName: server");
  const RunResult denied = RunGrove({"default", "--old", old, "-"}, changed);
  EXPECT_EQ(denied.code, ExitCode::kFound);
  EXPECT_TRUE(Contains(denied.err, "[V-503]")) << denied.err;
}

TEST(UpdateTest, ExpandTakesNoStoredObjects) {
  EXPECT_EQ(RunGrove({"expand", "--old", "x", "-"}, SetManifest("a")).code, ExitCode::kUsage);
}

}  // namespace
}  // namespace grove::cli
