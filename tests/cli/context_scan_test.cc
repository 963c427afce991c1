#include "cli/context_scan.h"

#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "grove/manifest.hpp"
#include "grove/workload.hpp"

#include "cli/files.h"
#include "cli/manifests.h"
#include "cli/run_command.h"

namespace grove::cli {
namespace {

TEST(ContextScanTest, PassesOverOrdinarySets) {
  EXPECT_FALSE(MayHoldContext(""));
  EXPECT_FALSE(MayHoldContext("x"));
  EXPECT_FALSE(MayHoldContext(SetManifest("a")));
  EXPECT_FALSE(MayHoldContext(kDeniedSet));
  EXPECT_FALSE(MayHoldContext(R"({"kind": "PodCliqueSet", "args": ["a\nb", "\"c\"", "d\\"]})"));
}

TEST(ContextScanTest, SeesContext) {
  EXPECT_TRUE(MayHoldContext(kTopology));
  EXPECT_TRUE(MayHoldContext(kConfiguration));
  EXPECT_TRUE(MayHoldContext("apiVersion: scheduling.volcano.sh/v1beta1\nkind: Queue\n"));
}

// Ways to spell a kind without writing it; each must be noticed.
TEST(ContextScanTest, SeesWhatIsHidden) {
  const std::string_view texts[] = {
      R"({"apiVersion": "grove.io/v1alpha1", "kind": "\u0043lusterTopologyBinding"})",
      "apiVersion: grove.io/v1alpha1\nkind: \"\\x43lusterTopologyBinding\"\n",
      "apiVersion: grove.io/v1alpha1\nkind: \"\\U00000043lusterTopologyBinding\"\n",
      "apiVersion: grove.io/v1alpha1\nkind: \"Cluster\\\n  TopologyBinding\"\n",
      "apiVersion: grove.io/v1alpha1\nkind: \"Cluster\\\r\n  TopologyBinding\"\n",
      "apiVersion: grove.io/v1alpha1\nkind: !!binary Q2x1c3RlclRvcG9sb2d5QmluZGluZw==\n",
      "%TAG !y! tag:yaml.org,2002:\n---\napiVersion: grove.io/v1alpha1\nkind: !y!binary "
      "Q2x1c3RlclRvcG9sb2d5QmluZGluZw==\n",
  };
  for (const std::string_view text : texts) {
    const ParseResult parsed = ParseManifest(text);
    ASSERT_FALSE(parsed.error.has_value()) << text << parsed.error->message;
    ASSERT_EQ(parsed.objects.at(0).kind, "ClusterTopologyBinding") << text;
    EXPECT_TRUE(MayHoldContext(text)) << text;
  }
}

std::string PackedSet(const std::string& name) {
  std::string text = SetManifest(name);
  return text.insert(text.find("    cliques:"),
                     "    topologyConstraint: {topologyName: fabric, pack: {required: rack}}\n");
}

TEST(ContextScanTest, ContextMayStandInAnyFile) {
  const TempFolder folder;
  folder.Write("1.yaml", PackedSet("a"));
  folder.Write("2.yaml", PackedSet("b") + "---\n" + kTopology);
  folder.Write("3.yaml", kConfiguration);
  const RunResult result = RunGrove({"validate", "-o", "json", folder.path()});
  EXPECT_EQ(result.code, ExitCode::kDone) << result.out;
  EXPECT_EQ(result.err, "4 objects: 0 denied; 0 errors, 6 warnings\n");
  // In the order of the files and of the documents in them.
  std::size_t at = 0;
  for (const std::string_view name : {"\"a\"", "\"b\"", "\"fabric\"", "\"OperatorConfiguration\""}) {
    at = result.out.find(name, at);
    EXPECT_NE(at, std::string::npos) << name << '\n' << result.out;
  }
}

TEST(ContextScanTest, StandardInputIsKept) {
  const TempFolder folder;
  const std::string configuration = folder.Write("config.yaml", kConfiguration);
  const RunResult result = RunGrove({"validate", "--config", configuration, "-"}, PackedSet("a") + "---\n" + kTopology);
  EXPECT_EQ(result.code, ExitCode::kDone) << result.err << result.out;
}

TEST(ContextScanTest, ContradictionsOfTheContextAreToldWhereTheyStand) {
  const TempFolder folder;
  folder.Write("1.yaml", kTopology);
  const std::string second = folder.Write("2.yaml", SetManifest("a") + "---\n" + kTopology);
  const RunResult result = RunGrove({"validate", folder.path()});
  EXPECT_EQ(result.code, ExitCode::kUsage);
  EXPECT_EQ(result.out, "");
  EXPECT_EQ(result.err, second +
                            ":18:1: error: a second ClusterTopologyBinding named fabric\n"
                            "    18 | apiVersion: grove.io/v1alpha1\n"
                            "       | ^\n");
}

TEST(ContextScanTest, AMalformedFileDoesNotHideTheOthers) {
  const TempFolder folder;
  folder.Write("1.yaml", SetManifest("a"));
  const std::string bad = folder.Write("2.yaml", "a: [");
  folder.Write("3.yaml", kDeniedSet);
  const RunResult result = RunGrove({"validate", "-o", "json", folder.path()});
  EXPECT_EQ(result.code, ExitCode::kUsage);
  EXPECT_NE(result.out.find(R"("name":"a","allowed":true)"), std::string::npos);
  EXPECT_NE(result.out.find(R"("name":"denied","allowed":false)"), std::string::npos);
  EXPECT_NE(result.err.find(bad + ":"), std::string::npos) << result.err;
  EXPECT_NE(result.err.find("2 objects: 1 denied; 2 errors, 5 warnings\n"), std::string::npos) << result.err;
}

TEST(ContextScanTest, AMalformedFileThatMayHoldContextEndsAll) {
  const TempFolder folder;
  folder.Write("1.yaml", SetManifest("a"));
  folder.Write("2.yaml", "kind: ClusterTopologyBinding\na: [");
  const RunResult result = RunGrove({"validate", "-o", "json", folder.path()});
  EXPECT_EQ(result.code, ExitCode::kUsage);
  EXPECT_EQ(result.out, "");
}

TEST(ContextScanTest, OnlyTheContextIsKeptOfAText) {
  // Queues count by name and state, whatever else their text holds.
  const TempFolder folder;
  const std::string annotation = "  annotations: {scheduling.grove.io/volcano-queue: gold}\n";
  folder.Write("1.yaml", SetManifest("a", annotation) +
                             "---\napiVersion: scheduling.volcano.sh/v1beta1\nkind: Queue\nmetadata: {name: gold}\n"
                             "status: {state: Closed}\n");
  folder.Write("2.yaml",
               "apiVersion: operator.config.grove.io/v1alpha1\nkind: OperatorConfiguration\n"
               "scheduler: {profiles: [{name: volcano}], defaultProfileName: volcano}\n");
  const RunResult result = RunGrove({"validate", folder.path()});
  EXPECT_EQ(result.code, ExitCode::kFound);
  EXPECT_NE(result.out.find("[V-427]"), std::string::npos) << result.out;
}

}  // namespace
}  // namespace grove::cli
