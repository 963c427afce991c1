#include "model/json_sink.h"

#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstring>

#include "model/float_text.h"

namespace grove::internal {
namespace {

// What is shorter is written again as fast as it is found.
constexpr std::size_t kShortestShared = 64;
constexpr std::size_t kIndent = 4;

constexpr std::uint64_t Repeat(unsigned char byte) { return 0x0101010101010101u * byte; }

// The high bit of each byte that is zero, of the lowest such byte exactly.
constexpr std::uint64_t ZeroBytes(std::uint64_t word) { return (word - Repeat(1)) & ~word & Repeat(0x80); }

bool NeedsEscape(char c) { return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\'; }

// Offset of the first character that JSON escapes, or text.size().
std::size_t FindEscape(std::string_view text) {
  std::size_t i = 0;
  if constexpr (std::endian::native == std::endian::little) {
    for (; i + 8 <= text.size(); i += 8) {
      std::uint64_t word = 0;
      std::memcpy(&word, text.data() + i, 8);
      const std::uint64_t control = (word - Repeat(0x20)) & ~word & Repeat(0x80);
      const std::uint64_t found = control | ZeroBytes(word ^ Repeat('"')) | ZeroBytes(word ^ Repeat('\\'));
      if (found != 0) return i + static_cast<std::size_t>(std::countr_zero(found)) / 8;
    }
  }
  while (i < text.size() && !NeedsEscape(text[i])) ++i;
  return i;
}

void AppendEscaped(char c, std::string& out) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  constexpr std::string_view kNamed = "\"\\\b\f\n\r\t";
  constexpr std::string_view kNames = "\"\\bfnrt";
  out += '\\';
  if (const std::size_t i = kNamed.find(c); i != std::string_view::npos) {
    out += kNames[i];
    return;
  }
  const auto byte = static_cast<unsigned char>(c);
  out += "u00";
  out += kHex[byte >> 4];
  out += kHex[byte & 15];
}

}  // namespace

// Every value is written with a comma behind it. The end of its array or object takes the last one back, and what is
// copied as text fits wherever it is put.

template <bool kIndented>
void JsonSink<kIndented>::StartValue() {
  if constexpr (kIndented) {
    if (!after_key_ && depth_ > 0) NewLine();
    after_key_ = false;
  }
}

template <bool kIndented>
void JsonSink<kIndented>::NewLine() {
  out_ += '\n';
  out_.append(depth_ * kIndent, ' ');
}

template <bool kIndented>
void JsonSink<kIndented>::Start(char bracket) {
  StartValue();
  out_ += bracket;
  ++depth_;
}

template <bool kIndented>
void JsonSink<kIndented>::End(char bracket) {
  --depth_;
  if (out_.back() == ',') {
    out_.pop_back();
    if constexpr (kIndented) NewLine();
  }
  out_ += bracket;
  out_ += ',';
}

template <bool kIndented>
void JsonSink<kIndented>::Literal(std::string_view text) {
  StartValue();
  out_ += text;
  out_ += ',';
}

template <bool kIndented>
void JsonSink<kIndented>::AppendString(std::string_view text) {
  out_ += '"';
  std::size_t plain = FindEscape(text);
  while (plain != text.size()) {
    out_.append(text, 0, plain);
    AppendEscaped(text[plain], out_);
    text.remove_prefix(plain + 1);
    plain = FindEscape(text);
  }
  out_ += text;
}

template <bool kIndented>
void JsonSink<kIndented>::Key(std::string_view key) {
  if constexpr (kIndented) NewLine();
  AppendString(key);
  out_ += kIndented ? "\": " : "\":";
  after_key_ = true;
}

template <bool kIndented>
void JsonSink<kIndented>::String(std::string_view text) {
  StartValue();
  AppendString(text);
  out_ += "\",";
}

template <bool kIndented>
void JsonSink<kIndented>::Integer(std::int64_t value) {
  std::array<char, 24> text;
  const char* end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
  Literal({text.data(), static_cast<std::size_t>(end - text.data())});
}

template <bool kIndented>
void JsonSink<kIndented>::Double(double value) {
  if (std::isfinite(value)) {
    Literal(FormatJsonFloat(value));
  } else {
    Null();
  }
}

template <bool kIndented>
void JsonSink<kIndented>::Write(const Node& node) {
  switch (KindOf(node)) {
    case Kind::kNull:
      return Null();
    case Kind::kBoolean:
      return Boolean(node.size != 0);
    case Kind::kNumber:
      return Literal(Text(node));
    case Kind::kString:
      return String(Text(node));
    case Kind::kArray:
    case Kind::kObject:
      break;
  }
  if (node.size == 0) return Literal(IsArray(node) ? "[]" : "{}");
  if (const auto it = spans_.find(node.data); it != spans_.end()) {
    const Span& span = it->second;
    if (span.size == node.size && (!kIndented || span.depth == depth_)) {
      StartValue();
      out_.append(out_, span.begin, span.length);
      return;
    }
  }
  StartValue();
  after_key_ = true;  // its place is prepared
  const std::size_t begin = out_.size();
  WriteContent(node);
  const std::size_t length = out_.size() - begin;
  if (length >= kShortestShared) spans_.try_emplace(node.data, Span{begin, length, node.size, depth_});
}

template <bool kIndented>
void JsonSink<kIndented>::WriteContent(const Node& node) {
  if (IsArray(node)) {
    StartArray();
    for (const Node& element : Elements(node)) Write(element);
    EndArray();
    return;
  }
  StartObject();
  for (const Member& member : Members(node)) {
    Key(Text(member.key));
    Write(member.value);
  }
  EndObject();
}

template <bool kIndented>
void JsonSink<kIndented>::Finish() {
  if (!out_.empty() && out_.back() == ',') out_.pop_back();
  if constexpr (kIndented) out_ += '\n';
}

template class JsonSink<false>;
template class JsonSink<true>;

}  // namespace grove::internal
