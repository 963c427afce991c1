// The executed cases of spec 08 §10 with the contract's result, and the expectations of §15.
#include <algorithm>

#include "topology/placement_case.h"

namespace grove::test {
namespace {

using Names = std::vector<std::string>;

struct Case {
  const char* id;
  Names levels;
  std::vector<Spot> spots;
  Gang gang;
  int pods;             // placed by the plan; -1: the gang is not placed
  const char* spread;   // level whose domains are counted, or ""
  std::size_t domains;  // at most
};

std::vector<Case> Cases() {
  const Names zr{"zone", "rack"};
  const Names r{"rack"};
  const Names rh{"rack", "host"};
  std::vector<Case> cases;
  cases.push_back({"K_A", zr, {{"z1/r1", 2}, {"z1/r2", 2}}, GangMaker("rack", "zone").Group(1, 1), 1, "", 0});
  cases.push_back({"K_A2", zr, {{"z1/r1", 2}, {"z1/r2", 2}}, GangMaker("zone", "rack").Group(1, 1), 1, "", 0});
  cases.push_back({"K_B", zr, {{"z1/r1", 0}, {"/", 4}}, GangMaker("", "rack").Group(1, 1), 1, "", 0});
  cases.push_back({"K_B2", zr, {{"z1/r1", 0}, {"/r7", 4}}, GangMaker("", "rack").Group(1, 1), 1, "", 0});
  cases.push_back({"K_B_required", zr, {{"z1/r1", 0}, {"/r7", 4}}, GangMaker("rack").Group(1, 1), -1, "", 0});
  cases.push_back(
      {"K_C", r, {{"r1", 0}, {"r2", 2}}, GangMaker("rack").Group(0, 1, {}, 1).Active(0).Group(1, 1), -1, "", 0});
  cases.push_back({"K_C2", r, {{"r1", 0}, {"r2", 2}}, GangMaker("rack").Group(1, 1, {}, 2).Active(0), -1, "", 0});
  cases.push_back(
      {"K_C3", r, {{"r1", 0}, {"r2", 2}}, GangMaker("rack").Group(0, 1, {}, 1).Active(0).Group(1, 1, {}, 0), 0, "", 0});
  cases.push_back({"K_D", r, {{"r1", 4}, {"r1", 4}}, GangMaker("rack").Group(1, 4).Group(4, 1), 5, "", 0});
  cases.push_back({"K_D2", r, {{"r1", 4}, {"r1", 4}}, GangMaker().Group(1, 4).Group(4, 1), 5, "", 0});
  cases.push_back(
      {"K_E", r, {{"r1", 2}}, GangMaker().Group(1, 8, {}, 1).Active(0).Group(1, 1, {}, 1).Active(0), 1, "", 0});
  cases.push_back({"K_F",
                   r,
                   {{"r1", 5}, {"r2", 4}},
                   GangMaker().Group(2, 1, {"rack", ""}).Group(4, 1, {"rack", ""}).Group(3, 1, {"rack", ""}),
                   9,
                   "",
                   0});
  cases.push_back({"K_N", zr, {{"z1/r1", 2}, {"z1/r1", 2}}, GangMaker("zone").Group(1, 1), 1, "", 0});
  cases.push_back({"K_N2", rh, {{"r1", 2}, {"r2", 2}}, GangMaker("rack").Group(2, 1, {"rack", ""}), 2, "rack", 1});
  cases.push_back({"K_N3",
                   rh,
                   {{"r1", 4}, {"r1", 3}, {"r2", 3}, {"r2", 3}},
                   GangMaker("", "host").Group(4, 1, {"rack", ""}),
                   4,
                   "host",
                   1});
  cases.push_back({"K_P",
                   zr,
                   {{"A/A1", 1},
                    {"A/A1", 1},
                    {"A/A2", 1},
                    {"A/A3", 1},
                    {"A/A4", 1},
                    {"B/B1", 1},
                    {"B/B1", 1},
                    {"B/B2", 1},
                    {"B/B2", 1},
                    {"B/B3", 1},
                    {"B/B3", 1}},
                   GangMaker("zone", "rack").Group(3, 1),
                   3,
                   "rack",
                   2});
  cases.push_back({"K_Q", r, {{"r1", 0}, {"r2", 2}}, GangMaker().Group(1, 1, {"rack", ""}, 1).Active(0), 0, "", 0});
  cases.push_back({"K_Q2", r, {{"r1", 1}, {"r2", 3}}, GangMaker("rack").Group(3, 1, {}, 1), 3, "rack", 1});
  cases.push_back({"K_T", r, {{"r1", 4}, {"r1", 4}}, GangMaker("rack").Group(1, 4).Group(1, 0), 2, "", 0});
  cases.push_back({"K_U",
                   rh,
                   {{"r1", 2}, {"r1", 2}, {"r2", 4}, {"r2", 1}},
                   GangMaker("rack").Group(4, 1, {"host", ""}),
                   4,
                   "host",
                   1});
  return cases;
}

class ContractTest : public testing::TestWithParam<Case> {};

TEST_P(ContractTest, IsKept) {
  const Case& c = GetParam();
  const Cluster cluster = MakeCluster(c.levels, c.spots);
  const PlacementResult result = PlaceAndCheck(cluster, MakeRequest({c.gang}));
  const GangPlacement& placement = result.gangs[0];
  if (c.pods < 0) {
    EXPECT_EQ(placement.outcome, GangOutcome::kInfeasible);
    return;
  }
  EXPECT_EQ(placement.outcome, GangOutcome::kPlaced);
  EXPECT_EQ(placement.pods.size(), static_cast<std::size_t>(c.pods));
  if (*c.spread != '\0') {
    EXPECT_LE(DomainsOf(cluster, placement, *cluster.FindLevel(c.spread)).size(), c.domains);
  }
}

INSTANTIATE_TEST_SUITE_P(Executed, ContractTest, testing::ValuesIn(Cases()),
                         [](const auto& info) { return std::string(info.param.id); });

TEST(ContractOrderTest, UnknownTopologyAndLevel) {
  const Cluster cluster = MakeCluster({"rack"}, {{"r1", 2}});
  Gang gang = GangMaker().Group(1, 1);
  gang.topology = "other";
  EXPECT_EQ(PlaceAndCheck(cluster, MakeRequest({gang})).gangs[0].explanation.cause, PlacementCause::kUnknownTopology);
  const PlacementResult level = PlaceAndCheck(cluster, MakeRequest({GangMaker().Group(1, 1, {"", "row"})}));
  EXPECT_EQ(level.gangs[0].outcome, GangOutcome::kInvalid);
  EXPECT_EQ(level.gangs[0].explanation.cause, PlacementCause::kUnknownLevel);
  EXPECT_EQ(level.gangs[0].explanation.level, "row");
}

// K-S: a minimum set before an older gang's surplus at equal priority; K-S2: priority first.
TEST(ContractOrderTest, MinimumBeforeSurplusUnlessPriority) {
  const Cluster cluster = MakeCluster({"rack"}, {{"r1", 1}});
  const GangMaker with_surplus = GangMaker().Group(1, 1, {}, 1).Active(0);
  const GangMaker below = GangMaker().Group(1, 1);
  PlacementResult result = PlaceAndCheck(cluster, MakeRequest({with_surplus.Named("j1", 1), below.Named("j2", 2)}));
  ASSERT_EQ(result.gangs[0].gang, 1u);
  EXPECT_EQ(result.gangs[0].pods.size(), 1u);
  EXPECT_EQ(result.gangs[1].pods.size(), 0u);
  result = PlaceAndCheck(cluster, MakeRequest({with_surplus.Named("j1", 1, 60), below.Named("j2", 2, 50)}));
  ASSERT_EQ(result.gangs[0].gang, 0u);
  EXPECT_EQ(result.gangs[0].pods.size(), 1u);
  EXPECT_EQ(result.gangs[1].outcome, GangOutcome::kInfeasible);
}

TEST(ContractOrderTest, BaseBeforeScaled) {
  const Cluster cluster = MakeCluster({"rack"}, {{"r1", 3}});
  const GangMaker two = GangMaker().Group(2, 1);
  const GangMaker four = GangMaker().Group(4, 1);
  // The scaled gang stands first in every order but that of its base.
  PlacementResult result = PlaceAndCheck(cluster, MakeRequest({two.Named("a-scaled", 0, 90, "b"), two.Named("b", 1)}));
  EXPECT_EQ(result.gangs[0].gang, 1u);
  EXPECT_EQ(result.gangs[0].outcome, GangOutcome::kPlaced);
  EXPECT_EQ(result.gangs[1].outcome, GangOutcome::kInfeasible);
  result = PlaceAndCheck(cluster, MakeRequest({two.Named("a-scaled", 0, 50, "b"), four.Named("b", 1)}));
  EXPECT_EQ(result.gangs[0].outcome, GangOutcome::kInfeasible);
  EXPECT_EQ(result.gangs[1].outcome, GangOutcome::kNoBase);
  result = PlaceAndCheck(cluster, MakeRequest({two.Named("a", 0, 50, "absent")}));
  EXPECT_EQ(result.gangs[0].explanation.cause, PlacementCause::kBaseNotScheduled);
}

// A base that runs has its minimum, whenever its turn comes.
TEST(ContractOrderTest, ScaledGangOfABaseThatRuns) {
  const Cluster cluster = MakeCluster({"rack"}, {{"r1", 3}});
  const Gang base = GangMaker().Group(1, 1, {}, 1).Active(0).Named("b", 1);
  const PlacementResult result =
      PlaceAndCheck(cluster, MakeRequest({GangMaker().Group(2, 1).Named("a-scaled", 0, 50, "b"), base}));
  EXPECT_EQ(result.gangs[0].gang, 0u);
  EXPECT_EQ(result.gangs[0].pods.size(), 2u);
  EXPECT_EQ(result.gangs[1].pods.size(), 1u);
}

TEST(ContractOrderTest, TooFewCandidates) {
  const Cluster cluster = MakeCluster({"rack"}, {{"r1", 3}});
  const PlacementResult result = PlaceAndCheck(cluster, MakeRequest({GangMaker().Group(1, 1, {}, 2)}));
  EXPECT_EQ(result.gangs[0].outcome, GangOutcome::kNotReady);
  EXPECT_EQ(result.gangs[0].explanation.needed, 2u);
  EXPECT_EQ(result.gangs[0].explanation.placeable, 1u);
}

std::vector<Spot> OneGpuNodes(std::size_t count) { return std::vector<Spot>(count, Spot{"r1", 1}); }

// §15: workload B is a base (pc-a, pc-b, pc-c of one replica) and a scaled gang.
std::vector<Gang> WorkloadB(const std::string& name, std::int64_t order) {
  const GangMaker base = GangMaker().Group(2, 1, {}, 1).Group(1, 1).Group(3, 1, {}, 1);
  const GangMaker scaled = GangMaker().Group(1, 1).Group(3, 1, {}, 1);
  return {base.Named(name, order), scaled.Named(name + "-sg", order, 50, name)};
}

std::size_t PodsPlaced(const PlacementResult& result) {
  std::size_t pods = 0;
  for (const GangPlacement& placement : result.gangs) pods += placement.pods.size();
  return pods;
}

TEST(EndToEndTest, TenPodsAreAllOrNothing) {
  const Gang gang = GangMaker().Group(10, 1);
  EXPECT_EQ(PodsPlaced(PlaceAndCheck(MakeCluster({"rack"}, OneGpuNodes(9)), MakeRequest({gang}))), 0u);
  EXPECT_EQ(PodsPlaced(PlaceAndCheck(MakeCluster({"rack"}, OneGpuNodes(10)), MakeRequest({gang}))), 10u);
}

// What runs stays where it is; a gang that is added waits as a whole until there is room for all of it.
TEST(EndToEndTest, ScaledOutWithoutRoom) {
  GangMaker running;
  running.Group(0, 1, {}, 10);
  for (NodeIndex node = 0; node < 10; ++node) running.Active(node);
  const std::vector<Gang> gangs = {running.Named("a", 0), GangMaker().Group(4, 1).Named("a-sg", 1, 50, "a"),
                                   GangMaker().Group(10, 1).Named("a-1", 2)};
  const std::pair<std::size_t, std::size_t> expected[] = {{0, 0}, {3, 0}, {4, 4}, {13, 10}, {14, 14}};
  for (const auto& [free, pods] : expected) {
    std::vector<Spot> spots(10, Spot{"r1", 0});
    spots.resize(10 + free, Spot{"r1", 1});
    const PlacementResult result = PlaceAndCheck(MakeCluster({"rack"}, spots), MakeRequest(gangs));
    EXPECT_EQ(PodsPlaced(result), pods) << free << " free nodes";
  }
}

TEST(EndToEndTest, WorkloadGrowsWithTheCluster) {
  const std::pair<std::size_t, std::size_t> expected[] = {{2, 0}, {3, 3}, {5, 5}, {10, 10}, {12, 10}};
  for (const auto& [nodes, pods] : expected) {
    const Cluster cluster = MakeCluster({"rack"}, OneGpuNodes(nodes));
    EXPECT_EQ(PodsPlaced(PlaceAndCheck(cluster, MakeRequest(WorkloadB("b", 0)))), pods) << nodes << " nodes";
  }
}

TEST(EndToEndTest, TwoReplicasGetTheirBaseMinimum) {
  std::vector<Gang> gangs = WorkloadB("b-0", 0);
  for (Gang& gang : WorkloadB("b-1", 0)) gangs.push_back(gang);
  const PlacementResult result = PlaceAndCheck(MakeCluster({"rack"}, OneGpuNodes(6)), MakeRequest(gangs));
  for (const GangPlacement& placement : result.gangs) {
    EXPECT_EQ(placement.pods.size(), gangs[placement.gang].base.empty() ? 3u : 0u);
  }
}

}  // namespace
}  // namespace grove::test
