// Requests as bytes: what is read is what was written, and what is wrong is named by its path.
#include <chrono>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gtest/gtest.h"

#include "grove/placement.pb.h"
#include "grove/placement_check.hpp"
#include "grove/placement_wire.hpp"

namespace grove {
namespace {

// Every field of the schema has a value.
constexpr std::string_view kFull = R"({
 "cluster": {"topologyName": "fabric",
  "levels": [{"domain": "zone", "key": "topo/zone"}, {"domain": "rack", "key": "topo/rack"}],
  "nodes": [
   {"name": "n0", "labels": {"topo/zone": "z", "topo/rack": "r0", "disk": "ssd"},
    "allocatable": {"cpu": "64000", "gpu": 8, "pods": 110}, "used": {"cpu": 100, "pods": 1},
    "taints": [{"key": "gpu", "value": "yes", "effect": "NO_SCHEDULE"}]},
   {"name": "n1", "labels": {"topo/zone": "z", "topo/rack": "r1"}, "allocatable": {"cpu": 64000, "gpu": 8}},
   {"name": "n2", "unusable": true, "allocatable": {"gpu": 8}}],
  "podClasses": [{"requests": {"gpu": 1}, "labels": {"app": "db"}, "namespace": "x"}],
  "pods": [{"node": "n1"}]},
 "podClasses": [
  {"requests": {"cpu": 1000, "gpu": 2}, "nodeSelector": {"topo/zone": "z"}, "namespace": "x", "labels": {"app": "web"},
   "nodeAffinity": [{"matchLabels": [{"key": "topo/rack", "operator": "NOT_IN", "values": ["r9"]}]},
                    {"matchFields": [{"key": "metadata.name", "operator": "IN", "values": ["n0"]}]}],
   "tolerations": [{"key": "gpu", "value": "yes", "effect": "NO_SCHEDULE"}, {"key": "other", "exists": true}],
   "hostPorts": [{"port": 9000, "protocol": "UDP", "address": "10.0.0.1"}],
   "affinity": [{"topologyKey": "topo/zone", "selector": [{"key": "app", "operator": "EXISTS"}], "namespaces": ["x"]}],
   "antiAffinity": [{"topologyKey": "topo/rack", "selector": [{"key": "app", "operator": "IN", "values": ["never"]}]}]}],
 "gangs": [
  {"namespace": "x", "name": "a", "priority": 0, "order": -5, "topology": "fabric", "pack": {"required": "zone"},
   "scopes": [{"name": "outer", "pack": {"preferred": "rack"}}, {"name": "inner", "parent": 0}],
   "groups": [{"name": "g", "scope": 1, "pack": {"required": "rack"}, "minReplicas": 1,
               "candidates": [{"count": 2}], "active": ["n1"]},
              {"name": "h", "minReplicas": 1, "candidates": [{"count": 1}]}]},
  {"namespace": "x", "name": "b", "base": "a", "groups": []}],
 "options": {"stepsPerGang": 1000, "batch": true, "batchRounds": 3, "threads": 2}})";

WireRequest Read(std::string_view text) {
  WireRequestResult read = ReadPlacementRequest(text, WireFormat::kJson);
  EXPECT_FALSE(read.error.has_value()) << FormatWireError(*read.error);
  return read.error.has_value() ? WireRequest{} : *std::move(read.request);
}

std::string Write(const WireRequest& request, WireFormat format) {
  return WritePlacementRequest(request.spec, *request.cluster, request.request, request.options, format);
}

