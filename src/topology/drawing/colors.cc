#include <algorithm>
#include <array>
#include <cmath>

#include "topology/drawing/picture.h"

namespace grove::drawing {
namespace {

constexpr std::string_view kHexDigits = "0123456789abcdef";

// Hues that are told apart well, the best first; beyond them the golden angle spreads the rest.
constexpr std::array<double, 10> kHues = {212, 28, 145, 275, 350, 178, 48, 320, 95, 240};
constexpr double kGoldenAngle = 137.50776;

struct Shade {
  double saturation;
  double lightness;
};
constexpr std::array<Shade, 5> kShades = {{{0.62, 0.47}, {0.60, 0.64}, {0.68, 0.34}, {0.50, 0.70}, {0.50, 0.55}}};

void AppendByte(double value, std::string& out) {
  const int byte = std::clamp(static_cast<int>(std::lround(value * 255)), 0, 255);
  (out += kHexDigits[static_cast<std::size_t>(byte) >> 4]) += kHexDigits[static_cast<std::size_t>(byte) & 15];
}

}  // namespace

std::string ColorOf(std::size_t family, std::size_t member) {
  const double hue =
      family < kHues.size() ? kHues[family] : std::fmod(11 + kGoldenAngle * static_cast<double>(family), 360.0);
  const Shade shade = kShades[(member + family / kHues.size()) % kShades.size()];
  const double chroma = (1 - std::abs(2 * shade.lightness - 1)) * shade.saturation;
  const double base = shade.lightness - chroma / 2;
  std::string out = "#";
  for (const double offset : {0.0, 8.0, 4.0}) {  // red, green, blue
    const double k = std::fmod(offset + hue / 30.0, 12.0);
    const double strength = std::clamp(std::min(k - 3, 9 - k), -1.0, 1.0);
    AppendByte(base + chroma * (1 - (strength + 1) / 2), out);
  }
  return out;
}

}  // namespace grove::drawing
