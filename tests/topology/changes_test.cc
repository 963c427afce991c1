// The smallest changes that make a gang fit, each compared with what is known to be least.
#include <algorithm>
#include <bit>
#include <optional>

#include "topology/placement_case.h"
#include "topology/random_placement.h"

namespace grove::test {
namespace {

using Kind = FittingChangeKind;

PlacementOptions WithChanges() {
  PlacementOptions options;
  options.explain_changes = 8;
  return options;
}

const PlacementExplanation& Of(const PlacementResult& result, std::uint32_t gang) {
  const auto found = std::find_if(result.gangs.begin(), result.gangs.end(),
                                  [&](const GangPlacement& placement) { return placement.gang == gang; });
  return found->explanation;
}

std::optional<FittingChange> First(const PlacementExplanation& why, Kind kind) {
  for (const FittingChange& change : why.changes) {
    if (change.kind == kind) return change;
  }
  return std::nullopt;
}

PlacementExplanation Explain(const Cluster& cluster, const Gang& gang) {
  return Of(PlaceAndCheck(cluster, MakeRequest({gang}), WithChanges()), 0);
}

const PackLevels kRack{.required = "rack", .preferred = ""};

TEST(FittingChangeTest, WiderLevelAndFewerPods) {
  const PlacementExplanation why = Explain(MakeRacks(2, {{8, 8}, {8, 8}}), GangMaker("rack").Group(3, 8));
  const auto wider = First(why, Kind::kRelaxLevels);
  ASSERT_TRUE(wider.has_value());
  EXPECT_TRUE(wider->minimal);
  EXPECT_EQ(wider->relaxed, (std::vector<RelaxedLevel>{{ScopeKind::kGang, 0, 1}}));
  const auto fewer = First(why, Kind::kLowerMinimums);
  ASSERT_TRUE(fewer.has_value());
  EXPECT_TRUE(fewer->minimal);
  EXPECT_EQ(fewer->lowered, (std::vector<LoweredMinimum>{{0, 3, 2}}));
  EXPECT_EQ(fewer->size, 1u);
  EXPECT_FALSE(First(why, Kind::kFreeNodes).has_value());
  EXPECT_FALSE(First(why, Kind::kFreeGangs).has_value());
}

TEST(FittingChangeTest, SeveralConstraints) {
  const PlacementExplanation why =
      Explain(MakeRacks(2, {{8, 8}, {8, 8}, {8}}), GangMaker().Group(3, 4, {"host", ""}).Group(3, 8, kRack));
  const auto wider = First(why, Kind::kRelaxLevels);
  ASSERT_TRUE(wider.has_value());
  EXPECT_TRUE(wider->minimal);
  EXPECT_EQ(wider->size, 2u);
  EXPECT_EQ(wider->relaxed, (std::vector<RelaxedLevel>{{ScopeKind::kGroup, 0, 2}, {ScopeKind::kGroup, 1, 0}}));
}

TEST(FittingChangeTest, PodsOfSeveralGroups) {
  const PlacementExplanation why = Explain(MakeRacks(2, {{8, 8}}), GangMaker().Group(9, 2).Group(9, 2));
  const auto fewer = First(why, Kind::kLowerMinimums);
  ASSERT_TRUE(fewer.has_value());
  EXPECT_TRUE(fewer->minimal);
  EXPECT_EQ(fewer->lowered, (std::vector<LoweredMinimum>{{0, 9, 7}, {1, 9, 1}}));
}

// Two large pods stand against eight small ones.
TEST(FittingChangeTest, FewestPodsOfSeveralGroups) {
  const auto fewer = First(Explain(MakeRacks(1, {{16}}), GangMaker().Group(3, 6).Group(12, 1)), Kind::kLowerMinimums);
  ASSERT_TRUE(fewer.has_value());
  EXPECT_TRUE(fewer->minimal);
  EXPECT_EQ(fewer->size, 4u);
  EXPECT_EQ(fewer->lowered, (std::vector<LoweredMinimum>{{0, 3, 1}, {1, 12, 10}}));
}

TEST(FittingChangeTest, FewerEqualScopes) {
  GangMaker gang("block");
  for (std::uint32_t s = 0; s < 5; ++s) gang.Scope(kRack).Group(2, 8, {}, -1, s);
  const auto fewer = First(Explain(MakeRacks(2, {{8, 8, 8, 8}, {8, 8, 8}, {8, 8}, {8}}), gang), Kind::kFewerScopes);
  ASSERT_TRUE(fewer.has_value());
  EXPECT_TRUE(fewer->minimal);
  EXPECT_EQ(fewer->from, 5u);
  EXPECT_EQ(fewer->to, 3u);
  EXPECT_EQ(fewer->scopes.size(), 5u);
}

TEST(FittingChangeTest, FewerReplicasOfTheSet) {
  std::vector<Gang> gangs;
  for (std::uint32_t replica = 0; replica < 3; ++replica) {
    Gang gang = GangMaker("rack").Group(2, 8).Named("set-" + std::to_string(replica), replica);
    gang.set = "set";
    gang.replica = replica;
    gangs.push_back(gang);
  }
  const PlacementResult result = PlaceAndCheck(MakeRacks(2, {{8, 8}, {8, 8}}), MakeRequest(gangs), WithChanges());
  const auto fewer = First(Of(result, 2), Kind::kFewerReplicas);
  ASSERT_TRUE(fewer.has_value());
  EXPECT_EQ(fewer->from, 3u);
  EXPECT_EQ(fewer->to, 2u);
  EXPECT_EQ(fewer->gangs, std::vector<std::uint32_t>{2});
  const auto freed = First(Of(result, 2), Kind::kFreeGangs);
  ASSERT_TRUE(freed.has_value());
  EXPECT_TRUE(freed->minimal);
  EXPECT_EQ(freed->gangs, std::vector<std::uint32_t>{1});
}

// Racks of two nodes each; `used` GPUs of 8 on each node, -1: not ready, -2: cordoned.
Cluster UsedRacks(const std::vector<std::int64_t>& used) {
  ClusterBuilder builder(std::vector<TopologyLevel>{{.domain = "rack", .key = "rack"}});
  for (std::size_t i = 0; i < used.size(); ++i) {
    NodeSpec node;
    node.name = "n" + std::to_string(i);
    node.labels = {{"rack", "r" + std::to_string(i / 2)}};
    node.allocatable = {{"cpu", 64}, {"gpu", 8}, {"pods", 110}};
    if (used[i] > 0) node.used = {{"gpu", used[i]}, {"pods", used[i]}};
    node.usable = used[i] != -1;
    if (used[i] == -2) node.taints.push_back({.key = "node.kubernetes.io/unschedulable", .value = ""});
    builder.AddNode(node);
  }
  return *std::move(builder).Build();
}

TEST(FittingChangeTest, NodesComeBack) {
  for (const std::int64_t out : {-1, -2}) {
    const PlacementExplanation why = Explain(UsedRacks({0, out, 0, 4}), GangMaker("rack").Group(2, 8));
    const auto returned = First(why, Kind::kReturnNodes);
    ASSERT_TRUE(returned.has_value());
    EXPECT_TRUE(returned->minimal);
    EXPECT_EQ(returned->nodes, std::vector<NodeIndex>{1});
    const auto freed = First(why, Kind::kFreeNodes);
    ASSERT_TRUE(freed.has_value());
    EXPECT_TRUE(freed->minimal);
    EXPECT_EQ(freed->nodes, std::vector<NodeIndex>{3});
  }
}

TEST(FittingChangeTest, NodesThatAreOutAndFull) {
  const PlacementExplanation why = Explain(UsedRacks({-1, -2, 8, 8}), GangMaker("rack").Group(4, 4));
  ASSERT_EQ(why.changes.size(), 2u);
  EXPECT_EQ(First(why, Kind::kReturnNodes)->nodes, (std::vector<NodeIndex>{0, 1}));
  EXPECT_EQ(First(why, Kind::kFreeNodes)->nodes, (std::vector<NodeIndex>{2, 3}));
  EXPECT_TRUE(First(why, Kind::kReturnNodes)->minimal);
  EXPECT_TRUE(First(why, Kind::kFreeNodes)->minimal);
}

TEST(FittingChangeTest, FewestGangsLowestPriorityFirst) {
  const Cluster cluster = UsedRacks({8, 8, 4, 4, 0, 0});
  std::vector<Gang> gangs = {GangMaker("rack").Group(2, 8).Named("new", 9, 10)};
  GangMaker pair;
  pair.Group(0, 4, {}, 2).Active(0).Active(1);
  gangs.push_back(pair.Named("a", 1, 40));
  gangs.push_back(pair.Named("b", 2, 40));
  GangMaker cheap;
  cheap.Group(0, 4, {}, 2).Active(2).Active(3);
  gangs.push_back(cheap.Named("c", 1, 60));
  gangs.push_back(GangMaker("rack").Group(2, 8).Named("first", 0, 100));
  for (Gang& gang : gangs) {
    for (GangGroup& group : gang.groups) {
      for (ActivePod& pod : group.active) pod.pod_class = 4;
    }
  }
  const PlacementResult result = PlaceAndCheck(cluster, MakeRequest(gangs), WithChanges());
  const auto freed = First(Of(result, 0), Kind::kFreeGangs);
  ASSERT_TRUE(freed.has_value());
  EXPECT_TRUE(freed->minimal);
  // One of priority 60 is fewer than two of priority 40; the one placed before has priority 100.
  EXPECT_EQ(freed->gangs, std::vector<std::uint32_t>{3});
  // Nothing runs that belongs to no gang.
  EXPECT_FALSE(First(Of(result, 0), Kind::kFreeNodes).has_value());
}

TEST(FittingChangeTest, ABaseTakesItsScaledGangsAlong) {
  std::vector<Gang> gangs = {GangMaker().Group(2, 8).Named("base", 0, 60),
                             GangMaker().Group(1, 1).Named("scaled", 1, 60, "base"),
                             GangMaker().Group(2, 8).Named("late", 2, 50)};
  const PlacementResult result = PlaceAndCheck(MakeRacks(1, {{8, 8, 2}}), MakeRequest(gangs), WithChanges());
  EXPECT_EQ(First(Of(result, 2), Kind::kFreeGangs)->gangs, (std::vector<std::uint32_t>{0, 1}));
}

TEST(FittingChangeTest, TwoGangsAreFewerThanABaseWithThree) {
  std::vector<Gang> gangs = {
      GangMaker().Group(2, 8).Named("base", 0, 60),       GangMaker().Group(1, 1).Named("s0", 3, 60, "base"),
      GangMaker().Group(1, 1).Named("s1", 4, 60, "base"), GangMaker().Group(1, 1).Named("s2", 5, 60, "base"),
      GangMaker("host").Group(1, 8).Named("x", 1, 60),    GangMaker("host").Group(1, 8).Named("y", 2, 60),
      GangMaker().Group(2, 8).Named("late", 6, 50)};
  const PlacementResult result = PlaceAndCheck(MakeRacks(1, {{8, 8, 8, 8, 3}}), MakeRequest(gangs), WithChanges());
  const auto freed = First(Of(result, 6), Kind::kFreeGangs);
  ASSERT_TRUE(freed.has_value());
  EXPECT_TRUE(freed->minimal);
  EXPECT_EQ(freed->gangs, (std::vector<std::uint32_t>{4, 5}));
}

// In one rack two nodes would have to go, in the others one more: all of them are looked into.
TEST(FittingChangeTest, FewestNodesOfAnyRack) {
  ClusterBuilder builder(std::vector<TopologyLevel>{{.domain = "rack", .key = "rack"}});
  for (std::uint32_t rack = 0; rack < 5; ++rack) {
    for (std::uint32_t host = 0; host < 4; ++host) {
      NodeSpec node;
      node.name = "r" + std::to_string(rack) + "h" + std::to_string(host);
      node.labels = {{"rack", "r" + std::to_string(rack)}};
      node.allocatable = {{"cpu", 100}, {"gpu", 8}, {"pods", 110}};
      node.used = {{"gpu", rack == 3 && host < 2 ? 0 : 4}};
      builder.AddNode(node);
    }
  }
  const auto freed = First(Explain(*std::move(builder).Build(), GangMaker("rack").Group(4, 8)), Kind::kFreeNodes);
  ASSERT_TRUE(freed.has_value());
  EXPECT_TRUE(freed->minimal);
  EXPECT_EQ(freed->size, 2u);
}

TEST(PackConflictTest, SmallestSet) {
  const Cluster cluster = MakeRacks(2, {{8, 8}, {8, 8}, {8, 8}});
  // Block and the first two racks alone fit; the third group does not in the block.
  const PlacementExplanation why =
      Explain(cluster, GangMaker("block").Group(1, 8, kRack).Group(2, 8, kRack).Group(2, 8, kRack));
  EXPECT_TRUE(why.conflict.irreducible);
  EXPECT_TRUE(why.conflict.smallest);
  ASSERT_EQ(why.conflict.constraints.size(), 1u);
  EXPECT_EQ(why.conflict.constraints[0].kind, ScopeKind::kGang);
  EXPECT_EQ(why.conflict.constraints[0].needed, 5u);
  EXPECT_EQ(why.conflict.constraints[0].domains, 0u);
  const PlacementExplanation clash = Explain(MakeRacks(2, {{8, 8, 8}, {8, 8, 8}}),
                                             GangMaker().Group(2, 8, kRack).Group(2, 8, kRack).Group(2, 8, kRack));
  ASSERT_EQ(clash.conflict.constraints.size(), 3u);
  EXPECT_TRUE(clash.conflict.smallest);
  EXPECT_EQ(clash.conflict.constraints[2].domains, 2u);
}

TEST(PackConflictTest, NoConstraintIsToBlame) {
  EXPECT_TRUE(Explain(MakeRacks(2, {{8}}), GangMaker("rack").Group(2, 8)).conflict.constraints.empty());
}

TEST(FittingChangeTest, OffUnlessAskedFor) {
  const PlacementResult result =
      PlaceAndCheck(MakeRacks(2, {{8, 8}, {8, 8}}), MakeRequest({GangMaker("rack").Group(3, 8)}));
  EXPECT_TRUE(result.gangs[0].explanation.changes.empty());
}

// The gang once the change is applied, as far as the gang itself changes.
Gang Changed(const Cluster& cluster, Gang gang, const FittingChange& change) {
  for (const RelaxedLevel& relaxed : change.relaxed) {
    PackLevels& pack = relaxed.kind == ScopeKind::kGang    ? gang.pack
                       : relaxed.kind == ScopeKind::kScope ? gang.scopes[relaxed.index].pack
                                                           : gang.groups[relaxed.index].pack;
    pack.required = relaxed.level < 0 ? "" : cluster.levels()[static_cast<std::size_t>(relaxed.level)].key;
  }
  for (const LoweredMinimum& lowered : change.lowered) gang.groups[lowered.group].min_replicas = lowered.to;
  for (std::size_t i = change.to; change.kind == Kind::kFewerScopes && i < change.scopes.size(); ++i) {
    for (GangGroup& group : gang.groups) {
      if (group.scope != change.scopes[i]) continue;
      group.candidates.clear();
      group.min_replicas = 0;
    }
  }
  return gang;
}

bool FitsByTrying(const Occupancy& occupancy, PlacementRequest request, const Gang& gang, bool& known) {
  request.gangs = {gang};
  const auto answer = PlaceExhaustively(occupancy, request, 0, 300'000);
  known = known && answer.has_value();
  return answer.has_value() && answer->feasible;
}

// The cluster once some nodes are back, or free of what belongs to no gang.
Cluster WithNodes(SmallCase small, const Cluster& cluster, FittingChangeKind kind,
                  const std::vector<NodeIndex>& nodes) {
  for (NodeSpec& node : small.nodes) {
    const auto index = cluster.FindNode(node.name);
    if (std::find(nodes.begin(), nodes.end(), *index) == nodes.end()) continue;
    node.usable = true;
    if (kind == Kind::kFreeNodes) node.used.clear();
  }
  return *BuildCluster(small);
}

// Whether the change fits and, where it claims so, no smaller set of nodes does; 1 if that could be tried.
std::uint32_t NodesAreFewest(const SmallCase& small, const Cluster& cluster, const Gang& gang,
                             const FittingChange& change, std::uint64_t seed) {
  if (std::any_of(gang.groups.begin(), gang.groups.end(), [](const GangGroup& g) { return !g.active.empty(); })) {
    return 0;  // what active pods hold is part of what the nodes have in use
  }
  bool known = true;
  const auto fits = [&](const std::vector<NodeIndex>& nodes) {
    const Cluster changed = WithNodes(small, cluster, change.kind, nodes);
    return FitsByTrying(Occupancy(changed), small.request, gang, known);
  };
  EXPECT_TRUE(fits(change.nodes) || !known) << "seed " << seed;
  EXPECT_EQ(change.size, change.nodes.size());
  for (std::uint32_t set = 0; change.minimal && set < 1u << cluster.node_count(); ++set) {
    if (std::popcount(set) >= static_cast<int>(change.nodes.size())) continue;
    std::vector<NodeIndex> fewer;
    for (NodeIndex node = 0; node < cluster.node_count(); ++node) {
      const bool is_out = change.kind == Kind::kFreeNodes || !Occupancy(cluster).usable(node);
      if (is_out && (set >> node & 1) != 0) fewer.push_back(node);
    }
    EXPECT_FALSE(fits(fewer) && known) << "seed " << seed << " kind " << static_cast<int>(change.kind);
  }
  return known ? 1 : 0;
}

// Tries all ways to take fewer pods from the groups; none may suffice. 1 if there were any.
std::uint32_t FewerPodsFit(const Occupancy& occupancy, const SmallCase& small, const Cluster& cluster,
                           const FittingChange& change, std::uint64_t seed) {
  const Gang& gang = small.request.gangs[0];
  FittingChange way;
  way.kind = change.kind;
  const auto visit = [&](const auto& self, std::uint32_t g, std::uint32_t left) -> void {
    if (g == gang.groups.size()) {
      bool known = true;
      EXPECT_FALSE(FitsByTrying(occupancy, small.request, Changed(cluster, gang, way), known)) << "seed " << seed;
      return;
    }
    const std::uint32_t from = gang.groups[g].min_replicas;
    const auto active = static_cast<std::uint32_t>(gang.groups[g].active.size());
    for (std::uint32_t less = 0; less <= left && from - less >= std::min(from, std::max(1u, active)); ++less) {
      way.lowered.push_back({g, from, from - less});
      self(self, g + 1, left - less);
      way.lowered.pop_back();
      if (less == from) break;
    }
  };
  visit(visit, 0, change.size - 1);
  return 1;
}

// On small random cases, what is listed fits, and what is said to be least is so, both by trying everything.
TEST(FittingChangeTest, AgreesWithTryingEverything) {
  std::uint32_t compared = 0;
  std::uint32_t several = 0;
  for (std::uint64_t seed = 1; seed <= 1200; ++seed) {
    SmallCase small = RandomCase(seed);
    small.request.gangs.resize(1);
    const auto cluster = BuildCluster(small);
    const Occupancy occupancy(*cluster);
    const auto result = Place(occupancy, small.request, WithChanges());
    const Gang& gang = small.request.gangs[0];
    for (const FittingChange& change : result->gangs[0].explanation.changes) {
      bool known = true;
      if (change.kind == Kind::kReturnNodes || change.kind == Kind::kFreeNodes) {
        compared += NodesAreFewest(small, *cluster, gang, change, seed);
        continue;
      }
      Occupancy changed = occupancy;
      EXPECT_TRUE(FitsByTrying(changed, small.request, Changed(*cluster, gang, change), known) || !known)
          << "seed " << seed << " kind " << static_cast<int>(change.kind);
      compared += known ? 1 : 0;
      if (change.kind != Kind::kLowerMinimums || !change.minimal) continue;
      if (change.lowered.size() > 1) several += FewerPodsFit(occupancy, small, *cluster, change, seed);
      FittingChange less = change;
      ++less.lowered[0].to;
      known = true;
      EXPECT_FALSE(FitsByTrying(occupancy, small.request, Changed(*cluster, gang, less), known)) << "seed " << seed;
    }
    const PackConflict& conflict = result->gangs[0].explanation.conflict;
    for (std::size_t without = 0; conflict.irreducible && without < conflict.constraints.size(); ++without) {
      Gang other = gang;
      other.pack.required.clear();
      for (GangScope& scope : other.scopes) scope.pack.required.clear();
      for (GangGroup& group : other.groups) group.pack.required.clear();
      for (std::size_t i = 0; i < conflict.constraints.size(); ++i) {
        if (i == without) continue;
        const ConflictingConstraint& kept = conflict.constraints[i];
        PackLevels& pack = kept.kind == ScopeKind::kGang    ? other.pack
                           : kept.kind == ScopeKind::kScope ? other.scopes[kept.index].pack
                                                            : other.groups[kept.index].pack;
        pack.required = kept.level;
      }
      bool known = true;
      EXPECT_TRUE(FitsByTrying(occupancy, small.request, other, known) || !known) << "seed " << seed;
    }
  }
  EXPECT_GT(compared, 100u);
  EXPECT_GT(several, 5u);
}

}  // namespace
}  // namespace grove::test
