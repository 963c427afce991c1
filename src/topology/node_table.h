// The nodes as they are now, and where they stand in the tree of domains.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "grove/cluster.hpp"

namespace grove::topology {

struct NodeTable {
  std::uint32_t count = 0;
  std::uint32_t levels = 0;
  std::size_t width = 0;  // resources
  std::span<const Domain> domains;
  const DomainIndex* node_domains = nullptr;  // node-major, a row of levels
  std::vector<std::int64_t> free;             // node-major, a row of resources
  std::vector<std::uint8_t> usable;           // 0: not; 2: and favoured by the plan

  // The domain of a node at a depth; 0 is the root.
  [[nodiscard]] DomainIndex DomainAt(NodeIndex node, std::uint32_t depth) const {
    return depth == 0 ? 0 : node_domains[std::size_t{node} * levels + depth - 1];
  }
  [[nodiscard]] const std::int64_t* row(NodeIndex node) const { return free.data() + std::size_t{node} * width; }
  [[nodiscard]] std::int64_t* row(NodeIndex node) { return free.data() + std::size_t{node} * width; }
};

}  // namespace grove::topology
