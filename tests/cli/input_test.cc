#include "cli/input.h"

#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "cli/files.h"
#include "cli/manifests.h"
#include "cli/run_command.h"

namespace grove::cli {
namespace {

std::string Error(const std::vector<std::string>& arguments, const std::string& standard_input = "") {
  const RunResult result = RunGrove(arguments, standard_input);
  EXPECT_EQ(result.code, ExitCode::kUsage);
  EXPECT_EQ(result.out, "");
  return result.err;
}

// Names of the pods' sets, in order.
std::vector<std::string> Sets(const std::vector<std::string>& arguments) {
  std::vector<std::string> sets;
  std::istringstream lines(RunGrove(arguments).out);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("serviceaccount/")) sets.push_back(line.substr(15));
  }
  return sets;
}

TEST(InputTest, FoldersAreReadInOrderAndNotBelow) {
  const TempFolder folder;
  folder.Write("c.yml", SetManifest("c"));
  folder.Write("a.yaml", SetManifest("a"));
  folder.Write("b.json", R"({"apiVersion":"v1","kind":"List","items":[]})");
  folder.Write("notes.txt", "no manifest: [");
  folder.Write("below/d.yaml", SetManifest("d"));
  folder.Write("below/yaml", SetManifest("e"));
  using Names = std::vector<std::string>;
  EXPECT_EQ(Sets({"expand", "-o", "name", folder.path()}), (Names{"a", "c"}));
  EXPECT_EQ(Sets({"expand", "-o", "name", "-R", folder.path()}), (Names{"a", "d", "c"}));
}

TEST(InputTest, AFileThatIsNamedMayHaveAnySuffix) {
  const TempFolder folder;
  EXPECT_EQ(Sets({"expand", "-o", "name", "-f", folder.Write("set.txt", SetManifest("a"))}),
            std::vector<std::string>{"a"});
}

TEST(InputTest, StandardInputIsReadOnce) {
  EXPECT_EQ(RunGrove({"validate", "-"}, SetManifest("a")).code, ExitCode::kDone);
  EXPECT_EQ(Error({"validate", "-", "-"}, SetManifest("a")), "grove validate: standard input is named twice\n");
}

TEST(InputTest, UnreadableInput) {
  const TempFolder folder;
  EXPECT_EQ(Error({"validate", folder.path() + "/gone.yaml"}),
            "grove validate: cannot read " + folder.path() + "/gone.yaml: No such file or directory\n");
  EXPECT_EQ(Error({"validate", folder.path()}),
            "grove validate: no *.yaml, *.yml or *.json in " + folder.path() + "\n");
}

TEST(InputTest, MalformedTextTellsWhere) {
  const std::string error = Error({"validate", "-"}, "{\"a\": [1, 2\n  , }");
  EXPECT_NE(error.find("<stdin>:2:5: error: "), std::string::npos) << error;
  EXPECT_NE(error.find("     2 |   , }\n       |     ^\n"), std::string::npos) << error;
}

TEST(InputTest, NothingIsPrintedOfAnInputThatIsPartlyMalformed) {
  const TempFolder folder;
  folder.Write("a.yaml", SetManifest("a"));
  const std::string bad = folder.Write("b.yaml", "a: [");
  EXPECT_NE(Error({"expand", folder.path()}).find(bad + ":"), std::string::npos);
}

struct LimitCase {
  std::string flag;
  std::string text;
  std::string told;
};

TEST(InputTest, LimitsAreKept) {
  const std::string aliases = SetManifest("a", "  labels: {a: &a x, b: *a, c: *a}\n");
  const std::vector<LimitCase> cases = {
      {"--max-bytes=64", SetManifest("a"), "<stdin> is larger than 64 bytes (--max-bytes)"},
      {"--max-depth=4", SetManifest("a"), "4 levels"},
      {"--max-documents=1", SetManifest("a") + "---\n" + SetManifest("b"), "1"},
      {"--max-aliases=1", aliases, "alias"},
      {"--max-expanded-values=10", aliases, "10"},
  };
  for (const LimitCase& c : cases) {
    const std::string error = Error({"validate", c.flag, "-"}, c.text);
    EXPECT_NE(error.find(c.told), std::string::npos) << c.flag << ": " << error;
  }
  EXPECT_EQ(RunGrove({"validate", "--max-bytes=" + std::to_string(aliases.size()), "-"}, aliases).code,
            ExitCode::kDone);
}

TEST(InputTest, TheLimitOfObjectsIsKept) {
  const RunResult result = RunGrove({"expand", "--max-objects=3", "-"}, SetManifest("a"));
  EXPECT_EQ(result.code, ExitCode::kUsage);
  EXPECT_EQ(result.out, "");
  EXPECT_EQ(result.err, "<stdin>:1:1: error: PodCliqueSet/a exceeds a limit (--max-objects)\n");
}

TEST(InputTest, TheLimitOfObjectsBoundsAllSetsTogether) {
  const std::string both = SetManifest("a") + "---\n" + SetManifest("b");
  EXPECT_EQ(RunGrove({"expand", "--max-objects=18", "-"}, both).code, ExitCode::kDone);
  const RunResult result = RunGrove({"expand", "--max-objects=17", "-"}, both);
  EXPECT_EQ(result.code, ExitCode::kUsage);
  EXPECT_EQ(result.out, "");
  EXPECT_EQ(result.err, "<stdin>:18:1: error: PodCliqueSet/b exceeds a limit (--max-objects)\n");
}

TEST(InputTest, TheLimitOfStartupReferencesIsKept) {
  std::string set = SetManifest("a");
  set.insert(set.find("    cliques:"), "    cliqueStartupType: CliqueStartupTypeInOrder\n");
  set +=
      "      - name: late\n        spec:\n          roleName: late\n          replicas: 1\n"
      "          podSpec:\n            containers: [{name: main, image: late:1}]\n";
  set.replace(set.find("replicas: 1"), 11, "replicas: 2");
  EXPECT_EQ(RunGrove({"expand", "--max-startup-references=2", "-"}, set).code, ExitCode::kDone);
  const RunResult result = RunGrove({"expand", "--max-startup-references=1", "-"}, set);
  EXPECT_EQ(result.code, ExitCode::kUsage);
  EXPECT_EQ(result.err, "<stdin>:1:1: error: PodCliqueSet/a exceeds a limit (--max-startup-references)\n");
}

}  // namespace
}  // namespace grove::cli
