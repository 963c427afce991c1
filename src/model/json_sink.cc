#include "model/json_sink.h"

#include <cmath>

#include "model/float_text.h"

namespace grove::internal {
namespace {

// What is shorter is written again as fast as it is found.
constexpr std::size_t kShortestShared = 64;

}  // namespace

template <class Writer>
void JsonSink<Writer>::Double(double value) {
  if (!std::isfinite(value)) {
    Null();
    return;
  }
  const std::string text = FormatJsonFloat(value);
  writer_.RawValue(text.data(), text.size(), rapidjson::kNumberType);
}

template <class Writer>
void JsonSink<Writer>::Write(const Node& node) {
  switch (KindOf(node)) {
    case Kind::kNull:
      return Null();
    case Kind::kBoolean:
      return Boolean(node.size != 0);
    case Kind::kNumber:
      writer_.RawValue(static_cast<const char*>(node.data), node.size, rapidjson::kNumberType);
      return;
    case Kind::kString:
      return String(Text(node));
    case Kind::kArray:
    case Kind::kObject:
      break;
  }
  const rapidjson::Type type = IsArray(node) ? rapidjson::kArrayType : rapidjson::kObjectType;
  const auto it = node.size == 0 ? spans_.end() : spans_.find(node.data);
  if (it != spans_.end() && it->second.size == node.size && it->second.depth == depth_) {
    writer_.Repeat(it->second.begin, it->second.length, type);
    return;
  }
  WriteContainer(node);
}

template <class Writer>
void JsonSink<Writer>::WriteContainer(const Node& node) {
  const std::uint32_t depth = depth_;
  std::size_t begin = 0;
  if (IsArray(node)) {
    StartArray();
    begin = output_.size() - 1;  // of the bracket
    for (const Node& element : Elements(node)) Write(element);
    EndArray();
  } else {
    StartObject();
    begin = output_.size() - 1;
    for (const Member& member : Members(node)) {
      Key(Text(member.key));
      Write(member.value);
    }
    EndObject();
  }
  const std::size_t length = output_.size() - begin;
  if (length >= kShortestShared) spans_.try_emplace(node.data, Span{begin, length, node.size, depth});
}

template class JsonSink<CompactJsonWriter>;
template class JsonSink<IndentedJsonWriter>;

}  // namespace grove::internal
