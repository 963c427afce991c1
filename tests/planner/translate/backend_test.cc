#include "planner/translate/backend.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "planner/sample_set.h"
#include "planner/translate/scheduler_objects.h"

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
    EXPECT_EQ(backend->name, row.name);
    EXPECT_EQ(backend->schedules_gangs, row.gangs) << row.name;
    EXPECT_EQ(backend->carries_topology, row.topology) << row.name;
  }
  EXPECT_EQ(FindBackend("other"), nullptr);
}

TEST(Backends, DefaultSchedulerIsAlwaysEnabled) {
  const OperatorConfiguration configuration = Configuration(false, {"volcano", "kai-scheduler"}, "volcano");
  std::vector<std::string_view> names;
  for (const Backend* backend : EnabledBackends(configuration)) names.push_back(backend->name);
  EXPECT_THAT(names, ElementsAre("default-scheduler", "kai-scheduler", "volcano"));
  EXPECT_EQ(FindEnabledBackend(configuration, "lpx-scheduler"), nullptr);
  EXPECT_EQ(DefaultBackend(configuration).name, "volcano");
  EXPECT_EQ(DefaultBackend(Configuration(false, {}, "kai-scheduler")).name, "default-scheduler");
}

TEST(Backends, ResolutionOfSetGangAndPod) {
  const OperatorConfiguration configuration = Configuration(false, {"kai-scheduler"}, "kai-scheduler");
  const Value unnamed = Value::FromJson("{}");
  const Value named = Value::FromJson(R"({"schedulerName":"default-scheduler"})");
  const Value unknown = Value::FromJson(R"({"schedulerName":"volcano"})");
  EXPECT_EQ(BackendOfPod(unnamed, configuration)->name, "kai-scheduler");  // SB-04
  EXPECT_EQ(BackendOfPod(named, configuration)->name, "default-scheduler");
  EXPECT_EQ(BackendOfPod(unknown, configuration), nullptr);

  PodCliqueSet set = Set("s", 1, {Clique("a", 1, 1), Clique("b", 1, 1)});
  set.spec.template_spec.cliques[1].spec.pod_spec = named;
  EXPECT_EQ(BackendOfSet(set, configuration)->name, "kai-scheduler");  // SB-02: the first clique decides

  PodGang gang;  // SB-03
  EXPECT_EQ(BackendOfGang(gang, configuration).name, "kai-scheduler");
  gang.metadata.labels.Set(keys::kSchedulerName, "default-scheduler");
  EXPECT_EQ(BackendOfGang(gang, configuration).name, "default-scheduler");
  gang.metadata.labels.Set(keys::kSchedulerName, "volcano");
  EXPECT_EQ(BackendOfGang(gang, configuration).name, "kai-scheduler");
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
  EXPECT_EQ(expansion.objects.volcano_pod_groups[0].metadata.name, "volcano");
  // No PodCliqueSet controls this gang, so that KAI's object cannot be made.
  EXPECT_TRUE(expansion.objects.kai_pod_groups.empty());
  ASSERT_EQ(expansion.errors.size(), 1u);
  EXPECT_EQ(expansion.errors[0].object, "PodGang/kai-scheduler");
  EXPECT_EQ(expansion.errors[0].code, "KAIBackendMappingFailed");
}

}  // namespace
}  // namespace grove::planner
