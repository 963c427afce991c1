#include "grove/cluster_spec.hpp"

#include "absl/strings/str_cat.h"

namespace grove {

absl::StatusOr<Cluster> BuildCluster(const ClusterSpec& spec) {
  ClusterBuilder builder(spec.levels, spec.topology_name);
  builder.Reserve(spec.nodes.size());
  for (const NodeSpec& node : spec.nodes) builder.AddNode(node);
  for (std::size_t i = 0; i < spec.pods.size(); ++i) {
    const RunningPodSpec& pod = spec.pods[i];
    if (pod.pod_class >= spec.pod_classes.size()) {
      return absl::InvalidArgumentError(absl::StrCat("pods[", i, "] is of class ", pod.pod_class, ", but there are ",
                                                     spec.pod_classes.size(), " classes"));
    }
    builder.AddPod(pod.node, spec.pod_classes[pod.pod_class]);
  }
  return std::move(builder).Build();
}

}  // namespace grove
