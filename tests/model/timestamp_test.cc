#include "model/timestamp.h"

#include <cstdint>
#include <optional>
#include <string>

#include "gtest/gtest.h"

namespace grove {
namespace {

struct Case {
  std::string text;
  std::optional<std::int64_t> seconds;
};

TEST(TimestampTest, ReadsWhatGoReads) {
  const Case cases[] = {
      {"1970-01-01T00:00:00Z", 0},
      {"2026-08-01T12:34:56Z", 1785587696},
      {"2026-08-01T12:34:56.999999Z", 1785587696},
      {"2026-08-01T12:34:56,5Z", 1785587696},
      {"2026-08-01T14:34:56+02:00", 1785587696},
      {"2026-08-01T07:04:56-05:30", 1785587696},
      {"2026-08-01T2:34:56Z", 1785551696},
      {"1969-12-31T23:59:59Z", -1},
      {"0000-01-01T00:00:00Z", -62167219200},
      {"9999-12-31T23:59:59Z", 253402300799},
      {"2024-02-29T00:00:00Z", 1709164800},
      {"2000-02-29T00:00:00Z", 951782400},
      {"2023-02-29T00:00:00Z", std::nullopt},
      {"1900-02-29T00:00:00Z", std::nullopt},
      {"2026-04-31T00:00:00Z", std::nullopt},
      {"2026-13-01T00:00:00Z", std::nullopt},
      {"2026-00-01T00:00:00Z", std::nullopt},
      {"2026-01-00T00:00:00Z", std::nullopt},
      {"2026-01-01T24:00:00Z", std::nullopt},
      {"2026-01-01T00:60:00Z", std::nullopt},
      {"2026-01-01T00:00:60Z", std::nullopt},  // no leap seconds in Go
      {"2026-01-01T00:00:00", std::nullopt},
      {"2026-01-01T00:00:00+0200", std::nullopt},
      {"2026-01-01T00:00:00+25:00", std::nullopt},
      {"2026-01-01T00:00:00.Z", std::nullopt},
      {"2026-01-01T00:00:00Zx", std::nullopt},
      {"2026-01-01t00:00:00z", std::nullopt},
      {"2026-01-01 00:00:00Z", std::nullopt},
      {" 2026-01-01T00:00:00Z", std::nullopt},
      {"20260-01-01T00:00:00Z", std::nullopt},
      {"-026-01-01T00:00:00Z", std::nullopt},
      {"2026-1-01T00:00:00Z", std::nullopt},
      {"infinite-future", std::nullopt},
      {"", std::nullopt},
  };
  for (const Case& each : cases) EXPECT_EQ(ParseTimestamp(each.text), each.seconds) << each.text;
}

TEST(TimestampTest, WritesWhatItReads) {
  EXPECT_EQ(FormatTimestamp(1785587696), "2026-08-01T12:34:56Z");
  EXPECT_EQ(FormatTimestamp(-1), "1969-12-31T23:59:59Z");
  EXPECT_EQ(FormatTimestamp(-62167219200), "0000-01-01T00:00:00Z");
  // Every day of 400 years, and some second of each.
  constexpr std::int64_t kDay = 86'400;
  for (std::int64_t day = 0; day < 146'097; ++day) {
    const std::int64_t seconds = (day - 100'000) * kDay + day * 7919 % kDay;
    ASSERT_EQ(ParseTimestamp(FormatTimestamp(seconds)), seconds);
  }
}

}  // namespace
}  // namespace grove
