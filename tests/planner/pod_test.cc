// Pods: environment, what Grove overwrites, what pods share, names (spec 04 §7.6, §11, §12).

#include <set>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "planner/container_template.h"
#include "planner/environment.h"
#include "planner/expand_json.h"
#include "planner/pod_name.h"

namespace grove::planner {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> VariablesOf(const Value& container) {
  std::vector<std::string> names;
  const Value variables = At(container, {"env"});
  for (std::size_t i = 0; i < variables.size(); ++i) names.emplace_back(At(variables.at(i), {"name"}).text());
  return names;
}

const std::string kGroup =
    "'cliqueStartupType': 'CliqueStartupTypeAnyOrder', "
    "'podCliqueScalingGroups': [{'name': 'g', 'cliqueNames': ['a'], 'replicas': 1}]";

TEST(Environment, GrovesVariablesComeFirstAndReplaceTheUsers) {
  const std::string pod = R"({
    'initContainers': [{'name': 'i', 'env': [{'name': 'GROVE_PCLQ_NAME', 'value': 'x'}, {'name': 'A', 'value': '1'}]}],
    'containers': [
      {'name': 'c', 'env': [{'name': 'B'}, {'name': 'GROVE_PCSG_INDEX', 'value': 'x'}, {'name': 'GROVE_OTHER'}]},
      {'name': 'd'}],
    'ephemeralContainers': [{'name': 'e', 'env': [{'name': 'GROVE_PCS_NAME', 'value': 'kept'}]}]})";
  const Expansion expansion = ExpandDocument(SetOf(CliqueWithPod("a", pod), kGroup));
  const Value& stored = expansion.objects.pod_cliques.at(0).spec.pod_spec;
  EXPECT_THAT(
      VariablesOf(At(stored, {"initContainers", "0"})),
      ElementsAre("GROVE_PCSG_NAME", "GROVE_PCSG_TEMPLATE_NUM_PODS", "GROVE_PCSG_INDEX", "GROVE_PCLQ_NAME", "A"));
  const Value& spec = expansion.objects.pods.at(0).spec;
  EXPECT_THAT(
      VariablesOf(At(spec, {"initContainers", "0"})),
      ElementsAre("GROVE_PCS_NAME", "GROVE_PCS_INDEX", "GROVE_PCLQ_NAME", "GROVE_HEADLESS_SERVICE",
                  "GROVE_PCLQ_POD_INDEX", "GROVE_PCSG_NAME", "GROVE_PCSG_TEMPLATE_NUM_PODS", "GROVE_PCSG_INDEX", "A"));
  EXPECT_THAT(VariablesOf(At(spec, {"containers", "0"})),
              ElementsAre("GROVE_PCS_NAME", "GROVE_PCS_INDEX", "GROVE_PCLQ_NAME", "GROVE_HEADLESS_SERVICE",
                          "GROVE_PCLQ_POD_INDEX", "GROVE_PCSG_NAME", "GROVE_PCSG_TEMPLATE_NUM_PODS", "GROVE_PCSG_INDEX",
                          "B", "GROVE_OTHER"));
  EXPECT_EQ(VariablesOf(At(spec, {"containers", "1"})).size(), 8u);
  EXPECT_THAT(VariablesOf(At(spec, {"ephemeralContainers", "0"})), ElementsAre("GROVE_PCS_NAME"));
}

TEST(Environment, StandalonePodCliqueKeepsGroupVariablesOfItsUser) {
  const Expansion expansion = ExpandDocument(
      SetOf(CliqueWithPod("a", "{'containers': [{'name': 'c', 'env': [{'name': 'GROVE_PCSG_NAME', 'value': 'x'}]}]}")));
  EXPECT_THAT(VariablesOf(At(expansion.objects.pod_cliques.at(0).spec.pod_spec, {"containers", "0"})),
              ElementsAre("GROVE_PCSG_NAME"));
  EXPECT_EQ(At(expansion.objects.pods.at(0).spec, {"containers", "0", "env", "5", "value"}).text(), "x");
}

