#include "planner/startup_waves.h"

#include <algorithm>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace grove::planner {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using List = std::vector<std::uint32_t>;

Waiting Graph(std::vector<List> parents) {
  Waiting waiting;
  waiting.hopeless.assign(parents.size(), false);
  waiting.parents = std::move(parents);
  return waiting;
}

TEST(StartupWaves, AreLongestChains) {
  EXPECT_THAT(WavesOf(Graph({{}, {0}, {0, 1, 1}, {}})), ElementsAre(0u, 1u, 2u, 0u));
  EXPECT_THAT(WavesOf(Graph({})), IsEmpty());
}

TEST(StartupWaves, NothingBehindACycleOrAHopelessNodeHasOne) {
  EXPECT_THAT(WavesOf(Graph({{1}, {0}, {1}, {}})), ElementsAre(std::nullopt, std::nullopt, std::nullopt, 0u));
  Waiting waiting = Graph({{}, {0}, {}});
  waiting.hopeless[0] = true;
  EXPECT_THAT(WavesOf(waiting), ElementsAre(std::nullopt, std::nullopt, 0u));
}

TEST(StartupCycles, AreToldInTheOrderOfWaiting) {
  EXPECT_THAT(CyclesOf(Graph({{2}, {0}, {1}})), ElementsAre(List{0, 2, 1}));
  EXPECT_THAT(CyclesOf(Graph({{0}})), ElementsAre(List{0}));
  EXPECT_THAT(CyclesOf(Graph({{}, {2}, {1}, {3}, {0}})), ElementsAre(List({1, 2}), List({3})));
  // The shortest one through the first node of the knot.
  EXPECT_THAT(CyclesOf(Graph({{1}, {2}, {3, 0}, {0}})), ElementsAre(List{0, 1, 2}));
}

// All graphs of four nodes, against a definition that needs no algorithm.
TEST(StartupWaves, AgreeWithBruteForceOnAllSmallGraphs) {
  constexpr std::uint32_t kNodes = 4;
  for (std::uint32_t bits = 0; bits < (1u << (kNodes * kNodes)); ++bits) {
    std::vector<List> parents(kNodes);
    for (std::uint32_t edge = 0; edge < kNodes * kNodes; ++edge) {
      if ((bits >> edge & 1) != 0) parents[edge / kNodes].push_back(edge % kNodes);
    }
    const Waiting waiting = Graph(parents);
    // Longest walk of each node that ends within the number of nodes; longer ones go round in a circle.
    std::vector<std::uint32_t> longest(kNodes, 0);
    for (std::uint32_t round = 0; round <= kNodes; ++round) {
      std::vector<std::uint32_t> next(kNodes, 0);
      for (std::uint32_t node = 0; node < kNodes; ++node) {
        for (const std::uint32_t parent : parents[node]) next[node] = std::max(next[node], longest[parent] + 1);
      }
      longest = next;
    }
    const auto waves = WavesOf(waiting);
    bool all = true;
    for (std::uint32_t node = 0; node < kNodes; ++node) {
      ASSERT_EQ(waves[node].has_value(), longest[node] < kNodes) << bits;
      ASSERT_EQ(waves[node].value_or(longest[node]), longest[node]) << bits;
      all = all && waves[node].has_value();
    }
    const auto cycles = CyclesOf(waiting);
    ASSERT_EQ(cycles.empty(), all) << bits;
    for (const List& cycle : cycles) {
      for (std::size_t i = 0; i < cycle.size(); ++i) {
        const List& of_node = parents[cycle[i]];
        ASSERT_NE(std::ranges::find(of_node, cycle[(i + 1) % cycle.size()]), of_node.end()) << bits;
      }
      ASSERT_EQ(*std::ranges::min_element(cycle), cycle.front()) << bits;
    }
  }
}

}  // namespace
}  // namespace grove::planner
