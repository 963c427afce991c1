// Texts that are made to do harm: each is answered with an error that has a place, in bounded time.
#include <chrono>
#include <functional>
#include <ostream>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "grove/manifest.hpp"

namespace grove {
namespace {

using namespace std::string_literals;

std::string Repeated(std::string_view text, std::size_t count) {
  std::string all;
  for (std::size_t i = 0; i < count; ++i) all += text;
  return all;
}

std::string Name(char sign, int i) { return std::string(1, sign).append("a").append(std::to_string(i)); }

// Each level lists the level before ten times.
std::string BillionLaughs() {
  std::string text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 10; ++i) {
    text.append(Name('k', i)).append(": ").append(Name('&', i)).append(" [");
    for (int copy = 0; copy < 10; ++copy) text.append(Name('*', i - 1)).append(", ");
    text.append("]\n");
  }
  return text;
}

// Each value nests the one before.
std::string AliasLadder() {
  std::string text = "a0: &a0 [x]\n";
  for (int i = 1; i < 5000; ++i) {
    text.append(Name('k', i)).append(": ").append(Name('&', i)).append(" [").append(Name('*', i - 1)).append("]\n");
  }
  return text;
}

struct Case {
  std::string_view name;
  std::string text;
  std::string_view message;  // part of it
  bool limit = false;
};

void PrintTo(const Case& test, std::ostream* out) { *out << test.name; }

class HostileText : public testing::TestWithParam<Case> {};

TEST_P(HostileText, IsRefusedInTime) {
  const auto start = std::chrono::steady_clock::now();
  const ParseResult result = ParseManifest(GetParam().text);
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(30));
  ASSERT_TRUE(result.error.has_value());
  EXPECT_TRUE(result.objects.empty());
  EXPECT_NE(result.error->message.find(GetParam().message), std::string::npos) << result.error->message;
  EXPECT_EQ(result.error->message.find('\n'), std::string::npos);
  EXPECT_EQ(result.error->limit_exceeded, GetParam().limit);
  EXPECT_GE(result.error->location.line, 1u);
  EXPECT_GE(result.error->location.column, 1u);
}

constexpr std::string_view kDeep = "nested deeper than the limit";

