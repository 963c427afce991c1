// What the readers of messages share: the first error and its path, and the types of their parts.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <google/protobuf/map.h>

#include "grove/placement.pb.h"
#include "grove/placement_wire.hpp"

#include "model/field_path.h"

namespace grove::topology {

namespace pb = grove::placement::v1;

// The first thing that is wrong. Every function tells false once something is.
class WireReader {
 public:
  explicit WireReader(const WireLimits& limits) : limits_(limits) {}

  [[nodiscard]] const WireLimits& limits() const { return limits_; }
  [[nodiscard]] std::optional<WireError>& error() { return error_; }

  bool Fail(const FieldPath& path, std::string_view message);
  // At `path["key"]`.
  bool FailAt(const FieldPath& path, std::string_view key, std::string_view message);
  bool FailLimit(const FieldPath& path, std::size_t limit, std::string_view name);

  // read_pods.cc
  bool ReadPodClass(const pb::PodClass& from, const FieldPath& path, PodClass& to);
  bool ReadPodClasses(const google::protobuf::RepeatedPtrField<pb::PodClass>& from, const FieldPath& path,
                      std::vector<PodClass>& to);
  bool ReadAmounts(const google::protobuf::Map<std::string, std::int64_t>& from, const FieldPath& path,
                   ResourceAmounts& to);
  bool ReadEffect(pb::TaintEffect from, const FieldPath& path, TaintEffect& to);

  // read_cluster.cc
  bool ReadCluster(const pb::Cluster& from, const FieldPath& path, ClusterSpec& to);

  // read_gangs.cc
  bool ReadGangs(const pb::PlacementRequest& from, const Cluster& cluster, PlacementRequest& to);

 private:
  bool ReadRequirements(const google::protobuf::RepeatedPtrField<pb::LabelRequirement>& from, const FieldPath& path,
                        std::vector<LabelRequirement>& to);
  bool ReadAffinityTerms(const google::protobuf::RepeatedPtrField<pb::PodAffinityTerm>& from, const FieldPath& path,
                         std::vector<PodAffinityTerm>& to);
  bool ReadConstraintsOnNodes(const pb::PodClass& from, const FieldPath& path, PodClass& to);
  bool ReadHostPorts(const pb::PodClass& from, const FieldPath& path, PodClass& to);
  bool ReadLevels(const pb::Cluster& from, const FieldPath& path, ClusterSpec& to);
  bool ReadNode(const pb::Node& from, const FieldPath& path, NodeSpec& to);
  bool ReadNodes(const pb::Cluster& from, const FieldPath& path, ClusterSpec& to);
  bool ReadRunningPods(const pb::Cluster& from, const FieldPath& path, ClusterSpec& to);
  bool ReadGang(const pb::Gang& from, std::size_t class_count, const Cluster& cluster, const FieldPath& path, Gang& to);
  bool ReadScopes(const pb::Gang& from, const FieldPath& path, Gang& to);
  bool ReadGroup(const pb::GangGroup& from, std::size_t class_count, const Cluster& cluster, const FieldPath& path,
                 const Gang& gang, GangGroup& to);
  bool ReadActiveClasses(const pb::GangGroup& from, std::size_t class_count, const FieldPath& path, GangGroup& to);
  bool ReadFormer(const pb::GangGroup& from, const Cluster& cluster, const FieldPath& path, GangGroup& to);
  bool CountPods(std::uint64_t pods, std::uint64_t& of_gang, const FieldPath& path);

  const WireLimits& limits_;
  std::optional<WireError> error_;
  std::uint64_t groups_ = 0;     // of all gangs so far
  std::uint64_t pods_ = 0;       // of all gangs so far
  std::uint64_t gang_pods_ = 0;  // of the gang being read
};

// Sorted by key.
[[nodiscard]] LabelPairs LabelsOf(const google::protobuf::Map<std::string, std::string>& from);

}  // namespace grove::topology
