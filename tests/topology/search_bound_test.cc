// What the search knows without trying: it proves much in few steps, and claims no more than it knows.
#include <cstdint>
#include <vector>

#include "topology/placement_case.h"

namespace grove::test {
namespace {

const PackLevels kRack{.required = "rack", .preferred = ""};

// Sixteen pods of 2 GPUs in one rack take room that pods of 4 need: 36 blocks, all too small by one pod.
TEST(SearchBoundTest, SmallPodsInARackLeaveLessForLargeOnes) {
  std::vector<std::vector<std::int64_t>> racks(36 * 4, std::vector<std::int64_t>{4, 4, 4, 4, 4, 4, 4, 4});
  const Cluster cluster = MakeRacks(4, racks);
  // A block has 32 places of 4 GPUs, and 24 beside a rack that is full of pods of 2.
  const auto gang = [](std::uint32_t large) { return GangMaker("block").Group(large, 4).Group(16, 2, kRack); };
  const PlacementResult refused = PlaceAndCheck(cluster, MakeRequest({gang(25)}));
  EXPECT_EQ(refused.gangs[0].outcome, GangOutcome::kInfeasible);
  EXPECT_LT(refused.gangs[0].steps, 2'000u);
  EXPECT_EQ(PlaceAndCheck(cluster, MakeRequest({gang(24)})).placed, 1u);
}

// A pod takes one slot whatever its size: where slots are scarce a large pod weighs no more than a small one.
TEST(SearchBoundTest, WeightsFollowWhatIsScarce) {
  ClusterBuilder builder(std::vector<TopologyLevel>{{.domain = "rack", .key = "rack"}});
  NodeSpec node;
  node.name = "n";
  node.labels = {{"rack", "r"}};
  node.allocatable = {{"cpu", 100}, {"gpu", 16}, {"pods", 4}};
  builder.AddNode(node);
  const Cluster cluster = *std::move(builder).Build();
  EXPECT_EQ(PlaceAndCheck(cluster, MakeRequest({GangMaker("rack").Group(2, 6).Group(2, 2)})).placed, 1u);
  EXPECT_EQ(PlaceAndCheck(cluster, MakeRequest({GangMaker("rack").Group(2, 6).Group(3, 1)})).placed, 0u);
}

// Pods that are apart already do not excuse a further domain of the preferred level.
TEST(SearchBoundTest, PodsThatAreApart) {
  const Cluster cluster = MakeRacks(2, {{2}, {1}, {1}, {2}});
  const PlacementResult result =
      PlaceAndCheck(cluster, MakeRequest({GangMaker("block", "rack").Group(1, 1, {}, 3).Active(0).Active(3)}));
  ASSERT_EQ(result.gangs[0].figures.size(), 1u);
  EXPECT_EQ(result.gangs[0].figures[0].rank, (PackRank{.level = 0, .domains = 2}));
  EXPECT_TRUE(result.gangs[0].optimal);
}

// What a group prefers is met by what the gang requires, but not once the gang's pods are apart: nothing is claimed.
TEST(SearchBoundTest, RedundantPreferencesOfPodsThatAreApart) {
  const Cluster cluster = MakeRacks(2, {{1}, {0}, {2}, {0}});
  const PlacementResult result = PlaceAndCheck(cluster, MakeRequest({GangMaker("block")
                                                                         .Group(0, 1, {}, 1)
                                                                         .Active(2)
                                                                         .Group(1, 1, {"", "block"}, 2)
                                                                         .Active(2)
                                                                         .Group(0, 1, {}, 1)
                                                                         .Active(0)}));
  ASSERT_EQ(result.gangs[0].figures.size(), 1u);
  const ScopeFigure& figure = result.gangs[0].figures[0];
  EXPECT_EQ(result.gangs[0].optimal, figure.rank == figure.bound);
  EXPECT_EQ(figure.bound, (PackRank{.level = 1, .domains = 1}));
}

}  // namespace
}  // namespace grove::test
