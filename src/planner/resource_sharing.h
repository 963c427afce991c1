// ResourceClaims that pods share: which there are, and which pods refer to them (spec 04 §9).
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "grove/expansion.hpp"

#include "model/node.h"

namespace grove::planner {

// An entry of `resourceSharing`, its template looked up.
struct SharingEntry {
  const ResourceSharing* sharing = nullptr;
  bool per_replica = false;
  std::optional<Value> claim_spec;  // absent: no such template, which stops the reconciler that needs it
};

using SharingList = std::vector<SharingEntry>;

// `<owner>-all-<template>`.
[[nodiscard]] std::string AllReplicasClaimName(std::string_view owner, std::string_view claim_template);
// `<owner>-<index>-<template>`.
[[nodiscard]] std::string ReplicaClaimName(std::string_view owner, std::int64_t index, std::string_view claim_template);

// Looks up the templates of a list: the set's own first, unless the entry names a namespace (spec 04 §9.1). The specs
// are put into `storage`.
[[nodiscard]] SharingList ResolveSharing(std::span<const ResourceSharing> list, const PodCliqueSet& set,
                                         std::span<const ResourceClaimTemplate> external,
                                         const std::shared_ptr<internal::Storage>& storage);

// Whether pods of a clique refer to a claim of the set (spec 04 §9.3). `group` is empty for a clique without one.
[[nodiscard]] bool SetFilterMatches(const ResourceSharing& sharing, std::string_view clique, std::string_view group);
// The same for a claim of the clique's scaling group.
[[nodiscard]] bool GroupFilterMatches(const ResourceSharing& sharing, std::string_view clique);

}  // namespace grove::planner