TEST(WireRequestTest, EveryFieldArrives) {
  const WireRequest request = Read(kFull);
  const ClusterSpec& spec = request.spec;
  EXPECT_EQ(spec.topology_name, "fabric");
  EXPECT_EQ(spec.levels, (std::vector<TopologyLevel>{{"zone", "topo/zone"}, {"rack", "topo/rack"}}));
  ASSERT_EQ(spec.nodes.size(), 3u);
  EXPECT_EQ(spec.nodes[0].allocatable, (ResourceAmounts{{"cpu", 64000}, {"gpu", 8}, {"pods", 110}}));
  EXPECT_EQ(spec.nodes[0].used, (ResourceAmounts{{"cpu", 100}, {"pods", 1}}));
  EXPECT_EQ(spec.nodes[0].taints, (std::vector<Taint>{{"gpu", "yes", TaintEffect::kNoSchedule}}));
  EXPECT_EQ(spec.nodes[0].labels, (LabelPairs{{"disk", "ssd"}, {"topo/rack", "r0"}, {"topo/zone", "z"}}));
  EXPECT_FALSE(spec.nodes[2].usable);
  EXPECT_EQ(spec.pods, (std::vector<RunningPodSpec>{{"n1", 0}}));
  EXPECT_EQ(request.cluster->free(*request.cluster->FindNode("n1"))[*request.cluster->FindResource("gpu")], 7);
  const PodClass& pods = request.request.classes.at(0);
  EXPECT_EQ(pods.requests, (ResourceAmounts{{"cpu", 1000}, {"gpu", 2}}));
  EXPECT_EQ(pods.node_affinity.size(), 2u);
  EXPECT_EQ(pods.node_affinity[0].match_labels[0].op, LabelRequirement::Operator::kNotIn);
  EXPECT_FALSE(pods.tolerations[0].any_effect);
  EXPECT_TRUE(pods.tolerations[1].any_effect && pods.tolerations[1].exists);
  EXPECT_EQ(pods.host_ports, (std::vector<HostPort>{{9000, "UDP", "10.0.0.1"}}));
  EXPECT_EQ(pods.affinity[0].namespaces, (std::vector<std::string>{"x"}));
  EXPECT_EQ(pods.anti_affinity[0].topology_key, "topo/rack");
  const Gang& gang = request.request.gangs.at(0);
  EXPECT_EQ(gang.priority, 0);
  EXPECT_EQ(gang.order, -5);
  EXPECT_EQ(gang.scopes[0].parent, GangScope::kNoParent);
  EXPECT_EQ(gang.scopes[1].parent, 0u);
  EXPECT_EQ(gang.groups[0].active.at(0).node, *request.cluster->FindNode("n1"));
  EXPECT_EQ(gang.groups[1].scope, GangGroup::kNoScope);
  EXPECT_EQ(request.request.gangs.at(1).priority, 50);  // PL-20: absent is not zero
  EXPECT_EQ(request.request.gangs.at(1).base, "a");
  EXPECT_EQ(request.options.steps_per_gang, 1000u);
  EXPECT_TRUE(request.options.batch);
  EXPECT_EQ(request.options.threads, 2u);
}

TEST(WireRequestTest, RoundTripInBothFormats) {
  const WireRequest request = Read(kFull);
  for (const WireFormat format : {WireFormat::kBinary, WireFormat::kJson}) {
    const std::string bytes = Write(request, format);
    EXPECT_EQ(bytes, Write(request, format));
    const WireRequestResult again = ReadPlacementRequest(bytes, format);
    ASSERT_FALSE(again.error.has_value()) << FormatWireError(*again.error);
    EXPECT_EQ(again.request->request.classes, request.request.classes);
    EXPECT_EQ(again.request->request.gangs, request.request.gangs);
    EXPECT_EQ(again.request->spec.pods, request.spec.pods);
    EXPECT_EQ(again.request->spec.pod_classes, request.spec.pod_classes);
    EXPECT_EQ(Write(*again.request, format), bytes);
  }
  const std::string cluster = WriteClusterSpec(request.spec, WireFormat::kJson);
  const WireClusterResult again = ReadClusterSpec(cluster, WireFormat::kJson);
  ASSERT_FALSE(again.error.has_value()) << FormatWireError(*again.error);
  EXPECT_EQ(WriteClusterSpec(*again.spec, WireFormat::kJson), cluster);
}

// The message with everything in order but what `edit` does to it.
std::string Changed(void (*edit)(placement::v1::PlacementRequest&)) {
  const WireRequest request = Read(kFull);
  placement::v1::PlacementRequest message;
  EXPECT_TRUE(message.ParseFromString(Write(request, WireFormat::kBinary)));
  edit(message);
  return message.SerializeAsString();
}

