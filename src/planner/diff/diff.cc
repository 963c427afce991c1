// From live objects to those that there are to be, write by write.
#include "grove/diff.hpp"

#include <algorithm>
#include <charconv>
#include <limits>
#include <map>
#include <set>
#include <utility>

#include "grove/scaling.hpp"

#include "model/naming.h"
#include "planner/diff/ownership.h"
#include "planner/live_index.h"
#include "planner/owner.h"
#include "planner/set_layout.h"
#include "planner/status/update_record.h"

namespace grove {
namespace {

using planner::ControllerOf;
using std::string_view;

// A kind and a name; kinds of one name are told apart by their group.
using Identity = std::pair<std::string, std::string>;

template <class T>
Identity IdentityOf(const T& object) {
  std::string kind(KindOf(object));
  const string_view version = ApiVersionOf(object);
  if (kind == "PodGroup") kind.append(".").append(version.substr(0, version.find('/')));
  return {std::move(kind), object.metadata.name};
}

template <class T>
ObjectReference ReferenceOf(const T& object) {
  return {std::string(ApiVersionOf(object)), std::string(KindOf(object)), object.metadata.namespace_name,
          object.metadata.name};
}

std::optional<std::int32_t> IndexIn(const ObjectMeta& metadata, string_view label) {
  const string_view text = metadata.labels.Get(label);
  std::int32_t index = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), index);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return index;
}

class Differ {
 public:
  Differ(const ObjectSet& objects, const LiveObjects& live, const DiffOptions& options)
      : objects_(objects),
        set_(objects.pod_clique_set),
        live_(live.Of(set_.metadata.namespace_name, set_.metadata.name)),
        clean_(options.leaks == LeakPolicy::kClean) {
    for (const ManifestObject& object : live.DocumentsOf(set_.metadata.namespace_name, set_.metadata.name)) {
      documents_[IdentityOf(object)] = &object.document;
    }
    ForEachObject(objects, [&](const auto& object) {
      if (!IsUnneededClaim(object)) wanted_.insert(IdentityOf(object));
    });
    IndexMembers();
    IndexPods();
    live_claim_names_ = IndexOf(live_.resource_claims);
    IndexClaims(objects_.resource_claims, wanted_claims_);
    IndexClaims(live_.resource_claims, live_claims_);
  }

  ObjectDiff Run() && {
    if (set_.metadata.deletion_timestamp.has_value()) {
      DeleteEverything();
      return std::move(result_);
    }
    WritePodCliqueSet();
    WriteFirstGroup();
    WriteStandalone();
    WriteGroupsAndGangs();
    for (const PodCliqueScalingGroup& group : objects_.pod_clique_scaling_groups) WriteMembers(group);
    for (const PodClique& clique : objects_.pod_cliques) WritePods(clique);
    WriteAll(objects_.kai_pod_groups, live_.kai_pod_groups);
    WriteAll(objects_.volcano_pod_groups, live_.volcano_pod_groups);
    WriteAll(objects_.scheduler_objects, live_.scheduler_objects);
    CollectGarbage();
    FindLeaks();
    return std::move(result_);
  }

 private:
  static Identity IdentityOf(const ManifestObject& object) {
    std::string kind = object.kind;
    if (kind == "PodGroup") kind += "." + object.api_version.substr(0, object.api_version.find('/'));
    return {std::move(kind), object.name};
  }
  template <class T>
  static Identity IdentityOf(const T& object) {
    return grove::IdentityOf(object);
  }

  static bool IsTerminating(const ObjectMeta& metadata) { return metadata.deletion_timestamp.has_value(); }

  template <class T>
  [[nodiscard]] bool IsWanted(const T& object) const {
    return wanted_.contains(IdentityOf(object));
  }

  // A set without replicas needs none of the claims that all of them share (O-15).
  template <class T>
  [[nodiscard]] bool IsUnneededClaim(const T& object) const {
    if constexpr (std::is_same_v<T, ResourceClaim>) {
      const OwnerReference* owner = ControllerOf(object.metadata);
      return clean_ && set_.spec.replicas == 0 && owner != nullptr && owner->kind == PodCliqueSet::kKind;
    } else {
      return false;
    }
  }

  template <class T>
  void Delete(const T& object, DeletionCause cause) {
    if (IsTerminating(object.metadata) || !deleted_.insert(IdentityOf(object)).second) return;
    result_.changes.push_back({ObjectAction::kDelete, cause, ReferenceOf(object), Value(), {}});
  }

