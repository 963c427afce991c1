#include "planner/at_rest.h"

#include <algorithm>
#include <memory>
#include <span>
#include <string_view>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"

#include "model/naming.h"
#include "planner/child_index.h"
#include "planner/gang_termination.h"
#include "planner/gates.h"
#include "planner/owner.h"
#include "planner/set_layout.h"
#include "planner/status/conditions.h"
#include "planner/status/expected_hashes.h"
#include "planner/status/pod_clique_set_status.h"
#include "planner/status/pod_clique_status.h"
#include "planner/status/pod_gang_status.h"
#include "planner/status/pod_state.h"
#include "planner/status/scaling_group_status.h"
#include "planner/status/update_record.h"

namespace grove::planner {
namespace {

// How errors name an object: "PodClique/name".
template <class T>
std::string KeyOf(const T& object) {
  std::string key(T::kKind);
  return key.append("/").append(object.metadata.name);
}

// The list of that key; the map keeps no key that it did not have.
template <class T>
std::span<const T* const> ListIn(const absl::flat_hash_map<std::string_view, std::vector<const T*>>& lists,
                                 std::string_view key) {
  const auto found = lists.find(key);
  if (found == lists.end()) return {};
  return found->second;
}

class Rest {
 public:
  Rest(const PodCliqueSet& set, const SetHashes& hashes, const ExpansionOptions& options, const LiveIndex& live,
       Expansion& expansion)
      : set_(set),
        options_(options),
        live_(live),
        expansion_(expansion),
        objects_(expansion.objects),
        hashes_(set, hashes.generation, hashes.pod_templates),
        children_(objects_.pod_cliques, objects_.pods, objects_.pod_gangs) {
    for (const PodClique& clique : objects_.pod_cliques) {
      const auto& owners = clique.metadata.owner_references;
      if (!owners.empty() && owners.front().kind == PodCliqueScalingGroup::kKind) {
        members_[owners.front().name].push_back(&clique);
      }
    }
  }

  void Run() {
    BeginSet();
    // Groups look at their members before those that are new have any condition.
    if (live_.exists()) ForEachGroup([this](PodCliqueScalingGroup& group) { UpdateStatus(group); });
    for (PodClique& clique : objects_.pod_cliques) BeginClique(clique);
    SettlePods();
    for (PodClique& clique : objects_.pod_cliques) SettleClique(clique);
    const bool complete = SettleGangs();
    ForEachGroup([this](PodCliqueScalingGroup& group) { SettleGroup(group); });
    SettleSet(complete);
  }

 private:
  PodCliqueSet& set_object() { return objects_.pod_clique_set; }

  template <class T>
  bool HasError(const T& object) {
    if (indexed_errors_ < expansion_.errors.size()) IndexErrors();
    return errors_.contains(KeyOf(object));
  }

  void IndexErrors() {
    for (; indexed_errors_ < expansion_.errors.size(); ++indexed_errors_) {
      errors_[expansion_.errors[indexed_errors_].object].push_back(indexed_errors_);
    }
  }

  template <class T>
  void AddError(const T& object, std::string_view code, std::string message) {
    expansion_.errors.push_back({KeyOf(object), std::string(code), std::move(message)});
  }

  // Generation that a pass without errors observed, or the errors of the last pass (spec 09 §0.5, §6.3).
  template <class T, class Status>
  void RecordOutcome(const T& object, Status& status) {
    if (!HasError(object)) {
      status.observed_generation = GenerationOf(object.metadata);
      return;
    }
    status.last_errors.clear();
    for (const std::size_t e : errors_[KeyOf(object)]) {
      const ReconcileError& error = expansion_.errors[e];
      status.last_errors.push_back({error.code, error.message, options_.now});
    }
  }

  // Spec 09 §5.2.
  void BeginSet() {
    std::vector<std::string>& finalizers = set_object().metadata.finalizers;
    if (std::ranges::find(finalizers, keys::kPodCliqueSetFinalizer) == finalizers.end()) {
      finalizers.emplace_back(keys::kPodCliqueSetFinalizer);
    }
    PodCliqueSetStatus& status = set_object().status;
    if (status.current_generation_hash.has_value() && *status.current_generation_hash != hashes_.generation()) {
      PodCliqueSetUpdateProgress& progress = status.update_progress.emplace();
      progress.update_started_at = options_.now;
      if (IsOnDelete(set_)) progress.update_ended_at = options_.now;
      status.updated_replicas = 0;
    }
    status.current_generation_hash = hashes_.generation();
  }

  [[nodiscard]] bool IsNew(const PodClique& clique) const {
    return live_.FindNamed(live_.objects().pod_cliques, clique.metadata.name) == nullptr;
  }

