#include "model/admission/typed_form.h"

#include <limits>
#include <string>

#include "model/admission/structural_defaults.h"
#include "model/codec.h"
#include "model/duration.h"
#include "model/quantity.h"

namespace grove::admission {

using internal::Elements;
using internal::IsArray;
using internal::IsNull;
using internal::IsNumber;
using internal::IsObject;
using internal::IsString;
using internal::Kind;
using internal::Member;
using internal::Members;
using internal::Node;
using internal::Text;
using schema::Field;
using schema::Shape;
using schema::Type;

Node TypedForm::Fail(const Node& value, const FieldPath& path, std::string_view expected) {
  if (!error_.has_value()) error_ = DecodeError{path.ToString(), value, std::string(expected)};
  return value;
}

Node TypedForm::Rewrite(const Node& value, const Type& type, const FieldPath& path) {
  if (error_.has_value()) return value;
  switch (type.shape) {
    case Shape::kAny:
      return value;
    case Shape::kObject:
      return IsObject(value) ? RewriteObject(value, type, path) : Fail(value, path, "an object");
    case Shape::kList:
      return IsArray(value) ? RewriteList(value, *type.element, path) : Fail(value, path, "a list");
    case Shape::kMap:
      return IsObject(value) ? RewriteMap(value, *type.element, path) : Fail(value, path, "an object");
    default:
      return RewriteScalar(value, type, path);
  }
}

Node TypedForm::RewriteScalar(const Node& value, const Type& type, const FieldPath& path) {
  switch (type.shape) {
    case Shape::kString:
      return IsString(value) ? value : Fail(value, path, "a string");
    case Shape::kBoolean:
      return internal::KindOf(value) == Kind::kBoolean ? value : Fail(value, path, "true or false");
    case Shape::kInt32:
      return RewriteInteger(value, /*is_32_bit=*/true, path);
    case Shape::kInt64:
      return RewriteInteger(value, /*is_32_bit=*/false, path);
    case Shape::kDouble:
      return IsNumber(value) ? value : Fail(value, path, "a number");
    case Shape::kQuantity:
      return RewriteQuantity(value, path);
    case Shape::kIntOrString:
      return IsString(value) ? value : RewriteInteger(value, /*is_32_bit=*/true, path);
    case Shape::kDuration: {
      const auto nanoseconds = IsString(value) ? ParseDuration(Text(value)) : std::nullopt;
      if (!nanoseconds.has_value()) return Fail(value, path, "a duration such as 90s or 4h30m");
      const std::string canonical = FormatDuration(*nanoseconds);
      return canonical == Text(value) ? value : internal::StringNode(storage_.Copy(canonical), value.offset);
    }
    case Shape::kTime:
      if (!IsString(value) || !codec::ParseTime(Text(value)).has_value()) {
        return Fail(value, path, "a time such as 2026-01-31T12:00:00Z");
      }
      return value;
    default:
      return value;
  }
}

Node TypedForm::RewriteInteger(const Node& value, bool is_32_bit, const FieldPath& path) {
  const std::string_view expected = is_32_bit ? "an integer of 32 bits" : "an integer of 64 bits";
  if (!IsNumber(value)) return Fail(value, path, expected);
  const std::optional<std::int64_t> number = codec::ParseInteger(Text(value));
  if (!number.has_value() || (is_32_bit && !std::in_range<std::int32_t>(*number))) return Fail(value, path, expected);
  // Digits alone are canonical; JSON allows no leading zeros, and `-0` is the only other spelling of an integer.
  const bool is_plain = Text(value).find_first_not_of("0123456789-") == std::string_view::npos && Text(value) != "-0";
  return is_plain ? value : internal::NumberNode(storage_.Copy(std::to_string(*number)), value.offset);
}

Node TypedForm::RewriteQuantity(const Node& value, const FieldPath& path) {
  if (!IsString(value) && !IsNumber(value)) return Fail(value, path, "a quantity such as 500m or 8Gi");
  const std::string_view text = Text(value);
  if (IsCanonicalQuantity(text)) return IsString(value) ? value : internal::StringNode(text, value.offset);
  const std::optional<Quantity> quantity = Quantity::Parse(text);
  if (!quantity.has_value()) return Fail(value, path, "a quantity such as 500m or 8Gi");
  return internal::StringNode(storage_.Copy(quantity->Canonical()), value.offset);
}

Node TypedForm::RewriteList(const Node& list, const Type& element, const FieldPath& path) {
  const std::size_t first = elements_.size();
  bool changed = false;
  for (std::size_t i = 0; i < Elements(list).size(); ++i) {
    const Node& before = Elements(list)[i];
    const Node after = IsNull(before) ? Zero(element) : Rewrite(before, element, path.Index(i));
    changed = changed || !SameNode(before, after);
    elements_.push_back(after);
  }
  const Node result =
      changed ? storage_.MakeArray({elements_.data() + first, elements_.size() - first}, list.offset) : list;
  elements_.resize(first);
  return result;
}

Node TypedForm::RewriteMap(const Node& map, const Type& element, const FieldPath& path) {
  const std::size_t first = scratch_.size();
  bool changed = false;
  for (const Member& member : Members(map)) {
    const Node value = Rewrite(member.value, element, path.Child(Text(member.key)));
    changed = changed || !SameNode(value, member.value);
    scratch_.push_back({member.key, value});
  }
  const Node result =
      changed ? storage_.MakeObject({scratch_.data() + first, scratch_.size() - first}, map.offset) : map;
  scratch_.resize(first);
  return result;
}

Node TypedForm::RewriteObject(const Node& object, const Type& type, const FieldPath& path) {
  const std::size_t first = scratch_.size();
  std::uint64_t seen = 0;
  bool changed = false;
  for (const Member& member : Members(object)) {
    const Field* field = schema::FindField(type, Text(member.key));
    if (field == nullptr) {  // apiVersion and kind
      scratch_.push_back(member);
      continue;
    }
    seen |= FieldBit(type, *field);
    const Node value = Rewrite(member.value, *field->type, path.Child(field->name));
    changed = changed || !SameNode(value, member.value);
    scratch_.push_back({member.key, value});
  }
  const std::uint64_t missing = type.masks.always & ~seen;
  schema::ForEachField(type, missing, [&](const Field& field) {
    const Node absent = AbsentValue(field);
    scratch_.push_back({internal::StringNode(field.name), absent});
  });
  changed = changed || missing != 0;
  const Node result =
      changed ? storage_.MakeObject({scratch_.data() + first, scratch_.size() - first}, object.offset) : object;
  scratch_.resize(first);
  return result;
}

Node TypedForm::AbsentValue(const Field& field) {
  // Stage 5 runs the structural defaults again, over a null too (spec 02 §1).
  if (!field.constraints->default_json.empty()) return DefaultNode(field.constraints->default_json);
  return field.nil_when_absent ? Node{} : Zero(*field.type);
}

Node TypedForm::Zero(const Type& type) {
  switch (type.shape) {
    case Shape::kString:
    case Shape::kTime:
      return internal::StringNode("");
    case Shape::kBoolean:
      return internal::BooleanNode(false);
    case Shape::kInt32:
    case Shape::kInt64:
    case Shape::kDouble:
    case Shape::kIntOrString:
      return internal::NumberNode("0");
    case Shape::kQuantity:
      return internal::StringNode("0");
    case Shape::kDuration:
      return internal::StringNode("0s");
    case Shape::kList:
      return internal::EmptyArray();
    case Shape::kMap:
      return internal::EmptyObject();
    case Shape::kAny:
      return {};
    case Shape::kObject:
      break;
  }
  const std::size_t first = scratch_.size();
  schema::ForEachField(type, type.masks.always | type.masks.with_default, [&](const Field& field) {
    const Node value = AbsentValue(field);
    scratch_.push_back({internal::StringNode(field.name), value});
  });
  const Node result = storage_.MakeObject({scratch_.data() + first, scratch_.size() - first});
  scratch_.resize(first);
  return result;
}

}  // namespace grove::admission
