// Sink of codec::Write that makes YAML in block style, as `kubectl` prints it: two blanks of indentation, sequences not
// indented under their key, strings quoted where some reader of YAML 1.1 would take them for something else.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "grove/value.hpp"

#include "model/node.h"

namespace grove::internal {

// Whether the library was built with YAML. Without it a YamlSink writes nothing.
[[nodiscard]] bool HasYaml();

class YamlSink {
 public:
  // Appends to `out`, which must outlive the sink. The text is complete once the sink is destroyed.
  explicit YamlSink(std::string& out);
  ~YamlSink();
  YamlSink(const YamlSink&) = delete;
  YamlSink& operator=(const YamlSink&) = delete;

  // Every value stands in a document; `---` separates documents.
  void StartDocument();
  void EndDocument();

  void StartObject();
  void EndObject();
  void StartArray();
  void EndArray();
  void Key(std::string_view key) { String(key); }
  void String(std::string_view text);
  void Integer(std::int64_t value) { Plain(std::to_string(value)); }
  // Null for what is not finite.
  void Double(double value);
  void Boolean(bool value) { Plain(value ? "true" : "false"); }
  void Null() { Plain("null"); }
  void Raw(const Value& value) { Write(value.node()); }

  // Recursion is bounded by the depth limit of the readers.
  void Write(const Node& node);

 private:
  struct Emitter;

  void Plain(std::string_view text);
  void Number(std::string_view text);

  Emitter* emitter_ = nullptr;
};

}  // namespace grove::internal
