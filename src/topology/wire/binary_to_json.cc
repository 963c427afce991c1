#include <cstdint>
#include <string>

#include "grove/manifest.hpp"

#include "model/node_sink.h"
#include "topology/wire/json_mapping.h"
#include "topology/wire/message_shapes.h"

namespace grove::topology {
namespace {

using std::string_view;

// One field as it stands in the bytes.
struct Record {
  std::uint32_t number = 0;
  std::uint64_t value = 0;  // of a number
  string_view bytes;        // of all else
};

std::uint64_t TakeVarint(string_view& rest) {
  std::uint64_t value = 0;
  for (int shift = 0; shift < 64 && !rest.empty(); shift += 7) {
    const auto byte = static_cast<unsigned char>(rest.front());
    rest.remove_prefix(1);
    value |= std::uint64_t{byte & 0x7Fu} << shift;
    if (byte < 0x80) break;
  }
  return value;
}

// Reads what protobuf wrote; of anything else it reads nothing more.
class Records {
 public:
  explicit Records(string_view bytes) : rest_(bytes) { Next(); }

  [[nodiscard]] bool at_end() const { return at_end_; }
  [[nodiscard]] const Record& current() const { return current_; }

  void Next() {
    at_end_ = rest_.empty();
    if (at_end_) return;
    const std::uint64_t tag = TakeVarint(rest_);
    current_ = {static_cast<std::uint32_t>(tag >> 3), 0, {}};
    if ((tag & 7) == 0) {
      current_.value = TakeVarint(rest_);
    } else if (const std::uint64_t size = TakeVarint(rest_); (tag & 7) == 2 && size <= rest_.size()) {
      current_.bytes = rest_.substr(0, size);
      rest_.remove_prefix(size);
    } else {
      at_end_ = true;
    }
  }

 private:
  string_view rest_;
  Record current_;
  bool at_end_ = false;
};

constexpr bool IsNumeric(FieldKind kind) { return kind != FieldKind::kString && kind != FieldKind::kMessage; }

class Printer {
 public:
  explicit Printer(const MessageShapes& shapes) : shapes_(shapes) {}

  void Message(string_view bytes, const MessageShape& message) {
    json_.StartObject();
    for (Records records(bytes); !records.at_end();) {
      const FieldShape* field = FindField(message, records.current().number);
      if (field == nullptr) {
        records.Next();
        continue;
      }
      json_.Key(shapes_.NameOf(*field));
      if (field->label == FieldLabel::kSingle) {
        Single(records.current(), *field);
        records.Next();
      } else {
        All(records, *field);
      }
    }
    json_.EndObject();
  }

  [[nodiscard]] Value Finish() { return json_.Finish(); }

 private:
  [[nodiscard]] const FieldShape* FindField(const MessageShape& message, std::uint32_t number) const {
    for (const FieldShape& field : shapes_.FieldsOf(message)) {
      if (field.number == number) return &field;
    }
    return nullptr;
  }

  // The elements of a repeated field, which stand one behind the other.
  void All(Records& records, const FieldShape& field) {
    const bool is_map = field.label == FieldLabel::kMap;
    is_map ? json_.StartObject() : json_.StartArray();
    for (; !records.at_end() && records.current().number == field.number; records.Next()) {
      if (is_map) {
        Entry(records.current().bytes, field);
      } else if (IsNumeric(field.kind)) {
        Packed(records.current(), field);
      } else {
        Single(records.current(), field);
      }
    }
    is_map ? json_.EndObject() : json_.EndArray();
  }

  // Numbers stand in one record.
  void Packed(Record record, const FieldShape& field) {
    while (!record.bytes.empty()) {
      record.value = TakeVarint(record.bytes);
      Single(record, field);
    }
  }

  void Entry(string_view bytes, const FieldShape& field) {
    Record key;
    Record value;
    for (Records records(bytes); !records.at_end(); records.Next()) {
      (records.current().number == 1 ? key : value) = records.current();
    }
    json_.Key(key.bytes);
    Single(value, shapes_.FieldsOf(shapes_.messages[field.type])[1]);
  }

  void Single(const Record& record, const FieldShape& field) {
    switch (field.kind) {
      case FieldKind::kMessage:
        return Message(record.bytes, shapes_.messages[field.type]);
      case FieldKind::kString:
        return json_.String(record.bytes);
      case FieldKind::kBool:
        return json_.Boolean(record.value != 0);
      case FieldKind::kEnum:
        return Enum(static_cast<std::int32_t>(record.value), field);
      case FieldKind::kInt32:
        return json_.Integer(static_cast<std::int32_t>(record.value));
      case FieldKind::kUint32:
        return json_.Integer(static_cast<std::uint32_t>(record.value));
      case FieldKind::kInt64:
        return json_.String(std::to_string(static_cast<std::int64_t>(record.value)));
      case FieldKind::kUint64:
        return json_.String(std::to_string(record.value));
    }
  }

  void Enum(std::int32_t number, const FieldShape& field) {
    for (const EnumValueShape& value : shapes_.ValuesOf(field)) {
      if (value.number == number) return json_.String(shapes_.NameOf(value));
    }
    json_.Integer(number);
  }

  const MessageShapes& shapes_;
  internal::NodeSink json_;
};

}  // namespace

std::string BinaryToJson(string_view binary, string_view message) {
  const MessageShapes& shapes = PlacementShapes();
  for (const MessageShape& shape : shapes.messages) {
    if (shapes.NameOf(shape) != message) continue;
    Printer printer(shapes);
    printer.Message(binary, shape);
    return WriteManifest(printer.Finish(), OutputFormat::kJson);
  }
  return {};
}

}  // namespace grove::topology
