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

using std::string_view;

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

// A set of one pod of the app, which keeps away from nodes with pods of the app "first".
std::string AppSet(const std::string& name, bool keeps_away) {
  const std::string affinity =
      "podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: kubernetes.io/hostname, "
      "labelSelector: {matchLabels: {app: first}}}]}";
  return R"(
apiVersion: grove.io/v1alpha1
kind: PodCliqueSet
metadata: {name: )" +
         name + R"(}
spec:
  replicas: 1
  template:
    cliques:
    - name: c
      labels: {app: )" +
         name + R"(}
      spec:
        roleName: c
        replicas: 1
        podSpec:
          affinity: {)" +
         (keeps_away ? affinity : "") + R"(}
          containers: [{name: m, image: i, resources: {requests: {nvidia.com/gpu: 1}}}]
)";
}

// What is applied stays known by all of its labels, if that is asked for.
TEST(CIndex, LaterWorkloadsKeepAwayFromPodsWhoseLabelsAreKept) {
  const std::string cluster =
      "apiVersion: v1\nkind: Node\nmetadata: {name: a0, labels: {kubernetes.io/hostname: a0}}\n"
      "status: {allocatable: {pods: 9, nvidia.com/gpu: 4}}\n";
  for (const std::uint32_t keep : {0u, 1u}) {
    grove_snapshot_options options = GROVE_SNAPSHOT_OPTIONS_INIT;
    options.keep_labels = keep;
    const Snapshot snapshot = ParseSnapshot(cluster, &options);
    const Index index = MakeIndex(snapshot.get());
    const Placement first = PlaceOn(index, ParseWorkload(AppSet("first", false)));
    ASSERT_EQ(grove_index_apply(index.get(), first.get(), nullptr), GROVE_OK);
    const Workload second = ParseWorkload(AppSet("second", true));
    const grove_outcome expected = keep == 1 ? GROVE_OUTCOME_INFEASIBLE : GROVE_OUTCOME_PLACED;
    EXPECT_EQ(OutcomeOf(PlaceOn(index, second)), expected) << keep;
    grove_snapshot* next = nullptr;
    ASSERT_EQ(grove_snapshot_with(snapshot.get(), first.get(), &next, nullptr), GROVE_OK);
    const Snapshot after(next);
    EXPECT_EQ(OutcomeOf(Place(after.get(), second.get())), expected) << keep;
  }
}

TEST(CIndex, KeepsTheTopologyOfTheSnapshot) {
  const Snapshot snapshot =
      ParseSnapshot(Nodes(4, 2) +
                    "---\napiVersion: grove.io/v1alpha1\nkind: ClusterTopologyBinding\nmetadata: {name: fabric}\n"
                    "spec: {levels: [{domain: rack, key: topo/rack}, {domain: host, key: kubernetes.io/hostname}]}\n");
  const Workload workload = ParseWorkload(GpuSet(3));
  EXPECT_EQ(Encoded(PlaceOn(MakeIndex(snapshot.get()), workload)), Encoded(Place(snapshot.get(), workload.get())));
}

// A binding that comes with the workload is not the cluster's.
TEST(CIndex, HasNoOtherTopologyThanThatOfTheSnapshot) {
  const std::string binding =
      "\n---\napiVersion: grove.io/v1alpha1\nkind: ClusterTopologyBinding\nmetadata: {name: fabric}\n"
      "spec: {levels: [{domain: host, key: kubernetes.io/hostname}]}\n";
  const std::string enabled =
      "---\napiVersion: operator.config.grove.io/v1alpha1\nkind: OperatorConfiguration\n"
      "topologyAwareScheduling: {enabled: true}\n";
  std::string set = GpuSet(1);
  set.insert(set.find("    cliques:"), "    topologyConstraint: {topologyName: fabric, pack: {required: host}}\n");
  const Workload workload = ParseWorkload(set + binding + enabled);
  const auto place = [&](const std::string& cluster) {
    return OutcomeOf(PlaceOn(MakeIndex(ParseSnapshot(cluster).get()), workload));
  };
  const std::string node =
      "apiVersion: v1\nkind: Node\nmetadata: {name: a0, labels: {kubernetes.io/hostname: a0}}\n"
      "status: {allocatable: {pods: 9, nvidia.com/gpu: 4}}\n";
  EXPECT_EQ(place(node), GROVE_OUTCOME_INVALID);
  EXPECT_EQ(place(node + binding), GROVE_OUTCOME_PLACED);
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
  std::size_t count = 0;
  const grove_pod_row* pods = grove_placement_pods(placement.get(), &count);
  ASSERT_EQ(count, 2u);
  EXPECT_STREQ(pods[1].node, "node-1");
  EXPECT_THAT(Explained(placement), testing::HasSubstr("\"placed\":1"));
}

