// The index of a scheduler: it answers as snapshots do, change by change.
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "capi/placement_support.h"

namespace grove_test {
namespace {

using Index = std::unique_ptr<grove_index, Free<grove_index_free>>;

Index MakeIndex(const grove_snapshot* snapshot) {
  grove_index* out = nullptr;
  grove_error* error = nullptr;
  ExpectOk(grove_index_new(snapshot, &out, &error), error);
  return Index(out);
}

Placement PlaceOn(const Index& index, const Workload& workload) {
  grove_placement* out = nullptr;
  grove_error* error = nullptr;
  ExpectOk(grove_index_place(index.get(), workload.get(), nullptr, &out, &error), error);
  return Placement(out);
}

std::string Encoded(const Placement& placement) {
  grove_buffer buffer = GROVE_BUFFER_INIT;
  EXPECT_EQ(grove_placement_encode(placement.get(), GROVE_ENCODING_JSON, &buffer, nullptr), GROVE_OK);
  std::string out(buffer.data, buffer.size);
  grove_buffer_dispose(&buffer);
  return out;
}

grove_outcome OutcomeOf(const Placement& placement) {
  grove_gang_row row = {};
  EXPECT_EQ(grove_placement_gang(placement.get(), 0, &row), GROVE_OK);
  return row.outcome;
}

TEST(CIndex, AnswersAsSnapshotsDoWhilePlacementsComeAndGo) {
  Snapshot snapshot = ParseSnapshot(Nodes(4, 2));
  const Index index = MakeIndex(snapshot.get());
  const Workload workload = ParseWorkload(GpuSet(3));
  std::vector<Placement> placed;
  for (int i = 0; i < 3; ++i) {
    Placement on_index = PlaceOn(index, workload);
    EXPECT_EQ(Encoded(on_index), Encoded(Place(snapshot.get(), workload.get())));
    EXPECT_EQ(OutcomeOf(on_index), i < 2 ? GROVE_OUTCOME_PLACED : GROVE_OUTCOME_INFEASIBLE);
    grove_snapshot* next = nullptr;
    ASSERT_EQ(grove_index_apply(index.get(), on_index.get(), nullptr), GROVE_OK);
    ASSERT_EQ(grove_snapshot_with(snapshot.get(), on_index.get(), &next, nullptr), GROVE_OK);
    snapshot.reset(next);
    placed.push_back(std::move(on_index));
  }
  ASSERT_EQ(grove_index_release(index.get(), placed[0].get(), nullptr), GROVE_OK);
  EXPECT_EQ(OutcomeOf(PlaceOn(index, workload)), GROVE_OUTCOME_PLACED);
}

TEST(CIndex, KeepsTheTopologyOfTheSnapshot) {
  const Snapshot snapshot =
      ParseSnapshot(Nodes(4, 2) +
                    "---\napiVersion: grove.io/v1alpha1\nkind: ClusterTopologyBinding\nmetadata: {name: fabric}\n"
                    "spec: {levels: [{domain: rack, key: topo/rack}, {domain: host, key: kubernetes.io/hostname}]}\n");
  const Workload workload = ParseWorkload(GpuSet(3));
  EXPECT_EQ(Encoded(PlaceOn(MakeIndex(snapshot.get()), workload)), Encoded(Place(snapshot.get(), workload.get())));
}

TEST(CIndex, NodesLeaveAndReturn) {
  const Index index = MakeIndex(ParseSnapshot(Nodes(2, 1)).get());
  const Workload workload = ParseWorkload(GpuSet(2));
  const std::string_view node = "node-1";
  ASSERT_EQ(grove_index_set_usable(index.get(), node.data(), node.size(), 0, nullptr), GROVE_OK);
  EXPECT_EQ(OutcomeOf(PlaceOn(index, workload)), GROVE_OUTCOME_INFEASIBLE);
  ASSERT_EQ(grove_index_set_usable(index.get(), node.data(), node.size(), 1, nullptr), GROVE_OK);
  EXPECT_EQ(OutcomeOf(PlaceOn(index, workload)), GROVE_OUTCOME_PLACED);
}

TEST(CIndex, APlacementOutlivesItsIndex) {
  Index index = MakeIndex(ParseSnapshot(Nodes(2, 1)).get());
  const Placement placement = PlaceOn(index, ParseWorkload(GpuSet(2)));
  index.reset();
  grove_pod_row pod = {};
  ASSERT_EQ(grove_placement_pod(placement.get(), 1, &pod), GROVE_OK);
  EXPECT_STREQ(pod.node, "node-1");
  grove_buffer buffer = GROVE_BUFFER_INIT;
  EXPECT_EQ(grove_placement_check(placement.get(), GROVE_FORMAT_JSON, &buffer, nullptr), GROVE_FAILED_PRECONDITION);
  EXPECT_EQ(grove_placement_explain(placement.get(), GROVE_FORMAT_JSON, &buffer, nullptr), GROVE_OK);
  grove_buffer_dispose(&buffer);
}

TEST(CIndex, OfAPlacementThatIsNotTakenNothingHappens) {
  const Index small = MakeIndex(ParseSnapshot(Nodes(1, 1)).get());
  const Workload workload = ParseWorkload(GpuSet(2));
  const Placement elsewhere = Place(ParseSnapshot(Nodes(2, 1)).get(), workload.get());
  grove_error* error = nullptr;
  EXPECT_EQ(grove_index_apply(small.get(), elsewhere.get(), &error), GROVE_NOT_FOUND);
  EXPECT_STREQ(grove_error_argument(error), "placement");
  EXPECT_THAT(grove_error_message(error), testing::HasSubstr("node-1"));
  grove_error_free(error);
  // The pod that had come to node-0 has gone again.
  EXPECT_EQ(OutcomeOf(PlaceOn(small, ParseWorkload(GpuSet(1)))), GROVE_OUTCOME_PLACED);
}

TEST(CIndex, BadArguments) {
  const Index index = MakeIndex(ParseSnapshot(Nodes(1, 1)).get());
  const Workload workload = ParseWorkload(GpuSet(1));
  grove_index* made = index.get();
  EXPECT_EQ(grove_index_new(nullptr, &made, nullptr), GROVE_INVALID_ARGUMENT);
  EXPECT_EQ(made, nullptr);
  grove_placement* placement = nullptr;
  EXPECT_EQ(grove_index_place(nullptr, workload.get(), nullptr, &placement, nullptr), GROVE_INVALID_ARGUMENT);
  EXPECT_EQ(grove_index_place(index.get(), nullptr, nullptr, &placement, nullptr), GROVE_INVALID_ARGUMENT);
  EXPECT_EQ(grove_index_place(index.get(), workload.get(), nullptr, nullptr, nullptr), GROVE_INVALID_ARGUMENT);
  EXPECT_EQ(grove_index_apply(index.get(), nullptr, nullptr), GROVE_INVALID_ARGUMENT);
  EXPECT_EQ(grove_index_release(nullptr, nullptr, nullptr), GROVE_INVALID_ARGUMENT);
  EXPECT_EQ(grove_index_set_usable(index.get(), "node-0", 6, 2, nullptr), GROVE_INVALID_ARGUMENT);
  EXPECT_EQ(grove_index_set_usable(index.get(), nullptr, 0, 1, nullptr), GROVE_INVALID_ARGUMENT);
  EXPECT_EQ(grove_index_set_usable(index.get(), "node-9", 6, 1, nullptr), GROVE_NOT_FOUND);
  grove_index_free(nullptr);
}

}  // namespace
}  // namespace grove_test
