// Plans for random small clusters against trying everything, and under shuffled input.
#include "topology/random_placement.h"

#include <algorithm>
#include <map>

#include "gtest/gtest.h"

namespace grove::test {
namespace {

TEST(RandomPlacementTest, AgreesWithTryingEverything) {
  for (std::uint64_t seed = 1; seed <= 1500; ++seed) {
    const Comparison comparison = CompareCase(RandomCase(seed));
    ASSERT_EQ(comparison.fault, "") << "seed " << seed;
    EXPECT_EQ(comparison.undecided, 0u) << "seed " << seed;
  }
}

TEST(RandomPlacementTest, BatchKeepsTheContract) {
  PlacementOptions options;
  options.batch = true;
  for (std::uint64_t seed = 1; seed <= 500; ++seed) {
    const SmallCase small = RandomCase(seed);
    const Occupancy occupancy(*BuildCluster(small));
    const auto plain = Place(occupancy, small.request);
    const auto batch = Place(occupancy, small.request, options);
    ASSERT_TRUE(batch.ok());
    EXPECT_GE(batch->placed, plain->placed) << "seed " << seed;
    for (const PlacementBreach& breach : CheckPlacement(occupancy, small.request, *batch)) {
      ADD_FAILURE() << "seed " << seed << ": " << breach.rule << " " << breach.detail;
    }
  }
}

// Affinity to other pods is looked at once a gang is complete: no less is found for it.
TEST(RandomPlacementTest, AffinityKeepsTheSearchComplete) {
  std::uint32_t feasible = 0;
  for (std::uint64_t seed = 1; seed <= 1000; ++seed) {
    SmallCase small = RandomCase(seed);
    Numbers numbers(seed * 31);
    for (PodClass& pods : small.request.classes) {
      pods.labels = {{"app", numbers.OneIn(2) ? "a" : "b"}};
      pods.affinity.clear();
      pods.anti_affinity.clear();
      const PodAffinityTerm term{
          .topology_key = numbers.OneIn(2) ? "l0" : "color",
          .selector = {{.key = "app", .op = LabelRequirement::Operator::kIn, .values = {numbers.OneIn(2) ? "a" : "b"}}},
          .namespaces = {}};
      if (numbers.OneIn(2)) pods.affinity.push_back(term);
      if (numbers.OneIn(5)) pods.anti_affinity.push_back(term);
    }
    const Comparison comparison = CompareCase(small);
    ASSERT_EQ(comparison.fault, "") << "seed " << seed;
    EXPECT_EQ(comparison.undecided, 0u) << "seed " << seed;
    feasible += comparison.feasible;
  }
  EXPECT_GT(feasible, 200u);
}

// The order of gangs and of classes in the lists says nothing: Gang::order does.
TEST(RandomPlacementTest, OrderOfListsDoesNotMatter) {
  for (std::uint64_t seed = 1; seed <= 500; ++seed) {
    const SmallCase small = RandomCase(seed);
    const auto cluster = BuildCluster(small);
    const auto first = Place(Occupancy(*cluster), small.request);
    PlacementRequest turned = small.request;
    const auto classes = static_cast<std::uint32_t>(turned.classes.size());
    std::reverse(turned.classes.begin(), turned.classes.end());
    std::reverse(turned.gangs.begin(), turned.gangs.end());
    for (Gang& gang : turned.gangs) {
      for (GangGroup& group : gang.groups) {
        for (CandidatePods& run : group.candidates) run.pod_class = classes - 1 - run.pod_class;
      }
    }
    const auto second = Place(Occupancy(*cluster), turned);
    ASSERT_EQ(first->gangs.size(), second->gangs.size());
    for (std::size_t i = 0; i < first->gangs.size(); ++i) {
      EXPECT_EQ(first->gangs[i].gang, small.request.gangs.size() - 1 - second->gangs[i].gang) << "seed " << seed;
      EXPECT_EQ(first->gangs[i].outcome, second->gangs[i].outcome) << "seed " << seed;
      EXPECT_EQ(first->gangs[i].figures, second->gangs[i].figures) << "seed " << seed;
      EXPECT_EQ(first->gangs[i].pods.size(), second->gangs[i].pods.size()) << "seed " << seed;
    }
  }
}

// What a placement looks like without names: by gang and group, the free room of its nodes beforehand.
using Shape = std::vector<std::vector<std::vector<std::int64_t>>>;

Shape ShapeOf(const Cluster& cluster, const PlacementResult& result) {
  Shape shape;
  for (const GangPlacement& placement : result.gangs) {
    std::vector<std::vector<std::int64_t>> rows;
    for (const PodPlacement& pod : placement.pods) {
      std::vector<std::int64_t> row{pod.group};
      const auto free = cluster.free(pod.node);
      row.insert(row.end(), free.begin(), free.end());
      rows.push_back(row);
    }
    std::sort(rows.begin(), rows.end());
    shape.push_back(rows);
  }
  return shape;
}

TEST(RandomPlacementTest, NamesAndOrderOfNodesDoNotMatter) {
  for (std::uint64_t seed = 1; seed <= 800; ++seed) {
    SmallCase small = RandomCase(seed);
    bool by_name = false;  // affinity between pods speaks of labels that are renamed here
    for (const PodClass& pods : small.request.classes) {
      by_name = by_name || !pods.affinity.empty() || !pods.anti_affinity.empty() || !pods.host_ports.empty();
    }
    for (Gang& gang : small.request.gangs) {
      for (GangGroup& group : gang.groups) {
        by_name = by_name || !group.active.empty();
      }
    }
    if (by_name) continue;
    const auto before = BuildCluster(small);
    const auto first = Place(Occupancy(*before), small.request);
    Numbers numbers(seed * 77);
    std::map<std::string, std::string> names;
    const auto renamed = [&](const std::string& name) {
      const auto [at, is_new] = names.try_emplace(name, "");
      if (is_new) at->second = "x" + std::to_string(numbers.Next());
      return at->second;
    };
    for (NodeSpec& node : small.nodes) {
      node.name = renamed(node.name);
      for (auto& [key, value] : node.labels) {
        if (key != "color") value = renamed(key + value);
      }
      std::reverse(node.labels.begin(), node.labels.end());
    }
    for (std::size_t i = small.nodes.size(); i > 1; --i) {
      std::swap(small.nodes[i - 1], small.nodes[numbers.Below(static_cast<std::uint32_t>(i))]);
    }
    const auto after = BuildCluster(small);
    const auto second = Place(Occupancy(*after), small.request);
    ASSERT_EQ(ShapeOf(*before, *first), ShapeOf(*after, *second)) << "seed " << seed;
  }
}

TEST(RandomPlacementTest, AnyNumberOfThreadsGivesTheSame) {
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    const SmallCase small = RandomCase(seed);
    const Occupancy occupancy(*BuildCluster(small));
    const auto one = Place(occupancy, small.request);
    for (const std::uint32_t threads : {2u, 8u}) {
      PlacementOptions options;
      options.threads = threads;
      EXPECT_EQ(Place(occupancy, small.request, options)->gangs, one->gangs) << "seed " << seed;
    }
  }
}

}  // namespace
}  // namespace grove::test
