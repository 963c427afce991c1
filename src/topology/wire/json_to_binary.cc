#include <charconv>
#include <cmath>
#include <cstdint>
#include <limits>
#include <memory>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"

#include "model/field_path.h"
#include "model/json_reader.h"
#include "model/node.h"
#include "topology/text.h"
#include "topology/wire/json_mapping.h"
#include "topology/wire/message_shapes.h"

namespace grove::topology {
namespace {

using internal::Kind;
using internal::Node;
using std::string_view;

// As deep as protobuf's own readers go.
constexpr std::size_t kMaxDepth = 100;

void AppendVarint(std::uint64_t value, std::string& out) {
  while (value >= 0x80) {
    out += static_cast<char>(value | 0x80);
    value >>= 7;
  }
  out += static_cast<char>(value);
}

void AppendTag(std::uint32_t number, std::uint32_t wire_type, std::string& out) {
  AppendVarint(number << 3 | wire_type, out);
}

void AppendBytes(std::uint32_t number, string_view bytes, std::string& out) {
  AppendTag(number, 2, out);
  AppendVarint(bytes.size(), out);
  out += bytes;
}

// Whether `key` is the lowerCamelCase name or the one that the schema spells: each capital letter is `_` and a small
// one.
bool IsNamed(string_view json_name, string_view key) {
  if (key == json_name) return true;
  std::size_t at = 0;
  for (const char c : json_name) {
    if (c < 'A' || c > 'Z') {
      if (at >= key.size() || key[at++] != c) return false;
      continue;
    }
    if (at + 1 >= key.size() || key[at] != '_' || key[at + 1] != c - 'A' + 'a') return false;
    at += 2;
  }
  return at == key.size();
}

// A whole number, spelt as any JSON number may be: 10, 1e1, 10.0.
template <class Number>
bool ParseWhole(string_view text, Number& out) {
  const char* const end = text.data() + text.size();
  const auto whole = std::from_chars(text.data(), end, out);
  if (whole.ec == std::errc() && whole.ptr == end) return true;
  double real = 0;
  const auto read = std::from_chars(text.data(), end, real);
  constexpr double kExact = 9007199254740992;  // below it every whole number is a double of its own
  if (read.ec != std::errc() || read.ptr != end || std::abs(real) > kExact || std::trunc(real) != real) return false;
  if (real < static_cast<double>(std::numeric_limits<Number>::min())) return false;
  if (real > static_cast<double>(std::numeric_limits<Number>::max())) return false;
  out = static_cast<Number>(real);
  return true;
}

string_view KindWord(const Node& node) {
  constexpr string_view kWords[] = {"null", "a boolean", "a number", "a text", "a list", "an object"};
  return kWords[static_cast<std::size_t>(internal::KindOf(node))];
}

class Encoder {
 public:
  explicit Encoder(const MessageShapes& shapes) : shapes_(shapes) {}

  bool Message(const Node& node, const MessageShape& message, const FieldPath& path, std::string& out) {
    if (!internal::IsObject(node)) return Fail(path, absl::StrCat("is ", Absl(KindWord(node)), ", not an object"));
    const auto members = internal::Members(node);
    for (std::size_t i = 0; i < members.size(); ++i) {
      const FieldShape* field = FindField(message, internal::Text(members[i].key));
      if (field == nullptr) {
        return Fail(path, absl::StrCat("unknown field ", Quoted(internal::Text(members[i].key))));
      }
      // Both spellings of one name.
      for (std::size_t before = 0; before < i; ++before) {
        if (FindField(message, internal::Text(members[before].key)) != field) continue;
        return Fail(path, absl::StrCat("repeats ", Absl(shapes_.NameOf(*field))));
      }
      if (!Field(members[i].value, *field, path.Child(shapes_.NameOf(*field)), out)) return false;
    }
    return true;
  }

  [[nodiscard]] std::optional<WireError>& error() { return error_; }

 private:
  static absl::string_view Absl(string_view text) { return {text.data(), text.size()}; }

  bool Fail(const FieldPath& path, std::string message) {
    error_ = WireError{path.ToString(), std::move(message), false};
    return false;
  }

  [[nodiscard]] const FieldShape* FindField(const MessageShape& message, string_view key) const {
    for (const FieldShape& field : shapes_.FieldsOf(message)) {
      if (IsNamed(shapes_.NameOf(field), key)) return &field;
    }
    return nullptr;
  }

  bool Field(const Node& node, const FieldShape& field, const FieldPath& path, std::string& out) {
    if (internal::IsNull(node)) return true;
    if (field.label == FieldLabel::kSingle) return Single(node, field, path, out);
    if (field.label == FieldLabel::kMap) return Map(node, field, path, out);
    if (!internal::IsArray(node)) return Fail(path, absl::StrCat("is ", Absl(KindWord(node)), ", not a list"));
    // Numbers as well each with a tag: protobuf reads both forms, whichever it would write.
    const auto elements = internal::Elements(node);
    for (std::size_t i = 0; i < elements.size(); ++i) {
      if (internal::IsNull(elements[i])) return Fail(path.Index(i), "is null");
      if (!Single(elements[i], field, path.Index(i), out)) return false;
    }
    return true;
  }

