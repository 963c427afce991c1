// ClusterSpec: a snapshot of a cluster as plain data, as it is read and written. A Cluster is built from it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

#include "grove/cluster.hpp"
#include "grove/cluster_topology_binding.hpp"
#include "grove/pod_class.hpp"

namespace grove {

// A pod that runs before anything is planned; see RunningPod.
struct RunningPodSpec {
  std::string node;             // its name
  std::uint32_t pod_class = 0;  // index into ClusterSpec::pod_classes

  friend bool operator==(const RunningPodSpec&, const RunningPodSpec&) = default;
};

struct ClusterSpec {
  std::string topology_name;
  std::vector<TopologyLevel> levels;  // broadest first
  std::vector<NodeSpec> nodes;
  std::vector<PodClass> pod_classes;
  std::vector<RunningPodSpec> pods;
};

// Builds the cluster. Errors as of ClusterBuilder::Build, and InvalidArgument for a class out of range.
[[nodiscard]] absl::StatusOr<Cluster> BuildCluster(const ClusterSpec& spec);

// Something that pods ask for and that placement does not look at, so that it may be wrong in this respect (PL-37).
struct NotEvaluated {
  std::string what;        // "persistent volumes", "resource claims", ...
  std::uint32_t pods = 0;  // how many
  std::string example;     // one of them: "namespace/name"

  friend bool operator==(const NotEvaluated&, const NotEvaluated&) = default;
};

}  // namespace grove
