#include "planner/written_form.h"

#include <optional>
#include <span>
#include <vector>

#include "model/admission/structural_defaults.h"
#include "model/admission/typed_form.h"
#include "model/codec.h"

namespace grove::planner {

namespace {

using admission::SameNode;
using internal::Kind;
using internal::Member;
using internal::Node;
using schema::Field;
using schema::Presence;
using schema::Shape;
using schema::Type;

// What Go's encoder takes for empty in a member without presence. A nested object is never empty to it.
bool IsEmpty(const Node& node, const Type& type) {
  switch (internal::KindOf(node)) {
    case Kind::kNull:
      return true;
    case Kind::kBoolean:
    case Kind::kString:
    case Kind::kArray:
      return node.size == 0;
    case Kind::kObject:
      return node.size == 0 && type.shape == Shape::kMap;
    case Kind::kNumber:
      return codec::ParseInteger(internal::Text(node)) == 0;
  }
  return false;
}

bool IsZero(const Field& field, const Node& value) {
  return field.presence == Presence::kOmitted ? IsEmpty(value, *field.type) : internal::IsNull(value);
}

// Copies a value without the members that are left out. Only what changes is copied.
class ZeroRemover {
 public:
  ZeroRemover(WrittenAs written_as, internal::Storage& storage)
      : has_defaults_(written_as == WrittenAs::kCustomResource), storage_(storage) {}

  Node Remove(const Type& type, const Node& node) {
    switch (type.shape) {
      case Shape::kObject:
        return internal::IsObject(node) ? RemoveFromObject(type, node) : node;
      case Shape::kList:
        return internal::IsArray(node) ? RemoveFromList(*type.element, node) : node;
      default:  // Keys of a map are the user's: an entry with an empty value is an entry.
        return node;
    }
  }

 private:
  // What becomes of a member; nullopt: it is left out.
  std::optional<Node> RemoveFromMember(const Type& type, const Member& member) {
    const Field* field = schema::FindField(type, internal::Text(member.key));
    if (field == nullptr) return std::nullopt;
    if (!IsZero(*field, member.value)) return Remove(*field->type, member.value);
    // Left out at first, it has its default again when it is stored.
    if (has_defaults_ && !field->constraints->default_json.empty())
      return admission::DefaultNode(field->constraints->default_json);
    return std::nullopt;
  }

  Node RemoveFromObject(const Type& type, const Node& node) {
    const std::span<const Member> before = internal::Members(node);
    std::vector<Member> members;
    bool changed = false;
    for (std::size_t i = 0; i < before.size(); ++i) {
      const std::optional<Node> after = RemoveFromMember(type, before[i]);
      if (!changed && after.has_value() && SameNode(*after, before[i].value)) continue;
      if (!changed) members.assign(before.begin(), before.begin() + static_cast<std::ptrdiff_t>(i));
      changed = true;
      if (after.has_value()) members.push_back({before[i].key, *after});
    }
    return changed ? storage_.MakeObject(members, node.offset) : node;
  }

  Node RemoveFromList(const Type& element, const Node& node) {
    const std::span<const Node> before = internal::Elements(node);
    std::vector<Node> elements;
    for (std::size_t i = 0; i < before.size(); ++i) {
      const Node after = Remove(element, before[i]);
      if (elements.empty() && SameNode(after, before[i])) continue;
      if (elements.empty()) elements.assign(before.begin(), before.end());
      elements[i] = after;
    }
    return elements.empty() ? node : storage_.MakeArray(elements, node.offset);
  }

  bool has_defaults_;
  internal::Storage& storage_;
};

}  // namespace

Node WrittenForm(const Type& type, const Node& node, WrittenAs written_as, internal::Storage& storage) {
  const Node kept = ZeroRemover(written_as, storage).Remove(type, node);
  admission::TypedForm typed(storage);
  const Node written = typed.Rewrite(kept, type, FieldPath());
  // Admitted documents always fit their types; a claim template from elsewhere may not, and is passed on as it is.
  return typed.error().has_value() ? kept : written;
}

Node WithoutZeros(const Type& type, const Node& node, internal::Storage& storage) {
  return ZeroRemover(WrittenAs::kBuiltIn, storage).Remove(type, node);
}

}  // namespace grove::planner
