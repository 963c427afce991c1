#include "model/json_reader.h"

#include <ostream>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "grove/value.hpp"

namespace grove::internal {
namespace {

using namespace std::string_literals;

std::string Written(const Node& node) { return Value(node, nullptr).ToJson(); }

TEST(ReadJson, KeepsSpellingsAndOrder) {
  Storage storage;
  const std::string text = R"({"b":1.0,"a":[-0,1e5,12345678901234567890123],"c":{"x":null,"y":true,"z":"é\n"}})";
  const ReadResult result = ReadJson(text, {}, storage);
  ASSERT_EQ(result.error, nullptr);
  EXPECT_EQ(Written(result.root), text);
}

TEST(ReadJson, RemembersWhereValuesStood) {
  Storage storage;
  const std::string text = R"( {"a": [1, "é", {"b": true}]})";
  const ReadResult result = ReadJson(text, {}, storage, 100);
  ASSERT_EQ(result.error, nullptr);
  EXPECT_EQ(result.root.offset, 101u);
  EXPECT_EQ(Members(result.root)[0].key.offset, 102u);
  const auto elements = Elements(*Find(result.root, "a"));
  EXPECT_EQ(elements[0].offset, 108u);
  EXPECT_EQ(elements[1].offset, 111u);
  EXPECT_EQ(elements[2].offset, 117u);
  EXPECT_EQ(Find(elements[2], "b")->offset, 100 + text.find("true"));
}

TEST(ReadJsonDocuments, ReadsTextsBehindEachOther) {
  Storage storage;
  const DocumentsResult result = ReadJsonDocuments("{\"a\":1}{\"a\":2}\n[3] 4\n\"5\"\n", {}, storage);
  ASSERT_EQ(result.error, nullptr);
  std::string all;
  for (const Node& root : result.roots) all += Written(root) + ' ';
  EXPECT_EQ(all, "{\"a\":1} {\"a\":2} [3] 4 \"5\" ");
  EXPECT_EQ(result.roots[1].offset, 7u);
}

TEST(ReadJsonDocuments, ReadsNoneFromBlanks) {
  Storage storage;
  const DocumentsResult result = ReadJsonDocuments(" \n\t ", {}, storage);
  EXPECT_EQ(result.error, nullptr);
  EXPECT_TRUE(result.roots.empty());
}

struct ErrorCase {
  std::string text;
  std::size_t offset;
  std::string_view message;
};

void PrintTo(const ErrorCase& test, std::ostream* out) { *out << testing::PrintToString(test.text); }

class ReadJsonError : public testing::TestWithParam<ErrorCase> {};

TEST_P(ReadJsonError, TellsWhereAndWhy) {
  Storage storage;
  const DocumentsResult result = ReadJsonDocuments(GetParam().text, {}, storage);
  ASSERT_NE(result.error, nullptr);
  EXPECT_TRUE(result.roots.empty());
  EXPECT_EQ(result.error->offset, GetParam().offset);
  EXPECT_EQ(result.error->message, GetParam().message);
  EXPECT_FALSE(result.error->limit);
}

INSTANTIATE_TEST_SUITE_P(Texts, ReadJsonError,
                         testing::Values(ErrorCase{"{\"a\":1,}", 7, "Missing a name for object member."},
                                         ErrorCase{"{\"a\" 1}", 5, "Missing a colon after a name of object member."},
                                         ErrorCase{"[1 2]", 3, "Missing a comma or ']' after an array element."},
                                         ErrorCase{"{\"a\":tru}", 8, "Invalid value."},
                                         ErrorCase{"{\"a\":{\"b\":1,\"c\":2,\"b\":3}}", 18, "duplicate key \"b\""},
                                         ErrorCase{"{\"a\":\"\xFF\"}", 6, "the text is not UTF-8"},
                                         ErrorCase{"[\"\xF0", 2, "the text is not UTF-8"},
                                         ErrorCase{"[\"\xED\xA0\x80\"]", 2, "the text is not UTF-8"},
                                         ErrorCase{R"(["\ud800"])", 2, "The surrogate pair in string is invalid."},
                                         ErrorCase{R"(["a","\udc00"])", 5, "escaped surrogate without its other half"},
                                         ErrorCase{R"({"\uDFFF":1})", 1, "escaped surrogate without its other half"},
                                         ErrorCase{"{}\0{}"s, 2, "unexpected NUL character"}));

TEST(ReadJson, RefusesASecondText) {
  Storage storage;
  const ReadResult result = ReadJson("{} {}", {}, storage);
  ASSERT_NE(result.error, nullptr);
  EXPECT_EQ(result.error->offset, 3u);
}

TEST(ReadJson, KeepsWholeSurrogatePairsAndNul) {
  Storage storage;
  const ReadResult result = ReadJson(R"(["\ud83d\ude00\u0000é"])", {}, storage);
  ASSERT_EQ(result.error, nullptr);
  EXPECT_EQ(Text(Elements(result.root)[0]), "\xF0\x9F\x98\x80\0é"s);
}

TEST(ReadJson, FindsRepeatedKeysAmongMany) {
  std::string text = "{";
  for (int i = 0; i < 5000; ++i) text += "\"k" + std::to_string(i) + "\":0,";
  const std::size_t offset = text.size();
  text += "\"k77\":1}";
  Storage storage;
  const ReadResult result = ReadJson(text, {}, storage);
  ASSERT_NE(result.error, nullptr);
  EXPECT_EQ(result.error->offset, offset);
}

TEST(ReadJson, KeepsItsLimits) {
  Limits limits;
  limits.max_depth = 3;
  limits.max_input_bytes = 20;
  limits.max_documents = 2;
  const auto error_of = [&](std::string_view text) {
    Storage storage;
    const DocumentsResult result = ReadJsonDocuments(text, limits, storage);
    if (result.error == nullptr) return std::string();
    EXPECT_TRUE(result.error->limit);
    return std::to_string(result.error->offset) + ": " + result.error->message;
  };
  EXPECT_EQ(error_of("[[[]]]"), "");
  EXPECT_EQ(error_of("[[{\"a\":[]}]]"), "7: nested deeper than the limit of 3 levels");
  EXPECT_EQ(error_of("[                  ]"), "");
  EXPECT_EQ(error_of("[                   ]"), "0: larger than the limit of 20 bytes");
  EXPECT_EQ(error_of("1 2"), "");
  EXPECT_EQ(error_of("1 2 3"), "4: more documents than the limit of 2");
}

}  // namespace
}  // namespace grove::internal
