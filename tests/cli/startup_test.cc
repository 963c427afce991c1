#include <string>

#include <gtest/gtest.h>

#include "grove/value.hpp"

#include "cli/files.h"
#include "cli/run_command.h"

namespace grove::cli {
namespace {

bool Contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

// The measured matrix of spec 04 §7.5; `first` is what clique xa waits for, `last` what yd waits for.
std::string Matrix(const std::string& first = "s1", const std::string& last = "yc, s2") {
  const auto clique = [](const std::string& name, const std::string& after, const std::string& counts = "replicas: 1") {
    return "    - {name: " + name + ", spec: {roleName: " + name + ", " + counts + ", startsAfter: [" + after +
           "], podSpec: {containers: [{name: c, image: i}]}}}\n";
  };
  return "apiVersion: grove.io/v1alpha1\nkind: PodCliqueSet\nmetadata: {name: p}\nspec:\n  replicas: 2\n  template:\n"
         "    cliqueStartupType: CliqueStartupTypeExplicit\n    cliques:\n" +
         clique("s1", "") + clique("xa", first, "replicas: 4, minAvailable: 3") + clique("xb", "xa, s1") +
         clique("yc", "xb, s1") + clique("s2", "yc, xa, s1") + clique("yd", last) +
         "    podCliqueScalingGroups:\n"
         "    - {name: x, cliqueNames: [xb, xa], replicas: 3, minAvailable: 2}\n"
         "    - {name: yg, cliqueNames: [yc, yd], replicas: 2, minAvailable: 1}\n";
}

TEST(StartupTest, EveryForm) {
  struct Case {
    std::vector<std::string> arguments;
    std::string golden;
  };
  const Case cases[] = {
      {{"-o", "text"}, "startup.txt"},
      {{"-o", "json"}, "startup.json"},
      {{"-o", "dot"}, "startup.dot"},
      {{"-o", "mermaid"}, "startup.mmd"},
      {{"-o", "svg"}, "startup.svg"},
      {{"-o", "dot", "--pod-cliques"}, "startup-pod-cliques.dot"},
      {{"-o", "svg", "--pod-cliques"}, "startup-pod-cliques.svg"},
  };
  for (const Case& c : cases) {
    std::vector<std::string> arguments = {"startup", "-"};
    arguments.insert(arguments.end(), c.arguments.begin(), c.arguments.end());
    const RunResult result = RunGrove(arguments, Matrix());
    EXPECT_EQ(result.code, ExitCode::kDone);
    EXPECT_EQ(result.err, "");
    ExpectGolden(c.golden, result.out);
  }
}

TEST(StartupTest, WhatAdmissionDeniesIsDrawnWithItsCycle) {
  const std::string set = Matrix("s1, s2", "yd, ghost");
  const RunResult text = RunGrove({"startup", "-"}, set);
  EXPECT_EQ(text.code, ExitCode::kFound);
  EXPECT_TRUE(Contains(text.err, "[V-149]")) << text.err;
  ExpectGolden("startup-cycle.txt", text.out);
  const RunResult svg = RunGrove({"startup", "-o", "svg", "--pod-cliques", "-"}, set);
  EXPECT_EQ(svg.code, ExitCode::kFound);
  ExpectGolden("startup-cycle.svg", svg.out);
  const RunResult json = RunGrove({"startup", "-o", "json", "-"}, set);
  EXPECT_TRUE(Contains(json.out, "\"starts\":false")) << json.out;
  EXPECT_TRUE(Contains(json.out, "\"cycles\":[[\"xa\",\"s2\"],[\"yd\"]]")) << json.out;
  EXPECT_TRUE(Contains(json.out, "\"unknown\":[\"ghost\"]")) << json.out;
  EXPECT_FALSE(Contains(json.out, "podCliques")) << json.out;
}

// Spec 04 §7.1: a PodClique may take its parents from another clique.
TEST(StartupTest, ACycleOfPodCliquesAloneIsFoundToo) {
  std::string set = Matrix();
  set =
      set.substr(0, set.find("    cliques:")) +
      "    cliques:\n"
      "    - {name: w, spec: {roleName: w, replicas: 1, startsAfter: [big-w], podSpec: {containers: [{name: c, image: "
      "i}]}}}\n"
      "    - {name: big-w, spec: {roleName: big-w, replicas: 1, podSpec: {containers: [{name: c, image: i}]}}}\n";
  const RunResult result = RunGrove({"startup", "-"}, set);
  EXPECT_EQ(result.code, ExitCode::kFound);
  EXPECT_TRUE(Contains(result.out, "\ncycle: p-0-big-w waits for p-0-big-w\n")) << result.out;
  const RunResult json = RunGrove({"startup", "-o", "json", "-"}, set);
  EXPECT_TRUE(Contains(json.out, "\"podCliqueCycles\":[[\"p-0-big-w\"],[\"p-1-big-w\"]]")) << json.out;
}

TEST(StartupTest, JsonIsOneObjectPerSet) {
  const RunResult result = RunGrove({"startup", "-o", "json", "-"}, Matrix() + "---\n" + Matrix());
  const std::size_t line = result.out.find('\n');
  EXPECT_TRUE(Value::FromJson(result.out.substr(0, line)).is_object());
  EXPECT_EQ(result.out.substr(0, line), result.out.substr(line + 1, line));
}

TEST(StartupTest, Limits) {
  const RunResult result = RunGrove({"startup", "--max-startup-references=3", "-"}, Matrix());
  EXPECT_EQ(result.code, ExitCode::kUsage);
  EXPECT_EQ(result.err, "grove startup: PodCliqueSet p exceeds a limit (--max-startup-references)\n");
}

TEST(StartupTest, NeedsASet) {
  const RunResult result = RunGrove({"startup", "-"}, "apiVersion: v1\nkind: Pod\n");
  EXPECT_EQ(result.code, ExitCode::kUsage);
}

}  // namespace
}  // namespace grove::cli
