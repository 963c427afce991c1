#include <string>

#include <gtest/gtest.h>

#include "cli/files.h"
#include "cli/manifests.h"
#include "cli/run_command.h"

namespace grove::cli {
namespace {

std::string Both() { return SetManifest("fine") + "---\n" + kDeniedSet; }

TEST(ValidateTest, Text) {
  const RunResult result = RunGrove({"validate", "-"}, Both());
  EXPECT_EQ(result.code, ExitCode::kFound);
  ExpectGolden("validate.txt", result.out);
  EXPECT_EQ(result.err, "2 objects: 1 denied; 2 errors, 5 warnings\n");
}

TEST(ValidateTest, TextInColor) {
  const RunResult result = RunGrove({"validate", "-"}, Both(), /*color=*/true);
  EXPECT_EQ(result.code, ExitCode::kFound);
  ExpectGolden("validate-color.txt", result.out);
}

TEST(ValidateTest, Json) {
  const RunResult result = RunGrove({"validate", "-o", "json", "-n", "prod", "-"}, Both());
  EXPECT_EQ(result.code, ExitCode::kFound);
  ExpectGolden("validate.json", result.out);
}

TEST(ValidateTest, QuietOnSuccess) {
  const RunResult result = RunGrove({"validate", "-q", "-"}, SetManifest("fine"));
  EXPECT_EQ(result.code, ExitCode::kDone);
  EXPECT_EQ(result.err, "");
  EXPECT_EQ(result.out.find("error:"), std::string::npos);
}

TEST(ValidateTest, StrictMakesUnknownFieldsErrors) {
  const std::string unknown = SetManifest("a", "", "  replica: 1\n");
  EXPECT_EQ(RunGrove({"validate", "-q", "-"}, unknown).code, ExitCode::kDone);
  const RunResult strict = RunGrove({"validate", "--strict", "-"}, unknown);
  EXPECT_EQ(strict.code, ExitCode::kFound);
  EXPECT_EQ(strict.err, "1 object: 1 denied; 1 error, 0 warnings\n");
  EXPECT_NE(strict.out.find("<stdin>:7:3: error: spec.replica: "), std::string::npos) << strict.out;
}

TEST(ValidateTest, LongBadValuesAreCut) {
  const std::string topology = "    topologyConstraint: {topologyName: fabric, pack: {required: rack}}\n";
  std::string set = SetManifest("a");
  set.insert(set.find("    cliques:"), topology);
  const RunResult result = RunGrove({"validate", "-"}, set + "---\n" + kTopology + "---\n" +
                                                           "apiVersion: operator.config.grove.io/v1alpha1\n"
                                                           "kind: OperatorConfiguration\n"
                                                           "topologyAwareScheduling: {enabled: true}\n"
                                                           "scheduler:\n"
                                                           "  profiles: [{name: kai-scheduler}]\n"
                                                           "  defaultProfileName: kai-scheduler\n");
  EXPECT_EQ(result.code, ExitCode::kFound);
  const std::size_t at = result.out.find("spec: Invalid value: {\"replicas\":1,");
  ASSERT_NE(at, std::string::npos) << result.out;
  const std::string line = result.out.substr(at, result.out.find('\n', at) - at);
  EXPECT_NE(line.find("...: "), std::string::npos) << line;
  EXPECT_TRUE(line.ends_with(" [V-411]")) << line;
  EXPECT_LT(line.size(), 300u);
}

TEST(ValidateTest, ControlCharactersDoNotReachTheTerminal) {
  const RunResult result = RunGrove({"validate", "-"}, SetManifest("\"a\\e[31m\""));
  EXPECT_EQ(result.code, ExitCode::kFound);
  EXPECT_EQ(result.out.find('\x1b'), std::string::npos);
}

}  // namespace
}  // namespace grove::cli
