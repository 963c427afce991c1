#include "cli/text.h"

#include <string>

#include <gtest/gtest.h>

namespace grove::cli {
namespace {

TEST(TextTest, PrintableReplacesControlCharacters) {
  EXPECT_EQ(Printable("a\x1b[31m\n\x7f"), "a?[31m??");
  EXPECT_EQ(Printable("\xC2\x9B"
                      "31m"),
            "?31m");  // CSI as one code point
  EXPECT_EQ(Printable("Größe → 3"), "Größe → 3");
}

TEST(TextTest, ColumnsCountsCodePoints) {
  EXPECT_EQ(Columns(""), 0u);
  EXPECT_EQ(Columns("├─ ×2"), 5u);
}

TEST(TextTest, PaintOnlyInColor) {
  EXPECT_EQ(Paint(false, Ink::kError, "x"), "x");
  EXPECT_EQ(Paint(true, Ink::kError, "x"), "\x1b[1;31mx\x1b[0m");
  EXPECT_EQ(Paint(true, Ink::kError, ""), "");
}

TEST(TextTest, LinesOfASource) {
  const SourceText source("a", "one\r\ntwo\n\nfour");
  EXPECT_EQ(source.Line(1), "one");
  EXPECT_EQ(source.Line(2), "two");
  EXPECT_EQ(source.Line(3), "");
  EXPECT_EQ(source.Line(4), "four");
  EXPECT_EQ(source.Line(0), "");
  EXPECT_EQ(source.Line(5), "");
}

TEST(TextTest, ColumnsOfTheFirstLineCountFromBehindAByteOrderMark) {
  EXPECT_EQ(SourceText("a", "\xEF\xBB\xBFone\n").Line(1), "one");
}

TEST(TextTest, PlaceLeavesOutWhatIsUnknown) {
  const SourceText source("a\n.yaml", "");
  EXPECT_EQ(Place(source, {}), "a?.yaml: ");
  EXPECT_EQ(Place(source, {3, 0}), "a?.yaml:3: ");
  EXPECT_EQ(Place(source, {3, 7}), "a?.yaml:3:7: ");
}

TEST(TextTest, ExcerptPointsAtTheColumn) {
  const SourceText source("a", "x: 1\n\tß: wrong\n");
  EXPECT_EQ(Excerpt(source, {2, 6}, false),
            "     2 |  ß: wrong\n"
            "       |     ^\n");
}

TEST(TextTest, ExcerptOfAnUnknownPlaceIsEmpty) {
  const SourceText source("a", "x: 1\n");
  EXPECT_EQ(Excerpt(source, {}, false), "");
  EXPECT_EQ(Excerpt(source, {1, 0}, false), "");
  EXPECT_EQ(Excerpt(source, {1, 99}, false), "");
  EXPECT_EQ(Excerpt(source, {9, 1}, false), "");
}

TEST(TextTest, ExcerptCutsLongLinesAroundTheCaret) {
  const SourceText source("a", std::string(500, 'x') + "HERE" + std::string(500, 'y'));
  EXPECT_EQ(Excerpt(source, {1, 501}, false), "     1 | ..." + std::string(60, 'x') + "HERE" + std::string(26, 'y') +
                                                  "...\n       | " + std::string(63, ' ') + "^\n");
}

TEST(TextTest, DisplayColumns) {
  EXPECT_EQ(DisplayColumns(""), 0u);
  EXPECT_EQ(DisplayColumns("Größe"), 5u);
  EXPECT_EQ(DisplayColumns("数据"), 4u);
  EXPECT_EQ(DisplayColumns("e\xCC\x81"), 1u) << "a letter and its combining accent";
  EXPECT_EQ(DisplayColumns("🚀x"), 3u);
  EXPECT_EQ(DisplayColumns("ｆ"), 2u) << "full width";
  EXPECT_EQ(DisplayColumns("\xFF\xC3"), 2u) << "no characters, one column each";
}

TEST(TextTest, ExcerptPointsBelowWideCharacters) {
  const SourceText source("a", "数据: [e\xCC\x81🚀, x]\n");
  const auto column = static_cast<std::uint32_t>(source.text().find('x') + 1);
  EXPECT_EQ(Excerpt(source, {1, column}, false),
            "     1 | 数据: [e\xCC\x81🚀, x]\n"
            "       |             ^\n");
}

TEST(TextTest, ExcerptOfTabs) {
  const SourceText source("a", "\t\ta:\tb\n");
  EXPECT_EQ(Excerpt(source, {1, 6}, false),
            "     1 |   a: b\n"
            "       |      ^\n");
}

TEST(TextTest, ExcerptOfWhatIsNoText) {
  const SourceText source("a", "a\xFF\x01 b\n");
  EXPECT_EQ(Excerpt(source, {1, 5}, false),
            "     1 | a\xEF\xBF\xBD? b\n"
            "       |     ^\n");
}

TEST(TextTest, ExcerptNeverCutsACharacter) {
  std::string line;
  for (int i = 0; i < 60; ++i) line += "数";
  line += "X";
  for (int i = 0; i < 60; ++i) line += "据";
  const std::string excerpt = Excerpt(SourceText("a", line), {1, 181}, false);
  EXPECT_EQ(excerpt.find("\xEF\xBF\xBD"), std::string::npos) << excerpt;
  const std::size_t second = excerpt.find('\n') + 1;
  const std::string before = excerpt.substr(9, excerpt.find('X') - 9);
  EXPECT_EQ(excerpt.substr(second), "       | " + std::string(DisplayColumns(before), ' ') + "^\n");
}

TEST(TextTest, Count) {
  EXPECT_EQ(Count(1, "error"), "1 error");
  EXPECT_EQ(Count(0, "error"), "0 errors");
  EXPECT_EQ(Count(2, "PodClique"), "2 PodCliques");
}

}  // namespace
}  // namespace grove::cli
