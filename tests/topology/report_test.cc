#include <utility>
#include <vector>

#include "gtest/gtest.h"

#include "grove/placement_report.hpp"

#include "topology/placement_case.h"

namespace grove {
namespace {

void Nothing(PlacementExplanation& /*why*/) {}

struct Case {
  std::string name;
  PlacementCause cause;
  void (*fill)(PlacementExplanation& why);
  std::string text;
};

class DescribeCauseTest : public testing::TestWithParam<Case> {};

TEST_P(DescribeCauseTest, Says) {
  const Cluster cluster = test::MakeRacks(2, {{8, 8}, {8}});
  PlacementRequest request;
  Gang& gang = request.gangs.emplace_back();
  gang.name = "g";
  gang.base = "b";
  gang.topology = "other";
  gang.scopes.emplace_back().name = "prefill";
  gang.groups.emplace_back().name = "leader";
  GangPlacement placement;
  placement.explanation.cause = GetParam().cause;
  GetParam().fill(placement.explanation);
  EXPECT_EQ(DescribeCause(cluster, request, placement), GetParam().text);
}

INSTANTIATE_TEST_SUITE_P(
    Causes, DescribeCauseTest,
    testing::Values(
        Case{"None", PlacementCause::kNone, Nothing, ""},
        Case{"UnknownTopology", PlacementCause::kUnknownTopology, Nothing,
             "The topology \"other\" is not known; the cluster has \"fabric\"."},
        Case{"UnknownLevel", PlacementCause::kUnknownLevel, [](PlacementExplanation& why) { why.level = "row"; },
             "The gang names the level \"row\", which the topology lacks; its levels are zone, block, rack, host."},
        Case{"NotReady", PlacementCause::kNotReady,
             [](PlacementExplanation& why) {
               why.kind = ScopeKind::kGroup;
               why.needed = 3;
               why.placeable = 1;
             },
             "leader misses 3 pods of its minimum, but only 1 may be placed."},
        Case{"Base", PlacementCause::kBaseNotScheduled, Nothing, "The base gang b is not scheduled."},
        Case{"Cluster", PlacementCause::kClusterTooSmall,
             [](PlacementExplanation& why) {
               why.needed = 5;
               why.placeable = 3;
               why.best_domain = 0;
               why.resource = "memory";
               why.requested = std::int64_t{5} << 40;
               why.free = std::int64_t{3} << 40;
             },
             "The cluster has no room for the minimum: at most 3 of 5 pods; memory: 5Ti requested, 3Ti free."},
        Case{"Domain", PlacementCause::kNoDomain,
             [](PlacementExplanation& why) {
               why.kind = ScopeKind::kScope;
               why.level = "topo/rack";
               why.needed = 1;
               why.placeable = 0;
               why.best_domain = 2;
               why.resource = "gpu";
               why.requested = 24;
               why.free = 16;
               why.fits_at_level = 1;
             },
             "No rack has room for prefill: at most 0 of 1 pod in the best one, z/b0; gpu: 24 requested, 16 free. It "
             "would fit if prefill were required to be in one block."},
        Case{"WithoutConstraint", PlacementCause::kJointly, [](PlacementExplanation& why) { why.fits_at_level = -1; },
             "Every part fits by itself, but all of the gang together do not. Without the constraint on the gang it "
             "would fit."},
        Case{"NoNode", PlacementCause::kFitsNoNode,
             [](PlacementExplanation& why) {
               why.kind = ScopeKind::kGroup;
               why.resource = "cpu";
               why.requested = 96500;
               why.free = 64000;
               why.refusals.unusable = 1;
               why.refusals.not_admitted = 2;
               why.refusals.resources = {{"cpu", 3}};
             },
             "A pod of leader fits no node (it asks for 96500m of cpu, the most that one has free is 64): 3 nodes: too "
             "little cpu; 2 nodes: selector, affinity or taints; 1 node: not usable."},
        Case{"Budget", PlacementCause::kBudget, Nothing,
             "Nothing was found within the budget of search steps; it may fit nevertheless."}),
    [](const auto& info) { return info.param.name; });

TEST(FormatAmountTest, InUnitsOfKubernetes) {
  EXPECT_EQ(FormatAmount("cpu", 96000), "96");
  EXPECT_EQ(FormatAmount("cpu", 1), "1m");
  EXPECT_EQ(FormatAmount("memory", std::int64_t{1200} << 30), "1200Gi");
  EXPECT_EQ(FormatAmount("memory", 1000), "1000");
  EXPECT_EQ(FormatAmount("memory", 0), "0");
  EXPECT_EQ(FormatAmount("memory", std::int64_t{257000} << 20), "257000Mi");
  EXPECT_EQ(FormatAmount("nvidia.com/gpu", 8192), "8192");
}

}  // namespace
}  // namespace grove
