#include "model/names.h"

#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace grove {
namespace {

struct CountCase {
  std::string text;
  std::size_t errors;
};

std::string Repeat(std::string_view text, std::size_t count) {
  std::string repeated;
  for (std::size_t i = 0; i < count; ++i) repeated += text;
  return repeated;
}

void ExpectCounts(NameErrors (*check)(std::string_view), const std::vector<CountCase>& cases) {
  for (const CountCase& test : cases) {
    const NameErrors errors = check(test.text);
    EXPECT_EQ(errors.size(), test.errors) << '"' << test.text << '"';
    EXPECT_EQ(errors.empty(), test.errors == 0);
    for (const std::string_view message : errors) EXPECT_FALSE(message.empty());
  }
}

TEST(Names, DnsLabel) {
  ExpectCounts(CheckDnsLabel, {{"a", 0},
                               {"0", 0},
                               {"a-b--c", 0},
                               {Repeat("a", 63), 0},
                               {Repeat("a", 64), 1},
                               {Repeat("A", 64), 2},
                               {"", 1},
                               {"-a", 1},
                               {"a-", 1},
                               {"a.b", 1},
                               {"Aa", 1},
                               {"a_b", 1},
                               {"\u00e9", 1},
                               {"a\n", 1}});
}

TEST(Names, LengthAndPatternAreSeparate) {
  const NameErrors errors = CheckDnsLabel(Repeat("A", 64));
  ASSERT_EQ(errors.size(), 2U);
  EXPECT_EQ(errors[0], "must be no more than 63 bytes");
  EXPECT_NE(errors[0], errors[1]);
}

TEST(Names, DnsSubdomain) {
  ExpectCounts(CheckDnsSubdomain, {{"a", 0},
                                   {"0", 0},
                                   {"a.b", 0},
                                   {"0.1-2.c", 0},
                                   {Repeat("a", 253), 0},
                                   {Repeat("a", 254), 1},
                                   {Repeat("a.", 127), 2},
                                   {"", 1},
                                   {".", 1},
                                   {"a.", 1},
                                   {".a", 1},
                                   {"a..b", 1},
                                   {"a.-b", 1},
                                   {"a-.b", 1},
                                   {"Aa", 1}});
}

TEST(Names, QualifiedName) {
  const std::vector<CountCase> cases = {{"a", 0},
                                        {"A.b_c-D", 0},
                                        {"example.com/Name", 0},
                                        {"a/" + Repeat("n", 63), 0},
                                        {Repeat("p", 253) + "/n", 0},
                                        {"a/b/c", 1},
                                        {"//", 1},
                                        {"/n", 1},
                                        {"", 2},
                                        {"a/", 2},
                                        {"/", 3},
                                        {"Example.com/n", 1},
                                        {Repeat("P", 254) + "/" + Repeat("-", 64), 4},
                                        {Repeat("n", 64), 1},
                                        {"-n", 1},
                                        {"n.", 1},
                                        {"a b", 1}};
  ExpectCounts(CheckQualifiedName, cases);
}

TEST(Names, LabelValue) {
  ExpectCounts(CheckLabelValue, {{"", 0},
                                 {"a", 0},
                                 {"A_1.b-C", 0},
                                 {Repeat("v", 63), 0},
                                 {Repeat("v", 64), 1},
                                 {Repeat("-", 64), 2},
                                 {"-", 1},
                                 {"a/b", 1},
                                 {"a ", 1}});
}

TEST(Names, AnnotationKeyIgnoresCase) {
  ExpectCounts(CheckAnnotationKey, {{"Example.COM/Name", 0},
                                    {"NAME", 0},
                                    {"\u212aubernetes.io/x", 0},
                                    {"\u0130", 0},
                                    {"\u00c9", 1},
                                    {"a_b/c", 1},
                                    {"A/B/C", 1},
                                    {"", 2}});
}

TEST(Names, EnvironmentName) {
  ExpectCounts(CheckEnvironmentName, {{"A", 0},
                                      {"a.b-c_D9", 0},
                                      {"-", 0},
                                      {"_", 0},
                                      {".a", 0},
                                      {"", 1},
                                      {"9a", 1},
                                      {"a b", 1},
                                      {"a=b", 1},
                                      {".", 1},
                                      {"..", 1},
                                      {"..a", 1},
                                      {"..\u00e9", 2}});
}

TEST(Names, MaskTrailingDash) {
  EXPECT_EQ(MaskTrailingDash("abc-"), "aba");
  EXPECT_EQ(MaskTrailingDash("a-"), "a");
  EXPECT_EQ(MaskTrailingDash("-"), "-");
  EXPECT_EQ(MaskTrailingDash("abc"), "abc");
  EXPECT_EQ(MaskTrailingDash(""), "");
}

TEST(Names, HasVersion) {
  for (const std::string_view text : {"v1", "apps/v1", "/v1", "resource.k8s.io/v1"}) EXPECT_TRUE(HasVersion(text));
  for (const std::string_view text : {"", "/", "apps/", "a/b/c", "a//"}) EXPECT_FALSE(HasVersion(text)) << text;
}

TEST(Names, TrimSpaceKnowsUnicode) {
  EXPECT_EQ(TrimSpace(" \t\n\v\f\r a b \u00a0"), "a b");
  EXPECT_EQ(TrimSpace("\u3000\u2003\u0085x\u205f\u1680"), "x");
  EXPECT_EQ(TrimSpace("\u200bx\ufeff"), "\u200bx\ufeff");  // no white space in spite of their names
  EXPECT_EQ(TrimSpace("\u00e9"), "\u00e9");
  EXPECT_EQ(TrimSpace(""), "");
  EXPECT_TRUE(IsBlank(""));
  EXPECT_TRUE(IsBlank(" \u2028\u2029\u202f "));
  EXPECT_FALSE(IsBlank(" . "));
}

struct PatternCase {
  std::string_view text;
  bool matches;
};

void ExpectMatches(bool (*matches)(std::string_view), const std::vector<PatternCase>& cases) {
  for (const PatternCase& test : cases) EXPECT_EQ(matches(test.text), test.matches) << '"' << test.text << '"';
}

TEST(Names, TopologyDomain) {
  ExpectMatches(IsTopologyDomain, {{"zone", true},
                                   {"z", true},
                                   {"z-", true},
                                   {"z9-a", true},
                                   {"", false},
                                   {"9z", false},
                                   {"-z", false},
                                   {"Zone", false},
                                   {"z_a", false}});
}

TEST(Names, TopologyLevelKey) {
  ExpectMatches(IsTopologyLevelKey, {{"a", true},
                                     {"topology.kubernetes.io/zone", true},
                                     {"Upper.Case/Key_1", true},
                                     {"A", true},
                                     {"", false},
                                     {"/a", false},
                                     {"a/", false},
                                     {"a/b/c", false},
                                     {"-a/b", false},
                                     {"a/b-", false}});
}

TEST(Names, ConditionType) {
  ExpectMatches(IsConditionType, {{"Ready", true},
                                  {"MinAvailableBreached", true},
                                  {"example.com/Ready", true},
                                  {"a_b.c-d", true},
                                  {"", false},
                                  {"Example.com/Ready", false},
                                  {"a/b/c", false},
                                  {"/Ready", false},
                                  {"Ready-", false}});
}

TEST(Names, ConditionReason) {
  ExpectMatches(IsConditionReason, {{"InSync", true},
                                    {"a", true},
                                    {"A_", true},
                                    {"A,b:c9", true},
                                    {"", false},
                                    {"9A", false},
                                    {"_A", false},
                                    {"A:", false},
                                    {"A,", false},
                                    {"A-b", false}});
}

using Texts = std::vector<std::string_view>;

TEST(Names, DuplicatesInOrderOfFirstOccurrence) {
  EXPECT_EQ(FindDuplicates(Texts{}), Texts{});
  EXPECT_EQ(FindDuplicates(Texts{"a", "b"}), Texts{});
  EXPECT_EQ(FindDuplicates(Texts{"b", "a", "c", "a", "b", "b"}), (Texts{"b", "a"}));
  EXPECT_EQ(FindDuplicates(Texts{"", ""}), Texts{""});
}

TEST(Names, DuplicatesOfMany) {
  std::vector<std::string> storage;
  for (int i = 0; i < 1000; ++i) storage.push_back(std::to_string((i * 7919) % 1000));
  Texts texts(storage.begin(), storage.end());
  EXPECT_EQ(FindDuplicates(texts), Texts{});
  texts.insert(texts.begin(), texts[900]);
  texts.push_back(texts[500]);
  texts.push_back(texts[2]);
  EXPECT_EQ(FindDuplicates(texts), (Texts{texts[0], texts[2], texts[500]}));
}

}  // namespace
}  // namespace grove
