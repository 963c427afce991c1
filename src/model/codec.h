// Typed reading and writing of API objects, driven by their field tables.
//
// Reading is total: a member that is absent, null or of another type leaves the default of its C++ type, because the
// rules of admission run on objects that already failed the schema (spec 00, item 4). Writing follows the presence
// classes of spec 01 §1.2.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "grove/scheduler_objects.hpp"

#include "model/fields/layout.h"
#include "model/node.h"

namespace grove::codec {

using internal::Member;
using internal::Node;
using StoragePointer = std::shared_ptr<const internal::Storage>;

// Integer in the text of a number, `1.0` included; nullopt if it is none or out of range.
[[nodiscard]] std::optional<std::int64_t> ParseInteger(std::string_view text);
[[nodiscard]] std::optional<Time> ParseTime(std::string_view text);
[[nodiscard]] std::string FormatTime(Time time);
[[nodiscard]] std::optional<Duration> ParseDurationText(std::string_view text);
[[nodiscard]] std::string FormatDurationText(Duration duration);

template <class Integer>
void ReadInteger(const Node& node, Integer& out) {
  if (!internal::IsNumber(node)) return;
  const std::optional<std::int64_t> value = ParseInteger(internal::Text(node));
  if (value.has_value() && std::in_range<Integer>(*value)) out = static_cast<Integer>(*value);
}

// Reads `node` into the object at `out`, which lies as `layout` says.
void Read(const Node& node, const StoragePointer& storage, const fields::Layout& layout, void* out);

// The typed form of `value`; members that it lacks keep their defaults.
template <class T>
[[nodiscard]] T FromValue(const Value& value) {
  T out;
  Read(value.node(), value.storage(), *fields::LayoutOf<T>(), &out);
  return out;
}

// Zero as Go's encoder sees it: what a field of class Z is left out for.
[[nodiscard]] bool IsZero(const fields::Layout& layout, const void* value);

// Writes the object at `value` into a Sink. A Sink has StartObject/EndObject/StartArray/EndArray, Key, String, Integer,
// Double, Boolean, Null and Raw(Value).
template <class Sink>
void Write(Sink& sink, const fields::Layout& layout, const void* value);

template <class Sink>
void WriteMembers(Sink& sink, const fields::Layout& layout, const void* object) {
  const fields::MemberLayout* member = layout.members;
  for (const schema::Field& field : layout.type->fields) {
    const void* value = member->address(object);
    const bool is_left_out =
        field.presence != schema::Presence::kAlways &&
        (member->equals_default != nullptr ? member->equals_default(value) : IsZero(*member->layout, value));
    if (!is_left_out) {
      sink.Key(field.name);
      Write(sink, *member->layout, value);
    }
    ++member;
  }
}

template <class Sink>
void WriteStringMap(Sink& sink, const StringMap& map) {
  sink.StartObject();
  for (const auto& [key, entry] : map) {
    sink.Key(key);
    sink.String(entry);
  }
  sink.EndObject();
}

template <class Sink>
void WriteElements(Sink& sink, const fields::ElementLayout& element, const void* list) {
  const auto [first, count] = element.elements(list);
  const auto* at = static_cast<const std::byte*>(first);
  for (std::size_t i = 0; i < count; ++i, at += element.size) Write(sink, *element.layout, at);
}

template <class Sink>
void Write(Sink& sink, const fields::Layout& layout, const void* value) {
  switch (layout.storage) {
    case fields::Storage::kString:
      return sink.String(*static_cast<const std::string*>(value));
    case fields::Storage::kBoolean:
      return sink.Boolean(*static_cast<const bool*>(value));
    case fields::Storage::kInt32:
      return sink.Integer(*static_cast<const std::int32_t*>(value));
    case fields::Storage::kInt64:
      return sink.Integer(*static_cast<const std::int64_t*>(value));
    case fields::Storage::kDouble:
      return sink.Double(*static_cast<const double*>(value));
    case fields::Storage::kDuration:
      return sink.String(FormatDurationText(*static_cast<const Duration*>(value)));
    case fields::Storage::kTime:
      return sink.String(FormatTime(*static_cast<const Time*>(value)));
    case fields::Storage::kStringMap:
      return WriteStringMap(sink, *static_cast<const StringMap*>(value));
    case fields::Storage::kValue:
      return sink.Raw(*static_cast<const Value*>(value));
    case fields::Storage::kObject:
      sink.StartObject();
      WriteMembers(sink, layout, value);
      return sink.EndObject();
    case fields::Storage::kVector:
      sink.StartArray();
      WriteElements(sink, layout.element, value);
      return sink.EndArray();
    case fields::Storage::kOptional:
      return WriteElements(sink, layout.element, value);
  }
}

template <class Sink, class T>
void Write(Sink& sink, const T& value) {
  Write(sink, *fields::LayoutOf<T>(), &value);
}

template <class Sink>
void WriteApiObject(Sink& sink, std::string_view api_version, std::string_view kind, const fields::Layout& layout,
                    const void* object) {
  sink.StartObject();
  sink.Key("apiVersion");
  sink.String(api_version);
  sink.Key("kind");
  sink.String(kind);
  WriteMembers(sink, layout, object);
  sink.EndObject();
}

// Writes a whole API object, with its apiVersion and kind.
template <class Sink, class T>
void WriteApiObject(Sink& sink, const T& object) {
  WriteApiObject(sink, T::kApiVersion, T::kKind, *fields::LayoutOf<T>(), &object);
}

// The same for one that is kept as its document.
template <class Sink>
void WriteApiObject(Sink& sink, const SchedulerObject& object) {
  sink.Raw(object.document);
}

}  // namespace grove::codec
