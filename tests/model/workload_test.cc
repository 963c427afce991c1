#include "grove/workload.hpp"

#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace grove {
namespace {

using std::string_view;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr string_view kSet =
    R"({"apiVersion": "grove.io/v1alpha1", "kind": "PodCliqueSet", "metadata": {"name": "demo"},
 "spec": {"replicas": 1, "template": {"cliques": [{"name": "worker", "spec": {"roleName": "worker", "replicas": 2,
 "podSpec": {"containers": [{"name": "main", "image": "registry.example.com/worker:1"}]}}}]}}})";

std::vector<ManifestObject> Parse(string_view text) {
  ParseResult parsed = ParseManifest(text);
  EXPECT_FALSE(parsed.error.has_value());
  return std::move(parsed.objects);
}

TEST(Workload, RoleOf) {
  struct Case {
    string_view api_version;
    string_view kind;
    ObjectRole want;
  };
  constexpr Case kCases[] = {
      {"grove.io/v1alpha1", "PodCliqueSet", ObjectRole::kPodCliqueSet},
      {"grove.io/v2", "PodCliqueSet", ObjectRole::kPodCliqueSet},
      {"", "PodCliqueSet", ObjectRole::kPodCliqueSet},
      {"v1alpha1", "PodCliqueSet", ObjectRole::kPodCliqueSet},
      {"example.com/v1", "PodCliqueSet", ObjectRole::kUnused},
      {"grove.io/v1alpha1", "PodClique", ObjectRole::kUnused},
      {"grove.io/v1alpha1", "ClusterTopologyBinding", ObjectRole::kClusterTopologyBinding},
      {"operator.config.grove.io/v1alpha1", "OperatorConfiguration", ObjectRole::kOperatorConfiguration},
      {"example.com/v1", "OperatorConfiguration", ObjectRole::kUnused},
      {"resource.k8s.io/v1beta1", "ResourceClaimTemplate", ObjectRole::kResourceClaimTemplate},
      {"", "ResourceClaimTemplate", ObjectRole::kUnused},
      {"scheduling.volcano.sh/v1beta1", "Queue", ObjectRole::kVolcanoQueue},
      {"scheduling.run.ai/v2", "Queue", ObjectRole::kUnused},
      {"", "", ObjectRole::kUnused},
  };
  for (const Case& c : kCases) EXPECT_EQ(RoleOf(c.api_version, c.kind), c.want) << c.api_version << ' ' << c.kind;
}

TEST(Workload, CollectsTheContext) {
  const auto objects = Parse(R"(
apiVersion: scheduling.volcano.sh/v1beta1
kind: Queue
metadata: {name: open}
---
apiVersion: scheduling.volcano.sh/v1beta1
kind: Queue
metadata: {name: closed}
status: {state: Closed}
---
apiVersion: resource.k8s.io/v1
kind: ResourceClaimTemplate
metadata: {name: fabric}
spec: {spec: {}}
---
apiVersion: v1
kind: Service
)");
  const Workload workload = JudgeWorkload(objects, {.namespace_name = "inference"});
  EXPECT_FALSE(workload.problem.has_value());
  EXPECT_THAT(*workload.context.volcano_queues,
              ElementsAre(VolcanoQueue{"open", "Open"}, VolcanoQueue{"closed", "Closed"}));
  ASSERT_EQ(workload.resource_claim_templates.size(), 1u);
  EXPECT_EQ(workload.resource_claim_templates[0].namespace_name, "inference");
  EXPECT_EQ(workload.resource_claim_templates[0].template_spec.ToJson(), R"({"spec":{}})");
  EXPECT_THAT(workload.unused, ElementsAre(3u));
  EXPECT_THAT(workload.verdicts, IsEmpty());
  EXPECT_TRUE(workload.allowed());
}

