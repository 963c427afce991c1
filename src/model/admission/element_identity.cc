#include "model/admission/element_identity.h"

#include <algorithm>

#include "model/stable_sort.h"

namespace grove::admission {

using internal::Node;

namespace {

// A total order of optional values in which equal content is equal; a missing value is a value of its own.
int CompareValues(const Node* a, const Node* b) {
  if (a == nullptr || b == nullptr) return (a != nullptr) - (b != nullptr);
  if (a->kind != b->kind) return a->kind < b->kind ? -1 : 1;
  if (internal::IsString(*a) || internal::IsNumber(*a)) return internal::Text(*a).compare(internal::Text(*b));
  if (internal::NodesEqual(*a, *b)) return 0;
  return Value(*a, nullptr).ToJson().compare(Value(*b, nullptr).ToJson());
}

}  // namespace

int CompareIdentity(const Node& a, const Node& b, const schema::Field& field) {
  if (field.constraints->list_kind == schema::ListKind::kSet) return CompareValues(&a, &b);
  for (const std::string_view key : field.constraints->list_keys) {
    const int order = CompareValues(internal::Find(a, key), internal::Find(b, key));
    if (order != 0) return order;
  }
  return 0;
}

OldElements::OldElements(const Node& list, const schema::Field& field) : field_(field) {
  if (field.constraints->list_kind != schema::ListKind::kMap) return;
  sorted_.reserve(internal::Elements(list).size());
  for (const Node& element : internal::Elements(list)) sorted_.push_back(&element);
  internal::StableSort(sorted_, [&](const Node* a, const Node* b) { return CompareIdentity(*a, *b, field_) < 0; });
}

const Node* OldElements::Find(const Node& element) const {
  const auto has_key = [&](std::string_view key) { return internal::Find(element, key) != nullptr; };
  if (!std::ranges::all_of(field_.constraints->list_keys, has_key)) return nullptr;
  const auto found = std::ranges::partition_point(
      sorted_, [&](const Node* old) { return CompareIdentity(*old, element, field_) < 0; });
  return found != sorted_.end() && CompareIdentity(**found, element, field_) == 0 ? *found : nullptr;
}

}  // namespace grove::admission
