#include "planner/at_rest.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "planner/child_index.h"
#include "planner/gates.h"
#include "planner/owner.h"
#include "planner/pod_gangs.h"
#include "planner/sample_set.h"
#include "planner/status/conditions.h"
#include "planner/status/pod_gang_status.h"

namespace grove::planner {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

// Objects of a set as Grove creates them.
class Created {
 public:
  explicit Created(PodCliqueSet set) : set_(std::move(set)) { expansion.objects.pod_clique_set = set_; }

  // A PodClique with pods; member of `group` at `group_replica` if one is named.
  void AddClique(const std::string& name, const std::string& gang, std::int32_t pods, const std::string& group = {},
                 std::int32_t group_replica = 0, const std::string& base_gang = {}) {
    PodClique& clique = expansion.objects.pod_cliques.emplace_back();
    clique.metadata.name = name;
    clique.metadata.namespace_name = "default";
    clique.metadata.labels = {{std::string(keys::kPartOf), set_.metadata.name},
                              {std::string(keys::kReplicaIndex), "0"},
                              {std::string(keys::kPodGang), gang},
                              {std::string(keys::kPodTemplateHash), "H"}};
    if (!base_gang.empty()) clique.metadata.labels.Set(keys::kBasePodGang, base_gang);
    OwnerReference owner = ControllerReference(set_);
    if (!group.empty()) {
      clique.metadata.labels.Set(keys::kScalingGroup, group);
      clique.metadata.labels.Set(keys::kScalingGroupReplicaIndex, std::to_string(group_replica));
      owner.kind = PodCliqueScalingGroup::kKind;
      owner.name = group;
    }
    clique.metadata.owner_references.push_back(owner);
    clique.spec.replicas = pods;
    clique.spec.min_available = 1;
    for (std::int32_t i = 0; i < pods; ++i) {
      Pod pod = MakePod(set_.metadata.name, gang, name, name + "-" + std::to_string(i));
      pod.metadata.labels.Set(keys::kPodTemplateHash, "H");
      expansion.objects.pods.push_back(std::move(pod));
    }
  }

  void AddGroup(const std::string& name, std::int32_t replicas, std::vector<std::string> cliques) {
    PodCliqueScalingGroup& group = expansion.objects.pod_clique_scaling_groups.emplace_back();
    group.metadata.name = name;
    group.metadata.labels.Set(keys::kReplicaIndex, "0");
    group.spec = {replicas, 1, std::move(cliques)};
  }

  void Rest() {
    const ExpansionOptions options = Options(false);
    expansion.objects.pod_gangs = MakePodGangs(set_, options, expansion.objects.pods);
    BringToRest(set_, {"G", std::vector<std::string>(set_.spec.template_spec.cliques.size(), "H")}, options, {},
                expansion);
  }

  const PodCliqueStatus& StatusOf(std::size_t clique) const { return expansion.objects.pod_cliques[clique].status; }
  std::vector<std::pair<std::string, std::string>> Errors() const {
    std::vector<std::pair<std::string, std::string>> errors;
    for (const ReconcileError& error : expansion.errors) errors.emplace_back(error.object, error.code);
    return errors;
  }

  Expansion expansion;

 private:
  PodCliqueSet set_;
};

// One standalone clique and a group of two replicas, of which one is scaled.
Created BaseAndScaled() {
  Created created(Set("p", 1, {Clique("a", 2, 1), Clique("w", 1, 1)}, {Group("g", 2, 1, {"w"})}));
  created.AddClique("p-0-a", "p-0", 2);
  created.AddClique("p-0-g-0-w", "p-0", 1, "p-0-g", 0);
  created.AddClique("p-0-g-1-w", "p-0-g-0", 1, "p-0-g", 1, "p-0");
  created.AddGroup("p-0-g", 2, {"w"});
  return created;
}

TEST(BringToRest, LiftsTheGatesOfBaseGangsOnly) {
  Created created = BaseAndScaled();
  created.Rest();
  const std::vector<Pod>& pods = created.expansion.objects.pods;
  ASSERT_EQ(pods.size(), 4u);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(pods[i].spec.ToJson(), R"({"containers":[],"hostname":"h"})");
    EXPECT_EQ(pods[i].status.phase, "Pending");
    EXPECT_THAT(pods[i].status.conditions, IsEmpty());
  }
  EXPECT_TRUE(HasGroveGate(pods[3]));
  EXPECT_TRUE(HasStatus(pods[3].status.conditions, "PodScheduled", kFalse));
  EXPECT_THAT(created.Errors(), IsEmpty());
}

