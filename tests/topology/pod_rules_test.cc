// Host ports and (anti-)affinity between pods on an index that pods come to and leave: the same as from scratch, and at
// the cost of what a plan's own classes need.
#include <string>
#include <utility>
#include <vector>

#include "gtest/gtest.h"

#include "grove/placement_index.hpp"

#include "topology/placement_case.h"
#include "topology/random_placement.h"

namespace grove::test {
namespace {

LabelRequirement AppIs(const std::string& app) {
  return {.key = "app", .op = LabelRequirement::Operator::kIn, .values = {app}};
}

// Selectors of all operators, with and without a label that they ask for.
PodAffinityTerm RandomTerm(Numbers& numbers) {
  using Operator = LabelRequirement::Operator;
  static const std::vector<LabelRequirement> kRequirements[] = {
      {AppIs("a")},
      {AppIs("b")},
      {{.key = "app", .op = Operator::kIn, .values = {"a", "b"}}},
      {{.key = "app", .op = Operator::kNotIn, .values = {"a"}}},
      {{.key = "tier", .op = Operator::kExists, .values = {}}},
      {{.key = "tier", .op = Operator::kDoesNotExist, .values = {}}, AppIs("b")},
  };
  PodAffinityTerm term;
  const std::string keys[] = {"host", "color", "l0"};
  term.topology_key = keys[numbers.Below(3)];
  term.selector = kRequirements[numbers.Below(6)];
  if (numbers.OneIn(3)) term.namespaces = {"one"};
  return term;
}

void AddRules(Numbers& numbers, PodClass& pods) {
  pods.pod_namespace = numbers.OneIn(3) ? "two" : "one";
  pods.labels = {{"app", numbers.OneIn(2) ? "a" : "b"}};
  if (numbers.OneIn(2)) pods.labels.emplace_back("tier", "x");
  pods.host_ports.clear();
  pods.affinity.clear();
  pods.anti_affinity.clear();
  if (numbers.OneIn(4)) {
    pods.host_ports.push_back(
        {.port = numbers.OneIn(2) ? 80 : 81, .protocol = "TCP", .address = numbers.OneIn(2) ? "" : "10.0.0.1"});
  }
  if (numbers.OneIn(4)) pods.anti_affinity.push_back(RandomTerm(numbers));
  if (numbers.OneIn(8)) pods.affinity.push_back(RandomTerm(numbers));
}

// A history on one cluster: pods of two requests and of the snapshot come and go, and now and then a class that has not
// been there before.
class History {
 public:
  explicit History(std::uint64_t seed)
      : seed_(seed), numbers_(seed * 7), small_(RandomCase(seed)), cluster_(Build()), index_(Occupancy(cluster_)) {}

  void Run() {
    for (std::uint32_t round = 0; round < 8 && !testing::Test::HasFatalFailure(); ++round) {
      // Rules come up only after a while in some histories.
      if (round == 3) {
        for (PodClass& pods : small_.request.classes) AddRules(numbers_, pods);
      }
      Compare(round);
      for (std::uint32_t change = numbers_.Below(5); change > 0; --change) Change();
      if (numbers_.OneIn(5)) index_ = PlacementIndex(index_);
      if (numbers_.OneIn(5)) index_.Settle();
    }
  }

 private:
  Cluster Build() {
    if (!numbers_.OneIn(3)) {
      for (PodClass& pods : small_.request.classes) AddRules(numbers_, pods);
    }
    for (NodeSpec& node : small_.nodes) node.labels.emplace_back("host", node.name);
    ClusterBuilder builder(small_.levels);
    for (const NodeSpec& node : small_.nodes) builder.AddNode(node);
    for (std::uint32_t i = numbers_.Below(4); i > 0; --i) {
      const PodClass& pods = small_.request.classes[numbers_.Below(Classes())];
      builder.AddPod(small_.nodes[numbers_.Below(Nodes())].name, pods);
    }
    return *std::move(builder).Build();
  }

  [[nodiscard]] std::uint32_t Nodes() const { return static_cast<std::uint32_t>(small_.nodes.size()); }
  [[nodiscard]] std::uint32_t Classes() const { return static_cast<std::uint32_t>(small_.request.classes.size()); }

