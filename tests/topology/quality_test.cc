// Small cases whose best answer is known, each a trap for planners that never look back.
#include <algorithm>

#include "topology/placement_case.h"

namespace grove::test {
namespace {

using Racks = std::vector<std::vector<std::int64_t>>;

struct Case {
  const char* name;
  std::size_t racks_per_block;
  Racks racks;
  std::vector<Gang> gangs;
  std::size_t pods;               // of all gangs, all of which are placed
  std::size_t preferred_domains;  // of the first figure of the first gang; 0: it has none
};

const PackLevels kRack{.required = "rack", .preferred = ""};

std::vector<std::int64_t> Hosts(std::size_t count) { return std::vector<std::int64_t>(count, 8); }

std::vector<Case> Cases() {
  std::vector<Case> cases;
  cases.push_back({"MixedSizes", 2, {{8, 4}, {4, 4}}, {GangMaker("rack").Group(1, 8).Group(4, 1)}, 5, 0});
  cases.push_back(
      {"SiblingOrder", 3, {{8, 8}, {8, 8, 8}}, {GangMaker("block").Group(3, 4, kRack).Group(2, 8, kRack)}, 5, 0});
  cases.push_back({"GreedyTrap",
                   3,
                   {{8, 8, 8, 8}, {8, 8, 8, 4, 4, 4, 4}, {8, 8, 8, 4, 4, 4}},
                   {GangMaker("block").Group(4, 4, kRack).Group(4, 8, kRack)},
                   8,
                   0});
  cases.push_back({"OrderInSet", 2, {{8, 8}}, {GangMaker("rack").Group(8, 1).Group(1, 8)}, 9, 0});
  cases.push_back({"SecondBlock",
                   2,
                   {{6, 6}, {6, 6}, {8, 0}, {8, 8}},
                   {GangMaker("block").Group(1, 8, kRack).Group(2, 8, kRack)},
                   3,
                   0});
  cases.push_back(
      {"FewestRacks", 4, {Hosts(2), Hosts(3), Hosts(3), Hosts(1)}, {GangMaker("block", "rack").Group(6, 8)}, 6, 2});
  cases.push_back(
      {"LeaveTheLargeRackWhole",
       4,
       {Hosts(4), Hosts(5), Hosts(3), Hosts(2)},
       {GangMaker("block", "rack").Group(7, 8).Named("g1", 1), GangMaker("rack").Group(5, 8).Named("g2", 2)},
       12,
       2});
  cases.push_back({"GroupConfig",
                   2,
                   {{8, 8, 1}, {8, 4, 4}, {8, 8, 8, 8}},
                   {GangMaker("block").Scope(kRack).Group(1, 1, {}, -1, 0).Group(2, 8, {}, -1, 0).Group(2, 4)},
                   5,
                   0});
  cases.push_back({"Matching",
                   4,
                   {Hosts(6), Hosts(4), Hosts(5), Hosts(3)},
                   {GangMaker("block").Group(3, 8, kRack).Group(4, 8, kRack).Group(5, 8, kRack).Group(6, 8, kRack)},
                   18,
                   0});
  cases.push_back({"TwoOnOne",
                   3,
                   {Hosts(5), Hosts(4)},
                   {GangMaker("block").Group(2, 8, kRack).Group(3, 8, kRack).Group(4, 8, kRack)},
                   9,
                   0});
  cases.push_back({"BinPacking",
                   2,
                   {Hosts(10), Hosts(10)},
                   {GangMaker("block")
                        .Group(5, 8, kRack)
                        .Group(4, 8, kRack)
                        .Group(3, 8, kRack)
                        .Group(3, 8, kRack)
                        .Group(3, 8, kRack)
                        .Group(2, 8, kRack)},
                   20,
                   0});
  cases.push_back({"ManyRacks", 60, Racks(60, Hosts(4)), {GangMaker("", "rack").Group(16, 8)}, 16, 4});
  cases.push_back({"BlockBacktrack",
                   2,
                   {Hosts(3), Hosts(3), Hosts(4), Hosts(4)},
                   {GangMaker("block").Group(2, 8, kRack).Group(2, 8, kRack).Group(2, 8, kRack)},
                   6,
                   0});
  cases.push_back({"Elastic", 2, {Hosts(5), Hosts(9)}, {GangMaker("rack").Group(8, 8, {}, 4)}, 8, 0});
  cases.push_back({"PreferredVersusSibling",
                   2,
                   {{8, 8, 4, 4}, {8, 8}},
                   {GangMaker("block").Group(2, 4, {"", "host"}).Group(2, 8, kRack).Group(2, 8, kRack)},
                   6,
                   2});
  // Three levels of scopes, each narrower than the one around it.
  cases.push_back({"DeepNesting",
                   2,
                   {{8, 8}, {8, 8, 8}, {8, 8, 8, 8}, {8, 8}},
                   {GangMaker("zone")
                        .Scope({"block", ""})
                        .Scope({"rack", ""}, 0)
                        .Scope({"host", ""}, 1)
                        .Group(2, 4, {}, -1, 2)
                        .Group(2, 8, {}, -1, 1)
                        .Group(3, 8, {}, -1, 0)
                        .Group(2, 8)},
                   9,
                   0});
  return cases;
}

class QualityTest : public testing::TestWithParam<Case> {};

TEST_P(QualityTest, ReachesTheOptimum) {
  const Case& c = GetParam();
  const PlacementResult result = PlaceAndCheck(MakeRacks(c.racks_per_block, c.racks), MakeRequest(c.gangs));
  EXPECT_EQ(result.placed, c.gangs.size());
  std::size_t pods = 0;
  for (const GangPlacement& placement : result.gangs) {
    pods += placement.pods.size();
    EXPECT_TRUE(placement.optimal);
  }
  EXPECT_EQ(pods, c.pods);
  if (c.preferred_domains > 0) {
    ASSERT_FALSE(result.gangs[0].figures.empty());
    EXPECT_EQ(result.gangs[0].figures[0].rank.domains, c.preferred_domains);
  }
}

INSTANTIATE_TEST_SUITE_P(Probes, QualityTest, testing::ValuesIn(Cases()),
                         [](const auto& info) { return std::string(info.param.name); });

}  // namespace
}  // namespace grove::test
