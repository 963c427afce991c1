// The planner's types as messages.
#pragma once

#include "grove/placement.pb.h"
#include "grove/placement_wire.hpp"

namespace grove::topology {

namespace pb = grove::placement::v1;

void WriteCluster(const ClusterSpec& from, pb::Cluster& to);
void WritePodClass(const PodClass& from, pb::PodClass& to);
void WriteGang(const Gang& from, const Cluster& cluster, pb::Gang& to);
void WriteResult(const Cluster& cluster, const PlacementRequest& request, const PlacementResult& from,
                 pb::PlacementResult& to);

}  // namespace grove::topology
