// Arithmetic on natural numbers of any size, written as decimal digits. A number has no leading zeros, and zero no
// digits.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace grove {

// digits * 2^power, for a power of at most 60. O(size of digits).
[[nodiscard]] std::string TimesPowerOfTwo(std::string_view digits, int power);

// Divides by 10^count, rounding up. Requires digits, and a count above zero.
void DropDigitsRoundingUp(std::string& digits, std::int64_t count);

// a > b.
[[nodiscard]] bool IsGreater(std::string_view a, std::string_view b);

// The number as 64-bit words, least significant first; none for zero. O(n^2) for n digits.
[[nodiscard]] std::vector<std::uint64_t> WordsOfDecimal(std::string_view digits);

}  // namespace grove
