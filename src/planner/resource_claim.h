// The ResourceClaim objects of all three levels (spec 04 §9.2).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"

#include "grove/kubernetes.hpp"

#include "planner/expansion_context.h"

namespace grove::planner {

// Who makes claims: a set, a scaling group or a PodClique.
struct ClaimOwner {
  OwnerReference reference;
  StringMap labels;              // that tell the level, besides those of all claims
  std::string_view index_label;  // of claims with scope PerReplica
  std::int64_t replicas = 0;
  // Claims of all replicas and those of each replica are made by a call each. A set makes all calls at once; the others
  // make none after one that failed.
  bool all_at_once = false;
};

class ResourceClaimMaker {
 public:
  // Claims are appended to `claims`. Both must outlive this.
  ResourceClaimMaker(const Context& context, std::vector<ResourceClaim>& claims) : context_(context), claims_(claims) {}

  // Makes the claims of one owner: those of all its replicas, then replica by replica. Afterwards nullopt, or what
  // keeps the owner's reconciler from going on; the other entries of a call that fails are made all the same (spec 04
  // §9.1). A claim that exists is left as it is if it has the same owner, and is an error if it has another one.
  std::optional<std::string> Make(const SharingList& sharing, const ClaimOwner& owner);

 private:
  // One call: the claims of that replica, or of all.
  void MakeCall(const SharingList& sharing, const ClaimOwner& owner, std::optional<std::int64_t> index);
  void MakeOne(const SharingEntry& entry, const ClaimOwner& owner, std::string name, std::optional<std::int64_t> index);
  [[nodiscard]] const ResourceClaim* FindLive(std::string_view name) const;
  [[nodiscard]] ResourceClaim NewClaim(const SharingEntry& entry, const ClaimOwner& owner, std::string name) const;
  void Fail(std::string message);

  const Context& context_;
  std::vector<ResourceClaim>& claims_;
  absl::flat_hash_map<std::string, std::size_t> position_by_name_;
  std::optional<std::string> error_;
};

}  // namespace grove::planner
