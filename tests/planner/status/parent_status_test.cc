// Statuses of PodCliqueScalingGroups and PodCliqueSets, and the records of updates.
#include "gtest/gtest.h"

#include "planner/sample_set.h"
#include "planner/status/conditions.h"
#include "planner/status/pod_clique_set_status.h"
#include "planner/status/scaling_group_status.h"
#include "planner/status/update_record.h"

namespace grove::planner {
namespace {

// What a member of a scaling group tells.
struct Member {
  std::int32_t replica;
  std::string clique;
  bool scheduled = true;
  bool breached = false;
  std::int32_t ready = 1;
  std::string hash = "H";
  std::string generation = "G";
  bool terminating = false;
};

PodClique Make(const Member& member) {
  const std::string index = std::to_string(member.replica);
  PodClique clique;
  clique.metadata.name = "p-0-g-" + index + "-" + member.clique;
  clique.metadata.labels = {{std::string(keys::kScalingGroup), "p-0-g"},
                            {std::string(keys::kScalingGroupReplicaIndex), index},
                            {std::string(keys::kReplicaIndex), "0"},
                            {std::string(keys::kPodTemplateHash), member.hash}};
  clique.metadata.owner_references.push_back({"grove.io/v1alpha1", "PodCliqueScalingGroup", "p-0-g", "", true, true});
  if (member.terminating) clique.metadata.deletion_timestamp = Time{1};
  clique.spec.replicas = 1;
  clique.spec.min_available = 1;
  PodCliqueStatus& status = clique.status;
  status.ready_replicas = member.ready;
  status.updated_replicas = 1;
  status.current_pod_template_hash = "H";
  status.current_pod_clique_set_generation_hash = member.generation;
  SetCondition(status.conditions, "PodCliqueScheduled", {member.scheduled ? kTrue : kFalse, "r", ""}, 0, Time{1});
  SetCondition(status.conditions, "MinAvailableBreached", {member.breached ? kTrue : kFalse, "r", ""}, 0, Time{1});
  return clique;
}

PodCliqueScalingGroup MakeGroup(std::int32_t replicas, std::int32_t min_available) {
  PodCliqueScalingGroup group;
  group.metadata.name = "p-0-g";
  group.metadata.labels.Set(keys::kReplicaIndex, "0");
  group.spec = {replicas, min_available, {"l", "w"}};
  return group;
}

PodCliqueScalingGroupStatus Compute(const PodCliqueScalingGroup& group, const std::vector<Member>& members) {
  const PodCliqueSet set = Set("p", 1, {Clique("l", 1, 1), Clique("w", 1, 1)}, {Group("g", 3, 2, {"l", "w"})});
  const ExpectedHashes hashes(set, "G", {"H", "H"});
  std::vector<PodClique> cliques;
  for (const Member& member : members) cliques.push_back(Make(member));
  std::vector<const PodClique*> pointers;
  for (const PodClique& clique : cliques) {
    EXPECT_TRUE(IsMemberOf(clique, group));
    pointers.push_back(&clique);
  }
  return ComputeScalingGroupStatus(group, set, hashes, pointers, Time{5});
}

std::string Breach(const PodCliqueScalingGroupStatus& status) {
  const Condition* condition = FindCondition(status.conditions, "MinAvailableBreached");
  return condition == nullptr ? "absent" : condition->status + ": " + condition->message;
}

// Spec 09 §3.9.
TEST(ScalingGroupStatus, ExampleOfTheSpec) {
  const auto status =
      Compute(MakeGroup(3, 2),
              {{0, "l"}, {0, "w"}, {1, "l"}, {.replica = 1, .clique = "w", .breached = true, .ready = 0}, {2, "l"}});
  EXPECT_EQ(status.replicas, 3);
  EXPECT_EQ(status.scheduled_replicas, 2);
  EXPECT_EQ(status.available_replicas, 1);
  EXPECT_EQ(status.updated_replicas, 1);
  EXPECT_EQ(Breach(status), "True: PCSG replicas not in breach (1) below MinAvailable (2)");
  EXPECT_EQ(status.selector,
            "app.kubernetes.io/managed-by=grove-operator,app.kubernetes.io/part-of=p,"
            "grove.io/podcliquescalinggroup=p-0-g");
  EXPECT_EQ(status.current_pod_clique_set_generation_hash, std::nullopt);
}

// Spec 09 §7, rows "PCSG breach" and "PCSG counts".
TEST(ScalingGroupStatus, BreachCountsCompleteReplicasThatAreNotInBreach) {
  const Member breached_0{.replica = 0, .clique = "w", .breached = true};
  const Member breached_1{.replica = 1, .clique = "w", .breached = true};
  struct Row {
    std::int32_t replicas, min_available;
    std::vector<Member> members;
    const char* want;
  };
  const std::vector<Row> rows = {
      {2,
       1,
       {{0, "l"}, breached_0, {1, "l"}, {1, "w"}},
       "False: PCSG replicas not in breach (1) meets MinAvailable (1)"},
      {2,
       1,
       {{0, "l"}, breached_0, {1, "l"}, breached_1},
       "True: PCSG replicas not in breach (0) below MinAvailable (1)"},
      {2, 1, {}, "True: PCSG replicas not in breach (0) below MinAvailable (1)"},
      {2, 1, {{0, "l"}, {1, "l"}, breached_1}, "True: PCSG replicas not in breach (0) below MinAvailable (1)"},
      {2, 1, {{0, "l"}, {1, "l"}, {1, "w"}}, "False: PCSG replicas not in breach (1) meets MinAvailable (1)"},
      // The second one is in excess.
      {1, 1, {{0, "l"}, {1, "l"}, {1, "w"}}, "True: PCSG replicas not in breach (0) below MinAvailable (1)"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(Breach(Compute(MakeGroup(row.replicas, row.min_available), row.members)), row.want);
  }
}

TEST(ScalingGroupStatus, UpdateInProgressHidesTheBreach) {
  PodCliqueScalingGroup group = MakeGroup(2, 1);
  group.status.update_progress.emplace().update_started_at = Time{1};
  const auto status = Compute(group, {{0, "l"}, {0, "w"}, {.replica = 1, .clique = "l", .ready = 0}});
  EXPECT_EQ(Breach(status), "Unknown: Update is in progress");
  EXPECT_EQ(status.update_progress->updated_pod_cliques_count, 2);
  EXPECT_EQ(status.update_progress->total_pod_cliques_count, 4);
}

TEST(ScalingGroupStatus, HealthEndsAGangTermination) {
  PodCliqueScalingGroup group = MakeGroup(1, 1);
  SetCondition(group.status.conditions, "GangTerminationInProgress", {kTrue, "GangTerminationActive", ""}, 0, Time{1});
  EXPECT_NE(FindCondition(Compute(group, {}).conditions, "GangTerminationInProgress"), nullptr);
  EXPECT_EQ(FindCondition(Compute(group, {{0, "l"}, {0, "w"}}).conditions, "GangTerminationInProgress"), nullptr);
}

// Spec 09 §7, row "PCSG hash".
TEST(ScalingGroupStatus, HashAdvancesOnlyWithAllMembers) {
  const PodCliqueScalingGroup group = MakeGroup(1, 1);
  const auto advanced = [&](const std::vector<Member>& members) {
    return Compute(group, members).current_pod_clique_set_generation_hash == "G";
  };
  EXPECT_TRUE(advanced({{0, "l"}, {.replica = 0, .clique = "w", .scheduled = false, .ready = 0}}));
  EXPECT_FALSE(advanced({{0, "l"}}));
  EXPECT_FALSE(advanced({{0, "l"}, {.replica = 0, .clique = "w", .hash = "H0"}}));
  EXPECT_FALSE(advanced({{0, "l"}, {.replica = 0, .clique = "w", .generation = "G0"}}));
  EXPECT_FALSE(advanced({{0, "l"}, {.replica = 0, .clique = "w", .terminating = true}}));
}

// A set with a standalone clique and a scaling group, and its children.
class PodCliqueSetStatusTest : public ::testing::Test {
 protected:
  PodCliqueSetStatusTest()
      : set_(Set("p", 1, {Clique("a", 2, 1), Clique("l", 1, 1), Clique("w", 1, 1)}, {Group("g", 2, 1, {"l", "w"})})),
        hashes_(set_, "G", {"H", "H", "H"}),
        clique_(Make({.replica = 0, .clique = "a"})),
        group_(MakeGroup(2, 1)) {
    clique_.metadata.name = "p-0-a";
    clique_.metadata.labels = {{std::string(keys::kPartOf), "p"},
                               {std::string(keys::kReplicaIndex), "0"},
                               {std::string(keys::kPodTemplateHash), "H"}};
    group_.status.available_replicas = 1;
    group_.status.current_pod_clique_set_generation_hash = "G";
  }

  PodCliqueSetStatus Compute() {
    return ComputePodCliqueSetStatus(set_, hashes_, {&clique_, 1}, {&group_, 1}, {}, Time{5});
  }

  PodCliqueSet set_;
  ExpectedHashes hashes_;
  PodClique clique_;
  PodCliqueScalingGroup group_;
};

TEST_F(PodCliqueSetStatusTest, AllIsWell) {
  set_.status.update_progress.emplace();
  const PodCliqueSetStatus status = Compute();
  EXPECT_EQ(status.replicas, 1);
  EXPECT_EQ(status.available_replicas, 1);
  EXPECT_EQ(status.updated_replicas, 1);
  EXPECT_EQ(status.hpa_pod_selector, "app.kubernetes.io/managed-by=grove-operator,app.kubernetes.io/part-of=p");
  EXPECT_EQ(status.update_progress->updated_pod_cliques_count, 1);
  EXPECT_EQ(status.update_progress->total_pod_cliques_count, 1);
  EXPECT_EQ(status.update_progress->updated_pod_clique_scaling_groups_count, 1);
  EXPECT_EQ(status.update_progress->total_pod_clique_scaling_groups_count, 1);
  EXPECT_TRUE(status.conditions.empty());
}

TEST_F(PodCliqueSetStatusTest, AvailableButNotUpdated) {
  group_.status.current_pod_clique_set_generation_hash = "G0";
  EXPECT_EQ(Compute().available_replicas, 1);
  EXPECT_EQ(Compute().updated_replicas, 0);
}

TEST_F(PodCliqueSetStatusTest, EveryChildIsNeeded) {
  clique_.metadata.deletion_timestamp = Time{1};
  EXPECT_EQ(Compute().available_replicas, 0);
  clique_.metadata.deletion_timestamp.reset();
  group_.status.available_replicas = 0;
  EXPECT_EQ(Compute().available_replicas, 0);
  group_.status.available_replicas = 1;
  set_.spec.replicas = 2;  // nothing of the second one exists
  EXPECT_EQ(Compute().replicas, 2);
  EXPECT_EQ(Compute().available_replicas, 1);
  clique_.status.ready_replicas = 0;
  EXPECT_EQ(Compute().available_replicas, 0);
}

// Spec 06 §6, 09 §3.7.
struct TopologyCase {
  std::optional<TopologyConstraint> set, clique;
  bool topology_aware;
  std::vector<ClusterTopologyBinding> topologies;
  const char* want;
};

class TopologyConditions : public ::testing::TestWithParam<TopologyCase> {};

TEST_P(TopologyConditions, FollowTheTable) {
  const TopologyCase& c = GetParam();
  PodCliqueSet set = Set("p", 1, {Clique("a", 1, 1, c.clique)}, {}, c.set);
  set.metadata.generation = 4;
  PodCliqueSetStatus status;
  SetCondition(status.conditions, "TopologyLevelsUnavailable", {kTrue, "Before", ""}, 1, Time{1});
  SetTopologyCondition(set, {c.topology_aware, c.topologies}, Time{5}, status);
  const Condition* condition = FindCondition(status.conditions, "TopologyLevelsUnavailable");
  ASSERT_EQ(condition == nullptr, std::string_view(c.want) == "absent");
  if (condition == nullptr) return;
  EXPECT_EQ(condition->status + " " + condition->reason + ": " + condition->message, c.want);
  EXPECT_EQ(condition->observed_generation, 4);
}

INSTANTIATE_TEST_SUITE_P(
    Spec, TopologyConditions,
    ::testing::Values(
        TopologyCase{{}, {}, false, {}, "absent"},
        TopologyCase{Pack("zone"),
                     {},
                     false,
                     {Fab()},
                     "Unknown TopologyAwareSchedulingDisabled: Topology constraints are defined but Topology Aware "
                     "Scheduling is disabled"},
        TopologyCase{{}, {}, true, {Fab()}, "False AllClusterTopologyLevelsAvailable: No topology constraints defined"},
        TopologyCase{Pack("zone", "", ""),
                     {},
                     true,
                     {Fab()},
                     "Unknown TopologyNameMissing: PodCliqueSet topology constraints must include topologyName"},
        TopologyCase{
            Pack("zone"), {}, true, {}, "Unknown ClusterTopologyNotFound: ClusterTopologyBinding resource not found"},
        TopologyCase{Pack("numa", "rack"),
                     Pack("cell", "zone"),
                     true,
                     {Fab()},
                     "True ClusterTopologyLevelsUnavailable: Unavailable topology domains: [cell numa]"},
        TopologyCase{Pack("zone", "rack"),
                     Pack("host"),
                     true,
                     {Fab()},
                     "False AllClusterTopologyLevelsAvailable: All topology levels are available"}));

// Spec 09 §5.4.
TEST_F(PodCliqueSetStatusTest, UpdateBeginsForEligibleCliquesOfAnotherGeneration) {
  clique_.metadata.owner_references[0] = {"grove.io/v1alpha1", "PodCliqueSet", "p", "", true, true};
  const auto begins = [&] { return UpdateToBegin(set_, clique_, hashes_, Time{5}).has_value(); };
  EXPECT_FALSE(begins());  // born with it
  clique_.status.current_pod_clique_set_generation_hash.reset();
  const auto progress = UpdateToBegin(set_, clique_, hashes_, Time{5});
  ASSERT_TRUE(progress.has_value());
  EXPECT_EQ(progress->pod_clique_set_generation_hash, "G");
  EXPECT_EQ(progress->pod_template_hash, "H");
  EXPECT_EQ(progress->update_started_at, Time{5});
  EXPECT_EQ(progress->update_ended_at, std::nullopt);

  set_.status.update_progress.emplace();  // the set updates, and no replica is selected
  EXPECT_FALSE(begins());
  set_.status.update_progress->currently_updating.emplace_back().replica_index = 1;
  EXPECT_FALSE(begins());
  set_.status.update_progress->currently_updating[0].replica_index = 0;
  EXPECT_TRUE(begins());
  set_.status.update_progress->currently_updating.clear();
  set_.status.update_progress->update_ended_at = Time{4};
  EXPECT_TRUE(begins());
  clique_.status.update_progress = *progress;
  EXPECT_FALSE(begins());  // runs already
  clique_.status.update_progress->pod_clique_set_generation_hash = "G0";
  EXPECT_TRUE(begins());
  clique_.metadata.owner_references[0].kind = "PodCliqueScalingGroup";
  EXPECT_FALSE(begins());
  set_.spec.update_strategy = PodCliqueSetUpdateStrategy{"OnDelete"};
  const auto on_delete = UpdateToBegin(set_, clique_, hashes_, Time{6});
  ASSERT_TRUE(on_delete.has_value());
  EXPECT_EQ(on_delete->update_ended_at, Time{6});
}

TEST_F(PodCliqueSetStatusTest, UpdateBeginsForTheGroupsOfTheSelectedReplica) {
  const auto begins = [&] { return UpdateToBegin(set_, group_, hashes_, Time{5}).has_value(); };
  EXPECT_FALSE(begins());
  set_.status.update_progress.emplace().currently_updating.emplace_back();
  EXPECT_TRUE(begins());
  set_.status.update_progress.reset();
  set_.spec.update_strategy = PodCliqueSetUpdateStrategy{"OnDelete"};
  const auto progress = UpdateToBegin(set_, group_, hashes_, Time{6});
  ASSERT_TRUE(progress.has_value());
  EXPECT_EQ(progress->update_ended_at, Time{6});
  group_.status.update_progress = *progress;
  EXPECT_FALSE(begins());
}

}  // namespace
}  // namespace grove::planner
