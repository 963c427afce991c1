#include <string>

#include <gtest/gtest.h>

#include "grove/custom_resource_definitions.hpp"
#include "grove/manifest.hpp"

#include "cli/files.h"
#include "cli/run_command.h"

namespace grove::cli {
namespace {

TEST(CrdTest, OneDocumentForEachKind) {
  const RunResult result = RunGrove({"crd"});
  EXPECT_EQ(result.code, ExitCode::kDone);
  EXPECT_EQ(result.err, "");
  const ParseResult parsed = ParseManifest(result.out, {.format = TextFormat::kYaml, .limits = {}});
  ASSERT_FALSE(parsed.error.has_value());
  const std::vector<Value> definitions = CustomResourceDefinitions();
  ASSERT_EQ(parsed.objects.size(), definitions.size());
  for (std::size_t i = 0; i < definitions.size(); ++i) EXPECT_EQ(parsed.objects[i].document, definitions[i]);
}

TEST(CrdTest, JsonIsAList) {
  const RunResult result = RunGrove({"crd", "-o", "json"});
  EXPECT_EQ(result.code, ExitCode::kDone);
  const Value list = Value::FromJson(result.out);
  EXPECT_EQ(list.Find("kind")->text(), "List");
  ASSERT_EQ(list.Find("items")->size(), 5u);
  EXPECT_EQ(list.Find("items")->at(0).Find("metadata")->Find("name")->text(), "podcliquesets.grove.io");
}

// The two smaller definitions as they are printed, whole.
TEST(CrdTest, Text) {
  const std::string text = RunGrove({"crd"}).out;
  const std::size_t binding = text.find("---\n", text.find("name: podcliquescalinggroups.grove.io")) + 4;
  ExpectGolden("crd-topology-and-gang.yaml", text.substr(binding));
}

TEST(CrdTest, TakesNoInput) {
  EXPECT_EQ(RunGrove({"crd", "file.yaml"}).code, ExitCode::kUsage);
  EXPECT_EQ(RunGrove({"crd", "-f", "file.yaml"}).code, ExitCode::kUsage);
}

}  // namespace
}  // namespace grove::cli
