// What a case says of the cluster that its set lives in.
#pragma once

#include <vector>

#include "grove/grove.hpp"
#include "grove/topology_sync.hpp"

namespace grove {

// What exists in the cluster besides the set.
struct Cluster {
  std::vector<VolcanoQueue> queues;
  std::vector<ResourceClaimTemplate> claim_templates;
  std::vector<KaiTopology> kai_topologies;
};

[[nodiscard]] OperatorConfiguration ReadConfiguration(const Value& config, std::vector<FieldError>& errors);
[[nodiscard]] Cluster ReadCluster(const Value& extra_objects);

}  // namespace grove
