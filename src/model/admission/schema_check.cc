#include "model/admission/schema_check.h"

#include <algorithm>
#include <charconv>

#include "model/admission/element_identity.h"
#include "model/admission/structural_defaults.h"
#include "model/codec.h"
#include "model/kubernetes/kubernetes_schema.h"
#include "model/names.h"
#include "model/stable_sort.h"

namespace grove::admission {

using internal::Elements;
using internal::Find;
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
using schema::ListKind;
using schema::Pattern;
using schema::Shape;
using schema::Type;

namespace {

std::string_view JsonTypeName(const Node& value) {
  constexpr std::string_view kNames[] = {"null", "boolean", "number", "string", "array", "object"};
  if (IsNumber(value) && codec::ParseInteger(Text(value)).has_value()) return "integer";
  return kNames[static_cast<std::size_t>(internal::KindOf(value))];
}

bool HasShape(const Node& value, const Type& type) {
  switch (type.shape) {
    case Shape::kString:
    case Shape::kDuration:
    case Shape::kTime:
      return IsString(value);
    case Shape::kBoolean:
      return internal::KindOf(value) == Kind::kBoolean;
    case Shape::kInt32:
    case Shape::kInt64:
      return IsNumber(value) && codec::ParseInteger(Text(value)).has_value();
    case Shape::kDouble:
      return IsNumber(value);
    case Shape::kQuantity:
    case Shape::kIntOrString:
      return IsString(value) || (IsNumber(value) && codec::ParseInteger(Text(value)).has_value());
    case Shape::kObject:
    case Shape::kMap:
      return IsObject(value);
    case Shape::kList:
      return internal::IsArray(value);
    case Shape::kAny:
      return type.name.empty() || IsObject(value);  // named free content is still an object
  }
  return true;
}

std::string_view ShapeName(const Type& type) {
  switch (type.shape) {
    case Shape::kBoolean:
      return "a boolean";
    case Shape::kInt32:
    case Shape::kInt64:
      return "an integer";
    case Shape::kDouble:
      return "a number";
    case Shape::kQuantity:
    case Shape::kIntOrString:
      return "an integer or a string";
    case Shape::kObject:
    case Shape::kMap:
    case Shape::kAny:
      return "an object";
    case Shape::kList:
      return "a list";
    default:
      return "a string";
  }
}

std::size_t CodePoints(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

bool Matches(Pattern pattern, std::string_view text) {
  switch (pattern) {
    case Pattern::kNone:
      return true;
    case Pattern::kTopologyDomain:
      return IsTopologyDomain(text);
    case Pattern::kTopologyLevelKey:
      return IsTopologyLevelKey(text);
    case Pattern::kConditionType:
      return IsConditionType(text);
    case Pattern::kConditionReason:
      return IsConditionReason(text);
    case Pattern::kQuantity:
      return IsQuantityText(text);
  }
  return true;
}

std::string Joined(std::span<const std::string_view> texts) {
  std::string out;
  for (const std::string_view text : texts) {
    if (!out.empty()) out += ", ";
    out += '"';
    out += text;
    out += '"';
  }
  return out;
}

class Checker {
 public:
  Checker(const std::shared_ptr<const internal::Storage>& storage, Findings& structure, Findings& duplicates)
      : storage_(storage), structure_(structure), duplicates_(duplicates) {}

  // `old` is the value that stood in the place of `object` before the update, or null.
  void CheckObject(const Node& object, const Node* old, const Type& type, const FieldPath& path) {
    std::uint64_t seen = 0;
    for (const Member& member : Members(object)) {
      const Field* field = schema::FindField(type, Text(member.key));
      if (field == nullptr) continue;
      seen |= FieldBit(type, *field);
      if (field->type == &schema::kubernetes::kObjectMeta) continue;
      CheckField(member.value, FindIn(old, field->name), *field, path.Child(field->name));
    }
    schema::ForEachField(type, type.masks.required & ~seen, [&](const Field& field) {
      structure_.Add(ErrorType::kRequired, path.Child(field.name), "V-031", "must be set");
    });
  }

 private:
  static const Node* FindIn(const Node* object, std::string_view key) {
    return object == nullptr ? nullptr : Find(*object, key);
  }

  void CheckField(const Node& value, const Node* old, const Field& field, const FieldPath& path) {
    if (IsUnchanged(value, old)) return;
    const bool has_shape = CheckShape(value, *field.type, path);
    if (!field.constraints->enum_values.empty()) CheckEnum(value, field, path);
    if (!has_shape) return;
    if (IsString(value)) CheckText(value, field, path);
    if (field.constraints->minimum != std::numeric_limits<std::int64_t>::min()) CheckMinimum(value, field, path);
    if (field.constraints->min_items > Elements(value).size() && internal::IsArray(value)) {
      structure_.Add(ErrorType::kInvalid, path, static_cast<std::int64_t>(Elements(value).size()), "V-033c",
                     "should have at least " + std::to_string(field.constraints->min_items) + " items");
    }
    if (internal::IsArray(value) && field.constraints->list_kind != ListKind::kAtomic) CheckUnique(value, field, path);
    if (field.constraints->list_kind == ListKind::kMap && old != nullptr) {
      CheckKeyedElements(value, *old, field, path);
    } else {
      CheckContent(value, old, *field.type, path);
    }
  }

  // V-032. Nothing below a value of another type is looked at.
  bool CheckShape(const Node& value, const Type& type, const FieldPath& path) {
    if (HasShape(value, type)) return true;
    structure_.Add(ErrorType::kTypeInvalid, path, JsonTypeName(value), "V-032",
                   "must be " + std::string(ShapeName(type)));
    return false;
  }

  void CheckContent(const Node& value, const Node* old, const Type& type, const FieldPath& path) {
    switch (type.shape) {
      case Shape::kObject:
        CheckObject(value, old, type, path);
        break;
      case Shape::kList:
        for (std::size_t i = 0; i < Elements(value).size(); ++i) {
          CheckElement(Elements(value)[i], nullptr, *type.element, path.Index(i));
        }
        break;
      case Shape::kMap:
        for (const Member& member : Members(value)) {
          const std::string_view key = Text(member.key);
          CheckElement(member.value, FindIn(old, key), *type.element, path.Child(key));
        }
        break;
      case Shape::kQuantity:
        if (IsString(value)) CheckPattern(value, Pattern::kQuantity, path);
        break;
      default:
        break;
    }
  }

  void CheckKeyedElements(const Node& list, const Node& old, const Field& field, const FieldPath& path) {
    const OldElements old_elements(old, field);
    for (std::size_t i = 0; i < Elements(list).size(); ++i) {
      const Node& element = Elements(list)[i];
      CheckElement(element, old_elements.Find(element), *field.type->element, path.Index(i));
    }
  }

  void CheckElement(const Node& value, const Node* old, const Type& type, const FieldPath& path) {
    if (IsUnchanged(value, old)) return;
    if (CheckShape(value, type, path)) CheckContent(value, old, type, path);
  }

  // V-033.
  void CheckEnum(const Node& value, const Field& field, const FieldPath& path) {
    if (IsString(value) &&
        std::ranges::find(field.constraints->enum_values, Text(value)) != field.constraints->enum_values.end())
      return;
    structure_.Add(ErrorType::kNotSupported, path, Value(value, storage_), "V-033",
                   "supported values: " + Joined(field.constraints->enum_values));
    if (IsString(value)) structure_.SuggestFrom(field.constraints->enum_values, Text(value));
  }

  void CheckText(const Node& value, const Field& field, const FieldPath& path) {
    const std::string_view text = Text(value);
    if (field.constraints->min_length > 0 && CodePoints(text) < field.constraints->min_length) {
      structure_.Add(ErrorType::kInvalid, path, text, "V-033a",
                     "should be at least " + std::to_string(field.constraints->min_length) + " characters long");
    }
    if (field.constraints->max_length > 0 && text.size() > field.constraints->max_length &&
        CodePoints(text) > field.constraints->max_length) {
      structure_.Add(ErrorType::kTooLong, path, "V-033b",
                     "may not be more than " + std::to_string(field.constraints->max_length) + " characters long");
    }
    CheckPattern(value, field.constraints->pattern, path);
  }

  void CheckPattern(const Node& value, Pattern pattern, const FieldPath& path) {
    if (Matches(pattern, Text(value))) return;
    structure_.Add(ErrorType::kInvalid, path, Text(value), "V-033a", "does not have the form that this field requires");
  }

  void CheckMinimum(const Node& value, const Field& field, const FieldPath& path) {
    const std::optional<std::int64_t> number = codec::ParseInteger(Text(value));
    if (number.has_value() && *number < field.constraints->minimum) {
      structure_.Add(ErrorType::kInvalid, path, *number, "V-033a",
                     "should be greater than or equal to " + std::to_string(field.constraints->minimum));
    }
  }

  // V-034, V-034a.
  void CheckUnique(const Node& list, const Field& field, const FieldPath& path) {
    const auto elements = Elements(list);
    if (field.constraints->list_kind == ListKind::kMap) {
      for (std::size_t i = 0; i < elements.size(); ++i) {
        if (IsObject(elements[i]) || IsNull(elements[i])) continue;
        duplicates_.Add(ErrorType::kInvalid, path.Index(i), Value(elements[i], storage_), "V-034a",
                        "must be an object");
        return;
      }
    }
    for (const std::size_t index : RepeatedElements(elements, field)) {
      duplicates_.Add(ErrorType::kDuplicate, path.Index(index), KeyValue(elements[index], field), "V-034",
                      "stands in the list already");
    }
  }

  // Second occurrences, in list order, one for each value that occurs more than once.
  std::vector<std::size_t> RepeatedElements(std::span<const Node> elements, const Field& field) {
    std::vector<std::size_t> repeated;
    constexpr std::size_t kPairwise = 12;
    if (elements.size() <= kPairwise) {
      for (std::size_t i = 1; i < elements.size(); ++i) {
        std::size_t earlier = 0;
        for (std::size_t j = 0; j < i; ++j) earlier += CompareIdentity(elements[i], elements[j], field) == 0 ? 1 : 0;
        if (earlier == 1) repeated.push_back(i);
      }
      return repeated;
    }
    const std::vector<std::uint32_t> order = internal::StableOrder(
        elements.size(),
        [&](std::uint32_t a, std::uint32_t b) { return CompareIdentity(elements[a], elements[b], field) < 0; });
    for (std::size_t i = 1; i < order.size(); ++i) {
      const bool equals_last = CompareIdentity(elements[order[i - 1]], elements[order[i]], field) == 0;
      const bool last_was_repeated =
          i > 1 && CompareIdentity(elements[order[i - 2]], elements[order[i - 1]], field) == 0;
      if (equals_last && !last_was_repeated) repeated.push_back(order[i]);
    }
    std::ranges::sort(repeated);
    return repeated;
  }

  Value KeyValue(const Node& element, const Field& field) {
    if (field.constraints->list_kind == ListKind::kSet) return {element, storage_};
    auto storage = std::make_shared<internal::Storage>();
    storage->Keep(storage_);
    std::vector<Member> members;
    for (const std::string_view key : field.constraints->list_keys) {
      if (const Node* value = Find(element, key)) members.push_back({internal::StringNode(key), *value});
    }
    const Node object = storage->MakeObject(members);
    return {object, std::move(storage)};
  }

  const std::shared_ptr<const internal::Storage>& storage_;
  Findings& structure_;
  Findings& duplicates_;
};

// V-030.
void CheckScale(const Node& object, const std::shared_ptr<const internal::Storage>& storage, Findings& findings) {
  const Node* spec = Find(object, "spec");
  if (spec == nullptr) return;
  const FieldPath root;
  const FieldPath dotted_spec = root.Child(".spec");  // the reference's spelling, leading dot included
  const FieldPath path = dotted_spec.Child("replicas");
  if (!IsObject(*spec)) {
    findings.Add(ErrorType::kInvalid, path, Value(*spec, storage), "V-030", "spec must be an object");
    return;
  }
  const Node* replicas = Find(*spec, "replicas");
  if (replicas == nullptr) return;
  const std::string_view text = IsNumber(*replicas) ? Text(*replicas) : std::string_view{};
  std::int64_t value = -1;
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool is_integer = error == std::errc() && rest == text.data() + text.size() && !text.empty();
  if (is_integer && value >= 0 && value <= std::numeric_limits<std::int32_t>::max()) return;
  findings.Add(ErrorType::kInvalid, path, Value(*replicas, storage), "V-030",
               "should be an integer from 0 to 2147483647");
}

// Whether V-034 or V-034a finds anything.
bool HasDuplicates(const Node& object, const Type& type, const std::shared_ptr<const internal::Storage>& storage) {
  Findings structure(Stage::kSchema);
  Findings duplicates(Stage::kSchema);
  Checker(storage, structure, duplicates).CheckObject(object, nullptr, type, FieldPath());
  return !duplicates.empty();
}

}  // namespace

void CheckSchema(const Node& object, const Node* old, const Type& type, bool has_scale,
                 const std::shared_ptr<const internal::Storage>& storage, Findings& findings) {
  Findings duplicates(Stage::kSchema);
  if (!IsUnchanged(object, old)) {
    Checker(storage, findings, duplicates).CheckObject(object, old, type, FieldPath());
  }
  if (has_scale) CheckScale(object, storage, findings);
  if (old == nullptr || duplicates.empty() || !HasDuplicates(*old, type, storage)) {
    findings.Append(std::move(duplicates));
  }
}

}  // namespace grove::admission
