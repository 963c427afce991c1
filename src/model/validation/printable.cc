#include "model/validation/printable.h"

#include <algorithm>
#include <cstdint>
#include <iterator>

namespace grove::validation {
namespace {

struct Range {
  std::uint32_t first;
  std::uint32_t last;
};

// Code points of the categories Cc, Cf, Co, Cs, Zl, Zp and Zs of Unicode 15, the ASCII blank excepted.
constexpr Range kUnprintable[] = {
    {0x0, 0x1f},        {0x7f, 0xa0},       {0xad, 0xad},         {0x600, 0x605},     {0x61c, 0x61c},
    {0x6dd, 0x6dd},     {0x70f, 0x70f},     {0x890, 0x891},       {0x8e2, 0x8e2},     {0x1680, 0x1680},
    {0x180e, 0x180e},   {0x2000, 0x200f},   {0x2028, 0x202f},     {0x205f, 0x2064},   {0x2066, 0x206f},
    {0x3000, 0x3000},   {0xd800, 0xf8ff},   {0xfeff, 0xfeff},     {0xfff9, 0xfffb},   {0x110bd, 0x110bd},
    {0x110cd, 0x110cd}, {0x13430, 0x1343f}, {0x1bca0, 0x1bca3},   {0x1d173, 0x1d17a}, {0xe0001, 0xe0001},
    {0xe0020, 0xe007f}, {0xf0000, 0xffffd}, {0x100000, 0x10fffd},
};
constexpr std::uint32_t kReplacement = 0xfffd;

// Takes one code point off the front of `text`.
std::uint32_t TakeCodePoint(std::string_view& text) {
  const auto byte = [&text](std::size_t at) {
    return static_cast<std::uint32_t>(static_cast<unsigned char>(text[at]));
  };
  const std::uint32_t lead = byte(0);
  const std::size_t size = lead < 0x80 ? 1 : lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
  if (size == 0 || size > text.size()) {
    text.remove_prefix(1);
    return kReplacement;
  }
  std::uint32_t code_point = size == 1 ? lead : lead & (0xffu >> (size + 1));
  for (std::size_t i = 1; i < size; ++i) {
    if ((byte(i) & 0xc0) != 0x80) {
      text.remove_prefix(1);
      return kReplacement;
    }
    code_point = code_point << 6 | (byte(i) & 0x3f);
  }
  text.remove_prefix(size);
  return code_point;
}

bool IsPrintableCodePoint(std::uint32_t code_point) {
  const Range* range = std::lower_bound(std::begin(kUnprintable), std::end(kUnprintable), code_point,
                                        [](const Range& r, std::uint32_t c) { return r.last < c; });
  return range == std::end(kUnprintable) || code_point < range->first;
}

}  // namespace

bool IsPrintable(std::string_view text) {
  while (!text.empty()) {
    if (!IsPrintableCodePoint(TakeCodePoint(text))) return false;
  }
  return true;
}

}  // namespace grove::validation
