#include "grove/capacity.hpp"

#include <vector>

#include "gtest/gtest.h"

#include "topology/placement_case.h"

namespace grove {
namespace {

using test::MakeRacks;

const std::vector<PodClass>& Classes() {
  static const std::vector<PodClass> classes = [] {
    std::vector<PodClass> made(2);
    made[0].requests = {{"gpu", 1}};
    made[1].requests = {{"gpu", 4}};
    return made;
  }();
  return classes;
}

Gang MakeGang(std::string name, std::string required, std::uint32_t pods, std::uint32_t pod_class) {
  Gang gang;
  gang.name = std::move(name);
  gang.pack.required = std::move(required);
  GangGroup& group = gang.groups.emplace_back();
  group.name = "g";
  group.min_replicas = pods;
  group.candidates = {{pod_class, pods + 1}};
  return gang;
}

struct Case {
  std::string name;
  std::vector<std::vector<std::int64_t>> racks;
  std::vector<Gang> replica;
  std::uint32_t count;
  std::uint32_t at_most;
};

class CapacityTest : public testing::TestWithParam<Case> {};

TEST_P(CapacityTest, Counts) {
  const Occupancy occupancy(MakeRacks(2, GetParam().racks));
  const auto capacity = CountReplicas(occupancy, Classes(), GetParam().replica);
  ASSERT_TRUE(capacity.ok()) << capacity.status().message();
  EXPECT_EQ(capacity->count, GetParam().count);
  EXPECT_EQ(capacity->at_most, GetParam().at_most);
  EXPECT_FALSE(capacity->limited);
  ASSERT_TRUE(capacity->failed_gang.has_value());
  EXPECT_NE(capacity->failure.outcome, GangOutcome::kPlaced);
}

Gang Scaled(Gang gang, std::string base) {
  gang.base = std::move(base);
  return gang;
}

INSTANTIATE_TEST_SUITE_P(
    Replicas, CapacityTest,
    testing::Values(
        Case{"Single", {{8, 8}, {8}}, {MakeGang("a", "", 1, 0)}, 24, 24},
        Case{"MinimumOnly", {{8, 8}, {8}}, {MakeGang("a", "", 8, 0)}, 3, 3},
        Case{"WholeRack", {{8, 8}, {8}}, {MakeGang("a", "rack", 16, 0)}, 1, 1},
        Case{"Fragments", {{3, 3}, {3, 3}}, {MakeGang("a", "", 1, 1)}, 0, 3},
        Case{"BaseAndScaled", {{8, 8}, {8}}, {MakeGang("a", "", 4, 0), Scaled(MakeGang("b", "", 3, 0), "a")}, 3, 3},
        Case{"BaseElsewhere", {{8}}, {Scaled(MakeGang("b", "", 3, 0), "a")}, 2, 2},
        Case{"NoRoom", {{0}}, {MakeGang("a", "", 1, 0)}, 0, 0}),
    [](const auto& info) { return info.param.name; });

TEST(CapacityTest, StopsAtItsLimit) {
  const Occupancy occupancy(MakeRacks(1, {{8, 8}}));
  const std::vector<Gang> replica = {MakeGang("a", "", 1, 0)};
  const auto capacity = CountReplicas(occupancy, Classes(), replica, {.max_replicas = 5});
  ASSERT_TRUE(capacity.ok());
  EXPECT_EQ(capacity->count, 5u);
  EXPECT_TRUE(capacity->limited);
  EXPECT_EQ(capacity->at_most, 16u);
  // Small portions of work give the same answer.
  EXPECT_EQ(CountReplicas(occupancy, Classes(), replica, {.max_pods = 3})->count, 16u);
}

TEST(CapacityTest, MorePodsStayInTheGangsDomain) {
  const Cluster cluster = MakeRacks(2, {{4}, {8}});
  Gang gang = MakeGang("a", "rack", 1, 0);
  gang.groups[0].candidates.clear();
  gang.groups[0].active = {{0}};
  Occupancy occupancy(cluster);
  ASSERT_TRUE(occupancy.Place(0, Classes()[0]));
  const auto capacity = CountPods(occupancy, Classes(), gang, 0, 0);
  ASSERT_TRUE(capacity.ok()) << capacity.status().message();
  EXPECT_EQ(capacity->count, 3u);
  EXPECT_EQ(capacity->at_most, 11u);
  EXPECT_FALSE(CountPods(occupancy, Classes(), gang, 1, 0).ok());
  EXPECT_FALSE(CountPods(occupancy, Classes(), gang, 0, 9).ok());
}

TEST(CapacityTest, AfterPlacementPodsAreActive) {
  const Cluster cluster = MakeRacks(1, {{8}});
  PlacementRequest request{Classes(), {MakeGang("a", "rack", 2, 0)}};
  const auto result = Place(Occupancy(cluster), request);
  ASSERT_TRUE(result.ok());
  const Gang after = AfterPlacement(request.gangs[0], result->gangs[0]);
  EXPECT_EQ(after.groups[0].active.size(), 3u);
  EXPECT_TRUE(after.groups[0].candidates.empty());
}

TEST(CapacityTest, LevelWithoutDomains) {
  ClusterBuilder builder({{"rack", "topo/rack"}}, "fabric");
  NodeSpec node;
  node.name = "n";
  node.allocatable = {{"gpu", 8}};
  builder.AddNode(node);
  const Cluster cluster = *std::move(builder).Build();
  const std::vector<Gang> replica = {MakeGang("a", "", 4, 0)};
  const auto loss = WorstLoss(Occupancy(cluster), Classes(), replica, 0, 10);
  ASSERT_TRUE(loss.ok());
  EXPECT_TRUE(loss->counted);
  EXPECT_EQ(loss->domains, 0u);
  EXPECT_FALSE(loss->worst.has_value());
}

// Domains are lost on one index, one after the other: each as if it were lost on a fresh one.
TEST(CapacityTest, LossesAsFromScratch) {
  const Cluster cluster = MakeRacks(2, {{8, 3}, {8, 8}, {4, 4, 2}, {1, 8}});
  const std::vector<Gang> replica = {MakeGang("a", "rack", 3, 1), Scaled(MakeGang("b", "rack", 2, 1), "a")};
  for (std::size_t level = 0; level < cluster.levels().size(); ++level) {
    std::optional<std::uint32_t> least;
    for (DomainIndex d = 1; d < cluster.domains().size(); ++d) {
      if (cluster.domains()[d].depth != level + 1) continue;
      Occupancy without(cluster);
      LoseDomain(d, without);
      const std::uint32_t left = CountReplicas(without, Classes(), replica)->count;
      if (!least.has_value() || left < *least) least = left;
    }
    const auto loss = WorstLoss(Occupancy(cluster), Classes(), replica, level, 100);
    ASSERT_TRUE(loss.ok() && loss->worst.has_value() && least.has_value());
    EXPECT_EQ(loss->worst->count, *least) << "level " << level;
  }
}

TEST(CapacityTest, Losses) {
  const Cluster cluster = MakeRacks(2, {{8, 8}, {8}, {4}});
  const std::vector<Gang> replica = {MakeGang("a", "", 4, 0)};
  const auto worst = [&](std::size_t level, std::size_t most) {
    return *WorstLoss(Occupancy(cluster), Classes(), replica, level, most);
  };
  const LevelLoss racks = worst(2, 3);
  ASSERT_TRUE(racks.counted && racks.worst.has_value());
  EXPECT_EQ(racks.domains, 3u);
  EXPECT_EQ(racks.worst->count, 3u);
  EXPECT_EQ(cluster.domain_name(racks.worst->domain), "z/b0/r100");
  EXPECT_EQ(worst(1, 10).worst->count, 1u);  // blocks
  EXPECT_EQ(worst(0, 10).worst->count, 0u);  // the zone
  // Too many to be tried: that is said, and nothing else.
  EXPECT_FALSE(worst(2, 2).counted);
  EXPECT_EQ(worst(2, 2).domains, 3u);
  EXPECT_FALSE(worst(2, 2).worst.has_value());
  Occupancy occupancy(cluster);
  LoseDomain(racks.worst->domain, occupancy);
  EXPECT_EQ(CountReplicas(occupancy, Classes(), replica)->count, 3u);
}

}  // namespace
}  // namespace grove
