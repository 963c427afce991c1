// Replica counts at every level, and what a scale-in takes (spec 09 §2.2, §2.5, §2.8).
#include "grove/scaling.hpp"

#include <limits>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "planner/sample_set.h"

namespace grove {
namespace {

using planner::Clique;
using planner::Group;
using planner::Set;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::int32_t kMost = std::numeric_limits<std::int32_t>::max();

// The set of the worked example.
PodCliqueSet Example() {
  return Set("m", 2, {Clique("f", 3, 2), Clique("l", 1, 1), Clique("w", 4, 3)}, {Group("d", 3, 2, {"l", "w"})});
}

PodCliqueScalingGroup LiveGroup(const std::string& name, std::int32_t replicas) {
  PodCliqueScalingGroup group;
  group.metadata.name = name;
  group.metadata.namespace_name = "default";
  group.spec.replicas = replicas;
  return group;
}

PodClique LiveClique(const std::string& name, std::int32_t replicas) {
  PodClique clique;
  clique.metadata.name = name;
  clique.metadata.namespace_name = "default";
  clique.spec.replicas = replicas;
  return clique;
}

std::vector<std::string> GangNames(const SetReplicaCount& replica) {
  std::vector<std::string> names;
  for (const GangCount& gang : replica.gangs) names.push_back(gang.name);
  return names;
}

TEST(CountObjects, WorkedExample) {
  const auto count = CountObjects(Example());
  ASSERT_TRUE(count.ok());
  ASSERT_EQ(count->replicas.size(), 2u);
  EXPECT_EQ(count->pods, 36);
  EXPECT_EQ(count->gangs, 4);
  EXPECT_EQ(count->pod_cliques, 14);
  const SetReplicaCount& first = count->replicas[0];
  EXPECT_EQ(first.pods, 18);
  EXPECT_THAT(GangNames(first), ElementsAre("m-0", "m-0-d-0"));
  EXPECT_THAT(first.gangs[0].pod_cliques, ElementsAre("m-0-f", "m-0-d-0-l", "m-0-d-0-w", "m-0-d-1-l", "m-0-d-1-w"));
  EXPECT_EQ(first.gangs[0].min_pods, 10);
  EXPECT_THAT(first.gangs[1].pod_cliques, ElementsAre("m-0-d-2-l", "m-0-d-2-w"));
  EXPECT_TRUE(first.gangs[1].scaled);
  EXPECT_EQ(first.scaling_groups[0], (ScalingGroupCount{"m-0-d", 3, 2, 15}));
}

TEST(CountObjects, LiveCountsWinAtAllLevels) {
  ObjectSet live;
  live.pod_clique_scaling_groups = {LiveGroup("m-0-d", 5)};
  live.pod_cliques = {LiveClique("m-0-f", 7), LiveClique("m-1-d-0-w", 1)};
  auto count = CountObjects(Example(), live);
  ASSERT_TRUE(count.ok());
  EXPECT_EQ(count->replicas[0].pods, 7 + 5 * 5);
  EXPECT_THAT(GangNames(count->replicas[0]), ElementsAre("m-0", "m-0-d-0", "m-0-d-1", "m-0-d-2"));
  EXPECT_EQ(count->replicas[1].pods, 18 - 3);
  EXPECT_THAT(GangNames(count->replicas[1]), ElementsAre("m-1", "m-1-d-0"));

  live.pod_clique_scaling_groups[0].spec.replicas = 1;
  live.pod_clique_set = Example();
  live.pod_clique_set.spec.replicas = 1;
  count = CountObjects(Example(), live);
  ASSERT_TRUE(count.ok());
  ASSERT_EQ(count->replicas.size(), 1u);
  // The base gang lists what its minimum asks for, though it does not exist.
  EXPECT_THAT(GangNames(count->replicas[0]), ElementsAre("m-0"));
  EXPECT_EQ(count->replicas[0].gangs[0].pod_cliques.size(), 5u);
  EXPECT_EQ(count->replicas[0].pod_cliques.size(), 3u);

  live.pod_clique_scaling_groups[0].metadata.deletion_timestamp = Time{1};
  count = CountObjects(Example(), live);
  ASSERT_TRUE(count.ok());
  EXPECT_EQ(count->replicas[0].scaling_groups[0].replicas, 3);
}

TEST(CountObjects, StopsAtTheLimitBeforeAnythingOfThatSizeIsMade) {
  for (PodCliqueSet set : {Set("m", kMost, {Clique("f", 1, 1)}), Set("m", 1, {Clique("f", kMost, 1)}),
                           Set("m", kMost, {Clique("f", kMost, kMost)}),
                           Set("m", 1, {Clique("f", 1, 1)}, {Group("d", kMost, kMost, {"f"})})}) {
    EXPECT_EQ(CountObjects(set).status().code(), absl::StatusCode::kResourceExhausted);
  }
  Limits limits;
  limits.max_objects = 10;
  EXPECT_FALSE(CountObjects(Example(), {}, limits).ok());
  EXPECT_TRUE(CountObjects(Set("m", -3, {Clique("f", 1, 1)}), {}, limits).ok());
}

TEST(PodsOfGroup, ChecksForOverflow) {
  const auto pods = [](std::int32_t replicas, std::vector<std::int32_t> cliques) {
    return PodsOfGroup(replicas, cliques);
  };
  EXPECT_EQ(*pods(3, {1, 4}), 15);
  EXPECT_EQ(*pods(0, {1, 4}), 0);
  EXPECT_EQ(*pods(kMost, {kMost}), std::int64_t{kMost} * kMost);
  EXPECT_FALSE(pods(kMost, {kMost, kMost, kMost}).ok());
  EXPECT_FALSE(pods(-1, {1}).ok());
  EXPECT_FALSE(pods(1, {-1}).ok());
}

TEST(Gangs, OfAScalingGroup) {
  static_assert(ScaledGangs(5, 2) == 3);
  static_assert(ScaledGangs(1, 2) == 0);
  static_assert(ScaledGangs(kMost, 0) == kMost);
  EXPECT_EQ(ScaledGangOf(1, 2), std::nullopt);
  EXPECT_EQ(ScaledGangOf(2, 2), 0);
  EXPECT_EQ(ScaledGangOf(4, 3), 1);
}

struct ScaleInCase {
  std::int32_t replicas;
  std::vector<std::int32_t> live;
  std::vector<std::int32_t> as_reference;
  std::vector<std::int32_t> by_index;
};

TEST(ScalingGroupScaleIn, CountsDistinctIndices) {
  const std::vector<ScaleInCase> cases = {
      {1, {0, 0, 1, 1, 2, 2, 3, 4}, {1, 2, 3, 4}, {1, 2, 3, 4}},
      {3, {0, 1, 2}, {}, {}},
      // An index is missing: the range ends too early (O-12).
      {2, {0, 2, 3}, {2}, {2, 3}},
      {2, {0, 1, 3}, {2}, {3}},
      {3, {0, 1, 2, 3}, {3}, {3}},
      {0, {0}, {0}, {0}},
      {4, {}, {}, {}},
  };
  for (const ScaleInCase& test : cases) {
    EXPECT_EQ(ScalingGroupScaleIn(test.replicas, test.live), test.as_reference);
    EXPECT_EQ(ScalingGroupScaleIn(test.replicas, test.live, true), test.by_index);
  }
}

TEST(StandaloneScaleIn, LooksOnlyWhereThereAreTooMany) {
  const std::vector<std::int32_t> three = {0, 1, 2};
  EXPECT_THAT(StandaloneScaleIn(1, 1, three), ElementsAre(1, 2));
  EXPECT_THAT(StandaloneScaleIn(3, 1, three), IsEmpty());
  // One is missing elsewhere, so that the excess goes unseen (O-13).
  EXPECT_THAT(StandaloneScaleIn(2, 2, std::vector<std::int32_t>{0, 1, 2, 2}), IsEmpty());
  EXPECT_THAT(StandaloneScaleIn(2, 2, std::vector<std::int32_t>{0, 1, 2, 2}, true), ElementsAre(2, 3));
  EXPECT_THAT(StandaloneScaleIn(kMost, kMost, three), IsEmpty());
}

}  // namespace
}  // namespace grove