TEST(Workload, OrderOfObjectsDoesNotMatter) {
  constexpr string_view kConfiguration =
      R"({"apiVersion": "operator.config.grove.io/v1alpha1", "kind": "OperatorConfiguration",
          "scheduler": {"profiles": [{"name": "kai-scheduler"}], "defaultProfileName": "kai-scheduler"}})";
  std::vector<ManifestObject> objects = Parse(kSet);
  objects.push_back(Parse(kConfiguration).front());
  const Workload after = JudgeWorkload(objects);
  std::swap(objects[0], objects[1]);
  const Workload before = JudgeWorkload(objects);
  ASSERT_EQ(after.verdicts.size(), 2u);
  EXPECT_EQ(after.verdicts[0].role, ObjectRole::kPodCliqueSet);
  EXPECT_EQ(before.verdicts[1].role, ObjectRole::kPodCliqueSet);
  // Without a queue the KAI scheduler takes no set, wherever its configuration stands.
  EXPECT_FALSE(after.verdicts[0].allowed());
  EXPECT_EQ(after.verdicts[0].errors.size(), before.verdicts[1].errors.size());
}

TEST(Workload, DefaultScheduler) {
  const auto objects = Parse(kSet);
  const Workload workload = JudgeWorkload(objects, {.default_scheduler = "kai-scheduler"});
  EXPECT_EQ(workload.context.configuration.scheduler.default_profile_name, "kai-scheduler");
  EXPECT_FALSE(workload.allowed());
}

TEST(Workload, DeniedConfigurationIsTheOnlyVerdict) {
  std::vector<ManifestObject> objects = Parse(kSet);
  objects.push_back(Parse(R"({"apiVersion": "operator.config.grove.io/v1alpha1", "kind": "OperatorConfiguration",
                              "scheduler": {"profiles": [{"name": "none-such"}]}})")
                        .front());
  const Workload workload = JudgeWorkload(objects);
  EXPECT_FALSE(workload.configuration_valid);
  ASSERT_EQ(workload.verdicts.size(), 1u);
  EXPECT_EQ(workload.verdicts[0].index, 1u);
  EXPECT_FALSE(workload.allowed());
}

TEST(Workload, SetsOfTheContextAreUnused) {
  std::vector<ManifestObject> objects = Parse(kSet);
  objects.push_back(objects.front());
  const Workload workload = JudgeWorkload(objects, {.context_objects = 1});
  EXPECT_THAT(workload.unused, ElementsAre(0u));
  ASSERT_EQ(workload.verdicts.size(), 1u);
  EXPECT_EQ(workload.verdicts[0].index, 1u);
}

TEST(Workload, UnknownFieldsAreToldOnce) {
  const auto objects = Parse(R"(
apiVersion: grove.io/v1alpha1
kind: PodCliqueSet
metadata: {name: demo}
spec:
  unheardOf: 1
  replicas: 1
  template:
    cliques: [{name: a, spec: {roleName: a, replicas: 1, podSpec: {containers: [{name: main, image: "main:1"}]}}}]
---
apiVersion: grove.io/v1alpha1
kind: ClusterTopologyBinding
metadata: {name: fabric}
spec: {unheardOf: 1, levels: [{domain: host, key: kubernetes.io/hostname}]}
)");
  const Workload lenient = JudgeWorkload(objects);
  const Workload strict = JudgeWorkload(objects, {.strict = true});
  ASSERT_EQ(lenient.verdicts.size(), 2u);
  ASSERT_EQ(strict.verdicts.size(), 2u);
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_THAT(lenient.verdicts[i].errors, IsEmpty());
    ASSERT_EQ(lenient.verdicts[i].pruned.size(), 1u);
    EXPECT_EQ(lenient.verdicts[i].pruned[0].field, "spec.unheardOf");
    ASSERT_EQ(strict.verdicts[i].errors.size(), 1u);
    EXPECT_EQ(strict.verdicts[i].errors[0].field, "spec.unheardOf");
    EXPECT_THAT(strict.verdicts[i].pruned, IsEmpty());
  }
}

