// Reads planner-bench/1 scenarios and writes planner-bench-result/1 results.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "grove/cluster.hpp"
#include "grove/placement.hpp"

namespace grove::bench {

struct Scenario {
  std::string name;
  std::vector<TopologyLevel> levels;
  std::vector<NodeSpec> nodes;
  PlacementRequest request;
};

// nullopt if `json` is no scenario; `why` says so.
std::optional<Scenario> ReadScenario(const std::string& json, std::string& why);

std::string WriteResult(const Scenario& scenario, const Cluster& cluster, const PlacementResult& result);

}  // namespace grove::bench