  // The first pass of a PodClique; a new one has no pods in it. A standalone one runs an update of no length and keeps
  // the record; an error on the way leaves the record open (spec 09 §5.4).
  void BeginClique(PodClique& clique) {
    if (hashes_.Find(clique) == nullptr && !HasError(clique)) {
      AddError(clique, "ERR_GET_PODCLIQUE_TEMPLATE", "the PodClique's labels and name lead to no clique template");
    }
    if (auto begun = UpdateToBegin(set_object(), clique, hashes_, options_.now)) {
      clique.status.update_progress = std::move(begun);
      clique.status.updated_replicas = 0;
    }
    EndUpdate(clique);
    if (IsNew(clique)) {
      UpdateStatus(clique, {});
    } else {
      UpdateStatus(clique, children_.PodsControlledBy(clique));
    }
  }

  // An update ends when no pod with an old template is left (spec 09 §5.5).
  void EndUpdate(PodClique& clique) {
    auto& progress = clique.status.update_progress;
    if (!progress.has_value() || progress->update_ended_at.has_value() || HasError(clique)) return;
    const std::string* expected = hashes_.Find(clique);
    for (const Pod* pod : children_.PodsControlledBy(clique)) {
      if (IsNew(clique) || pod->metadata.labels.Get(keys::kPodTemplateHash) == *expected) continue;
      return AddPending(PendingWork::kRollingUpdate);
    }
    progress->update_ended_at = options_.now;
    progress->ready_pods_selected_to_update.reset();
  }

  void AddPending(PendingWork work) {
    auto& pending = expansion_.pending;
    if (std::ranges::find(pending, work) == pending.end()) pending.push_back(work);
  }

  void SettlePods() {
    GateKeeper keeper(children_);
    std::vector<bool> lifted(objects_.pods.size(), false);
    for (const PodClique& clique : objects_.pod_cliques) {
      const GateDecision decision = keeper.Decide(clique);
      if (decision.error != GateError::kNone) AddGateError(clique, decision.error);
      if (HasError(clique)) continue;
      for (const Pod* pod : decision.lift) lifted[static_cast<std::size_t>(pod - objects_.pods.data())] = true;
    }
    // One storage for all pods: what each of them has of its own is a short list of members.
    const auto storage = std::make_shared<internal::Storage>();
    for (std::size_t p = 0; p < objects_.pods.size(); ++p) {
      Pod& pod = objects_.pods[p];
      if (lifted[p]) pod.spec = WithoutGroveGate(pod.spec, storage);
      SettlePodStatus(pod);
    }
  }

  void AddGateError(const PodClique& clique, GateError error) {
    if (error == GateError::kMissingGangLabel) {
      AddError(clique, "ERR_MISSING_PODGANG_LABEL_ON_PODCLIQUE", "the PodClique has no label that names its PodGang");
    } else {
      AddError(clique, "ERR_REMOVE_POD_SCHEDULING_GATE", "the base PodGang or one of its PodCliques does not exist");
    }
  }

  // What the API server says of a pod that is new, or leaves its last gate.
  void SettlePodStatus(Pod& pod) {
    if (pod.status.phase.empty()) pod.status.phase = "Pending";
    if (HasGroveGate(pod)) {
      SetCondition(pod.status.conditions, condition_types::kPodScheduled,
                   {kFalse, "SchedulingGated", "Scheduling is blocked due to non-empty scheduling gates"}, 0,
                   options_.now);
    } else if (IsGated(pod) && !HasAnyGate(pod)) {
      RemoveCondition(pod.status.conditions, condition_types::kPodScheduled);
    }
  }

  void SettleClique(PodClique& clique) {
    // A pass that leaves pods gated is repeated and observes nothing; the first one of a PodClique, and the one after
    // a change of it, sees only the pods that were there before.
    if (HasError(clique) || !LeavesLivePodsGated(clique)) RecordOutcome(clique, clique.status);
    UpdateStatus(clique, children_.PodsControlledBy(clique));
  }

  [[nodiscard]] bool LeavesLivePodsGated(const PodClique& clique) const {
    if (!live_.exists() || IsNew(clique)) return false;
    const auto pods = children_.PodsControlledBy(clique);
    return std::ranges::any_of(pods,
                               [&](const Pod* pod) { return HasGroveGate(*pod) && live_.HasPod(pod->metadata.name); });
  }

  // A status that cannot be computed is not written.
  void UpdateStatus(PodClique& clique, std::span<const Pod* const> pods) {
    auto status = ComputePodCliqueStatus(clique, set_.metadata.name, hashes_, pods, options_.now);
    if (status.ok()) clique.status = *std::move(status);
  }

