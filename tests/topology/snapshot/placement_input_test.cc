// Clusters and gangs from the objects that kubectl prints.
#include "grove/placement_input.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gtest/gtest.h"

namespace grove {
namespace {

std::string Node(const std::string& name, const std::string& rack, const std::string& more_spec = "",
                 const std::string& conditions = R"({"type": "Ready", "status": "True"})") {
  const std::string label = rack.empty() ? "" : R"(, "topo/rack": ")" + rack + "\"";
  return R"({"apiVersion": "v1", "kind": "Node", "metadata": {"name": ")" + name + R"(", "labels": {"os": "linux")" +
         label + R"(}}, "spec": {)" + more_spec +
         R"(}, "status": {"allocatable": {"cpu": "8", "memory": "32Gi", "nvidia.com/gpu": "8", "pods": "10"},
         "conditions": [)" +
         conditions + "]}}";
}

// A pod of gang `g`, PodClique `c` in namespace x.
std::string Pod(const std::string& name, const std::string& spec, const std::string& status = R"({"phase": "Pending"})",
                const std::string& metadata = "") {
  return R"({"apiVersion": "v1", "kind": "Pod", "metadata": {"namespace": "x", "name": ")" + name + "\"" + metadata +
         R"(, "labels": {"grove.io/podgang": "g", "grove.io/podclique": "c", "role": ")" + name + R"("}}, "spec": {)" +
         spec + R"("containers": [{"name": "m", "resources": {"requests": {"cpu": "1", "nvidia.com/gpu": "2"}}}]},
         "status": )" +
         status + "}";
}

std::string Gang(const std::string& name = "g", const std::string& group = R"({"name": "c", "minReplicas": 1})",
                 const std::string& spec = "") {
  return R"({"apiVersion": "scheduler.grove.io/v1alpha1", "kind": "PodGang", "metadata": {"namespace": "x", "name": ")" +
         name + R"(", "creationTimestamp": "2026-08-01T00:00:00Z", "annotations": {"grove.io/topology-name": "fabric"}},
         "spec": {"podgroups": [)" +
         group + "]" + spec + "}}";
}

ClusterTopologyBinding Binding(const std::string& name = "fabric") {
  ClusterTopologyBinding binding;
  binding.metadata.name = name;
  binding.spec.levels = {{"rack", "topo/rack"}};
  return binding;
}

PlacementInput ReadAll(const std::vector<std::string>& objects, const PlacementInputOptions& options = {},
                       std::vector<ClusterTopologyBinding> topologies = {Binding()}) {
  std::vector<ManifestObject> parsed;
  for (const std::string& text : objects) {
    ParseResult result = ParseManifest(text);
    EXPECT_FALSE(result.error.has_value()) << result.error->message << text;
    for (ManifestObject& object : result.objects) parsed.push_back(std::move(object));
  }
  PlacementSources sources;
  sources.objects = parsed;
  sources.topologies = topologies;
  return ReadPlacementInput(sources, options);
}

std::int64_t Free(const PlacementInput& input, std::string_view node, std::string_view resource) {
  return input.cluster->free(*input.cluster->FindNode(node))[*input.cluster->FindResource(resource)];
}

TEST(PlacementInputTest, WhatRunsTakesRoom) {
  const PlacementInput input = ReadAll({
      Node("n0", "r0"),
      Pod("running", R"("nodeName": "n0", )", R"({"phase": "Running"})"),
      Pod("binding", R"("nodeName": "n0", )"),
      Pod("terminating", R"("nodeName": "n0", )", R"({"phase": "Running"})",
          R"(, "deletionTimestamp": "2026-08-01T00:00:00Z")"),
      Pod("succeeded", R"("nodeName": "n0", )", R"({"phase": "Succeeded"})"),
      Pod("failed", R"("nodeName": "n0", )", R"({"phase": "Failed"})"),
      Pod("elsewhere", R"("nodeName": "gone", )", R"({"phase": "Running"})"),
  });
  ASSERT_FALSE(input.error.has_value()) << input.error->message;
  // A pod that is being deleted holds its room (PL-38).
  EXPECT_EQ(Free(input, "n0", "nvidia.com/gpu"), 8 - 3 * 2);
  EXPECT_EQ(Free(input, "n0", "cpu"), 8000 - 3 * 1000);
  EXPECT_EQ(Free(input, "n0", "pods"), 10 - 3);
  EXPECT_EQ(Free(input, "n0", "memory"), std::int64_t{32} << 30);
  EXPECT_EQ(input.remarks, (std::vector<std::string>{"1 pods run on nodes that are not in the input"}));
}