TEST(BringToRest, WritesTheStatusOfEveryLevel) {
  Created created = BaseAndScaled();
  created.Rest();
  const PodCliqueStatus& standalone = created.StatusOf(0);
  EXPECT_EQ(standalone.replicas, 2);
  EXPECT_EQ(standalone.updated_replicas, 2);
  EXPECT_EQ(standalone.schedule_gated_replicas, 0);
  EXPECT_EQ(standalone.observed_generation, 1);
  EXPECT_EQ(standalone.current_pod_template_hash, "H");
  ASSERT_TRUE(standalone.update_progress.has_value());
  EXPECT_EQ(standalone.update_progress->update_started_at, Time{1000});
  EXPECT_EQ(standalone.update_progress->update_ended_at, Time{1000});
  EXPECT_TRUE(HasStatus(standalone.conditions, "MinAvailableBreached", kTrue));
  const PodCliqueStatus& scaled = created.StatusOf(2);
  EXPECT_EQ(scaled.schedule_gated_replicas, 1);
  EXPECT_EQ(scaled.update_progress, std::nullopt);
  EXPECT_EQ(scaled.hpa_pod_selector, std::nullopt);

  const PodCliqueScalingGroupStatus& group = created.expansion.objects.pod_clique_scaling_groups[0].status;
  EXPECT_EQ(group.replicas, 2);
  EXPECT_EQ(group.observed_generation, 1);
  EXPECT_EQ(group.current_pod_clique_set_generation_hash, "G");
  EXPECT_EQ(group.update_progress, std::nullopt);
  EXPECT_TRUE(HasStatus(group.conditions, "MinAvailableBreached", kTrue));

  for (const PodGang& gang : created.expansion.objects.pod_gangs) {
    EXPECT_EQ(gang.status.phase, "Pending");
    EXPECT_TRUE(HasStatus(gang.status.conditions, "Initialized", kTrue));
  }
  const PodCliqueSet& set = created.expansion.objects.pod_clique_set;
  EXPECT_THAT(set.metadata.finalizers, ElementsAre("grove.io/podcliqueset.grove.io"));
  EXPECT_EQ(set.status.observed_generation, 1);
  EXPECT_EQ(set.status.current_generation_hash, "G");
  EXPECT_EQ(set.status.replicas, 1);
  EXPECT_EQ(set.status.available_replicas, 0);
}

TEST(BringToRest, OnDeleteLeavesARecordOnEveryChild) {
  PodCliqueSet set = Set("p", 1, {Clique("w", 1, 1)}, {Group("g", 1, 1, {"w"})});
  set.spec.update_strategy = PodCliqueSetUpdateStrategy{"OnDelete"};
  Created created(std::move(set));
  created.AddClique("p-0-g-0-w", "p-0", 1, "p-0-g", 0);
  created.AddGroup("p-0-g", 1, {"w"});
  created.Rest();
  EXPECT_TRUE(created.StatusOf(0).update_progress.has_value());
  const auto& progress = created.expansion.objects.pod_clique_scaling_groups[0].status.update_progress;
  ASSERT_TRUE(progress.has_value());
  EXPECT_EQ(progress->update_ended_at, Time{1000});
  EXPECT_EQ(progress->total_pod_cliques_count, 1);
}

// Spec 04 O-1: the PodClique was built from another template than its name tells.
TEST(BringToRest, ForeignLabelHashLeavesNoUpdatedPod) {
  Created created(Set("p", 1, {Clique("b", 1, 1)}));
  created.AddClique("p-0-b", "p-0", 1);
  created.expansion.objects.pod_cliques[0].metadata.labels.Set(keys::kPodTemplateHash, "OTHER");
  created.expansion.objects.pods[0].metadata.labels.Set(keys::kPodTemplateHash, "OTHER");
  created.Rest();
  EXPECT_EQ(created.StatusOf(0).updated_replicas, 0);
  // Settled by the first pass, which saw no pod.
  EXPECT_EQ(created.StatusOf(0).current_pod_template_hash, "H");
}

