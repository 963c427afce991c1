// grove place and explain, seen from outside.
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "grove/placement_wire.hpp"
#include "grove/value.hpp"

#include "cli/files.h"
#include "cli/run_command.h"

namespace grove::cli {
namespace {

std::string ExampleCluster() { return std::string(GROVE_TESTS_DIR) + "/../examples/clusters/two-blocks.json"; }

RunResult RunExample(std::vector<std::string> arguments, bool color = false) {
  arguments.insert(arguments.end(), {"-f", Example("multinode-disaggregated.yaml"), "--cluster", ExampleCluster()});
  return RunGrove(arguments, "", color);
}

bool Contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

constexpr const char* kNodes = R"(
apiVersion: v1
kind: Node
metadata: {name: n0, labels: {topo/rack: r0}}
status: {allocatable: {cpu: "4", pods: "10"}}
---
apiVersion: v1
kind: Node
metadata: {name: n1, labels: {topo/rack: r1}}
status: {allocatable: {cpu: "8", pods: "10"}}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: c}
)";

constexpr const char* kGang = R"(
apiVersion: scheduler.grove.io/v1alpha1
kind: PodGang
metadata: {namespace: x, name: g}
spec:
  podgroups: [{name: c, minReplicas: 2, podReferences: [{namespace: x, name: p0}, {namespace: x, name: p1}]}]
  topologyConstraint: {packConstraint: {required: topo/rack}}
)";

std::string Pods(const std::string& cpu) {
  std::string text;
  for (const char* name : {"p0", "p1"}) {
    text += "---\napiVersion: v1\nkind: Pod\nmetadata: {namespace: x, name: " + std::string(name) +
            "}\nspec: {containers: [{name: m, resources: {requests: {cpu: \"" + cpu + "\"}}}]}\n";
  }
  return text;
}

TEST(PlaceTest, Example) {
  const RunResult result = RunExample({"place"});
  EXPECT_EQ(result.code, ExitCode::kFound);  // one gang does not fit
  EXPECT_EQ(result.err, "");
  // Why the last gang does not fit is a sentence of its own tests.
  std::string text = result.out;
  const std::string verdict = "does not fit.";
  const std::size_t cause = text.find(verdict) + verdict.size();
  text.erase(cause, text.find('\n', cause) - cause);
  ExpectGolden("place-two-blocks.txt", text);
  EXPECT_EQ(RunExample({"place", "--threads", "4"}).out, result.out);
}

TEST(PlaceTest, ExampleInColor) {
  const RunResult result = RunExample({"place"}, true);
  EXPECT_TRUE(Contains(result.out, "\x1b[1;32mplaced\x1b[0m")) << result.out;
}

TEST(PlaceTest, ExampleAsJson) {
  const RunResult result = RunExample({"place", "-o", "json"});
  EXPECT_EQ(result.code, ExitCode::kFound);
  const Value answer = Value::FromJson(result.out);
  EXPECT_EQ(answer.Find("placed")->text(), "3");
  ASSERT_EQ(answer.Find("gangs")->size(), 4u);
  EXPECT_EQ(answer.Find("gangs")->at(0).Find("name")->text(), "deepseek-r1-0");
  EXPECT_EQ(answer.Find("gangs")->at(0).Find("pods")->size(), 10u);
  EXPECT_EQ(answer.Find("gangs")->at(3).Find("outcome")->text(), "INFEASIBLE");
  EXPECT_EQ(answer.Find("notEvaluated")->at(0).Find("pods")->text(), "16");
}

TEST(PlaceTest, ExampleDrawn) {
  EXPECT_TRUE(RunExample({"place", "-o", "svg"}).out.starts_with("<svg "));
  EXPECT_TRUE(RunExample({"place", "-o", "html"}).out.starts_with("<!DOCTYPE html>"));
}

