// Finding a member of an object type by name: a small hash table per type, built at compile time.
//
// The table holds positions in `fields`, so the order of declaration stays what it is. A type without an index is
// searched in order, which is right too and fast enough for a handful of fields.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string_view>

#include "model/schema.h"

namespace grove::schema {

namespace internal {

// Hash of a non-empty name. Four bytes tell apart nearly all members of an object; a collision costs one more probe.
constexpr std::uint32_t HashOfName(std::string_view name) {
  const auto byte = [name](std::size_t at) -> std::uint32_t { return static_cast<unsigned char>(name[at]); };
  const std::uint32_t word = byte(0) | byte(name.size() / 2) << 8 | byte(name.size() - 1) << 16 |
                             static_cast<std::uint32_t>(name.size()) << 24;
  return (word * 0x9E3779B1u) >> 20;
}

// Not defined: to reach it while a table is built is a compile error that names the reason.
void FieldsCannotBeIndexed();

}  // namespace internal

// Open addressing with linear probing: 0 is an empty slot, n + 1 stands for fields[n]. At most a third of the slots are
// taken. Names must be distinct and not empty, at most 254 of them. Meant for `Type::index`:
//   constexpr Field kFooFields[] = {...};
//   constexpr auto kFooIndex = IndexOf(kFooFields);
template <std::size_t N>
consteval auto IndexOf(const std::array<Field, N>& fields) {
  static_assert(N < std::numeric_limits<std::uint8_t>::max());
  std::array<std::uint8_t, std::bit_ceil(3 * N)> slots{};
  for (std::size_t i = 0; i < N; ++i) {
    if (fields[i].name.empty()) internal::FieldsCannotBeIndexed();
    std::size_t slot = internal::HashOfName(fields[i].name) & (slots.size() - 1);
    while (slots[slot] != 0) {
      if (fields[slots[slot] - 1].name == fields[i].name) internal::FieldsCannotBeIndexed();
      slot = (slot + 1) & (slots.size() - 1);
    }
    slots[slot] = static_cast<std::uint8_t>(i + 1);
  }
  return slots;
}
template <std::size_t N>
consteval auto IndexOf(const Field (&fields)[N]) {
  return IndexOf(std::to_array(fields));
}

}  // namespace grove::schema
