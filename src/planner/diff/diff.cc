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
#include "planner/diff/object_view.h"
#include "planner/diff/ownership.h"
#include "planner/live_index.h"
#include "planner/owner.h"
#include "planner/set_layout.h"
#include "planner/status/update_record.h"

namespace grove {
namespace {

using planner::ControllerOf;
using planner::IsA;
using planner::ObjectView;
using planner::ViewOf;
using planner::ViewsOf;
using std::string_view;

// A kind and a name; kinds of one name are told apart by their group.
using Identity = std::pair<std::string, std::string>;

Identity IdentityOf(string_view api_version, string_view kind, string_view name) {
  std::string full_kind(kind);
  if (kind == "PodGroup") full_kind.append(".").append(api_version.substr(0, api_version.find('/')));
  return {std::move(full_kind), std::string(name)};
}

Identity IdentityOf(const ObjectView& object) { return IdentityOf(object.api_version, object.kind, object.name()); }

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
      documents_[IdentityOf(object.api_version, object.kind, object.name)] = &object.document;
    }
    ForEachObject(objects, [&](const auto& object) { Want(ViewOf(object)); });
    IndexMembers();
    IndexPods();
    live_claim_names_ = IndexOf(ViewsOf(live_.resource_claims));
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
    WriteAll(ViewsOf(objects_.kai_pod_groups), ViewsOf(live_.kai_pod_groups));
    WriteAll(ViewsOf(objects_.volcano_pod_groups), ViewsOf(live_.volcano_pod_groups));
    WriteAll(ViewsOf(objects_.scheduler_objects), ViewsOf(live_.scheduler_objects));
    CollectGarbage();
    FindLeaks();
    return std::move(result_);
  }

 private:
  using ObjectsByName = std::map<string_view, ObjectView>;

  void Want(const ObjectView& object) {
    if (!IsUnneededClaim(object)) wanted_.insert(IdentityOf(object));
  }

  static bool IsTerminating(const ObjectMeta& metadata) { return metadata.deletion_timestamp.has_value(); }

  [[nodiscard]] bool IsWanted(const ObjectView& object) const { return wanted_.contains(IdentityOf(object)); }

  // A set without replicas needs none of the claims that all of them share (O-15).
  [[nodiscard]] bool IsUnneededClaim(const ObjectView& object) const {
    if (!clean_ || set_.spec.replicas != 0 || !IsA<ResourceClaim>(object)) return false;
    const OwnerReference* owner = ControllerOf(*object.metadata);
    return owner != nullptr && owner->kind == PodCliqueSet::kKind;
  }

  void Delete(const ObjectView& object, DeletionCause cause) {
    if (IsTerminating(*object.metadata) || !deleted_.insert(IdentityOf(object)).second) return;
    result_.changes.push_back({ObjectAction::kDelete, cause, object.reference(), Value(), {}});
  }

  // A member of a scaling group is made and recreated, never patched, unless the strategy is OnDelete.
  [[nodiscard]] bool IsUntouched(const ObjectView& object) const {
    if (!IsA<PodClique>(object) || planner::IsOnDelete(set_)) return false;
    const OwnerReference* owner = ControllerOf(*object.metadata);
    return owner != nullptr && owner->kind == PodCliqueScalingGroup::kKind;
  }

  void Write(const ObjectView& object, const ObjectView* live) {
    if (IsUnneededClaim(object)) return;
    if (live == nullptr) {
      result_.changes.push_back(
          {ObjectAction::kCreate, DeletionCause::kNone, object.reference(), object.document(), {}});
      return;
    }
    if (IsTerminating(*live->metadata)) return result_.waiting.push_back(object.reference());
    if (!planner::IsControllableBy(*live->metadata, OwnerOf(*object.metadata))) {
      return result_.conflicts.push_back(object.reference());
    }
    const Value& before = *documents_.at(IdentityOf(object));
    const Value after =
        planner::WrittenOver(object.kind, object.api_version, IsUntouched(object), before, object.document());
    std::optional<Value> patch = MergePatchOf(before, after);
    if (!patch.has_value()) return;
    result_.changes.push_back({ObjectAction::kPatch, DeletionCause::kNone, object.reference(), std::move(*patch),
                               CompareDocuments(before, after)});
  }

  void WriteOver(const ObjectView& object, const ObjectsByName& live) {
    const auto found = live.find(object.name());
    Write(object, found == live.end() ? nullptr : &found->second);
  }

  static OwnerReference OwnerOf(const ObjectMeta& metadata) {
    const OwnerReference* owner = ControllerOf(metadata);
    return owner == nullptr ? OwnerReference() : *owner;
  }

  void WriteAll(const std::vector<ObjectView>& list, const std::vector<ObjectView>& live) {
    // A backend may make several kinds of one name.
    std::map<std::pair<string_view, string_view>, const ObjectView*> by_name;
    for (const ObjectView& object : live) by_name[{object.kind, object.name()}] = &object;
    for (const ObjectView& object : list) {
      const auto found = by_name.find({object.kind, object.name()});
      Write(object, found == by_name.end() ? nullptr : found->second);
    }
  }

  static ObjectsByName IndexOf(const std::vector<ObjectView>& list) {
    ObjectsByName by_name;
    for (const ObjectView& object : list) by_name[object.name()] = object;
    return by_name;
  }

  // Objects of the set that nobody asks for.
  void DeleteExcess(const std::vector<ObjectView>& live) {
    for (const ObjectView& object : live) {
      if (!IsWanted(object) && IsOwnedBySet(*object.metadata)) Delete(object, DeletionCause::kExcess);
    }
  }

  [[nodiscard]] bool IsOwnedBySet(const ObjectMeta& metadata) const {
    const OwnerReference* owner = ControllerOf(metadata);
    return owner != nullptr && owner->kind == PodCliqueSet::kKind && owner->name == set_.metadata.name;
  }

  void WritePodCliqueSet() {
    if (live_.pod_clique_set.metadata.name.empty()) return;
    const ObjectView live = ViewOf(live_.pod_clique_set);
    Write(ViewOf(set_), &live);
  }

  void WriteFirstGroup() {
    WriteAll(ViewsOf(objects_.service_accounts), ViewsOf(live_.service_accounts));
    WriteAll(ViewsOf(objects_.roles), ViewsOf(live_.roles));
    WriteAll(ViewsOf(objects_.role_bindings), ViewsOf(live_.role_bindings));
    WriteAll(ViewsOf(objects_.secrets), ViewsOf(live_.secrets));
    WriteAll(ViewsOf(objects_.services), ViewsOf(live_.services));
    DeleteExcess(ViewsOf(live_.horizontal_pod_autoscalers));
    WriteAll(ViewsOf(objects_.horizontal_pod_autoscalers), ViewsOf(live_.horizontal_pod_autoscalers));
    // Where no domain is wanted nothing is done at all (O-10).
    if (!objects_.compute_domains.empty()) DeleteExcess(ViewsOf(live_.compute_domains));
    WriteAll(ViewsOf(objects_.compute_domains), ViewsOf(live_.compute_domains));
    WriteClaims(OwnerReference{"", std::string(PodCliqueSet::kKind), set_.metadata.name, "", {}, {}},
                keys::kReplicaIndex, set_.spec.replicas, !set_.spec.template_spec.resource_sharing.empty());
  }

  // The claims of one owner; those for indices beyond `replicas` go, unless there is no entry to begin with
  // (spec 04 §9.2).
  void WriteClaims(const OwnerReference& owner, string_view index_label, std::int32_t replicas, bool has_entries) {
    for (const ResourceClaim* claim : ClaimsOf(owner, wanted_claims_)) {
      WriteOver(ViewOf(*claim), live_claim_names_);
    }
    if (!has_entries) return;
    for (const ResourceClaim* claim : ClaimsOf(owner, live_claims_)) {
      const std::optional<std::int32_t> index = IndexIn(claim->metadata, index_label);
      if (index.has_value() && (*index < 0 || *index >= replicas)) Delete(ViewOf(*claim), DeletionCause::kExcess);
    }
  }

  using ClaimsByOwner = std::map<std::pair<std::string, std::string>, std::vector<const ResourceClaim*>>;

  static void IndexClaims(const std::vector<ResourceClaim>& claims, ClaimsByOwner& index) {
    for (const ResourceClaim& claim : claims) {
      const OwnerReference controller = OwnerOf(claim.metadata);
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
      Delete(ViewOf(*existing[victim]), DeletionCause::kExcess);
    }
    const auto live = IndexOf(ViewsOf(live_.pod_cliques));
    for (const PodClique& clique : objects_.pod_cliques) {
      if (OwnerOf(clique.metadata).kind != PodCliqueSet::kKind) continue;
      WriteOver(ViewOf(clique), live);
    }
  }

  void WriteGroupsAndGangs() {
    DeleteExcess(ViewsOf(live_.pod_clique_scaling_groups));
    WriteAll(ViewsOf(objects_.pod_clique_scaling_groups), ViewsOf(live_.pod_clique_scaling_groups));
    // By labels, not by owner (PG-60).
    for (const PodGang& gang : live_.pod_gangs) {
      if (!IsWanted(ViewOf(gang))) Delete(ViewOf(gang), DeletionCause::kExcess);
    }
    WriteAll(ViewsOf(objects_.pod_gangs), ViewsOf(live_.pod_gangs));
  }

  void IndexMembers() {
    for (const PodClique& clique : live_.pod_cliques) {
      const OwnerReference owner = OwnerOf(clique.metadata);
      if (owner.kind == PodCliqueScalingGroup::kKind) members_[owner.name].first.push_back(&clique);
    }
    for (const PodClique& clique : objects_.pod_cliques) {
      const OwnerReference owner = OwnerOf(clique.metadata);
      if (owner.kind == PodCliqueScalingGroup::kKind) members_[owner.name].second.push_back(&clique);
    }
    live_cliques_ = IndexOf(ViewsOf(live_.pod_cliques));
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
      if (index.has_value() && std::ranges::binary_search(victims, *index)) {
        Delete(ViewOf(*member), DeletionCause::kExcess);
      }
    }
    for (const PodClique* member : wanted) {
      WriteOver(ViewOf(*member), live_cliques_);
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
      if (!IsWanted(ViewOf(*pod))) excess.push_back(pod);
    }
    for (const std::size_t p : OrderForRemoval(excess, clique.metadata.labels.Get(keys::kPodTemplateHash))) {
      Delete(ViewOf(*excess[p]), DeletionCause::kExcess);
    }
    for (const Pod* pod : wanted) {
      WriteOver(ViewOf(*pod), live_pods_);
    }
  }

  void IndexPods() {
    for (const Pod& pod : live_.pods) pods_[OwnerOf(pod.metadata).name].first.push_back(&pod);
    for (const Pod& pod : objects_.pods) pods_[OwnerOf(pod.metadata).name].second.push_back(&pod);
    live_pods_ = IndexOf(ViewsOf(live_.pods));
  }

  // Deletes what is owned by what is deleted, level by level: owners stand before what they own.
  void CollectGarbage() {
    const auto collect = [this](const std::vector<ObjectView>& list) {
      for (const ObjectView& object : list) {
        const OwnerReference owner = OwnerOf(*object.metadata);
        if (deleted_.contains(Identity{owner.kind, owner.name}) && !IsWanted(object)) {
          Delete(object, DeletionCause::kOwnerGone);
        }
      }
    };
    collect(ViewsOf(live_.pod_cliques));
    collect(ViewsOf(live_.kai_pod_groups));
    collect(ViewsOf(live_.volcano_pod_groups));
    collect(ViewsOf(live_.scheduler_objects));
    collect(ViewsOf(live_.resource_claims));
    collect(ViewsOf(live_.pods));
  }

  void FindLeaks() {
    const auto find = [this](const std::vector<ObjectView>& list) {
      for (const ObjectView& object : list) {
        const ObjectMeta& metadata = *object.metadata;
        if (IsTerminating(metadata) || IsWanted(object) || deleted_.contains(IdentityOf(object))) continue;
        if (ControllerOf(metadata) != nullptr) result_.leaked.push_back(object.reference());
        if (clean_ && ControllerOf(metadata) != nullptr) Delete(object, DeletionCause::kLeaked);
      }
    };
    find(ViewsOf(live_.services));
    find(ViewsOf(live_.compute_domains));
    find(ViewsOf(live_.resource_claims));
    find(ViewsOf(live_.pod_cliques));
    find(ViewsOf(live_.pods));
  }

  // Spec 04 §14.5.
  void DeleteEverything() {
    for (const ComputeDomain& domain : live_.compute_domains) Delete(ViewOf(domain), DeletionCause::kExcess);
    ForEachObject(live_, [this](const auto& object) {
      if (ControllerOf(object.metadata) != nullptr) Delete(ViewOf(object), DeletionCause::kOwnerGone);
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
  ObjectsByName live_claim_names_;
  std::map<std::string, std::pair<std::vector<const PodClique*>, std::vector<const PodClique*>>> members_;
  ObjectsByName live_cliques_;
  std::map<std::string, std::pair<std::vector<const Pod*>, std::vector<const Pod*>>> pods_;
  ObjectsByName live_pods_;
  ObjectDiff result_;
};

}  // namespace

ObjectDiff Diff(const ObjectSet& objects, const LiveObjects& live, const DiffOptions& options) {
  return Differ(objects, live, options).Run();
}

}  // namespace grove
