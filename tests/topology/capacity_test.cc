// How many more gangs fit, and after the loss of a rack.
#include "grove/capacity.hpp"

#include "topology/placement_case.h"

namespace grove::test {
namespace {

TEST(CapacityTest, CountsCopiesAndLosses) {
  const Occupancy occupancy(MakeRacks(2, {{8, 8, 8, 8}, {8, 8, 8}, {8, 8}}));
  const PlacementRequest request = MakeRequest({GangMaker("rack").Group(2, 8)});
  EXPECT_EQ(*CountFitting(occupancy, request, 0, 100), 4u);
  EXPECT_EQ(*CountFitting(occupancy, request, 0, 3), 3u);
  const auto losses = CountFittingAfterLoss(occupancy, request, 0, 2, 100);
  ASSERT_TRUE(losses.ok());
  std::vector<std::uint32_t> left;
  for (const DomainLoss& loss : *losses) left.push_back(loss.fitting);
  EXPECT_EQ(left, (std::vector<std::uint32_t>{2, 3, 3}));
  EXPECT_FALSE(CountFitting(occupancy, request, 9, 1).ok());
  EXPECT_FALSE(CountFittingAfterLoss(occupancy, request, 0, 9, 1).ok());
}

TEST(OccupancyTest, CopiesShareAndUndoRestores) {
  const Cluster cluster = MakeRacks(2, {{8, 8}, {8}});
  Occupancy occupancy(cluster);
  PodClass pod;
  pod.requests = {{"gpu", 3}};
  const std::size_t gpu = *cluster.FindResource("gpu");
  const std::size_t mark = occupancy.mark();
  EXPECT_TRUE(occupancy.Place(0, pod));
  const Occupancy copy = occupancy;
  EXPECT_TRUE(occupancy.Place(0, pod));
  EXPECT_EQ(copy.free(0)[gpu], 5);
  EXPECT_EQ(occupancy.free(0)[gpu], 2);
  EXPECT_TRUE(occupancy.Release(0, pod));
  EXPECT_TRUE(occupancy.SetUsable(1, false));
  EXPECT_FALSE(occupancy.usable(1));
  EXPECT_FALSE(occupancy.Place(99, pod));
  occupancy.Undo(mark);
  EXPECT_EQ(occupancy.free(0)[gpu], 8);
  EXPECT_TRUE(occupancy.usable(1));
  EXPECT_EQ(copy.free(0)[gpu], 5);
}

}  // namespace
}  // namespace grove::test