  // A member of a scaling group is made and recreated, never patched, unless the strategy is OnDelete.
  template <class T>
  [[nodiscard]] bool IsUntouched(const T& object) const {
    if constexpr (std::is_same_v<T, PodClique>) {
      const OwnerReference* owner = ControllerOf(object.metadata);
      return !planner::IsOnDelete(set_) && owner != nullptr && owner->kind == PodCliqueScalingGroup::kKind;
    } else {
      return false;
    }
  }

  template <class T>
  void Write(const T& object, const T* live) {
    if (IsUnneededClaim(object)) return;
    if (live == nullptr) {
      result_.changes.push_back(
          {ObjectAction::kCreate, DeletionCause::kNone, ReferenceOf(object), ToValue(object), {}});
      return;
    }
    if (IsTerminating(live->metadata)) return result_.waiting.push_back(ReferenceOf(object));
    if (!planner::IsControllableBy(live->metadata, OwnerOf(object))) {
      return result_.conflicts.push_back(ReferenceOf(object));
    }
    const Value& before = *documents_.at(IdentityOf(object));
    const Value after =
        planner::WrittenOver(KindOf(object), ApiVersionOf(object), IsUntouched(object), before, ToValue(object));
    std::optional<Value> patch = MergePatchOf(before, after);
    if (!patch.has_value()) return;
    result_.changes.push_back({ObjectAction::kPatch, DeletionCause::kNone, ReferenceOf(object), std::move(*patch),
                               CompareDocuments(before, after)});
  }

  template <class T>
  static OwnerReference OwnerOf(const T& object) {
    const OwnerReference* owner = ControllerOf(object.metadata);
    return owner == nullptr ? OwnerReference() : *owner;
  }

  template <class T>
  void WriteAll(const std::vector<T>& list, const std::vector<T>& live) {
    // A backend may make several kinds of one name.
    std::map<std::pair<string_view, string_view>, const T*> by_name;
    for (const T& object : live) by_name[{KindOf(object), object.metadata.name}] = &object;
    for (const T& object : list) {
      const auto found = by_name.find({KindOf(object), object.metadata.name});
      Write(object, found == by_name.end() ? nullptr : found->second);
    }
  }

  template <class T>
  static std::map<string_view, const T*> IndexOf(const std::vector<T>& list) {
    std::map<string_view, const T*> by_name;
    for (const T& object : list) by_name[object.metadata.name] = &object;
    return by_name;
  }

  // Objects of the set that nobody asks for.
  template <class T>
  void DeleteExcess(const std::vector<T>& live) {
    for (const T& object : live) {
      if (!IsWanted(object) && IsOwnedBySet(object.metadata)) Delete(object, DeletionCause::kExcess);
    }
  }

  [[nodiscard]] bool IsOwnedBySet(const ObjectMeta& metadata) const {
    const OwnerReference* owner = ControllerOf(metadata);
    return owner != nullptr && owner->kind == PodCliqueSet::kKind && owner->name == set_.metadata.name;
  }

  void WritePodCliqueSet() {
    if (live_.pod_clique_set.metadata.name.empty()) return;
    Write(set_, &live_.pod_clique_set);
  }

  void WriteFirstGroup() {
    WriteAll(objects_.service_accounts, live_.service_accounts);
    WriteAll(objects_.roles, live_.roles);
    WriteAll(objects_.role_bindings, live_.role_bindings);
    WriteAll(objects_.secrets, live_.secrets);
    WriteAll(objects_.services, live_.services);
    DeleteExcess(live_.horizontal_pod_autoscalers);
    WriteAll(objects_.horizontal_pod_autoscalers, live_.horizontal_pod_autoscalers);
    // Where no domain is wanted nothing is done at all (O-10).
    if (!objects_.compute_domains.empty()) DeleteExcess(live_.compute_domains);
    WriteAll(objects_.compute_domains, live_.compute_domains);
    WriteClaims(OwnerReference{"", std::string(PodCliqueSet::kKind), set_.metadata.name, "", {}, {}},
                keys::kReplicaIndex, set_.spec.replicas, !set_.spec.template_spec.resource_sharing.empty());
  }

