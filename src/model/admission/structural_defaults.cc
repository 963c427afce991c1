#include "model/admission/structural_defaults.h"

#include "model/codec.h"
#include "model/kubernetes/kubernetes_schema.h"
#include "model/locate.h"
#include "model/suggestion.h"

namespace grove::admission {

using internal::Elements;
using internal::IsArray;
using internal::IsNull;
using internal::IsObject;
using internal::Kind;
using internal::Member;
using internal::Members;
using internal::Node;
using schema::Field;
using schema::Shape;
using schema::Type;

Node DefaultNode(std::string_view default_json) {
  switch (default_json.front()) {
    case '"':
      return internal::StringNode(default_json.substr(1, default_json.size() - 2));
    case 't':
    case 'f':
      return internal::BooleanNode(default_json == "true");
    default:
      return internal::NumberNode(default_json);
  }
}

Node StructuralDefaults::Apply(const Node& object, const Type& type) {
  return ConvertObject(object, type, FieldPath(), /*is_root=*/true);
}

void StructuralDefaults::Prune(const Member& member, const FieldPath& path, const Type* known) {
  const std::string_view name = internal::Text(member.key);
  std::string_view meant;
  if (known != nullptr && pruned_.size() < internal::kMostSuggestions) {
    meant = internal::NearestName(name, known->fields, &Field::name);
  }
  pruned_.push_back({path.Child(name).ToString(), LocationIn(storage_, member.key), std::string(meant)});
}

bool StructuralDefaults::AddDefaults(const Type& type, std::uint64_t seen) {
  const std::uint64_t missing = type.masks.with_default & ~seen;
  schema::ForEachField(type, missing, [&](const Field& field) {
    scratch_.push_back({internal::StringNode(field.name), DefaultNode(field.constraints->default_json)});
  });
  return missing != 0;
}

Node StructuralDefaults::ConvertObject(const Node& object, const Type& type, const FieldPath& path, bool is_root) {
  const std::size_t first = scratch_.size();
  std::uint64_t seen = 0;
  bool changed = false;
  for (const Member& member : Members(object)) {
    const std::string_view key = internal::Text(member.key);
    const Field* field = schema::FindField(type, key);
    if (field == nullptr) {
      if (is_root && (key == "apiVersion" || key == "kind")) {
        scratch_.push_back(member);
        continue;
      }
      Prune(member, path, &type);
      changed = true;
      continue;
    }
    if (IsNull(member.value)) {
      changed = true;
      continue;
    }
    seen |= FieldBit(type, *field);
    const Node value = Convert(member.value, *field->type, path.Child(key));
    changed = changed || !SameNode(value, member.value);
    scratch_.push_back({member.key, value});
  }
  changed = AddDefaults(type, seen) || changed;
  const Node result =
      changed ? storage_.MakeObject({scratch_.data() + first, scratch_.size() - first}, object.offset) : object;
  scratch_.resize(first);
  return result;
}

Node StructuralDefaults::Convert(const Node& value, const Type& type, const FieldPath& path) {
  const bool is_container = IsObject(value) || IsArray(value);
  if (!is_container || type.shape == Shape::kAny) return value;
  if (IsObject(value) && type.shape == Shape::kObject) {
    return &type == &schema::kubernetes::kObjectMeta ? ConvertMetadata(value, path)
                                                     : ConvertObject(value, type, path, /*is_root=*/false);
  }
  if (IsObject(value) && type.shape == Shape::kMap) return ConvertMap(value, *type.element, path);
  if (IsArray(value) && type.shape == Shape::kList) return ConvertList(value, *type.element, path);
  return PruneAll(value, path);
}

Node StructuralDefaults::PruneAll(const Node& value, const FieldPath& path) {
  if (IsObject(value)) {
    for (const Member& member : Members(value)) Prune(member, path, nullptr);
    return internal::MakeNode(Kind::kObject, nullptr, 0, value.offset);
  }
  if (!IsArray(value)) return value;
  const std::size_t first = elements_.size();
  for (std::size_t i = 0; i < Elements(value).size(); ++i) {
    const Node pruned = PruneAll(Elements(value)[i], path.Index(i));
    elements_.push_back(pruned);
  }
  const Node result = storage_.MakeArray({elements_.data() + first, elements_.size() - first}, value.offset);
  elements_.resize(first);
  return result;
}

Node StructuralDefaults::ConvertList(const Node& list, const Type& element, const FieldPath& path) {
  const std::size_t first = elements_.size();
  bool changed = false;
  for (std::size_t i = 0; i < Elements(list).size(); ++i) {
    const Node& before = Elements(list)[i];
    const Node after = Convert(before, element, path.Index(i));
    changed = changed || !SameNode(before, after);
    elements_.push_back(after);
  }
  const Node result =
      changed ? storage_.MakeArray({elements_.data() + first, elements_.size() - first}, list.offset) : list;
  elements_.resize(first);
  return result;
}

Node StructuralDefaults::ConvertMap(const Node& map, const Type& element, const FieldPath& path) {
  const std::size_t first = scratch_.size();
  bool changed = false;
  for (const Member& member : Members(map)) {
    if (IsNull(member.value)) {
      changed = true;
      continue;
    }
    const Node value = Convert(member.value, element, path.Child(internal::Text(member.key)));
    changed = changed || !SameNode(value, member.value);
    scratch_.push_back({member.key, value});
  }
  const Node result =
      changed ? storage_.MakeObject({scratch_.data() + first, scratch_.size() - first}, map.offset) : map;
  scratch_.resize(first);
  return result;
}

namespace {

// What metadata loses when it passes through its Go type: null, and the empty value of the field's type. What is empty
// in another type stays, to be refused.
bool IsLostInMetadata(const Node& value, const Field& field) {
  if (internal::IsNull(value)) return true;
  if (field.presence == schema::Presence::kTracked) return false;
  switch (field.type->shape) {
    case Shape::kString:
      return internal::IsString(value) && value.size == 0;
    case Shape::kInt64:
      return internal::IsNumber(value) && codec::ParseInteger(internal::Text(value)) == 0;
    case Shape::kList:
      return internal::IsArray(value) && value.size == 0;
    case Shape::kMap:
      return internal::IsObject(value) && value.size == 0;
    default:
      return false;
  }
}

}  // namespace

Node StructuralDefaults::ConvertMetadataMap(const Node& map) {
  bool has_null = false;
  for (const Member& member : Members(map)) has_null = has_null || IsNull(member.value);
  if (!has_null) return map;
  const std::size_t first = scratch_.size();
  for (const Member& member : Members(map)) {
    scratch_.push_back({member.key, IsNull(member.value) ? internal::StringNode("") : member.value});
  }
  const Node result = storage_.MakeObject({scratch_.data() + first, scratch_.size() - first}, map.offset);
  scratch_.resize(first);
  return result;
}

Node StructuralDefaults::ConvertMetadata(const Node& metadata, const FieldPath& path) {
  const Type& type = schema::kubernetes::kObjectMeta;
  const std::size_t first = scratch_.size();
  bool changed = false;
  for (const Member& member : Members(metadata)) {
    const std::string_view key = internal::Text(member.key);
    const Field* field = schema::FindField(type, key);
    if (field == nullptr) Prune(member, path, &type);
    if (field == nullptr || IsLostInMetadata(member.value, *field)) {
      changed = true;
      continue;
    }
    const Node value = field->type->shape == Shape::kMap ? ConvertMetadataMap(member.value)
                                                         : Convert(member.value, *field->type, path.Child(key));
    changed = changed || !SameNode(value, member.value);
    scratch_.push_back({member.key, value});
  }
  const Node result =
      changed ? storage_.MakeObject({scratch_.data() + first, scratch_.size() - first}, metadata.offset) : metadata;
  scratch_.resize(first);
  return result;
}

}  // namespace grove::admission
