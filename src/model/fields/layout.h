// Where the members of a C++ type with a field table lie, for code that does not know the type.
//
// One reader and one writer serve all API types by it (codec.h): compiled for each type they would be a tenth of the
// library.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "grove/object_meta.hpp"
#include "grove/value.hpp"

#include "model/fields/field_table.h"
#include "model/schema.h"

namespace grove::fields {

enum class Storage : std::uint8_t {
  kString,
  kBoolean,
  kInt32,
  kInt64,
  kDouble,
  kDuration,
  kTime,
  kStringMap,
  kValue,
  kObject,
  kVector,
  kOptional,  // a list of at most one element
};

struct Layout;

// The elements of a list, one behind the other.
struct ElementRange {
  const void* first = nullptr;
  std::size_t count = 0;
};

struct ElementLayout {
  const Layout* layout = nullptr;
  std::size_t size = 0;  // bytes
  ElementRange (*elements)(const void* list) = nullptr;
  // Makes the list one of `count` elements with their default values, and returns the first.
  void* (*resize)(void* list, std::size_t count) = nullptr;
};

struct MemberLayout {
  const Layout* layout = nullptr;
  const void* (*address)(const void* object) = nullptr;
  bool (*equals_default)(const void* member) = nullptr;  // of an object that is left out when it does
};

struct Layout {
  Storage storage = Storage::kObject;
  const schema::Type* type = nullptr;     // of an object
  const MemberLayout* members = nullptr;  // of an object, in the order of `type->fields`
  ElementLayout element = {};             // of a list
};

template <class T>
[[nodiscard]] constexpr const Layout* LayoutOf();

template <class T>
[[nodiscard]] constexpr ElementLayout ElementLayoutOf() {
  using Element = typename ElementOf<T>::Type;
  ElementLayout element{.layout = LayoutOf<Element>(), .size = sizeof(Element)};
  if constexpr (kIsVector<T>) {
    element.elements = [](const void* list) {
      const T& vector = *static_cast<const T*>(list);
      return ElementRange{vector.data(), vector.size()};
    };
    element.resize = [](void* list, std::size_t count) -> void* {
      T& vector = *static_cast<T*>(list);
      vector.resize(count);
      return vector.data();
    };
  } else {
    element.elements = [](const void* list) {
      const T& optional = *static_cast<const T*>(list);
      return optional.has_value() ? ElementRange{&*optional, 1} : ElementRange{};
    };
    element.resize = [](void* list, std::size_t /*count*/) -> void* { return &static_cast<T*>(list)->emplace(); };
  }
  return element;
}

template <class T, std::size_t index>
[[nodiscard]] constexpr MemberLayout MemberLayoutOf() {
  constexpr const auto& row = std::get<index>(FieldTable<T>::kRows);
  using M = typename std::remove_cvref_t<decltype(row)>::Member;
  MemberLayout member{.layout = LayoutOf<M>(), .address = [](const void* object) -> const void* {
                        constexpr M T::*kMember = std::get<index>(FieldTable<T>::kRows).member;
                        return &(static_cast<const T*>(object)->*kMember);
                      }};
  if constexpr (HasFieldTable<M> && !row.rules.always) {
    member.equals_default = [](const void* object) { return *static_cast<const M*>(object) == M{}; };
  }
  return member;
}

template <class T>
inline constexpr auto kMembersOf = []<std::size_t... index>(std::index_sequence<index...>) {
  return std::array<MemberLayout, sizeof...(index)>{MemberLayoutOf<T, index>()...};
}
(std::make_index_sequence<std::tuple_size_v<std::remove_cvref_t<decltype(FieldTable<T>::kRows)>>>());

template <class T>
[[nodiscard]] constexpr Layout MakeLayout() {
  if constexpr (kIsOptional<T>) {
    return {.storage = Storage::kOptional, .element = ElementLayoutOf<T>()};
  } else if constexpr (kIsVector<T>) {
    return {.storage = Storage::kVector, .element = ElementLayoutOf<T>()};
  } else if constexpr (HasFieldTable<T>) {
    return {.storage = Storage::kObject, .type = &kObjectOf<T>, .members = kMembersOf<T>.data()};
  } else if constexpr (std::is_same_v<T, std::string>) {
    return {.storage = Storage::kString};
  } else if constexpr (std::is_same_v<T, bool>) {
    return {.storage = Storage::kBoolean};
  } else if constexpr (std::is_same_v<T, std::int32_t>) {
    return {.storage = Storage::kInt32};
  } else if constexpr (std::is_same_v<T, std::int64_t>) {
    return {.storage = Storage::kInt64};
  } else if constexpr (std::is_same_v<T, double>) {
    return {.storage = Storage::kDouble};
  } else if constexpr (std::is_same_v<T, Duration>) {
    return {.storage = Storage::kDuration};
  } else if constexpr (std::is_same_v<T, Time>) {
    return {.storage = Storage::kTime};
  } else if constexpr (std::is_same_v<T, StringMap>) {
    return {.storage = Storage::kStringMap};
  } else {
    static_assert(std::is_same_v<T, Value>, "a type without a field table");
    return {.storage = Storage::kValue};
  }
}

template <class T>
inline constexpr Layout kLayoutOf = MakeLayout<T>();

template <class T>
[[nodiscard]] constexpr const Layout* LayoutOf() {
  return &kLayoutOf<T>;
}

}  // namespace grove::fields
