#include "planner/written_form.h"

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

bool IsLeftOut(const Field& field, const Node& value) {
  return field.presence == Presence::kOmitted ? IsEmpty(value, *field.type) : internal::IsNull(value);
}

// Copies a value without the members that are left out. What has none of them is returned as it is.
class ZeroRemover {
 public:
  explicit ZeroRemover(internal::Storage& storage) : storage_(storage) {}

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
  Node RemoveFromObject(const Type& type, const Node& node) {
    std::vector<Member> members;
    members.reserve(node.size);
    bool changed = false;
    for (const Member& member : internal::Members(node)) {
      const Field* field = schema::FindField(type, internal::Text(member.key));
      if (field == nullptr || IsLeftOut(*field, member.value)) {
        changed = true;
        continue;
      }
      members.push_back({member.key, Remove(*field->type, member.value)});
      changed = changed || !SameNode(members.back().value, member.value);
    }
    return changed ? storage_.MakeObject(members, node.offset) : node;
  }

  Node RemoveFromList(const Type& element, const Node& node) {
    std::vector<Node> elements;
    elements.reserve(node.size);
    bool changed = false;
    for (const Node& before : internal::Elements(node)) {
      elements.push_back(Remove(element, before));
      changed = changed || !SameNode(elements.back(), before);
    }
    return changed ? storage_.MakeArray(elements, node.offset) : node;
  }

  internal::Storage& storage_;
};

}  // namespace

Node WrittenForm(const Type& type, const Node& node, WrittenAs written_as, internal::Storage& storage) {
  const Node kept = ZeroRemover(storage).Remove(type, node);
  admission::TypedForm typed(storage);
  const Node rewritten = typed.Rewrite(kept, type, FieldPath());
  // Admitted documents always fit their types; a claim template from elsewhere may not, and is passed on as it is.
  const Node written = typed.error().has_value() ? kept : rewritten;
  if (written_as == WrittenAs::kBuiltIn) return written;
  std::vector<PrunedField> pruned;
  return admission::StructuralDefaults(storage, pruned).Apply(written, type);
}

}  // namespace grove::planner
