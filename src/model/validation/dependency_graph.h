// Cycles in the startup order of cliques (spec 03 §5.6).
#pragma once

#include <cstdint>
#include <memory_resource>
#include <vector>

namespace grove::validation {

// A directed graph whose nodes are positions from 0. Edges may repeat.
class DependencyGraph {
 public:
  DependencyGraph(std::size_t nodes, std::pmr::memory_resource* scratch)
      : nodes_(nodes), edges_(scratch), first_edge_(scratch), scratch_(scratch) {}

  void AddEdge(std::size_t from, std::size_t to) {
    if (from != to) edges_.push_back({static_cast<std::uint32_t>(from), static_cast<std::uint32_t>(to)});
  }

  // The strongly connected components of at least two nodes: sets of nodes that reach each other. Members ascend, and
  // so do the first members of the components. O(nodes + edges log edges), without recursion.
  [[nodiscard]] std::vector<std::vector<std::size_t>> FindCycles();

 private:
  struct Edge {
    std::uint32_t from;
    std::uint32_t to;
    friend auto operator<=>(const Edge&, const Edge&) = default;
  };
  struct Search;

  void SortEdges();
  // Tarjan's algorithm from one root; see the source.
  void Explore(std::uint32_t root, Search& search, std::vector<std::vector<std::size_t>>& components) const;

  std::size_t nodes_;
  std::pmr::vector<Edge> edges_;
  std::pmr::vector<std::uint32_t> first_edge_;  // of each node in edges_, and one past the end
  std::pmr::memory_resource* scratch_;
};

}  // namespace grove::validation
