#include "model/duration.h"

#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>

#include <gtest/gtest.h>

namespace grove {
namespace {

constexpr std::int64_t kMillisecond = 1'000'000;
constexpr std::int64_t kSecond = 1000 * kMillisecond;
constexpr std::int64_t kMinute = 60 * kSecond;
constexpr std::int64_t kHour = 60 * kMinute;
constexpr std::int64_t kMax = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t kMin = std::numeric_limits<std::int64_t>::min();

struct DurationCase {
  std::string_view text;
  std::int64_t nanoseconds;
  std::string_view canonical;
};

constexpr DurationCase kDurations[] = {
    {"0", 0, "0s"},
    {"+0", 0, "0s"},
    {"-0", 0, "0s"},
    {"0s", 0, "0s"},
    {"0h0m", 0, "0s"},
    {"90m", 90 * kMinute, "1h30m0s"},
    {"1h30m0s", 90 * kMinute, "1h30m0s"},
    {"4h", 4 * kHour, "4h0m0s"},
    {"-5m", -5 * kMinute, "-5m0s"},
    {"+5s", 5 * kSecond, "5s"},
    {"100ms", 100 * kMillisecond, "100ms"},
    {"1.5us", 1500, "1.5\u00b5s"},
    {"1.5\u00b5s", 1500, "1.5\u00b5s"},
    {"1.5\u03bcs", 1500, "1.5\u00b5s"},
    {"10ns", 10, "10ns"},
    {"-1ns", -1, "-1ns"},
    {"999999ns", 999999, "999.999\u00b5s"},
    {"1001ms", 1001 * kMillisecond, "1.001s"},
    {"1000000001ns", kSecond + 1, "1.000000001s"},
    {".5s", kSecond / 2, "500ms"},
    {"5.s", 5 * kSecond, "5s"},
    {"1.5h", 90 * kMinute, "1h30m0s"},
    {"0.1ns", 0, "0s"},
    {"1s1s1s", 3 * kSecond, "3s"},
    {"1m1h", kHour + kMinute, "1h1m0s"},
    {"100h", 100 * kHour, "100h0m0s"},
    {"0.3333333333333333333h", 20 * kMinute, "20m0s"},
    {"0.9223372036854775807h", 3'320'413'933'267, "55m20.413933267s"},
    {"0.830103483285477580700h", 2'988'372'539'827, "49m48.372539827s"},
    {"9223372036854775807ns", kMax, "2562047h47m16.854775807s"},
    {"-9223372036854775808ns", kMin, "-2562047h47m16.854775808s"},
    {"-9223372036854.775808ms", kMin, "-2562047h47m16.854775808s"},
};

TEST(Duration, ParsesAndFormats) {
  for (const DurationCase& test : kDurations) {
    const std::optional<std::int64_t> duration = ParseDuration(test.text);
    ASSERT_TRUE(duration.has_value()) << test.text;
    EXPECT_EQ(*duration, test.nanoseconds) << test.text;
    EXPECT_EQ(FormatDuration(*duration), test.canonical) << test.text;
    EXPECT_EQ(ParseDuration(test.canonical), duration) << test.canonical;
  }
}

TEST(Duration, RejectsWhatIsNone) {
  for (const std::string_view text : {"",
                                      "abc",
                                      "1d",
                                      "3",
                                      "-",
                                      "+",
                                      ".",
                                      "s",
                                      ".s",
                                      "-.s",
                                      "1s ",
                                      " 1s",
                                      "1 s",
                                      "1e3s",
                                      "--1s",
                                      "1s-1s",
                                      "1.2.3s",
                                      "1S",
                                      "1hour",
                                      "00",
                                      "1m2",
                                      "9223372036854775808ns",
                                      "-9223372036854775809ns",
                                      "9223372036854775808ms",
                                      "3000000h",
                                      "9223372036854775807ns1ns",
                                      "9223372036854775808ns9223372036854775808ns",
                                      "-9223372036854775808ns1ns",
                                      "99999999999999999999s"}) {
    EXPECT_FALSE(ParseDuration(text).has_value()) << text;
  }
}

}  // namespace
}  // namespace grove
