// Snapshots and requests that make no sense: a clear error, or a bounded plan.
#include <algorithm>
#include <functional>

#include "gtest/gtest.h"

#include "topology/placement_case.h"

namespace grove::test {
namespace {

struct ClusterCase {
  const char* name;
  std::function<void(std::vector<TopologyLevel>&, std::vector<NodeSpec>&)> spoil;
  const char* says;
};

std::vector<ClusterCase> ClusterCases() {
  using Levels = std::vector<TopologyLevel>;
  using Nodes = std::vector<NodeSpec>;
  return {
      {"SameName", [](Levels&, Nodes& nodes) { nodes[1].name = nodes[0].name; }, "two nodes have the name a"},
      {"NoName", [](Levels&, Nodes& nodes) { nodes[1].name = ""; }, "has no name"},
      {"NegativeAllocatable", [](Levels&, Nodes& nodes) { nodes[0].allocatable[0].second = -1; },
       "allocatable gpu is -1"},
      {"NegativeUsed",
       [](Levels&, Nodes& nodes) {
         nodes[0].used = {{"gpu", -5}};
       },
       "used gpu is -5"},
      {"TooLarge", [](Levels&, Nodes& nodes) { nodes[0].allocatable[0].second = INT64_MAX; }, "must be from 0 to 2^62"},
      {"ResourceTwice",
       [](Levels&, Nodes& nodes) {
         nodes[0].allocatable.push_back({"gpu", 1});
       },
       "stated twice"},
      {"LabelTwice",
       [](Levels&, Nodes& nodes) {
         nodes[0].labels.push_back({"rack", "r2"});
       },
       "label rack is stated twice"},
      {"LevelTwice", [](Levels& levels, Nodes&) { levels.push_back(levels[0]); }, "two levels have the key rack"},
      {"LevelWithoutKey", [](Levels& levels, Nodes&) { levels[0].key = ""; }, "has no node label key"},
      {"TooManyLevels",
       [](Levels& levels, Nodes&) {
         for (int i = 0; i < 20; ++i)
           levels.push_back({.domain = "d" + std::to_string(i), .key = "k" + std::to_string(i)});
       },
       "at most 16"},
  };
}

class HostileClusterTest : public testing::TestWithParam<ClusterCase> {};

TEST_P(HostileClusterTest, IsRefusedClearly) {
  std::vector<TopologyLevel> levels{{.domain = "rack", .key = "rack"}};
  std::vector<NodeSpec> nodes(2);
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    nodes[i].name = std::string(1, static_cast<char>('a' + i));
    nodes[i].labels = {{"rack", "r1"}};
    nodes[i].allocatable = {{"gpu", 8}};
  }
  GetParam().spoil(levels, nodes);
  ClusterBuilder builder(levels);
  for (const NodeSpec& node : nodes) builder.AddNode(node);
  const auto cluster = std::move(builder).Build();
  ASSERT_FALSE(cluster.ok());
  EXPECT_NE(std::string(cluster.status().message()).find(GetParam().says), std::string::npos)
      << cluster.status().message();
}

INSTANTIATE_TEST_SUITE_P(Snapshots, HostileClusterTest, testing::ValuesIn(ClusterCases()),
                         [](const auto& info) { return std::string(info.param.name); });

TEST(HostileRequestTest, IndicesOutOfRange) {
  const Occupancy occupancy(MakeCluster({"rack"}, {{"r1", 8}}));
  const std::vector<std::function<void(Gang&)>> spoilers = {
      [](Gang& gang) { gang.groups[0].candidates[0].pod_class = 999; },
      [](Gang& gang) { gang.groups[0].scope = 7; },
      [](Gang& gang) { gang.groups[0].active.push_back({.node = 99}); },
      [](Gang& gang) { gang.groups[0].active.push_back({.node = 0, .pod_class = 999}); },
      [](Gang& gang) { gang.groups[0].former.push_back(99); },
      [](Gang& gang) { gang.scopes.push_back({.name = "s", .parent = 0, .pack = {}}); },
      [](Gang& gang) { gang.groups[0].candidates[0].count = 4'000'000'000u; },
      [](Gang& gang) { gang.groups[0].min_replicas = 4'000'000'000u; },
  };
  for (std::size_t i = 0; i < spoilers.size(); ++i) {
    Gang gang = GangMaker().Group(1, 1);
    spoilers[i](gang);
    EXPECT_FALSE(Place(occupancy, MakeRequest({gang})).ok()) << i;
  }
  EXPECT_FALSE(Place(occupancy, MakeRequest({GangMaker().Group(1, 1), GangMaker().Group(1, 1)})).ok());
}

TEST(HostileRequestTest, AMillionPods) {
  const Cluster cluster = MakeCluster({"rack"}, {{"r1", 8}, {"r1", 8}});
  const Gang gang = GangMaker("rack").Group(1'000'000, 1);
  EXPECT_EQ(PlaceAndCheck(cluster, MakeRequest({gang})).gangs[0].outcome, GangOutcome::kInfeasible);
  const Gang elastic = GangMaker("rack").Group(1'000'000, 1, {}, 1);
  EXPECT_EQ(PlaceAndCheck(cluster, MakeRequest({elastic})).gangs[0].pods.size(), 16u);
}

// Everything at once, on more pods than any cluster has: bounded all the same.
TEST(HostileRequestTest, AMillionPodsWithAllOptions) {
  const Cluster cluster = MakeRacks(2, {{8, 8}, {8, 8}, {8, 8}});
  PlacementOptions options;
  options.spread_level = options.replica_level = "rack";
  options.near_base = options.balance = options.reuse_nodes = options.preempt = true;
  options.explain_changes = 10;
  Gang gang = GangMaker("block", "rack").Group(500'000, 1).Group(499'999, 2);
  gang.set = "set";
  gang.groups[0].former = {0, 1, 1, 2};
  const PlacementResult result = PlaceAndCheck(cluster, MakeRequest({gang}), options);
  EXPECT_EQ(result.gangs[0].outcome, GangOutcome::kInfeasible);
  EXPECT_FALSE(result.gangs[0].explanation.changes.empty());
}

// The least that several groups lose together is one sum with millions of ways.
TEST(HostileRequestTest, AMillionPodsInSeveralGroups) {
  const Cluster cluster = MakeRacks(2, {{8, 8}, {8, 8}, {8, 8}});
  PlacementOptions options;
  options.explain_changes = 10;
  const Gang gang = GangMaker("block").Group(300'000, 2).Group(300'000, 1).Group(300'000, 2).Group(100'000, 1);
  const PlacementRequest request = MakeRequest({gang});
  const auto result = Place(Occupancy(cluster), request, options);  // too large for trying everything
  ASSERT_TRUE(result.ok());
  const std::vector<FittingChange>& changes = result->gangs[0].explanation.changes;
  const auto lowered = std::find_if(changes.begin(), changes.end(), [](const FittingChange& change) {
    return change.kind == FittingChangeKind::kLowerMinimums;
  });
  ASSERT_NE(lowered, changes.end());
  EXPECT_EQ(lowered->lowered.size(), 4u);
  EXPECT_FALSE(lowered->minimal);  // which nobody can say in so many questions
}

// More runs on a node than it has, and the same rack under two zones: odd, but no contradiction.
TEST(OddClusterTest, OvercommittedNodesAndSharedNames) {
  ClusterBuilder builder(std::vector<TopologyLevel>{{.domain = "zone", .key = "z"}, {.domain = "rack", .key = "r"}});
  for (int i = 0; i < 4; ++i) {
    NodeSpec node;
    node.name = "n" + std::to_string(i);
    node.labels = {{"z", i < 2 ? "a" : "b"}, {"r", "same"}};
    node.allocatable = {{"cpu", 100}, {"gpu", 8}, {"pods", 10}};
    if (i == 0) node.used = {{"gpu", std::int64_t{1} << 62}, {"pods", 1'000'000}};
    builder.AddNode(node);
  }
  const auto cluster = std::move(builder).Build();
  ASSERT_TRUE(cluster.ok());
  PlacementOptions options;
  options.explain_changes = 10;
  const PlacementResult result = PlaceAndCheck(*cluster, MakeRequest({GangMaker("rack").Group(3, 8)}), options);
  EXPECT_EQ(result.gangs[0].outcome, GangOutcome::kInfeasible);
  EXPECT_EQ(PlaceAndCheck(*cluster, MakeRequest({GangMaker("rack").Group(2, 8)})).placed, 1u);
}

TEST(HostileRequestTest, AmountsAtTheirBounds) {
  const Cluster cluster = MakeCluster({"rack"}, {{"r1", std::int64_t{1} << 62}, {"r1", std::int64_t{1} << 62}});
  PlacementRequest request = MakeRequest({GangMaker("rack").Group(8, 1)});
  request.classes[1].requests = {{"gpu", std::int64_t{1} << 62}};
  EXPECT_EQ(PlaceAndCheck(cluster, request).gangs[0].outcome, GangOutcome::kInfeasible);
  request.classes[1].requests = {{"gpu", std::int64_t{1} << 60}};
  EXPECT_EQ(PlaceAndCheck(cluster, request).gangs[0].pods.size(), 8u);
}

// Bins that are hard to fill: the budget bounds the work, and the answer says that it is open.
TEST(HostileRequestTest, BudgetBoundsTheSearch) {
  std::vector<std::vector<std::int64_t>> racks(12, std::vector<std::int64_t>{97, 89, 83, 79});
  GangMaker gang("block");
  for (std::int64_t i = 0; i < 40; ++i) gang.Group(1 + static_cast<std::uint32_t>(i % 3), 7 + i % 9, {"host", ""});
  PlacementOptions options;
  options.steps_per_gang = 5'000;
  const PlacementResult result = PlaceAndCheck(MakeRacks(12, racks), MakeRequest({gang}), options);
  EXPECT_LE(result.gangs[0].steps, 6'000u);
}

TEST(HostileRequestTest, EmptyClusterAndEmptyGang) {
  const Cluster cluster = MakeCluster({"rack"}, {});
  EXPECT_EQ(PlaceAndCheck(cluster, MakeRequest({GangMaker().Group(1, 1)})).gangs[0].outcome, GangOutcome::kInfeasible);
  EXPECT_EQ(PlaceAndCheck(cluster, MakeRequest({GangMaker()})).gangs[0].outcome, GangOutcome::kPlaced);
  EXPECT_EQ(PlaceAndCheck(cluster, MakeRequest({})).gangs.size(), 0u);
}

}  // namespace
}  // namespace grove::test
