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

TEST(TextTest, Count) {
  EXPECT_EQ(Count(1, "error"), "1 error");
  EXPECT_EQ(Count(0, "error"), "0 errors");
  EXPECT_EQ(Count(2, "PodClique"), "2 PodCliques");
}

}  // namespace
}  // namespace grove::cli
