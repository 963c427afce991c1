// Answers are JSON text, put together member by member.
#pragma once

#include <cstdio>
#include <string>
#include <string_view>

#include "grove/value.hpp"

namespace grove {

inline std::string Quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (static_cast<unsigned char>(c) < 0x20) {
      char escape[8];
      std::snprintf(escape, sizeof escape, "\\u%04x", c);
      out += escape;
    } else {
      out += c;
    }
  }
  return out + '"';
}

class Object {
 public:
  void Add(std::string_view key, std::string_view json) {
    if (text_.size() > 1) text_ += ',';
    text_ += Quoted(key);
    text_ += ':';
    text_ += json;
  }
  [[nodiscard]] std::string Finish() const { return text_ + '}'; }

 private:
  std::string text_ = "{";
};

template <class Range, class Function>
std::string List(const Range& range, Function&& to_json) {
  std::string out = "[";
  for (const auto& item : range) {
    if (out.size() > 1) out += ',';
    out += to_json(item);
  }
  return out + ']';
}

inline std::string_view Boolean(bool value) { return value ? "true" : "false"; }

inline Value Member(const Value& object, std::string_view key) { return object.Find(key).value_or(Value()); }

inline std::string Text(const Value& object, std::string_view key) { return std::string(Member(object, key).text()); }

}  // namespace grove
