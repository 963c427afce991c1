#include <string>

#include <gtest/gtest.h>

#include "cli/files.h"
#include "cli/manifests.h"
#include "cli/run_command.h"

namespace grove::cli {
namespace {

// Names of set, group and clique that are too long together; a claim of the clique that is too long by itself.
constexpr const char* kLongNames =
    "apiVersion: grove.io/v1alpha1\n"
    "kind: PodCliqueSet\n"
    "metadata:\n"
    "  name: deepseek-r1-fp8\n"
    "spec:\n"
    "  replicas: 2\n"
    "  template:\n"
    "    cliques:\n"
    "      - name: prefill-worker-with-experts\n"
    "        resourceSharing:\n"
    "          - {name: shared-high-bandwidth-memory-pool, scope: AllReplicas}\n"
    "        spec:\n"
    "          roleName: worker\n"
    "          replicas: 3\n"
    "          podSpec:\n"
    "            containers: [{name: main, image: worker:1}]\n"
    "    podCliqueScalingGroups:\n"
    "      - {name: prefill, cliqueNames: [prefill-worker-with-experts], replicas: 4}\n";

TEST(NamesTest, Text) {
  const RunResult result = RunGrove({"names", "-n", "prod", "-"}, SetManifest("fine") + "---\n" + kLongNames);
  EXPECT_EQ(result.code, ExitCode::kFound);
  ExpectGolden("names.txt", result.out);
  EXPECT_NE(result.err.find("combined-names: names of set, group and clique together, at most 45 bytes\n"),
            std::string::npos)
      << result.err;
}

TEST(NamesTest, Json) {
  const RunResult result = RunGrove({"names", "-o", "json", "-"}, SetManifest("fine") + "---\n" + kLongNames);
  EXPECT_EQ(result.code, ExitCode::kFound);
  ExpectGolden("names.json", result.out);
  EXPECT_EQ(result.err, "");
}

TEST(NamesTest, Example) {
  const RunResult result = RunGrove({"names", Example("multinode-disaggregated.yaml")});
  EXPECT_EQ(result.code, ExitCode::kDone);
  ExpectGolden("names-multinode-disaggregated.txt", result.out);
}

TEST(NamesTest, QuietGivesNoLegend) {
  const RunResult result = RunGrove({"names", "-q", "-"}, SetManifest("fine"));
  EXPECT_EQ(result.code, ExitCode::kDone);
  EXPECT_EQ(result.err, "");
}

TEST(NamesTest, WithoutASet) {
  const RunResult result = RunGrove({"names", "-"}, kTopology);
  EXPECT_EQ(result.code, ExitCode::kUsage);
  EXPECT_EQ(result.err, "grove names: no PodCliqueSet among the input\n");
}

TEST(NamesTest, ASetThatCannotBeDecodedHasNamesAllTheSame) {
  const RunResult result = RunGrove({"names", "-"}, SetManifest("fine", "", "  replicas: many\n"));
  EXPECT_EQ(result.code, ExitCode::kUsage);  // a second `replicas`
  const RunResult broken = RunGrove({"names", "-q", "-"},
                                    "apiVersion: grove.io/v1alpha1\nkind: PodCliqueSet\nmetadata: {name: a}\n"
                                    "spec: {replicas: many, template: {cliques: [{name: b}]}}\n");
  EXPECT_EQ(broken.code, ExitCode::kDone);
  EXPECT_NE(broken.out.find(" a-0-b-0.a-0.default.svc.cluster.local"), std::string::npos) << broken.out;
}

}  // namespace
}  // namespace grove::cli
