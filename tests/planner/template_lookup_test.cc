// Which template a PodClique goes by (spec 04 §2, §7.1, §17.2), and what names that collide do (O-1, O-2, O-6).

#include "planner/template_lookup.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "planner/expand_json.h"

namespace grove::planner {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<PodCliqueTemplateSpec> Templates(const std::vector<std::string>& names) {
  std::vector<PodCliqueTemplateSpec> templates;
  for (const std::string& name : names) templates.emplace_back().name = name;
  return templates;
}

TEST(FindTemplateBySuffix, TakesTheFirstWhoseNameEndsTheName) {
  EXPECT_EQ(FindTemplateBySuffix(Templates({"worker", "big-worker"}), "x-0-big-worker"), 0u);
  EXPECT_EQ(FindTemplateBySuffix(Templates({"big-worker", "worker"}), "x-0-big-worker"), 0u);
  EXPECT_EQ(FindTemplateBySuffix(Templates({"big-worker", "worker"}), "x-0-worker"), 1u);
  EXPECT_EQ(FindTemplateBySuffix(Templates({"r", "worker"}), "x-0-worker"), 0u);
  EXPECT_EQ(FindTemplateBySuffix(Templates({"1-a", "a"}), "x-1-a"), 0u);
  EXPECT_EQ(FindTemplateBySuffix(Templates({"1-a", "a"}), "x-0-a"), 1u);
  EXPECT_EQ(FindTemplateBySuffix(Templates({"a"}), "x-0-b"), kNone);
}

TEST(FindTemplateByLabels, StripsWhatTheLabelsSay) {
  const auto templates = Templates({"worker", "b"});
  const StringMap member{{"grove.io/podcliquescalinggroup", "my-pcsg"},
                         {"grove.io/podcliquescalinggroup-replica-index", "1"}};
  const StringMap alone{{"app.kubernetes.io/part-of", "x"}, {"grove.io/podcliqueset-replica-index", "2"}};
  EXPECT_EQ(FindTemplateByLabels(templates, "my-pcsg-1-worker", member), 0u);
  EXPECT_EQ(FindTemplateByLabels(templates, "my-pcsg-2-worker", member), kNone);
  EXPECT_EQ(FindTemplateByLabels(templates, "x-2-b", alone), 1u);
  EXPECT_EQ(FindTemplateByLabels(templates, "x-2-c", alone), kNone);
  EXPECT_EQ(FindTemplateByLabels(templates, "x-2-b", {{"app.kubernetes.io/part-of", "x"}}), kNone);
  EXPECT_EQ(FindTemplateByLabels(templates, "g-0-b", {{"grove.io/podcliquescalinggroup", "g"}}), kNone);
}

// O-1, the case of the chapter.
TEST(SuffixRule, BuildsTheLongerNameFromTheShorterTemplate) {
  const std::string after = "'startsAfter': ['mid'], ";
  const std::string big =
      "{'name': 'big-worker', 'labels': {'size': 'big'}, 'spec': {'roleName': 'big', 'replicas': 3, 'minAvailable': 3, "
      "'podSpec': {'containers': [{'name': 'big'}]}}}";
  const std::string cliques = CliqueOf("worker") + ", " + CliqueOf("mid") + ", " + big + ", " + CliqueOf("tail");
  const Expansion expansion = ExpandDocument(SetOf(cliques, "'cliqueStartupType': 'CliqueStartupTypeInOrder'"));
  const PodClique& built = Named(expansion.objects.pod_cliques, "p-0-big-worker");
  const PodClique& worker = Named(expansion.objects.pod_cliques, "p-0-worker");
  EXPECT_EQ(built.spec, worker.spec);
  EXPECT_EQ(built.spec.role_name, "worker");
  EXPECT_FALSE(built.metadata.labels.Contains("size"));
  EXPECT_EQ(built.metadata.labels.Get("grove.io/pod-template-hash"),
            worker.metadata.labels.Get("grove.io/pod-template-hash"));
  EXPECT_THAT(built.spec.starts_after, IsEmpty());
  EXPECT_EQ(PodsOf(expansion.objects, "p-0-big-worker").size(), 1u);
  const Pod& tail = *PodsOf(expansion.objects, "p-0-tail").at(0);
  EXPECT_EQ(At(tail.spec, {"initContainers", "0", "args"}), Json("['--podcliques=p-0-big-worker:1']"));
}

TEST(SuffixRule, CanDependOnTheReplica) {
  const std::string cliques = CliqueWithPod("1-a", "{'containers': [{'name': 'one'}]}") + ", " +
                              CliqueWithPod("a", "{'containers': [{'name': 'any'}]}");
  PodCliqueSet set = codec::FromValue<PodCliqueSet>(SetOf(cliques));
  set.spec.replicas = 2;
  const Expansion expansion = ExpandSet(set, SetOf(cliques), {});
  const auto container = [&](const char* name) {
    return std::string(
        At(Named(expansion.objects.pod_cliques, name).spec.pod_spec, {"containers", "0", "name"}).text());
  };
  EXPECT_EQ(container("p-0-a"), "any");
  EXPECT_EQ(container("p-1-a"), "one");
}

// O-2: the standalone PodClique exists first and stays.
TEST(CollidingNames, StandalonePodCliqueStays) {
  const Expansion expansion = ExpandDocument(
      SetOf(CliqueOf("s-0-b") + ", " + CliqueOf("b"),
            "'cliqueStartupType': 'CliqueStartupTypeAnyOrder', "
            "'podCliqueScalingGroups': [{'name': 's', 'cliqueNames': ['b'], 'replicas': 2, 'minAvailable': 2}]"));
  EXPECT_THAT(expansion.errors, IsEmpty());
  EXPECT_THAT(Names(expansion.objects.pod_cliques), ElementsAre("p-0-s-0-b", "p-0-s-1-b"));
  EXPECT_EQ(expansion.objects.pod_cliques[0].metadata.owner_references.at(0).kind, "PodCliqueSet");
  EXPECT_EQ(expansion.objects.pods.size(), 2u);
  ASSERT_EQ(expansion.objects.pod_gangs.size(), 1u);
  const std::vector<PodGroup>& groups = expansion.objects.pod_gangs[0].spec.pod_groups;
  ASSERT_EQ(groups.size(), 3u);
  EXPECT_EQ(groups[0].name, groups[1].name);
  EXPECT_EQ(groups[0].pod_references, groups[1].pod_references);
}

TEST(CollidingNames, OfTwoGroupsTheShorterNameStays) {
  const Expansion expansion = ExpandDocument(SetOf(
      CliqueOf("1-b") + ", " + CliqueOf("b"),
      "'cliqueStartupType': 'CliqueStartupTypeAnyOrder', 'podCliqueScalingGroups': ["
      "{'name': 's', 'cliqueNames': ['1-b'], 'replicas': 1}, {'name': 's-0', 'cliqueNames': ['b'], 'replicas': 2}]"));
  EXPECT_THAT(Names(expansion.objects.pod_cliques), ElementsAre("p-0-s-0-1-b", "p-0-s-0-0-b"));
  EXPECT_EQ(expansion.objects.pod_cliques[0].metadata.owner_references.at(0).name, "p-0-s");
}

TEST(CollidingNames, NumbersThatAreNoIndexDoNotCollide) {
  const Expansion expansion =
      ExpandDocument(SetOf(CliqueOf("s-00-b") + ", " + CliqueOf("s-2-b") + ", " + CliqueOf("b"),
                           "'cliqueStartupType': 'CliqueStartupTypeAnyOrder', "
                           "'podCliqueScalingGroups': [{'name': 's', 'cliqueNames': ['b'], 'replicas': 2}]"));
  EXPECT_EQ(expansion.objects.pod_cliques.size(), 4u);
}

TEST(CollidingNames, OfTwoAutoscalersThatOfTheGroupIsLeft) {
  const Expansion expansion = ExpandDocument(
      SetOf(CliqueOf("a", "'autoScalingConfig': {'minReplicas': 1, 'maxReplicas': 2}, ") + ", " + CliqueOf("b"),
            "'cliqueStartupType': 'CliqueStartupTypeAnyOrder', 'podCliqueScalingGroups': "
            "[{'name': 'a', 'cliqueNames': ['b'], 'scaleConfig': {'minReplicas': 1, 'maxReplicas': 5}}]"));
  ASSERT_EQ(expansion.objects.horizontal_pod_autoscalers.size(), 1u);
  EXPECT_EQ(expansion.objects.horizontal_pod_autoscalers[0].spec.scale_target_ref.kind, "PodCliqueScalingGroup");
  EXPECT_EQ(expansion.objects.horizontal_pod_autoscalers[0].spec.max_replicas, 5);
}

TEST(ReservedLabels, OfAGroupKeepAStandalonePodCliqueFromHavingPods) {
  const Expansion expansion =
      ExpandDocument(SetOf(CliqueOf("a", "", "'labels': {'grove.io/podcliquescalinggroup': 'ghost'}, ")));
  EXPECT_EQ(expansion.objects.pod_cliques.size(), 1u);
  EXPECT_THAT(expansion.objects.pods, IsEmpty());
  ASSERT_EQ(expansion.errors.size(), 1u);
  EXPECT_EQ(expansion.errors[0].object, "PodClique/p-0-a");
  EXPECT_EQ(expansion.errors[0].code, "ERR_GET_PODCLIQUE_TEMPLATE");
}

TEST(ReservedLabels, PassThroughUnlessGroveSetsThem) {
  const Expansion expansion = ExpandDocument(
      SetOf(CliqueOf("a", "", "'labels': {'grove.io/base-podgang': 'ghost', 'grove.io/podgang': 'mine'}, ")));
  for (const StringMap* labels :
       {&expansion.objects.pod_cliques.at(0).metadata.labels, &expansion.objects.pods.at(0).metadata.labels}) {
    EXPECT_EQ(labels->Get("grove.io/base-podgang"), "ghost");
    EXPECT_EQ(labels->Get("grove.io/podgang"), "p-0");
  }
}

TEST(GangLabels, CountScaledReplicasFromZero) {
  const Expansion expansion =
      ExpandDocument(SetOf(CliqueOf("a"),
                           "'cliqueStartupType': 'CliqueStartupTypeAnyOrder', 'podCliqueScalingGroups': "
                           "[{'name': 'sga', 'cliqueNames': ['a'], 'replicas': 5, 'minAvailable': 3}]"));
  const char* const gangs[] = {"p-0", "p-0", "p-0", "p-0-sga-0", "p-0-sga-1"};
  ASSERT_EQ(expansion.objects.pod_cliques.size(), std::size(gangs));
  for (std::size_t j = 0; j < std::size(gangs); ++j) {
    const StringMap& labels = expansion.objects.pod_cliques[j].metadata.labels;
    EXPECT_EQ(labels.Get("grove.io/podgang"), gangs[j]);
    EXPECT_EQ(labels.Contains("grove.io/base-podgang"), j >= 3);
  }
}

}  // namespace
}  // namespace grove::planner
