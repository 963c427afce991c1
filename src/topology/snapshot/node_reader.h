// A Node object as placement sees it.
#pragma once

#include "grove/cluster.hpp"

#include "topology/snapshot/reading.h"

namespace grove::topology {

// Reads a Node: name, labels, allocatable, taints, whether it is usable (PL-32). `used` stays empty.
bool ReadNode(const Node& object, Fault& fault, NodeSpec& out);

}  // namespace grove::topology
