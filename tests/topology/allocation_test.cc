// What a further gang takes from the heap: as much as its result and a few lists, whatever its pods and the trials.
#include <string>
#include <utility>
#include <vector>

#include "gtest/gtest.h"

#include "grove/placement_index.hpp"

#include "../bench/heap.h"

namespace grove::test {
namespace {

// Hosts of 8 GPUs, 8 in a rack, 4 racks in a block. Every other host of `holed` has one GPU in use.
Cluster MakeCluster(std::size_t nodes, bool holed) {
  ClusterBuilder builder({{"block", "topo/block"}, {"rack", "topo/rack"}, {"host", "topo/host"}}, "fabric");
  const auto number = [](std::size_t value) { return std::to_string(10'000 + value); };
  for (std::size_t i = 0; i < nodes; ++i) {
    NodeSpec node;
    node.name = "n" + number(i);
    node.labels = {{"topo/block", number(i / 32)}, {"topo/rack", number(i / 8)}, {"topo/host", node.name}};
    node.allocatable = {{"gpu", 8}, {"pods", 110}};
    if (holed && i % 2 == 1) node.used = {{"gpu", 1}};
    builder.AddNode(node);
  }
  return *std::move(builder).Build();
}

struct Shape {
  const char* name;
  std::uint32_t pods;
  std::int64_t gpus;
  PackLevels gang;
  PackLevels group;
  std::uint32_t surplus = 0;
};

PlacementRequest MakeRequest(const Shape& shape, std::size_t gangs) {
  PlacementRequest request;
  request.classes.resize(2);
  request.classes[0].requests = {{"gpu", shape.gpus}};
  request.classes[1].requests = {{"gpu", 1}};
  for (std::size_t i = 0; i < gangs; ++i) {
    Gang& gang = request.gangs.emplace_back();
    gang.name = "g" + std::to_string(i);
    gang.order = static_cast<std::int64_t>(i);
    gang.pack = shape.gang;
    for (std::uint32_t g = 0; g < 2; ++g) {
      GangGroup& group = gang.groups.emplace_back();
      group.name = g == 0 ? "a" : "b";
      group.pack = shape.group;
      group.min_replicas = g == 0 ? shape.pods : 1;
      group.candidates = {{.pod_class = g, .count = group.min_replicas + (g == 0 ? shape.surplus : 0)}};
    }
  }
  return request;
}

// Lists of one plan, each taken once whatever the gangs are like.
constexpr std::size_t kPerPlan = 40;
// Of the result: pods, figures; what is said about a gang that does not fit.
constexpr std::size_t kPerGang = 6;

class AllocationTest : public testing::TestWithParam<Shape> {};

TEST_P(AllocationTest, FurtherGangsTakeLittle) {
  for (const bool holed : {false, true}) {
    PlacementIndex index{Occupancy(MakeCluster(256, holed))};
    for (const std::size_t gangs : {std::size_t{1}, std::size_t{8}}) {
      const PlacementRequest request = MakeRequest(GetParam(), gangs);
      const auto first = index.Plan(request);
      ASSERT_TRUE(first.ok());
      const std::size_t before = bench::allocations;
      const auto again = index.Plan(request);
      const std::size_t taken = bench::allocations - before;
      EXPECT_EQ(again->gangs, first->gangs);
      // Where not everything fits, three plans are made.
      const bool all = again->placed == gangs || gangs == 1;
      EXPECT_LE(taken, (all ? 1 : 3) * (kPerPlan + kPerGang * gangs)) << gangs << " gangs, holed " << holed;
    }
  }
}

// Balance and reuse of nodes take what the gang touches, whatever the size of the cluster.
TEST(HeapTest, OptionsAboutNodesTakeTheSameWhateverTheSize) {
  PlacementOptions options;
  options.balance = true;
  options.reuse_nodes = true;
  const auto most_in_use = [&](std::size_t nodes) {
    PlacementIndex index{Occupancy(MakeCluster(nodes, true))};
    PlacementRequest request = MakeRequest({"", 30, 2, {"block", ""}, {"", "rack"}}, 1);
    request.gangs[0].groups[0].former = {3, 40, 41, 43};
    const auto result = index.Plan(request, options);
    EXPECT_TRUE(result->gangs[0].options.reused.has_value());
    EXPECT_GT(result->gangs[0].figures[0].largest, 0u);
    EXPECT_EQ(index.Plan(request, options)->gangs, result->gangs);
    const std::size_t updates = index.counters().updates;
    const bench::PeakMemory most;
    EXPECT_EQ(index.Plan(request, options)->gangs, result->gangs);
    return std::pair(most.bytes(), index.counters().updates - updates);
  };
  const auto [small, small_updates] = most_in_use(2'048);
  const auto [large, large_updates] = most_in_use(20'480);
  EXPECT_LE(large, small + 4'096);
  EXPECT_LE(large_updates, small_updates + 100);
}

PlacementRequest WithRules(PlacementRequest request) {
  for (PodClass& pods : request.classes) {
    pods.labels = {{"app.kubernetes.io/name", "workers-of-some-name"}};
    pods.anti_affinity = {{.topology_key = "topo/host",
                           .selector = {{.key = "app.kubernetes.io/name", .values = {"leaders-of-some-name"}}},
                           .namespaces = {}}};
  }
  return request;
}

// What the index says that it holds, against the heap: nothing of size is left out.
TEST(HeapTest, TheIndexKnowsItsMemory) {
  for (const std::size_t nodes : {1'024, 4'096}) {
    for (const Shape& shape : {Shape{"", 7, 8, {}, {"rack", ""}}, Shape{"", 120, 1, {"block", ""}, {"", "rack"}},
                               Shape{"", 2'000, 8, {}, {"rack", ""}}}) {
      const Cluster cluster = MakeCluster(nodes, true);
      Occupancy occupancy(cluster);
      const std::size_t before = bench::live_bytes;
      PlacementIndex index(std::move(occupancy));
      const auto compare = [&](const char* when) {
        const auto held = static_cast<double>(bench::live_bytes - before);
        EXPECT_NEAR(static_cast<double>(index.memory_bytes()), held, 0.03 * held + 1'024) << when << ", " << nodes;
      };
      compare("at first");
      for (const std::size_t gangs : {1, 8, 40}) {
        ASSERT_TRUE(index.Plan(MakeRequest(shape, gangs)).ok());
        compare("after a plan");
      }
      ASSERT_TRUE(index.Plan(WithRules(MakeRequest(shape, 4))).ok());
      compare("after a plan with rules");
      const PlacementIndex copy = index;
      EXPECT_GT(copy.memory_bytes(), index.memory_bytes() / 4);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Shapes, AllocationTest,
                         testing::Values(Shape{"OnePod", 1, 8, {}, {}}, Shape{"FewPods", 7, 8, {}, {"rack", ""}},
                                         Shape{"ManyPods", 120, 1, {"block", ""}, {"", "rack"}},
                                         Shape{"VeryManyPods", 900, 1, {}, {"", "host"}},
                                         Shape{"ManyTrials", 9, 7, {"block", ""}, {"", "host"}},
                                         Shape{"Surplus", 20, 2, {"block", ""}, {"rack", "host"}, 300},
                                         Shape{"TooLarge", 9, 8, {}, {"rack", ""}},
                                         Shape{"FarTooLarge", 2'000, 8, {}, {"rack", ""}}),
                         [](const auto& info) { return std::string(info.param.name); });

}  // namespace
}  // namespace grove::test
