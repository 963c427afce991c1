// A small language for clusters of GPUs and gangs on them.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "gtest/gtest.h"

#include "grove/cluster.hpp"
#include "grove/placement.hpp"
#include "grove/placement_check.hpp"

namespace grove::test {

// "z1/r1" and the free GPUs of a node there. An empty part of the path is a label that the node lacks.
struct Spot {
  std::string path;
  std::int64_t gpus = 0;
};

inline std::vector<std::string> Split(const std::string& path) {
  std::vector<std::string> parts(1);
  for (const char c : path) {
    if (c == '/') {
      parts.emplace_back();
    } else {
      parts.back().push_back(c);
    }
  }
  return parts;
}

// Nodes n0, n1, … with ample room for everything but GPUs.
inline Cluster MakeCluster(const std::vector<std::string>& levels, const std::vector<Spot>& spots) {
  std::vector<TopologyLevel> named;
  for (const std::string& level : levels) named.push_back({.domain = level, .key = "topo/" + level});
  ClusterBuilder builder(named, "fabric");
  for (std::size_t i = 0; i < spots.size(); ++i) {
    NodeSpec node;
    node.name = "n" + std::to_string(i);
    const std::vector<std::string> parts = Split(spots[i].path);
    for (std::size_t level = 0; level < levels.size(); ++level) {
      const std::string value = level < parts.size() ? parts[level] : node.name;
      if (!value.empty()) node.labels.emplace_back("topo/" + levels[level], value);
    }
    node.allocatable = {{"cpu", 1'000'000}, {"gpu", spots[i].gpus}, {"pods", 110}};
    builder.AddNode(node);
  }
  auto cluster = std::move(builder).Build();
  EXPECT_TRUE(cluster.ok()) << cluster.status().message();
  return *cluster;
}

// One rack per inner list, `racks_per_block` of them in a block, one zone; every node is a host.
inline Cluster MakeRacks(std::size_t racks_per_block, const std::vector<std::vector<std::int64_t>>& racks) {
  std::vector<Spot> spots;
  for (std::size_t rack = 0; rack < racks.size(); ++rack) {
    for (const std::int64_t gpus : racks[rack]) {
      spots.push_back({"z/b" + std::to_string(rack / racks_per_block) + "/r" + std::to_string(100 + rack), gpus});
    }
  }
  return MakeCluster({"zone", "block", "rack", "host"}, spots);
}

class GangMaker {
 public:
  explicit GangMaker(std::string required = "", std::string preferred = "") {
    gang_.name = "g";
    gang_.pack = {.required = std::move(required), .preferred = std::move(preferred)};
  }
  GangMaker& Scope(PackLevels pack, std::uint32_t parent = GangScope::kNoParent) {
    gang_.scopes.push_back({.name = "s", .parent = parent, .pack = std::move(pack)});
    return *this;
  }
  // `pods` pods of `gpus` GPUs, of which `minimum` are needed (negative: all).
  GangMaker& Group(std::uint32_t pods, std::int64_t gpus, PackLevels pack = {}, std::int64_t minimum = -1,
                   std::uint32_t scope = GangGroup::kNoScope) {
    GangGroup group;
    group.name = "p" + std::to_string(gang_.groups.size());
    group.scope = scope;
    group.pack = std::move(pack);
    group.min_replicas = minimum < 0 ? pods : static_cast<std::uint32_t>(minimum);
    if (pods > 0) group.candidates = {{.pod_class = static_cast<std::uint32_t>(gpus), .count = pods}};
    gang_.groups.push_back(std::move(group));
    return *this;
  }
  // A pod of the latest group runs on the node.
  GangMaker& Active(NodeIndex node) {
    gang_.groups.back().active.push_back({.node = node});
    return *this;
  }
  Gang Named(std::string name, std::int64_t order = 0, std::int32_t priority = 50, std::string base = "") const {
    Gang gang = gang_;
    gang.name = std::move(name);
    gang.order = order;
    gang.priority = priority;
    gang.base = std::move(base);
    return gang;
  }
  operator Gang() const { return gang_; }  // NOLINT: a maker stands for what it makes

 private:
  Gang gang_;
};

// Class i asks for i GPUs.
inline PlacementRequest MakeRequest(std::vector<Gang> gangs) {
  PlacementRequest request;
  for (std::int64_t gpus = 0; gpus <= 16; ++gpus) {
    request.classes.emplace_back();
    request.classes.back().requests = {{"cpu", 1}, {"gpu", gpus}};
  }
  request.gangs = std::move(gangs);
  return request;
}

// Plans, and checks the plan.
inline PlacementResult PlaceAndCheck(const Cluster& cluster, const PlacementRequest& request,
                                     const PlacementOptions& options = {}) {
  const Occupancy occupancy(cluster);
  auto result = Place(occupancy, request, options);
  EXPECT_TRUE(result.ok()) << result.status().message();
  for (const PlacementBreach& breach : CheckPlacement(occupancy, request, *result, options)) {
    ADD_FAILURE() << breach.rule << ": " << breach.detail;
  }
  for (const PlacementBreach& breach : CheckRefusals(occupancy, request, *result, options, 20'000)) {
    ADD_FAILURE() << breach.rule << ": " << breach.detail;
  }
  return *std::move(result);
}

// Label values of the level, one per pod of the gang, or node names where there is none.
inline std::vector<std::string> DomainsOf(const Cluster& cluster, const GangPlacement& placement, std::size_t level) {
  std::vector<std::string> names;
  for (const PodPlacement& pod : placement.pods)
    names.push_back(cluster.domain_name(cluster.domain_of(pod.node, level)));
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

}  // namespace grove::test