// Spec 04 O-6: `grove.io/base-podgang: ghost` on a clique template.
TEST(BringToRest, PodCliqueOfAGhostlyBaseGangNeverObservesItsGeneration) {
  Created created(Set("p", 1, {Clique("a", 1, 1)}));
  created.AddClique("p-0-a", "p-0", 1, "", 0, "ghost");
  created.Rest();
  EXPECT_THAT(created.Errors(), ElementsAre(Pair("PodClique/p-0-a", "ERR_REMOVE_POD_SCHEDULING_GATE")));
  EXPECT_TRUE(HasGroveGate(created.expansion.objects.pods[0]));
  EXPECT_EQ(created.StatusOf(0).observed_generation, std::nullopt);
  EXPECT_THAT(created.StatusOf(0).conditions, IsEmpty());
  ASSERT_EQ(created.StatusOf(0).last_errors.size(), 1u);
  EXPECT_EQ(created.StatusOf(0).last_errors[0].code, "ERR_REMOVE_POD_SCHEDULING_GATE");
  EXPECT_EQ(created.StatusOf(0).replicas, 1);
  EXPECT_EQ(created.expansion.objects.pod_clique_set.status.observed_generation, 1);  // all its pods exist
}

// Spec 04 O-6: `grove.io/podcliquescalinggroup` on the template of a standalone clique.
TEST(BringToRest, PodCliqueWithMisleadingLabelsGetsNoStatus) {
  Created created(Set("p", 1, {Clique("a", 1, 1)}));
  created.AddClique("p-0-a", "p-0", 0);
  created.expansion.objects.pod_cliques[0].spec.replicas = 1;
  created.expansion.objects.pod_cliques[0].metadata.labels.Set(keys::kScalingGroup, "x");
  created.Rest();
  EXPECT_THAT(created.Errors(), ElementsAre(Pair("PodClique/p-0-a", "ERR_GET_PODCLIQUE_TEMPLATE")));
  EXPECT_EQ(created.StatusOf(0).observed_generation, std::nullopt);
  EXPECT_EQ(created.StatusOf(0).update_progress, std::nullopt);
  EXPECT_EQ(created.expansion.objects.pod_clique_set.status.observed_generation, std::nullopt);
  EXPECT_TRUE(HasStatus(created.expansion.objects.pod_gangs[0].status.conditions, "Initialized", kFalse));
}

TEST(BringToRest, SetThatCannotGoOnKeepsItsErrors) {
  Created created(Set("p", 1, {Clique("a", 1, 1)}));
  created.expansion.errors.push_back({"PodCliqueSet/p", "ERR_SYNC_PCS_RESOURCE_CLAIM", "template t not found"});
  BringToRest(created.expansion.objects.pod_clique_set, {"G", {"H"}}, Options(false), {}, created.expansion);
  const PodCliqueSetStatus& status = created.expansion.objects.pod_clique_set.status;
  EXPECT_EQ(status.observed_generation, std::nullopt);
  EXPECT_EQ(status.current_generation_hash, "G");
  EXPECT_EQ(status.replicas, 1);
  EXPECT_EQ(status.last_errors,
            (std::vector<LastError>{{"ERR_SYNC_PCS_RESOURCE_CLAIM", "template t not found", Time{1000}}}));
}

