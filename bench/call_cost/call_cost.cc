// What the C interface costs: admitting a manifest through libgrove.so, and with the C++ functions that it is made of,
// in turn. Prints microseconds of a call and the median ratio. call_cost MANIFEST [ROUNDS]
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "cpp_side.h"
#include "grove.h"

namespace {

constexpr int kCalls = 40;  // of each, one after the other, in a round

std::size_t ThroughC(const std::string& text) {
  grove_buffer report = GROVE_BUFFER_INIT;
  const grove_status status =
      grove_admit(text.data(), text.size(), nullptr, 0, GROVE_FORMAT_YAML, nullptr, &report, nullptr);
  const std::size_t size = status == GROVE_OK ? report.size : 0;
  grove_buffer_dispose(&report);
  return size;
}

double MicrosecondsOfC(const std::string& text) {
  const auto begin = std::chrono::steady_clock::now();
  for (int i = 0; i < kCalls; ++i) {
    if (ThroughC(text) == 0) std::exit(1);
  }
  return std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - begin).count() / kCalls;
}

double Median(std::vector<double> values) {
  std::ranges::nth_element(values, values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2));
  return values[values.size() / 2];
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) return 2;
  std::ifstream file(argv[1], std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  const int rounds = argc > 2 ? std::atoi(argv[2]) : 200;
  std::vector<double> c_times;
  std::vector<double> ratios;
  for (int round = 0; round < rounds; ++round) {
    // Who goes first changes: what comes second finds the caches as the first left them.
    const double c_first = round % 2 == 0 ? MicrosecondsOfC(text) : 0;
    const double cpp = cpp_side_microseconds(text.data(), text.size(), kCalls);
    const double c = round % 2 == 0 ? c_first : MicrosecondsOfC(text);
    c_times.push_back(c);
    ratios.push_back(c / cpp);
  }
  std::printf("%.2f %.4f\n", Median(c_times), Median(ratios));
  return 0;
}