TEST(CIndex, APlacementIsCheckedBesideTheIndexThatMadeIt) {
  const Snapshot snapshot = ParseSnapshot(Nodes(4, 1));
  const Index index = MakeIndex(snapshot.get());
  const Index other = MakeIndex(snapshot.get());
  const Workload workload = ParseWorkload(GpuSet(2));
  const Placement first = PlaceOn(index, workload);
  EXPECT_EQ(Checked(first, index.get()), R"({"breaches":[]})");
  ASSERT_EQ(grove_index_apply(index.get(), first.get(), nullptr), GROVE_OK);
  const Placement second = PlaceOn(index, workload);
  EXPECT_EQ(Checked(second, index.get()), R"({"breaches":[]})");
  const auto failure = [](const Placement& placement, const grove_index* at) {
    grove_buffer buffer = {"x", 1, nullptr};
    grove_error* error = nullptr;
    EXPECT_EQ(grove_placement_check(placement.get(), at, GROVE_FORMAT_JSON, &buffer, &error),
              GROVE_FAILED_PRECONDITION);
    EXPECT_EQ(buffer.data, nullptr);
    EXPECT_STREQ(error->argument, "index");
    std::string message = error->message;
    grove_error_free(error);
    return message;
  };
  EXPECT_THAT(failure(first, index.get()), testing::HasSubstr("changed"));
  EXPECT_THAT(failure(second, other.get()), testing::HasSubstr("did not make"));
  EXPECT_THAT(failure(second, nullptr), testing::HasSubstr("NULL"));
  EXPECT_THAT(failure(Place(snapshot.get(), workload.get()), index.get()), testing::HasSubstr("did not make"));
}

std::string PodOn(string_view name, string_view node, string_view more = "") {
  return "---\napiVersion: v1\nkind: Pod\nmetadata: {name: " + std::string(name) +
         ", namespace: default, labels: {app: daemon}}\nspec: {nodeName: " + std::string(node) +
         ", containers: [{name: main, resources: {limits: {nvidia.com/gpu: 1}}}]" + std::string(more) + "}\n";
}

grove_status ChangePods(const Index& index, string_view pods, std::uint32_t come, grove_error** error = nullptr) {
  return grove_index_change_pods(index.get(), pods.data(), pods.size(), GROVE_FORMAT_YAML, come, error);
}

TEST(CIndex, PodsOfOthersComeAndLeave) {
  const Index index = MakeIndex(ParseSnapshot(Nodes(2, 1)).get());
  const Workload workload = ParseWorkload(GpuSet(2));
  const std::string pods =
      PodOn("a", "node-1") + Nodes(1, 1) + "---\n{apiVersion: v1, kind: Pod, metadata: {name: b}}\n";
  ASSERT_EQ(ChangePods(index, pods, 1), GROVE_OK);
  EXPECT_EQ(OutcomeOf(PlaceOn(index, workload)), GROVE_OUTCOME_INFEASIBLE);
  ASSERT_EQ(ChangePods(index, pods, 0), GROVE_OK);
  EXPECT_EQ(OutcomeOf(PlaceOn(index, workload)), GROVE_OUTCOME_PLACED);
}

