// Spread, nearness to the base, one domain for a replica, balanced splits, reuse of nodes.
#include <algorithm>
#include <functional>
#include <numeric>
#include <set>

#include "topology/placement_case.h"
#include "topology/random_options.h"

namespace grove::test {
namespace {

Gang OfSet(Gang gang, std::uint32_t replica) {
  gang.set = "set";
  gang.replica = replica;
  return gang;
}

const GangPlacement& Of(const PlacementResult& result, std::uint32_t gang) {
  return *std::find_if(result.gangs.begin(), result.gangs.end(),
                       [&](const GangPlacement& placement) { return placement.gang == gang; });
}

std::vector<Gang> Replicas(const GangMaker& maker, std::uint32_t count) {
  std::vector<Gang> gangs;
  for (std::uint32_t i = 0; i < count; ++i) gangs.push_back(OfSet(maker.Named("r" + std::to_string(i), i), i));
  return gangs;
}

TEST(SpreadTest, ReplicasTakeDomainsOfTheirOwn) {
  const Cluster cluster = MakeRacks(1, {{8, 8}, {8, 8}, {8, 8}});
  PlacementOptions options;
  options.spread_level = "rack";
  const PlacementRequest request = MakeRequest(Replicas(GangMaker("rack").Group(1, 8), 4));
  const PlacementResult result = PlaceAndCheck(cluster, request, options);
  std::set<std::string> racks;
  for (std::uint32_t i = 0; i < 3; ++i) {
    racks.insert(DomainsOf(cluster, Of(result, i), 2).front());
    EXPECT_EQ(Of(result, i).options.replicas_beside, 0u);
    EXPECT_TRUE(Of(result, i).options.optimal);
  }
  EXPECT_EQ(racks.size(), 3u);
  // The fourth one shares, since it must be placed all the same.
  EXPECT_EQ(Of(result, 3).options.replicas_beside, 1u);
  EXPECT_FALSE(Of(PlaceAndCheck(cluster, request), 0).options.replicas_beside.has_value());
}

TEST(SpreadTest, OtherSetsAreNoReplicas) {
  PlacementOptions options;
  options.spread_level = "rack";
  std::vector<Gang> gangs = Replicas(GangMaker().Group(1, 8), 2);
  gangs[1].set = "other";
  const Cluster cluster = MakeRacks(1, {{8, 8}, {8, 8, 8}});
  const PlacementResult result = PlaceAndCheck(cluster, MakeRequest(gangs), options);
  EXPECT_EQ(DomainsOf(cluster, result.gangs[0], 2), DomainsOf(cluster, result.gangs[1], 2));
}

TEST(NearBaseTest, NarrowestLevelThatIsPossible) {
  PlacementOptions options;
  options.near_base = true;
  // The base fills rack 100 but for one node; one scaled gang fits beside it, the next in its block, the last nowhere
  // near. Racks 101 and 104 would be tighter fits.
  const Cluster cluster = MakeRacks(2, {{8, 8, 8}, {8}, {4, 4, 4, 4}, {4, 4}, {8}});
  const std::vector<Gang> gangs = {
      GangMaker("rack").Group(2, 8).Named("base"), GangMaker().Group(1, 8).Named("s0", 1, 50, "base"),
      GangMaker().Group(1, 8).Named("s1", 2, 50, "base"), GangMaker().Group(1, 8).Named("s2", 3, 50, "base")};
  const PlacementResult result = PlaceAndCheck(cluster, MakeRequest(gangs), options);
  EXPECT_EQ(result.placed, 4u);
  EXPECT_EQ(Of(result, 1).options.near_base_level, 2);
  EXPECT_EQ(Of(result, 2).options.near_base_level, 1);
  EXPECT_EQ(Of(result, 3).options.near_base_level, 0);
  EXPECT_FALSE(Of(result, 0).options.near_base_level.has_value());
}

TEST(ReplicaLevelTest, TheBaseLeavesRoomForItsScaledGangs) {
  PlacementOptions options;
  options.replica_level = "rack";
  const Cluster cluster = MakeRacks(1, {{8, 8}, {8, 8, 8, 8}});
  std::vector<Gang> gangs = {OfSet(GangMaker().Group(2, 8).Named("base"), 0),
                             OfSet(GangMaker().Group(2, 8).Named("scaled", 1, 50, "base"), 0)};
  const PlacementResult result = PlaceAndCheck(cluster, MakeRequest(gangs), options);
  EXPECT_EQ(result.placed, 2u);
  EXPECT_EQ(DomainsOf(cluster, Of(result, 0), 2), std::vector<std::string>{"z/b1/r101"});
  EXPECT_EQ(DomainsOf(cluster, Of(result, 1), 2), std::vector<std::string>{"z/b1/r101"});
  // Without the option the base takes the tighter rack.
  const PlacementResult without = PlaceAndCheck(cluster, MakeRequest(gangs));
  EXPECT_EQ(DomainsOf(cluster, Of(without, 0), 2), std::vector<std::string>{"z/b0/r100"});
}

TEST(ReplicaLevelTest, ItMayMakeScaledGangsWait) {
  PlacementOptions options;
  options.replica_level = "rack";
  const Cluster cluster = MakeRacks(1, {{8, 8, 8}, {8, 8, 8}});
  std::vector<Gang> gangs = {OfSet(GangMaker().Group(2, 8).Named("base"), 0),
                             OfSet(GangMaker().Group(2, 8).Named("scaled", 1, 50, "base"), 0),
                             OfSet(GangMaker().Group(2, 8).Named("other", 2, 40), 1)};
  const PlacementResult result = PlaceAndCheck(cluster, MakeRequest(gangs), options);
  EXPECT_EQ(Of(result, 0).outcome, GangOutcome::kPlaced);
  EXPECT_EQ(Of(result, 1).outcome, GangOutcome::kInfeasible);
  EXPECT_EQ(Of(result, 1).explanation.cause, PlacementCause::kReplicaDomainFull);
  EXPECT_EQ(Of(result, 2).outcome, GangOutcome::kPlaced);
}

TEST(ReplicaLevelTest, TheCheckerKnowsWhatTheLevelForbids) {
  PlacementOptions options;
  options.replica_level = "rack";
  const Cluster cluster = MakeRacks(1, {{8, 8, 8}, {8, 8, 8}});
  const auto refusals = [&](std::uint32_t pods) {
    const PlacementRequest request = MakeRequest({OfSet(GangMaker().Group(2, 8).Named("base"), 0),
                                                  OfSet(GangMaker().Group(pods, 8).Named("scaled", 1, 50, "base"), 0)});
    PlacementResult result = *Place(Occupancy(cluster), request, options);
    GangPlacement& scaled = result.gangs[1];
    scaled.outcome = GangOutcome::kInfeasible;
    scaled.pods.clear();
    return CheckRefusals(Occupancy(cluster), request, result, options, 10'000).size();
  };
  EXPECT_EQ(refusals(1), 1u);
  EXPECT_EQ(refusals(2), 0u);  // the other rack has room
}

TEST(ReplicaLevelTest, RunningPodsOfTheReplicaHoldIt) {
  PlacementOptions options;
  options.replica_level = "rack";
  const Cluster cluster = MakeRacks(1, {{8, 8}, {8}});
  std::vector<Gang> gangs = {OfSet(GangMaker().Group(0, 8, {}, 1).Active(0).Named("base"), 0),
                             OfSet(GangMaker().Group(1, 8).Named("scaled", 1, 50, "base"), 0)};
  const PlacementResult result = PlaceAndCheck(cluster, MakeRequest(gangs), options);
  EXPECT_EQ(DomainsOf(cluster, Of(result, 1), 2), std::vector<std::string>{"z/b0/r100"});
}

TEST(BalanceTest, EightAndEight) {
  PlacementOptions options;
  options.balance = true;
  const Cluster cluster = MakeRacks(2, {{8, 7}, {8, 8}, {1}});
  const PlacementRequest request = MakeRequest({GangMaker("block", "rack").Group(16, 1)});
  PlacementResult result = PlaceAndCheck(MakeRacks(2, {{8, 4, 3}, {4, 8}}), request, options);
  EXPECT_EQ(result.gangs[0].figures[0].largest, 8u);
  result = PlaceAndCheck(MakeRacks(2, {{8, 7}, {6}}), request, options);
  EXPECT_EQ(result.gangs[0].figures[0].largest, 10u);
  EXPECT_EQ(PlaceAndCheck(cluster, request).gangs[0].figures[0].largest, 0u);
}

TEST(ReuseTest, AGangGoesBackToItsNodes) {
  PlacementOptions options;
  options.reuse_nodes = true;
  const Cluster cluster = MakeRacks(2, {{4, 4}, {8, 8, 8}});
  Gang gang = GangMaker().Group(2, 4).Named("g");
  gang.groups[0].former = {2, 4};
  PlacementResult result = PlaceAndCheck(cluster, MakeRequest({gang}), options);
  EXPECT_EQ(result.gangs[0].options.reused, 2u);
  EXPECT_TRUE(result.gangs[0].options.optimal);
  // What is required comes first.
  gang.pack.required = "rack";
  gang.groups[0].former = {0, 4};
  result = PlaceAndCheck(cluster, MakeRequest({gang}), options);
  EXPECT_EQ(result.gangs[0].options.reused, 2u);
  gang.groups[0].candidates[0].count = gang.groups[0].min_replicas = 3;
  result = PlaceAndCheck(cluster, MakeRequest({gang}), options);
  EXPECT_EQ(result.gangs[0].options.reused, 2u);
}

TEST(OptionsTest, UnknownLevelsAreRefused) {
  const Occupancy occupancy(MakeRacks(1, {{8}}));
  PlacementOptions options;
  options.spread_level = "row";
  EXPECT_FALSE(Place(occupancy, MakeRequest({}), options).ok());
  options.spread_level.clear();
  options.replica_level = "row";
  EXPECT_FALSE(Place(occupancy, MakeRequest({}), options).ok());
}

// What is said to be the best that options allow is so, by trying everything.
TEST(OptionsTest, AgreeWithTryingEverything) {
  std::uint32_t compared = 0;
  for (std::uint64_t seed = 1; seed <= 1500; ++seed) {
    const OptionCase trial = TwoGangs(seed);
    const Comparison comparison = CompareOptions(trial);
    ASSERT_EQ(comparison.fault, "") << "seed " << seed;
    compared += comparison.compared;
  }
  EXPECT_GT(compared, 1000u);
}

// The same of options together: several priorities, surplus, gangs that lose room, gangs that are moved.
TEST(OptionsTest, CombinationsAgreeWithTryingEverything) {
  std::uint32_t compared = 0;
  std::uint32_t evicted = 0;
  for (std::uint64_t seed = 1; seed <= 3000; ++seed) {
    const Comparison comparison = CompareOptions(AnyGangs(seed));
    ASSERT_EQ(comparison.fault, "") << "seed " << seed;
    compared += comparison.compared;
    evicted += comparison.evicted;
  }
  EXPECT_GT(compared, 3000u);
  EXPECT_GT(evicted, 50u);
}

// The largest part is as small as it can be, given the ranks.
TEST(BalanceTest, AgreesWithTryingEverySplit) {
  Numbers numbers(7);
  for (int round = 0; round < 300; ++round) {
    std::vector<std::vector<std::int64_t>> racks(2 + numbers.Below(3));
    for (auto& rack : racks) {
      for (std::uint32_t n = 1 + numbers.Below(3); n > 0; --n) rack.push_back(1 + numbers.Below(5));
    }
    const std::uint32_t pods = 4 + numbers.Below(8);
    PlacementOptions options;
    options.balance = true;
    const PlacementResult result =
        PlaceAndCheck(MakeRacks(racks.size(), racks), MakeRequest({GangMaker("", "rack").Group(pods, 1)}), options);
    if (result.placed == 0) continue;
    const ScopeFigure& figure = result.gangs[0].figures[0];
    std::vector<std::int64_t> room;
    for (const auto& rack : racks) room.push_back(std::accumulate(rack.begin(), rack.end(), std::int64_t{0}));
    std::sort(room.begin(), room.end(), std::greater<>());
    room.resize(figure.rank.domains);
    std::uint32_t least = 1;
    const auto fits = [&] {
      std::int64_t sum = 0;
      for (const std::int64_t rack : room) sum += std::min<std::int64_t>(rack, least);
      return sum >= pods;
    };
    while (!fits()) ++least;
    EXPECT_EQ(figure.largest, least) << "round " << round;
  }
}

}  // namespace
}  // namespace grove::test
