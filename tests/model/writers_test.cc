#include <cstdint>
#include <cstring>
#include <ostream>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "grove/expansion.hpp"
#include "grove/manifest.hpp"
#include "grove/operator_configuration.hpp"

#include "model/node_sink.h"

namespace grove {
namespace {

using internal::NodeSink;

Value ParseOne(std::string_view text, TextFormat format) {
  ParseOptions options;
  options.format = format;
  const ParseResult result = ParseManifest(text, options);
  EXPECT_FALSE(result.error.has_value()) << result.error->message << "\n" << text;
  EXPECT_EQ(result.objects.size(), 1u) << text;
  return result.objects.size() == 1 ? result.objects[0].document : Value();
}

struct YamlCase {
  std::string_view json;
  std::string_view yaml;
};

void PrintTo(const YamlCase& test, std::ostream* out) { *out << test.json; }

// As kubectl prints them, except where it prints what does not read back.
class WriteYaml : public testing::TestWithParam<YamlCase> {};

TEST_P(WriteYaml, IsInBlockStyle) {
  EXPECT_EQ(WriteManifest(Value::FromJson(GetParam().json), OutputFormat::kYaml), GetParam().yaml);
}

INSTANTIATE_TEST_SUITE_P(
    Documents, WriteYaml,
    testing::Values(
        YamlCase{R"({"a":{"b":[1,{"c":true,"d":[]},["x"],null,{}]}})",
                 "a:\n  b:\n  - 1\n  - c: true\n    d: []\n  - - x\n  - null\n  - {}\n"},
        YamlCase{R"({"a":"yes"})", "a: \"yes\"\n"}, YamlCase{R"({"no":"012"})", "\"no\": \"012\"\n"},
        YamlCase{R"({"a":"1e3"})", "a: \"1e3\"\n"}, YamlCase{R"({"a":"~"})", "a: \"~\"\n"},
        YamlCase{R"({"a":""})", "a: \"\"\n"}, YamlCase{R"({"a":"1:30"})", "a: \"1:30\"\n"},
        YamlCase{R"({"a":"2001-01-01"})", "a: \"2001-01-01\"\n"}, YamlCase{R"({"a":"0x"})", "a: 0x\n"},
        YamlCase{R"({"a":"1.2.3"})", "a: 1.2.3\n"}, YamlCase{R"({"a":"100Mi"})", "a: 100Mi\n"},
        YamlCase{R"({"a":"a: b"})", "a: 'a: b'\n"}, YamlCase{R"({"a":"#x"})", "a: '#x'\n"},
        YamlCase{R"({"a":" x "})", "a: ' x '\n"}, YamlCase{R"({"a":"it's"})", "a: it's\n"},
        YamlCase{R"({"<<":"="})", "\"<<\": \"=\"\n"}, YamlCase{R"({"a":"x\ty"})", "a: \"x\\ty\"\n"},
        YamlCase{R"({"a":"\u0000\u0085"})", "a: \"\\0\\N\"\n"}, YamlCase{R"({"a":"é日"})", "a: é日\n"},
        YamlCase{R"({"a":"x\ny\n"})", "a: |\n  x\n  y\n"}, YamlCase{R"({"a":"x\n y"})", "a: |-\n  x\n   y\n"},
        YamlCase{R"({"a":" x\ny"})", "a: |2-\n   x\n  y\n"}, YamlCase{R"({"a":"x \ny"})", "a: \"x \\ny\"\n"},
        YamlCase{R"({"a":-0,"b":1.0,"c":1e5})", "a: -0.0\nb: 1.0\nc: 1e5\n"}, YamlCase{R"("yes")", "\"yes\"\n"}));

TEST(WriteJson, IndentsByFourBlanks) {
  const Value value = Value::FromJson(R"({"a":[],"b":{},"c":[1,"x\u001f\"",{"d":null}]})");
  EXPECT_EQ(WriteManifest(value, OutputFormat::kCompactJson), R"({"a":[],"b":{},"c":[1,"x\u001F\"",{"d":null}]})");
  EXPECT_EQ(WriteManifest(value, OutputFormat::kJson),
            "{\n    \"a\": [],\n    \"b\": {},\n    \"c\": [\n        1,\n        \"x\\u001F\\\"\",\n        {\n"
            "            \"d\": null\n        }\n    ]\n}\n");
}

// A text made of what is hard to write.
std::string RandomText(std::mt19937& random) {
  static const std::vector<std::string> kPieces = {"yes",
                                                   "012",
                                                   "1e3",
                                                   "~",
                                                   "null",
                                                   ".5",
                                                   "0x1f",
                                                   "2001-01-01",
                                                   "1:30",
                                                   "<<",
                                                   "=",
                                                   "a",
                                                   "b",
                                                   " ",
                                                   "  ",
                                                   "\t",
                                                   "\n",
                                                   "\n\n",
                                                   "\r",
                                                   ":",
                                                   ": ",
                                                   "#",
                                                   " #",
                                                   "-",
                                                   "- ",
                                                   "---",
                                                   "...",
                                                   "?",
                                                   ",",
                                                   "[",
                                                   "]",
                                                   "{",
                                                   "}",
                                                   "&a",
                                                   "*a",
                                                   "!",
                                                   "|",
                                                   ">",
                                                   "'",
                                                   "\"",
                                                   "%",
                                                   "@",
                                                   "`",
                                                   "\\",
                                                   "é",
                                                   "日",
                                                   "\xF0\x9F\x98\x80",
                                                   "\xC2\x85",
                                                   "\xE2\x80\xA8",
                                                   "\xEF\xBB\xBF",
                                                   std::string(1, '\0'),
                                                   "\x01",
                                                   "\x7F",
                                                   std::string(300, 'x'),
                                                   std::string(60, ' ') + "word "};
  std::string text;
  for (std::uint32_t count = random() % 6; count > 0; --count) text += kPieces[random() % kPieces.size()];
  return text;
}

