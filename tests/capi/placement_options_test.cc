// Options of placement and of capacity: each is checked, and each reaches the planner.
#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "capi/placement_support.h"

namespace grove_test {
namespace {

using std::string_view;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

// A row of options that break their contract, and the argument that the error names.
struct PlaceCase {
  const char* want;
  void (*spoil)(grove_place_options&);
};
constexpr PlaceCase kPlaceCases[] = {
    {"options->struct_size", [](auto& options) { options.struct_size = 4; }},
    {"options->threads", [](auto& options) { options.threads = 257; }},
    {"options->steps_per_gang", [](auto& options) { options.steps_per_gang = UINT64_MAX; }},
    {"options->batch", [](auto& options) { options.batch = 2; }},
    {"options->batch_rounds", [](auto& options) { options.batch_rounds = 10'001; }},
    {"options->without_causes", [](auto& options) { options.without_causes = 2; }},
    {"options->explain_changes", [](auto& options) { options.explain_changes = 10'001; }},
    {"options->near_base", [](auto& options) { options.near_base = 2; }},
    {"options->balance", [](auto& options) { options.balance = 2; }},
    {"options->reuse_nodes", [](auto& options) { options.reuse_nodes = 2; }},
    {"options->preempt", [](auto& options) { options.preempt = 2; }},
    {"options->spread_level", [](auto& options) { options.spread_level_size = 1; }},
    {"options->replica_level", [](auto& options) { options.replica_level = ""; }},
};

TEST(CPlaceOptions, AreChecked) {
  const Snapshot snapshot = ParseSnapshot(Nodes(2, 1));
  for (const PlaceCase& c : kPlaceCases) {
    grove_place_options options = GROVE_PLACE_OPTIONS_INIT;
    c.spoil(options);
    auto* placement = reinterpret_cast<grove_placement*>(1);
    grove_error* error = nullptr;
    EXPECT_EQ(grove_place(snapshot.get(), nullptr, &options, &placement, &error), GROVE_INVALID_ARGUMENT);
    EXPECT_EQ(placement, nullptr);
    EXPECT_STREQ(error->argument, c.want);
    grove_error_free(error);
  }
}

struct CapacityCase {
  const char* want;
  grove_status status;
  void (*spoil)(grove_capacity_options&);
};
constexpr CapacityCase kCapacityCases[] = {
    {"options->struct_size", GROVE_INVALID_ARGUMENT, [](auto& options) { options.struct_size = 8; }},
    {"options->most_copies", GROVE_INVALID_ARGUMENT, [](auto& options) { options.most_copies = UINT32_MAX; }},
    {"options->most_pods", GROVE_INVALID_ARGUMENT, [](auto& options) { options.most_pods = UINT32_MAX; }},
    {"options->worst_losses", GROVE_INVALID_ARGUMENT, [](auto& options) { options.worst_losses = UINT32_MAX; }},
    {"options->gang", GROVE_INVALID_ARGUMENT, [](auto& options) { options.gang_size = 1; }},
    {"options->gang", GROVE_NOT_FOUND,
     [](auto& options) {
       options.gang = "nobody";
       options.gang_size = 6;
     }},
    {"options->group", GROVE_INVALID_ARGUMENT,
     [](auto& options) {
       options.group = "demo-0-worker";
       options.group_size = 13;
     }},
    {"options->group", GROVE_NOT_FOUND,
     [](auto& options) {
       options.gang = "demo-0";
       options.gang_size = 6;
       options.group = "nobody";
       options.group_size = 6;
     }},
    {"options->lost", GROVE_NOT_FOUND,
     [](auto& options) {
       options.lost = "node-0,node-9";
       options.lost_size = 13;
     }},
    {"options->place->batch", GROVE_INVALID_ARGUMENT,
     [](auto& options) {
       static grove_place_options place = GROVE_PLACE_OPTIONS_INIT;
       place.batch = 2;
       options.place = &place;
     }},
};

TEST(CCapacity, OptionsAreChecked) {
  const Snapshot snapshot = ParseSnapshot(Nodes(2, 1));
  const Workload workload = ParseWorkload(GpuSet(2));
  for (const CapacityCase& c : kCapacityCases) {
    grove_capacity_options options = GROVE_CAPACITY_OPTIONS_INIT;
    c.spoil(options);
    grove_buffer buffer = {"x", 1, nullptr};
    grove_error* error = nullptr;
    EXPECT_EQ(grove_capacity(snapshot.get(), workload.get(), GROVE_FORMAT_JSON, &options, &buffer, &error), c.status);
    EXPECT_EQ(buffer.data, nullptr);
    EXPECT_STREQ(error->argument, c.want);
    grove_error_free(error);
  }
}

std::string Counted(const Snapshot& snapshot, const Workload& workload, const grove_capacity_options* options) {
  grove_buffer buffer = GROVE_BUFFER_INIT;
  grove_error* error = nullptr;
  ExpectOk(grove_capacity(snapshot.get(), workload.get(), GROVE_FORMAT_JSON, options, &buffer, &error), error);
  return Take(buffer);
}

grove_capacity_options CapacityOf(string_view gang, string_view group = {}, string_view lost = {}) {
  grove_capacity_options options = GROVE_CAPACITY_OPTIONS_INIT;
  options.gang = gang.data();
  options.gang_size = gang.size();
  options.group = group.data();
  options.group_size = group.size();
  options.lost = lost.data();
  options.lost_size = lost.size();
  return options;
}

// Two racks of so many nodes with one GPU each.
std::string Racks(int nodes) {
  std::string out =
      "---\napiVersion: grove.io/v1alpha1\nkind: ClusterTopologyBinding\nmetadata: {name: fabric}\n"
      "spec: {levels: [{domain: rack, key: topo/rack}]}\n";
  for (int i = 0; i < 2 * nodes; ++i) {
    out += "---\napiVersion: v1\nkind: Node\nmetadata: {name: node-" + std::to_string(i) + ", labels: {topo/rack: r" +
           std::to_string(i / nodes) +
           "}}\nstatus: {allocatable: {cpu: \"8\", memory: 32Gi, pods: \"110\", nvidia.com/gpu: \"1\"}}\n";
  }
  return out;
}

TEST(CCapacity, CountsCopiesGangsAndPods) {
  const Snapshot snapshot = ParseSnapshot(Nodes(5, 1));
  const Workload workload = ParseWorkload(GpuSet(2));
  EXPECT_THAT(Counted(snapshot, workload, nullptr), AllOf(HasSubstr(R"("count":2,"atMost":2)"), HasSubstr("failed")));
  grove_capacity_options options = CapacityOf("default/demo-0");
  EXPECT_THAT(Counted(snapshot, workload, &options), HasSubstr(R"("count":2)"));
  options = CapacityOf("demo-0", "demo-0-worker");
  EXPECT_THAT(Counted(snapshot, workload, &options), HasSubstr(R"("count":3)"));
  options = CapacityOf({}, {}, "node-0,node-1");
  EXPECT_THAT(Counted(snapshot, workload, &options), HasSubstr(R"("count":1)"));
  options = GROVE_CAPACITY_OPTIONS_INIT;
  options.most_copies = 1;
  EXPECT_EQ(Counted(snapshot, workload, &options), R"({"count":1,"atMost":2,"limited":true})");
  // A gang that has no place has no room for more pods.
  options = CapacityOf("demo-0", "demo-0-worker");
  EXPECT_THAT(Counted(ParseSnapshot(Nodes(1, 1)), workload, &options),
              AllOf(HasSubstr(R"("count":0)"), HasSubstr(R"("outcome":"infeasible")")));
}

TEST(CCapacity, LossesOfDomains) {
  const Snapshot snapshot = ParseSnapshot(Racks(3));
  const Workload workload = ParseWorkload(GpuSet(1));
  grove_capacity_options options = CapacityOf({}, {}, "r1,node-0");
  options.worst_losses = 4;
  EXPECT_THAT(
      Counted(snapshot, workload, &options),
      AllOf(HasSubstr(R"("count":2)"),
            HasSubstr(R"("worstLosses":[{"level":"rack","domains":2,"counted":true,"domain":"r0","count":0}])")));
  options.worst_losses = 1;
  EXPECT_THAT(Counted(snapshot, workload, &options),
              HasSubstr(R"("worstLosses":[{"level":"rack","domains":2,"counted":false}])"));
}

TEST(CPlaceOptions, CausesAndChanges) {
  const Snapshot snapshot = ParseSnapshot(Nodes(2, 1));
  const Workload workload = ParseWorkload(GpuSet(3));
  grove_place_options options = GROVE_PLACE_OPTIONS_INIT;
  EXPECT_THAT(Explained(Place(snapshot.get(), workload.get(), &options)),
              AllOf(HasSubstr("3 requested, 2 free"), Not(HasSubstr("changes"))));
  options.explain_changes = 1;
  EXPECT_THAT(Explained(Place(snapshot.get(), workload.get(), &options)),
              AllOf(HasSubstr(R"("kind":"lowerMinimums","size":1,"minimal":true,"summary":")"),
                    HasSubstr(R"("placed":0,"placedBound":0)")));
  options = GROVE_PLACE_OPTIONS_INIT;
  options.without_causes = 1;
  EXPECT_THAT(Explained(Place(snapshot.get(), workload.get(), &options)), Not(HasSubstr("3 requested")));
}

std::set<string_view> RacksOf(const grove_placement* placement, const grove_gang_row& gang, int nodes) {
  std::set<string_view> racks;
  const grove_pod_row* pods = grove_placement_pods(placement, nullptr);
  for (std::size_t i = gang.first_pod; i < gang.first_pod + gang.pod_count; ++i) {
    const int number = std::stoi(std::string(pods[i].node).substr(5));
    racks.insert(number < nodes ? "r0" : "r1");
  }
  return racks;
}

TEST(CPlaceOptions, ReplicasAreSpread) {
  const Snapshot snapshot = ParseSnapshot(Racks(4));
  std::string set = GpuSet(2);
  set.replace(set.find("replicas: 1"), 11, "replicas: 2");
  const Workload workload = ParseWorkload(set);
  grove_place_options options = GROVE_PLACE_OPTIONS_INIT;
  options.spread_level = "rack";
  options.spread_level_size = 4;
  const Placement placement = Place(snapshot.get(), workload.get(), &options);
  std::size_t count = 0;
  const grove_gang_row* gangs = grove_placement_gangs(placement.get(), &count);
  ASSERT_EQ(count, 2u);
  EXPECT_NE(RacksOf(placement.get(), gangs[0], 4), RacksOf(placement.get(), gangs[1], 4));
  EXPECT_EQ(Checked(placement), R"({"breaches":[]})");
  options.spread_level = "shelf";
  options.spread_level_size = 5;
  grove_placement* none = nullptr;
  EXPECT_EQ(grove_place(snapshot.get(), workload.get(), &options, &none, nullptr), GROVE_INVALID_ARGUMENT);
}

TEST(CPlaceOptions, AReplicaStaysInOneDomain) {
  const Snapshot snapshot = ParseSnapshot(Racks(2));
  const Workload workload = ParseWorkload(GpuSet(3));
  EXPECT_EQ(OutcomeOf(Place(snapshot.get(), workload.get())), GROVE_OUTCOME_PLACED);
  grove_place_options options = GROVE_PLACE_OPTIONS_INIT;
  options.replica_level = "topo/rack";
  options.replica_level_size = 9;
  const Placement placement = Place(snapshot.get(), workload.get(), &options);
  EXPECT_EQ(OutcomeOf(placement), GROVE_OUTCOME_INFEASIBLE);
  EXPECT_EQ(Checked(placement), R"({"breaches":[]})");
}

// Where nobody configures an operator, the bindings of the context tell that there is a topology to pack by.
TEST(CPlaceOptions, BindingsEnableTopology) {
  const Snapshot snapshot = ParseSnapshot(Racks(2));
  std::string set = GpuSet(3);
  set.insert(set.find("    cliques:"), "    topologyConstraint: {topologyName: fabric, pack: {required: rack}}\n");
  const std::string context = Racks(0);
  grove_admit_options admit = GROVE_ADMIT_OPTIONS_INIT;
  grove_expand_options options = GROVE_EXPAND_OPTIONS_INIT;
  options.admit = &admit;
  const auto parse = [&](grove_workload** out) {
    return grove_workload_parse(set.data(), set.size(), context.data(), context.size(), GROVE_FORMAT_YAML, &options,
                                out, nullptr);
  };
  grove_workload* made = nullptr;
  EXPECT_EQ(parse(&made), GROVE_FAILED_PRECONDITION);
  admit.bindings_enable_topology = 1;
  ASSERT_EQ(parse(&made), GROVE_OK);
  const Workload workload(made);
  EXPECT_EQ(OutcomeOf(Place(snapshot.get(), workload.get())), GROVE_OUTCOME_INFEASIBLE);
}

// A gang of one pod that runs on node-0.
constexpr string_view kVictim = R"(---
apiVersion: scheduler.grove.io/v1alpha1
kind: PodGang
metadata: {name: victim, namespace: default}
spec:
  podgroups:
    - name: one
      minReplicas: 1
      podReferences: [{namespace: default, name: victim-0}]
  priorityClassName: low
---
apiVersion: scheduling.k8s.io/v1
kind: PriorityClass
metadata: {name: low}
value: 1
---
apiVersion: v1
kind: Pod
metadata: {name: victim-0, namespace: default, labels: {app: victim}}
spec: {nodeName: node-0, containers: [{name: main, resources: {limits: {nvidia.com/gpu: 1}}}]}
status: {phase: Running}
)";

TEST(CPlaceOptions, RoomIsTakenFromLowerPriorities) {
  const Snapshot snapshot = ParseSnapshot(Nodes(2, 1) + std::string(kVictim));
  const Workload workload = ParseWorkload(GpuSet(2));
  const auto outcome = [](const Placement& placement) {
    std::size_t count = 0;
    const grove_gang_row* gangs = grove_placement_gangs(placement.get(), &count);
    for (std::size_t i = 0; i < count; ++i) {
      if (string_view(gangs[i].name) == "demo-0") return gangs[i].outcome;
    }
    return GROVE_OUTCOME_MAX_ENUM_;
  };
  EXPECT_EQ(outcome(Place(snapshot.get(), workload.get())), GROVE_OUTCOME_INFEASIBLE);
  grove_place_options options = GROVE_PLACE_OPTIONS_INIT;
  options.preempt = 1;
  const Placement placement = Place(snapshot.get(), workload.get(), &options);
  EXPECT_EQ(outcome(placement), GROVE_OUTCOME_PLACED);
  EXPECT_THAT(Explained(placement),
              HasSubstr(R"("evictions":[{"namespace":"default","name":"victim","forNamespace":"default",)"
                        R"("forName":"demo-0","whole":true,"pods":[{"group":"one","active":0,"node":"node-0"}]}])"));
  EXPECT_EQ(Checked(placement), R"({"breaches":[]})");

  // What follows knows that the victim is gone: once the placement has gone too, there is room for it again.
  grove_snapshot* next = nullptr;
  ASSERT_EQ(grove_snapshot_with(snapshot.get(), placement.get(), &next, nullptr), GROVE_OK);
  const Snapshot full(next);
  EXPECT_EQ(OutcomeOf(Place(full.get(), ParseWorkload(GpuSet(1)).get())), GROVE_OUTCOME_INFEASIBLE);
  ASSERT_EQ(grove_snapshot_without(full.get(), placement.get(), &next, nullptr), GROVE_OK);
  const Snapshot empty(next);
  EXPECT_EQ(outcome(Place(empty.get(), workload.get())), GROVE_OUTCOME_PLACED);

  grove_index* index = nullptr;
  ASSERT_EQ(grove_index_new(snapshot.get(), &index, nullptr), GROVE_OK);
  EXPECT_EQ(grove_index_apply(index, placement.get(), nullptr), GROVE_OK);
  EXPECT_EQ(grove_index_release(index, placement.get(), nullptr), GROVE_OK);
  grove_placement* again = nullptr;
  ASSERT_EQ(grove_index_place(index, workload.get(), nullptr, &again, nullptr), GROVE_OK);
  EXPECT_EQ(outcome(Placement(again)), GROVE_OUTCOME_PLACED);
  grove_index_free(index);
}

// What a workload asks of labels, or what runs elsewhere, changes which labels of the victim are known, and how.
TEST(CPlaceOptions, VictimsAreFoundWhateverIsKnownOfThem) {
  const auto keeps_away = [](string_view selector) {
    return "affinity: {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: "
           "kubernetes.io/hostname, labelSelector: " +
           std::string(selector) + "}]}}";
  };
  const auto bystander = [](const std::string& affinity) {
    return "---\napiVersion: v1\nkind: Pod\nmetadata: {name: other, namespace: elsewhere}\nspec: {nodeName: node-1, " +
           affinity + ", containers: [{name: main}]}\nstatus: {phase: Running}\n";
  };
  const std::string other_than_victims = "{matchExpressions: [{key: app, operator: NotIn, values: [victim]}]}";
  const struct {
    const char* name;
    std::string others;
    std::string affinity;  // of the workload
  } cases[] = {
      {"its labels are asked for by the workload alone", "", keeps_away("{matchLabels: {app: victim}}")},
      {"by a term that asks for no label", "", keeps_away("{matchExpressions: [{key: x, operator: Exists}]}")},
      {"every pod may be meant by a pod elsewhere",
       bystander(keeps_away("{matchExpressions: [{key: x, operator: "
                            "DoesNotExist}]}")),
       ""},
      {"and its labels are known", bystander(keeps_away(other_than_victims)), ""},
      {"of which the workload asks for more", bystander(keeps_away("{}")), keeps_away("{matchLabels: {app: victim}}")},
  };
  for (const auto& each : cases) {
    SCOPED_TRACE(each.name);
    const Snapshot snapshot = ParseSnapshot(Nodes(2, 1) + std::string(kVictim) + each.others);
    std::string set = GpuSet(2);
    if (!each.affinity.empty()) set.insert(set.find("containers:"), each.affinity + "\n            ");
    const Workload workload = ParseWorkload(set);
    grove_place_options options = GROVE_PLACE_OPTIONS_INIT;
    options.preempt = 1;
    const Placement placement = Place(snapshot.get(), workload.get(), &options);
    ASSERT_THAT(Explained(placement), HasSubstr(R"("evictions":)"));

    grove_snapshot* next = nullptr;
    grove_error* error = nullptr;
    ExpectOk(grove_snapshot_with(snapshot.get(), placement.get(), &next, &error), error);
    const Snapshot full(next);
    error = nullptr;
    ExpectOk(grove_snapshot_without(full.get(), placement.get(), &next, &error), error);
    const Snapshot empty(next);
    EXPECT_EQ(OutcomeOf(Place(empty.get(), ParseWorkload(GpuSet(2)).get())), GROVE_OUTCOME_PLACED);
  }
}

TEST(CPlacement, AnswersOfOthersAreChecked) {
  constexpr string_view kRequest =
      R"({"cluster":{"nodes":[{"name":"a","allocatable":{"cpu":"1000"}}]},"podClasses":[{"requests":{"cpu":"800"}}],)"
      R"("gangs":[{"namespace":"x","name":"g","groups":[{"name":"w","minReplicas":2,)"
      R"("candidates":[{"podClass":0,"count":2}]}]}]})";
  constexpr string_view kAnswer =
      R"({"gangs":[{"namespace":"x","name":"g","gang":0,"outcome":"PLACED","pods":[)"
      R"({"group":"w","candidate":0,"node":"a"},{"group":"w","candidate":1,"node":"a"}]}],"placed":1})";
  grove_buffer buffer = GROVE_BUFFER_INIT;
  grove_error* error = nullptr;
  ExpectOk(grove_check_message(kRequest.data(), kRequest.size(), kAnswer.data(), kAnswer.size(), GROVE_ENCODING_JSON,
                               &buffer, &error),
           error);
  EXPECT_THAT(Take(buffer), AllOf(HasSubstr(R"("rule":"PL-)"), HasSubstr(R"("gang":"g")")));
  std::string elsewhere(kAnswer);
  elsewhere.replace(elsewhere.find(R"("node":"a")"), 10, R"("node":"b")");
  EXPECT_EQ(grove_check_message(kRequest.data(), kRequest.size(), elsewhere.data(), elsewhere.size(),
                                GROVE_ENCODING_JSON, &buffer, &error),
            GROVE_INVALID_ARGUMENT);
  EXPECT_STREQ(error->argument, "answer");
  EXPECT_STREQ(error->path, "gangs[0].pods[0].node");
  grove_error_free(error);
  std::string beyond(kAnswer);
  beyond.replace(beyond.find(R"("candidate":1)"), 13, R"("candidate":2)");
  EXPECT_EQ(grove_check_message(kRequest.data(), kRequest.size(), beyond.data(), beyond.size(), GROVE_ENCODING_JSON,
                                &buffer, &error),
            GROVE_INVALID_ARGUMENT);
  EXPECT_STREQ(error->path, "gangs[0].pods[1].candidate");
  grove_error_free(error);
}

}  // namespace
}  // namespace grove_test
