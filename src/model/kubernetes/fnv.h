// FNV-1a, 64 bits, and a way to skip over constant texts.
//
// The low byte of the state, and so what each step adds to the state, depends on the low byte before the step alone.
// For a constant text of n bytes the state therefore becomes state * prime^n + additions[low byte of state]: with those
// 256 additions at hand, n steps cost one.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace grove::kubernetes {

inline constexpr std::uint64_t kFnvOffset = 14695981039346656037U;
inline constexpr std::uint64_t kFnvPrime = 1099511628211U;

[[nodiscard]] constexpr std::uint64_t FnvStep(std::uint64_t state, char byte) {
  return (state ^ static_cast<unsigned char>(byte)) * kFnvPrime;
}

// The effect of one constant text on a state.
struct FnvJump {
  std::uint64_t factor = 1;
  std::array<std::uint64_t, 256> additions{};

  [[nodiscard]] constexpr std::uint64_t After(std::uint64_t state) const {
    return state * factor + additions[state & 0xFF];
  }
};

// Bytes that one jump covers. A table costs 2 KiB.
inline constexpr std::size_t kJumpBytes = 128;

// The jump over block `block` of `text`, which it must hold as a whole.
[[nodiscard]] consteval FnvJump MakeJump(std::string_view text, std::size_t block) {
  FnvJump jump;
  const std::string_view bytes = text.substr(block * kJumpBytes, kJumpBytes);
  for (std::size_t i = 0; i < kJumpBytes; ++i) jump.factor *= kFnvPrime;
  for (std::uint64_t low = 0; low < jump.additions.size(); ++low) {
    std::uint64_t state = low;
    for (const char byte : bytes) state = FnvStep(state, byte);
    jump.additions[low] = state - low * jump.factor;
  }
  return jump;
}

// No jumps where code is built for size: the tables are 66 KiB.
[[nodiscard]] constexpr std::span<const FnvJump> UnlessSmall([[maybe_unused]] std::span<const FnvJump> jumps) {
#ifdef __OPTIMIZE_SIZE__
  return {};
#else
  return jumps;
#endif
}

}  // namespace grove::kubernetes
