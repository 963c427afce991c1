// The Go types of a pod template, as the pod template hash prints them (spec 04 §8.3): constant data.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "model/field_index.h"
#include "model/kubernetes/fnv.h"

namespace grove::kubernetes {

enum class Container : std::uint8_t { kValue, kPointer, kList, kMap };
enum class Leaf : std::uint8_t { kString, kBoolean, kInteger, kQuantity, kIntOrString, kStruct };

// One member of a JSON object, and the place of its value in the zero text of the struct.
struct TemplateMember {
  std::string_view key;
  std::uint16_t begin = 0;
  std::uint16_t end = 0;  // not included
  Container container = Container::kValue;
  Leaf leaf = Leaf::kString;  // of the value itself, or of what it points to or contains
  std::uint8_t number = 0;    // of a Leaf::kStruct: its position in kTemplateStructs
};

struct TemplateStruct {
  std::string_view zero;                    // text of the zero value, braces included
  std::span<const TemplateMember> members;  // by ascending `begin`
  std::span<const std::uint8_t> index;      // see IndexOfMembers
  std::span<const FnvJump> jumps;           // over `zero`, or none
};

// The first is v1.ObjectMeta, the second v1.PodSpec.
extern const std::span<const TemplateStruct> kTemplateStructs;
inline constexpr std::size_t kObjectMetaNumber = 0;
inline constexpr std::size_t kPodSpecNumber = 1;

// Version of the Kubernetes API that the types are of.
extern const std::string_view kTemplateTypesVersion;

inline constexpr std::size_t kMostTemplateMembers = 48;

// Hash table of `members` by key: 0 is an empty place, n + 1 stands for members[n]; collisions move on by one.
template <std::size_t N>
consteval auto IndexOfMembers(const TemplateMember (&members)[N]) {
  static_assert(N <= kMostTemplateMembers);
  std::array<std::uint8_t, std::bit_ceil(3 * N)> index{};
  for (std::size_t i = 0; i < N; ++i) {
    std::size_t at = schema::internal::HashOfName(members[i].key) & (index.size() - 1);
    while (index[at] != 0) at = (at + 1) & (index.size() - 1);
    index[at] = static_cast<std::uint8_t>(i + 1);
  }
  return index;
}

// Position in `type.members` of the one called `key`, or -1.
[[nodiscard]] inline int FindTemplateMember(const TemplateStruct& type, std::string_view key) {
  if (key.empty() || type.index.empty()) return -1;
  const std::size_t mask = type.index.size() - 1;
  for (std::size_t at = schema::internal::HashOfName(key) & mask; type.index[at] != 0; at = (at + 1) & mask) {
    const int found = type.index[at] - 1;
    if (type.members[static_cast<std::size_t>(found)].key == key) return found;
  }
  return -1;
}

}  // namespace grove::kubernetes