TEST(PlaceTest, ExplainsTheExample) {
  const RunResult result = RunExample({"explain"});
  EXPECT_EQ(result.code, ExitCode::kFound);
  EXPECT_TRUE(Contains(result.out, "inference/deepseek-r1-0-decode-0  does not fit\n")) << result.out;
  EXPECT_TRUE(Contains(result.out, "3 of 4 gangs placed\n")) << result.out;
  EXPECT_TRUE(Contains(RunExample({"explain", "-o", "json"}).out, "\"outcome\": \"INFEASIBLE\""));
}

TEST(PlaceTest, PodGangsOfTheCluster) {
  const TempFolder folder;
  const std::string nodes = folder.Write("nodes.yaml", kNodes);
  const std::string live = folder.Write("live.yaml", kGang + Pods("3"));
  const RunResult result = RunGrove({"place", "--cluster", nodes, "--cluster", live, "--levels", "rack=topo/rack"});
  EXPECT_EQ(result.code, ExitCode::kDone) << result.err;
  EXPECT_TRUE(Contains(result.out, "1 of 1 gang placed")) << result.out;
  EXPECT_TRUE(Contains(result.out, "rack r1 (required)")) << result.out;
  EXPECT_TRUE(Contains(result.out, "n1 x2")) << result.out;
  EXPECT_TRUE(Contains(result.err, "skipped 1 ConfigMap")) << result.err;
  // PodGangs of the inputs come first: those of the cluster are left alone then.
  const std::string other = folder.Write("other.yaml",
                                         "apiVersion: scheduler.grove.io/v1alpha1\nkind: PodGang\n"
                                         "metadata: {namespace: x, name: other}\nspec: {podgroups: []}\n");
  const RunResult only = RunGrove({"place", "-f", other, "--cluster", nodes, "--cluster", live, "-q"});
  EXPECT_TRUE(Contains(only.out, "x/other")) << only.out << only.err;
  EXPECT_FALSE(Contains(only.out, "x/g ")) << only.out;
}

TEST(PlaceTest, GatedPodsAreNamed) {
  const TempFolder folder;
  const std::string nodes = folder.Write("nodes.yaml", kNodes);
  std::string pods = kGang + Pods("1");
  const std::string gate = "schedulingGates: [{name: grove.io/podgang-pending-creation}], ";
  for (std::size_t at = pods.find("containers:"); at != std::string::npos;
       at = pods.find("containers:", at + gate.size() + 1)) {
    pods.insert(at, gate);
  }
  const std::vector<std::string> arguments = {"place", "--cluster", nodes, "-", "--levels", "topo/rack"};
  const RunResult held = RunGrove(arguments, pods);
  EXPECT_EQ(held.code, ExitCode::kFound);
  EXPECT_TRUE(Contains(held.out,
                       "2 pods wait behind the scheduling gate grove.io/podgang-pending-creation (--lift-gates places "
                       "them nevertheless)."))
      << held.out;
  std::vector<std::string> lifting = arguments;
  lifting.emplace_back("--lift-gates");
  EXPECT_EQ(RunGrove(lifting, pods).code, ExitCode::kDone);
}

TEST(PlaceTest, SnapshotsAndRequests) {
  const TempFolder folder;
  const std::string cluster = R"({"levels": [{"domain": "rack", "key": "topo/rack"}], "nodes": [
    {"name": "n0", "labels": {"topo/rack": "r0"}, "allocatable": {"cpu": 4000}}]})";
  const std::string snapshot = folder.Write("snapshot.json", cluster);
  EXPECT_EQ(RunGrove({"place", "--cluster", snapshot, "-"}, kGang + Pods("2")).code, ExitCode::kDone);
  const std::string request = folder.Write("request.json", R"({"cluster": )" + cluster + R"(,
    "podClasses": [{"requests": {"cpu": 3000}}], "gangs": [{"name": "g", "groups": [
     {"name": "c", "minReplicas": 1, "candidates": [{"count": 2}]}]}]})");
  const RunResult result = RunGrove({"place", "--cluster", request});
  EXPECT_EQ(result.code, ExitCode::kDone) << result.err;
  EXPECT_TRUE(Contains(result.out, "1 of 2 pods")) << result.out;
  const std::string bad = folder.Write("bad.json", R"({"nodes": [{"name": "n0"}, {"name": "n0"}]})");
  const RunResult refused = RunGrove({"place", "--cluster", bad});
  EXPECT_EQ(refused.code, ExitCode::kUsage);
  EXPECT_TRUE(Contains(refused.err, "nodes[1].name: \"n0\" is the name of nodes[0] too")) << refused.err;
}

