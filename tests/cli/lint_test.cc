// Lint rules in `grove validate`.
#include <string>

#include <gtest/gtest.h>

#include "cli/files.h"
#include "cli/manifests.h"
#include "cli/run_command.h"

namespace grove::cli {
namespace {

// A captured template, startsAfter without effect, and a Service that outlives its replica.
constexpr const char* kSuspect =
    "apiVersion: grove.io/v1alpha1\n"
    "kind: PodCliqueSet\n"
    "metadata:\n"
    "  name: suspect\n"
    "spec:\n"
    "  replicas: 2\n"
    "  template:\n"
    "    cliques:\n"
    "      - name: worker\n"
    "        spec:\n"
    "          roleName: worker\n"
    "          replicas: 1\n"
    "          minAvailable: 1\n"
    "          podSpec:\n"
    "            schedulerName: kai-scheduler\n"
    "            containers: [{name: main, image: worker:1}]\n"
    "      - name: big-worker\n"
    "        spec:\n"
    "          roleName: big-worker\n"
    "          replicas: 1\n"
    "          minAvailable: 1\n"
    "          startsAfter: [worker]\n"
    "          podSpec:\n"
    "            schedulerName: kai-scheduler\n"
    "            containers: [{name: main, image: worker:1}]\n";

std::string Suspect() {
  std::string set = kSuspect;
  set.insert(set.find("  name: suspect\n"), "  labels: {kai.scheduler/queue: q}\n");
  return set + "---\n" +
         "apiVersion: operator.config.grove.io/v1alpha1\n"
         "kind: OperatorConfiguration\n"
         "scheduler: {profiles: [{name: default-scheduler}, {name: kai-scheduler}]}\n";
}

std::size_t CountOf(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

TEST(ValidateLintTest, Text) {
  const RunResult result = RunGrove({"validate", "--lint", "note", "-"}, Suspect());
  EXPECT_EQ(result.code, ExitCode::kDone);
  ExpectGolden("lint.txt", result.out);
  EXPECT_EQ(result.err, "2 objects: 0 denied; 0 errors, 4 warnings, 1 note\n");
}

TEST(ValidateLintTest, Json) {
  const RunResult result = RunGrove({"validate", "--lint", "note", "-o", "json", "-"}, Suspect());
  EXPECT_EQ(result.code, ExitCode::kDone);
  ExpectGolden("lint.json", result.out);
}

TEST(ValidateLintTest, Github) {
  const RunResult result = RunGrove({"validate", "-q", "--lint=note", "-o", "github", "-"}, Suspect());
  EXPECT_EQ(CountOf(result.out, "::notice title=L-046 Services outlive their replicas::"), 1u) << result.out;
  EXPECT_EQ(CountOf(result.out, "::warning title=L-060 startsAfter without effect::"), 1u) << result.out;
}

TEST(ValidateLintTest, Sarif) {
  const RunResult result = RunGrove({"validate", "-q", "--lint=note", "-o", "sarif", "-"}, Suspect());
  EXPECT_EQ(CountOf(result.out, "{\"id\":\"L-001\","), 1u);
  EXPECT_EQ(CountOf(result.out, "{\"ruleId\":\"L-001\",\"ruleIndex\":"), 1u) << result.out;
  EXPECT_EQ(CountOf(result.out, "\"level\":\"note\",\"message\""), 1u) << result.out;
}

struct Case {
  const char* name;
  std::vector<std::string> options;
  ExitCode code;
  std::size_t lint;  // findings
};

TEST(ValidateLintTest, Options) {
  const std::vector<Case> cases = {
      {"default", {}, ExitCode::kDone, 2},
      {"warning", {"--lint=warning"}, ExitCode::kDone, 2},
      {"note", {"--lint=note"}, ExitCode::kDone, 3},
      {"off", {"--lint=off"}, ExitCode::kDone, 0},
      {"one rule off", {"--disable", "L-001"}, ExitCode::kDone, 1},
      {"two rules off", {"--disable=L-001,L-060"}, ExitCode::kDone, 0},
      {"repeated", {"--disable=L-001", "--disable=L-060", "--lint=note"}, ExitCode::kDone, 1},
      {"fail", {"--fail-on-lint"}, ExitCode::kFound, 2},
      {"fail on nothing", {"--fail-on-lint", "--disable=L-001,L-060"}, ExitCode::kDone, 0},
      {"fail on notes", {"--fail-on-lint", "--lint=note", "--disable=L-001,L-060"}, ExitCode::kFound, 1},
      {"off beats fail", {"--fail-on-lint", "--lint=off"}, ExitCode::kDone, 0},
  };
  for (const Case& test : cases) {
    std::vector<std::string> arguments = {"validate", "-q"};
    arguments.insert(arguments.end(), test.options.begin(), test.options.end());
    arguments.emplace_back("-");
    const RunResult result = RunGrove(arguments, Suspect());
    EXPECT_EQ(result.code, test.code) << test.name;
    EXPECT_EQ(CountOf(result.out, " [L-"), test.lint) << test.name << "\n" << result.out;
  }
}

// What the examples take into account.
TEST(ValidateLintTest, Examples) {
  const std::vector<std::pair<const char*, std::vector<std::string>>> cases = {
      {"agentic-pipeline.yaml", {"L-021"}},
      {"aggregated.yaml", {"L-021"}},
      {"multinode-disaggregated.yaml", {"L-024", "L-062", "L-062"}},
      {"single-node-disaggregated.yaml", {"L-021"}},
  };
  for (const auto& [file, rules] : cases) {
    const RunResult result = RunGrove({"validate", Example(file)});
    std::vector<std::string> found;
    for (std::size_t at = result.out.find(" [L-"); at != std::string::npos; at = result.out.find(" [L-", at + 1)) {
      found.push_back(result.out.substr(at + 2, 5));
    }
    EXPECT_EQ(found, rules) << file;
  }
}

TEST(ValidateLintTest, UnknownRulesAndLevelsAreBadUsage) {
  for (const char* option : {"--disable=L-999", "--disable=L-001,", "--disable=", "--lint=error", "--lint="}) {
    const RunResult result = RunGrove({"validate", option, "-"}, Suspect());
    EXPECT_EQ(result.code, ExitCode::kUsage) << option;
    EXPECT_EQ(result.out, "") << option;
  }
}

TEST(ValidateLintTest, DeniedSetsAreNotLinted) {
  std::string denied = Suspect();
  denied.replace(denied.find("replicas: 1"), 11, "replicas: -1");
  const RunResult result = RunGrove({"validate", "-q", "--fail-on-lint", "-"}, denied);
  EXPECT_EQ(result.code, ExitCode::kFound);
  EXPECT_EQ(CountOf(result.out, "[L-"), 0u);
}

}  // namespace
}  // namespace grove::cli
