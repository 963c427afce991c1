// Spread, nearness to the base, one domain for a replica, balanced splits, reuse of nodes.
#include <algorithm>
#include <functional>
#include <map>
#include <numeric>
#include <optional>
#include <set>
#include <tuple>

#include "topology/placement_case.h"
#include "topology/placement_check.h"
#include "topology/random_placement.h"

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

// What a placement of a gang's minimum set is worth by options and ranks, less is better: replicas beside, distance
// from the base, ranks, pods elsewhere, the largest parts.
using Worth = std::vector<std::int64_t>;

struct Trial {
  const Cluster& cluster;
  const PlacementRequest& request;
  std::uint32_t gang;
  const PlacementOptions& options;
  Occupancy now;                                // what is taken before it
  std::vector<std::vector<NodeIndex>> present;  // by gang
  std::uint64_t left = 200'000;
  std::vector<PodPlacement> pods = {};
  std::optional<Worth> best = {};

  const Gang& Own() const { return request.gangs[gang]; }

  Worth Measure() const {
    Worth worth;
    const std::size_t spread = cluster.FindLevel(options.spread_level).value_or(0);
    std::map<DomainIndex, std::set<std::uint32_t>> others;
    for (std::size_t i = 0; i < present.size(); ++i) {
      if (request.gangs[i].set.empty() || request.gangs[i].replica == Own().replica) continue;
      for (const NodeIndex node : present[i]) others[cluster.domain_of(node, spread)].insert(request.gangs[i].replica);
    }
    std::size_t beside = 0;
    std::int64_t elsewhere = 0;
    std::set<NodeIndex> former;
    for (const GangGroup& group : Own().groups) former.insert(group.former.begin(), group.former.end());
    for (const PodPlacement& pod : pods) {
      beside = std::max(beside, others[cluster.domain_of(pod.node, spread)].size());
      elsewhere += former.count(pod.node) == 1 ? 0 : 1;
    }
    worth.push_back(options.spread_level.empty() || Own().set.empty() ? 0 : static_cast<std::int64_t>(beside));
    worth.push_back(options.near_base && !Own().base.empty() ? Distance() : 0);
    const std::vector<check::ScopeNodes> scopes = check::ScopesOf(Own(), pods);
    for (const PackRank& rank : check::RanksOf(cluster, scopes)) {
      worth.push_back(-rank.level);
      worth.push_back(rank.domains);
    }
    worth.push_back(options.reuse_nodes && !former.empty() ? elsewhere : 0);
    return worth;
  }

  std::int64_t Distance() const {
    for (std::size_t level = cluster.levels().size(); level-- > 0;) {
      std::set<DomainIndex> base;
      for (const NodeIndex node : present[0]) base.insert(cluster.domain_of(node, level));
      if (std::all_of(pods.begin(), pods.end(),
                      [&](const PodPlacement& pod) { return base.count(cluster.domain_of(pod.node, level)) == 1; })) {
        return -static_cast<std::int64_t>(level);
      }
    }
    return 1;
  }

  // With a level for replicas: all pods in one of its domains, where the replica's other gangs are.
  bool KeepsReplica() const {
    const auto level = cluster.FindLevel(options.replica_level);
    if (options.replica_level.empty() || !level || Own().set.empty() || pods.empty()) return true;
    const DomainIndex domain = cluster.domain_of(pods[0].node, *level);
    bool alone = true;
    bool beside = false;
    for (std::size_t i = 0; i < present.size(); ++i) {
      if (i == gang || request.gangs[i].replica != Own().replica) continue;
      for (const NodeIndex node : present[i]) {
        alone = false;
        beside = beside || cluster.domain_of(node, *level) == domain;
      }
    }
    return (alone || beside) && !cluster.domains()[domain].stands_alone &&
           std::all_of(pods.begin(), pods.end(),
                       [&](const PodPlacement& pod) { return cluster.domain_of(pod.node, *level) == domain; });
  }

  bool Fits(NodeIndex node, const PodClass& pod) const {
    const auto free = now.free(node);
    if (!check::AdmitsNode(now, node, pod) || free[*cluster.FindResource("pods")] < 1) return false;
    return std::all_of(pod.requests.begin(), pod.requests.end(), [&](const auto& request) {
      return request.second == 0 || free[*cluster.FindResource(request.first)] >= request.second;
    });
  }

