// How the inputs come together, seen from outside: topologies, configurations, namespaces, queues, what is skipped.
#include "cli/workload.h"

#include <string>

#include <gtest/gtest.h>

#include "cli/files.h"
#include "cli/manifests.h"
#include "cli/run_command.h"

namespace grove::cli {
namespace {

constexpr const char* kPacked = "    topologyConstraint: {topologyName: fabric, pack: {required: rack}}\n";

std::string PackedSet() {
  std::string text = SetManifest("packed");
  return text.insert(text.find("    cliques:"), kPacked);
}

bool Contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

TEST(WorkloadTest, TopologyAndConfigurationAmongTheInput) {
  const RunResult result =
      RunGrove({"expand", "-o", "tree", "-"}, PackedSet() + "---\n" + kTopology + "---\n" + kConfiguration);
  EXPECT_EQ(result.code, ExitCode::kDone) << result.err;
  EXPECT_TRUE(Contains(result.out, "in one rack")) << result.out;
}

TEST(WorkloadTest, TopologyAndConfigurationByOption) {
  const TempFolder folder;
  const std::string topology = folder.Write("topology.yaml", kTopology);
  const std::string configuration = folder.Write("config.yaml", kConfiguration);
  const RunResult result =
      RunGrove({"expand", "-o", "tree", "--topology", topology, "--config", configuration, "-"}, PackedSet());
  EXPECT_EQ(result.code, ExitCode::kDone) << result.err;
  EXPECT_TRUE(Contains(result.out, "in one rack")) << result.out;
}

TEST(WorkloadTest, WithoutThemTheSetIsDenied) {
  const RunResult result = RunGrove({"expand", "-o", "tree", "-"}, PackedSet());
  EXPECT_EQ(result.code, ExitCode::kFound);
  EXPECT_EQ(result.out, "");
  EXPECT_TRUE(Contains(result.err, "[V-200]")) << result.err;
}

TEST(WorkloadTest, ADeniedTopologyDoesNotExist) {
  const std::string broken =
      "apiVersion: grove.io/v1alpha1\nkind: ClusterTopologyBinding\nmetadata: {name: fabric}\nspec: {levels: []}\n";
  const RunResult result = RunGrove({"expand", "-"}, PackedSet() + "---\n" + kConfiguration + "---\n" + broken);
  EXPECT_EQ(result.code, ExitCode::kFound);
  EXPECT_TRUE(Contains(result.err, "spec.levels")) << result.err;
  EXPECT_TRUE(Contains(result.err, "[V-215]")) << result.err;
}

TEST(WorkloadTest, ATopologyGivenTwice) {
  const RunResult result = RunGrove({"expand", "-"}, std::string(kTopology) + "---\n" + kTopology);
  EXPECT_EQ(result.code, ExitCode::kUsage);
  EXPECT_TRUE(Contains(result.err, "<stdin>:10:1: error: a second ClusterTopologyBinding named fabric")) << result.err;
}

TEST(WorkloadTest, ConfigurationOfTheOptionWins) {
  const TempFolder folder;
  const std::string configuration = folder.Write("config.yaml", kConfiguration);
  const std::string off = "---\napiVersion: operator.config.grove.io/v1alpha1\nkind: OperatorConfiguration\n";
  const RunResult result =
      RunGrove({"expand", "-o", "tree", "--config", configuration, "-"}, PackedSet() + "---\n" + kTopology + off);
  EXPECT_EQ(result.code, ExitCode::kDone) << result.err;
  EXPECT_TRUE(Contains(result.err, "note: skipped: the OperatorConfiguration of --config applies")) << result.err;
}

TEST(WorkloadTest, TwoConfigurationsAmongTheInput) {
  const RunResult result =
      RunGrove({"validate", "-"}, SetManifest("a") + "---\n" + kConfiguration + "---\n" + kConfiguration);
  EXPECT_EQ(result.code, ExitCode::kUsage);
  EXPECT_TRUE(Contains(result.err, "a second OperatorConfiguration")) << result.err;
}

TEST(WorkloadTest, AnInvalidConfigurationIsReported) {
  const std::string broken =
      "apiVersion: operator.config.grove.io/v1alpha1\nkind: OperatorConfiguration\nlogLevel: chatty\n";
  const RunResult result = RunGrove({"validate", "-"}, SetManifest("a") + "---\n" + broken);
  EXPECT_EQ(result.code, ExitCode::kFound);
  EXPECT_TRUE(Contains(result.out, "logLevel: Unsupported value: \"chatty\"")) << result.out;
}

TEST(WorkloadTest, NothingIsJudgedWithAnInvalidConfiguration) {
  const std::string broken =
      "apiVersion: operator.config.grove.io/v1alpha1\nkind: OperatorConfiguration\nlogLevel: chatty\n";
  const RunResult validate = RunGrove({"validate", "-"}, std::string(kDeniedSet) + "---\n" + broken);
  EXPECT_EQ(validate.code, ExitCode::kFound);
  EXPECT_FALSE(Contains(validate.out, "[V-143]")) << validate.out;
  EXPECT_EQ(validate.err,
            "<stdin>:26:1: note: nothing else is judged: no operator runs with this OperatorConfiguration\n"
            "1 object: 1 denied; 1 error, 0 warnings\n");
  for (const std::string verb : {"default", "expand"}) {
    const RunResult result = RunGrove({verb, "-q", "-"}, SetManifest("a") + "---\n" + broken);
    EXPECT_EQ(result.code, ExitCode::kFound) << verb;
    EXPECT_EQ(result.out, "") << verb;
    EXPECT_TRUE(Contains(result.err, "logLevel: Unsupported value: \"chatty\"")) << result.err;
    EXPECT_FALSE(Contains(result.err, "no PodCliqueSet")) << result.err;
  }
}

TEST(WorkloadTest, OptionsThatNameTheWrongFiles) {
  const TempFolder folder;
  const std::string set = folder.Write("set.yaml", SetManifest("a"));
  EXPECT_TRUE(Contains(RunGrove({"validate", "--config", set, set}).err, "must hold one OperatorConfiguration"));
  EXPECT_TRUE(Contains(RunGrove({"validate", "--topology", set, set}).err, "holds no ClusterTopologyBinding"));
}

TEST(WorkloadTest, NamespaceOfWhatNamesNone) {
  EXPECT_TRUE(Contains(RunGrove({"default", "-"}, SetManifest("a")).out, "  namespace: default\n"));
  EXPECT_TRUE(Contains(RunGrove({"default", "-n", "prod", "-"}, SetManifest("a")).out, "  namespace: prod\n"));
  EXPECT_TRUE(Contains(RunGrove({"default", "-n", "prod", "-"}, SetManifest("a", "  namespace: prod\n")).out,
                       "  namespace: prod\n"));
  // Places in the source survive the addition.
  EXPECT_TRUE(Contains(RunGrove({"validate", "-n", "prod", "-"}, kDeniedSet).out, "<stdin>:13:25: error:"));
}

TEST(WorkloadTest, NamespaceThatContradicts) {
  const RunResult result = RunGrove({"default", "-n", "prod", "-"}, SetManifest("a", "  namespace: test\n"));
  EXPECT_EQ(result.code, ExitCode::kUsage);
  EXPECT_EQ(result.out, "");
  EXPECT_TRUE(Contains(result.err, "PodCliqueSet a is of namespace test where prod is asked for"));
}

TEST(WorkloadTest, OtherKindsAreSkippedWithANote) {
  const std::string text = SetManifest("a") + "---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\n" +
                           "---\napiVersion: grove.io/v2\nkind: PodGang\nmetadata: {name: b}\n";
  const RunResult result = RunGrove({"expand", "-o", "name", "-"}, text);
  EXPECT_EQ(result.code, ExitCode::kDone);
  EXPECT_EQ(result.err,
            "<stdin>:18:1: note: skipped: ConfigMap settings of v1\n"
            "<stdin>:22:1: note: skipped: PodGang b of grove.io/v2\n");
  EXPECT_EQ(RunGrove({"expand", "-q", "-o", "name", "-"}, text).err, "");
}

TEST(WorkloadTest, AnotherVersionOfASetIsDenied) {
  std::string set = SetManifest("a");
  set.replace(set.find("v1alpha1"), 8, "v2");
  const RunResult result = RunGrove({"validate", "-"}, set);
  EXPECT_EQ(result.code, ExitCode::kFound);
  EXPECT_TRUE(Contains(result.out, "error: apiVersion: ")) << result.out;
}

TEST(WorkloadTest, NothingToDo) {
  for (const std::string verb : {"validate", "default", "expand"}) {
    const RunResult result = RunGrove({verb, "-q", "-"}, "apiVersion: v1\nkind: ConfigMap\n");
    EXPECT_EQ(result.code, ExitCode::kUsage);
    EXPECT_EQ(result.err, "grove " + verb + ": no PodCliqueSet among the input\n");
  }
}

std::string Queue(const std::string& name, const std::string& status) {
  return "---\napiVersion: scheduling.volcano.sh/v1beta1\nkind: Queue\nmetadata: {name: " + name + "}\n" + status;
}

TEST(WorkloadTest, VolcanoQueues) {
  const std::string set = SetManifest("a", "  annotations: {scheduling.grove.io/volcano-queue: gold}\n");
  const auto code = [&](const std::string& queues) {
    return RunGrove({"expand", "--backend", "volcano", "-o", "name", "-"}, set + queues).code;
  };
  EXPECT_EQ(code(""), ExitCode::kDone) << "unknown queues are not judged";
  EXPECT_EQ(code(Queue("gold", "status: {state: Open}\n")), ExitCode::kDone);
  EXPECT_EQ(code(Queue("gold", "")), ExitCode::kDone) << "a new queue will be opened";
  EXPECT_EQ(code(Queue("gold", "status: {state: Closed}\n")), ExitCode::kFound);
  EXPECT_EQ(code(Queue("silver", "")), ExitCode::kFound);
}

TEST(WorkloadTest, ResourceClaimTemplates) {
  const std::string sharing = "    resourceSharing:\n      - {name: shared-gpu, scope: AllReplicas}\n";
  std::string set = SetManifest("a");
  set.insert(set.find("    cliques:"), sharing);
  const std::string claim_template =
      "---\napiVersion: resource.k8s.io/v1\nkind: ResourceClaimTemplate\nmetadata: {name: shared-gpu}\n"
      "spec: {spec: {devices: {requests: [{name: gpu, exactly: {deviceClassName: gpu.example.com}}]}}}\n";
  const RunResult with = RunGrove({"expand", "-"}, set + claim_template);
  EXPECT_EQ(with.code, ExitCode::kDone) << with.err;
  EXPECT_TRUE(Contains(with.out, "name: a-all-shared-gpu\n"));
  EXPECT_TRUE(Contains(with.out, "deviceClassName: gpu.example.com\n"));
  const RunResult without = RunGrove({"expand", "-o", "name", "-"}, set);
  EXPECT_EQ(without.code, ExitCode::kFound);
  EXPECT_TRUE(Contains(without.err, "PodCliqueSet/a")) << without.err;
  EXPECT_TRUE(Contains(without.err, "[ERR_SYNC_PCS_RESOURCE_CLAIM]")) << without.err;
}

}  // namespace
}  // namespace grove::cli
