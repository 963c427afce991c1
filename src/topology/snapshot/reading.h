// What the readers of Kubernetes objects share: the first thing that is wrong, and access to members.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "grove/pod_class.hpp"

#include "model/field_path.h"
#include "model/node.h"

namespace grove::topology {

using internal::Node;

// The first fault of one object; every function of a reader tells false once there is one.
struct Fault {
  std::string field;
  std::string message;

  [[nodiscard]] bool found() const { return !message.empty(); }
  bool Set(const FieldPath& path, std::string_view what);
  // At `path["key"]`.
  bool SetAt(const FieldPath& path, std::string_view key, std::string_view what);
};

// Member `key` of an object; null also where it is the value null.
[[nodiscard]] inline const Node* Member(const Node* object, std::string_view key) {
  const Node* found = object == nullptr ? nullptr : internal::Find(*object, key);
  return found == nullptr || internal::IsNull(*found) ? nullptr : found;
}
// Text of member `key`; empty if there is none.
[[nodiscard]] inline std::string_view MemberText(const Node* object, std::string_view key) {
  const Node* found = Member(object, key);
  return found == nullptr ? std::string_view{} : internal::Text(*found);
}
[[nodiscard]] inline std::span<const Node> MemberElements(const Node* object, std::string_view key) {
  const Node* found = Member(object, key);
  return found == nullptr ? std::span<const Node>{} : internal::Elements(*found);
}
[[nodiscard]] inline std::span<const internal::Member> MemberMembers(const Node* object, std::string_view key) {
  const Node* found = Member(object, key);
  return found == nullptr ? std::span<const internal::Member>{} : internal::Members(*found);
}
[[nodiscard]] inline bool MemberIsTrue(const Node* object, std::string_view key) {
  const Node* found = Member(object, key);
  return found != nullptr && internal::KindOf(*found) == internal::Kind::kBoolean && found->size != 0;
}

// Reads a list of resources; sorted by name. Amounts in millicores of cpu, else in whole units, rounded up.
bool ReadResourceList(const Node* list, const FieldPath& path, Fault& fault, ResourceAmounts& out);

// Labels of an object, sorted by key.
[[nodiscard]] LabelPairs ReadLabels(const Node* labels);

// a + b of amounts in [0, 2^62]; nullopt beyond that.
[[nodiscard]] std::optional<std::int64_t> AddAmounts(std::int64_t a, std::int64_t b);

// Adds `more` to `sum`, both sorted by name. False on overflow, with `sum` undefined.
[[nodiscard]] bool AddResources(const ResourceAmounts& more, ResourceAmounts& sum);
// The larger of both, name by name.
void MaxResources(const ResourceAmounts& other, ResourceAmounts& most);

}  // namespace grove::topology