  void Run(std::size_t group = 0, std::uint32_t candidate = 0, NodeIndex from = 0) {
    if (left == 0) return;
    --left;
    if (group == Own().groups.size()) {
      for (const check::ScopeNodes& scope : check::ScopesOf(Own(), pods)) {
        if (!check::KeepsRequired(cluster, scope)) return;
      }
      if (!KeepsReplica()) return;
      const Worth worth = Measure();
      if (!best || worth < *best) best = worth;
      return;
    }
    if (candidate == Own().groups[group].min_replicas) return Run(group + 1);
    const PodClass& pod = check::ClassOf(request, Own().groups[group], candidate);
    for (NodeIndex node = from; node < cluster.node_count(); ++node) {
      if (!Fits(node, pod)) continue;
      const std::size_t mark = now.mark();
      now.Place(node, pod);
      pods.push_back({static_cast<std::uint32_t>(group), candidate, node, false});
      Run(group, candidate + 1, node);
      pods.pop_back();
      now.Undo(mark);
    }
  }
};

SmallCase OptionCase(std::uint64_t seed) {
  Numbers numbers(seed);
  SmallCase small = RandomCase(seed);
  for (PodClass& pods : small.request.classes) {
    PodClass plain;
    plain.requests = pods.requests;
    pods = plain;
  }
  small.request.gangs.clear();
  for (std::uint32_t g = 0; g < 2; ++g) {
    Gang gang = RandomGang(numbers, small, g, 5);
    for (GangGroup& group : gang.groups) {
      group.candidates.resize(1);
      group.active.clear();
      group.min_replicas = group.candidates[0].count;
      if (numbers.OneIn(2)) group.former.push_back(numbers.Below(static_cast<std::uint32_t>(small.nodes.size())));
      if (numbers.OneIn(2)) group.former.push_back(numbers.Below(static_cast<std::uint32_t>(small.nodes.size())));
    }
    gang.set = "set";
    gang.replica = numbers.OneIn(2) ? g : 0;
    if (g == 1 && numbers.OneIn(2)) gang.base = "g0";
    small.request.gangs.push_back(std::move(gang));
  }
  return small;
}

// What is said to be the best that options allow is so, by trying everything.
TEST(OptionsTest, AgreeWithTryingEverything) {
  std::uint32_t compared = 0;
  for (std::uint64_t seed = 1; seed <= 1500; ++seed) {
    const SmallCase small = OptionCase(seed);
    if (small.levels.empty()) continue;
    const auto cluster = BuildCluster(small);
    const Occupancy occupancy(*cluster);
    PlacementOptions options;
    if (seed % 2 == 0) options.spread_level = small.levels[seed % small.levels.size()].key;
    options.near_base = seed % 3 != 0;
    options.reuse_nodes = seed % 5 != 0;
    options.balance = seed % 7 != 0;
    if (seed % 4 == 1) options.replica_level = small.levels[seed / 4 % small.levels.size()].key;
    const auto result = Place(occupancy, small.request, options);
    ASSERT_TRUE(result.ok());
    for (const PlacementBreach& breach : CheckPlacement(occupancy, small.request, *result, options)) {
      ADD_FAILURE() << "seed " << seed << ": " << breach.rule << " " << breach.detail;
    }
    for (const PlacementBreach& breach : CheckRefusals(occupancy, small.request, *result, options, 200'000)) {
      ADD_FAILURE() << "seed " << seed << ": " << breach.rule << " " << breach.detail;
    }
    Occupancy now = occupancy;
    std::vector<std::vector<NodeIndex>> present(2);
    for (const GangPlacement& placement : result->gangs) {
      Trial trial{.cluster = *cluster,
                  .request = small.request,
                  .gang = placement.gang,
                  .options = options,
                  .now = now,
                  .present = present};
      if (placement.outcome == GangOutcome::kNoBase) continue;
      trial.Run();
      const bool placed = placement.outcome == GangOutcome::kPlaced;
      if (trial.left > 0 && placement.outcome != GangOutcome::kNotFound) {
        ++compared;
        EXPECT_EQ(placed, trial.best.has_value()) << "seed " << seed;
        trial.pods = placement.pods;
        // The first gang of a replica takes any domain that holds all of them, and claims nothing then.
        const bool claimed = placement.optimal && (options.replica_level.empty() || placement.options.optimal);
        if (placed && trial.best.has_value() && claimed) {
          EXPECT_EQ(trial.Measure(), *trial.best) << "seed " << seed << " gang " << placement.gang;
        }
      }
      for (const PodPlacement& pod : placement.pods) {
        const GangGroup& group = small.request.gangs[placement.gang].groups[pod.group];
        now.Place(pod.node, check::ClassOf(small.request, group, pod.candidate));
        present[placement.gang].push_back(pod.node);
      }
    }
  }
  EXPECT_GT(compared, 1000u);
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