  // The claims of one owner; those for indices beyond `replicas` go, unless there is no entry to begin with
  // (spec 04 §9.2).
  void WriteClaims(const OwnerReference& owner, string_view index_label, std::int32_t replicas, bool has_entries) {
    for (const ResourceClaim* claim : ClaimsOf(owner, wanted_claims_)) {
      const auto found = live_claim_names_.find(string_view{claim->metadata.name});
      Write(*claim, found == live_claim_names_.end() ? nullptr : found->second);
    }
    if (!has_entries) return;
    for (const ResourceClaim* claim : ClaimsOf(owner, live_claims_)) {
      const std::optional<std::int32_t> index = IndexIn(claim->metadata, index_label);
      if (index.has_value() && (*index < 0 || *index >= replicas)) Delete(*claim, DeletionCause::kExcess);
    }
  }

  using ClaimsByOwner = std::map<std::pair<std::string, std::string>, std::vector<const ResourceClaim*>>;

  static void IndexClaims(const std::vector<ResourceClaim>& claims, ClaimsByOwner& index) {
    for (const ResourceClaim& claim : claims) {
      const OwnerReference controller = OwnerOf(claim);
      index[{controller.kind, controller.name}].push_back(&claim);
    }
  }

  static std::vector<const ResourceClaim*> ClaimsOf(const OwnerReference& owner, const ClaimsByOwner& index) {
    const auto found = index.find({owner.kind, owner.name});
    return found == index.end() ? std::vector<const ResourceClaim*>() : found->second;
  }

  void WriteStandalone() {
    std::vector<const PodClique*> existing;
    std::vector<std::int32_t> indices;
    for (const PodClique& clique : live_.pod_cliques) {
      const std::optional<std::int32_t> index = IndexIn(clique.metadata, keys::kReplicaIndex);
      if (!IsOwnedBySet(clique.metadata) || !index.has_value()) continue;
      existing.push_back(&clique);
      indices.push_back(*index);
    }
    const auto cliques = planner::LayoutOf(set_.spec.template_spec).standalone.size();
    for (const std::size_t victim :
         StandaloneScaleIn(set_.spec.replicas, static_cast<std::int32_t>(cliques), indices)) {
      Delete(*existing[victim], DeletionCause::kExcess);
    }
    const auto live = IndexOf(live_.pod_cliques);
    for (const PodClique& clique : objects_.pod_cliques) {
      if (OwnerOf(clique).kind != PodCliqueSet::kKind) continue;
      const auto found = live.find(string_view{clique.metadata.name});
      Write(clique, found == live.end() ? nullptr : found->second);
    }
  }

  void WriteGroupsAndGangs() {
    DeleteExcess(live_.pod_clique_scaling_groups);
    WriteAll(objects_.pod_clique_scaling_groups, live_.pod_clique_scaling_groups);
    // By labels, not by owner (PG-60).
    for (const PodGang& gang : live_.pod_gangs) {
      if (!IsWanted(gang)) Delete(gang, DeletionCause::kExcess);
    }
    WriteAll(objects_.pod_gangs, live_.pod_gangs);
  }

  void IndexMembers() {
    for (const PodClique& clique : live_.pod_cliques) {
      const OwnerReference owner = OwnerOf(clique);
      if (owner.kind == PodCliqueScalingGroup::kKind) members_[owner.name].first.push_back(&clique);
    }
    for (const PodClique& clique : objects_.pod_cliques) {
      const OwnerReference owner = OwnerOf(clique);
      if (owner.kind == PodCliqueScalingGroup::kKind) members_[owner.name].second.push_back(&clique);
    }
    live_cliques_ = IndexOf(live_.pod_cliques);
  }

  void WriteMembers(const PodCliqueScalingGroup& group) {
    const auto& configs = set_.spec.template_spec.pod_clique_scaling_groups;
    const bool has_entries = std::ranges::any_of(configs, [&](const PodCliqueScalingGroupConfig& config) {
      return group.metadata.name.ends_with("-" + config.name) && !config.resource_sharing.empty();
    });
    WriteClaims(planner::ControllerReference(group), keys::kScalingGroupReplicaIndex, group.spec.replicas, has_entries);
    const auto& [existing, wanted] = members_[group.metadata.name];
    std::vector<std::int32_t> indices;
    for (const PodClique* member : existing) {
      const std::optional<std::int32_t> index = IndexIn(member->metadata, keys::kScalingGroupReplicaIndex);
      if (index.has_value() && !IsTerminating(member->metadata)) indices.push_back(*index);
    }
    const std::vector<std::int32_t> victims = ScalingGroupScaleIn(group.spec.replicas, indices);
    for (const PodClique* member : existing) {
      const std::optional<std::int32_t> index = IndexIn(member->metadata, keys::kScalingGroupReplicaIndex);
      if (index.has_value() && std::ranges::binary_search(victims, *index)) Delete(*member, DeletionCause::kExcess);
    }
    for (const PodClique* member : wanted) {
      const auto found = live_cliques_.find(string_view{member->metadata.name});
      Write(*member, found == live_cliques_.end() ? nullptr : found->second);
    }
  }

