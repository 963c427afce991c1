#include "planner/at_rest.h"

#include <algorithm>
#include <memory>
#include <string_view>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"

#include "model/naming.h"
#include "planner/child_index.h"
#include "planner/gates.h"
#include "planner/owner.h"
#include "planner/status/conditions.h"
#include "planner/status/expected_hashes.h"
#include "planner/status/pod_clique_set_status.h"
#include "planner/status/pod_clique_status.h"
#include "planner/status/pod_gang_status.h"
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

class Rest {
 public:
  Rest(const PodCliqueSet& set, const SetHashes& hashes, const ExpansionOptions& options, Expansion& expansion)
      : set_(set),
        options_(options),
        expansion_(expansion),
        objects_(expansion.objects),
        hashes_(set, hashes.generation, hashes.pod_templates),
        children_(objects_.pod_cliques, objects_.pods, objects_.pod_gangs) {}

  void Run() {
    BeginSet();
    for (PodClique& clique : objects_.pod_cliques) BeginClique(clique);
    SettlePods();
    for (PodClique& clique : objects_.pod_cliques) SettleClique(clique);
    const bool complete = SettleGangs();
    SettleGroups();
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
    for (const std::size_t e : errors_[KeyOf(object)]) {
      const ReconcileError& error = expansion_.errors[e];
      status.last_errors.push_back({error.code, error.message, options_.now});
    }
  }

  void BeginSet() {
    std::vector<std::string>& finalizers = set_object().metadata.finalizers;
    if (std::find(finalizers.begin(), finalizers.end(), keys::kPodCliqueSetFinalizer) == finalizers.end()) {
      finalizers.emplace_back(keys::kPodCliqueSetFinalizer);
    }
    set_object().status.current_generation_hash = hashes_.generation();
  }

  // The first pass of a PodClique, before it has pods. A standalone one runs an update of no length in it and keeps the
  // record; an error on the way leaves the record open (spec 09 §5.4).
  void BeginClique(PodClique& clique) {
    if (hashes_.Find(clique) == nullptr && !HasError(clique)) {
      AddError(clique, "ERR_GET_PODCLIQUE_TEMPLATE", "the PodClique's labels and name lead to no clique template");
    }
    if (auto begun = UpdateToBegin(set_object(), clique, hashes_, options_.now)) {
      if (!HasError(clique)) begun->update_ended_at = options_.now;
      clique.status.update_progress = std::move(begun);
    }
    UpdateStatus(clique, {});
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

  // What the API server says of a new pod.
  void SettlePodStatus(Pod& pod) {
    pod.status.phase = "Pending";
    if (!HasGroveGate(pod)) return;
    SetCondition(pod.status.conditions, condition_types::kPodScheduled,
                 {kFalse, "SchedulingGated", "Scheduling is blocked due to non-empty scheduling gates"}, 0,
                 options_.now);
  }

  void SettleClique(PodClique& clique) {
    RecordOutcome(clique, clique.status);
    UpdateStatus(clique, children_.PodsControlledBy(clique));
  }

  // A status that cannot be computed is not written.
  void UpdateStatus(PodClique& clique, std::span<const Pod* const> pods) {
    auto status = ComputePodCliqueStatus(clique, set_.metadata.name, hashes_, pods, options_.now);
    if (status.ok()) clique.status = *std::move(status);
  }

  // True if all gangs are complete.
  bool SettleGangs() {
    bool all_complete = true;
    for (PodGang& gang : objects_.pod_gangs) {
      const bool complete = IsComplete(gang, children_);
      all_complete = all_complete && complete;
      gang.status = InitializedStatus(complete, options_.now);
    }
    return all_complete;
  }

  void SettleGroups() {
    absl::flat_hash_map<std::string_view, std::vector<const PodClique*>> members;
    for (const PodClique& clique : objects_.pod_cliques) {
      const auto& owners = clique.metadata.owner_references;
      if (!owners.empty() && owners.front().kind == PodCliqueScalingGroup::kKind) {
        members[owners.front().name].push_back(&clique);
      }
    }
    for (PodCliqueScalingGroup& group : objects_.pod_clique_scaling_groups) {
      if (auto begun = UpdateToBegin(set_object(), group, hashes_, options_.now)) {
        group.status.update_progress = std::move(begun);
      }
      RecordOutcome(group, group.status);
      group.status = ComputeScalingGroupStatus(group, set_, hashes_, members[group.metadata.name], options_.now);
    }
  }

  void SettleSet(bool gangs_complete) {
    PodCliqueSet& set = set_object();
    if (gangs_complete || HasError(set)) RecordOutcome(set, set.status);
    const TopologyObservation topology{options_.configuration.topology_aware_scheduling.enabled, options_.topologies};
    set.status = ComputePodCliqueSetStatus(set, hashes_, objects_.pod_cliques, objects_.pod_clique_scaling_groups,
                                           topology, options_.now);
  }

  const PodCliqueSet& set_;
  const ExpansionOptions& options_;
  Expansion& expansion_;
  ObjectSet& objects_;
  ExpectedHashes hashes_;
  // Of objects that stay where they are while their specs and statuses change.
  ChildIndex children_;
  absl::flat_hash_map<std::string, std::vector<std::size_t>> errors_;
  std::size_t indexed_errors_ = 0;
};

}  // namespace

void BringToRest(const PodCliqueSet& set, const SetHashes& hashes, const ExpansionOptions& options,
                 Expansion& expansion) {
  Rest(set, hashes, options, expansion).Run();
}

void BringToRest(const AdmittedPodCliqueSet& admitted, const ExpansionOptions& options, Expansion& expansion) {
  BringToRest(admitted.set(), HashesOf(admitted.set(), admitted.document()), options, expansion);
}

}  // namespace grove::planner