TEST(Workload, Namespaces) {
  const auto objects = Parse(kSet);
  EXPECT_EQ(JudgeWorkload(objects).verdicts.at(0).namespace_name, "default");
  const Workload named = JudgeWorkload(objects, {.namespace_name = "inference"});
  EXPECT_EQ(named.verdicts.at(0).namespace_name, "inference");
  EXPECT_EQ(named.verdicts.at(0).admitted->set().metadata.namespace_name, "inference");
  const auto elsewhere = Parse(R"({"kind": "PodCliqueSet", "metadata": {"name": "x", "namespace": "other"}})");
  const Workload refused = JudgeWorkload(elsewhere, {.namespace_name = "inference"});
  ASSERT_TRUE(refused.problem.has_value());
  EXPECT_EQ(refused.problem->index, 0u);
  EXPECT_EQ(refused.problem->message, "PodCliqueSet x is of namespace other where inference is asked for");
  EXPECT_THAT(refused.verdicts, IsEmpty());
}

TEST(Workload, VerdictForPrograms) {
  const auto objects = Parse(R"({"apiVersion": "grove.io/v1alpha1", "kind": "PodCliqueSet", "metadata": {"name": 7}})");
  const Workload workload = JudgeWorkload(objects);
  EXPECT_EQ(DescribeVerdict(objects[0], workload.verdicts.at(0), {.file = "a.json", .defaulted = true}).ToJson(),
            R"({"file":"a.json","document":0,"kind":"PodCliqueSet","namespace":"default","name":"","allowed":false,)"
            R"("errors":[{"type":"BadRequest","field":"metadata.name","detail":"must be a string, found 7",)"
            R"("stage":"schema","rule":"V-010","line":1,"column":82}],"warnings":[],"defaulted":null})");
}

TEST(Workload, StoredSetsMakeUpdates) {
  const auto stored = Parse(kSet);
  std::string changed(kSet);
  changed.replace(changed.find(R"("roleName": "worker")"), 20, R"("roleName": "server")");
  auto objects = Parse(changed);
  objects.push_back(Parse(kSet).front());
  objects.back().namespace_name = "elsewhere";
  const Workload workload = JudgeWorkload(objects, {.stored = stored});
  ASSERT_EQ(workload.verdicts.size(), 2u);
  EXPECT_TRUE(workload.verdicts[0].update);
  ASSERT_EQ(workload.verdicts[0].errors.size(), 1u);
  EXPECT_EQ(workload.verdicts[0].errors[0].rule, "V-503");
  EXPECT_FALSE(workload.verdicts[1].update) << "of another namespace";
  EXPECT_TRUE(workload.verdicts[1].allowed());
  EXPECT_TRUE(JudgeWorkload(objects).allowed());
}

TEST(Workload, TheNamespaceOfTheOptionsIsThatOfStoredSetsToo) {
  const auto objects = Parse(kSet);
  const Workload workload = JudgeWorkload(objects, {.namespace_name = "inference", .stored = objects});
  ASSERT_EQ(workload.verdicts.size(), 1u);
  EXPECT_TRUE(workload.verdicts[0].update);
  EXPECT_THAT(workload.verdicts[0].errors, IsEmpty());
  EXPECT_EQ(workload.verdicts[0].defaulted.Find("metadata")->Find("namespace")->text(), "inference");
}

TEST(Workload, StoredSetsOfOneNameAreAProblem) {
  auto stored = Parse(kSet);
  stored.push_back(stored.front());
  const Workload workload = JudgeWorkload(Parse(kSet), {.stored = stored});
  ASSERT_TRUE(workload.problem.has_value());
  EXPECT_TRUE(workload.problem->stored);
  EXPECT_EQ(workload.problem->index, 1u);
  EXPECT_EQ(workload.problem->message, "a second stored PodCliqueSet default/demo");
  EXPECT_THAT(workload.verdicts, IsEmpty());
}