// The same messages as bytes.
TEST(PlaceTest, BinaryMessages) {
  const TempFolder folder;
  const WireRequestResult read =
      ReadPlacementRequest(R"({"cluster": {"nodes": [{"name": "n0", "labels": {"topo/rack": "r0"}, "allocatable":
    {"cpu": 4000, "pods": 9}}]}, "podClasses": [{"requests": {"cpu": 3000}}], "gangs": [{"name": "g", "groups": [
     {"name": "c", "minReplicas": 1, "candidates": [{"count": 2}]}]}]})",
                           WireFormat::kJson);
  ASSERT_TRUE(read.request.has_value());
  const WireRequest& request = *read.request;
  const std::string whole = folder.Write(
      "request.binpb",
      WritePlacementRequest(request.spec, *request.cluster, request.request, request.options, WireFormat::kBinary));
  const RunResult alone = RunGrove({"place", "--cluster", whole});
  EXPECT_EQ(alone.code, ExitCode::kDone) << alone.err;
  EXPECT_TRUE(Contains(alone.out, "1 of 2 pods")) << alone.out;
  // With other input it is a Cluster.
  const std::string cluster = folder.Write("cluster.binpb", WriteClusterSpec(request.spec, WireFormat::kBinary));
  const RunResult beside = RunGrove({"place", "--cluster", cluster, "--levels", "topo/rack", "-"}, kGang + Pods("2"));
  EXPECT_EQ(beside.code, ExitCode::kDone) << beside.err;
  EXPECT_TRUE(Contains(beside.out, "n0 x2")) << beside.out;
  const RunResult junk = RunGrove({"place", "--cluster", folder.Write("junk", std::string("\x01\x02\x00\xFF", 4))});
  EXPECT_EQ(junk.code, ExitCode::kUsage);
  EXPECT_TRUE(Contains(junk.err, "junk: ")) << junk.err;
  EXPECT_EQ(RunGrove({"place", "--cluster", cluster, "--cluster", cluster, "-"}, kGang).err,
            "grove place: two snapshots of a cluster are named\n");
}

TEST(PlaceTest, ClusterWithoutPodsIsRemarked) {
  const TempFolder folder;
  const std::string nodes = folder.Write("nodes.yaml", kNodes);
  const std::string gang = folder.Write("gang.yaml", kGang + Pods("1"));
  const std::string remark = "note: no Pod in what --cluster names: nodes count as empty\n";
  const std::vector<std::string> levels = {"place", "--levels", "topo/rack", "--cluster", nodes};
  std::vector<std::string> apart = levels;
  apart.insert(apart.end(), {"-f", gang});
  EXPECT_TRUE(Contains(RunGrove(apart).err, remark));
  std::vector<std::string> together = levels;
  together.insert(together.end(), {"--cluster", gang});
  EXPECT_FALSE(Contains(RunGrove(together).err, remark));
}

