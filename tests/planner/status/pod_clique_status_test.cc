#include "planner/status/pod_clique_status.h"

#include "gtest/gtest.h"

#include "planner/sample_set.h"
#include "planner/status/conditions.h"
#include "planner/status/pod_state.h"

namespace grove::planner {
namespace {

// What the kubelet and the scheduler say of a pod.
struct PodSpecimen {
  bool scheduled = false;
  bool ready = false;
  std::string hash = "H2";
  bool terminating = false;
  bool gated = false;
  std::optional<bool> started = std::nullopt;
  std::int32_t exit_code = 0;
};

Pod Make(const PodSpecimen& specimen) {
  Pod pod = MakePod("p", "p-0", "p-0-a", "x");
  pod.metadata.labels.Set(keys::kPodTemplateHash, specimen.hash);
  if (specimen.terminating) pod.metadata.deletion_timestamp = Time{1};
  auto& conditions = pod.status.conditions;
  if (specimen.scheduled) conditions.push_back({"PodScheduled", "True", 0, {}, "", ""});
  if (specimen.gated) conditions.push_back({"PodScheduled", "False", 0, {}, "SchedulingGated", ""});
  conditions.push_back({"Ready", specimen.ready ? "True" : "False", 0, {}, "", ""});
  ContainerStatus container;
  container.name = "main";
  container.ready = specimen.ready;
  container.started = specimen.started;
  if (specimen.exit_code != 0) container.last_state.terminated = ContainerStateTerminated{specimen.exit_code};
  pod.status.container_statuses.push_back(container);
  return pod;
}

// PodClique p-0-a of set p with pods of template hash H2 in generation G.
class PodCliqueStatusTest : public ::testing::Test {
 protected:
  PodCliqueStatusTest() : set_(Set("p", 1, {Clique("a", 5, 3)})), hashes_(set_, "G", {"H2"}) {
    clique_.metadata.name = "p-0-a";
    clique_.metadata.labels = {{std::string(keys::kPartOf), "p"},
                               {std::string(keys::kReplicaIndex), "0"},
                               {std::string(keys::kPodTemplateHash), "H2"}};
    clique_.spec.replicas = 5;
    clique_.spec.min_available = 3;
    clique_.status.observed_generation = 1;
  }

  PodCliqueStatus Compute(const std::vector<PodSpecimen>& specimens) {
    std::vector<Pod> pods;
    for (const PodSpecimen& specimen : specimens) pods.push_back(Make(specimen));
    std::vector<const Pod*> pointers;
    for (const Pod& pod : pods) pointers.push_back(&pod);
    auto status = ComputePodCliqueStatus(clique_, "p", hashes_, pointers, Time{9});
    EXPECT_TRUE(status.ok());
    return status.ok() ? *status : PodCliqueStatus{};
  }

