// A JSON document that can be changed, for mutations.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "grove/value.hpp"

namespace grove::properties {

struct Document {
  Value::Kind kind = Value::Kind::kNull;
  std::string text;               // of a string, unescaped; of a number its spelling; of a boolean "true" or "false"
  std::vector<std::string> keys;  // of an object, in step with `values`
  std::vector<Document> values;   // of an object or array

  [[nodiscard]] bool is_container() const { return kind == Value::Kind::kArray || kind == Value::Kind::kObject; }
};

[[nodiscard]] Document ToDocument(const Value& value);
[[nodiscard]] std::string ToJson(const Document& document);

}  // namespace grove::properties
