// Sink of codec::Write that makes JSON text, compact or indented by four blanks.
//
// An array or object that occurs again (what the pods of one clique have in common) is not walked again but repeated as
// text. Nothing that is written may be freed before the sink.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/container/flat_hash_map.h"

#include "grove/value.hpp"

#include "model/json_writer.h"
#include "model/node.h"

namespace grove::internal {

template <class Writer>
class JsonSink {
 public:
  // Appends to `out`, which holds the text once Finish was called.
  explicit JsonSink(std::string& out) : output_(out), writer_(output_) {}

  void StartObject() {
    ++depth_;
    writer_.StartObject();
  }
  void EndObject() {
    --depth_;
    writer_.EndObject();
  }
  void StartArray() {
    ++depth_;
    writer_.StartArray();
  }
  void EndArray() {
    --depth_;
    writer_.EndArray();
  }
  // RapidJSON refuses a null pointer even for an empty text.
  void Key(std::string_view key) { writer_.Key(key.empty() ? "" : key.data(), Length(key)); }
  void String(std::string_view text) { writer_.String(text.empty() ? "" : text.data(), Length(text)); }
  void Integer(std::int64_t value) { writer_.Int64(value); }
  // Null for what is not finite.
  void Double(double value);
  void Boolean(bool value) { writer_.Bool(value); }
  void Null() { writer_.Null(); }
  void Raw(const Value& value) { Write(value.node()); }

  // Recursion is bounded by the depth limit of the readers.
  void Write(const Node& node);

  // Ends the text; call once, after everything.
  void Finish() { output_.Flush(); }

 private:
  // Where the text of an array or object stands.
  struct Span {
    std::size_t begin = 0;
    std::size_t length = 0;
    std::uint32_t size = 0;   // elements or members
    std::uint32_t depth = 0;  // only there the text has this indentation
  };

  static rapidjson::SizeType Length(std::string_view text) { return static_cast<rapidjson::SizeType>(text.size()); }
  void WriteContainer(const Node& node);

  StringOutput output_;
  Writer writer_;
  std::uint32_t depth_ = 0;
  absl::flat_hash_map<const void*, Span> spans_;  // by the data of the node; only looked up, never walked
};

using CompactJsonSink = JsonSink<CompactJsonWriter>;
using IndentedJsonSink = JsonSink<IndentedJsonWriter>;

extern template class JsonSink<CompactJsonWriter>;
extern template class JsonSink<IndentedJsonWriter>;

}  // namespace grove::internal
