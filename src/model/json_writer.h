// JSON text of nodes and typed objects. Members keep their order, numbers their spelling.
#pragma once

#include <cstring>
#include <string>

#include "rapidjson/prettywriter.h"
#include "rapidjson/writer.h"

#include "model/node.h"

namespace grove::internal {

// RapidJSON output stream that appends to a string.
class StringOutput {
 public:
  using Ch = char;
  explicit StringOutput(std::string& out) : out_(out) {}
  void Put(char c) { out_.push_back(c); }
  void Flush() {}
  void Append(const char* data, std::size_t size) { out_.append(data, size); }
  [[nodiscard]] std::string& text() { return out_; }

 private:
  std::string& out_;
};

using CompactJsonWriter = rapidjson::Writer<StringOutput>;
using PrettyJsonWriter = rapidjson::PrettyWriter<StringOutput>;

template <class Writer>
void WriteString(Writer& writer, std::string_view text) {
  // RapidJSON refuses a null pointer even for an empty string.
  writer.String(text.empty() ? "" : text.data(), static_cast<rapidjson::SizeType>(text.size()));
}

template <class Writer>
void WriteKey(Writer& writer, std::string_view text) {
  writer.Key(text.empty() ? "" : text.data(), static_cast<rapidjson::SizeType>(text.size()));
}

// Recursion is bounded by the depth limit of the readers.
template <class Writer>
void WriteNode(Writer& writer, const Node& node) {
  switch (KindOf(node)) {
    case Kind::kNull:
      writer.Null();
      break;
    case Kind::kBoolean:
      writer.Bool(node.size != 0);
      break;
    case Kind::kNumber:
      writer.RawValue(static_cast<const char*>(node.data), node.size, rapidjson::kNumberType);
      break;
    case Kind::kString:
      WriteString(writer, Text(node));
      break;
    case Kind::kArray:
      writer.StartArray();
      for (const Node& element : Elements(node)) WriteNode(writer, element);
      writer.EndArray();
      break;
    case Kind::kObject:
      writer.StartObject();
      for (const Member& member : Members(node)) {
        WriteKey(writer, Text(member.key));
        WriteNode(writer, member.value);
      }
      writer.EndObject();
      break;
  }
}

// Compact JSON of `node`, appended to `out`.
void AppendJson(const Node& node, std::string& out);

}  // namespace grove::internal
