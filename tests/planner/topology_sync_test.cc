#include "grove/topology_sync.hpp"

#include "gtest/gtest.h"

#include "planner/sample_set.h"

namespace grove::planner {
namespace {

ClusterTopologyBinding Binding() {
  ClusterTopologyBinding binding = Fab();
  binding.metadata.uid = "u1";
  binding.metadata.generation = 3;
  return binding;
}

KaiTopology Existing(std::string name, std::vector<std::string> labels, std::string owner_uid = {}) {
  KaiTopology topology;
  topology.metadata.name = std::move(name);
  topology.metadata.generation = 5;
  for (std::string& label : labels) topology.spec.levels.push_back({std::move(label)});
  if (!owner_uid.empty()) {
    topology.metadata.owner_references.push_back(
        {"grove.io/v1alpha1", "ClusterTopologyBinding", "fab", std::move(owner_uid), true, true});
  }
  return topology;
}

const std::vector<std::string> kFabLabels = {"topo/zone", "topo/block", "topo/rack", "kubernetes.io/hostname"};

TopologySync SyncOne(const ClusterTopologyBinding& binding, std::vector<KaiTopology> existing = {},
                     std::vector<std::string> profiles = {"kai-scheduler"}) {
  TopologySyncOptions options;
  options.configuration = Configuration(false, std::move(profiles));
  options.kai_topologies = std::move(existing);
  options.now = Time{77};
  return SyncTopologies({&binding, 1}, options);
}

std::string Drift(const ClusterTopologyBindingStatus& status) {
  if (status.conditions.empty()) return "none";
  return status.conditions[0].type + " " + status.conditions[0].status + " " + status.conditions[0].reason;
}

// CT-20, spec 06 §4.2.
struct ManagedCase {
  const char* name;
  std::vector<KaiTopology> existing;
  bool in_sync;
  TopologyAction action;
};

class ManagedTopologies : public ::testing::TestWithParam<ManagedCase> {};

TEST_P(ManagedTopologies, AreMadeToExist) {
  const ManagedCase& c = GetParam();
  const TopologySync sync = SyncOne(Binding(), c.existing);
  ASSERT_EQ(sync.statuses.size(), 1u);
  const ClusterTopologyBindingStatus& status = sync.statuses[0];
  ASSERT_EQ(status.scheduler_topology_statuses.size(), 1u);
  const SchedulerTopologyStatus& entry = status.scheduler_topology_statuses[0];
  EXPECT_EQ(entry.scheduler_name, "kai-scheduler");
  EXPECT_EQ(entry.topology_reference, "fab");
  EXPECT_EQ(entry.in_sync, c.in_sync);
  EXPECT_EQ(entry.message.empty(), c.in_sync);
  EXPECT_EQ(status.observed_generation, c.in_sync ? 3 : 0);  // CT-23
  EXPECT_EQ(Drift(status), c.in_sync ? "SchedulerTopologyDrift False InSync" : "SchedulerTopologyDrift True Drift");
  EXPECT_EQ(status.conditions[0].observed_generation, 3);
  EXPECT_EQ(status.conditions[0].last_transition_time, Time{77});
  ASSERT_EQ(sync.kai_topologies.size(), c.in_sync ? 1u : 0u);
  if (!c.in_sync) return;
  EXPECT_EQ(sync.kai_topologies[0].action, c.action);
  const KaiTopology& topology = sync.kai_topologies[0].topology;
  EXPECT_EQ(topology.metadata.name, "fab");
  EXPECT_EQ(topology.spec, Existing("fab", kFabLabels).spec);
  EXPECT_EQ(topology.metadata.owner_references[0],
            (OwnerReference{"grove.io/v1alpha1", "ClusterTopologyBinding", "fab", "u1", true, true}));
}

INSTANTIATE_TEST_SUITE_P(
    Spec, ManagedTopologies,
    ::testing::Values(ManagedCase{"absent", {}, true, TopologyAction::kCreate},
                      ManagedCase{"equal", {Existing("fab", kFabLabels, "u1")}, true, TopologyAction::kKeep},
                      ManagedCase{"levels differ", {Existing("fab", {"a"}, "u1")}, true, TopologyAction::kRecreate},
                      ManagedCase{"of a former binding", {Existing("fab", kFabLabels, "u0")}, false, {}},
                      ManagedCase{"of nobody", {Existing("fab", kFabLabels)}, false, {}},
                      ManagedCase{"another name", {Existing("other", kFabLabels)}, true, TopologyAction::kCreate}),
    [](const auto& test) {
      std::string name = test.param.name;
      std::replace(name.begin(), name.end(), ' ', '_');
      return name;
    });

// Spec 06 §4.4.
TEST(ManagedTopology, ThatKaiRefusesAreOutOfSync) {
  std::vector<TopologyLevel> many;
  for (int i = 0; i < 17; ++i) many.push_back({"d" + std::to_string(i), "k" + std::to_string(i)});
  const std::vector<TopologyLevel> repeated = {{"a", "k"}, {"b", "k"}};
  const std::vector<TopologyLevel> early_host = {{"host", "kubernetes.io/hostname"}, {"numa", "n"}};
  for (const auto& levels : {many, repeated, early_host}) {
    const TopologySync sync = SyncOne(Topology("fab", levels));
    EXPECT_TRUE(sync.kai_topologies.empty());
    EXPECT_EQ(Drift(sync.statuses[0]), "SchedulerTopologyDrift True Drift");
  }
  many.pop_back();
  EXPECT_EQ(SyncOne(Topology("fab", many)).kai_topologies.size(), 1u);
}

TEST(ManagedTopology, AreRecognisedByNameWhereUidsAreUnknown) {
  ClusterTopologyBinding binding = Binding();
  binding.metadata.uid.clear();
  const TopologySync sync = SyncOne(binding, {Existing("fab", kFabLabels, "u0")});
  ASSERT_EQ(sync.kai_topologies.size(), 1u);
  EXPECT_EQ(sync.kai_topologies[0].action, TopologyAction::kKeep);
}

// CT-21, spec 06 §4.3.
TEST(ExternalTopologies, AreComparedOnly) {
  struct Row {
    std::vector<KaiTopology> existing;
    bool in_sync;
    std::int64_t generation;
  };
  ClusterTopologyBinding binding = Binding();
  binding.spec.scheduler_topology_bindings.push_back({"kai-scheduler", "theirs"});
  for (const Row& row : {Row{{}, false, 0}, Row{{Existing("theirs", kFabLabels)}, true, 5},
                         Row{{Existing("theirs", {"topo/zone"})}, false, 5}}) {
    const TopologySync sync = SyncOne(binding, row.existing);
    EXPECT_TRUE(sync.kai_topologies.empty());
    const SchedulerTopologyStatus& entry = sync.statuses[0].scheduler_topology_statuses.at(0);
    EXPECT_EQ(entry.topology_reference, "theirs");
    EXPECT_EQ(entry.in_sync, row.in_sync);
    EXPECT_EQ(entry.scheduler_backend_topology_observed_generation, row.generation);
    EXPECT_EQ(sync.statuses[0].observed_generation, 3);
    EXPECT_EQ(Drift(sync.statuses[0]),
              row.in_sync ? "SchedulerTopologyDrift False InSync" : "SchedulerTopologyDrift True Drift");
  }
}

// CT-22, CT-24.
TEST(UnknownSchedulers, MakeTheConditionUnknown) {
  ClusterTopologyBinding binding = Binding();
  binding.spec.scheduler_topology_bindings.push_back({"volcano", "v"});
  const TopologySync sync = SyncOne(binding, {}, {"kai-scheduler", "volcano"});
  const auto& entries = sync.statuses[0].scheduler_topology_statuses;
  ASSERT_EQ(entries.size(), 2u);
  EXPECT_EQ(entries[1].scheduler_name, "volcano");
  EXPECT_FALSE(entries[1].in_sync);
  EXPECT_EQ(Drift(sync.statuses[0]), "SchedulerTopologyDrift Unknown TopologyNotFound");
  EXPECT_EQ(sync.kai_topologies.size(), 1u);
}

TEST(NoBackendWithTopologies, RemovesTheCondition) {
  ClusterTopologyBinding binding = Binding();
  binding.status.conditions.push_back({"SchedulerTopologyDrift", "False", 1, Time{1}, "InSync", "m"});
  const TopologySync sync = SyncOne(binding, {}, {"volcano"});
  EXPECT_TRUE(sync.kai_topologies.empty());
  EXPECT_TRUE(sync.statuses[0].scheduler_topology_statuses.empty());
  EXPECT_EQ(Drift(sync.statuses[0]), "none");
  EXPECT_EQ(sync.statuses[0].observed_generation, 3);
}

TEST(Condition, KeepsItsTimeWhileItsStatusStays) {
  ClusterTopologyBinding binding = Binding();
  binding.status = SyncOne(binding).statuses[0];
  binding.status.conditions[0].last_transition_time = Time{1};
  EXPECT_EQ(SyncOne(binding).statuses[0].conditions[0].last_transition_time, Time{1});
}

}  // namespace
}  // namespace grove::planner
