// Why a gang is not placed, with numbers (spec 08 §12).
#include "topology/placement_case.h"

namespace grove::test {
namespace {

PlacementExplanation Explain(const Cluster& cluster, const Gang& gang) {
  return PlaceAndCheck(cluster, MakeRequest({gang})).gangs[0].explanation;
}

TEST(ExplanationTest, PodFitsNoNode) {
  const PlacementExplanation why = Explain(MakeRacks(2, {{4, 4}, {2, 2}}), GangMaker("rack").Group(2, 8));
  EXPECT_EQ(why.cause, PlacementCause::kFitsNoNode);
  EXPECT_EQ(why.kind, ScopeKind::kGroup);
  ASSERT_EQ(why.refusals.resources.size(), 1u);
  EXPECT_EQ(why.refusals.resources[0], (std::pair<std::string, std::uint32_t>("gpu", 4)));
}

TEST(ExplanationTest, ResourceThatNoNodeHas) {
  PlacementRequest request = MakeRequest({GangMaker().Group(1, 1)});
  request.classes[1].requests = {{"fpga", 1}};
  const PlacementResult result = PlaceAndCheck(MakeRacks(2, {{4, 4}}), request);
  EXPECT_EQ(result.gangs[0].explanation.cause, PlacementCause::kFitsNoNode);
  EXPECT_EQ(result.gangs[0].explanation.refusals.resources[0].first, "fpga");
}

TEST(ExplanationTest, ClusterTooSmall) {
  const PlacementExplanation why = Explain(MakeRacks(2, {{4, 4}, {2, 2}}), GangMaker().Group(7, 2));
  EXPECT_EQ(why.cause, PlacementCause::kClusterTooSmall);
  EXPECT_EQ(why.needed, 7u);
  EXPECT_EQ(why.placeable, 6u);
  EXPECT_EQ(why.resource, "gpu");
  EXPECT_EQ(why.requested, 14);
  EXPECT_EQ(why.free, 12);
}

TEST(ExplanationTest, NoDomainOfTheLevel) {
  const Cluster cluster = MakeRacks(2, {{4, 4}, {4, 2}});
  const PlacementExplanation why = Explain(cluster, GangMaker("rack").Group(3, 4));
  EXPECT_EQ(why.cause, PlacementCause::kNoDomain);
  EXPECT_EQ(why.level, "topo/rack");
  EXPECT_EQ(why.needed, 3u);
  EXPECT_EQ(why.placeable, 2u);
  ASSERT_TRUE(why.best_domain.has_value());
  EXPECT_EQ(cluster.domain_name(*why.best_domain), "z/b0/r100");
  EXPECT_EQ(why.fits_at_level, 1);  // the block holds three
}

TEST(ExplanationTest, InnerScope) {
  const PlacementExplanation why =
      Explain(MakeRacks(2, {{4, 4}, {4, 2}}), GangMaker("block").Group(3, 4, {"rack", ""}));
  EXPECT_EQ(why.cause, PlacementCause::kNoDomain);
  EXPECT_EQ(why.kind, ScopeKind::kGroup);
  EXPECT_EQ(why.fits_at_level, 1);
}

TEST(ExplanationTest, PinnedDomainIsFull) {
  const Cluster cluster = MakeCluster({"rack"}, {{"r1", 0}, {"r2", 2}});
  const PlacementExplanation why = Explain(cluster, GangMaker("rack").Group(1, 1, {}, 2).Active(0));
  EXPECT_EQ(why.cause, PlacementCause::kPinnedDomainFull);
  EXPECT_EQ(cluster.domain_name(*why.best_domain), "r1");
  EXPECT_EQ(why.needed, 1u);
  EXPECT_EQ(why.placeable, 0u);
  EXPECT_EQ(why.fits_at_level, -1);
}

TEST(ExplanationTest, SiblingsClash) {
  const PackLevels rack{.required = "rack", .preferred = ""};
  const PlacementExplanation why =
      Explain(MakeRacks(2, {{8, 8, 8}, {8, 8, 8}}), GangMaker().Group(2, 8, rack).Group(2, 8, rack).Group(2, 8, rack));
  EXPECT_EQ(why.cause, PlacementCause::kJointly);
  EXPECT_EQ(why.needed, 6u);
  EXPECT_EQ(why.kind, ScopeKind::kGroup);
  EXPECT_EQ(why.fits_at_level, 1);
}

}  // namespace
}  // namespace grove::test
