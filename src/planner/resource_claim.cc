#include "planner/resource_claim.h"

#include <algorithm>
#include <utility>

#include "model/naming.h"
#include "planner/child_metadata.h"
#include "planner/owner.h"

namespace grove::planner {

std::optional<std::string> ResourceClaimMaker::Make(const SharingList& sharing, const ClaimOwner& owner) {
  error_.reset();
  MakeCall(sharing, owner, std::nullopt);
  const bool per_replica = std::ranges::any_of(sharing, &SharingEntry::per_replica);
  const std::int64_t replicas = per_replica ? owner.replicas : 0;
  for (std::int64_t index = 0; index < replicas && (owner.all_at_once || !error_.has_value()); ++index) {
    MakeCall(sharing, owner, index);
  }
  return std::exchange(error_, std::nullopt);
}

void ResourceClaimMaker::MakeCall(const SharingList& sharing, const ClaimOwner& owner,
                                  std::optional<std::int64_t> index) {
  for (const SharingEntry& entry : sharing) {
    if (entry.per_replica != index.has_value()) continue;
    const ResourceSharing& config = *entry.sharing;
    if (entry.claim_spec.has_value()) {
      const std::string& name = owner.reference.name;
      MakeOne(entry, owner,
              index.has_value() ? ReplicaClaimName(name, *index, config.name) : AllReplicasClaimName(name, config.name),
              index);
      continue;
    }
    const std::string& own = context_.namespace_name();
    Fail("ResourceClaimTemplate " + (config.namespace_name.empty() ? own : config.namespace_name) + "/" + config.name +
         " not found");
  }
}

const ResourceClaim* ResourceClaimMaker::FindLive(std::string_view name) const {
  return context_.live.FindNamed(context_.live.objects().resource_claims, name);
}

// A claim that exists keeps its spec; it is adopted if nobody controls it (O-31).
ResourceClaim ResourceClaimMaker::NewClaim(const SharingEntry& entry, const ClaimOwner& owner, std::string name) const {
  ResourceClaim claim;
  if (const ResourceClaim* live = FindLive(name)) {
    claim = *live;
  } else {
    claim.spec = *entry.claim_spec;
  }
  claim.metadata.name = std::move(name);
  claim.metadata.namespace_name = context_.namespace_name();
  std::vector<OwnerReference>& owners = claim.metadata.owner_references;
  std::erase_if(owners, [](const OwnerReference& other) { return other.controller.value_or(false); });
  owners.insert(owners.begin(), owner.reference);
  return claim;
}

void ResourceClaimMaker::MakeOne(const SharingEntry& entry, const ClaimOwner& owner, std::string name,
                                 std::optional<std::int64_t> index) {
  const ResourceClaim* live = FindLive(name);
  if (live != nullptr && !IsControllableBy(live->metadata, owner.reference)) {
    Fail("ResourceClaim " + name + " is controlled by " + ControllerOf(live->metadata)->kind);
    return;
  }
  const auto [position, is_new] = position_by_name_.try_emplace(name, claims_.size());
  if (!is_new && claims_[position->second].metadata.owner_references.front() != owner.reference) {
    Fail("ResourceClaim " + name + " is controlled by " +
         claims_[position->second].metadata.owner_references.front().kind);
    return;
  }
  if (is_new) claims_.push_back(NewClaim(entry, owner, std::move(name)));
  // Of an existing claim only labels are updated; ours win.
  StringMap& labels = claims_[position->second].metadata.labels;
  labels.SetAll(DefaultLabels(context_.name()));
  labels.Set(keys::kComponent, component::kResourceClaim);
  labels.SetAll(owner.labels);
  if (index.has_value()) labels.Set(owner.index_label, std::to_string(*index));
}

void ResourceClaimMaker::Fail(std::string message) {
  if (!error_.has_value()) error_ = std::move(message);
}

}  // namespace grove::planner
