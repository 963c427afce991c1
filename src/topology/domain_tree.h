// The tree of domains, made from the nodes' label values.
#pragma once

#include "topology/cluster_data.h"

namespace grove::topology {

// Replaces the label values in node_domains by domains. Nodes are in the order of their paths; whether their rows state
// own_level is said.
void BuildDomains(ClusterData& data, bool own_levels_known);

}  // namespace grove::topology
