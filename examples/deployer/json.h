// Values made by a program. A grove::Value is immutable: a new one is written as JSON text, and an old one changed by a
// merge patch.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "grove/diff.hpp"
#include "grove/value.hpp"

namespace deployer {

inline std::string Quote(std::string_view text) {
  constexpr std::string_view kHexDigits = "0123456789abcdef";
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      (out += '\\') += c;
    } else if (byte < 0x20) {
      ((out += "\\u00") += kHexDigits[byte >> 4]) += kHexDigits[byte & 15];
    } else {
      out += c;
    }
  }
  return out += '"';
}

// Members with JSON texts.
using Members = std::vector<std::pair<std::string, std::string>>;

inline std::string Object(const Members& members) {
  std::string out = "{";
  for (const auto& [key, json] : members) {
    if (out.size() > 1) out += ',';
    ((out += Quote(key)) += ':') += json;
  }
  return out += '}';
}

inline std::string Array(const std::vector<std::string>& elements) {
  std::string out = "[";
  for (const std::string& json : elements) {
    if (out.size() > 1) out += ',';
    out += json;
  }
  return out += ']';
}

// The elements of a list as JSON texts; none for anything else.
inline std::vector<std::string> Elements(const std::optional<grove::Value>& list) {
  std::vector<std::string> out;
  if (!list.has_value() || !list->is_array()) return out;
  for (std::size_t i = 0; i < list->size(); ++i) out.push_back(list->at(i).ToJson());
  return out;
}

// `object` with `members` set.
inline grove::Value With(const grove::Value& object, const Members& members) {
  return grove::ApplyMergePatch(object, grove::Value::FromJson(Object(members)));
}

}  // namespace deployer
