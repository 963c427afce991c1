// Snapshots of clusters and expanded workloads, as the handles hold them.
#pragma once

#include <vector>

#include "grove/cluster_spec.hpp"
#include "grove/placement_input.hpp"
#include "grove/placement_wire.hpp"

#include "capi/expansion_texts.h"
#include "capi/failure.h"
#include "grove.h"

namespace grove::capi {

// Immutable once it is made.
struct Snapshot {
  // The objects of a text; empty if the snapshot came from a message or from another snapshot.
  std::vector<ManifestObject> objects;
  std::vector<ClusterTopologyBinding> topologies;
  PlacementInputOptions options;
  // The cluster, that of `objects` included.
  ClusterSpec spec;
};

// Immutable once it is made.
struct ExpandedWorkload {
  ObjectSet objects;
  std::vector<ClusterTopologyBinding> topologies;
};

// What placing `workload`, which may be null, on the snapshot takes.
[[nodiscard]] Outcome ReadInput(const Snapshot& snapshot, const ExpandedWorkload* workload, PlacementInput& out);

[[nodiscard]] Outcome ReadEncoding(grove_encoding encoding, WireFormat& out);
[[nodiscard]] Failure WireFailure(WireError error, std::string_view argument);
// What the planner says to inputs that it does not take.
[[nodiscard]] Failure PlannerFailure(const absl::Status& status, std::string_view argument);

}  // namespace grove::capi
