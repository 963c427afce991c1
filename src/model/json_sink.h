// Sink of codec::Write that makes JSON text, compact or indented by four blanks.
//
// RapidJSON's writers know nothing of shared content: here an array or object that occurs again (what pods of one
// clique have in common) is not walked again but copied as text. Nothing that is written may be freed before the sink.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/container/flat_hash_map.h"

#include "grove/value.hpp"

#include "model/node.h"

namespace grove::internal {

template <bool kIndented>
class JsonSink {
 public:
  // Appends to `out`.
  explicit JsonSink(std::string& out) : out_(out) {}

  void StartObject() { Start('{'); }
  void EndObject() { End('}'); }
  void StartArray() { Start('['); }
  void EndArray() { End(']'); }
  void Key(std::string_view key);
  void String(std::string_view text);
  void Integer(std::int64_t value);
  // Null for what is not finite.
  void Double(double value);
  void Boolean(bool value) { Literal(value ? "true" : "false"); }
  void Null() { Literal("null"); }
  void Raw(const Value& value) { Write(value.node()); }

  // Recursion is bounded by the depth limit of the readers.
  void Write(const Node& node);

  // Ends the text; call once, after everything.
  void Finish();

 private:
  // Where the text of an array or object stands.
  struct Span {
    std::size_t begin = 0;
    std::size_t length = 0;
    std::uint32_t size = 0;   // elements or members
    std::uint32_t depth = 0;  // only there the text has this indentation
  };

  void Start(char bracket);
  void End(char bracket);
  void Literal(std::string_view text);
  void AppendString(std::string_view text);
  void WriteContent(const Node& node);
  void StartValue();
  void NewLine();

  std::string& out_;
  std::uint32_t depth_ = 0;
  bool after_key_ = false;
  absl::flat_hash_map<const void*, Span> spans_;  // by the data of the node; only looked up, never walked
};

using CompactJsonSink = JsonSink<false>;
using IndentedJsonSink = JsonSink<true>;

extern template class JsonSink<false>;
extern template class JsonSink<true>;

}  // namespace grove::internal
