#include "grove/topology_sync.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "absl/container/flat_hash_map.h"

#include "planner/owner.h"
#include "planner/status/conditions.h"
#include "planner/translate/backend.h"

namespace grove {
namespace {

using planner::Backend;

constexpr std::size_t kKaiMaxLevels = 16;
constexpr std::string_view kHostname = "kubernetes.io/hostname";

KaiTopologySpec SpecOf(const ClusterTopologyBinding& binding) {
  KaiTopologySpec spec;
  for (const TopologyLevel& level : binding.spec.levels) spec.levels.push_back({level.key});
  return spec;
}

// Spec 06 §4.2, by uid; objects of a text that never was in a cluster have none.
bool IsControlledBy(const KaiTopology& topology, const ClusterTopologyBinding& binding) {
  const OwnerReference* owner = planner::ControllerOf(topology.metadata);
  if (owner == nullptr) return false;
  if (!owner->uid.empty() && !binding.metadata.uid.empty()) return owner->uid == binding.metadata.uid;
  return owner->kind == ClusterTopologyBinding::kKind && owner->name == binding.metadata.name;
}

// Spec 06 §4.4: why KAI would refuse the object; empty if it would not.
std::string_view RefusalOf(const KaiTopologySpec& spec) {
  if (spec.levels.size() > kKaiMaxLevels) return "KAI Topology takes at most 16 levels";
  std::set<std::string_view> labels;
  for (std::size_t i = 0; i < spec.levels.size(); ++i) {
    const std::string_view label = spec.levels[i].node_label;
    if (!labels.insert(label).second) return "KAI Topology takes every node label once";
    if (label == kHostname && i + 1 != spec.levels.size()) {
      return "KAI Topology takes kubernetes.io/hostname as its last level only";
    }
  }
  return {};
}

class Synchroniser {
 public:
  Synchroniser(const TopologySyncOptions& options, TopologySync& result) : options_(options), result_(result) {
    for (const KaiTopology& topology : options.kai_topologies) existing_.emplace(topology.metadata.name, &topology);
    for (const Backend* backend : planner::EnabledBackends(options.configuration)) {
      if (backend->carries_topology) backends_.push_back(backend);
    }
  }

  void Sync(const ClusterTopologyBinding& binding) {
    ClusterTopologyBindingStatus status = binding.status;
    status.scheduler_topology_statuses.clear();
    bool failed = false;
    for (const Backend* backend : backends_) {
      const SchedulerTopologyBinding* entry = EntryFor(binding, backend->scheduler_name);
      status.scheduler_topology_statuses.push_back(entry != nullptr ? Compare(binding, *entry)
                                                                    : Manage(binding, backend->scheduler_name, failed));
    }
    const bool has_unknown = AddUnknown(binding, status);
    if (!failed) status.observed_generation = planner::GenerationOf(binding.metadata);  // CT-23
    SetDrift(binding, has_unknown, status);
    result_.statuses.push_back(std::move(status));
  }

 private:
  static const SchedulerTopologyBinding* EntryFor(const ClusterTopologyBinding& binding, std::string_view scheduler) {
    for (const SchedulerTopologyBinding& entry : binding.spec.scheduler_topology_bindings) {
      if (entry.scheduler_name == scheduler) return &entry;
    }
    return nullptr;
  }

  const KaiTopology* FindExisting(std::string_view name) const {
    const auto found = existing_.find(name);
    return found != existing_.end() ? found->second : nullptr;
  }

