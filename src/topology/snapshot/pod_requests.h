// What a pod takes of a node (spec 08 PL-30).
#pragma once

#include "topology/snapshot/reading.h"

namespace grove::topology {

// Reads the requests of a pod spec at `path`; see PodRequests. Zero amounts are left out, and so is "pods".
bool ReadPodRequests(const Node& pod_spec, const FieldPath& path, Fault& fault, ResourceAmounts& out);

}  // namespace grove::topology
