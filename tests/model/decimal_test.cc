#include "model/decimal.h"

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace grove {
namespace {

TEST(Decimal, TimesPowerOfTwo) {
  EXPECT_EQ(TimesPowerOfTwo("1", 0), "1");
  EXPECT_EQ(TimesPowerOfTwo("1", 10), "1024");
  EXPECT_EQ(TimesPowerOfTwo("1", 60), "1152921504606846976");
  EXPECT_EQ(TimesPowerOfTwo("99999999999999999999", 60), "115292150460684697598847078495393153024");
}

struct DropCase {
  std::string digits;
  std::int64_t count;
  std::string result;
};

TEST(Decimal, DropDigitsRoundingUp) {
  const DropCase cases[] = {{"1200", 2, "12"}, {"1201", 2, "13"},  {"999", 1, "100"}, {"9", 1, "1"},
                            {"12", 5, "1"},    {"1991", 1, "200"}, {"10", 1, "1"},    {"7", 1'000'000'000'000, "1"}};
  for (const DropCase& test : cases) {
    std::string digits = test.digits;
    DropDigitsRoundingUp(digits, test.count);
    EXPECT_EQ(digits, test.result) << test.digits << " without " << test.count;
  }
}

TEST(Decimal, IsGreater) {
  EXPECT_TRUE(IsGreater("10", "9"));
  EXPECT_TRUE(IsGreater("21", "12"));
  EXPECT_FALSE(IsGreater("9", "10"));
  EXPECT_FALSE(IsGreater("12", "12"));
  EXPECT_TRUE(IsGreater("1", ""));
}

TEST(Decimal, WordsAreLittleEndian) {
  using Words = std::vector<std::uint64_t>;
  EXPECT_EQ(WordsOfDecimal(""), Words{});
  EXPECT_EQ(WordsOfDecimal("1"), Words{1});
  EXPECT_EQ(WordsOfDecimal("18446744073709551615"), Words{std::numeric_limits<std::uint64_t>::max()});
  EXPECT_EQ(WordsOfDecimal("18446744073709551616"), (Words{0, 1}));
  EXPECT_EQ(WordsOfDecimal("1152921504606846976000000000"), (Words{0, 62500000}));
  EXPECT_EQ(WordsOfDecimal("340282366920938463463374607431768211456"), (Words{0, 0, 1}));
}

}  // namespace
}  // namespace grove