TEST(PlacementInputTest, StagesOfPods) {
  const PlacementInput input = ReadAll({
      Node("n0", "r0"),
      Gang(),
      Pod("a-active", R"("nodeName": "n0", )", R"({"phase": "Running"})"),
      Pod("b-candidate", ""),
      Pod("c-gated", R"("schedulingGates": [{"name": "grove.io/podgang-pending-creation"}], )"),
      Pod("d-gated", R"("schedulingGates": [{"name": "grove.io/podgang-pending-creation"}, {"name": "other"}], )"),
      Pod("e-terminating", R"("nodeName": "n0", )", R"({"phase": "Running"})",
          R"(, "deletionTimestamp": "2026-08-01T00:00:00Z")"),
      Pod("f-failed", "", R"({"phase": "Failed"})"),
      Pod("g-leaving", "", R"({"phase": "Pending"})", R"(, "deletionTimestamp": "2026-08-01T00:00:00Z")"),
  });
  ASSERT_FALSE(input.error.has_value()) << input.error->message;
  const grove::Gang& gang = input.request.gangs.at(0);
  EXPECT_EQ(gang.topology, "fabric");
  EXPECT_EQ(gang.order, 1785542400);
  const GangGroup& group = gang.groups.at(0);
  EXPECT_EQ(group.active.size(), 1u);
  EXPECT_EQ(group.candidates, (std::vector<CandidatePods>{{0, 1}}));
  EXPECT_EQ(input.candidate_names[0][0], (std::vector<std::string>{"b-candidate"}));
  ASSERT_EQ(input.gated.size(), 1u);
  EXPECT_EQ(input.gated[0].pods, 2u);
  EXPECT_EQ(input.gated[0].gate, "grove.io/podgang-pending-creation");
}

TEST(PlacementInputTest, GrovesGateCanBeLifted) {
  const std::vector<std::string> objects = {
      Node("n0", "r0"), Gang(), Pod("a", R"("schedulingGates": [{"name": "grove.io/podgang-pending-creation"}], )"),
      Pod("b", R"("schedulingGates": [{"name": "other"}], )")};
  EXPECT_TRUE(ReadAll(objects).candidate_names[0][0].empty());
  EXPECT_EQ(ReadAll(objects, {.lift_grove_gates = true}).candidate_names[0][0], (std::vector<std::string>{"a"}));
}

TEST(PlacementInputTest, NodesThatTakeNothing) {
  const PlacementInput input = ReadAll({
      Node("ready", "r0"),
      Node("cordoned", "r0", R"("unschedulable": true)"),
      Node("not-ready", "r0", "", R"({"type": "Ready", "status": "Unknown"})"),
      Node("never-ready", "r0", "", R"({"type": "MemoryPressure", "status": "False"})"),
      Node("pressed", "r0", "", R"({"type": "Ready", "status": "True"}, {"type": "DiskPressure", "status": "True"})"),
      Node("offline", "r0", "",
           R"({"type": "Ready", "status": "True"}, {"type": "NetworkUnavailable", "status": "True"})"),
      Node("by-hand", "r0", "", ""),
      Node("unlabelled", ""),
  });
  ASSERT_FALSE(input.error.has_value()) << input.error->message;
  const auto usable = [&](std::string_view name) { return input.cluster->node_usable(*input.cluster->FindNode(name)); };
  EXPECT_TRUE(usable("ready"));
  EXPECT_TRUE(usable("by-hand"));
  EXPECT_TRUE(usable("cordoned"));
  for (const char* name : {"not-ready", "never-ready", "pressed", "offline"}) EXPECT_FALSE(usable(name)) << name;
  const auto admits = [&](std::string_view name, const PodClass& pods) {
    return input.cluster->Admits(*input.cluster->FindNode(name), pods);
  };
  EXPECT_FALSE(admits("cordoned", {}));
  PodClass tolerant;
  tolerant.tolerations.emplace_back().key = "node.kubernetes.io/unschedulable";
  tolerant.tolerations.back().exists = true;
  EXPECT_TRUE(admits("cordoned", tolerant));
  EXPECT_FALSE(admits("not-ready", tolerant));
  const auto domain = [&](std::string_view name) {
    return input.cluster->domain_of(*input.cluster->FindNode(name), 0);
  };
  EXPECT_EQ(input.cluster->domain_name(domain("ready")), "r0");
  EXPECT_TRUE(input.cluster->domains()[domain("unlabelled")].stands_alone);
}

