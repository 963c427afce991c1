#include "model/decimal.h"

#include <algorithm>
#include <cstddef>

namespace grove {
namespace {

__extension__ typedef unsigned __int128 Uint128;

// Adds one unit in the last place.
void Increment(std::string& digits) {
  for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit) {
    if (*digit != '9') {
      ++*digit;
      return;
    }
    *digit = '0';
  }
  digits.insert(digits.begin(), '1');
}

}  // namespace

std::string TimesPowerOfTwo(std::string_view digits, int power) {
  constexpr std::size_t kMaxAddedDigits = 19;
  std::string reversed;
  reversed.reserve(digits.size() + kMaxAddedDigits);
  // A power of 60 leaves 64 bits at no step: 9 * 2^60 + 2^60 < 2^64.
  std::uint64_t carry = 0;
  for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit) {
    carry += static_cast<std::uint64_t>(*digit - '0') << power;
    reversed.push_back(static_cast<char>('0' + carry % 10));
    carry /= 10;
  }
  for (; carry != 0; carry /= 10) reversed.push_back(static_cast<char>('0' + carry % 10));
  std::reverse(reversed.begin(), reversed.end());
  return reversed;
}

void DropDigitsRoundingUp(std::string& digits, std::int64_t count) {
  if (count >= static_cast<std::int64_t>(digits.size())) {
    digits.assign(1, '1');
    return;
  }
  const std::size_t kept = digits.size() - static_cast<std::size_t>(count);
  const bool exact = digits.find_first_not_of('0', kept) == std::string::npos;
  digits.resize(kept);
  if (!exact) Increment(digits);
}

bool IsGreater(std::string_view a, std::string_view b) { return a.size() != b.size() ? a.size() > b.size() : a > b; }

std::vector<std::uint64_t> WordsOfDecimal(std::string_view digits) {
  constexpr std::size_t kChunk = 19;  // digits that a word holds
  std::vector<std::uint64_t> words;
  while (!digits.empty()) {
    const std::string_view chunk = digits.substr(0, std::min(kChunk, digits.size()));
    digits.remove_prefix(chunk.size());
    std::uint64_t factor = 1;
    std::uint64_t carry = 0;
    for (const char c : chunk) {
      factor *= 10;
      carry = carry * 10 + static_cast<std::uint64_t>(c - '0');
    }
    for (std::uint64_t& word : words) {
      const Uint128 product = Uint128{word} * factor + carry;
      word = static_cast<std::uint64_t>(product);
      carry = static_cast<std::uint64_t>(product >> 64);
    }
    if (carry != 0) words.push_back(carry);
  }
  return words;
}

}  // namespace grove
