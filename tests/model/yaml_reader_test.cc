#include "model/yaml_reader.h"

#include <ostream>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "grove/value.hpp"

namespace grove::internal {
namespace {

using namespace std::string_literals;

// All documents as JSON, one to a line, or "offset: message".
std::string Read(std::string_view text, const Limits& limits = {}) {
  Storage storage;
  const DocumentsResult result = ReadYaml(text, limits, storage);
  if (result.error != nullptr) {
    EXPECT_TRUE(result.roots.empty());
    EXPECT_EQ(result.error->message.find('\n'), std::string::npos);
    return std::to_string(result.error->offset) + ": " + result.error->message;
  }
  std::string all;
  for (const Node& root : result.roots) all += Value(root, nullptr).ToJson() + '\n';
  return all;
}

struct Case {
  std::string_view text;
  std::string_view json;
};

void PrintTo(const Case& test, std::ostream* out) { *out << testing::PrintToString(test.text); }

// Each scalar as sigs.k8s.io/yaml v1.4.0 reads it.
class YamlScalars : public testing::TestWithParam<Case> {};

TEST_P(YamlScalars, AreResolvedAsInTheReference) {
  EXPECT_EQ(Read(std::string("- ").append(GetParam().text)), std::string("[").append(GetParam().json).append("]\n"));
}

INSTANTIATE_TEST_SUITE_P(Words, YamlScalars,
                         testing::Values(Case{"y", "true"}, Case{"Y", "true"}, Case{"yes", "true"}, Case{"YES", "true"},
                                         Case{"yEs", "\"yEs\""}, Case{"on", "true"}, Case{"True", "true"},
                                         Case{"tRUE", "\"tRUE\""}, Case{"n", "false"}, Case{"No", "false"},
                                         Case{"OFF", "false"}, Case{"False", "false"}, Case{"", "null"},
                                         Case{"~", "null"}, Case{"Null", "null"}, Case{"NULL", "null"},
                                         Case{"nULL", "\"nULL\""}, Case{"'yes'", "\"yes\""}, Case{"\"~\"", "\"~\""},
                                         Case{"<<", "\"<<\""}, Case{"! 12", "\"12\""}, Case{"|\n  yes", "\"yes\""}));

INSTANTIATE_TEST_SUITE_P(Integers, YamlScalars,
                         testing::Values(Case{"0", "0"}, Case{"-0", "0"}, Case{"+7", "7"}, Case{"012", "10"},
                                         Case{"-017", "-15"}, Case{"0o17", "15"}, Case{"0O17", "15"},
                                         Case{"0x1F", "31"}, Case{"-0X1f", "-31"}, Case{"0b101", "5"},
                                         Case{"-0b11", "-3"}, Case{"0b-11", "-3"}, Case{"1_000", "1000"},
                                         Case{"1__0_", "10"}, Case{"_1", "\"_1\""}, Case{"0x_1", "1"},
                                         Case{"0x", "\"0x\""}, Case{"9223372036854775807", "9223372036854775807"},
                                         Case{"18446744073709551615", "18446744073709551615"},
                                         Case{"+18446744073709551615", "18446744073709552000"},
                                         Case{"18446744073709551616", "18446744073709552000"},
                                         Case{"-9223372036854775808", "-9223372036854775808"},
                                         Case{"-9223372036854775809", "-9223372036854776000"},
                                         Case{"0x10000000000000000", "\"0x10000000000000000\""}));

INSTANTIATE_TEST_SUITE_P(
    Floats, YamlScalars,
    testing::Values(Case{"1.0", "1"}, Case{"1.", "1"}, Case{".5", "0.5"}, Case{"+.5", "0.5"}, Case{"-.5", "-0.5"},
                    Case{"-0.0", "-0"}, Case{"08", "8"}, Case{"1e3", "1000"}, Case{"1E+3", "1000"},
                    Case{"1e-7", "1e-7"}, Case{"0.000001", "0.000001"}, Case{"1e20", "100000000000000000000"},
                    Case{"1e21", "1e+21"}, Case{"1e400", "\"1e400\""}, Case{"1e-400", "0"}, Case{"1_0.5", "10.5"},
                    Case{"1e3_0", "1e+30"}, Case{".8_2", "0.82"}, Case{".8_", "\".8_\""}, Case{"._8", "\"._8\""},
                    Case{"0.30000000000000004", "0.30000000000000004"}, Case{"1e", "\"1e\""}, Case{".", "\".\""},
                    Case{"1.2.3", "\"1.2.3\""}, Case{"100Mi", "\"100Mi\""}, Case{"1:30", "\"1:30\""},
                    Case{"2001-01-01", "\"2001-01-01\""}, Case{"2001-1-1T1:2:3Z", "\"2001-1-1T1:2:3Z\""}));

INSTANTIATE_TEST_SUITE_P(Tags, YamlScalars,
                         testing::Values(Case{"!!str 12", "\"12\""}, Case{"!!str", "\"\""}, Case{"!!str ~", "\"~\""},
                                         Case{"!!int \"0x1f\"", "31"}, Case{"!!bool \"on\"", "true"},
                                         Case{"!!null ''", "null"}, Case{"!!float 1", "1"}, Case{"!!float 0x10", "16"},
                                         Case{"!!binary aGk=", "\"hi\""},
                                         Case{"!!binary aGkK/w==", "\"hi\\n\xEF\xBF\xBD\""}, Case{"!foo 12", "\"12\""},
                                         Case{"!!timestamp 2001-1-1", "\"2001-1-1\""},
                                         Case{"!!set {a}", "{\"a\":null}"},
                                         Case{"!<tag:yaml.org,2002:str> yes", "\"yes\""}));

class YamlTexts : public testing::TestWithParam<Case> {};

TEST_P(YamlTexts, AreReadAsInTheReference) { EXPECT_EQ(Read(GetParam().text), GetParam().json); }

INSTANTIATE_TEST_SUITE_P(Keys, YamlTexts,
                         testing::Values(Case{"yes: 1", "{\"true\":1}\n"}, Case{"off: 1", "{\"false\":1}\n"},
                                         Case{"0x10: 1", "{\"16\":1}\n"}, Case{"1.50: a", "{\"1.5\":\"a\"}\n"},
                                         Case{"1e6: a", "{\"1e+06\":\"a\"}\n"}, Case{"1e-5: a", "{\"1e-05\":\"a\"}\n"},
                                         Case{"123456789.125: a", "{\"1.2345679e+08\":\"a\"}\n"},
                                         Case{"1e40: x", "{\".inf\":\"x\"}\n"}, Case{"-.inf: x", "{\"-.inf\":\"x\"}\n"},
                                         Case{".nan: x", "{\".nan\":\"x\"}\n"},
                                         Case{"2001-01-01: x", "{\"2001-01-01\":\"x\"}\n"},
                                         Case{"\"<<\": {a: 1}", "{\"<<\":{\"a\":1}}\n"},
                                         Case{"? a\n: b", "{\"a\":\"b\"}\n"},
                                         Case{"- &a 1e6\n- {*a : x}", "[1000000,{\"1e+06\":\"x\"}]\n"}));

INSTANTIATE_TEST_SUITE_P(Aliases, YamlTexts,
                         testing::Values(Case{"a: &x {k: [1]}\nb: *x", "{\"a\":{\"k\":[1]},\"b\":{\"k\":[1]}}\n"},
                                         Case{"- &a 1\n- &a 2\n- *a", "[1,2,2]\n"},
                                         Case{"&a [ &a x, *a ]", "[\"x\",\"x\"]\n"},
                                         Case{"- &k key\n- *k : 1", "[\"key\",{\"key\":1}]\n"},
                                         Case{"<<: {a: 1, b: 2}\na: 3", "{\"a\":3,\"b\":2}\n"},
                                         Case{"a: 3\n<<: {a: 1, b: 2}", "{\"a\":1,\"b\":2}\n"},
                                         Case{"<<: [{a: 1}, {a: 2, b: 3}]", "{\"a\":1,\"b\":3}\n"},
                                         Case{"- &m {a: 1}\n- {<<: *m, b: 2}\n- {<<: [*m, *m]}",
                                              "[{\"a\":1},{\"a\":1,\"b\":2},{\"a\":1}]\n"},
                                         Case{"<<: {a: 1}\n<<: {b: 2}", "{\"a\":1,\"b\":2}\n"},
                                         Case{"!!merge \"<<\": {a: 1}", "{\"a\":1}\n"}));

INSTANTIATE_TEST_SUITE_P(
    Streams, YamlTexts,
    testing::Values(Case{"", ""}, Case{"# nothing\n", ""}, Case{"---\n", "null\n"},
                    Case{"a: 1\n---\nb: 2\n...\n", "{\"a\":1}\n{\"b\":2}\n"},
                    Case{"---\n---\na: 1\n...\n# end\n", "null\n{\"a\":1}\n"},
                    Case{"a: 1\n...\nb: 2\n", "9: did not find expected <document start>"},
                    Case{"%YAML 1.1\n---\na", "\"a\"\n"}, Case{"a: 1\r\nb:\r\n- 2\r\n", "{\"a\":1,\"b\":[2]}\n"},
                    Case{"{\"a\":1}", "{\"a\":1}\n"},
                    Case{"a: |\n  x\n\n  y\nb: >-\n  x\n  y\n", "{\"a\":\"x\\n\\ny\\n\",\"b\":\"x y\"}\n"}));

INSTANTIATE_TEST_SUITE_P(
    Errors, YamlTexts,
    testing::Values(
        Case{"a: 1\nb:\n  c: 2\n  c: 3", "17: duplicate key \"c\""},
        Case{"{a: 1, 1: 2, \"1\": 3}", "13: duplicate key \"1\""},
        Case{"<<: {a: 1}\na: 2\na: 3", "16: duplicate key \"a\""}, Case{"a: .inf", "3: JSON has no number for .inf"},
        Case{"- &a .nan\n- *a", "2: JSON has no number for .nan"},
        Case{"{? &a .inf : x, b: *a}", "19: JSON has no such number"},
        Case{"~: 1", "0: null is no key; quote it or name one"},
        Case{"18446744073709551615: 1", "0: key 18446744073709551615 is too large a number; quote it"},
        Case{"? [a]\n: b", "2: a sequence cannot be a key"}, Case{"? {a: 1}\n: b", "2: a mapping cannot be a key"},
        Case{"- &a [1]\n- {*a : 1}", "12: the value of anchor 'a' cannot be a key"},
        Case{"a: *b", "3: unknown anchor 'b'"}, Case{"a: &b 1\n---\na: *b", "15: unknown anchor 'b'"},
        Case{"a: &a [*a]", "7: anchor 'a' contains itself"}, Case{"&a {<<: *a}", "8: anchor 'a' contains itself"},
        Case{"<<: 1", "4: a merge needs a mapping or several"},
        Case{"<<: [{a: 1}, 2]", "13: a merge needs a mapping or several"},
        Case{"- &s [{a: 1}]\n- <<: *s", "20: a merge needs a mapping or several"},
        Case{"!!int abc", "0: `abc` is of type !!str, tagged as !!int"},
        Case{"!!int ''", "0: `` is of type !!null, tagged as !!int"},
        Case{"!!float 18446744073709551615", "0: `18446744073709551615` is of type !!int, tagged as !!float"},
        Case{"!!binary a b", "0: !!binary value is no base64 text"},
        Case{"a: b: c", "4: mapping values are not allowed in this context"},
        Case{"a:\n\t- b",
             "3: found character that cannot start any token (a tab cannot indent) while scanning for the next token"},
        Case{"a: [1, 2\nb: 3", "10: did not find expected ',' or ']' while parsing a flow sequence"},
        Case{"é: 1\nü: \"x", "12: found unexpected end of stream while scanning a quoted scalar"},
        Case{"é: {\xFF}", "5: the text is not UTF-8"},
        Case{"a: \x01", "3: control characters are not allowed (U+0001)"},
        Case{"\"\\ud800\"", "3: found invalid Unicode character escape code while parsing a quoted scalar"},
        Case{"'a' b", "4: did not find expected <document start>"}));

TEST(ReadYaml, RemembersWhereValuesStood) {
  const std::string text = "é: ü\r\nlist:\n- [ä, 1]\n- k: &a !!str v\n  m: *a\nempty:\n";
  Storage storage;
  const DocumentsResult result = ReadYaml(text, {}, storage, 1000);
  ASSERT_EQ(result.error, nullptr);
  const Node root = result.roots.at(0);
  EXPECT_EQ(root.offset, 1000u);
  EXPECT_EQ(Find(root, "é")->offset, 1000 + text.find("ü"));
  EXPECT_EQ(Members(root)[1].key.offset, 1000 + text.find("list"));
  const Node list = *Find(root, "list");
  EXPECT_EQ(list.offset, 1000 + text.find("- ["));
  EXPECT_EQ(Elements(list)[0].offset, 1000 + text.find('['));
  EXPECT_EQ(Elements(Elements(list)[0])[1].offset, 1000 + text.find("1]"));
  EXPECT_EQ(Elements(list)[1].offset, 1000 + text.find("k:"));
  EXPECT_EQ(Find(Elements(list)[1], "k")->offset, 1000 + text.find("&a"));
  EXPECT_EQ(Find(Elements(list)[1], "m")->offset, 1000 + text.find("*a"));
  EXPECT_EQ(Find(root, "empty")->offset, 1000 + text.rfind(':') + 1);
}

TEST(ReadYaml, SharesWhatAliasesStandFor) {
  Storage storage;
  const DocumentsResult result = ReadYaml("a: &x [1, 2]\nb: *x\n", {}, storage);
  ASSERT_EQ(result.error, nullptr);
  EXPECT_EQ(Find(result.roots[0], "a")->data, Find(result.roots[0], "b")->data);
}

TEST(ReadYaml, KeepsItsLimits) {
  Limits limits;
  limits.max_depth = 4;
  limits.max_documents = 2;
  limits.max_yaml_aliases = 3;
  limits.max_yaml_expanded_values = 20;
  limits.max_input_bytes = 80;
  EXPECT_EQ(Read("[[[[1]]]]", limits), "[[[[1]]]]\n");
  EXPECT_EQ(Read("[[[[[1]]]]]", limits), "4: nested deeper than the limit of 4 levels");
  EXPECT_EQ(Read("- - - - - 1", limits), "8: nested deeper than the limit of 4 levels");
  EXPECT_EQ(Read("- &a [[1]]\n- [*a]", limits), "[[[1]],[[[1]]]]\n");
  EXPECT_EQ(Read("- &a [[1]]\n- [[*a]]", limits), "15: nested deeper than the limit of 4 levels");
  EXPECT_EQ(Read("a\n---\nb\n---\nc", limits), "8: more documents than the limit of 2");
  EXPECT_EQ(Read("[&a 1, *a, *a, *a, *a]", limits), "19: more aliases than the limit of 3");
  EXPECT_EQ(Read("[&a [1,2,3,4,5,6,7], *a, 1, 2]", limits), "[[1,2,3,4,5,6,7],[1,2,3,4,5,6,7],1,2]\n");
  EXPECT_EQ(Read("[&a [1,2,3,4,5,6,7], *a, 1, 2, 3, 4]", limits),
            "35: more values than the limit of 20, with what aliases stand for");
  const std::string half(39, 'x');
  EXPECT_EQ(Read("[&a " + half + ", *a]", limits), "[\"" + half + "\",\"" + half + "\"]\n");
  EXPECT_EQ(Read("[&a " + half + ", *a, abc]", limits),
            "49: longer than the limit of 80 bytes, with what aliases stand for");
  EXPECT_EQ(Read(std::string(81, ' '), limits), "0: larger than the limit of 80 bytes");
}

TEST(ReadYaml, BoundsTagDirectives) {
  std::string text;
  for (int i = 0; i <= 1000; ++i) text += "%TAG !a" + std::to_string(i) + "! x\n";
  EXPECT_EQ(Read(text + "---\na"), std::to_string(text.rfind('%')) + ": more %TAG directives than the limit of 1000");
}

}  // namespace
}  // namespace grove::internal