TEST(PlaceTest, UnusableInput) {
  const TempFolder folder;
  const std::string nodes = folder.Write("nodes.yaml", kNodes);
  struct Case {
    std::vector<std::string> arguments;
    std::string input;
    std::string message;
  };
  const Case cases[] = {
      {{"place", "-"}, kGang, "no cluster"},
      {{"place", "--cluster", nodes}, "", "nothing to place"},
      {{"place", "--cluster", "-", "-q", Example("aggregated.yaml")}, "{}", "there is no Node"},
      {{"place", "--cluster", nodes, "--topology-name", "x", "-"}, kGang, "no ClusterTopologyBinding \"x\""},
      {{"place", "--cluster", nodes, "-"},
       kGang + Pods("x"),
       "<stdin>:9:1: error: Pod p0: spec.containers[0].resources.requests[\"cpu\"]: \"x\" is no quantity"},
      {{"place", "--cluster", nodes, "--levels", "=", "-"}, kGang, "--levels ="},
      {{"place", "--cluster", nodes, "--levels", "topo/rack", "-o", "svg", "--resource", "gpu", "-"},
       kGang + Pods("1"),
       "grove place: --resource gpu: no node has any\n"},
      {{"place", "--cluster", "-"},
       "apiVersion: v1\nkind: Node\nmetadata: {}\n",
       "<stdin>:1:1: error: Node: metadata.name: must not be empty"},
  };
  for (const Case& test : cases) {
    const RunResult result = RunGrove(test.arguments, test.input);
    EXPECT_EQ(result.code, ExitCode::kUsage) << test.message;
    EXPECT_TRUE(Contains(result.err, test.message)) << result.err;
    EXPECT_EQ(result.out, "");
  }
}

TEST(PlaceTest, DeniedSetsAreFindings) {
  const TempFolder folder;
  const std::string nodes = folder.Write("nodes.yaml", kNodes);
  const RunResult result =
      RunGrove({"place", "-q", "--cluster", nodes, "-"},
               "apiVersion: grove.io/v1alpha1\nkind: PodCliqueSet\nmetadata: {name: a}\nspec: {}\n");
  EXPECT_EQ(result.code, ExitCode::kFound);
  EXPECT_TRUE(Contains(result.err, "error:")) << result.err;
  EXPECT_EQ(result.out, "");
}

constexpr const char* kRackSet = R"(---
apiVersion: grove.io/v1alpha1
kind: PodCliqueSet
metadata: {name: s}
spec:
  replicas: 1
  template:
    topologyConstraint: {topologyName: fabric, pack: {required: rack}}
    cliques:
    - name: c
      spec:
        roleName: c
        replicas: 2
        podSpec: {containers: [{name: m, image: i, resources: {requests: {cpu: 3}}}]}
)";
constexpr const char* kBinding = R"(---
apiVersion: grove.io/v1alpha1
kind: ClusterTopologyBinding
metadata: {name: fabric}
spec: {levels: [{domain: rack, key: topo/rack}]}
)";

// Who names a topology and a cluster, and no operator, asks what the cluster can do.
TEST(PlaceTest, ABindingEnablesTopologyWhereNothingIsConfigured) {
  const TempFolder folder;
  const std::string nodes = folder.Write("nodes.yaml", kNodes);
  const std::string set = folder.Write("set.yaml", std::string(kRackSet) + kBinding);
  const RunResult placed = RunGrove({"place", "-q", "-f", set, "--cluster", nodes}, "");
  EXPECT_EQ(placed.code, ExitCode::kDone) << placed.out << placed.err;
  EXPECT_TRUE(Contains(placed.out, "n1")) << placed.out;
  EXPECT_EQ(RunGrove({"validate", "-q", "-f", set}, "").code, ExitCode::kFound);
  const std::string config = folder.Write("config.yaml",
                                          "apiVersion: operator.config.grove.io/v1alpha1\n"
                                          "kind: OperatorConfiguration\n");
  const RunResult off = RunGrove({"explain", "-q", "-f", set, "--config", config, "--cluster", nodes}, "");
  EXPECT_EQ(off.code, ExitCode::kFound);
  EXPECT_TRUE(Contains(off.err, "V-200")) << off.err;
  EXPECT_FALSE(Contains(off.out, "nothing to explain")) << off.out;
}

