// Results as JSON: the sink that the library writes documents with, and the shorthands that reports need.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "grove/manifest.hpp"
#include "grove/value.hpp"

#include "model/node_sink.h"

namespace grove::capi {

using Json = internal::NodeSink;

inline void AddText(Json& json, std::string_view key, std::string_view text) {
  json.Key(key);
  json.String(text);
}

// Left out if it is empty.
inline void AddTextIfAny(Json& json, std::string_view key, std::string_view text) {
  if (!text.empty()) AddText(json, key, text);
}

inline void AddNumber(Json& json, std::string_view key, std::int64_t number) {
  json.Key(key);
  json.Integer(number);
}

inline void AddBoolean(Json& json, std::string_view key, bool value) {
  json.Key(key);
  json.Boolean(value);
}

// A list of what `write(item)` writes.
template <class Items, class Write>
void AddList(Json& json, std::string_view key, const Items& items, const Write& write) {
  json.Key(key);
  json.StartArray();
  for (const auto& item : items) write(item);
  json.EndArray();
}

// A list of what `write(item)` writes as the members of an object.
template <class Items, class Write>
void AddObjects(Json& json, std::string_view key, const Items& items, const Write& write) {
  AddList(json, key, items, [&](const auto& item) {
    json.StartObject();
    write(item);
    json.EndObject();
  });
}

}  // namespace grove::capi