TEST(Workload, JudgeGivesTheVerdictsOfJudgeWorkload) {
  const auto objects = Parse(std::string(R"(
apiVersion: grove.io/v1alpha1
kind: ClusterTopologyBinding
metadata: {name: fabric}
spec: {levels: [{domain: host, key: kubernetes.io/hostname}, {domain: host, key: b}]}
---
apiVersion: v1
kind: Service
---
apiVersion: scheduling.volcano.sh/v1beta1
kind: Queue
metadata: {name: closed}
---
)") + std::string(kSet));
  ASSERT_EQ(objects.size(), 4u);
  const Workload workload = JudgeWorkload(objects);
  const WorkloadJudge judge(objects, {});
  EXPECT_FALSE(judge.problem().has_value());
  ASSERT_EQ(workload.verdicts.size(), 2u);
  for (const ObjectVerdict& verdict : workload.verdicts) {
    const auto single = judge.Judge(objects[verdict.index]);
    ASSERT_TRUE(single.has_value());
    EXPECT_EQ(DescribeVerdict(objects[verdict.index], *single, {.defaulted = true}).ToJson(),
              DescribeVerdict(objects[verdict.index], verdict, {.defaulted = true}).ToJson());
  }
  EXPECT_FALSE(judge.Judge(objects[1]).has_value());
  EXPECT_FALSE(judge.Judge(objects[2]).has_value());
  EXPECT_EQ(judge.context().volcano_queues->size(), 1u);
}

TEST(Workload, FurtherFindingsAreDescribedBehindTheVerdict) {
  const auto objects = Parse(kSet);
  const Workload workload = JudgeWorkload(objects);
  const Finding advice{Severity::kWarning, Stage::kLint, std::nullopt, "spec.replicas", std::nullopt,
                       "a remark",         "2",          "L-example",  {3, 4}};
  const Value described = DescribeVerdict(objects[0], workload.verdicts.at(0), {.further = std::span(&advice, 1)});
  EXPECT_TRUE(described.Find("allowed")->boolean());
  const Value warnings = *described.Find("warnings");
  ASSERT_EQ(warnings.size(), 2u);
  EXPECT_EQ(warnings.at(1).ToJson(), R"({"field":"spec.replicas","detail":"a remark","suggestion":"2","stage":"lint",)"
                                     R"("severity":"warning","rule":"L-example","line":3,"column":4})");
}

TEST(Workload, UnknownFieldsOfAConfiguration) {
  const auto objects = Parse(R"({"kind": "OperatorConfiguration", "loglevel": "info"})");
  const Workload lenient = JudgeWorkload(objects);
  EXPECT_TRUE(lenient.allowed());
  ASSERT_EQ(lenient.verdicts.size(), 1u);
  ASSERT_EQ(lenient.verdicts[0].pruned.size(), 1u);
  EXPECT_EQ(lenient.verdicts[0].pruned[0].suggestion, "logLevel");
  const Workload strict = JudgeWorkload(objects, {.strict = true});
  EXPECT_FALSE(strict.configuration_valid);
  ASSERT_EQ(strict.verdicts.at(0).errors.size(), 1u);
  EXPECT_EQ(strict.verdicts[0].errors[0].type, ErrorType::kBadRequest);
}

TEST(Finding, Format) {
  Finding finding;
  finding.type = ErrorType::kNotSupported;
  finding.field = "a.b";
  finding.detail = "no such thing";
  EXPECT_EQ(FormatFinding(finding), "a.b: Unsupported value: no such thing");
  finding.suggestion = "c";
  EXPECT_EQ(FormatFinding(finding), "a.b: Unsupported value: no such thing; did you mean \"c\"?");
  finding.type = std::nullopt;
  EXPECT_EQ(FormatFinding(finding), "a.b: no such thing; did you mean \"c\"?");
  finding.field.clear();
  EXPECT_EQ(FormatFinding(finding), "no such thing; did you mean \"c\"?");
}

}  // namespace
}  // namespace grove