  // True if all gangs are complete. One that was complete once stays initialized (PG-70).
  bool SettleGangs() {
    bool all_complete = true;
    for (PodGang& gang : objects_.pod_gangs) {
      const bool complete = IsComplete(gang, children_);
      all_complete = all_complete && complete;
      if (HasStatus(gang.status.conditions, condition_types::kInitialized, kTrue)) continue;
      if (complete || gang.status.conditions.empty()) gang.status = InitializedStatus(complete, options_.now);
    }
    return all_complete;
  }

  template <class Function>
  void ForEachGroup(Function&& function) {
    for (PodCliqueScalingGroup& group : objects_.pod_clique_scaling_groups) function(group);
  }

  void UpdateStatus(PodCliqueScalingGroup& group) {
    if (auto begun = UpdateToBegin(set_object(), group, hashes_, options_.now)) {
      group.status.update_progress = std::move(begun);
      group.status.updated_replicas = 0;
    }
    group.status = ComputeScalingGroupStatus(group, set_, hashes_, ListIn(members_, group.metadata.name), options_.now);
  }

  void SettleGroup(PodCliqueScalingGroup& group) {
    const auto& progress = group.status.update_progress;
    if (progress.has_value() && !progress->update_ended_at.has_value()) AddPending(PendingWork::kRollingUpdate);
    const GroupTermination termination =
        TerminationOf(group, ListIn(members_, group.metadata.name), set_object(), options_.now);
    if (!termination.expired.empty()) AddPending(PendingWork::kGangTermination);
    if (HasError(group) || termination.waiting.empty()) RecordOutcome(group, group.status);
    UpdateStatus(group);
  }

  // True if a replica of the set is breached and waits for its termination (spec 09 §4.3).
  bool HasBreachedReplica() {
    absl::flat_hash_map<std::string_view, std::vector<const PodClique*>> cliques;
    absl::flat_hash_map<std::string_view, std::vector<const PodCliqueScalingGroup*>> groups;
    for (const PodClique& clique : objects_.pod_cliques) {
      const OwnerReference* owner = ControllerOf(clique.metadata);
      if (owner == nullptr || owner->kind != PodCliqueSet::kKind) continue;
      cliques[clique.metadata.labels.Get(keys::kReplicaIndex)].push_back(&clique);
    }
    for (const PodCliqueScalingGroup& group : objects_.pod_clique_scaling_groups) {
      groups[group.metadata.labels.Get(keys::kReplicaIndex)].push_back(&group);
    }
    const std::size_t desired = LayoutOf(set_.spec.template_spec).standalone.size();
    bool waiting = false;
    for (std::int32_t r = 0; r < set_.spec.replicas; ++r) {
      const std::string index = std::to_string(r);
      const SetReplicaOutlook outlook =
          OutlookOf(ListIn(cliques, index), desired, ListIn(groups, index), set_, options_.now);
      if (outlook == SetReplicaOutlook::kTerminate) AddPending(PendingWork::kGangTermination);
      waiting = waiting || outlook == SetReplicaOutlook::kWaiting;
    }
    return waiting;
  }

  void SettleSet(bool gangs_complete) {
    PodCliqueSet& set = set_object();
    const bool waits = live_.exists() && HasBreachedReplica();
    if (HasError(set) || (gangs_complete && !waits)) RecordOutcome(set, set.status);
    const TopologyObservation topology{options_.configuration.topology_aware_scheduling.enabled, options_.topologies};
    set.status = ComputePodCliqueSetStatus(set, hashes_, objects_.pod_cliques, objects_.pod_clique_scaling_groups,
                                           topology, options_.now);
  }

  const PodCliqueSet& set_;
  const ExpansionOptions& options_;
  const LiveIndex& live_;
  Expansion& expansion_;
  ObjectSet& objects_;
  ExpectedHashes hashes_;
  // Of objects that stay where they are while their specs and statuses change.
  ChildIndex children_;
  absl::flat_hash_map<std::string_view, std::vector<const PodClique*>> members_;  // by scaling group
  absl::flat_hash_map<std::string, std::vector<std::size_t>> errors_;
  std::size_t indexed_errors_ = 0;
};

}  // namespace

void BringToRest(const PodCliqueSet& set, const SetHashes& hashes, const ExpansionOptions& options,
                 const LiveIndex& live, Expansion& expansion) {
  Rest(set, hashes, options, live, expansion).Run();
}

void BringToRest(const AdmittedPodCliqueSet& admitted, const ExpansionOptions& options, Expansion& expansion) {
  BringToRest(admitted.set(), HashesOf(admitted.set(), admitted.document()), options, {}, expansion);
}

}  // namespace grove::planner
