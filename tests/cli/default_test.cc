#include <string>

#include <gtest/gtest.h>

#include "grove/manifest.hpp"

#include "cli/files.h"
#include "cli/manifests.h"
#include "cli/run_command.h"

namespace grove::cli {
namespace {

TEST(DefaultTest, Yaml) {
  const RunResult result = RunGrove({"default", "-"}, SetManifest("a"));
  EXPECT_EQ(result.code, ExitCode::kDone);
  EXPECT_EQ(result.err, "");
  ExpectGolden("default.yaml", result.out);
}

TEST(DefaultTest, DefaultingIsDoneOnce) {
  const RunResult once = RunGrove({"default", "-"}, SetManifest("a"));
  EXPECT_EQ(RunGrove({"default", "-"}, once.out).out, once.out);
}

TEST(DefaultTest, OneObjectAsJson) {
  const RunResult result = RunGrove({"default", "-o", "json", "-"}, SetManifest("a"));
  const ParseResult parsed = ParseManifest(result.out, {.format = TextFormat::kJson, .limits = {}});
  ASSERT_FALSE(parsed.error.has_value());
  ASSERT_EQ(parsed.objects.size(), 1u);
  EXPECT_EQ(parsed.objects[0].namespace_name, "default");
  EXPECT_EQ(Value::FromJson(result.out).Find("kind")->text(), "PodCliqueSet");
}

TEST(DefaultTest, SeveralObjectsAsAList) {
  const RunResult result = RunGrove({"default", "-o", "json", "-"}, SetManifest("a") + "---\n" + kTopology);
  EXPECT_EQ(result.code, ExitCode::kDone);
  const Value list = Value::FromJson(result.out);
  EXPECT_EQ(list.Find("kind")->text(), "List");
  ASSERT_EQ(list.Find("items")->size(), 2u);
  EXPECT_EQ(list.Find("items")->at(1).Find("kind")->text(), "ClusterTopologyBinding");
}

TEST(DefaultTest, SeveralObjectsAsYaml) {
  const RunResult result = RunGrove({"default", "-"}, SetManifest("a") + "---\n" + SetManifest("b"));
  const ParseResult parsed = ParseManifest(result.out, {.format = TextFormat::kYaml, .limits = {}});
  ASSERT_EQ(parsed.objects.size(), 2u);
  EXPECT_EQ(parsed.objects[1].name, "b");
}

TEST(DefaultTest, WhatIsDeniedIsNotPrinted) {
  const RunResult result = RunGrove({"default", "-"}, SetManifest("a") + "---\n" + kDeniedSet);
  EXPECT_EQ(result.code, ExitCode::kFound);
  EXPECT_EQ(result.out, RunGrove({"default", "-"}, SetManifest("a")).out);
  EXPECT_NE(result.err.find("[V-143]"), std::string::npos) << result.err;
}

}  // namespace
}  // namespace grove::cli
