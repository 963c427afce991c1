// Spec 04 §7.5, §12, as a graph.
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "grove/startup.hpp"

#include "planner/expand_json.h"

namespace grove::planner {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Waves = std::vector<std::vector<std::uint32_t>>;

// The set of the measured matrix.
Value MatrixSet(const std::string& type) {
  const auto after = [](const std::string& names) { return "'startsAfter': [" + names + "], "; };
  return SetOf(CliqueOf("s1") + ", " + CliqueOf("xa", after("'s1'")) + ", " + CliqueOf("xb", after("'xa', 's1'")) +
                   ", " + CliqueOf("yc", after("'xb', 's1'")) + ", " + CliqueOf("s2", after("'yc', 'xa', 's1'")) +
                   ", " + CliqueOf("yd", after("'yc', 's2'")),
               "'cliqueStartupType': '" + type +
                   "', 'podCliqueScalingGroups': ["
                   "{'name': 'x', 'cliqueNames': ['xb', 'xa'], 'replicas': 3, 'minAvailable': 2}, "
                   "{'name': 'yg', 'cliqueNames': ['yc', 'yd'], 'replicas': 2, 'minAvailable': 1}]");
}

AdmittedPodCliqueSet Admitted(const Value& document) {
  Admission admission = Admit(document);
  for (const FieldError& error : admission.errors) ADD_FAILURE() << FormatFieldError(error);
  return *admission.admitted;
}

TEST(StartupGraph, OfTheMatrix) {
  const StartupGraph listed = MakeStartupGraph(MatrixSet("CliqueStartupTypeExplicit"));
  EXPECT_EQ(listed.type, StartupType::kExplicit);
  EXPECT_TRUE(listed.starts());
  EXPECT_EQ(listed.waves, (Waves{{0}, {1}, {2}, {3}, {4}, {5}}));
  EXPECT_EQ(listed.cliques[4], (StartupClique{"s2", "", 1, 1, {3, 1, 0}, {}, 4u}));
  EXPECT_EQ(listed.cliques[1], (StartupClique{"xa", "x", 1, 1, {0}, {}, 1u}));

  const StartupGraph ordered = MakeStartupGraph(MatrixSet("CliqueStartupTypeInOrder"));
  EXPECT_EQ(ordered.type, StartupType::kInOrder);
  EXPECT_THAT(ordered.cliques[5].parents, ElementsAre(4u));

  for (const char* type : {"CliqueStartupTypeAnyOrder", "Unheard"}) {
    const StartupGraph any = MakeStartupGraph(MatrixSet(type));
    EXPECT_EQ(any.type, StartupType::kAnyOrder);
    EXPECT_EQ(any.waves, (Waves{{0, 1, 2, 3, 4, 5}}));
  }
}

TEST(StartupGraph, OfASetThatAdmissionDenies) {
  const auto after = [](const std::string& names) { return "'startsAfter': [" + names + "], "; };
  const Value document =
      SetOf(CliqueOf("free") + ", " + CliqueOf("a", after("'c', 'free'")) + ", " + CliqueOf("b", after("'a'")) + ", " +
                CliqueOf("c", after("'b'")) + ", " + CliqueOf("behind", after("'c'")) + ", " +
                CliqueOf("self", after("'self'")) + ", " + CliqueOf("lost", after("'ghost'")),
            "'cliqueStartupType': 'CliqueStartupTypeExplicit'");
  ASSERT_FALSE(Admit(document).allowed());
  const StartupGraph graph = MakeStartupGraph(document);
  EXPECT_FALSE(graph.starts());
  EXPECT_EQ(graph.cycles, (Waves{{1, 3, 2}, {5}}));
  EXPECT_EQ(graph.waves, (Waves{{0}}));
  EXPECT_EQ(graph.cliques[4].wave, std::nullopt);
  EXPECT_THAT(graph.cliques[6].unknown_parents, ElementsAre("ghost"));
  EXPECT_EQ(graph.cliques[6].wave, std::nullopt);
}

TEST(StartupGraph, OfAnything) {
  for (const char* text : {"null", "[]", "{}", "{'spec': 1}", "{'spec': {'template': {'cliques': [null, 3, {}]}}}"}) {
    const StartupGraph graph = MakeStartupGraph(Json(std::string_view(text) == "null" ? "''" : text));
    EXPECT_EQ(graph.type, StartupType::kNone) << text;
    EXPECT_THAT(graph.cycles, IsEmpty()) << text;
  }
}

TEST(StartupPodCliques, AreFullyQualified) {
  const StartupPodCliques result = MakeStartupPodCliques(Admitted(MatrixSet("CliqueStartupTypeExplicit")));
  EXPECT_THAT(result.cycles, IsEmpty());
  const auto find = [&](std::string_view name) {
    for (const StartupPodClique& pod_clique : result.pod_cliques) {
      if (pod_clique.name == name) return pod_clique;
    }
    ADD_FAILURE() << "no " << name;
    return StartupPodClique{};
  };
  EXPECT_EQ(result.pod_cliques.size(), 12u);
  EXPECT_EQ(find("p-0-s2"),
            (StartupPodClique{
                "p-0-s2", "p-0", 4, 0, {{"p-0-yg-0-yc", 1}, {"p-0-x-0-xa", 1}, {"p-0-x-1-xa", 1}, {"p-0-s1", 1}}, 4u}));
  EXPECT_EQ(find("p-0-x-2-xb"), (StartupPodClique{"p-0-x-2-xb", "p-0-x-0", 2, 0, {{"p-0-x-2-xa", 1}}, 1u}));
  EXPECT_EQ(find("p-0-yg-1-yc").wave, 0u);
}

TEST(StartupPodCliques, WaitForTheMinimumOfTheTemplate) {
  const Value document = Json(
      "{'apiVersion': 'grove.io/v1alpha1', 'kind': 'PodCliqueSet', 'metadata': {'name': 'p'}, 'spec': {'replicas': 2, "
      "'template': {'cliqueStartupType': 'CliqueStartupTypeInOrder', 'cliques': ["
      "{'name': 'a', 'spec': {'roleName': 'a', 'replicas': 5, 'minAvailable': 3, "
      "'podSpec': {'containers': [{'name': 'c', 'image': 'i'}]}}}, " +
      CliqueOf("b") + "]}}}");
  const StartupPodCliques result = MakeStartupPodCliques(Admitted(document));
  ASSERT_EQ(result.pod_cliques.size(), 4u);
  EXPECT_THAT(result.pod_cliques[3].starts_after, ElementsAre(StartupParent{"p-1-a", 3}));
  EXPECT_EQ(result.pod_cliques[3].replica, 1);
}

// Spec 04 §7.1: `big-w` takes its parents from `w`, whose name its own ends in.
TEST(StartupPodCliques, MayWaitForThemselvesThoughTheTemplateHasNoCycle) {
  const Value document = SetOf(CliqueOf("w", "'startsAfter': ['big-w'], ") + ", " + CliqueOf("big-w"),
                               "'cliqueStartupType': 'CliqueStartupTypeExplicit'");
  EXPECT_TRUE(MakeStartupGraph(document).starts());
  const StartupPodCliques result = MakeStartupPodCliques(Admitted(document));
  EXPECT_EQ(result.cycles, (Waves{{1}}));
  EXPECT_EQ(result.pod_cliques[0].wave, std::nullopt);
  EXPECT_EQ(result.pod_cliques[1].name, "p-0-big-w");
  EXPECT_THAT(result.pod_cliques[1].starts_after, ElementsAre(StartupParent{"p-0-big-w", 1}));
}

TEST(StartupPodCliques, AgreeWithTheObjects) {
  const Value document = MatrixSet("CliqueStartupTypeInOrder");
  const StartupPodCliques result = MakeStartupPodCliques(Admitted(document));
  const Expansion expansion = AdmitAndExpand(document);
  ASSERT_EQ(result.pod_cliques.size(), expansion.objects.pod_cliques.size());
  for (const StartupPodClique& pod_clique : result.pod_cliques) {
    const PodClique& object = Named(expansion.objects.pod_cliques, pod_clique.name);
    EXPECT_EQ(object.metadata.labels.Get("grove.io/podgang"), pod_clique.pod_gang);
    std::vector<std::string> parents;
    for (const StartupParent& parent : pod_clique.starts_after) parents.push_back(parent.name);
    EXPECT_EQ(object.spec.starts_after, parents);
  }
}

TEST(StartupPodCliques, AreBounded) {
  ExpansionOptions options;
  options.limits.max_startup_references = 3;
  const StartupPodCliques result = MakeStartupPodCliques(Admitted(MatrixSet("CliqueStartupTypeExplicit")), options);
  EXPECT_EQ(result.limit_exceeded, "max_startup_references");
  EXPECT_THAT(result.pod_cliques, IsEmpty());
}

}  // namespace
}  // namespace grove::planner
