// Equality of short texts, without a call for each: clusters repeat the same few words for every node.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace grove::topology {

[[gnu::always_inline]] inline bool SameText(std::string_view a, std::string_view b) {
  const std::size_t size = a.size();
  if (size != b.size()) return false;
  const auto difference = [&]<class Word>(std::size_t at, Word) {
    Word left;
    Word right;
    std::memcpy(&left, a.data() + at, sizeof(Word));
    std::memcpy(&right, b.data() + at, sizeof(Word));
    return static_cast<std::uint64_t>(left ^ right);
  };
  // Words may overlap.
  if (size > 32) return std::memcmp(a.data(), b.data(), size) == 0;
  if (size >= 8) {
    constexpr std::uint64_t kWord = 0;
    std::uint64_t all = difference(0, kWord) | difference(size - 8, kWord);
    if (size > 16) all |= difference(8, kWord) | difference(size - 16, kWord);
    return all == 0;
  }
  if (size >= 4) return (difference(0, std::uint32_t{0}) | difference(size - 4, std::uint32_t{0})) == 0;
  if (size >= 2) return (difference(0, std::uint16_t{0}) | difference(size - 2, std::uint16_t{0})) == 0;
  return size == 0 || a[0] == b[0];
}

// a < b, as bytes.
inline bool LessText(std::string_view a, std::string_view b) {
  const std::size_t size = std::min(a.size(), b.size());
  std::size_t at = 0;
  // What names have in common comes first.
  for (; at + sizeof(std::uint32_t) <= size; at += sizeof(std::uint32_t)) {
    if (std::memcmp(a.data() + at, b.data() + at, sizeof(std::uint32_t)) != 0) break;
  }
  for (; at < size; ++at) {
    if (a[at] != b[at]) return static_cast<unsigned char>(a[at]) < static_cast<unsigned char>(b[at]);
  }
  return a.size() < b.size();
}

}  // namespace grove::topology
