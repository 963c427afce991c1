// A prepared index against planning from scratch, and what it counts while pods and nodes come and go.
#include "grove/placement_index.hpp"

#include <string>
#include <vector>

#include "gtest/gtest.h"

#include "topology/placement_case.h"
#include "topology/random_placement.h"

namespace grove::test {
namespace {

// One of the changes that a cluster sees; `placed` are pods that came and have not gone.
void ChangeAtRandom(Numbers& numbers, const SmallCase& small, std::vector<std::pair<NodeIndex, std::uint32_t>>& placed,
                    PlacementIndex& index) {
  const NodeIndex node = numbers.Below(static_cast<std::uint32_t>(small.nodes.size()));
  const std::uint32_t pod_class = numbers.Below(static_cast<std::uint32_t>(small.request.classes.size()));
  switch (numbers.Below(4)) {
    case 0:
      index.Place(node, small.request.classes[pod_class]);
      placed.emplace_back(node, pod_class);
      break;
    case 1:
      if (placed.empty()) break;
      EXPECT_TRUE(index.Release(placed.back().first, small.request.classes[placed.back().second]));
      placed.pop_back();
      break;
    case 2:
      index.SetUsable(node, numbers.OneIn(2));
      break;
    default: {
      const std::size_t mark = index.mark();
      index.Place(node, small.request.classes[pod_class]);
      index.SetUsable(node, false);
      index.Undo(mark);
      break;
    }
  }
}

TEST(PlacementIndexTest, PlansAsFromScratch) {
  for (std::uint64_t seed = 1; seed <= 600; ++seed) {
    const SmallCase small = RandomCase(seed);
    // Another request on the same cluster, whose classes and selectors differ.
    SmallCase other = RandomCase(seed + 100'000);
    other.request.gangs.clear();
    Numbers numbers(seed);
    other.levels = small.levels;
    other.nodes = small.nodes;
    for (std::uint32_t g = 0; g < 2; ++g) other.request.gangs.push_back(RandomGang(numbers, other, g, 5));
    const auto cluster = BuildCluster(small);
    ASSERT_TRUE(cluster.ok());
    PlacementIndex index{Occupancy(*cluster)};
    std::vector<std::pair<NodeIndex, std::uint32_t>> placed;
    for (std::uint32_t round = 0; round < 6; ++round) {
      const PlacementRequest& request = round % 3 == 2 ? other.request : small.request;
      PlacementOptions options;
      options.batch = numbers.OneIn(4);
      options.threads = 1 + numbers.Below(3);
      if (numbers.OneIn(3)) index.Prepare(request.classes);
      const auto planned = index.Plan(request, options);
      const auto anew = Place(index.occupancy(), request, options);
      ASSERT_TRUE(planned.ok() && anew.ok());
      ASSERT_EQ(planned->gangs, anew->gangs) << "seed " << seed << " round " << round;
      ASSERT_EQ(planned->placed_bound, anew->placed_bound);
      ASSERT_EQ(planned->counters.steps, anew->counters.steps);
      if (numbers.OneIn(2)) {
        const std::size_t mark = index.mark();
        index.Apply(request, *planned);
        ASSERT_EQ(index.Plan(request)->gangs, Place(index.occupancy(), request)->gangs);
        index.Undo(mark);
      }
      for (std::uint32_t change = numbers.Below(4); change > 0; --change) {
        ChangeAtRandom(numbers, small, placed, index);
      }
      if (numbers.OneIn(4)) index = PlacementIndex(index);
    }
  }
}

TEST(PlacementIndexTest, SettledChangesStay) {
  const SmallCase small = RandomCase(1);
  PlacementIndex index{Occupancy(*BuildCluster(small))};
  index.Place(0, small.request.classes[0]);
  const std::vector<std::int64_t> before = index.occupancy().CopyFree();
  index.Settle();
  EXPECT_EQ(index.mark(), 1u);
  EXPECT_EQ(index.occupancy().settled(), 1u);
  index.Place(0, small.request.classes[0]);
  index.Undo(0);
  EXPECT_EQ(index.occupancy().CopyFree(), before);
  EXPECT_EQ(index.Plan(small.request)->gangs, Place(index.occupancy(), small.request)->gangs);
  EXPECT_TRUE(index.Release(0, small.request.classes[0]));
}

// Blocks of 4 racks of 8 hosts with 8 GPUs each.
Cluster LargeCluster(std::size_t nodes) {
  std::vector<std::vector<std::int64_t>> racks(nodes / 8, std::vector<std::int64_t>(8, 8));
  return MakeRacks(4, racks);
}

PlacementCounters Difference(const PlacementCounters& after, const PlacementCounters& before) {
  return {.steps = after.steps - before.steps,
          .nodes_read = after.nodes_read - before.nodes_read,
          .domains_read = after.domains_read - before.domains_read,
          .index_builds = after.index_builds - before.index_builds,
          .updates = after.updates - before.updates};
}

PlacementRequest OneGang() {
  return MakeRequest({GangMaker("block").Group(2, 4, {.required = "rack", .preferred = "host"}).Group(3, 8)});
}

// What one pod or node that changes costs an index that has planned before.
PlacementCounters CostOfChange(std::size_t nodes, const std::function<void(PlacementIndex&)>& change) {
  PlacementIndex index{Occupancy(LargeCluster(nodes))};
  const PlacementRequest request = OneGang();
  EXPECT_EQ(index.Plan(request)->placed, 1u);
  const PlacementCounters before = index.counters();
  change(index);
  return Difference(index.counters(), before);
}

TEST(PlacementIndexTest, ChangesCostTheLevelsWhateverTheSize) {
  struct Case {
    const char* name;
    std::function<void(PlacementIndex&)> change;
    std::uint64_t nodes;
  };
  const PlacementRequest request = OneGang();
  const std::uint64_t levels = 4;
  const Case cases[] = {
      {"a pod comes", [&](PlacementIndex& index) { EXPECT_TRUE(index.Place(13, request.classes[4])); }, 1},
      {"a pod comes and goes",
       [&](PlacementIndex& index) {
         EXPECT_TRUE(index.Place(13, request.classes[4]));
         EXPECT_TRUE(index.Release(13, request.classes[4]));
       },
       2},
      {"a node fails", [](PlacementIndex& index) { EXPECT_TRUE(index.SetUsable(77, false)); }, 1},
      {"a node that had failed already",
       [](PlacementIndex& index) {
         index.SetUsable(77, false);
         EXPECT_TRUE(index.SetUsable(77, false));
       },
       2},
      {"two changes undone",
       [&](PlacementIndex& index) {
         const std::size_t mark = index.mark();
         index.SetUsable(5, false);
         index.Place(99, request.classes[1]);
         index.Undo(mark);
       },
       4},
  };
  for (const Case& c : cases) {
    const PlacementCounters small = CostOfChange(128, c.change);
    EXPECT_EQ(small.nodes_read, c.nodes) << c.name;
    EXPECT_GT(small.updates, 0u) << c.name;
    EXPECT_LE(small.updates, c.nodes * (levels + 2)) << c.name;
    EXPECT_EQ(small.index_builds, 0u) << c.name;
    for (const std::size_t nodes : {640, 4096, 20'480}) {
      EXPECT_EQ(CostOfChange(nodes, c.change), small) << c.name << ", " << nodes << " nodes";
    }
  }
}

// A change is followed by every class that is asked for, along the levels; nothing is built anew.
TEST(PlacementIndexTest, FurtherGangsCostTheirPodsWhateverTheSize) {
  const auto cost = [](std::size_t nodes) {
    PlacementIndex index{Occupancy(LargeCluster(nodes))};
    const PlacementRequest request = OneGang();
    index.Apply(request, *index.Plan(request));
    index.Apply(request, *index.Plan(request));
    index.SetUsable(40, false);
    const PlacementCounters before = index.counters();
    const auto result = index.Plan(request);
    EXPECT_EQ(result->placed, 1u);
    return Difference(index.counters(), before);
  };
  const PlacementCounters small = cost(128);
  EXPECT_EQ(small.index_builds, 0u);
  const std::uint64_t pods = 5;
  const std::uint64_t levels = 4;
  const std::uint64_t classes = 2;
  // Pods of two gangs before and of this one come and go; hashes, counts, and places in orders follow.
  const std::uint64_t most = 2 * 3 * pods * (levels + 2) * (1 + 2 * classes);
  EXPECT_LE(small.updates, most);
  for (const std::size_t nodes : {640, 4096, 20'480}) {
    const PlacementCounters large = cost(nodes);
    EXPECT_LE(large.updates, most) << nodes;
    EXPECT_EQ(large.nodes_read, small.nodes_read) << nodes;
    EXPECT_EQ(large.index_builds, 0u) << nodes;
  }
}

TEST(PlacementIndexTest, ManyClassesTakeBoundedMemory) {
  const Cluster cluster = LargeCluster(4096);
  PlacementIndex index{Occupancy(cluster)};
  PlacementRequest request;
  for (std::int64_t i = 0; i < 300; ++i) {
    request.classes.emplace_back();
    request.classes.back().requests = {{"gpu", 1 + i % 8}, {"cpu", i}};
    request.gangs.emplace_back();
    request.gangs.back().name = "g" + std::to_string(i);
    request.gangs.back().groups.emplace_back();
    request.gangs.back().groups.back().min_replicas = 1;
    request.gangs.back().groups.back().candidates = {{.pod_class = static_cast<std::uint32_t>(i), .count = 1}};
  }
  EXPECT_EQ(index.Plan(request)->gangs, Place(Occupancy(cluster), request)->gangs);
  EXPECT_EQ(index.Plan(request)->placed, 300u);
  EXPECT_LT(index.memory_bytes(), cluster.node_count() * 500 - cluster.memory_bytes());
}

TEST(PlacementIndexTest, FaultsAreThoseOfPlace) {
  PlacementIndex index{Occupancy(LargeCluster(64))};
  PlacementRequest request = OneGang();
  request.gangs.push_back(request.gangs[0]);
  EXPECT_EQ(index.Plan(request).status(), Place(index.occupancy(), request).status());
  EXPECT_FALSE(index.Plan(request).ok());
  EXPECT_FALSE(index.Place(64, request.classes[0]));
  EXPECT_FALSE(index.Release(64, request.classes[0]));
  EXPECT_FALSE(index.SetUsable(64, true));
}

}  // namespace
}  // namespace grove::test