  PodCliqueSet set_;
  ExpectedHashes hashes_;
  PodClique clique_;
};

std::string Told(const PodCliqueStatus& status, std::string_view type) {
  const Condition* condition = FindCondition(status.conditions, type);
  return condition == nullptr ? "absent" : condition->status + " " + condition->reason + ": " + condition->message;
}

// Spec 09 §3.9.
TEST_F(PodCliqueStatusTest, ExampleOfTheSpec) {
  std::vector<PodSpecimen> pods = {
      {.scheduled = true, .ready = true, .started = true},
      {.scheduled = true, .ready = true, .terminating = true, .started = true},
      {.scheduled = true, .started = true},
      {.gated = true},
      {.scheduled = true, .hash = "H1", .started = false},
  };
  const PodCliqueStatus status = Compute(pods);
  EXPECT_EQ(status.replicas, 4);
  EXPECT_EQ(status.ready_replicas, 2);
  EXPECT_EQ(status.scheduled_replicas, 4);
  EXPECT_EQ(status.schedule_gated_replicas, 1);
  EXPECT_EQ(status.updated_replicas, 4);
  EXPECT_EQ(Told(status, "PodCliqueScheduled"),
            "True SufficientScheduledPods: Sufficient scheduled pods found. expected at least: 3, found: 4");
  EXPECT_EQ(
      Told(status, "MinAvailableBreached"),
      "False SufficientReadyPods: Either sufficient ready or starting pods found. expected at least: 3, found: 3");
  EXPECT_EQ(status.current_pod_template_hash, "H2");
  EXPECT_EQ(status.current_pod_clique_set_generation_hash, "G");
  EXPECT_EQ(status.hpa_pod_selector,
            "app.kubernetes.io/managed-by=grove-operator,app.kubernetes.io/part-of=p,grove.io/podclique=p-0-a");

  pods[4].exit_code = 1;
  EXPECT_EQ(Told(Compute(pods), "MinAvailableBreached"),
            "True InsufficientReadyPods: Insufficient ready or starting pods. expected at least: 3, found: 2");
}

TEST_F(PodCliqueStatusTest, TooFewScheduledPodsBreach) {
  const PodCliqueStatus status = Compute({{.scheduled = true, .ready = true}, {.scheduled = true, .ready = true}});
  EXPECT_EQ(Told(status, "PodCliqueScheduled"),
            "False InsufficientScheduledPods: Insufficient scheduled pods. expected at least: 3, found: 2");
  EXPECT_EQ(Told(status, "MinAvailableBreached"),
            "True ScheduledReplicasBelowMinAvailable: Scheduled replicas (2) below MinAvailable (3)");
}

TEST_F(PodCliqueStatusTest, NoConditionBeforeAGenerationWasObserved) {
  clique_.status.observed_generation.reset();
  EXPECT_TRUE(Compute({{.scheduled = true}}).conditions.empty());
}

TEST_F(PodCliqueStatusTest, UpdateInProgressHidesTheBreachAndHoldsTheHashes) {
  PodCliqueUpdateProgress& progress = clique_.status.update_progress.emplace();
  progress.update_started_at = Time{1};
  progress.pod_clique_set_generation_hash = "G2";
  progress.pod_template_hash = "H3";
  PodCliqueStatus status = Compute({{.hash = "H3"}, {.hash = "H2"}});
  EXPECT_EQ(Told(status, "MinAvailableBreached"), "Unknown UpdateInProgress: Update is in progress");
  EXPECT_EQ(status.updated_replicas, 1);
  status = Compute({{.hash = "H3"}});
  EXPECT_EQ(status.current_pod_template_hash, std::nullopt);

  progress.update_ended_at = Time{2};
  status = Compute({{.hash = "H3"}});
  EXPECT_EQ(status.current_pod_template_hash, "H3");
  EXPECT_EQ(status.current_pod_clique_set_generation_hash, "G2");
}

TEST_F(PodCliqueStatusTest, HashesStandStillWhileALabelIsStale) {
  clique_.metadata.labels.Set(keys::kPodTemplateHash, "H1");
  const PodCliqueStatus status = Compute({{.hash = "H1"}, {.hash = "H1"}});
  EXPECT_EQ(status.updated_replicas, 2);
  EXPECT_EQ(status.current_pod_template_hash, std::nullopt);
}

TEST_F(PodCliqueStatusTest, UpdatedPodsGoByTheLabelBeforeTheCurrentHash) {
  clique_.status.current_pod_template_hash = "H1";
  EXPECT_EQ(Compute({{.hash = "H1"}, {.hash = "H2"}}).updated_replicas, 1);
  clique_.metadata.labels.Erase(keys::kPodTemplateHash);
  EXPECT_EQ(Compute({{.hash = "H1"}, {.hash = "H1"}, {.hash = "H2"}}).updated_replicas, 2);
  clique_.status.current_pod_template_hash.reset();
  clique_.status.updated_replicas = 7;
  EXPECT_EQ(Compute({{.hash = "H1"}}).updated_replicas, 7);
}

TEST_F(PodCliqueStatusTest, MembersPublishNoSelectorAndMayLackATemplate) {
  clique_.metadata.labels.Set(keys::kScalingGroup, "p-0-g");
  EXPECT_FALSE(ComputePodCliqueStatus(clique_, "p", hashes_, {}, Time{}).ok());
  clique_.metadata.name = "p-0-g-1-a";
  clique_.metadata.labels.Set(keys::kScalingGroupReplicaIndex, "1");
  const PodCliqueStatus status = Compute({});
  EXPECT_EQ(status.hpa_pod_selector, std::nullopt);
  EXPECT_EQ(status.current_pod_template_hash, "H2");
}

TEST(PodState, Predicates) {
  Pod pod = Make({.scheduled = true, .started = true});
  pod.status.phase = "Running";
  EXPECT_TRUE(IsActive(pod));
  EXPECT_TRUE(IsStartedNotReady(pod));
  EXPECT_FALSE(IsNotStarted(pod));
  EXPECT_FALSE(HasErred(pod));
  pod.status.init_container_statuses.emplace_back().last_state.terminated = ContainerStateTerminated{0};
  EXPECT_FALSE(HasErred(pod));
  pod.status.init_container_statuses[0].last_state.terminated->exit_code = 2;
  EXPECT_TRUE(HasErred(pod));
  pod.status.container_statuses[0].started.reset();
  EXPECT_TRUE(IsNotStarted(pod));
  pod.status.container_statuses.clear();
  EXPECT_FALSE(IsNotStarted(pod));
  for (const char* phase : {"Failed", "Succeeded"}) {
    pod.status.phase = phase;
    EXPECT_FALSE(IsActive(pod));
  }
  EXPECT_FALSE(IsGated(pod));
  EXPECT_TRUE(IsGated(Make({.gated = true})));
}

// Spec 09 §7.
TEST(LostAllScheduledReplicas, OnlyFromSomeToNone) {
  EXPECT_TRUE(LostAllScheduledReplicas(3, 0));
  EXPECT_FALSE(LostAllScheduledReplicas(0, 0));
  EXPECT_FALSE(LostAllScheduledReplicas(3, 2));
  EXPECT_FALSE(LostAllScheduledReplicas(0, 3));
  EXPECT_FALSE(LostAllScheduledReplicas(3, 3));
}

TEST(Conditions, TimeOfTransitionFollowsTheStatusAlone) {
  std::vector<Condition> conditions;
  SetCondition(conditions, "T", {kTrue, "A", "m"}, 1, Time{10});
  SetCondition(conditions, "T", {kTrue, "A", "m"}, 2, Time{20});
  EXPECT_EQ(conditions, (std::vector<Condition>{{"T", "True", 1, Time{10}, "A", "m"}}));
  SetCondition(conditions, "T", {kTrue, "B", "m"}, 3, Time{30});
  EXPECT_EQ(conditions, (std::vector<Condition>{{"T", "True", 3, Time{10}, "B", "m"}}));
  SetCondition(conditions, "T", {kUnknown, "B", "m"}, 4, Time{40});
  EXPECT_EQ(conditions, (std::vector<Condition>{{"T", "Unknown", 4, Time{40}, "B", "m"}}));
  RemoveCondition(conditions, "T");
  EXPECT_TRUE(conditions.empty());
}

// Spec 04 §17.2.
TEST(CliqueNameOf, ReadsTheNameByItsLabels) {
  PodClique clique;
  clique.metadata.name = "my-pcsg-1-worker";
  clique.metadata.labels.Set(keys::kScalingGroup, "my-pcsg");
  EXPECT_EQ(CliqueNameOf(clique), std::nullopt);
  clique.metadata.labels.Set(keys::kScalingGroupReplicaIndex, "1");
  EXPECT_EQ(CliqueNameOf(clique), "worker");
  clique.metadata.labels.Set(keys::kScalingGroupReplicaIndex, "2");
  EXPECT_EQ(CliqueNameOf(clique), std::nullopt);
}

}  // namespace
}  // namespace grove::planner