// Their labels are kept, too, if that is asked for.
TEST(CIndex, LaterWorkloadsKeepAwayFromPodsOfOthers) {
  const std::string cluster =
      "apiVersion: v1\nkind: Node\nmetadata: {name: a0, labels: {kubernetes.io/hostname: a0}}\n"
      "status: {allocatable: {pods: 9, nvidia.com/gpu: 4}}\n";
  std::string pod = PodOn("a", "a0");
  pod.replace(pod.find("app: daemon"), 11, "app: first");
  const Workload workload = ParseWorkload(AppSet("second", true));
  for (const std::uint32_t keep : {0u, 1u}) {
    grove_snapshot_options options = GROVE_SNAPSHOT_OPTIONS_INIT;
    options.keep_labels = keep;
    const Index index = MakeIndex(ParseSnapshot(cluster, &options).get());
    ASSERT_EQ(ChangePods(index, pod, 1), GROVE_OK);
    EXPECT_EQ(OutcomeOf(PlaceOn(index, workload)), keep == 1 ? GROVE_OUTCOME_INFEASIBLE : GROVE_OUTCOME_PLACED);
    ASSERT_EQ(ChangePods(index, pod, 0), GROVE_OK);
    EXPECT_EQ(OutcomeOf(PlaceOn(index, workload)), GROVE_OUTCOME_PLACED);
  }
}

TEST(CIndex, PodsThatTheSnapshotToldOfLeave) {
  const std::string apart =
      ", affinity: {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: "
      "[{topologyKey: kubernetes.io/hostname, labelSelector: {matchLabels: {app: daemon}}}]}}";
  for (const string_view more : {string_view(), string_view(apart)}) {
    const std::string pod = PodOn("a", "node-0", more);
    const Index index = MakeIndex(ParseSnapshot(Nodes(2, 1) + pod).get());
    const Workload workload = ParseWorkload(GpuSet(2));
    EXPECT_EQ(OutcomeOf(PlaceOn(index, workload)), GROVE_OUTCOME_INFEASIBLE);
    ASSERT_EQ(ChangePods(index, pod, 0), GROVE_OK);
    EXPECT_EQ(OutcomeOf(PlaceOn(index, workload)), GROVE_OUTCOME_PLACED);
  }
}

TEST(CIndex, OfPodsThatAreWrongNothingHappens) {
  const Index index = MakeIndex(ParseSnapshot(Nodes(2, 1)).get());
  grove_error* error = nullptr;
  EXPECT_EQ(ChangePods(index, PodOn("a", "node-0") + PodOn("b", "node-7"), 1, &error), GROVE_NOT_FOUND);
  EXPECT_STREQ(error->argument, "pods");
  EXPECT_STREQ(error->message, "there is no node node-7");
  grove_error_free(error);
  std::string nonsense = PodOn("a", "node-0");
  nonsense.replace(nonsense.find("gpu: 1"), 6, "gpu: x");
  EXPECT_EQ(ChangePods(index, nonsense, 1, &error), GROVE_INVALID_ARGUMENT);
  EXPECT_THAT(error->path, testing::HasSubstr("nvidia.com/gpu"));
  EXPECT_NE(error->line, 0u);
  grove_error_free(error);
  EXPECT_EQ(ChangePods(index, "a: [", 1), GROVE_INVALID_ARGUMENT);
  EXPECT_EQ(ChangePods(index, "", 2), GROVE_INVALID_ARGUMENT);
  EXPECT_EQ(OutcomeOf(PlaceOn(index, ParseWorkload(GpuSet(2)))), GROVE_OUTCOME_PLACED);
}

TEST(CIndex, OfAPlacementThatIsNotTakenNothingHappens) {
  const Index small = MakeIndex(ParseSnapshot(Nodes(1, 1)).get());
  const Workload workload = ParseWorkload(GpuSet(2));
  const Placement elsewhere = Place(ParseSnapshot(Nodes(2, 1)).get(), workload.get());
  grove_error* error = nullptr;
  EXPECT_EQ(grove_index_apply(small.get(), elsewhere.get(), &error), GROVE_NOT_FOUND);
  EXPECT_STREQ(error->argument, "placement");
  EXPECT_THAT(error->message, testing::HasSubstr("node-1"));
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