  void WritePods(const PodClique& clique) {
    const auto& cliques = set_.spec.template_spec.cliques;
    const bool has_entries = std::ranges::any_of(cliques, [&](const PodCliqueTemplateSpec& config) {
      return clique.metadata.name.ends_with("-" + config.name) && !config.resource_sharing.empty();
    });
    WriteClaims(planner::ControllerReference(clique), keys::kPodIndex, clique.spec.replicas, has_entries);
    const auto& [existing, wanted] = pods_[clique.metadata.name];
    std::vector<const Pod*> excess;
    for (const Pod* pod : existing) {
      if (!IsWanted(*pod)) excess.push_back(pod);
    }
    for (const std::size_t p : OrderForRemoval(excess, clique.metadata.labels.Get(keys::kPodTemplateHash))) {
      Delete(*excess[p], DeletionCause::kExcess);
    }
    for (const Pod* pod : wanted) {
      const auto found = live_pods_.find(string_view{pod->metadata.name});
      Write(*pod, found == live_pods_.end() ? nullptr : found->second);
    }
  }

  void IndexPods() {
    for (const Pod& pod : live_.pods) pods_[OwnerOf(pod).name].first.push_back(&pod);
    for (const Pod& pod : objects_.pods) pods_[OwnerOf(pod).name].second.push_back(&pod);
    live_pods_ = IndexOf(live_.pods);
  }

  // Deletes what is owned by what is deleted, level by level: owners stand before what they own.
  void CollectGarbage() {
    const auto collect = [this](const auto& list) {
      for (const auto& object : list) {
        const OwnerReference owner = OwnerOf(object);
        if (deleted_.contains(Identity{owner.kind, owner.name}) && !IsWanted(object)) {
          Delete(object, DeletionCause::kOwnerGone);
        }
      }
    };
    collect(live_.pod_cliques);
    collect(live_.kai_pod_groups);
    collect(live_.volcano_pod_groups);
    collect(live_.scheduler_objects);
    collect(live_.resource_claims);
    collect(live_.pods);
  }

  void FindLeaks() {
    const auto find = [this](const auto& list) {
      for (const auto& object : list) {
        if (IsTerminating(object.metadata) || IsWanted(object) || deleted_.contains(IdentityOf(object))) continue;
        if (ControllerOf(object.metadata) != nullptr) result_.leaked.push_back(ReferenceOf(object));
        if (clean_ && ControllerOf(object.metadata) != nullptr) Delete(object, DeletionCause::kLeaked);
      }
    };
    find(live_.services);
    find(live_.compute_domains);
    find(live_.resource_claims);
    find(live_.pod_cliques);
    find(live_.pods);
  }

  // Spec 04 §14.5.
  void DeleteEverything() {
    for (const ComputeDomain& domain : live_.compute_domains) Delete(domain, DeletionCause::kExcess);
    ForEachObject(live_, [this](const auto& object) {
      if (ControllerOf(object.metadata) != nullptr) Delete(object, DeletionCause::kOwnerGone);
    });
  }

  const ObjectSet& objects_;
  const PodCliqueSet& set_;
  const ObjectSet live_;
  const bool clean_;
  std::map<Identity, const Value*> documents_;
  std::set<Identity> wanted_;
  std::set<Identity> deleted_;
  ClaimsByOwner wanted_claims_;
  ClaimsByOwner live_claims_;
  std::map<string_view, const ResourceClaim*> live_claim_names_;
  std::map<std::string, std::pair<std::vector<const PodClique*>, std::vector<const PodClique*>>> members_;
  std::map<string_view, const PodClique*> live_cliques_;
  std::map<std::string, std::pair<std::vector<const Pod*>, std::vector<const Pod*>>> pods_;
  std::map<string_view, const Pod*> live_pods_;
  ObjectDiff result_;
};

}  // namespace

ObjectDiff Diff(const ObjectSet& objects, const LiveObjects& live, const DiffOptions& options) {
  return Differ(objects, live, options).Run();
}

}  // namespace grove