  // An entry is a message of its own: the key is field 1, the value field 2.
  bool Map(const Node& node, const FieldShape& field, const FieldPath& path, std::string& out) {
    if (!internal::IsObject(node)) return Fail(path, absl::StrCat("is ", Absl(KindWord(node)), ", not an object"));
    const FieldShape& value = shapes_.FieldsOf(shapes_.messages[field.type])[1];
    std::string entry;
    for (const internal::Member& member : internal::Members(node)) {
      const string_view key = internal::Text(member.key);
      entry.clear();
      AppendBytes(1, key, entry);
      if (!Single(member.value, value, path, entry)) {
        error_->field = absl::StrCat(path.ToString(), "[", Quoted(key), "]");
        return false;
      }
      AppendBytes(field.number, entry, out);
    }
    return true;
  }

  bool Single(const Node& node, const FieldShape& field, const FieldPath& path, std::string& out) {
    switch (field.kind) {
      case FieldKind::kMessage: {
        std::string bytes;
        if (!Message(node, shapes_.messages[field.type], path, bytes)) return false;
        AppendBytes(field.number, bytes, out);
        return true;
      }
      case FieldKind::kString:
        if (!internal::IsString(node)) return Fail(path, absl::StrCat("is ", Absl(KindWord(node)), ", not a text"));
        AppendBytes(field.number, internal::Text(node), out);
        return true;
      case FieldKind::kBool:
        if (internal::KindOf(node) != Kind::kBoolean) {
          return Fail(path, absl::StrCat("is ", Absl(KindWord(node)), ", not true or false"));
        }
        AppendTag(field.number, 0, out);
        AppendVarint(node.size, out);
        return true;
      case FieldKind::kEnum:
        return Enum(node, field, path, out);
      case FieldKind::kInt32:
        return Number<std::int32_t>(node, field, path, "a 32-bit whole number", out);
      case FieldKind::kInt64:
        return Number<std::int64_t>(node, field, path, "a 64-bit whole number", out);
      case FieldKind::kUint32:
        return Number<std::uint32_t>(node, field, path, "a 32-bit whole number without sign", out);
      case FieldKind::kUint64:
        return Number<std::uint64_t>(node, field, path, "a 64-bit whole number without sign", out);
    }
    return false;
  }

  template <class Integer>
  bool Number(const Node& node, const FieldShape& field, const FieldPath& path, string_view what, std::string& out) {
    Integer value = 0;
    // The text of what is neither a number nor a text is empty.
    if (!ParseWhole(internal::Text(node), value)) {
      const bool has_text = internal::IsNumber(node) || internal::IsString(node);
      const std::string found = has_text ? Quoted(internal::Text(node)) : std::string(KindWord(node));
      return Fail(path, absl::StrCat("is ", found, ", not ", Absl(what)));
    }
    AppendTag(field.number, 0, out);
    AppendVarint(static_cast<std::uint64_t>(static_cast<std::int64_t>(value)), out);
    return true;
  }

  bool Enum(const Node& node, const FieldShape& field, const FieldPath& path, std::string& out) {
    if (internal::IsNumber(node)) return Number<std::int32_t>(node, field, path, "the number of a value", out);
    for (const EnumValueShape& value : shapes_.ValuesOf(field)) {
      if (!internal::IsString(node) || shapes_.NameOf(value) != internal::Text(node)) continue;
      AppendTag(field.number, 0, out);
      AppendVarint(static_cast<std::uint64_t>(std::int64_t{value.number}), out);
      return true;
    }
    const std::string found = internal::IsString(node) ? Quoted(internal::Text(node)) : std::string(KindWord(node));
    return Fail(path, absl::StrCat("is ", found, ", which is no value of it"));
  }

  const MessageShapes& shapes_;
  std::optional<WireError> error_;
};

// "line 3, column 7: ..." of a text that is no JSON.
WireError ErrorAt(string_view json, const internal::TextError& error) {
  const string_view before = json.substr(0, error.offset);
  std::size_t line = 1;
  std::size_t line_start = 0;
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (before[i] != '\n') continue;
    ++line;
    line_start = i + 1;
  }
  return {"", absl::StrCat("line ", line, ", column ", before.size() - line_start + 1, ": ", error.message),
          error.limit};
}

}  // namespace

std::optional<WireError> JsonToBinary(string_view json, string_view message, std::string& binary) {
  const MessageShapes& shapes = PlacementShapes();
  Limits limits;
  limits.max_input_bytes = Limits::kLargestInputBytes;
  limits.max_depth = kMaxDepth;
  internal::Storage storage;
  const internal::ReadResult read = internal::ReadJson(json, limits, storage);
  if (read.error != nullptr) return ErrorAt(json, *read.error);
  Encoder encoder(shapes);
  for (const MessageShape& shape : shapes.messages) {
    if (shapes.NameOf(shape) != message) continue;
    const FieldPath root;
    if (!encoder.Message(read.root, shape, root, binary)) return std::move(encoder.error());
    return std::nullopt;
  }
  return WireError{"", absl::StrCat("the schema has no message ", absl::string_view(message.data(), message.size())),
                   false};
}

}  // namespace grove::topology