TEST(PlacementInputTest, WhatIsNotEvaluatedIsNamed) {
  const PlacementInput input = ReadAll({
      Node("n0", "r0"),
      Gang(),
      Pod("a",
          R"("volumes": [{"name": "v", "persistentVolumeClaim": {"claimName": "c"}}], "resourceClaims": [{"name": "c"}], )"),
      Pod("b", R"("volumes": [{"name": "v", "ephemeral": {}}, {"name": "w", "emptyDir": {}}], )"),
      Pod("c", R"("volumes": [{"name": "w", "emptyDir": {}}, {"name": "s", "secret": {}}], )"),
      Pod("d", R"("topologySpreadConstraints": [{"maxSkew": 1}], "runtimeClassName": "kata", )"),
      Pod("e", R"("affinity": {"nodeAffinity": {"preferredDuringSchedulingIgnoredDuringExecution": [{"weight": 1}]},
                "podAntiAffinity": {"preferredDuringSchedulingIgnoredDuringExecution": [{"weight": 1}]}}, )"),
      Pod("f", R"("nodeName": "n0", "volumes": [{"name": "v", "persistentVolumeClaim": {}}], )"),
  });
  ASSERT_FALSE(input.error.has_value()) << input.error->message;
  EXPECT_EQ(input.not_evaluated, (std::vector<NotEvaluated>{
                                     {"persistent volumes", 2, "x/a"},
                                     {"resource claims", 1, "x/a"},
                                     {"preferred affinity to nodes", 1, "x/e"},
                                     {"preferred affinity to pods", 1, "x/e"},
                                     {"topology spread constraints", 1, "x/d"},
                                     {"overhead of a runtime class", 1, "x/d"},
                                 }));
}

TEST(PlacementInputTest, ConstraintsOfPods) {
  const PlacementInput input = ReadAll({
      Node("n0", "r0"),
      Gang(),
      Pod("a", R"("nodeSelector": {"os": "linux"}, "hostNetwork": true,
        "tolerations": [{"key": "a", "operator": "Exists"}, {"key": "b", "value": "c", "effect": "NoExecute"}],
        "initContainers": [{"ports": [{"containerPort": 1, "hostPort": 1}]}],
        "affinity": {"nodeAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": {"nodeSelectorTerms": [
          {"matchExpressions": [{"key": "k", "operator": "Gt", "values": ["5"]}], "matchFields": [
           {"key": "metadata.name", "operator": "NotIn", "values": ["n9"]}]}]}},
         "podAntiAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": [
          {"topologyKey": "topo/rack", "labelSelector": {"matchLabels": {"role": "z"}}, "matchLabelKeys": ["grove.io/podgang"],
           "namespaceSelector": {}}]}}, )"),
      Pod("z", R"("nodeName": "n0", )", R"({"phase": "Running"})"),
  });
  ASSERT_FALSE(input.error.has_value()) << input.error->message;
  ASSERT_EQ(input.request.gangs.at(0).groups.at(0).candidates.size(), 1u);
  const PodClass& pods = input.request.classes.at(input.request.gangs[0].groups[0].candidates[0].pod_class);
  EXPECT_EQ(pods.node_selector, (LabelPairs{{"os", "linux"}}));
  EXPECT_EQ(pods.tolerations,
            (std::vector<Toleration>{{"a", true, "", true, {}}, {"b", false, "c", false, TaintEffect::kNoExecute}}));
  EXPECT_EQ(pods.node_affinity.at(0).match_labels.at(0).op, LabelRequirement::Operator::kGt);
  EXPECT_EQ(pods.node_affinity.at(0).match_fields.at(0).key, "metadata.name");
  EXPECT_TRUE(pods.host_ports.empty());  // a container of init that ends takes no port for long
  ASSERT_EQ(pods.anti_affinity.size(), 1u);
  using Operator = LabelRequirement::Operator;
  EXPECT_EQ(
      pods.anti_affinity[0].selector,
      (std::vector<LabelRequirement>{{"role", Operator::kIn, {"z"}}, {"grove.io/podgang", Operator::kIn, {"g"}}}));
  EXPECT_EQ(pods.labels, (LabelPairs{{"grove.io/podgang", "g"}, {"role", "a"}}));  // only those that a term is about
  // The pod that the term is about stands in the snapshot as itself.
  ASSERT_EQ(input.spec.pods.size(), 1u);
  EXPECT_EQ(input.spec.pod_classes.at(0).labels, (LabelPairs{{"grove.io/podgang", "g"}, {"role", "z"}}));
  const auto result = Place(Occupancy(*input.cluster), input.request);
  ASSERT_TRUE(result.ok());
  EXPECT_EQ(result->gangs[0].pods.size(), 0u);
}

