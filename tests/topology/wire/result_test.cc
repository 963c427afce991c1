// Results as bytes.
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gtest/gtest.h"

#include "grove/placement.pb.h"
#include "grove/placement_check.hpp"
#include "grove/placement_wire.hpp"

namespace grove {
namespace {

constexpr std::string_view kRequest = R"({
 "cluster": {"topologyName": "fabric", "levels": [{"domain": "rack", "key": "topo/rack"}],
  "nodes": [{"name": "n0", "labels": {"topo/rack": "r0"}, "allocatable": {"gpu": 4}},
            {"name": "n1", "labels": {"topo/rack": "r0"}, "allocatable": {"gpu": 4}},
            {"name": "n2", "labels": {"topo/rack": "r1"}, "allocatable": {"gpu": 2}}]},
 "podClasses": [{"requests": {"gpu": 1}}, {"requests": {"gpu": 9}}],
 "gangs": [
  {"name": "fits", "pack": {"required": "rack", "preferred": "rack"},
   "groups": [{"name": "g", "minReplicas": 5, "pack": {"preferred": "rack"}, "candidates": [{"count": 6}]}]},
  {"name": "large", "groups": [{"name": "g", "minReplicas": 1, "candidates": [{"podClass": 1, "count": 1}]}]},
  {"name": "spread", "pack": {"required": "rack"},
   "groups": [{"name": "g", "minReplicas": 3, "candidates": [{"count": 3}]}]},
  {"name": "unknown", "pack": {"required": "row"}, "groups": [{"name": "g", "candidates": [{"count": 1}]}]},
  {"name": "short", "groups": [{"name": "g", "minReplicas": 2, "candidates": [{"count": 1}]}]},
  {"name": "scaled", "base": "large", "groups": [{"name": "g", "minReplicas": 1, "candidates": [{"count": 1}]}]}]})";

struct Placed {
  WireRequest request;
  PlacementResult result;
};

Placed PlaceThem() {
  WireRequestResult read = ReadPlacementRequest(kRequest, WireFormat::kJson);
  EXPECT_FALSE(read.error.has_value()) << FormatWireError(*read.error);
  auto result = Place(Occupancy(*read.request->cluster), read.request->request, read.request->options);
  EXPECT_TRUE(result.ok()) << result.status().message();
  EXPECT_TRUE(CheckPlacement(Occupancy(*read.request->cluster), read.request->request, *result).empty());
  return {*std::move(read.request), *std::move(result)};
}

TEST(WireResultTest, RoundTripInBothFormats) {
  const Placed placed = PlaceThem();
  const std::vector<NotEvaluated> not_evaluated = {{"persistent volumes", 3, "x/y"}};
  for (const WireFormat format : {WireFormat::kBinary, WireFormat::kJson}) {
    const std::string bytes =
        WritePlacementResult(*placed.request.cluster, placed.request.request, placed.result, not_evaluated, format);
    const WirePlacementResult again =
        ReadPlacementResult(bytes, format, *placed.request.cluster, placed.request.request);
    ASSERT_FALSE(again.error.has_value()) << FormatWireError(*again.error);
    EXPECT_EQ(again.result->gangs, placed.result.gangs);
    EXPECT_EQ(again.result->placed, placed.result.placed);
    EXPECT_EQ(again.result->placed_bound, placed.result.placed_bound);
    EXPECT_EQ(
        WritePlacementResult(*placed.request.cluster, placed.request.request, *again.result, not_evaluated, format),
        bytes);
  }
}

TEST(WireResultTest, PlaceMessageAnswersInItsFormat) {
  const WireAnswer json = PlaceMessage(kRequest, WireFormat::kJson);
  ASSERT_FALSE(json.error.has_value());
  EXPECT_NE(json.bytes.find("\"outcome\": \"PLACED\""), std::string::npos) << json.bytes;
  EXPECT_NE(json.bytes.find("\"outcome\": \"INVALID\""), std::string::npos) << json.bytes;
  EXPECT_EQ(json.bytes, PlaceMessage(kRequest, WireFormat::kJson).bytes);
  const WireAnswer bad = PlaceMessage("{", WireFormat::kJson);
  EXPECT_TRUE(bad.error.has_value());
  EXPECT_EQ(bad.bytes, "");
}

using Message = placement::v1::PlacementResult;

struct BadResult {
  std::string name;
  void (*edit)(Message&);
  std::string field;
};

class BadResultTest : public testing::TestWithParam<BadResult> {};

TEST_P(BadResultTest, IsRefusedWithItsPath) {
  const Placed placed = PlaceThem();
  Message message;
  ASSERT_TRUE(message.ParseFromString(
      WritePlacementResult(*placed.request.cluster, placed.request.request, placed.result, {}, WireFormat::kBinary)));
  GetParam().edit(message);
  const WirePlacementResult read = ReadPlacementResult(message.SerializeAsString(), WireFormat::kBinary,
                                                       *placed.request.cluster, placed.request.request);
  ASSERT_TRUE(read.error.has_value());
  EXPECT_EQ(read.error->field, GetParam().field);
}

INSTANTIATE_TEST_SUITE_P(
    Results, BadResultTest,
    testing::Values(BadResult{"GangOutOfRange", [](Message& m) { m.mutable_gangs(0)->set_gang(9); }, "gangs[0].gang"},
                    BadResult{"OtherGang", [](Message& m) { m.mutable_gangs(0)->set_gang(1 - m.gangs(0).gang()); },
                              "gangs[0].name"},
                    BadResult{"NoOutcome", [](Message& m) { m.mutable_gangs(0)->clear_outcome(); }, "gangs[0].outcome"},
                    BadResult{"NoSuchNode", [](Message& m) { m.mutable_gangs(0)->mutable_pods(1)->set_node("x"); },
                              "gangs[0].pods[1].node"},
                    BadResult{"NoSuchGroup", [](Message& m) { m.mutable_gangs(0)->mutable_pods(1)->set_group("x"); },
                              "gangs[0].pods[1].group"},
                    BadResult{"NoSuchLevel",
                              [](Message& m) { m.mutable_gangs(0)->mutable_figures(0)->set_preferred("x"); },
                              "gangs[0].figures[0].preferred"}),
    [](const auto& info) { return info.param.name; });

}  // namespace
}  // namespace grove
