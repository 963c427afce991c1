#include "model/validation/name_index.h"

#include <gtest/gtest.h>

namespace grove::validation {
namespace {

NameIndex IndexOf(const std::vector<std::string>& names) { return {names, std::pmr::get_default_resource()}; }

// Few names are searched in order, many by halves: both must tell the same.
TEST(NameIndex, FindsTheFirstAndTheLastOccurrence) {
  for (const std::size_t size : {0U, 1U, 5U, 16U, 17U, 100U}) {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < size; ++i) names.push_back(std::to_string(i * 7 % 10));
    const NameIndex index = IndexOf(names);
    EXPECT_EQ(index.size(), size);
    for (std::size_t i = 0; i < size; ++i) {
      const auto first = static_cast<std::size_t>(std::find(names.begin(), names.end(), names[i]) - names.begin());
      EXPECT_EQ(index.Find(names[i]), first) << size << ' ' << i;
      EXPECT_EQ(index.IsRepetition(i), first != i);
      const auto after_last = std::find(names.rbegin(), names.rend(), names[i]).base() - names.begin();
      EXPECT_EQ(index.FindLast(names[i]), static_cast<std::size_t>(after_last) - 1) << size << ' ' << i;
    }
    EXPECT_EQ(index.Find("x"), std::nullopt);
    EXPECT_EQ(index.FindLast("x"), std::nullopt);
    EXPECT_FALSE(index.Contains(""));
  }
}

TEST(NameIndex, JoinsDistinctNames) {
  EXPECT_EQ(JoinDistinct(IndexOf({}), ","), "");
  EXPECT_EQ(JoinDistinct(IndexOf({"b", "a", "b", "", "a"}), ","), "b,a,");
  EXPECT_EQ(JoinDistinct(IndexOf({"", "", "a"}), ", "), ", a");
}

TEST(NameIndex, ReportsDuplicatesOnce) {
  const FieldPath root;
  Findings findings(Stage::kWebhook);
  const std::vector<std::string_view> unique = {"a", "b"};
  ReportDuplicates(unique, root.Child("x"), "V-121", findings);
  EXPECT_TRUE(findings.empty());
  const std::vector<std::string_view> names = {"b", "a", "b", "a", "b", "c"};
  ReportDuplicates(names, root.Child("x"), "V-121", findings);
  ASSERT_EQ(findings.errors().size(), 1U);
  EXPECT_EQ(findings.errors()[0].bad_value->ToJson(), R"(["b","a"])");
  EXPECT_EQ(findings.errors()[0].detail, R"("b", "a" occur more than once)");
}

}  // namespace
}  // namespace grove::validation