TEST(Environment, NoContainersAreNoProblem) {
  const Expansion expansion = ExpandDocument(SetOf(CliqueWithPod("a", "{'containers': []}"), kGroup));
  EXPECT_EQ(expansion.objects.pods.size(), 1u);
  EXPECT_EQ(At(expansion.objects.pods[0].spec, {"containers"}).size(), 0u);
}

// O-20.
TEST(PodSpec, OverwritesWhatGroveOwns) {
  const std::string pod =
      "{'hostname': 'mine', 'subdomain': 'mine', 'schedulingGates': [{'name': 'mine'}], 'serviceAccountName': 'kept', "
      "'priorityClassName': 'kept', 'restartPolicy': 'Never', 'containers': [{'name': 'c'}]}";
  const Expansion expansion = ExpandDocument(SetOf(CliqueWithPod("a", pod)));
  const Value& spec = expansion.objects.pods.at(0).spec;
  EXPECT_EQ(At(spec, {"hostname"}).text(), "p-0-a-0");
  EXPECT_EQ(At(spec, {"subdomain"}).text(), "p-0");
  EXPECT_EQ(At(spec, {"schedulingGates"}), Json("[{'name': 'grove.io/podgang-pending-creation'}]"));
  EXPECT_EQ(At(spec, {"schedulerName"}).text(), "default-scheduler");
  EXPECT_EQ(At(spec, {"serviceAccountName"}).text(), "kept");
  EXPECT_EQ(At(spec, {"priorityClassName"}).text(), "kept");
  EXPECT_EQ(At(spec, {"restartPolicy"}).text(), "Never");
}

TEST(PodSpec, StartupContainerAndItsVolumesComeLast) {
  const std::string pod =
      "{'volumes': [{'name': 'v', 'emptyDir': {}}], 'initContainers': [{'name': 'first'}], 'containers': [{'name': "
      "'c'}]}";
  const Expansion expansion = ExpandDocument(
      SetOf(CliqueOf("a") + ", " + CliqueWithPod("b", pod), "'cliqueStartupType': 'CliqueStartupTypeInOrder'"));
  const Value& spec = PodsOf(expansion.objects, "p-0-b").at(0)->spec;
  EXPECT_EQ(At(spec, {"initContainers", "0", "name"}).text(), "first");
  EXPECT_EQ(At(spec, {"initContainers", "1", "name"}).text(), "grove-initc");
  EXPECT_TRUE(At(spec, {"initContainers", "1", "env"}).is_null());
  EXPECT_EQ(At(spec, {"volumes", "0", "name"}).text(), "v");
  EXPECT_EQ(At(spec, {"volumes", "1", "name"}).text(), "sa-token-secret-vol");
  EXPECT_EQ(At(spec, {"volumes", "2", "name"}).text(), "pod-info-vol");
}

TEST(PodSpec, UnknownSchedulerStopsPods) {
  const Expansion expansion =
      ExpandDocument(SetOf(CliqueWithPod("a", "{'schedulerName': 'volcano', 'containers': [{'name': 'c'}]}")));
  EXPECT_THAT(expansion.objects.pods, IsEmpty());
  ASSERT_EQ(expansion.errors.size(), 1u);
  EXPECT_EQ(expansion.errors[0].object, "PodClique/p-0-a");
  EXPECT_EQ(expansion.errors[0].code, "ERR_BUILD_POD_RESOURCE");
}

// Admission does not let such a set pass.
TEST(PodSpec, ParentWithoutTemplateStopsPods) {
  const Expansion expansion = ExpandDocument(
      SetOf(CliqueOf("a", "'startsAfter': ['unheard'], "), "'cliqueStartupType': 'CliqueStartupTypeExplicit'"));
  EXPECT_THAT(expansion.objects.pod_cliques.at(0).spec.starts_after, ElementsAre("p-0-unheard"));
  EXPECT_THAT(expansion.objects.pods, IsEmpty());
  ASSERT_EQ(expansion.errors.size(), 1u);
  EXPECT_EQ(expansion.errors[0].code, "ERR_BUILD_POD_RESOURCE");
}

