#include "grove/manifest.hpp"

#include <string>
#include <string_view>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace grove {
namespace {

using testing::ElementsAre;

// "apiVersion kind namespace/name #document" of every object, or the error.
std::vector<std::string> Parse(std::string_view text, const ParseOptions& options = {}) {
  const ParseResult result = ParseManifest(text, options);
  if (result.error) {
    EXPECT_TRUE(result.objects.empty());
    return {std::to_string(result.error->location.line) + ":" + std::to_string(result.error->location.column) + ": " +
            result.error->message + (result.error->limit_exceeded ? " (limit)" : "")};
  }
  std::vector<std::string> objects;
  for (const ManifestObject& object : result.objects) {
    objects.push_back(object.api_version + " " + object.kind + " " + object.namespace_name + "/" + object.name + " #" +
                      std::to_string(object.document_index));
  }
  return objects;
}

constexpr std::string_view kTwo =
    "# two\n"
    "apiVersion: v1\n"
    "kind: A\n"
    "metadata: {name: a, namespace: ns}\n"
    "---\n"
    "# empty\n"
    "---\n"
    "kind: B\n"
    "metadata:\n"
    "  name: 1\n";

TEST(ParseManifest, ReadsDocumentsOfYaml) { EXPECT_THAT(Parse(kTwo), ElementsAre("v1 A ns/a #0", " B / #2")); }

TEST(ParseManifest, ReadsJsonTexts) {
  EXPECT_THAT(Parse("{\"kind\":\"A\"}{\"kind\":\"B\"}\n{\"kind\":\"C\"}\n"),
              ElementsAre(" A / #0", " B / #1", " C / #2"));
  EXPECT_THAT(Parse("null {}"), ElementsAre("1:1: document is no object"));
}

TEST(ParseManifest, FlattensLists) {
  EXPECT_THAT(Parse(R"({"apiVersion":"v1","kind":"List","items":[
      {"kind":"A"},
      {"kind":"List","items":[{"kind":"B"},{}]},
      {"kind":"List","items":[]},
      {"kind":"List"}]} {"kind":"ListOfNames","items":[1]})"),
              ElementsAre(" A / #0", " B / #0", "  / #0", " List / #0", " ListOfNames / #1"));
}

TEST(ParseManifest, NamesTheKindOfItemsOfTypedLists) {
  EXPECT_THAT(Parse("apiVersion: grove.io/v1alpha1\nkind: PodCliqueSetList\nitems:\n"
                    "- metadata: {name: a}\n- apiVersion: v1\n  kind: Pod\n"),
              ElementsAre("grove.io/v1alpha1 PodCliqueSet /a #0", "v1 Pod / #0"));
}

TEST(ParseManifest, ReadsNothingFromNothing) {
  for (const std::string_view text : {"", " \n", "\xEF\xBB\xBF", "# only a comment\n", "---\n---\n", "null"}) {
    EXPECT_THAT(Parse(text), ElementsAre()) << text;
  }
}

TEST(ParseManifest, TakesTheFormatThatItIsTold) {
  ParseOptions options;
  options.format = TextFormat::kYaml;
  EXPECT_THAT(Parse("{kind: A}", options), ElementsAre(" A / #0"));
  options.format = TextFormat::kJson;
  EXPECT_THAT(Parse("kind: A", options), ElementsAre("1:1: Invalid value."));
  EXPECT_THAT(Parse("{kind: A}"), ElementsAre("1:2: Missing a name for object member."));
}

TEST(ParseManifest, SkipsAByteOrderMark) {
  for (const std::string_view text : {"\xEF\xBB\xBFkind: A\nx: 1", "\xEF\xBB\xBF{\"kind\":\"A\",\n\"x\":1}"}) {
    const ParseResult result = ParseManifest(text);
    ASSERT_EQ(result.objects.size(), 1u);
    EXPECT_EQ(LocationOf(result.objects[0].document), (SourceLocation{1, 1}));
    EXPECT_EQ(LocationOf(*result.objects[0].document.Find("x")).line, 2u);
  }
  EXPECT_THAT(Parse("\xEF\xBB\xBF{\"kind\" 1}"), ElementsAre("1:9: Missing a colon after a name of object member."));
}

TEST(ParseManifest, RefusesUtf16) {
  for (const std::string_view text : {std::string_view("\xFF\xFE{\0}\0", 6), std::string_view("\xFE\xFF\0{\0}", 6)}) {
    EXPECT_THAT(Parse(text), ElementsAre("1:1: the text is UTF-16, only UTF-8 is read"));
  }
}

TEST(ParseManifest, ReturnsNothingAfterAnError) {
  EXPECT_THAT(Parse("kind: A\n---\n- 1\n"), ElementsAre("3:1: document is no object"));
  EXPECT_THAT(Parse("kind: A\n---\n  text\n"), ElementsAre("3:3: document is no object"));
  EXPECT_THAT(Parse("kind: List\nitems:\n- kind: A\n-\n"), ElementsAre("4:2: item of a list is no object"));
  EXPECT_THAT(Parse("kind: A\n---\nkind: B\n  x: 1\n"),
              ElementsAre("4:4: mapping values are not allowed in this context"));
  EXPECT_THAT(Parse("{\"kind\":\"A\"}\n{\"a\":1,\n \"a\":2}"), ElementsAre("3:2: duplicate key \"a\""));
}

TEST(ParseManifest, KeepsItsLimits) {
  ParseOptions options;
  options.limits.max_documents = 2;
  options.limits.max_input_bytes = 80;
  EXPECT_THAT(Parse("kind: List\nitems: [{}, {}]", options), ElementsAre("  / #0", "  / #0"));
  EXPECT_THAT(Parse("kind: List\nitems: [{}, {}, {}]", options),
              ElementsAre("2:17: more documents than the limit of 2 (limit)"));
  EXPECT_THAT(Parse(std::string(81, '\n'), options), ElementsAre("1:1: larger than the limit of 80 bytes (limit)"));
}

TEST(LocationOf, TellsLinesAndColumns) {
  constexpr std::string_view kTexts[] = {"a: 1\nö: [x,\n  {k: z}]\n",
                                         "{\"a\": 1,\r\n\"ö\": [\"x\",\n  {\"k\": \"z\"}]}"};
  constexpr SourceLocation kWant[][3] = {{{1, 4}, {2, 5}, {3, 7}}, {{1, 7}, {2, 7}, {3, 9}}};
  for (int i = 0; i < 2; ++i) {
    const ParseResult result = ParseManifest(kTexts[i]);
    ASSERT_EQ(result.objects.size(), 1u);
    const Value& document = result.objects[0].document;
    EXPECT_EQ(LocationOf(*document.Find("a")), kWant[i][0]);
    EXPECT_EQ(LocationOf(*document.Find("ö")), kWant[i][1]);
    EXPECT_EQ(LocationOf(*document.Find("ö")->at(1).Find("k")), kWant[i][2]);
  }
}

TEST(LocationOf, IsUnknownWithoutASource) {
  EXPECT_EQ(LocationOf(Value::FromJson("{}")), SourceLocation{});
  EXPECT_EQ(LocationOf(Value()), SourceLocation{});
}

}  // namespace
}  // namespace grove