TEST(ExplainTest, TellsTheSmallestChanges) {
  const RunResult result = RunExample({"explain"});
  EXPECT_TRUE(Contains(result.out, "it would fit with one of:")) << result.out;
  EXPECT_TRUE(Contains(result.out, "Run 2 instead of 3 scaled gangs of deepseek-r1-0.")) << result.out;
  EXPECT_TRUE(Contains(result.out, "Free the room of deepseek-r1-0-prefill-1")) << result.out;
  EXPECT_FALSE(Contains(RunExample({"explain", "--changes", "0"}).out, "it would fit"));
  const RunResult json = RunExample({"explain", "-o", "json"});
  EXPECT_TRUE(Contains(json.out, "\"FEWER_REPLICAS\"")) << json.out;
  EXPECT_TRUE(Contains(RunExample({"place"}).out, "Smallest change:"));
}

// Two racks; what runs is a gang of low priority with one pod more than it needs.
constexpr const char* kBusy = R"(
apiVersion: scheduling.k8s.io/v1
kind: PriorityClass
metadata: {name: low}
value: 10
---
apiVersion: scheduler.grove.io/v1alpha1
kind: PodGang
metadata: {namespace: x, name: old}
spec: {priorityClassName: low, podgroups: [{name: old-c, minReplicas: 1, podReferences: [{namespace: x, name: q0}, {namespace: x, name: q1}]}]}
---
apiVersion: v1
kind: Pod
metadata: {namespace: x, name: q0, labels: {app: q}}
spec: {nodeName: n1, containers: [{name: m, resources: {requests: {cpu: "2"}}}]}
---
apiVersion: v1
kind: Pod
metadata: {namespace: x, name: q1, labels: {app: q}}
spec: {nodeName: n1, containers: [{name: m, resources: {requests: {cpu: "4"}}}]}
---
)";

TEST(PlaceTest, PreemptionNamesWhoLoses) {
  const TempFolder folder;
  const std::string nodes = folder.Write("nodes.yaml", std::string(kBusy) + kNodes);
  EXPECT_EQ(RunGrove({"place", "--levels", "rack=topo/rack", "--cluster", nodes, "-"}, kGang + Pods("3")).code,
            ExitCode::kFound);
  const RunResult result =
      RunGrove({"place", "--preempt", "--levels", "rack=topo/rack", "--cluster", nodes, "-"}, kGang + Pods("3"));
  EXPECT_EQ(result.code, ExitCode::kDone) << result.out << result.err;
  EXPECT_TRUE(Contains(result.out, "evicted: 1 surplus pod of x/old for x/g: n1")) << result.out;
  // Affinity between pods makes labels matter.
  const std::string apart = R"(
apiVersion: v1
kind: Pod
metadata: {namespace: x, name: q2, labels: {app: z}}
spec:
  nodeName: n0
  containers: [{name: m}]
  affinity: {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [
    {topologyKey: topo/rack, labelSelector: {matchLabels: {app: q}}}]}}
---
)";
  const std::string others = folder.Write("others.yaml", apart + kBusy + kNodes);
  const RunResult again =
      RunGrove({"place", "--preempt", "--levels", "rack=topo/rack", "--cluster", others, "-"}, kGang + Pods("3"));
  EXPECT_TRUE(Contains(again.out, "evicted: 1 surplus pod of x/old for x/g: n1")) << again.out << again.err;
}

TEST(PlaceTest, OptionsAreFlags) {
  for (const char* flag : {"--near-base", "--balance", "--reuse-nodes", "--preempt"}) {
    EXPECT_EQ(RunExample({"place", flag}).code, ExitCode::kFound) << flag;
  }
  EXPECT_EQ(RunExample({"place", "--spread", "rack", "--replica-level", "zone"}).code, ExitCode::kFound);
  const RunResult unknown = RunExample({"place", "--spread", "row"});
  EXPECT_EQ(unknown.code, ExitCode::kUsage);
  EXPECT_TRUE(Contains(unknown.err, "no level of the topology is called \"row\"")) << unknown.err;
}

}  // namespace
}  // namespace grove::cli
