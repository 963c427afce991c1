#include "model/validation/dependency_graph.h"

#include <gtest/gtest.h>

namespace grove::validation {
namespace {

using Components = std::vector<std::vector<std::size_t>>;
using Edges = std::vector<std::pair<std::size_t, std::size_t>>;

Components CyclesOf(std::size_t nodes, const Edges& edges) {
  DependencyGraph graph(nodes, std::pmr::get_default_resource());
  for (const auto& [from, to] : edges) graph.AddEdge(from, to);
  return graph.FindCycles();
}

// By reachability: slow and plain.
Components CyclesByReachability(std::size_t nodes, const Edges& edges) {
  std::vector<std::vector<bool>> reaches(nodes, std::vector<bool>(nodes, false));
  for (const auto& [from, to] : edges) reaches[from][to] = true;
  for (std::size_t k = 0; k < nodes; ++k) {
    for (std::size_t i = 0; i < nodes; ++i) {
      for (std::size_t j = 0; j < nodes; ++j) {
        if (reaches[i][k] && reaches[k][j]) reaches[i][j] = true;
      }
    }
  }
  Components components;
  std::vector<bool> placed(nodes, false);
  for (std::size_t i = 0; i < nodes; ++i) {
    if (placed[i]) continue;
    std::vector<std::size_t> component;
    for (std::size_t j = i; j < nodes; ++j) {
      if (j != i && !(reaches[i][j] && reaches[j][i])) continue;
      component.push_back(j);
      placed[j] = true;
    }
    if (component.size() > 1) components.push_back(component);
  }
  return components;
}

TEST(DependencyGraph, AllGraphsOfFourNodes) {
  constexpr std::size_t kNodes = 4;
  for (unsigned graph = 0; graph < 1U << (kNodes * kNodes); ++graph) {
    Edges edges;
    for (std::size_t i = 0; i < kNodes * kNodes; ++i) {
      if ((graph >> i & 1) != 0) edges.emplace_back(i / kNodes, i % kNodes);
    }
    ASSERT_EQ(CyclesOf(kNodes, edges), CyclesByReachability(kNodes, edges)) << graph;
  }
}

TEST(DependencyGraph, GraphsOfManyNodes) {
  std::uint32_t state = 12345;
  const auto next = [&state](std::size_t bound) {
    state = state * 1664525U + 1013904223U;
    return static_cast<std::size_t>(state >> 8) % bound;
  };
  for (int round = 0; round < 500; ++round) {
    const std::size_t nodes = 5 + next(30);
    Edges edges;
    for (std::size_t i = next(2 * nodes); i > 0; --i) edges.emplace_back(next(nodes), next(nodes));
    ASSERT_EQ(CyclesOf(nodes, edges), CyclesByReachability(nodes, edges)) << round;
  }
}

TEST(DependencyGraph, OrderIsThatOfTheNodes) {
  EXPECT_EQ(CyclesOf(6, {{5, 1}, {1, 3}, {3, 5}, {4, 0}, {0, 4}, {2, 2}, {0, 1}}), (Components{{0, 4}, {1, 3, 5}}));
  EXPECT_EQ(CyclesOf(0, {}), Components());
}

// Neither recursion nor anything quadratic.
TEST(DependencyGraph, LongChainsAndCycles) {
  constexpr std::size_t kNodes = 500'000;
  Edges edges;
  for (std::size_t i = 0; i + 1 < kNodes; ++i) edges.emplace_back(i, i + 1);
  EXPECT_EQ(CyclesOf(kNodes, edges), Components());
  edges.emplace_back(kNodes - 1, 0);
  const Components components = CyclesOf(kNodes, edges);
  ASSERT_EQ(components.size(), 1U);
  EXPECT_EQ(components[0].size(), kNodes);
}

}  // namespace
}  // namespace grove::validation