  void Compare(std::uint32_t round) {
    PlacementOptions options;
    options.batch = numbers_.OneIn(4);
    options.threads = 1 + numbers_.Below(3);
    options.preempt = numbers_.OneIn(3);
    PlacementRequest request = small_.request;
    // What runs on the first node may have to go.
    for (const auto& [node, pods] : placed_) {
      if (!options.preempt) break;
      for (std::uint32_t c = 0; c < Classes(); ++c) {
        if (!(small_.request.classes[c] == pods)) continue;
        Gang gang;
        gang.name = "low" + std::to_string(request.gangs.size());
        gang.priority = -1;
        gang.groups.emplace_back();
        gang.groups.back().name = "p";
        gang.groups.back().active = {{.node = node, .pod_class = c}};
        request.gangs.push_back(gang);
        break;
      }
    }
    if (numbers_.OneIn(3)) index_.Prepare(request.classes);
    const auto planned = index_.Plan(request, options);
    const auto anew = Place(index_.occupancy(), request, options);
    ASSERT_TRUE(planned.ok() && anew.ok());
    ASSERT_EQ(planned->gangs, anew->gangs) << "seed " << seed_ << " round " << round;
    ASSERT_EQ(planned->evictions, anew->evictions) << "seed " << seed_ << " round " << round;
    ASSERT_EQ(planned->counters.steps, anew->counters.steps) << "seed " << seed_ << " round " << round;
    if (numbers_.OneIn(2)) {
      const std::size_t mark = index_.mark();
      index_.Apply(request, *planned);
      ASSERT_EQ(index_.Plan(request)->gangs, Place(index_.occupancy(), request)->gangs) << "seed " << seed_;
      index_.Undo(mark);
    }
  }

  void Change() {
    const NodeIndex node = numbers_.Below(Nodes());
    PodClass pods = small_.request.classes[numbers_.Below(Classes())];
    switch (numbers_.Below(5)) {
      case 0:
        AddRules(numbers_, pods);
        [[fallthrough]];
      case 1:
        index_.Place(node, pods);
        placed_.emplace_back(node, pods);
        break;
      case 2:
        if (placed_.empty()) break;
        EXPECT_TRUE(index_.Release(placed_.back().first, placed_.back().second));
        placed_.pop_back();
        break;
      case 3:
        for (const RunningPod& running : cluster_.running_pods()) {
          if (numbers_.OneIn(2)) index_.Release(running.node, cluster_.running_classes()[running.pod_class]);
        }
        // Whatever was placed there may be what has left.
        placed_.clear();
        break;
      default: {
        const std::size_t mark = index_.mark();
        index_.Place(node, pods);
        if (!placed_.empty()) index_.Release(placed_.back().first, placed_.back().second);
        index_.Undo(mark);
        break;
      }
    }
  }

