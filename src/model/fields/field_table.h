// One table per API type: what Reading, writing, pruning, structural defaults and structural checks have in common.
//
// A type joins by a specialisation of FieldTable, a tuple of rows (JSON name, member, rules). From the rows two things
// follow without further code: TypeOf<T>, the constant schema::Type that drives the passes over documents, and the
// typed reading and writing of codec.h. To add a field is one member and one row.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "grove/object_meta.hpp"
#include "grove/value.hpp"

#include "model/field_index.h"
#include "model/schema.h"

namespace grove::fields {

// Rules of one field beyond its name, member and type. All are optional.
struct Rules {
  bool required = false;               // R of spec 01
  bool always = false;                 // presence class A; a std::optional member is class P, others are Z
  bool nil_when_absent = false;        // class A, the webhook writes null where a document lacks it
  std::string_view default_json = {};  // structural default (spec 02 §3)
  std::int64_t minimum = std::numeric_limits<std::int64_t>::min();
  std::span<const std::string_view> enum_values = {};
  schema::ListKind list_kind = schema::ListKind::kAtomic;
  std::span<const std::string_view> list_keys = {};
  schema::Pattern pattern = schema::Pattern::kNone;
  std::uint16_t min_length = 0;
  std::uint16_t max_length = 0;
  std::uint16_t min_items = 0;
  // Shape of a Value member. Optional instead of null: GCC's -fsanitize=undefined takes no comparison of an address
  // with null as constant.
  std::optional<const schema::Type*> type = {};
};

template <class Owner, class M>
struct Row {
  using Member = M;
  std::string_view name;
  M Owner::*member;
  Rules rules;
};

template <class Owner, class M>
[[nodiscard]] constexpr Row<Owner, M> Field(std::string_view name, M Owner::*member, Rules rules = {}) {
  return {name, member, rules};
}

// Specialised for every API type: `static constexpr std::tuple kRows{...}` and `kName`.
template <class T>
struct FieldTable;

template <class T>
concept HasFieldTable = requires {
  FieldTable<T>::kRows;
};

template <class T>
struct ElementOf {};
template <class T>
struct ElementOf<std::optional<T>> {
  using Type = T;
};
template <class T>
struct ElementOf<std::vector<T>> {
  using Type = T;
};

template <class T>
inline constexpr bool kIsOptional = false;
template <class T>
inline constexpr bool kIsOptional<std::optional<T>> = true;
template <class T>
inline constexpr bool kIsVector = false;
template <class T>
inline constexpr bool kIsVector<std::vector<T>> = true;

template <class T>
[[nodiscard]] constexpr const schema::Type* TypeOf();

// The list type whose elements are `element`: a Value list states the shape of its elements by Rules::type.
template <class T>
inline constexpr schema::Type kListOf{schema::Shape::kList, {}, {}, TypeOf<T>()};

[[nodiscard]] constexpr schema::Constraints ConstraintsOf(const Rules& rules) {
  return {.default_json = rules.default_json,
          .list_kind = rules.list_kind,
          .pattern = rules.pattern,
          .min_length = rules.min_length,
          .max_length = rules.max_length,
          .min_items = rules.min_items,
          .list_keys = rules.list_keys,
          .enum_values = rules.enum_values,
          .minimum = rules.minimum};
}

[[nodiscard]] constexpr bool IsConstrained(const Rules& rules) {
  return !rules.default_json.empty() || rules.list_kind != schema::ListKind::kAtomic ||
         rules.pattern != schema::Pattern::kNone || rules.min_length != 0 || rules.max_length != 0 ||
         rules.min_items != 0 || !rules.list_keys.empty() || !rules.enum_values.empty() ||
         rules.minimum != schema::kUnconstrained.minimum;
}

// Of the row at `index` of T's table, when it has any.
template <class T, std::size_t index>
inline constexpr schema::Constraints kConstraintsOf = ConstraintsOf(std::get<index>(FieldTable<T>::kRows).rules);

template <class T, std::size_t index>
[[nodiscard]] constexpr schema::Field MakeField() {
  using M = typename std::tuple_element_t<index, std::remove_cvref_t<decltype(FieldTable<T>::kRows)>>::Member;
  constexpr const auto& row = std::get<index>(FieldTable<T>::kRows);
  constexpr const Rules& rules = row.rules;
  schema::Field field{.name = row.name,
                      .type = rules.type.value_or(TypeOf<M>()),
                      .presence = rules.always     ? schema::Presence::kAlways
                                  : kIsOptional<M> ? schema::Presence::kTracked
                                                   : schema::Presence::kOmitted,
                      .required = rules.required,
                      .nil_when_absent = rules.nil_when_absent};
  if constexpr (IsConstrained(rules)) field.constraints = &kConstraintsOf<T, index>;
  return field;
}

template <class T>
[[nodiscard]] constexpr auto MakeFields() {
  return []<std::size_t... index>(std::index_sequence<index...>) {
    return std::array<schema::Field, sizeof...(index)>{MakeField<T, index>()...};
  }
  (std::make_index_sequence<std::tuple_size_v<std::remove_cvref_t<decltype(FieldTable<T>::kRows)>>>());
}

template <class T>
inline constexpr auto kFieldsOf = MakeFields<T>();

template <class T>
inline constexpr auto kIndexOf = schema::IndexOf(kFieldsOf<T>);

template <class T>
inline constexpr schema::Type kObjectOf = schema::ObjectType(FieldTable<T>::kName, kFieldsOf<T>, kIndexOf<T>);

// The schema of a C++ member type.
template <class T>
[[nodiscard]] constexpr const schema::Type* TypeOf() {
  if constexpr (kIsOptional<T>) {
    return TypeOf<typename ElementOf<T>::Type>();
  } else if constexpr (std::is_same_v<T, std::vector<std::string>>) {
    return &schema::kStringList;
  } else if constexpr (kIsVector<T>) {
    return &kListOf<typename ElementOf<T>::Type>;
  } else if constexpr (std::is_same_v<T, std::string>) {
    return &schema::kString;
  } else if constexpr (std::is_same_v<T, bool>) {
    return &schema::kBoolean;
  } else if constexpr (std::is_same_v<T, std::int32_t>) {
    return &schema::kInt32;
  } else if constexpr (std::is_same_v<T, std::int64_t>) {
    return &schema::kInt64;
  } else if constexpr (std::is_same_v<T, double>) {
    return &schema::kDouble;
  } else if constexpr (std::is_same_v<T, Duration>) {
    return &schema::kDuration;
  } else if constexpr (std::is_same_v<T, Time>) {
    return &schema::kTime;
  } else if constexpr (std::is_same_v<T, StringMap>) {
    return &schema::kStringMap;
  } else if constexpr (std::is_same_v<T, Value>) {
    return &schema::kAny;
  } else {
    return &kObjectOf<T>;
  }
}

}  // namespace grove::fields
