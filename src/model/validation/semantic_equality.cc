#include "model/validation/semantic_equality.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>

#include "model/codec.h"
#include "model/quantity.h"

namespace grove::validation {

using internal::Elements;
using internal::Find;
using internal::Member;
using internal::Members;
using internal::Node;
using internal::Text;
using schema::Field;
using schema::Presence;
using schema::Shape;
using schema::Type;

namespace {

double ParseDouble(std::string_view text) {
  double value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

// Equality of what `parse` makes of two texts; `zero` stands for none. Texts that do not parse go by their characters.
template <class Parse>
bool SameParsed(const Node& a, const Node& b, std::string_view zero, Parse parse) {
  const auto text_of = [&](const Node& node) { return Text(node).empty() ? zero : Text(node); };
  const std::string_view text_a = text_of(a);
  const std::string_view text_b = text_of(b);
  if (text_a == text_b) return true;
  const auto value_a = parse(text_a);
  const auto value_b = parse(text_b);
  return value_a.has_value() && value_b.has_value() && *value_a == *value_b;
}

bool SameMap(const Node& a, const Node& b, const Type& element) {
  if (Members(a).size() != Members(b).size()) return false;
  return std::ranges::all_of(Members(a), [&](const Member& member) {
    const Node* other = Find(b, Text(member.key));
    return other != nullptr && SameContent(&member.value, other, element);
  });
}

bool SameList(const Node& a, const Node& b, const Type& element) {
  return std::ranges::equal(Elements(a), Elements(b),
                            [&](const Node& x, const Node& y) { return SameContent(&x, &y, element); });
}

bool IsPresent(const Node* node) { return node != nullptr && !internal::IsNull(*node); }

bool IsScalar(const Type& type) { return type.shape != Shape::kList && type.shape != Shape::kMap; }

bool SameObject(const Node& a, const Node& b, const Type& type) {
  return std::ranges::all_of(type.fields, [&](const Field& field) {
    const Node* value_a = Find(a, field.name);
    const Node* value_b = Find(b, field.name);
    // Lists and maps that are nil equal empty ones whatever the presence class.
    if (field.presence == Presence::kTracked && IsScalar(*field.type) && IsPresent(value_a) != IsPresent(value_b)) {
      return false;
    }
    return SameContent(value_a, value_b, *field.type);
  });
}

}  // namespace

bool SameContent(const Node* node_a, const Node* node_b, const Type& type) {
  const Node a = node_a == nullptr ? Node{} : *node_a;
  const Node b = node_b == nullptr ? Node{} : *node_b;
  if (internal::NodesEqual(a, b)) return true;
  switch (type.shape) {
    case Shape::kString:
      return Text(a) == Text(b);
    case Shape::kBoolean:
      return (internal::KindOf(a) == internal::Kind::kBoolean && a.size != 0) ==
             (internal::KindOf(b) == internal::Kind::kBoolean && b.size != 0);
    case Shape::kInt32:
    case Shape::kInt64:
      return SameParsed(a, b, "0", codec::ParseInteger);
    case Shape::kDouble:
      return SameParsed(a, b, "0", [](std::string_view text) { return std::optional(ParseDouble(text)); });
    case Shape::kQuantity:
      return SameParsed(a, b, "0", Quantity::Parse);
    case Shape::kIntOrString:
      if (internal::IsString(a) || internal::IsString(b)) return false;
      return SameParsed(a, b, "0", codec::ParseInteger);
    case Shape::kDuration:
      return SameParsed(a, b, "0s", codec::ParseDurationText);
    case Shape::kTime:
      return SameParsed(a, b, "", codec::ParseTime);
    case Shape::kObject:
      return SameObject(a, b, type);
    case Shape::kList:
      return SameList(a, b, *type.element);
    case Shape::kMap:
      return SameMap(a, b, *type.element);
    case Shape::kAny:
      return false;
  }
  return false;
}

}  // namespace grove::validation
