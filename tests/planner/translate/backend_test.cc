#include "planner/translate/backend.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "planner/pod_gangs.h"
#include "planner/sample_set.h"
#include "planner/translate/kai.h"
#include "planner/translate/scheduler_objects.h"
#include "planner/translate/volcano.h"

namespace grove::planner {
namespace {

using ::testing::ElementsAre;

TEST(Backends, TableSaysWhatEachOneCarries) {
  struct Row {
    std::string_view name;
    bool gangs, topology;
  };
  for (const Row& row : {Row{"default-scheduler", false, false}, Row{"kai-scheduler", true, true},
                         Row{"volcano", true, false}, Row{"lpx-scheduler", false, false}}) {
    const Backend* backend = FindBackend(row.name);
    ASSERT_NE(backend, nullptr) << row.name;
    EXPECT_EQ(backend->scheduler_name, row.name);
    EXPECT_EQ(backend->schedules_gangs, row.gangs) << row.name;
    EXPECT_EQ(backend->carries_topology, row.topology) << row.name;
  }
  EXPECT_EQ(FindBackend("other"), nullptr);
}

TEST(Backends, PublicListHasThoseOfTheReferenceFirst) {
  std::vector<std::string> rows;
  for (const SchedulerBackend& backend : SchedulerBackends()) {
    rows.push_back(std::string(backend.name) + " " + std::string(backend.scheduler_name));
    EXPECT_EQ(backend.of_reference, backend.name != "kube");
    EXPECT_FALSE(backend.summary.empty());
    EXPECT_EQ(FindBackendByName(backend.name)->scheduler_name, backend.scheduler_name);
  }
  EXPECT_THAT(rows, ElementsAre("default default-scheduler", "kai kai-scheduler", "lpx lpx-scheduler",
                                "volcano volcano", "kube default-scheduler"));
}

TEST(Backends, OneIsServedByAnotherOfItsOwnSchedulerOnly) {
  EXPECT_EQ(ServingBackend(*FindBackend("default-scheduler"), "kube").name, "kube");
  EXPECT_EQ(ServingBackend(*FindBackend("default-scheduler"), "").name, "default");
  EXPECT_EQ(ServingBackend(*FindBackend("default-scheduler"), "kai").name, "default");
  EXPECT_EQ(ServingBackend(*FindBackend("kai-scheduler"), "kube").name, "kai");
}

TEST(Backends, DefaultSchedulerIsAlwaysEnabled) {
  const OperatorConfiguration configuration = Configuration(false, {"volcano", "kai-scheduler"}, "volcano");
  std::vector<std::string_view> names;
  for (const Backend* backend : EnabledBackends(configuration)) names.push_back(backend->scheduler_name);
  EXPECT_THAT(names, ElementsAre("default-scheduler", "kai-scheduler", "volcano"));
  EXPECT_EQ(FindEnabledBackend(configuration, "lpx-scheduler"), nullptr);
  EXPECT_EQ(DefaultBackend(configuration).scheduler_name, "volcano");
  EXPECT_EQ(DefaultBackend(Configuration(false, {}, "kai-scheduler")).scheduler_name, "default-scheduler");
}

TEST(Backends, ResolutionOfSetGangAndPod) {
  const OperatorConfiguration configuration = Configuration(false, {"kai-scheduler"}, "kai-scheduler");
  const Value unnamed = Value::FromJson("{}");
  const Value named = Value::FromJson(R"({"schedulerName":"default-scheduler"})");
  const Value unknown = Value::FromJson(R"({"schedulerName":"volcano"})");
  EXPECT_EQ(BackendOfPod(unnamed, configuration)->scheduler_name, "kai-scheduler");  // SB-04
  EXPECT_EQ(BackendOfPod(named, configuration)->scheduler_name, "default-scheduler");
  EXPECT_EQ(BackendOfPod(unknown, configuration), nullptr);

  PodCliqueSet set = Set("s", 1, {Clique("a", 1, 1), Clique("b", 1, 1)});
  set.spec.template_spec.cliques[1].spec.pod_spec = named;
  EXPECT_EQ(BackendOfSet(set, configuration)->scheduler_name, "kai-scheduler");  // SB-02: the first clique decides

  PodGang gang;  // SB-03
  EXPECT_EQ(BackendOfGang(gang, configuration).scheduler_name, "kai-scheduler");
  gang.metadata.labels.Set(keys::kSchedulerName, "default-scheduler");
  EXPECT_EQ(BackendOfGang(gang, configuration).scheduler_name, "default-scheduler");
  gang.metadata.labels.Set(keys::kSchedulerName, "volcano");
  EXPECT_EQ(BackendOfGang(gang, configuration).scheduler_name, "kai-scheduler");
}

TEST(PreparePods, AddsWhatEachBackendNeeds) {
  struct Row {
    std::string_view backend;
    StringMap labels, annotations;
  };
  for (const Row& row :
       {Row{"default-scheduler", {}, {}}, Row{"lpx-scheduler", {}, {}},
        Row{"kai-scheduler",
            {{"kai.scheduler/subgroup-name", "shop-0-api"}},
            {{"kai.scheduler/skip-podgrouper", "true"}, {"pod-group-name", "shop-0"}}},
        Row{"volcano",
            {},
            {{"scheduling.k8s.io/group-name", "shop-0"}, {"scheduling.volcano.sh/group-name", "shop-0"}}}}) {
    const auto preparation = PreparePods(*FindBackend(row.backend), "shop-0", "shop-0-api");
    ASSERT_TRUE(preparation.ok()) << row.backend;
    EXPECT_EQ(preparation->scheduler_name, row.backend);
    EXPECT_EQ(preparation->labels, row.labels) << row.backend;
    EXPECT_EQ(preparation->annotations, row.annotations) << row.backend;
  }
}

TEST(PreparePods, NamesThePodGroupOfKubernetes) {
  const auto per_gang = PreparePods(*FindBackendByName("kube"), "shop-0", "shop-0-api");
  ASSERT_TRUE(per_gang.ok());
  EXPECT_EQ(per_gang->scheduler_name, "default-scheduler");
  EXPECT_EQ(per_gang->scheduling_group, "shop-0");
  TranslationOptions options;
  options.kube_pod_groups = KubePodGroups::kPerClique;
  EXPECT_EQ(PreparePods(*FindBackendByName("kube"), "shop-0", "shop-0-api", options)->scheduling_group, "shop-0-api");
  EXPECT_FALSE(PreparePods(*FindBackendByName("kube"), "", "shop-0-api").ok());
}

TEST(PreparePods, FailsWithoutTheLabelsThatTheBackendReads) {
  EXPECT_FALSE(PreparePods(*FindBackend("kai-scheduler"), "", "q").ok());
  EXPECT_FALSE(PreparePods(*FindBackend("kai-scheduler"), "g", "").ok());
  EXPECT_FALSE(PreparePods(*FindBackend("volcano"), "", "q").ok());
  EXPECT_TRUE(PreparePods(*FindBackend("volcano"), "g", "").ok());
  EXPECT_TRUE(PreparePods(*FindBackend("default-scheduler"), "", "").ok());
}

TEST(SchedulerObjects, GoByTheBackendOfEachGang) {
  const PodCliqueSet set = Set("s", 1, {Clique("a", 1, 1)});
  ExpansionOptions options;
  options.configuration = Configuration(false, {"kai-scheduler", "volcano"});
  Expansion expansion;
  for (const char* scheduler : {"volcano", "default-scheduler", "kai-scheduler"}) {
    PodGang& gang = expansion.objects.pod_gangs.emplace_back();
    gang.metadata.name = scheduler;
    gang.metadata.labels.Set(keys::kSchedulerName, scheduler);
  }
  AddSchedulerObjects(set, options, expansion);
  ASSERT_EQ(expansion.objects.volcano_pod_groups.size(), 1u);
  EXPECT_EQ(expansion.objects.volcano_pod_groups[0], MakeVolcanoPodGroup(expansion.objects.pod_gangs[0]));
  // No PodCliqueSet controls this gang, so that KAI's object cannot be made.
  EXPECT_TRUE(expansion.objects.kai_pod_groups.empty());
  EXPECT_TRUE(expansion.objects.scheduler_objects.empty());
  ASSERT_EQ(expansion.errors.size(), 1u);
  EXPECT_EQ(expansion.errors[0].object, "PodGang/kai-scheduler");
  EXPECT_EQ(expansion.errors[0].code, "KAIBackendMappingFailed");
}

// The lists hold what the backends made, unchanged by the way through documents.
TEST(SchedulerObjects, OfKaiKeepTheirType) {
  PodCliqueSet set = Set("serve", 1, {Clique("dw", 4, 3), Clique("dl", 1, 1, Pack("host"))},
                         {Group("dec", 3, 2, {"dl", "dw"}, Pack("rack"))}, Pack("block", "rack"));
  set.metadata.labels.Set(keys::kKaiQueue, "q1");
  ExpansionOptions options = Options(true);
  options.configuration = Configuration(true, {"kai-scheduler"}, "kai-scheduler");
  Expansion expansion;
  expansion.objects.pod_gangs = MakePodGangs(set, options, {});
  AddSchedulerObjects(set, options, expansion);
  ASSERT_EQ(expansion.objects.kai_pod_groups.size(), 2u);
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(expansion.objects.kai_pod_groups[i], *MakeKaiPodGroup(expansion.objects.pod_gangs[i], set));
  }
  EXPECT_FALSE(expansion.losses.empty());
}

TEST(SchedulerObjects, OfOtherKindsAreDocuments) {
  SchedulerObject object;
  object.api_version = "scheduling.k8s.io/v1alpha2";
  object.kind = "Workload";
  EXPECT_EQ(ApiVersionOf(object), object.api_version);
  EXPECT_EQ(KindOf(object), object.kind);
  EXPECT_EQ(ApiVersionOf(KaiPodGroup()), "scheduling.run.ai/v2alpha2");
  EXPECT_EQ(KindOf(KaiPodGroup()), "PodGroup");
}

}  // namespace
}  // namespace grove::planner
