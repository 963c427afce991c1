// Spellings of floating-point numbers as Go's encoders choose them: the fewest digits that read back as the same
// number.
#pragma once

#include <string>
#include <string_view>

namespace grove::internal {

// As Go's JSON encoder writes a float64: no exponent from 1e-6 up to 1e21. Requires a finite value.
[[nodiscard]] std::string FormatJsonFloat(double value);

// As Go spells a float32 with format `g`: exponent below 1e-4 and from 1e6 on, at least two digits long.
// "+Inf", "-Inf" and "NaN" for what is not finite.
[[nodiscard]] std::string FormatGeneralFloat(float value);

// The number nearest to `text`, which is decimal, with or without sign, point and exponent (`-1.`, `.5`, `1e3`). Too
// small to hold is zero, too large to hold infinite.
[[nodiscard]] double ParseFloat(std::string_view text);

}  // namespace grove::internal