  // CT-20, spec 06 §4.1, §4.2. `failed` is set if the scheduler's object cannot be what it should be.
  SchedulerTopologyStatus Manage(const ClusterTopologyBinding& binding, std::string_view scheduler, bool& failed) {
    SchedulerTopologyStatus status;
    status.scheduler_name = scheduler;
    status.topology_reference = binding.metadata.name;
    SyncedKaiTopology synced;
    synced.topology.metadata.name = binding.metadata.name;
    synced.topology.metadata.owner_references.push_back(planner::ControllerReference(binding));
    synced.topology.spec = SpecOf(binding);
    const KaiTopology* existing = FindExisting(binding.metadata.name);
    if (existing != nullptr && !IsControlledBy(*existing, binding)) {
      status.message = "KAI Topology is not controlled by this ClusterTopologyBinding";
    } else if (existing != nullptr && existing->spec == synced.topology.spec) {
      synced = {*existing, TopologyAction::kKeep};
    } else {
      status.message = RefusalOf(synced.topology.spec);
      if (existing != nullptr) synced.action = TopologyAction::kRecreate;
    }
    status.in_sync = status.message.empty();
    failed = failed || !status.in_sync;
    if (status.in_sync) result_.kai_topologies.push_back(std::move(synced));
    return status;
  }

  // CT-21, spec 06 §4.3.
  SchedulerTopologyStatus Compare(const ClusterTopologyBinding& binding, const SchedulerTopologyBinding& entry) const {
    SchedulerTopologyStatus status;
    status.scheduler_name = entry.scheduler_name;
    status.topology_reference = entry.topology_reference;
    const KaiTopology* existing = FindExisting(entry.topology_reference);
    if (existing == nullptr) {
      status.message = "KAI Topology not found";
      return status;
    }
    status.scheduler_backend_topology_observed_generation = planner::GenerationOf(existing->metadata);
    status.in_sync = existing->spec == SpecOf(binding);
    if (!status.in_sync) status.message = "KAI Topology levels differ from ClusterTopologyBinding levels";
    return status;
  }

  // CT-22. True if there is such an entry.
  bool AddUnknown(const ClusterTopologyBinding& binding, ClusterTopologyBindingStatus& status) const {
    bool any = false;
    for (const SchedulerTopologyBinding& entry : binding.spec.scheduler_topology_bindings) {
      const bool known = std::ranges::any_of(
          backends_, [&](const Backend* backend) { return backend->scheduler_name == entry.scheduler_name; });
      if (known) continue;
      any = true;
      SchedulerTopologyStatus& unknown = status.scheduler_topology_statuses.emplace_back();
      unknown.scheduler_name = entry.scheduler_name;
      unknown.topology_reference = entry.topology_reference;
      unknown.message = "scheduler is not an enabled backend with topologies";
    }
    return any;
  }

  // CT-24.
  void SetDrift(const ClusterTopologyBinding& binding, bool has_unknown, ClusterTopologyBindingStatus& status) const {
    namespace types = planner::condition_types;
    const auto& entries = status.scheduler_topology_statuses;
    if (entries.empty()) return planner::RemoveCondition(status.conditions, types::kSchedulerTopologyDrift);
    planner::Verdict verdict{planner::kTrue, "Drift", "One or more scheduler backend topologies have drifted"};
    if (has_unknown) {
      verdict = {planner::kUnknown, "TopologyNotFound", "Some schedulers of the binding have no topology to compare"};
    } else if (std::ranges::all_of(entries, [](const auto& entry) { return entry.in_sync; })) {
      verdict = {planner::kFalse, "InSync", "All scheduler backend topologies are in sync"};
    }
    const std::int64_t generation = planner::GenerationOf(binding.metadata);
    planner::SetCondition(status.conditions, types::kSchedulerTopologyDrift, verdict, generation, options_.now);
    // Unlike other conditions of Grove, this one always tells the generation that was looked at.
    for (Condition& condition : status.conditions) {
      if (condition.type == types::kSchedulerTopologyDrift) condition.observed_generation = generation;
    }
  }

  const TopologySyncOptions& options_;
  TopologySync& result_;
  absl::flat_hash_map<std::string_view, const KaiTopology*> existing_;
  std::vector<const Backend*> backends_;
};

}  // namespace

TopologySync SyncTopologies(std::span<const ClusterTopologyBinding> bindings, const TopologySyncOptions& options) {
  TopologySync result;
  Synchroniser synchroniser(options, result);
  for (const ClusterTopologyBinding& binding : bindings) synchroniser.Sync(binding);
  return result;
}

}  // namespace grove
