// Shapes of API objects as constant data: what a field may hold, how it is defaulted, pruned, checked and written.
//
// Two sources make such tables: the field tables of Grove's own types (src/model/fields), and the table that is
// generated from the published Kubernetes API schema (src/model/kubernetes). Everything that walks a document (pruning,
// structural defaults, structural checks, write-back) is driven by them and knows no kind by name.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string_view>

namespace grove::schema {

enum class Shape : std::uint8_t {
  kString,
  kBoolean,
  kInt32,
  kInt64,
  kDouble,
  kQuantity,     // spec 03 §12.8
  kIntOrString,  // spec 03 §12.8a
  kDuration,     // spec 01 §1.4
  kTime,         // RFC 3339
  kObject,       // `fields`
  kList,         // of `element`
  kMap,          // string keys, values of `element`
  kAny,          // free content: kept as it is
};

// Presence classes of spec 01 §1.2.
enum class Presence : std::uint8_t {
  kTracked,  // P: absent differs from zero; written iff present
  kOmitted,  // Z: absent is zero; omitted when zero or empty
  kAlways,   // A: absent is zero; always written
};

// How the elements of a list are told apart (`x-kubernetes-list-type`).
enum class ListKind : std::uint8_t { kAtomic, kMap, kSet };

enum class Pattern : std::uint8_t {
  kNone,
  kTopologyDomain,    // ^[a-z][a-z0-9-]*$
  kTopologyLevelKey,  // label key, spec 01 §5
  kConditionType,
  kConditionReason,
  kQuantity,  // what the schema asks of a quantity in a string; reading it asks more
};

struct Type;

// What a schema asks of a field beyond its type and presence. Few fields have any: the others share kUnconstrained.
struct Constraints {
  std::string_view default_json = {};  // structural default as JSON text; empty: none
  ListKind list_kind = ListKind::kAtomic;
  Pattern pattern = Pattern::kNone;
  std::uint16_t min_length = 0;  // Unicode code points
  std::uint16_t max_length = 0;  // Unicode code points; 0: no bound
  std::uint16_t min_items = 0;
  std::span<const std::string_view> list_keys = {};  // of a ListKind::kMap
  std::span<const std::string_view> enum_values = {};
  std::int64_t minimum = std::numeric_limits<std::int64_t>::min();
};

inline constexpr Constraints kUnconstrained;

struct Field {
  std::string_view name;  // JSON member name
  const Type* type = nullptr;
  const Constraints* constraints = &kUnconstrained;
  Presence presence = Presence::kOmitted;
  bool required = false;  // listed as required in the schema of the parent
  // Zero value that a kAlways field is written with when its value is nil in Go: `null` instead of an empty value.
  bool nil_when_absent = false;
  bool is_atomic = false;  // a map that one writer owns as a whole (`x-kubernetes-map-type`)
};

// Fields of an object type by what passes over documents ask of those that are absent: bit i stands for fields[i].
struct FieldMasks {
  std::uint64_t with_default = 0;  // a structural default
  std::uint64_t always = 0;        // Presence::kAlways
  std::uint64_t required = 0;
};

struct Type {
  Shape shape = Shape::kAny;
  std::string_view name = {};                // of an object: its Kubernetes name, e.g. "v1.Container"
  std::span<const Field> fields = {};        // of an object
  const Type* element = nullptr;             // of a list or map
  std::span<const std::uint8_t> index = {};  // of `fields`, for FindField: made by IndexOf (field_index.h), or empty
  FieldMasks masks = {};                     // of `fields`: made by MasksOf
  bool is_atomic = false;                    // an object that one writer owns as a whole (`x-kubernetes-map-type`)
};

// Masks of at most 64 fields.
[[nodiscard]] constexpr FieldMasks MasksOf(std::span<const Field> fields) {
  FieldMasks masks;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const std::uint64_t bit = std::uint64_t{1} << i;
    if (!fields[i].constraints->default_json.empty()) masks.with_default |= bit;
    if (fields[i].presence == Presence::kAlways) masks.always |= bit;
    if (fields[i].required) masks.required |= bit;
  }
  return masks;
}

// The type of an object with these fields; the way to make one, since passes rely on its masks.
[[nodiscard]] constexpr Type ObjectType(std::string_view name, std::span<const Field> fields,
                                        std::span<const std::uint8_t> index = {}, bool is_atomic = false) {
  return {Shape::kObject, name, fields, nullptr, index, MasksOf(fields), is_atomic};
}

inline constexpr Type kString{Shape::kString};
inline constexpr Type kBoolean{Shape::kBoolean};
inline constexpr Type kInt32{Shape::kInt32};
inline constexpr Type kInt64{Shape::kInt64};
inline constexpr Type kDouble{Shape::kDouble};
inline constexpr Type kQuantity{Shape::kQuantity};
inline constexpr Type kIntOrString{Shape::kIntOrString};
inline constexpr Type kDuration{Shape::kDuration};
inline constexpr Type kTime{Shape::kTime};
inline constexpr Type kAny{Shape::kAny};
inline constexpr Type kStringList{Shape::kList, {}, {}, &kString};
inline constexpr Type kStringMap{Shape::kMap, {}, {}, &kString};

// Calls `visit` with the fields of `type` whose bits are set, in their order.
template <class Visitor>
void ForEachField(const Type& type, std::uint64_t bits, Visitor&& visit) {
  for (; bits != 0; bits &= bits - 1) visit(type.fields[static_cast<std::size_t>(std::countr_zero(bits))]);
}

// The field of `type` named `name`, or null. A few nanoseconds with an index, linear in the fields without one.
[[nodiscard]] const Field* FindField(const Type& type, std::string_view name);

}  // namespace grove::schema
