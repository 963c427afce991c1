// Snapshots, workloads, placements: their lives, what they tell, what happens next.
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "capi/placement_support.h"
#include "capi/support.h"

namespace grove_test {
namespace {

using std::string_view;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

std::vector<std::string> NodesOf(const Placement& placement) {
  std::vector<std::string> nodes;
  std::size_t count = 0;
  const grove_pod_row* pods = grove_placement_pods(placement.get(), &count);
  for (std::size_t i = 0; i < count; ++i) nodes.emplace_back(pods[i].node);
  return nodes;
}

std::string Encoded(const Placement& placement) {
  grove_buffer buffer = GROVE_BUFFER_INIT;
  EXPECT_EQ(grove_placement_encode(placement.get(), GROVE_ENCODING_BINARY, &buffer, nullptr), GROVE_OK);
  std::string out(buffer.data, buffer.size);
  grove_buffer_dispose(&buffer);
  return out;
}

TEST(CPlacement, RowsTellWhoGoesWhere) {
  const Snapshot snapshot = ParseSnapshot(Nodes(2, 1));
  const Workload workload = ParseWorkload(GpuSet(2));
  const Placement placement = Place(snapshot.get(), workload.get());
  std::size_t count = 0;
  const grove_gang_row* gangs = grove_placement_gangs(placement.get(), &count);
  ASSERT_EQ(count, 1u);
  EXPECT_STREQ(gangs[0].gang_namespace, "default");
  EXPECT_STREQ(gangs[0].name, "demo-0");
  EXPECT_EQ(gangs[0].outcome, GROVE_OUTCOME_PLACED);
  EXPECT_EQ(gangs[0].first_pod, 0u);
  EXPECT_EQ(gangs[0].pod_count, 2u);
  const grove_pod_row* pods = grove_placement_pods(placement.get(), &count);
  ASSERT_EQ(count, 2u);
  EXPECT_THAT(pods[1].name, testing::StartsWith("demo-0-worker-"));
  EXPECT_STREQ(pods[1].group, "demo-0-worker");
  EXPECT_EQ(pods[1].gang, 0u);
  EXPECT_THAT(NodesOf(placement), ElementsAre("node-0", "node-1"));
}

TEST(CPlacement, NothingHasNoRows) {
  std::size_t count = 7;
  EXPECT_EQ(grove_placement_gangs(nullptr, &count), nullptr);
  EXPECT_EQ(count, 0u);
  count = 7;
  EXPECT_EQ(grove_placement_pods(nullptr, &count), nullptr);
  EXPECT_EQ(count, 0u);
  EXPECT_EQ(grove_placement_gangs(nullptr, nullptr), nullptr);
  const Snapshot snapshot = ParseSnapshot(Nodes(1, 1));
  const Placement nothing = Place(snapshot.get(), nullptr);
  EXPECT_EQ(grove_placement_gangs(nothing.get(), nullptr), nullptr);
  EXPECT_EQ(grove_placement_pods(nothing.get(), nullptr), nullptr);
}

TEST(CPlacement, AGangThatDoesNotFitIsAnAnswer) {
  const Snapshot snapshot = ParseSnapshot(Nodes(2, 1));
  const Workload workload = ParseWorkload(GpuSet(3));
  const Placement placement = Place(snapshot.get(), workload.get());
  EXPECT_EQ(OutcomeOf(placement), GROVE_OUTCOME_INFEASIBLE);
  EXPECT_THAT(NodesOf(placement), testing::IsEmpty());
  grove_buffer text = GROVE_BUFFER_INIT;
  ASSERT_EQ(grove_placement_explain(placement.get(), GROVE_FORMAT_JSON, &text, nullptr), GROVE_OK);
  EXPECT_THAT(std::string(text.data, text.size),
              AllOf(HasSubstr(R"("outcome":"infeasible")"), HasSubstr("explanation"), HasSubstr("gpu")));
  grove_buffer_dispose(&text);
}

TEST(CPlacement, TheCheckerFindsNothing) {
  const Snapshot snapshot = ParseSnapshot(Nodes(8, 2));
  const Workload workload = ParseWorkload(GpuSet(5));
  const Placement placement = Place(snapshot.get(), workload.get());
  grove_buffer text = GROVE_BUFFER_INIT;
  ASSERT_EQ(grove_placement_check(placement.get(), nullptr, GROVE_FORMAT_JSON, &text, nullptr), GROVE_OK);
  EXPECT_EQ(std::string(text.data, text.size), R"({"breaches":[]})");
  grove_buffer_dispose(&text);
}

TEST(CPlacement, WhatIsPlacedTakesRoomUntilItGoes) {
  const Snapshot empty = ParseSnapshot(Nodes(2, 1));
  const Workload workload = ParseWorkload(GpuSet(2));
  const Placement first = Place(empty.get(), workload.get());
  ASSERT_EQ(OutcomeOf(first), GROVE_OUTCOME_PLACED);

  grove_snapshot* next = nullptr;
  ASSERT_EQ(grove_snapshot_with(empty.get(), first.get(), &next, nullptr), GROVE_OK);
  const Snapshot full(next);
  EXPECT_EQ(OutcomeOf(Place(full.get(), workload.get())), GROVE_OUTCOME_INFEASIBLE);
  EXPECT_EQ(OutcomeOf(Place(empty.get(), workload.get())), GROVE_OUTCOME_PLACED);  // immutable

  ASSERT_EQ(grove_snapshot_without(full.get(), first.get(), &next, nullptr), GROVE_OK);
  const Snapshot again(next);
  EXPECT_EQ(Encoded(Place(again.get(), workload.get())), Encoded(first));

  grove_error* error = nullptr;
  next = full.get();
  EXPECT_EQ(grove_snapshot_without(empty.get(), first.get(), &next, &error), GROVE_NOT_FOUND);
  EXPECT_EQ(next, nullptr);
  EXPECT_STREQ(error->argument, "placement");
  grove_error_free(error);
  const Snapshot other = ParseSnapshot("");
  EXPECT_EQ(grove_snapshot_with(other.get(), first.get(), &next, nullptr), GROVE_NOT_FOUND);
}

TEST(CPlacement, SnapshotsCrossAsMessages) {
  const Snapshot snapshot = ParseSnapshot(Nodes(3, 1));
  const Workload workload = ParseWorkload(GpuSet(2));
  for (const grove_encoding encoding : {GROVE_ENCODING_BINARY, GROVE_ENCODING_JSON}) {
    grove_buffer message = GROVE_BUFFER_INIT;
    ASSERT_EQ(grove_snapshot_encode(snapshot.get(), encoding, &message, nullptr), GROVE_OK);
    grove_snapshot* read = nullptr;
    ASSERT_EQ(grove_snapshot_decode(message.data, message.size, encoding, &read, nullptr), GROVE_OK);
    grove_buffer_dispose(&message);
    const Snapshot again(read);
    EXPECT_EQ(Encoded(Place(again.get(), workload.get())), Encoded(Place(snapshot.get(), workload.get())));
  }
}

TEST(CPlacement, MessagesAreAnsweredInTheirEncoding) {
  constexpr string_view kRequest = R"({"cluster": {"nodes": [{"name": "a", "allocatable": {"cpu": "4000"}}]}})";
  grove_buffer answer = GROVE_BUFFER_INIT;
  grove_error* error = nullptr;
  EXPECT_EQ(grove_place_message(kRequest.data(), kRequest.size(), GROVE_ENCODING_JSON, &answer, &error), GROVE_OK)
      << error->path << error->message;
  grove_error_free(error);
  grove_buffer_dispose(&answer);
  constexpr string_view kBad = R"({"cluster": {"nodes": [{"name": ""}]}})";
  EXPECT_EQ(grove_place_message(kBad.data(), kBad.size(), GROVE_ENCODING_JSON, &answer, &error),
            GROVE_INVALID_ARGUMENT);
  EXPECT_STREQ(error->path, "cluster.nodes[0].name");
  grove_error_free(error);
}

TEST(CPlacement, HandlesAreRequired) {
  grove_placement* placement = nullptr;
  grove_error* error = nullptr;
  EXPECT_EQ(grove_place(nullptr, nullptr, nullptr, &placement, &error), GROVE_INVALID_ARGUMENT);
  EXPECT_STREQ(error->argument, "snapshot");
  grove_error_free(error);
  const Snapshot snapshot = ParseSnapshot(Nodes(1, 1));
  EXPECT_EQ(grove_place(snapshot.get(), nullptr, nullptr, nullptr, nullptr), GROVE_INVALID_ARGUMENT);
  EXPECT_EQ(grove_workload_parse(nullptr, 0, nullptr, 0, GROVE_FORMAT_JSON, nullptr, nullptr, nullptr),
            GROVE_INVALID_ARGUMENT);
  EXPECT_EQ(grove_snapshot_parse(nullptr, 0, GROVE_FORMAT_JSON, nullptr, nullptr, nullptr), GROVE_INVALID_ARGUMENT);
  grove_buffer buffer = {"x", 1, nullptr};
  EXPECT_EQ(grove_placement_encode(nullptr, GROVE_ENCODING_JSON, &buffer, nullptr), GROVE_INVALID_ARGUMENT);
  EXPECT_EQ(buffer.data, nullptr);
  EXPECT_EQ(grove_capacity(snapshot.get(), nullptr, GROVE_FORMAT_JSON, nullptr, &buffer, nullptr),
            GROVE_INVALID_ARGUMENT);
  grove_snapshot_free(nullptr);
  grove_workload_free(nullptr);
  grove_placement_free(nullptr);
}

TEST(CPlacement, ObjectsThatMakeNoSenseNameTheirPlace) {
  std::string nodes = Nodes(1, 1);
  nodes.replace(nodes.find("nvidia.com/gpu: \"1\""), 19, "nvidia.com/gpu: \"x\"");
  grove_snapshot* snapshot = nullptr;
  grove_error* error = nullptr;
  EXPECT_EQ(grove_snapshot_parse(nodes.data(), nodes.size(), GROVE_FORMAT_YAML, nullptr, &snapshot, &error),
            GROVE_INVALID_ARGUMENT);
  EXPECT_STREQ(error->argument, "cluster");
  EXPECT_THAT(error->path, HasSubstr("nvidia.com/gpu"));
  grove_error_free(error);
}

}  // namespace
}  // namespace grove_test
