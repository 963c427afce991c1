#include "cli/set_graph.h"

#include <string>

#include <gtest/gtest.h>

#include "cli/files.h"
#include "cli/manifests.h"
#include "cli/run_command.h"

namespace grove::cli {
namespace {

TEST(SetGraphTest, OfExamples) {
  for (const std::string name : {"agentic-pipeline", "multinode-disaggregated"}) {
    for (const std::string format : {"dot", "mermaid"}) {
      const RunResult result = RunGrove({"expand", "-o", format, Example(name + ".yaml")});
      EXPECT_EQ(result.code, ExitCode::kDone) << result.err;
      ExpectGolden("expand-" + name + (format == "dot" ? ".dot" : ".mmd"), result.out);
    }
  }
}

TEST(SetGraphTest, AThousandReplicasAreOneBox) {
  std::string set = SetManifest("a");
  set.replace(set.find("replicas: 1"), 11, "replicas: 1000");
  const RunResult result = RunGrove({"expand", "-o", "dot", "-"}, set);
  EXPECT_NE(result.out.find("label=\"replica 0–999 ×1000\""), std::string::npos) << result.out;
  EXPECT_LT(result.out.size(), 2000u);
}

TEST(SetGraphTest, GangsAreFramesAndOwnNothing) {
  TreeNode clique;
  clique.kind = "clique";
  clique.name = {{"w", std::nullopt, 0, false}};
  clique.pods = 3;
  clique.minimum = 2;
  clique.gpus = 24;
  TreeNode gang;
  gang.kind = "PodGang";
  gang.name = {{"x-", std::nullopt, 0, false}, {"", 0, 0, true}};
  gang.minimum = 2;
  AddChild(gang, clique);
  TreeNode root;
  root.kind = "PodCliqueSet";
  root.name = {{"n/x", std::nullopt, 0, false}};
  AddChild(root, gang);
  const Graph graph = GraphOfSetTree(root);
  EXPECT_EQ(graph.title, "n/x");
  ASSERT_EQ(graph.nodes.size(), 3u);
  EXPECT_EQ(graph.nodes[2].lines, (std::vector<std::string>{"3 pods", "min 2", "24 GPUs"}));
  ASSERT_EQ(graph.clusters.size(), 1u);
  EXPECT_EQ(graph.clusters[0].lines, (std::vector<std::string>{"PodGang x-0", "min 2 of 3 pods"}));
  EXPECT_EQ(graph.nodes[0].cluster, std::nullopt);
  EXPECT_EQ(graph.nodes[1].cluster, 0u);
  ASSERT_EQ(graph.edges.size(), 2u);
  EXPECT_EQ(graph.edges[0].from, 0u);
  EXPECT_EQ(graph.edges[0].to, 1u);
}

}  // namespace
}  // namespace grove::cli
