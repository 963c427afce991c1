#include "model/timestamp.h"

#include <array>
#include <cstdio>

namespace grove {
namespace {

constexpr std::int64_t kSecondsPerDay = 86'400;
constexpr std::int64_t kDaysPer400Years = 146'097;
constexpr std::int64_t kDaysBefore1970 = 719'468;  // since 0000-03-01

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

bool IsLeapYear(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

int DaysOfMonth(int year, int month) {
  constexpr std::array<int, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && IsLeapYear(year) ? 29 : kDays[static_cast<std::size_t>(month - 1)];
}

// Days since 1970. Years are counted from March, so that the leap day is the last of one.
std::int64_t DaysOf(std::int64_t year, int month, int day) {
  if (month <= 2) --year;
  const std::int64_t era = (year >= 0 ? year : year - 399) / 400;
  const std::int64_t year_of_era = year - era * 400;
  const std::int64_t day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
  return era * kDaysPer400Years + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year -
         kDaysBefore1970;
}

// Takes `least` to `most` digits in front of `text`.
bool TakeNumber(std::string_view& text, std::size_t least, std::size_t most, int& value) {
  std::size_t count = 0;
  value = 0;
  for (; count < most && count < text.size() && IsDigit(text[count]); ++count) value = value * 10 + (text[count] - '0');
  text.remove_prefix(count);
  return count >= least;
}

bool Take(std::string_view& text, char c) {
  if (text.empty() || text.front() != c) return false;
  text.remove_prefix(1);
  return true;
}

// Seconds east of UTC.
bool TakeOffset(std::string_view& text, int& seconds) {
  seconds = 0;
  if (Take(text, 'Z')) return true;
  const bool west = Take(text, '-');
  int hour = 0;
  int minute = 0;
  if (!west && !Take(text, '+')) return false;
  if (!TakeNumber(text, 2, 2, hour) || !Take(text, ':') || !TakeNumber(text, 2, 2, minute)) return false;
  if (hour > 24 || minute > 60) return false;
  seconds = (hour * 60 + minute) * (west ? -60 : 60);
  return true;
}

void SkipFraction(std::string_view& text) {
  if (text.size() < 2 || (text[0] != '.' && text[0] != ',') || !IsDigit(text[1])) return;
  text.remove_prefix(1);
  while (!text.empty() && IsDigit(text.front())) text.remove_prefix(1);
}

}  // namespace

std::optional<std::int64_t> ParseTimestamp(std::string_view text) {
  int year = 0;
  int month = 0;
  int day = 0;
  if (!TakeNumber(text, 4, 4, year) || !Take(text, '-') || !TakeNumber(text, 2, 2, month) || !Take(text, '-') ||
      !TakeNumber(text, 2, 2, day) || !Take(text, 'T')) {
    return std::nullopt;
  }
  if (month < 1 || month > 12 || day < 1 || day > DaysOfMonth(year, month)) return std::nullopt;
  int hour = 0;
  int minute = 0;
  int second = 0;
  int offset = 0;
  if (!TakeNumber(text, 1, 2, hour) || !Take(text, ':') || !TakeNumber(text, 2, 2, minute) || !Take(text, ':') ||
      !TakeNumber(text, 2, 2, second)) {
    return std::nullopt;
  }
  if (hour > 23 || minute > 59 || second > 59) return std::nullopt;
  SkipFraction(text);
  if (!TakeOffset(text, offset) || !text.empty()) return std::nullopt;
  return DaysOf(year, month, day) * kSecondsPerDay + hour * 3600 + minute * 60 + second - offset;
}

std::string FormatTimestamp(std::int64_t unix_seconds) {
  std::int64_t days = unix_seconds / kSecondsPerDay;
  std::int64_t rest = unix_seconds % kSecondsPerDay;
  if (rest < 0) {
    rest += kSecondsPerDay;
    --days;
  }
  days += kDaysBefore1970;
  const std::int64_t era = (days >= 0 ? days : days - (kDaysPer400Years - 1)) / kDaysPer400Years;
  const std::int64_t day_of_era = days - era * kDaysPer400Years;
  const std::int64_t year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36'524 - day_of_era / (kDaysPer400Years - 1)) / 365;
  const std::int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int64_t march_month = (5 * day_of_year + 2) / 153;
  const auto day = static_cast<int>(day_of_year - (153 * march_month + 2) / 5 + 1);
  const auto month = static_cast<int>(march_month < 10 ? march_month + 3 : march_month - 9);
  const std::int64_t year = year_of_era + era * 400 + (month <= 2 ? 1 : 0);
  char text[64];
  const int size =
      std::snprintf(text, sizeof text, "%04lld-%02d-%02dT%02d:%02d:%02dZ", static_cast<long long>(year), month, day,
                    static_cast<int>(rest / 3600), static_cast<int>(rest / 60 % 60), static_cast<int>(rest % 60));
  return {text, static_cast<std::size_t>(size)};
}

}  // namespace grove
