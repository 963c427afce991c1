// Room from gangs of lower priority: surplus first, then the fewest gangs (PL-60, PL-66).
#include <algorithm>
#include <bit>
#include <optional>

#include "topology/placement_case.h"
#include "topology/random_placement.h"

namespace grove::test {
namespace {

PlacementOptions Preempting() {
  PlacementOptions options;
  options.preempt = true;
  return options;
}

// A cluster of racks with what runs taken from it: every active pod of the gangs is of class 4 (4 GPUs).
Cluster Occupied(const std::vector<std::vector<std::int64_t>>& racks, std::vector<Gang>& gangs) {
  ClusterBuilder builder(std::vector<TopologyLevel>{{.domain = "rack", .key = "rack"}});
  std::size_t number = 0;
  std::vector<NodeSpec> nodes;
  for (std::size_t rack = 0; rack < racks.size(); ++rack) {
    for (const std::int64_t gpus : racks[rack]) {
      NodeSpec node;
      node.name = "n" + std::to_string(100 + number++);
      node.labels = {{"rack", "r" + std::to_string(100 + rack)}};
      node.allocatable = {{"cpu", 1'000}, {"gpu", gpus}, {"pods", 110}};
      nodes.push_back(node);
    }
  }
  for (Gang& gang : gangs) {
    for (GangGroup& group : gang.groups) {
      for (ActivePod& pod : group.active) {
        pod.pod_class = 4;
        ResourceAmounts& used = nodes[pod.node].used;
        if (used.empty()) used = {{"cpu", 0}, {"gpu", 0}, {"pods", 0}};
        used[0].second += 1;
        used[1].second += 4;
        used[2].second += 1;
      }
    }
  }
  for (const NodeSpec& node : nodes) builder.AddNode(node);
  return *std::move(builder).Build();
}

PlacementResult PlaceOn(const std::vector<std::vector<std::int64_t>>& racks, std::vector<Gang> gangs,
                        const PlacementOptions& options = Preempting()) {
  const Cluster cluster = Occupied(racks, gangs);
  return PlaceAndCheck(cluster, MakeRequest(gangs), options);
}

Gang Running(const std::string& name, std::int32_t priority, std::uint32_t minimum, std::vector<NodeIndex> nodes,
             const std::string& base = "") {
  GangMaker maker;
  maker.Group(0, 4, {}, minimum);
  for (const NodeIndex node : nodes) maker.Active(node);
  return maker.Named(name, 0, priority, base);
}

TEST(PreemptionTest, OffByDefault) {
  std::vector<Gang> gangs = {GangMaker().Group(2, 4).Named("new", 0, 90), Running("old", 10, 1, {0, 0})};
  const PlacementResult result = PlaceOn({{8}}, gangs, {});
  EXPECT_EQ(result.gangs[0].outcome, GangOutcome::kInfeasible);
  EXPECT_TRUE(result.evictions.empty());
}

TEST(PreemptionTest, SurplusGoesFirst) {
  std::vector<Gang> gangs = {GangMaker().Group(1, 4).Named("new", 0, 90), Running("small", 10, 1, {0}),
                             Running("large", 80, 1, {1, 1})};
  const PlacementResult result = PlaceOn({{4, 8}}, gangs);
  EXPECT_EQ(result.placed, 3u);
  EXPECT_EQ(result.evictions, (std::vector<Eviction>{{.gang = 2, .for_gang = 0, .whole = false, .pods = {{0, 1}}}}));
}

TEST(PreemptionTest, TheRightSurplusGoes) {
  // Only the pod on node 0 leaves a node whole.
  std::vector<Gang> gangs = {GangMaker().Group(1, 8).Named("new", 0, 90), Running("old", 10, 2, {0, 1, 1})};
  const PlacementResult result = PlaceOn({{8, 8}}, gangs);
  EXPECT_EQ(result.evictions, (std::vector<Eviction>{{.gang = 1, .for_gang = 0, .whole = false, .pods = {{0, 0}}}}));
}

TEST(PreemptionTest, FewestGangsOfLowestPriority) {
  std::vector<Gang> gangs = {GangMaker("rack").Group(2, 8).Named("new", 0, 90), Running("a", 10, 2, {0, 0}),
                             Running("b", 10, 2, {1, 1}), Running("c", 30, 4, {2, 2, 3, 3}),
                             Running("d", 20, 4, {4, 4, 5, 5})};
  const PlacementResult result = PlaceOn({{8, 8}, {8, 8}, {8, 8}}, gangs);
  ASSERT_EQ(result.evictions.size(), 1u);
  EXPECT_EQ(result.evictions[0].gang, 4u);
  EXPECT_TRUE(result.evictions[0].whole);
  EXPECT_EQ(result.evictions[0].pods.size(), 4u);
  for (const GangPlacement& placement : result.gangs) {
    if (placement.gang != 4) continue;
    EXPECT_EQ(placement.explanation.cause, PlacementCause::kPreempted);
    EXPECT_TRUE(placement.pods.empty());
  }
}

TEST(PreemptionTest, EqualAndHigherPrioritiesStay) {
  std::vector<Gang> gangs = {GangMaker().Group(1, 4).Named("new", 0, 50), Running("same", 50, 1, {0}),
                             Running("higher", 60, 1, {1})};
  EXPECT_TRUE(PlaceOn({{4, 4}}, gangs).evictions.empty());
}

TEST(PreemptionTest, ABaseGoesWithItsScaledGangs) {
  std::vector<Gang> gangs = {GangMaker().Group(1, 8).Named("new", 0, 90), Running("base", 10, 2, {0, 0}),
                             Running("scaled", 10, 1, {1}, "base"), Running("other", 20, 2, {2, 2})};
  // Two gangs would go with the base, one of higher priority does too.
  PlacementResult result = PlaceOn({{8, 4, 8}}, gangs);
  ASSERT_EQ(result.evictions.size(), 1u);
  EXPECT_EQ(result.evictions[0].gang, 3u);
  gangs[3] = Running("other", 95, 2, {2, 2});
  result = PlaceOn({{8, 4, 8}}, gangs);
  ASSERT_EQ(result.evictions.size(), 2u);
  EXPECT_TRUE(result.evictions[0].whole && result.evictions[1].whole);
  // One that may not go keeps its base.
  gangs[2] = Running("scaled", 95, 1, {1}, "base");
  EXPECT_TRUE(PlaceOn({{8, 4, 8}}, gangs).evictions.empty());
}

TEST(PreemptionTest, UnknownPodsStay) {
  std::vector<Gang> gangs = {GangMaker().Group(1, 4).Named("new", 0, 90), Running("old", 10, 1, {0})};
  const Cluster cluster = Occupied({{4}}, gangs);
  gangs[1].groups[0].active[0].pod_class = ActivePod::kUnknownClass;
  EXPECT_TRUE(PlaceAndCheck(cluster, MakeRequest(gangs), Preempting()).evictions.empty());
}

TEST(PreemptionTest, SeveralGangsInTurn) {
  std::vector<Gang> gangs = {GangMaker().Group(1, 4).Named("first", 0, 90),
                             GangMaker().Group(1, 4).Named("second", 1, 90), Running("old", 10, 1, {0, 0}),
                             Running("mid", 40, 1, {1})};
  const Cluster cluster = Occupied({{8, 4}}, gangs);
  const PlacementResult result = PlaceAndCheck(cluster, MakeRequest(gangs), Preempting());
  ASSERT_EQ(result.evictions.size(), 2u);
  EXPECT_EQ(result.evictions[0], (Eviction{.gang = 2, .for_gang = 0, .whole = false, .pods = {{0, 1}}}));
  EXPECT_EQ(result.evictions[1], (Eviction{.gang = 2, .for_gang = 1, .whole = true, .pods = {{0, 0}}}));
  Occupancy after(cluster);
  Apply(MakeRequest(gangs), result, after);
  EXPECT_EQ(after.free(0)[1], 0);
}

// The fewest whole gangs by trying all sets of gangs, each with all ways to take surplus.
std::optional<std::size_t> FewestGangs(const Occupancy& occupancy, const PlacementRequest& request) {
  std::optional<std::size_t> fewest;
  const std::size_t victims = request.gangs.size() - 1;
  std::vector<std::vector<EvictedPod>> pods(victims);
  for (std::size_t v = 0; v < victims; ++v) {
    for (std::uint32_t a = 0; a < request.gangs[v + 1].groups[0].active.size(); ++a) pods[v].push_back({0, a});
  }
  // By victim a set of pods that go, as bits.
  std::vector<std::uint32_t> choice(victims, 0);
  const auto visit = [&](const auto& self, std::size_t v, std::size_t whole, const Occupancy& now) -> void {
    if (fewest && whole >= *fewest) return;
    if (v == victims) {
      PlacementRequest alone = request;
      alone.gangs = {request.gangs[0]};
      const auto answer = PlaceExhaustively(now, alone, 0, 100'000);
      if (answer && answer->feasible) fewest = whole;
      return;
    }
    const GangGroup& group = request.gangs[v + 1].groups[0];
    const auto all = static_cast<std::uint32_t>(group.active.size());
    for (std::uint32_t bits = 0; bits < 1u << all; ++bits) {
      const auto gone = static_cast<std::uint32_t>(std::popcount(bits));
      const bool is_whole = gone > 0 && all - gone < group.min_replicas;
      if (is_whole && gone != all) continue;
      if (gone > 0 && request.gangs[v + 1].priority >= request.gangs[0].priority) continue;
      Occupancy next = now;
      for (std::uint32_t a = 0; a < all; ++a) {
        if ((bits >> a & 1) != 0) next.Release(group.active[a].node, request.classes[4]);
      }
      self(self, v + 1, whole + (is_whole ? 1 : 0), next);
    }
  };
  visit(visit, 0, 0, occupancy);
  return fewest;
}

struct RunningCase {
  std::vector<std::vector<std::int64_t>> racks = {{8, 8}, {8}};
  std::vector<Gang> gangs;  // the first one is new
};

RunningCase RandomRunning(std::uint64_t seed) {
  Numbers numbers(seed);
  RunningCase running;
  running.gangs = {GangMaker(numbers.OneIn(2) ? "rack" : "")
                       .Group(1 + numbers.Below(3), 4 + 4 * numbers.Below(2))
                       .Named("new", 0, 50)};
  std::vector<std::uint32_t> free = {2, 2, 2};
  for (std::uint32_t v = 0; v < 3; ++v) {
    std::vector<NodeIndex> nodes;
    for (std::uint32_t p = 1 + numbers.Below(3); p > 0; --p) {
      const std::uint32_t node = numbers.Below(3);
      if (free[node] == 0) continue;
      --free[node];
      nodes.push_back(node);
    }
    const auto minimum = nodes.empty() ? 0 : 1 + numbers.Below(static_cast<std::uint32_t>(nodes.size()));
    running.gangs.push_back(Running("v" + std::to_string(v), numbers.OneIn(5) ? 60 : 10, minimum, nodes));
  }
  return running;
}

TEST(PreemptionTest, AgreesWithTryingEverything) {
  std::uint32_t placed = 0;
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    RunningCase running = RandomRunning(seed);
    const Cluster cluster = Occupied(running.racks, running.gangs);
    const PlacementRequest request = MakeRequest(running.gangs);
    const PlacementResult result = PlaceAndCheck(cluster, request, Preempting());
    const auto fewest = FewestGangs(Occupancy(cluster), request);
    std::size_t whole = 0;
    for (const Eviction& eviction : result.evictions) whole += eviction.whole ? 1 : 0;
    const auto& own =
        *std::find_if(result.gangs.begin(), result.gangs.end(), [](const auto& p) { return p.gang == 0; });
    ASSERT_EQ(own.outcome == GangOutcome::kPlaced, fewest.has_value()) << "seed " << seed;
    if (!fewest) continue;
    ++placed;
    EXPECT_EQ(whole, *fewest) << "seed " << seed;
  }
  EXPECT_GT(placed, 50u);
}

// The fewest gangs whose room would do, whatever their priority.
TEST(FittingChangeTest, NoFewerGangsWouldDo) {
  PlacementOptions options;
  options.explain_changes = 8;
  std::uint32_t compared = 0;
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    RunningCase running = RandomRunning(seed);
    const Cluster cluster = Occupied(running.racks, running.gangs);
    const PlacementRequest request = MakeRequest(running.gangs);
    PlacementRequest alone = request;
    alone.gangs.resize(1);
    std::optional<std::size_t> fewest;
    for (std::uint32_t set = 0; set < 1u << (request.gangs.size() - 1); ++set) {
      Occupancy now(cluster);
      for (std::size_t v = 1; v < request.gangs.size(); ++v) {
        if ((set >> (v - 1) & 1) == 0) continue;
        for (const ActivePod& pod : request.gangs[v].groups[0].active) now.Release(pod.node, request.classes[4]);
      }
      const auto answer = PlaceExhaustively(now, alone, 0, 100'000);
      ASSERT_TRUE(answer.has_value());
      const auto size = static_cast<std::size_t>(std::popcount(set));
      if (answer->feasible && (!fewest || size < *fewest)) fewest = size;
    }
    const PlacementResult result = PlaceAndCheck(cluster, request, options);
    const auto& own =
        *std::find_if(result.gangs.begin(), result.gangs.end(), [](const auto& p) { return p.gang == 0; });
    const auto& changes = own.explanation.changes;
    const auto freed = std::find_if(changes.begin(), changes.end(), [](const FittingChange& change) {
      return change.kind == FittingChangeKind::kFreeGangs;
    });
    ASSERT_EQ(freed != changes.end(), fewest.value_or(0) > 0) << "seed " << seed;
    if (freed == changes.end()) continue;
    ++compared;
    EXPECT_EQ(freed->gangs.size(), *fewest) << "seed " << seed;
    EXPECT_TRUE(freed->minimal) << "seed " << seed;
  }
  EXPECT_GT(compared, 50u);
}

}  // namespace
}  // namespace grove::test
