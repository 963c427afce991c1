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

// write_changes.cc
// Name of the scope or group; empty for the gang itself.
std::string NameOf(const Gang& gang, ScopeKind kind, std::uint32_t index);
// Key of the level; empty for -1.
std::string LevelKey(const Cluster& cluster, std::int64_t level);
void WriteConflict(const Cluster& cluster, const Gang& gang, const PackConflict& from, pb::PackConflict& to);
void WriteChange(const Cluster& cluster, const PlacementRequest& request, std::uint32_t gang, const FittingChange& from,
                 pb::FittingChange& to);
void WriteEviction(const Cluster& cluster, const PlacementRequest& request, const Eviction& from, pb::Eviction& to);
void WriteOptionFigures(const Cluster& cluster, const OptionFigures& from, pb::OptionFigures& to);

}  // namespace grove::topology