using Message = placement::v1::PlacementRequest;

struct HostileCase {
  std::string name;
  void (*edit)(Message&);
  std::string field;
  std::string part;  // of the message
  bool limit = false;
};

class HostileWireTest : public testing::TestWithParam<HostileCase> {};

TEST_P(HostileWireTest, IsRefusedWithItsPath) {
  const WireRequestResult read = ReadPlacementRequest(Changed(GetParam().edit), WireFormat::kBinary);
  ASSERT_TRUE(read.error.has_value());
  EXPECT_FALSE(read.request.has_value());
  EXPECT_EQ(read.error->field, GetParam().field);
  EXPECT_NE(read.error->message.find(GetParam().part), std::string::npos) << read.error->message;
  EXPECT_EQ(read.error->limit_exceeded, GetParam().limit);
}

INSTANTIATE_TEST_SUITE_P(
    Clusters, HostileWireTest,
    testing::Values(
        HostileCase{"NegativeAmount",
                    [](Message& m) { (*m.mutable_cluster()->mutable_nodes(1)->mutable_allocatable())["cpu"] = -1; },
                    "cluster.nodes[1].allocatable[\"cpu\"]", "must not be negative"},
        HostileCase{"HugeAmount",
                    [](Message& m) { (*m.mutable_cluster()->mutable_nodes(1)->mutable_used())["cpu"] = INT64_MAX; },
                    "cluster.nodes[1].used[\"cpu\"]", "must be at most"},
        HostileCase{"QuotedName",
                    [](Message& m) { (*m.mutable_cluster()->mutable_nodes(1)->mutable_used())["a\n\"b"] = -1; },
                    "cluster.nodes[1].used[\"a\\x0a\\\"b\"]", "negative"},
        HostileCase{"SumOverflows",
                    [](Message& m) {
                      constexpr std::int64_t kMost = std::int64_t{1} << 62;
                      (*m.mutable_cluster()->mutable_pod_classes(0)->mutable_requests())["gpu"] = kMost;
                      for (int i = 0; i < 4; ++i) *m.mutable_cluster()->add_pods() = m.cluster().pods(0);
                    },
                    "cluster", ""},
        HostileCase{"NodeWithoutName", [](Message& m) { m.mutable_cluster()->mutable_nodes(2)->clear_name(); },
                    "cluster.nodes[2].name", "must not be empty"},
        HostileCase{"TwoNodesOfOneName", [](Message& m) { m.mutable_cluster()->mutable_nodes(2)->set_name("n0"); },
                    "cluster.nodes[2].name", "nodes[0]"},
        HostileCase{"LevelWithoutKey", [](Message& m) { m.mutable_cluster()->mutable_levels(0)->clear_key(); },
                    "cluster.levels[0].key", "must not be empty"},
        HostileCase{"TwoLevelsOfOneKey",
                    [](Message& m) { m.mutable_cluster()->mutable_levels(1)->set_key("topo/zone"); },
                    "cluster.levels[1].key", "twice"},
        HostileCase{"TwoLevelsOfOneDomain",
                    [](Message& m) { m.mutable_cluster()->mutable_levels(1)->set_domain("zone"); },
                    "cluster.levels[1].domain", "twice"},
        HostileCase{"TooManyLevels",
                    [](Message& m) {
                      for (int i = 0; i < 20; ++i) m.mutable_cluster()->add_levels()->set_key(std::to_string(i));
                    },
                    "cluster.levels", "more than 16", true},
        HostileCase{"TaintWithoutEffect",
                    [](Message& m) { m.mutable_cluster()->mutable_nodes(0)->mutable_taints(0)->clear_effect(); },
                    "cluster.nodes[0].taints[0].effect", "unknown effect"},
        HostileCase{"PodOnNoNode", [](Message& m) { m.mutable_cluster()->mutable_pods(0)->set_node("gone"); },
                    "cluster.pods[0].node", "\"gone\""},
        HostileCase{"PodOfNoClass", [](Message& m) { m.mutable_cluster()->mutable_pods(0)->set_pod_class(7); },
                    "cluster.pods[0].podClass", "is 7"}),
    [](const auto& info) { return info.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Gangs, HostileWireTest,
    testing::Values(
        HostileCase{"ClassOutOfRange",
                    [](Message& m) { m.mutable_gangs(0)->mutable_groups(1)->mutable_candidates(0)->set_pod_class(3); },
                    "gangs[0].groups[1].candidates[0].podClass", "is 3"},
        HostileCase{
            "TooManyPods",
            [](Message& m) { m.mutable_gangs(0)->mutable_groups(1)->mutable_candidates(0)->set_count(4'000'000'000u); },
            "gangs[0].groups[1].candidates[0].count", "more than 1000000", true},
        HostileCase{"ScopeIsItsOwnParent", [](Message& m) { m.mutable_gangs(0)->mutable_scopes(1)->set_parent(1); },
                    "gangs[0].scopes[1].parent", "earlier scope"},
        HostileCase{"ScopesInACircle", [](Message& m) { m.mutable_gangs(0)->mutable_scopes(0)->set_parent(1); },
                    "gangs[0].scopes[0].parent", "earlier scope"},
        HostileCase{"ScopeMissing", [](Message& m) { m.mutable_gangs(0)->mutable_groups(0)->set_scope(2); },
                    "gangs[0].groups[0].scope", "2 scopes"},
        HostileCase{"ActiveOnNoNode", [](Message& m) { m.mutable_gangs(0)->mutable_groups(0)->set_active(0, "gone"); },
                    "gangs[0].groups[0].active[0]", "\"gone\""},
        HostileCase{"TwoGroupsOfOneName", [](Message& m) { m.mutable_gangs(0)->mutable_groups(1)->set_name("g"); },
                    "gangs[0].groups[1].name", "groups[0]"},
        HostileCase{"TwoGangsOfOneName", [](Message& m) { m.mutable_gangs(1)->set_name("a"); }, "gangs[1].name",
                    "gangs[0]"},
        HostileCase{"GangWithoutName", [](Message& m) { m.mutable_gangs(1)->clear_name(); }, "gangs[1].name",
                    "must not be empty"},
        HostileCase{"PortOutOfRange",
                    [](Message& m) { m.mutable_pod_classes(0)->mutable_host_ports(0)->set_port(70000); },
                    "podClasses[0].hostPorts[0].port", "is 70000"},
        HostileCase{"UnknownOperator",
                    [](Message& m) {
                      m.mutable_pod_classes(0)->mutable_affinity(0)->mutable_selector(0)->set_operator_(
                          static_cast<placement::v1::LabelRequirement::Operator>(99));
                    },
                    "podClasses[0].affinity[0].selector[0].operator", "99"},
        HostileCase{"GreaterThanText",
                    [](Message& m) {
                      auto& requirement = *m.mutable_pod_classes(0)->mutable_node_affinity(0)->mutable_match_labels(0);
                      requirement.set_operator_(placement::v1::LabelRequirement::GT);
                    },
                    "podClasses[0].nodeAffinity[0].matchLabels[0].values", "one decimal integer"},
        HostileCase{"TermWithoutTopologyKey",
                    [](Message& m) { m.mutable_pod_classes(0)->mutable_anti_affinity(0)->clear_topology_key(); },
                    "podClasses[0].antiAffinity[0].topologyKey", "must not be empty"},
        HostileCase{"TooManySteps", [](Message& m) { m.mutable_options()->set_steps_per_gang(UINT64_MAX); },
                    "options.stepsPerGang", "max_steps_per_gang", true},
        HostileCase{"TooManyThreads", [](Message& m) { m.mutable_options()->set_threads(1'000'000); },
                    "options.threads", "max_threads", true}),
    [](const auto& info) { return info.param.name; });

struct TextCase {
  std::string name;
  std::string text;
  std::string part;
};

class MalformedWireTest : public testing::TestWithParam<TextCase> {};

TEST_P(MalformedWireTest, IsRefused) {
  const WireRequestResult read = ReadPlacementRequest(GetParam().text, WireFormat::kJson);
  ASSERT_TRUE(read.error.has_value());
  EXPECT_NE(read.error->message.find(GetParam().part), std::string::npos) << read.error->message;
  EXPECT_EQ(read.error->message.find('\n'), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(
    Texts, MalformedWireTest,
    testing::Values(TextCase{"NoJson", "{", ""}, TextCase{"Array", "[]", ""},
                    TextCase{"UnknownField", R"({"gang": []})", "gang"},
                    TextCase{"Overflow", R"({"gangs": [{"order": 99999999999999999999}]})", ""},
                    TextCase{"NotANumber", R"({"gangs": [{"order": "many"}]})", "many"},
                    TextCase{"RepeatedResource", R"({"podClasses": [{"requests": {"cpu": 1, "cpu": 2}}]})", "cpu"},
                    TextCase{"Deep", std::string(100'000, '['), ""},
                    TextCase{"NegativeCount", R"({"gangs": [{"groups": [{"minReplicas": -1}]}]})", ""}),
    [](const auto& info) { return info.param.name; });

TEST(WireRequestTest, BytesThatAreNoMessage) {
  for (const std::string& bytes : {std::string("\xff\xff\xff"), std::string("\x0a\xff\xff\xff\xff\x0f"),
                                   std::string("\x1a\x03\x12\x01\xff", 5)}) {  // the last: a name that is not UTF-8
    const WireRequestResult read = ReadPlacementRequest(bytes, WireFormat::kBinary);
    ASSERT_TRUE(read.error.has_value());
    EXPECT_EQ(read.error->message, "is no binary grove.placement.v1.PlacementRequest");
  }
}

TEST(WireRequestTest, Limits) {
  const WireRequest request = Read(kFull);
  const std::string bytes = Write(request, WireFormat::kBinary);
  struct Case {
    WireLimits limits;
    std::string field;
  };
  for (const auto& [limits, field] :
       {Case{{.max_bytes = 10}, ""}, Case{{.max_nodes = 2}, "cluster.nodes"},
        Case{{.max_running_pods = 0}, "cluster.pods"}, Case{{.max_pod_classes = 0}, "cluster.podClasses"},
        Case{{.max_gangs = 1}, "gangs"}, Case{{.max_groups = 3}, "gangs[0]"},
        Case{{.max_pods = 3}, "gangs[0].groups[1].candidates[0].count"}}) {
    const WireRequestResult read = ReadPlacementRequest(bytes, WireFormat::kBinary, limits);
    ASSERT_TRUE(read.error.has_value()) << field;
    EXPECT_EQ(read.error->field, field);
    EXPECT_TRUE(read.error->limit_exceeded);
  }
}

TEST(WireRequestTest, MillionPodsAreAnsweredInBoundedTime) {
  placement::v1::PlacementRequest message;
  for (int i = 0; i < 100; ++i) {
    auto& node = *message.mutable_cluster()->add_nodes();
    node.set_name("n" + std::to_string(i));
    (*node.mutable_allocatable())["gpu"] = 1'000'000'000;
  }
  (*message.add_pod_classes()->mutable_requests())["gpu"] = 1;
  auto& group = *message.add_gangs()->add_groups();
  message.mutable_gangs(0)->set_name("huge");
  group.set_name("g");
  group.set_min_replicas(1'000'000);
  group.add_candidates()->set_count(1'000'000);
  const auto start = std::chrono::steady_clock::now();
  const WireAnswer answer = PlaceMessage(message.SerializeAsString(), WireFormat::kBinary);
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(30));
  ASSERT_FALSE(answer.error.has_value()) << FormatWireError(*answer.error);
  placement::v1::PlacementResult result;
  ASSERT_TRUE(result.ParseFromString(answer.bytes));
  EXPECT_EQ(result.gangs(0).outcome(), placement::v1::PLACED);
  EXPECT_EQ(result.gangs(0).pods_size(), 1'000'000);
}

}  // namespace
}  // namespace grove