TEST(BringToRest, GroupThatCannotGoOnKeepsItsGangsPending) {
  Created created(Set("p", 1, {Clique("a", 1, 1), Clique("w", 1, 1)}, {Group("g", 1, 1, {"w"})}));
  created.AddClique("p-0-a", "p-0", 1);
  created.AddGroup("p-0-g", 1, {"w"});
  created.expansion.errors.push_back({"PodCliqueScalingGroup/p-0-g", "ERR_SYNC_PCSG_RESOURCE_CLAIM", "m"});
  created.Rest();
  const PodCliqueScalingGroupStatus& group = created.expansion.objects.pod_clique_scaling_groups[0].status;
  EXPECT_EQ(group.observed_generation, std::nullopt);
  EXPECT_EQ(group.current_pod_clique_set_generation_hash, std::nullopt);
  EXPECT_FALSE(HasGroveGate(created.expansion.objects.pods[0]));  // gates are lifted piecemeal
  EXPECT_TRUE(HasStatus(created.expansion.objects.pod_gangs[0].status.conditions, "Initialized", kFalse));
  EXPECT_EQ(created.expansion.objects.pod_clique_set.status.observed_generation, std::nullopt);
}

// W10 and PG-31.
TEST(IsComplete, WantsEveryReplicaOfEveryPodClique) {
  Created created = BaseAndScaled();
  ObjectSet& objects = created.expansion.objects;
  const PodCliqueSet set = objects.pod_clique_set;
  objects.pod_gangs = MakePodGangs(set, Options(false), objects.pods);
  const auto complete = [&](std::size_t gang) {
    return IsComplete(objects.pod_gangs[gang], ChildIndex(objects.pod_cliques, objects.pods, objects.pod_gangs));
  };
  EXPECT_TRUE(complete(0));
  objects.pod_cliques[0].spec.replicas = 3;
  EXPECT_FALSE(complete(0));
  objects.pod_cliques[0].spec.replicas = 1;  // one in excess
  EXPECT_TRUE(complete(0));
  objects.pods[2].metadata.deletion_timestamp = Time{1};
  EXPECT_FALSE(complete(0));
  objects.pods[2].metadata.deletion_timestamp.reset();
  objects.pods[1].metadata.labels.Set(keys::kPodGang, "p-0-g-0");
  EXPECT_FALSE(complete(0));
  EXPECT_TRUE(complete(1));
  objects.pod_cliques.pop_back();
  EXPECT_FALSE(complete(1));
}

TEST(Gates, ScaledGangsWaitForTheMinimumOfTheBaseGang) {
  Created created = BaseAndScaled();
  ObjectSet& objects = created.expansion.objects;
  objects.pod_gangs = MakePodGangs(objects.pod_clique_set, Options(false), objects.pods);
  const auto lifted = [&] {
    const ChildIndex children(objects.pod_cliques, objects.pods, objects.pod_gangs);
    return GateKeeper(children).Decide(objects.pod_cliques[2]).lift.size();
  };
  EXPECT_EQ(lifted(), 0u);
  objects.pod_cliques[0].status.scheduled_replicas = 1;
  EXPECT_EQ(lifted(), 0u);
  objects.pod_cliques[1].status.scheduled_replicas = 1;
  EXPECT_EQ(lifted(), 1u);
  objects.pod_gangs[1].spec.pod_groups[0].pod_references.clear();  // PG-81
  EXPECT_EQ(lifted(), 0u);
}

TEST(Gates, ErrorsAndLeftovers) {
  Created created = BaseAndScaled();
  ObjectSet& objects = created.expansion.objects;
  const ChildIndex children(objects.pod_cliques, objects.pods, {});
  GateKeeper keeper(children);
  const GateDecision without_gang = keeper.Decide(objects.pod_cliques[0]);
  EXPECT_EQ(without_gang.error, GateError::kNone);
  EXPECT_TRUE(without_gang.gated_left);
  EXPECT_EQ(keeper.Decide(objects.pod_cliques[2]).error, GateError::kMissingBaseGang);
  PodClique nameless;
  EXPECT_EQ(keeper.Decide(nameless).error, GateError::kMissingGangLabel);
}

TEST(Gates, GatesOfOthersStay) {
  const auto storage = std::make_shared<internal::Storage>();
  const Value spec = Value::FromJson(
      R"({"a":1.0,"schedulingGates":[{"name":"x"},{"name":"grove.io/podgang-pending-creation"},{"name":"y"}]})");
  EXPECT_EQ(WithoutGroveGate(spec, storage).ToJson(), R"({"a":1.0,"schedulingGates":[{"name":"x"},{"name":"y"}]})");
}

}  // namespace
}  // namespace grove::planner