  std::uint64_t seed_;
  Numbers numbers_;
  SmallCase small_;
  Cluster cluster_;
  PlacementIndex index_;
  std::vector<std::pair<NodeIndex, PodClass>> placed_;
};

TEST(PodRulesTest, PlansAsFromScratch) {
  for (std::uint64_t seed = 1; seed <= 600 && !testing::Test::HasFatalFailure(); ++seed) History(seed).Run();
}

// Racks of 8 hosts; on every other one runs a pod that keeps its like away, has a port, and a label of its own.
Cluster RuledCluster(std::size_t nodes) {
  ClusterBuilder builder(
      std::vector<TopologyLevel>{{.domain = "rack", .key = "rack"}, {.domain = "host", .key = "host"}});
  for (std::size_t n = 0; n < nodes; ++n) {
    NodeSpec node;
    node.name = "n" + std::to_string(100'000 + n);
    node.labels = {{"rack", "r" + std::to_string(10'000 + n / 8)}, {"host", node.name}};
    node.allocatable = {{"cpu", 64}, {"gpu", 8}, {"pods", 110}};
    builder.AddNode(node);
    if (n % 2 == 1) continue;
    PodClass pods;
    pods.requests = {{"cpu", 1}};
    pods.pod_namespace = "one";
    pods.labels = {{"app", "agent"}, {"pod", node.name}};
    pods.host_ports = {{.port = 9'100, .protocol = "TCP", .address = ""}};
    pods.anti_affinity = {{.topology_key = "host", .selector = {AppIs("agent")}, .namespaces = {}}};
    builder.AddPod(node.name, pods);
  }
  return *std::move(builder).Build();
}

PlacementRequest RuledRequest() {
  PlacementRequest request;
  request.classes.resize(2);
  for (PodClass& pods : request.classes) {
    pods.requests = {{"cpu", 2}, {"gpu", 4}};
    pods.pod_namespace = "one";
  }
  request.classes[0].labels = {{"app", "leader"}};
  request.classes[0].host_ports = {{.port = 9'100, .protocol = "TCP", .address = ""}};
  request.classes[1].labels = {{"app", "worker"}};
  request.classes[1].anti_affinity = {{.topology_key = "host", .selector = {AppIs("worker")}, .namespaces = {}}};
  Gang gang;
  gang.name = "g";
  gang.pack.required = "rack";
  for (std::uint32_t c = 0; c < 2; ++c) {
    GangGroup group;
    group.name = "p" + std::to_string(c);
    group.min_replicas = c + 1;
    group.candidates = {{.pod_class = c, .count = c + 1}};
    gang.groups.push_back(group);
  }
  request.gangs.push_back(gang);
  return request;
}

PlacementCounters Difference(const PlacementCounters& after, const PlacementCounters& before) {
  return {.steps = after.steps - before.steps,
          .nodes_read = after.nodes_read - before.nodes_read,
          .domains_read = after.domains_read - before.domains_read,
          .index_builds = after.index_builds - before.index_builds,
          .updates = after.updates - before.updates};
}

// However many pods with rules run, and on however many nodes.
TEST(PodRulesTest, FurtherGangsCostTheirPodsWhateverTheSize) {
  const auto cost = [](std::size_t nodes) {
    const PlacementRequest request = RuledRequest();
    PlacementIndex index{Occupancy(RuledCluster(nodes))};
    index.Apply(request, *index.Plan(request));
    index.Apply(request, *index.Plan(request));
    const PlacementCounters before = index.counters();
    const auto result = index.Plan(request);
    EXPECT_EQ(result->placed, 1u);
    index.Apply(request, *result);
    return Difference(index.counters(), before);
  };
  const PlacementCounters small = cost(128);
  EXPECT_EQ(small.index_builds, 0u);
  EXPECT_LE(small.nodes_read, 200u);
  EXPECT_LE(small.domains_read, 200u);
  for (const std::size_t nodes : {1024, 20'480}) {
    const PlacementCounters large = cost(nodes);
    // Many racks are taken from an order instead of a sorted list.
    EXPECT_LE(large.nodes_read, small.nodes_read + 10) << nodes;
    EXPECT_LE(large.domains_read, small.domains_read) << nodes;
    EXPECT_LE(large.updates, small.updates + 10) << nodes;
    EXPECT_EQ(large.index_builds, 0u) << nodes;
  }
}

// A pod of any kind that comes or goes costs the terms about it.
TEST(PodRulesTest, PodsCostTheSameWhateverRuns) {
  const auto cost = [](std::size_t nodes) {
    const PlacementRequest request = RuledRequest();
    PlacementIndex index{Occupancy(RuledCluster(nodes))};
    EXPECT_EQ(index.Plan(request)->placed, 1u);
    const PlacementCounters before = index.counters();
    const std::size_t mark = index.mark();
    EXPECT_TRUE(index.Place(5, request.classes[1]));
    EXPECT_TRUE(index.Place(7, request.classes[0]));
    EXPECT_TRUE(index.Release(5, request.classes[1]));
    index.Undo(mark);
    return Difference(index.counters(), before);
  };
  const PlacementCounters small = cost(128);
  EXPECT_EQ(small.nodes_read, 6u);
  EXPECT_EQ(cost(20'480), small);
}

// Pods with labels of their own come and go for ever: what is known of those that are gone is let go.
TEST(PodRulesTest, KindsThatAreGoneAreForgotten) {
  const PlacementRequest request = RuledRequest();
  PlacementIndex index{Occupancy(RuledCluster(64))};
  EXPECT_EQ(index.Plan(request)->placed, 1u);
  std::size_t most = 0;
  for (std::uint32_t i = 0; i < 30'000; ++i) {
    PodClass pods = request.classes[1];
    pods.labels.emplace_back("pod", std::to_string(i));
    EXPECT_TRUE(index.Place(i % 64, pods));
    EXPECT_TRUE(index.Release(i % 64, pods));
    index.Settle();
    if (i == 10'000) most = index.memory_bytes();
  }
  EXPECT_LE(index.memory_bytes(), most + most / 4);
  EXPECT_EQ(index.Plan(request)->gangs, Place(index.occupancy(), request)->gangs);
}

}  // namespace
}  // namespace grove::test
