// What the JSON mapping knows of the messages of placement.proto: names, numbers and kinds of their fields. The table
// is made from the schema at build time, by messages/describe_messages.py; it holds no pointers to texts, so that
// loading the library has nothing to adjust in it.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace grove::topology {

enum class FieldKind : std::uint8_t { kInt32, kInt64, kUint32, kUint64, kBool, kString, kEnum, kMessage };
enum class FieldLabel : std::uint8_t { kSingle, kRepeated, kMap };

// Names are offsets in MessageShapes::names, types are indices in its tables.
struct FieldShape {
  std::uint16_t name = 0;  // in JSON
  std::uint16_t number = 0;
  std::uint16_t type = 0;  // of an enum, a message, or the entry of a map
  FieldKind kind = FieldKind::kString;
  FieldLabel label = FieldLabel::kSingle;
};

struct MessageShape {
  std::uint16_t name = 0;  // "grove.placement.v1.Node"
  std::uint16_t first_field = 0;
  std::uint16_t field_count = 0;
};

struct EnumShape {
  std::uint16_t first_value = 0;
  std::uint16_t value_count = 0;
};

struct EnumValueShape {
  std::int32_t number = 0;
  std::uint16_t name = 0;
};

struct MessageShapes {
  const char* names = nullptr;  // each ends in NUL
  std::span<const MessageShape> messages;
  std::span<const FieldShape> fields;
  std::span<const EnumShape> enums;
  std::span<const EnumValueShape> values;

  [[nodiscard]] std::string_view NameOf(const auto& shape) const { return names + shape.name; }
  [[nodiscard]] std::span<const FieldShape> FieldsOf(const MessageShape& message) const {
    return fields.subspan(message.first_field, message.field_count);
  }
  [[nodiscard]] std::span<const EnumValueShape> ValuesOf(const FieldShape& field) const {
    return values.subspan(enums[field.type].first_value, enums[field.type].value_count);
  }
};

// Those of placement.proto.
[[nodiscard]] const MessageShapes& PlacementShapes();

}  // namespace grove::topology
