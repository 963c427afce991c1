// Who controls an object: writing and reading the controller's ownerReference (spec 04 §3.2).
#pragma once

#include <cstdint>

#include "grove/object_meta.hpp"

namespace grove::planner {

// The reference that makes `owner` the controller of another object.
template <class T>
[[nodiscard]] OwnerReference ControllerReference(const T& owner) {
  OwnerReference reference;
  reference.api_version = T::kApiVersion;
  reference.kind = T::kKind;
  reference.name = owner.metadata.name;
  reference.uid = owner.metadata.uid;
  reference.controller = true;
  reference.block_owner_deletion = true;
  return reference;
}

// The reference of the controlling owner, or null.
[[nodiscard]] inline const OwnerReference* ControllerOf(const ObjectMeta& metadata) {
  for (const OwnerReference& reference : metadata.owner_references) {
    if (reference.controller.value_or(false)) return &reference;
  }
  return nullptr;
}

// Generation of an object; a new one has the first before a server counts.
[[nodiscard]] inline std::int64_t GenerationOf(const ObjectMeta& metadata) {
  return metadata.generation > 0 ? metadata.generation : 1;
}

}  // namespace grove::planner
