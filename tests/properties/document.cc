#include "properties/document.h"

#include <cstdio>

namespace grove::properties {

using Kind = Value::Kind;

Document ToDocument(const Value& value) {
  Document document;
  document.kind = value.kind();
  document.text = value.kind() == Kind::kBoolean ? (value.boolean() ? "true" : "false") : std::string(value.text());
  if (!document.is_container()) return document;
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (value.is_object()) document.keys.emplace_back(value.key(i));
    document.values.push_back(ToDocument(value.at(i)));
  }
  return document;
}

namespace {

void AppendQuoted(std::string_view text, std::string& out) {
  out += '"';
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
  out += '"';
}

void Append(const Document& document, std::string& out) {
  switch (document.kind) {
    case Kind::kNull:
      out += "null";
      return;
    case Kind::kBoolean:
    case Kind::kNumber:
      out += document.text;
      return;
    case Kind::kString:
      AppendQuoted(document.text, out);
      return;
    case Kind::kArray:
    case Kind::kObject:
      break;
  }
  const bool is_object = document.kind == Kind::kObject;
  out += is_object ? '{' : '[';
  for (std::size_t i = 0; i < document.values.size(); ++i) {
    if (i > 0) out += ',';
    if (is_object) {
      AppendQuoted(document.keys[i], out);
      out += ':';
    }
    Append(document.values[i], out);
  }
  out += is_object ? '}' : ']';
}

}  // namespace

std::string ToJson(const Document& document) {
  std::string out;
  Append(document, out);
  return out;
}

}  // namespace grove::properties