INSTANTIATE_TEST_SUITE_P(
    Texts, HostileText,
    testing::Values(
        Case{"json_arrays", Repeated("[", 10'000), kDeep, true},
        Case{"json_objects", Repeated("{\"a\":", 10'000), kDeep, true},
        Case{"json_keys", "{" + Repeated("\"a\":0,", 10'000) + "\"a\":0}", "duplicate key \"a\""},
        Case{"json_long_key", "{\"x\\n" + std::string(99, 'y') + "\":0,\"x\\n" + std::string(99, 'y') + "\":0}",
             "duplicate key \"x yyyy"},
        Case{"yaml_long_key", "\"x\\n\": 0\n\"x\\n\": 0", "duplicate key \"x \""},
        Case{"json_escape", "{\"a\":\"\\ude00\"}", "surrogate"}, Case{"json_nul", "{\"a\":1}\0{}"s, "NUL"},
        Case{"json_nul_in_text", "{\"a\":\"\0\"}"s, ""}, Case{"json_latin1", "{\"a\":\"\xE9\"}", "not UTF-8"},
        Case{"flow", "a: " + Repeated("[", 10'000), kDeep, true},
        Case{"flow_lines", "a: " + Repeated("[\n", 10'000), kDeep, true},
        Case{"flow_mappings", "a: " + Repeated("{a: ", 10'000), kDeep, true},
        Case{"block_sequences", Repeated("- ", 10'000), kDeep, true},
        Case{"block_keys", Repeated("? ", 10'000), "a mapping cannot be a key"},
        Case{"billion_laughs", BillionLaughs(), "more values than the limit of 10000000", true},
        Case{"alias_ladder", AliasLadder(), kDeep, true},
        Case{"many_aliases", "- &a x\n" + Repeated("- *a\n", 10'001), "more aliases than", true},
        Case{"long_aliases", "- &a " + std::string(100'000, 'x') + "\n" + Repeated("- *a\n", 9'000),
             "longer than the limit", true},
        Case{"wide_merges", "- &a {" + Repeated("x, ", 1) + "y}\n- {<<: [" + Repeated("*a, ", 10'001) + "]}",
             "more aliases than", true},
        Case{"self", "a: &a\n  b: *a\n", "contains itself"},
        Case{"tags", Repeated("%TAG !x! y\n", 200'000), "%TAG", true},
        Case{"documents", Repeated("---\n", 200'000), "more documents than the limit", true},
        Case{"json_documents", Repeated("{}", 200'000), "more documents than the limit", true},
        Case{"items", "kind: List\nitems:\n" + Repeated("- {}\n", 100'001), "more documents than", true},
        Case{"yaml_nul", "a: \0"s, "control characters are not allowed (U+0000)"},
        Case{"yaml_latin1", "a: \xE9", "not UTF-8"},
        Case{"yaml_escape", "a: \"\\ud800\"", "invalid Unicode character escape code"},
        Case{"utf16", "\xFF\xFE{\0}\0"s, "UTF-16"}, Case{"utf16_no_mark", "{\0}\0"s, ""},
        Case{"tab", "a:\n\tb: 1\n", "a tab cannot indent"},
        Case{"quote", "a: \"" + std::string(1'000'000, 'x'), "unexpected end of stream"},
        Case{"blank_key", std::string(1'000'000, ' ') + ": x\n" + std::string(1'000'000, 'y'), ""},
        Case{"open_flow", "a: [" + Repeated("x,", 300'000), "did not find expected"}),
    [](const testing::TestParamInfo<Case>& info) { return std::string(info.param.name); });

// JSON that no double holds is refused, as Kubernetes refuses it; in YAML it is text.
TEST(HugeNumbers, AreReadOrRefused) {
  const std::string digits(100'000, '9');
  for (const std::string& number : {digits, "1e" + digits, "-1e400"s}) {
    const ParseResult json = ParseManifest("{\"a\":\n" + number + "}");
    ASSERT_TRUE(json.error.has_value());
    EXPECT_EQ(json.error->message, "Number too big to be stored in double.");
    EXPECT_EQ(json.error->location, (SourceLocation{2, 1}));
    EXPECT_EQ(ParseManifest("a: " + number).objects.at(0).document.Find("a")->text(), number);
  }
  EXPECT_EQ(ParseManifest("a: 1e-" + digits).objects.at(0).document.Find("a")->text(), "0");
  EXPECT_EQ(ParseManifest("a: 0." + std::string(100'000, '0') + "1e100000").objects.at(0).document.Find("a")->text(),
            "0.1");
}

// Cut off anywhere a text is read, or refused with a place within it.
TEST(CutOffText, IsReadOrRefused) {
  for (const std::string& text :
       {R"({"apiVersion":"v1","kind":"é","metadata":{"name":"a\u00e9\n","n":[1.5e3,true,null,-1]}} {"kind":"B"})"s,
        "apiVersion: v1\nkind: é\nmetadata: &m\n  name: \"a\\u00e9\\n\"\n  n: [1.5, yes, ~, {a: b}]\nb: |-\n  x\n"
        "c: *m\nd: !!str 1\n<<: {e: 'f'}\n---\n? k\n: v\n...\n"s}) {
    ASSERT_FALSE(ParseManifest(text).error.has_value());
    for (std::size_t length = 0; length < text.size(); ++length) {
      const ParseResult result = ParseManifest(text.substr(0, length));
      if (!result.error) continue;
      EXPECT_TRUE(result.objects.empty());
      EXPECT_FALSE(result.error->message.empty());
      EXPECT_LE(result.error->location.column, text.size() + 1);
      EXPECT_GE(result.error->location.line, 1u);
    }
  }
}

}  // namespace
}  // namespace grove
