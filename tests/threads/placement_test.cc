// Eight threads plan on one Cluster at once, each on its own index and from scratch; and a plan may use threads itself.
#include "grove/placement.hpp"

#include <array>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "grove/cluster.hpp"
#include "grove/placement_index.hpp"

namespace grove {
namespace {

constexpr std::uint32_t kNodes = 625;

absl::StatusOr<Cluster> MakeCluster() {
  ClusterBuilder builder({{"rack", "example.com/rack"}}, "cluster-topology");
  for (std::uint32_t n = 0; n < kNodes; ++n) {
    NodeSpec node;
    node.name = "node-" + std::to_string(n);
    node.labels = {{"example.com/rack", "rack-" + std::to_string(n / 25)}};
    node.allocatable = {{"nvidia.com/gpu", 8}, {"pods", 110}};
    builder.AddNode(node);
  }
  return std::move(builder).Build();
}

// More than fits: 5,000 GPUs for 300 gangs of 5 to 12 pods of two sizes, so that every way to break ties is tried.
PlacementRequest MixedGangs() {
  PlacementRequest request;
  request.classes.resize(2);
  request.classes[0].requests = {{"nvidia.com/gpu", 2}};
  request.classes[1].requests = {{"nvidia.com/gpu", 5}};
  for (std::uint32_t g = 0; g < 300; ++g) {
    Gang gang;
    gang.name = "gang-" + std::to_string(g);
    gang.order = g;
    gang.pack.required = "example.com/rack";
    const std::uint32_t pods = 5 + g % 8;
    GangGroup group;
    group.name = "workers";
    group.min_replicas = pods;
    group.candidates = {{.pod_class = g % 2, .count = pods}};
    gang.groups.push_back(group);
    request.gangs.push_back(gang);
  }
  return request;
}

TEST(PlacementThreadsTest, ThreadsShareACluster) {
  const auto cluster = MakeCluster();
  ASSERT_TRUE(cluster.ok()) << cluster.status();
  const PlacementRequest request = MixedGangs();
  const auto expected = Place(Occupancy(*cluster), request);
  ASSERT_TRUE(expected.ok()) << expected.status();
  EXPECT_GT(expected->placed, 0u);
  EXPECT_LT(expected->placed, request.gangs.size());
  std::array<bool, 8> same{};
  std::vector<std::thread> threads;
  for (std::size_t t = 0; t < same.size(); ++t) {
    threads.emplace_back([&, t] {
      PlacementIndex index{Occupancy(*cluster)};
      const auto prepared = index.Plan(request);
      const auto scratch = Place(Occupancy(*cluster), request);
      same[t] =
          prepared.ok() && scratch.ok() && prepared->gangs == expected->gangs && scratch->gangs == expected->gangs;
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (std::size_t t = 0; t < same.size(); ++t) EXPECT_TRUE(same[t]) << "thread " << t;
}

TEST(PlacementThreadsTest, SameResultOnAnyNumberOfThreads) {
  const auto cluster = MakeCluster();
  ASSERT_TRUE(cluster.ok()) << cluster.status();
  const PlacementRequest request = MixedGangs();
  const auto expected = Place(Occupancy(*cluster), request);
  ASSERT_TRUE(expected.ok()) << expected.status();
  for (const std::uint32_t count : {2u, 8u}) {
    PlacementOptions options;
    options.threads = count;
    const auto result = Place(Occupancy(*cluster), request, options);
    ASSERT_TRUE(result.ok()) << result.status();
    EXPECT_EQ(result->gangs, expected->gangs) << count << " threads";
    EXPECT_EQ(result->placed_bound, expected->placed_bound) << count << " threads";
  }
}

}  // namespace
}  // namespace grove