void WriteRandom(NodeSink& sink, std::mt19937& random, int depth) {
  const std::uint32_t kind = random() % 10;
  if (depth == 0 || kind < 5) {
    switch (random() % 6) {
      case 0:
        return sink.Null();
      case 1:
        return sink.Boolean(random() % 2 == 0);
      case 2:
        return sink.Integer(static_cast<std::int64_t>((std::uint64_t{random()} << 32 | random()) >> random() % 64));
      case 3: {
        const std::uint64_t bits = std::uint64_t{random()} << 32 | random();
        double number = 0;
        std::memcpy(&number, &bits, sizeof number);
        return sink.Double(number);
      }
      default:
        return sink.String(RandomText(random));
    }
  }
  if (kind < 7) {
    sink.StartArray();
    for (std::uint32_t count = random() % 4; count > 0; --count) WriteRandom(sink, random, depth - 1);
    return sink.EndArray();
  }
  sink.StartObject();
  for (std::uint32_t count = random() % 4; count > 0; --count) {
    sink.Key(std::to_string(count) + RandomText(random));
    WriteRandom(sink, random, depth - 1);
  }
  sink.EndObject();
}

Value RandomDocument(std::uint32_t seed) {
  std::mt19937 random(seed);
  NodeSink sink;
  sink.StartObject();
  sink.Key(RandomText(random));
  WriteRandom(sink, random, 4);
  sink.EndObject();
  return sink.Finish();
}

TEST(WriteManifest, ReadsBackAsTheSameValue) {
  for (std::uint32_t seed = 0; seed < 10'000; ++seed) {
    const Value value = RandomDocument(seed);
    const std::string yaml = WriteManifest(value, OutputFormat::kYaml);
    ASSERT_TRUE(ParseOne(yaml, TextFormat::kYaml) == value) << "seed " << seed << "\n" << yaml;
    const std::string json = WriteManifest(value, OutputFormat::kCompactJson);
    ASSERT_TRUE(ParseOne(json, TextFormat::kJson) == value) << "seed " << seed << "\n" << json;
    const std::string indented = WriteManifest(value, OutputFormat::kJson);
    ASSERT_TRUE(ParseOne(indented, TextFormat::kJson) == value) << "seed " << seed << "\n" << indented;
    ASSERT_EQ(WriteManifest(ParseOne(indented, TextFormat::kJson), OutputFormat::kCompactJson), json);
  }
}

// Objects that share content, at the same depth and at different ones.
ObjectSet SharingObjects(std::size_t count) {
  const Value containers = Value::FromJson(
      R"([{"name":"c","image":"registry.example.com/image:1","env":[{"name":"A","value":"a\"b\nc"}]}])");
  ObjectSet objects;
  for (std::size_t i = 0; i < count; ++i) {
    NodeSink sink;
    sink.StartObject();
    sink.Key("containers");
    sink.Raw(containers);
    sink.Key("nested");
    sink.StartObject();
    sink.Key("initContainers");
    sink.Raw(containers);
    sink.EndObject();
    sink.EndObject();
    Pod& pod = objects.pods.emplace_back();
    pod.metadata.name = "pod-" + std::to_string(i);
    pod.spec = sink.Finish();
  }
  objects.services.resize(2);
  return objects;
}

TEST(WriteManifest, WritesSharedContentWhereverItStands) {
  for (const std::size_t count : {std::size_t{1}, std::size_t{3}, std::size_t{5000}}) {
    const ObjectSet objects = SharingObjects(count);
    for (const OutputFormat format : {OutputFormat::kJson, OutputFormat::kCompactJson, OutputFormat::kYaml}) {
      ParseOptions options;
      options.format = format == OutputFormat::kYaml ? TextFormat::kYaml : TextFormat::kJson;
      const std::string text = WriteManifest(objects, format);
      const ParseResult parsed = ParseManifest(text, options);
      ASSERT_FALSE(parsed.error.has_value()) << parsed.error->message;
      ASSERT_EQ(parsed.objects.size(), count + 2);
      std::size_t i = 0;
      ForEachObject(objects, [&](const auto& object) {
        const Value& document = parsed.objects[i++].document;
        ASSERT_TRUE(document == ToValue(object)) << document.ToJson();
      });
    }
  }
}

TEST(WriteManifest, WritesAList) {
  EXPECT_EQ(WriteManifest(ObjectSet{}, OutputFormat::kCompactJson), R"({"apiVersion":"v1","kind":"List","items":[]})");
  EXPECT_EQ(WriteManifest(ObjectSet{}, OutputFormat::kYaml), "");
  ObjectSet objects;
  objects.service_accounts.resize(2);
  objects.service_accounts[0].metadata.name = "a";
  EXPECT_EQ(WriteManifest(objects, OutputFormat::kYaml),
            "apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: a\n---\n"
            "apiVersion: v1\nkind: ServiceAccount\nmetadata: {}\n");
}

TEST(WriteManifest, ReplacesWhatIsNoUtf8InYaml) {
  ObjectSet objects;
  objects.service_accounts.resize(1);
  objects.service_accounts[0].metadata.name = "a\xFF";
  EXPECT_EQ(WriteManifest(objects, OutputFormat::kYaml),
            "apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: a\xEF\xBF\xBD\n");
}

TEST(ToValue, WritesNumbersAsGoDoes) {
  OperatorConfiguration configuration;
  configuration.runtime_client_connection.qps = 1e21;
  const std::string json = ToValue(configuration).ToJson();
  EXPECT_NE(json.find("\"qps\":1e+21"), std::string::npos) << json;
}

}  // namespace
}  // namespace grove