TEST(Sharing, PodsOfAPodCliqueShareAllButTheirNames) {
  const Expansion expansion = ExpandDocument(
      SetOf(CliqueWithPod("a", "{'containers': [{'name': 'c', 'args': ['x']}], 'nodeSelector': {'a': 'b'}}", 3)));
  const std::vector<Pod>& pods = expansion.objects.pods;
  ASSERT_EQ(pods.size(), 3u);
  for (const Pod& pod : pods) {
    EXPECT_EQ(pod.spec.storage(), pods[0].spec.storage());
    for (const char* member : {"containers", "schedulingGates", "nodeSelector"}) {
      EXPECT_EQ(At(pod.spec, {member}).node().data, At(pods[0].spec, {member}).node().data) << member;
    }
  }
  EXPECT_EQ(At(expansion.objects.pod_cliques.at(0).spec.pod_spec, {"containers", "0", "args"}).node().data,
            At(pods[2].spec, {"containers", "0", "args"}).node().data);
}

TEST(Sharing, PodCliquesOfATemplateShareTheirPodSpec) {
  const Value document = SetOf(CliqueOf("a"));
  PodCliqueSet set = codec::FromValue<PodCliqueSet>(document);
  set.spec.replicas = 2;
  const Expansion expansion = ExpandSet(set, document, {});
  EXPECT_EQ(expansion.objects.pod_cliques.at(0).spec.pod_spec.node().data,
            expansion.objects.pod_cliques.at(1).spec.pod_spec.node().data);
}

TEST(Sharing, ObjectsOutliveTheirInputs) {
  std::vector<Pod> pods;
  {
    const Value document =
        SetOf(CliqueWithPod("a", "{'containers': [{'name': 'c', 'image': 'some-image-of-a-user'}]}"));
    pods = ExpandDocument(document).objects.pods;
  }
  EXPECT_EQ(At(pods.at(0).spec, {"containers", "0", "image"}).text(), "some-image-of-a-user");
}

TEST(PodNames, AreFiveCharactersOfTheAlphabetAndUnique) {
  const PodNameSuffixes suffixes(7, "x-0-a");
  std::set<std::string> seen;
  for (std::uint64_t index = 0; index < 100'000; ++index) {
    std::string name;
    suffixes.AppendTo(name, index);
    ASSERT_EQ(name.size(), 5u);
    ASSERT_EQ(name.find_first_not_of("bcdfghjklmnpqrstvwxz2456789"), std::string::npos);
    ASSERT_TRUE(seen.insert(name).second) << index;
  }
}

TEST(PodNames, StayUniqueBeyondFiveCharacters) {
  const PodNameSuffixes suffixes(7, "x-0-a");
  constexpr std::uint64_t kSuffixes = 27 * 27 * 27 * 27 * 27;
  std::set<std::string> seen;
  for (const std::uint64_t index : {std::uint64_t{0}, kSuffixes, 2 * kSuffixes, 27 * kSuffixes, 28 * kSuffixes}) {
    std::string name;
    suffixes.AppendTo(name, index);
    EXPECT_TRUE(seen.insert(name).second) << index;
  }
}

TEST(PodNames, DependOnSeedAndPodClique) {
  const auto suffix = [](std::uint64_t seed, std::string_view pod_clique) {
    std::string name;
    PodNameSuffixes(seed, pod_clique).AppendTo(name, 0);
    return name;
  };
  EXPECT_EQ(suffix(1, "a"), suffix(1, "a"));
  EXPECT_NE(suffix(1, "a"), suffix(2, "a"));
  EXPECT_NE(suffix(1, "a"), suffix(1, "b"));
}

TEST(Determinism, SameArgumentsSameObjects) {
  const Value document = SetOf(CliqueOf("a") + ", " + CliqueOf("b"), kGroup);
  ExpansionOptions options;
  options.seed = 42;
  const Expansion first = ExpandDocument(document, options);
  const Expansion second = ExpandDocument(document, options);
  EXPECT_EQ(first.objects.pods, second.objects.pods);
  EXPECT_EQ(first.objects.pod_cliques, second.objects.pod_cliques);
  options.seed = 43;
  const Expansion other = ExpandDocument(document, options);
  EXPECT_NE(first.objects.pods[0].metadata.name, other.objects.pods[0].metadata.name);
  EXPECT_EQ(first.objects.pods[0].spec, other.objects.pods[0].spec);
}

}  // namespace
}  // namespace grove::planner
