// A library that was built without YAML says so.
#include <gtest/gtest.h>

#include "grove/expansion.hpp"
#include "grove/manifest.hpp"

namespace grove {
namespace {

TEST(WithoutYaml, ReadsJson) {
  const ParseResult result = ParseManifest(R"({"kind":"A"}{"kind":"B"})");
  EXPECT_FALSE(result.error.has_value());
  EXPECT_EQ(result.objects.size(), 2u);
}

TEST(WithoutYaml, RefusesYaml) {
  const ParseResult result = ParseManifest("\nkind: A\n");
  ASSERT_TRUE(result.error.has_value());
  EXPECT_EQ(result.error->message, "this is no JSON, and the library was built without YAML");
  EXPECT_EQ(result.error->location, (SourceLocation{1, 1}));
}

TEST(WithoutYaml, WritesNoYaml) {
  const Value document = Value::FromJson(R"({"kind":"A"})");
  EXPECT_EQ(WriteManifest(document, OutputFormat::kYaml), "");
  EXPECT_EQ(WriteManifest(ObjectSet{}, OutputFormat::kYaml), "");
  EXPECT_EQ(WriteManifest(document, OutputFormat::kCompactJson), R"({"kind":"A"})");
}

}  // namespace
}  // namespace grove