TEST(PlacementInputTest, EqualPodsShareAClass) {
  std::vector<std::string> objects = {Node("n0", "r0"), Gang()};
  for (int i = 0; i < 20; ++i) objects.push_back(Pod("p" + std::to_string(i), ""));
  const PlacementInput input = ReadAll(objects);
  EXPECT_EQ(input.request.classes.size(), 1u);
  EXPECT_EQ(input.request.gangs.at(0).groups.at(0).candidates, (std::vector<CandidatePods>{{0, 20}}));
}

TEST(PlacementInputTest, PrioritiesAndBases) {
  const std::string classes =
      R"({"apiVersion": "scheduling.k8s.io/v1", "kind": "PriorityClass", "metadata": {"name": "high"}, "value": 1000})";
  const std::string fallback =
      R"({"apiVersion": "scheduling.k8s.io/v1", "kind": "PriorityClass", "metadata": {"name": "d"}, "value": 7, "globalDefault": true})";
  const auto priority = [&](const std::vector<std::string>& more, const std::string& name) {
    std::vector<std::string> objects = {
        Node("n0", "r0"),
        Gang("g", R"({"name": "c"})", name.empty() ? "" : R"(, "priorityClassName": ")" + name + "\"")};
    objects.insert(objects.end(), more.begin(), more.end());
    return ReadAll(objects).request.gangs.at(0).priority;
  };
  EXPECT_EQ(priority({classes}, "high"), 1000);
  EXPECT_EQ(priority({classes}, "unknown"), 50);
  EXPECT_EQ(priority({classes}, ""), 50);
  EXPECT_EQ(priority({classes, fallback}, "unknown"), 7);
  std::string pod = Pod("a", "");
  pod.insert(pod.find("\"role\""), R"("grove.io/base-podgang": "base", )");
  EXPECT_EQ(ReadAll({Node("n0", "r0"), Gang(), pod}).request.gangs.at(0).base, "base");
}

TEST(PlacementInputTest, ReferencesAndGroupConfigs) {
  const PlacementInput input = ReadAll({
      Node("n0", "r0"),
      Gang(
          "h",
          R"({"name": "c", "minReplicas": 2, "podReferences": [{"namespace": "x", "name": "a"}, {"namespace": "x", "name": "gone"}],
                    "topologyConstraint": {"packConstraint": {"preferred": "topo/rack"}}}, {"name": "d", "minReplicas": 1})",
          R"(, "topologyConstraint": {"packConstraint": {"required": "topo/rack"}},
              "topologyConstraintGroupConfigs": [{"name": "s", "podGroupNames": ["c", "e"], "topologyConstraint":
              {"packConstraint": {"required": "topo/rack"}}}])"),
      Pod("a", ""),
  });
  ASSERT_FALSE(input.error.has_value()) << input.error->message;
  const grove::Gang& gang = input.request.gangs.at(0);
  EXPECT_EQ(gang.pack.required, "topo/rack");
  EXPECT_EQ(gang.groups.at(0).pack.preferred, "topo/rack");
  EXPECT_EQ(gang.groups.at(0).scope, 0u);
  EXPECT_EQ(gang.groups.at(1).scope, GangGroup::kNoScope);
  EXPECT_EQ(input.candidate_names[0][0], (std::vector<std::string>{"a"}));
  EXPECT_EQ(input.remarks.size(), 2u);
}

