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

constexpr std::string_view kRequestWithOptions = R"({
 "cluster": {"levels": [{"domain": "block", "key": "b"}, {"domain": "rack", "key": "r"}],
  "nodes": [{"name": "n0", "labels": {"b": "0", "r": "0"}, "allocatable": {"gpu": 8}, "used": {"gpu": 4, "pods": 1}},
            {"name": "n1", "labels": {"b": "0", "r": "1"}, "allocatable": {"gpu": 8}, "used": {"gpu": 4, "pods": 1}},
            {"name": "n2", "labels": {"b": "1", "r": "2"}, "allocatable": {"gpu": 8}, "used": {"gpu": 1, "pods": 1}},
            {"name": "n3", "labels": {"b": "1", "r": "3"}, "allocatable": {"gpu": 8}, "unusable": true},
            {"name": "n4", "labels": {"b": "1", "r": "4"}, "allocatable": {"gpu": 5}}]},
 "podClasses": [{"requests": {"gpu": 4}}, {"requests": {"gpu": 8}}],
 "gangs": [
  {"name": "a-0", "set": "a", "replica": 0, "priority": 90,
   "groups": [{"name": "g", "minReplicas": 1, "candidates": [{"podClass": 1, "count": 1}], "former": ["n1", "gone"]}]},
  {"name": "a-1", "set": "a", "replica": 1, "base": "a-0", "priority": 90, "pack": {"preferred": "rack"},
   "groups": [{"name": "g", "minReplicas": 1, "candidates": [{"count": 1}]}]},
  {"name": "old", "priority": 10,
   "groups": [{"name": "g", "minReplicas": 1, "active": ["n0", "n1"], "activePodClasses": [0, 0]}]},
  {"name": "large", "priority": 5, "pack": {"required": "rack"}, "scopes": [{"name": "x"}, {"name": "y"}],
   "groups": [{"name": "p", "scope": 0, "minReplicas": 1, "candidates": [{"podClass": 0, "count": 1}]},
              {"name": "q", "scope": 1, "minReplicas": 1, "candidates": [{"podClass": 0, "count": 1}]}]},
  {"name": "lone", "priority": 4, "set": "b", "replica": 1,
   "groups": [{"name": "p", "minReplicas": 2, "candidates": [{"podClass": 1, "count": 2}]}]},
  {"name": "other", "priority": 4, "set": "b",
   "groups": [{"name": "p", "minReplicas": 1, "candidates": [{"count": 1}]}]}],
 "options": {"explainChanges": 5, "spreadLevel": "rack", "nearBase": true, "balance": true, "reuseNodes": true,
             "preempt": true}})";

// What options and changes add comes through both ways.
TEST(WireResultTest, OptionsAndChanges) {
  const WireRequestResult read = ReadPlacementRequest(kRequestWithOptions, WireFormat::kJson);
  ASSERT_FALSE(read.error.has_value()) << FormatWireError(*read.error);
  const WireRequest& request = *read.request;
  const Occupancy occupancy(*request.cluster);
  const auto result = Place(occupancy, request.request, request.options);
  ASSERT_TRUE(result.ok());
  for (const PlacementBreach& breach : CheckPlacement(occupancy, request.request, *result, request.options)) {
    ADD_FAILURE() << breach.rule << " " << breach.detail;
  }
  ASSERT_EQ(result->evictions.size(), 1u);
  EXPECT_FALSE(result->evictions[0].whole);
  EXPECT_EQ(result->gangs[0].options.reused, 1u);
  EXPECT_TRUE(result->gangs[1].options.near_base_level.has_value());
  EXPECT_TRUE(result->gangs[1].options.replicas_beside.has_value());
  EXPECT_EQ(result->gangs[1].figures[0].largest, 1u);
  std::size_t changes = 0;
  std::size_t conflicts = 0;
  for (const GangPlacement& gang : result->gangs) {
    changes += gang.explanation.changes.size();
    conflicts += gang.explanation.conflict.constraints.size();
  }
  EXPECT_GT(changes, 3u);
  EXPECT_GT(conflicts, 0u);
  for (const WireFormat format : {WireFormat::kBinary, WireFormat::kJson}) {
    const std::string bytes = WritePlacementResult(*request.cluster, request.request, *result, {}, format);
    const WirePlacementResult again = ReadPlacementResult(bytes, format, *request.cluster, request.request);
    ASSERT_FALSE(again.error.has_value()) << FormatWireError(*again.error);
    EXPECT_EQ(again.result->gangs, result->gangs);
    EXPECT_EQ(again.result->evictions, result->evictions);
    const std::string written =
        WritePlacementRequest(request.spec, *request.cluster, request.request, request.options, format);
    const WireRequestResult request_again = ReadPlacementRequest(written, format);
    ASSERT_FALSE(request_again.error.has_value()) << FormatWireError(*request_again.error);
    EXPECT_EQ(request_again.request->request.gangs, request.request.gangs);
    EXPECT_EQ(request_again.request->options.spread_level, "rack");
    EXPECT_TRUE(request_again.request->options.preempt);
    EXPECT_EQ(request_again.request->options.explain_changes, 5u);
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
