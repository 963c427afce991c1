#include <string>

#include <gtest/gtest.h>

#include "grove/manifest.hpp"

#include "cli/files.h"
#include "cli/manifests.h"
#include "cli/run_command.h"

namespace grove::cli {
namespace {

bool Contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

std::string Replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

class DiffTest : public testing::Test {
 protected:
  DiffTest() {
    old_file = folder.Write("old.yaml", SetManifest("a"));
    new_file = folder.Write("new.yaml", Replaced(SetManifest("a"), "image: ", "image: other-"));
  }

  TempFolder folder;
  std::string old_file;
  std::string new_file;
};

TEST_F(DiffTest, EqualManifests) {
  const RunResult result = RunGrove({"diff", old_file, old_file});
  EXPECT_EQ(result.code, ExitCode::kDone);
  EXPECT_EQ(result.out, "no differences\n");
}

TEST_F(DiffTest, DifferentManifests) {
  const RunResult result = RunGrove({"diff", old_file, new_file});
  EXPECT_EQ(result.code, ExitCode::kFound);
  EXPECT_EQ(result.err, "");
  ExpectGolden("diff.txt", result.out);
}

TEST_F(DiffTest, Json) {
  const RunResult result = RunGrove({"diff", "-o", "json", old_file, new_file});
  EXPECT_EQ(result.code, ExitCode::kFound);
  const Value document = Value::FromJson(result.out);
  const Value changes = document.Find("changes").value_or(Value());
  ASSERT_EQ(changes.size(), 4u);
  EXPECT_EQ(changes.at(0).Find("kind")->text(), "PodCliqueSet");
  EXPECT_EQ(changes.at(2).Find("kind")->text(), "Pod");
  EXPECT_EQ(changes.at(1).Find("fields")->size(), 2u);
}

TEST_F(DiffTest, Colour) {
  const RunResult result = RunGrove({"diff", old_file, new_file}, "", true);
  EXPECT_TRUE(Contains(result.out, "\x1b["));
}

TEST_F(DiffTest, ASetThatIsNewOrGone) {
  const std::string two = folder.Write("two.yaml", SetManifest("a") + "---\n" + SetManifest("b"));
  EXPECT_TRUE(Contains(RunGrove({"diff", old_file, two}).out, "+ PodCliqueSet default/b\n"));
  EXPECT_TRUE(Contains(RunGrove({"diff", two, old_file}).out, "- PodCliqueSet default/b\n"));
}

TEST_F(DiffTest, Usage) {
  EXPECT_EQ(RunGrove({"diff", old_file}).code, ExitCode::kUsage);
  EXPECT_EQ(RunGrove({"diff", old_file, old_file, old_file}).code, ExitCode::kUsage);
  EXPECT_EQ(RunGrove({"diff", "--live", old_file, old_file, old_file}).code, ExitCode::kUsage);
  EXPECT_EQ(RunGrove({"diff", old_file, folder.path() + "/none.yaml"}).code, ExitCode::kUsage);
  EXPECT_EQ(RunGrove({"diff", old_file, folder.Write("x.yaml", "kind: Node\napiVersion: v1\n")}).code,
            ExitCode::kUsage);
}

TEST_F(DiffTest, ADeniedSetIsAFinding) {
  const std::string denied = folder.Write("denied.yaml", Replaced(SetManifest("a"), "replicas: 1", "replicas: -1"));
  const RunResult result = RunGrove({"diff", old_file, denied});
  EXPECT_EQ(result.code, ExitCode::kFound);
  EXPECT_TRUE(Contains(result.err, "error"));
}

TEST_F(DiffTest, WithWhatExists) {
  const std::string live =
      folder.Write("live.json", RunGrove({"expand", "--state=at-rest", "-o", "json", old_file}).out);
  const RunResult same = RunGrove({"diff", "--live", live, old_file});
  EXPECT_EQ(same.code, ExitCode::kDone);
  EXPECT_EQ(same.out, "no differences\n");
  const RunResult changed = RunGrove({"diff", "--live", live, new_file});
  EXPECT_EQ(changed.code, ExitCode::kFound);
  EXPECT_TRUE(Contains(changed.out, "~ PodClique default/a-0-"));
  EXPECT_FALSE(Contains(changed.out, " Pod "));
}

TEST_F(DiffTest, ExpandKeepsWhatExists) {
  const std::string text = RunGrove({"expand", "--seed", "9", "-o", "json", old_file}).out;
  const std::string live = folder.Write("live.json", text);
  const RunResult result = RunGrove({"expand", "--live", live, "-o", "name", old_file});
  EXPECT_EQ(result.code, ExitCode::kDone);
  EXPECT_EQ(result.out, RunGrove({"expand", "--seed", "9", "-o", "name", old_file}).out);
  EXPECT_EQ(RunGrove({"expand", "--live", folder.path() + "/none", old_file}).code, ExitCode::kUsage);
  const RunResult nothing = RunGrove({"expand", "--live", old_file, "-o", "name", new_file});
  EXPECT_EQ(nothing.code, ExitCode::kDone);
}

}  // namespace
}  // namespace grove::cli