TEST(PlacementInputTest, Topologies) {
  const std::vector<std::string> objects = {Node("n0", "r0"), Gang()};
  EXPECT_EQ(ReadAll(objects).cluster->topology_name(), "fabric");
  EXPECT_EQ(ReadAll(objects, {}, {Binding("a"), Binding()}).cluster->topology_name(), "fabric");
  // PL-48: the gang names a topology that does not exist.
  const PlacementInput unknown = ReadAll(objects, {}, {Binding("a")});
  EXPECT_EQ(unknown.cluster->topology_name(), "a");
  EXPECT_EQ(Place(Occupancy(*unknown.cluster), unknown.request)->gangs[0].outcome, GangOutcome::kInvalid);
  const PlacementInput plain = ReadAll(objects, {.levels = {{"", "topo/rack"}}}, {});
  EXPECT_EQ(plain.cluster->topology_name(), "fabric");
  EXPECT_EQ(plain.cluster->levels().size(), 1u);
  EXPECT_TRUE(ReadAll(objects, {.topology_name = "b"}, {Binding("a")}).error.has_value());
  std::string other = Gang("k");
  other.replace(other.find("fabric"), 6, "second");
  const PlacementInput two = ReadAll({Node("n0", "r0"), Gang(), other}, {}, {Binding(), Binding("second")});
  ASSERT_TRUE(two.error.has_value());
  EXPECT_NE(two.error->message.find("several topologies"), std::string::npos);
}

struct BadCase {
  std::string name;
  std::vector<std::string> objects;
  std::size_t object;
  std::string field;
};

class BadInputTest : public testing::TestWithParam<BadCase> {};

TEST_P(BadInputTest, NamesObjectAndField) {
  const PlacementInput input = ReadAll(GetParam().objects);
  ASSERT_TRUE(input.error.has_value());
  EXPECT_EQ(input.error->object, GetParam().object);
  EXPECT_EQ(input.error->field, GetParam().field);
  EXPECT_NE(input.error->message, "");
}

std::string With(std::string text, const std::string& from, const std::string& to) {
  return text.replace(text.find(from), from.size(), to);
}

INSTANTIATE_TEST_SUITE_P(
    Objects, BadInputTest,
    testing::Values(
        BadCase{"TwoNodes", {Node("n0", "r0"), Node("n0", "r1")}, 1, "metadata.name"},
        BadCase{"NodeWithoutName", {Node("", "r0")}, 0, "metadata.name"},
        BadCase{"NegativeNode", {With(Node("n0", "r0"), "32Gi", "-1")}, 0, "status.allocatable[\"memory\"]"},
        BadCase{"Overflow", {With(Node("n0", "r0"), "32Gi", "8E")}, 0, "status.allocatable[\"memory\"]"},
        BadCase{"NoQuantity",
                {Node("n0", "r0"), With(Pod("a", ""), "\"1\"", "\"one\"")},
                1,
                "spec.containers[0].resources.requests[\"cpu\"]"},
        BadCase{"TwoPods", {Node("n0", "r0"), Pod("a", ""), Pod("a", "")}, 2, "metadata.name"},
        BadCase{
            "Taint", {Node("n0", "r0", R"("taints": [{"key": "a", "effect": "Never"}])")}, 0, "spec.taints[0].effect"},
        BadCase{
            "Toleration", {Pod("a", R"("tolerations": [{"operator": "Near"}], )")}, 0, "spec.tolerations[0].operator"},
        BadCase{
            "Term",
            {Pod("a", R"("affinity": {"podAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": [{}]}}, )")},
            0,
            "spec.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].topologyKey"},
        BadCase{"TwoGangs", {Node("n0", "r0"), Gang(), Gang()}, 2, "metadata.name"},
        BadCase{"NegativeMinimum",
                {Node("n0", "r0"), Gang("g", R"({"name": "c", "minReplicas": -1})")},
                1,
                "spec.podgroups[0].minReplicas"},
        BadCase{
            "TwoGroups", {Node("n0", "r0"), Gang("g", R"({"name": "c"}, {"name": "c"})")}, 1, "spec.podgroups[1].name"},
        BadCase{"TwoConfigs",
                {Node("n0", "r0"), Gang("g", R"({"name": "c"})", R"(, "topologyConstraintGroupConfigs": [
                  {"name": "s", "podGroupNames": ["c"]}, {"name": "t", "podGroupNames": ["c"]}])")},
                1,
                "spec.topologyConstraintGroupConfigs"}),
    [](const auto& info) { return info.param.name; });

TEST(PlacementInputTest, Limits) {
  EXPECT_NE(ReadAll({Node("a", ""), Node("b", "")}, {.max_nodes = 1}).error->message.find("max_nodes"),
            std::string::npos);
  EXPECT_NE(ReadAll({Pod("a", ""), Pod("b", "")}, {.max_pods = 1}).error->message.find("max_pods"), std::string::npos);
}

}  // namespace
}  // namespace grove
