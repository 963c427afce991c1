// Typed reading and writing of API objects, driven by their field tables.
//
// Reading is total: a member that is absent, null or of another type leaves the default of its C++ type, because the
// rules of admission run on objects that already failed the schema (spec 00, item 4). Writing follows the presence
// classes of spec 01 §1.2.
#pragma once

#include <charconv>
#include <cmath>
#include <string>
#include <vector>

#include "grove/scheduler_objects.hpp"

#include "model/fields/field_table.h"
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

template <class T>
void Read(const Node& node, const StoragePointer& storage, T& out);

template <class Integer>
void ReadInteger(const Node& node, Integer& out) {
  if (!internal::IsNumber(node)) return;
  const std::optional<std::int64_t> value = ParseInteger(internal::Text(node));
  if (value.has_value() && std::in_range<Integer>(*value)) out = static_cast<Integer>(*value);
}

template <class T>
void ReadObject(const Node& node, const StoragePointer& storage, T& out) {
  const auto read_member = [&](const Member& member) {
    const std::string_view key = internal::Text(member.key);
    std::apply(
        [&](const auto&... row) {
          (void)((row.name == key ? (Read(member.value, storage, out.*(row.member)), true) : false) || ...);
        },
        fields::FieldTable<T>::kRows);
  };
  for (const Member& member : internal::Members(node)) read_member(member);
}

template <class T>
void Read(const Node& node, const StoragePointer& storage, T& out) {
  if constexpr (fields::kIsOptional<T>) {
    if (!internal::IsNull(node)) Read(node, storage, out.emplace());
  } else if constexpr (fields::kIsVector<T>) {
    out.reserve(internal::Elements(node).size());
    for (const Node& element : internal::Elements(node)) Read(element, storage, out.emplace_back());
  } else if constexpr (std::is_same_v<T, std::string>) {
    if (internal::IsString(node)) out = internal::Text(node);
  } else if constexpr (std::is_same_v<T, bool>) {
    out = internal::KindOf(node) == internal::Kind::kBoolean && node.size != 0;
  } else if constexpr (std::is_integral_v<T>) {
    ReadInteger(node, out);
  } else if constexpr (std::is_same_v<T, double>) {
    const std::string_view text = internal::IsNumber(node) ? internal::Text(node) : std::string_view{};
    std::from_chars(text.data(), text.data() + text.size(), out);
  } else if constexpr (std::is_same_v<T, Duration>) {
    if (const auto parsed = ParseDurationText(internal::Text(node))) out = *parsed;
  } else if constexpr (std::is_same_v<T, Time>) {
    if (const auto parsed = ParseTime(internal::Text(node))) out = *parsed;
  } else if constexpr (std::is_same_v<T, StringMap>) {
    for (const Member& member : internal::Members(node)) {
      out.Set(internal::Text(member.key), internal::IsString(member.value) ? internal::Text(member.value) : "");
    }
  } else if constexpr (std::is_same_v<T, Value>) {
    out = Value(node, storage);
  } else {
    ReadObject(node, storage, out);
  }
}

// The typed form of `value`; members that it lacks keep their defaults.
template <class T>
[[nodiscard]] T FromValue(const Value& value) {
  T out;
  Read(value.node(), value.storage(), out);
  return out;
}

// Zero as Go's encoder sees it: what a field of class Z is left out for.
template <class T>
[[nodiscard]] bool IsZero(const T& value) {
  if constexpr (fields::kIsOptional<T>) {
    return !value.has_value();
  } else if constexpr (fields::kIsVector<T> || std::is_same_v<T, std::string> || std::is_same_v<T, StringMap>) {
    return value.empty();
  } else if constexpr (std::is_arithmetic_v<T>) {
    return value == T{};
  } else if constexpr (std::is_same_v<T, Value>) {
    return value.is_null();
  } else if constexpr (std::is_same_v<T, Duration>) {
    return value.nanoseconds == 0;
  } else {
    return value == T{};
  }
}

// Writes typed objects into a Sink. A Sink has StartObject/EndObject/StartArray/EndArray, Key, String, Integer, Double,
// Boolean, Null and Raw(Value).
template <class Sink, class T>
void Write(Sink& sink, const T& value);

template <class Sink, class T>
void WriteMembers(Sink& sink, const T& object) {
  const auto write_row = [&](const auto& row) {
    const auto& value = object.*(row.member);
    if (!row.rules.always && IsZero(value)) return;
    sink.Key(row.name);
    Write(sink, value);
  };
  std::apply([&](const auto&... row) { (write_row(row), ...); }, fields::FieldTable<T>::kRows);
}

template <class Sink, class T>
void Write(Sink& sink, const T& value) {
  if constexpr (fields::kIsOptional<T>) {
    Write(sink, *value);
  } else if constexpr (fields::kIsVector<T>) {
    sink.StartArray();
    for (const auto& element : value) Write(sink, element);
    sink.EndArray();
  } else if constexpr (std::is_same_v<T, std::string>) {
    sink.String(value);
  } else if constexpr (std::is_same_v<T, bool>) {
    sink.Boolean(value);
  } else if constexpr (std::is_integral_v<T>) {
    sink.Integer(value);
  } else if constexpr (std::is_same_v<T, double>) {
    sink.Double(value);
  } else if constexpr (std::is_same_v<T, Duration>) {
    sink.String(FormatDurationText(value));
  } else if constexpr (std::is_same_v<T, Time>) {
    sink.String(FormatTime(value));
  } else if constexpr (std::is_same_v<T, StringMap>) {
    sink.StartObject();
    for (const auto& [key, entry] : value) {
      sink.Key(key);
      sink.String(entry);
    }
    sink.EndObject();
  } else if constexpr (std::is_same_v<T, Value>) {
    sink.Raw(value);
  } else {
    sink.StartObject();
    WriteMembers(sink, value);
    sink.EndObject();
  }
}

// Writes a whole API object, with its apiVersion and kind.
template <class Sink, class T>
void WriteApiObject(Sink& sink, const T& object) {
  sink.StartObject();
  sink.Key("apiVersion");
  sink.String(T::kApiVersion);
  sink.Key("kind");
  sink.String(T::kKind);
  WriteMembers(sink, object);
  sink.EndObject();
}

// The same for one that is kept as its document.
template <class Sink>
void WriteApiObject(Sink& sink, const SchedulerObject& object) {
  sink.Raw(object.document);
}

}  // namespace grove::codec
