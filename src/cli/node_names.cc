#include "cli/node_names.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <map>
#include <tuple>

#include <fmt/format.h>

namespace grove::cli {

namespace {

using std::string_view;

// A name around its last number.
struct Numbered {
  string_view before;
  string_view after;
  std::size_t digits = 0;  // 0: no number
  std::uint64_t number = 0;
  std::size_t times = 1;

  [[nodiscard]] auto Key() const { return std::tie(before, after, digits, number); }
  [[nodiscard]] bool SameSeries(const Numbered& other) const {
    return digits > 0 && before == other.before && after == other.after && digits == other.digits &&
           times == other.times;
  }
};

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

Numbered Split(string_view name, std::size_t times) {
  constexpr std::size_t kMostDigits = 18;
  std::size_t end = name.size();
  while (end > 0 && !IsDigit(name[end - 1])) --end;
  std::size_t begin = end;
  while (begin > 0 && end - begin < kMostDigits && IsDigit(name[begin - 1])) --begin;
  Numbered split{name.substr(0, begin), name.substr(end), end - begin, 0, times};
  std::from_chars(name.data() + begin, name.data() + end, split.number);
  return split;
}

// "[01-04,07]" of the numbers of one series.
std::string Numbers(const std::vector<Numbered>& series) {
  std::string out;
  for (std::size_t i = 0; i < series.size();) {
    std::size_t last = i;
    while (last + 1 < series.size() && series[last + 1].number == series[last].number + 1) ++last;
    if (!out.empty()) out += ',';
    fmt::format_to(std::back_inserter(out), "{:0{}}", series[i].number, series[i].digits);
    if (last > i)
      fmt::format_to(std::back_inserter(out), "{}{:0{}}", last > i + 1 ? "-" : ",", series[last].number,
                     series[last].digits);
    i = last + 1;
  }
  return series.size() == 1 ? out : "[" + out + "]";
}

}  // namespace

std::string CompactNames(const std::vector<string_view>& names, std::size_t most) {
  std::map<string_view, std::size_t> counts;
  for (const string_view name : names) ++counts[name];
  std::vector<Numbered> split;
  for (const auto& [name, times] : counts) split.push_back(Split(name, times));
  std::stable_sort(split.begin(), split.end(), [](const Numbered& a, const Numbered& b) { return a.Key() < b.Key(); });
  std::string out;
  std::size_t parts = 0;
  for (std::size_t i = 0; i < split.size();) {
    if (parts++ == most) return fmt::format("{} and {} more", out, split.size() - i);
    std::vector<Numbered> series = {split[i++]};
    while (i < split.size() && series.back().SameSeries(split[i])) series.push_back(split[i++]);
    if (!out.empty()) out += ", ";
    out += series.front().before;
    if (series.front().digits > 0) out += Numbers(series);
    out += series.front().after;
    if (series.front().times > 1) fmt::format_to(std::back_inserter(out), " x{}", series.front().times);
  }
  return out;
}

}  // namespace grove::cli
