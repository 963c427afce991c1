// What becomes of ClusterTopologyBindings: the topology objects of schedulers, and each binding's status
// (spec 06 §3, §4).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "grove/admission.hpp"
#include "grove/cluster_topology_binding.hpp"
#include "grove/operator_configuration.hpp"
#include "grove/scheduler_objects.hpp"

namespace grove {

// What is to be done so that a topology object exists as it should (spec 06 §4.2).
enum class TopologyAction : std::uint8_t {
  kKeep,  // it exists with these levels; nothing is written
  kCreate,
  kRecreate,  // levels are immutable: it is deleted, then created
};

struct SyncedKaiTopology {
  KaiTopology topology;
  TopologyAction action = TopologyAction::kCreate;

  friend bool operator==(const SyncedKaiTopology&, const SyncedKaiTopology&) = default;
};

struct TopologySync {
  // The KAI Topologies that Grove manages and that are to exist, in the order of their bindings. Objects that somebody
  // else manages are not among them.
  std::vector<SyncedKaiTopology> kai_topologies;
  // The status of each binding once that is done, in the order of the bindings.
  std::vector<ClusterTopologyBindingStatus> statuses;
};

struct TopologySyncOptions {
  // The scheduler profiles decide which backends have topologies; topology-aware scheduling itself is not asked
  // (CT-28).
  OperatorConfiguration configuration = DefaultOperatorConfiguration();
  // The KAI Topologies that exist, with their owner, generation and levels.
  std::vector<KaiTopology> kai_topologies;
  // Written where a condition changes its status.
  Time now;
};

// Synchronises admitted bindings with the topology objects of the enabled schedulers (CT-20…CT-24, CT-28).
//
// A binding without an entry for a scheduler is managed: its topology object has the binding's name and levels. One
// with an entry is compared only. An object of the needed name that another owner controls, and levels that KAI refuses
// (more than 16, a repeated key, `kubernetes.io/hostname` not last), leave the binding out of sync. An owner is
// recognised by its uid; where the binding or the owner has none, by its name. `status` of the bindings is what it was
// before: a condition that does not change keeps its time. Deterministic; O(bindings * backends + levels).
[[nodiscard]] TopologySync SyncTopologies(std::span<const ClusterTopologyBinding> bindings,
                                          const TopologySyncOptions& options = {});

}  // namespace grove
