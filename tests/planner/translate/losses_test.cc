// Every row of the tables of losses: a gang that it finds something in, and what.
#include "planner/translate/losses.h"

#include <set>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "planner/expand_json.h"
#include "planner/translate/backend.h"
#include "planner/translate/translate_sample.h"

namespace grove::planner {
namespace {

using ::testing::ElementsAreArray;

struct Case {
  const char* backend;
  const char* lost;  // part of the row's text
  PodCliqueSet set;
  std::vector<std::string> want;
  std::size_t gang = 0;
  KubePodGroups kube = KubePodGroups::kPerGang;
  void (*change)(PodGang& gang) = nullptr;
};

PodCliqueSet TwoCliques(std::int32_t replicas = 1) {
  return Set("s", 1, {Clique("a", replicas, 1), Clique("b", 1, 1)});
}

PodCliqueSet WithPriority(PodCliqueSet set) {
  set.spec.template_spec.priority_class_name = "gold";
  return set;
}

PodCliqueSet WithQueue(PodCliqueSet set) {
  set.metadata.labels.Set(keys::kKaiQueue, "q");
  return set;
}

PodCliqueSet WithCliqueQueue(std::string_view key) {
  PodCliqueSet set = TwoCliques();
  set.spec.template_spec.cliques[1].annotations.Set(key, "batch");
  return set;
}

PodCliqueSet WithKeysOfKai() {
  PodCliqueSet set = WithQueue(TwoCliques());
  set.metadata.labels.Set("priorityClassName", "high");
  set.metadata.labels.Set("kai.scheduler/preemptibility", "preemptible");
  set.metadata.annotations.Set("kai.scheduler/topology-required-placement", "rack");
  return set;
}

PodCliqueSet WithRequests() {
  PodCliqueSet set = TwoCliques();
  set.spec.template_spec.cliques[0].spec.pod_spec =
      Json("{'containers': [{'name': 'c', 'resources': {'limits': {'cpu': '1'}}}]}");
  set.spec.template_spec.cliques[1].spec.pod_spec =
      Json("{'containers': [{'name': 'c', 'resources': {'requests': {}}}]}");
  return set;
}

PodCliqueSet Autoscaled() {
  PodCliqueSet set = TwoCliques();
  set.spec.template_spec.cliques[1].spec.auto_scaling_config = AutoScalingConfig{std::nullopt, 4, {}};
  return set;
}

PodCliqueSet NineCliques() {
  std::vector<PodCliqueTemplateSpec> cliques;
  for (int i = 0; i < 9; ++i) cliques.push_back(Clique("c" + std::to_string(i), 1, 1));
  return Set("s", 1, cliques);
}

void ZeroMinima(PodGang& gang) {
  for (PodGroup& group : gang.spec.pod_groups) group.min_replicas = 0;
}

const std::vector<std::string> kMinima = {"PodGang/s-0 spec.podgroups[0].minReplicas=1 dropped",
                                          "PodGang/s-0 spec.podgroups[1].minReplicas=1 dropped"};
const std::vector<std::string> kWeakMinima = {"PodGang/s-0 spec.podgroups[0].minReplicas=1 weakened",
                                              "PodGang/s-0 spec.podgroups[1].minReplicas=1 weakened"};
const std::vector<std::string> kAllLevels = {
    "PodGang/serve-0 spec.topologyConstraint.packConstraint.required=topo/block dropped",
    "PodGang/serve-0 spec.topologyConstraint.packConstraint.preferred=topo/rack dropped",
    "PodGang/serve-0 spec.topologyConstraintGroupConfigs[0].topologyConstraint.packConstraint.required=topo/rack "
    "dropped",
    "PodGang/serve-0 spec.topologyConstraintGroupConfigs[1].topologyConstraint.packConstraint.required=topo/rack "
    "dropped",
    "PodGang/serve-0 spec.podgroups[1].topologyConstraint.packConstraint.required=kubernetes.io/hostname dropped",
    "PodGang/serve-0 spec.podgroups[3].topologyConstraint.packConstraint.required=kubernetes.io/hostname dropped"};

std::vector<Case> Cases() {
  const std::vector<std::string> shared = {
      "PodGang/serve-0 spec.topologyConstraint.packConstraint.required=topo/block weakened",
      "PodGang/serve-0 spec.topologyConstraintGroupConfigs[0].topologyConstraint.packConstraint.required=topo/rack "
      "weakened",
      "PodGang/serve-0 spec.topologyConstraintGroupConfigs[1].topologyConstraint.packConstraint.required=topo/rack "
      "weakened"};
  const auto priority = [](const std::string& effect) {
    return std::vector<std::string>{"PodGang/s-0 spec.priorityClassName=gold " + effect};
  };
  const std::vector<std::string> two_at_once = {"PodGang/s-0 spec.podgroups=2 pods at once conditional"};
  std::vector<Case> cases = {
      {"default", "start together", TwoCliques(), kMinima},
      {"default", "topology packing", ServeSet(), kAllLevels},
      {"default", "the gang's priority", WithPriority(TwoCliques()), priority("dropped")},
      {"lpx", "start together", TwoCliques(), kMinima},
      {"lpx", "topology packing", ServeSet(), kAllLevels},
      {"lpx", "the gang's priority", WithPriority(TwoCliques()), priority("dropped")},

      {"kai",
       "no DNS label",
       WithQueue(Set("a.s", 1, {Clique("w", 1, 1)}, {Group("g", 1, 1, {"w"}, Pack("rack"))})),
       {"PodGang/a.s-0 spec.topologyConstraintGroupConfigs[0].name=a.s-0-g-0 refused",
        "PodGang/a.s-0 spec.podgroups[0].name=a.s-0-g-0-w refused"}},
      {"kai",
       "two subgroups",
       Set("s", 1, {Clique("g-0", 1, 1), Clique("w", 1, 1)}, {Group("g", 1, 1, {"w"}, Pack("rack"))}),
       {"PodGang/s-0 spec.podgroups[0].name=s-0-g-0 refused"}},
      {"kai", "needs no pod", TwoCliques(), {"PodGang/s-0 spec.podgroups=minReplicas of 0 in all refused"}},
      {"kai",
       "coarser",
       Set("s", 1, {Clique("w", 1, 1)}, {}, Pack("rack", "zone")),
       {"PodGang/s-0 spec.topologyConstraint.packConstraint.preferred=topo/zone refused"}},
      {"kai",
       "a preference keeps",
       Set("s", 1, {Clique("w", 1, 1, Pack("", "host"))}),
       {"PodGang/s-0 spec.podgroups[0].topologyConstraint.packConstraint.preferred=kubernetes.io/hostname weakened"}},
      {"kai", "after pods were lost", ServeSet(), shared},
      {"kai",
       "later changes of the queue",
       WithQueue(TwoCliques()),
       {"PodCliqueSet/s metadata.labels[kai.scheduler/queue]=q weakened"}},
      {"kai",
       "later changes of the queue",
       WithCliqueQueue(keys::kKaiQueue),
       {"PodCliqueSet/s spec.template.cliques[1].annotations[kai.scheduler/queue]=batch weakened"}},
      {"kai",
       "own controller reads",
       WithKeysOfKai(),
       {"PodCliqueSet/s metadata.labels[priorityClassName]=high dropped",
        "PodCliqueSet/s metadata.labels[kai.scheduler/preemptibility]=preemptible dropped",
        "PodCliqueSet/s metadata.annotations[kai.scheduler/topology-required-placement]=rack dropped"}},
      {"kai", "priority of the pods", WithPriority(TwoCliques()), priority("weakened")},

      {"volcano", "topology packing", ServeSet(), kAllLevels},
      {"volcano",
       "a unit of its own",
       ServeSet(),
       {"PodGang/serve-0 spec.topologyConstraintGroupConfigs[0]=serve-0-dec-0 dropped",
        "PodGang/serve-0 spec.topologyConstraintGroupConfigs[1]=serve-0-dec-1 dropped"}},
      {"volcano",
       "only cliques name",
       WithCliqueQueue(keys::kVolcanoQueue),
       {"PodCliqueSet/s spec.template.cliques[1].annotations[scheduling.grove.io/volcano-queue]=batch dropped"}},
      {"volcano", "against preemption", TwoCliques(2), kWeakMinima},
      {"volcano", "against preemption", Autoscaled(), kWeakMinima},
      {"volcano", "against preemption", TwoCliques(), {}},
      {"volcano",
       "needs no pod",
       TwoCliques(),
       {"PodGang/s-0 spec.podgroups[0].minReplicas=0 weakened",
        "PodGang/s-0 spec.podgroups[1].minReplicas=0 weakened"}},
      {"volcano", "request nothing", WithRequests(), {"PodGang/s-0 spec.podgroups[1].name=s-0-b weakened"}},
      {"volcano", "priority of the pods", WithPriority(TwoCliques()), priority("weakened")},

      {"kube", "pods start together", TwoCliques(), two_at_once},
      {"kube", "minimum of each pod group", TwoCliques(2), kWeakMinima},
      {"kube", "minimum of each pod group", TwoCliques(), {}},
      {"kube",
       "pod groups start together",
       TwoCliques(),
       {"PodGang/s-0 spec.podgroups=2 pods at once dropped"},
       0,
       KubePodGroups::kPerClique},
      {"kube", "packing of a part", ServeSet(), {kAllLevels[2], kAllLevels[3], kAllLevels[4], kAllLevels[5]}},
      {"kube", "one domain for several", ServeSet(), shared, 0, KubePodGroups::kPerClique},
      {"kube",
       "the required level",
       ServeSet(),
       {"PodGang/serve-0 spec.topologyConstraint.packConstraint.required=topo/block conditional"}},
      {"kube", "a preferred level", ServeSet(), {kAllLevels[1]}},
      {"kube", "falls as a whole", TwoCliques(), two_at_once},
      {"kube", "surplus falls", TwoCliques(2), {kWeakMinima[0]}},
      {"kube", "the gang's priority", WithPriority(TwoCliques()), priority("conditional")},
      {"kube",
       "templates beyond",
       NineCliques(),
       {"PodGang/s-0 spec.podgroups[8].name=s-0-c8 weakened"},
       0,
       KubePodGroups::kPerClique},

      // Before any backend: W3, W4 and W8 of spec 05.
      {"kai",
       "no node label key",
       Set("s", 1, {Clique("w", 1, 1)}, {Group("g", 2, 1, {"w"}, Pack("numa"))}, Pack("zone")),
       {"PodCliqueSet/s spec.template.podCliqueScalingGroups[0].topologyConstraint.pack.required=numa dropped"}},
      {"kai",
       "no node label key",
       Set("s", 1, {Clique("w", 1, 1)}, {Group("g", 2, 1, {"w"}, Pack("numa"))}, Pack("zone")),
       {"PodCliqueSet/s spec.template.podCliqueScalingGroups[0].topologyConstraint.pack.required=numa dropped"},
       1},
      {"default",
       "no node label key",
       Set("s", 1, {Clique("w", 1, 1, Pack("", "numa"))}, {}, Pack("cage")),
       {"PodCliqueSet/s spec.template.topologyConstraint.pack.required=cage dropped",
        "PodCliqueSet/s spec.template.cliques[0].topologyConstraint.pack.preferred=numa dropped"}},
      {"kai",
       "in a scaled gang",
       Set("s", 1, {Clique("w", 1, 1)}, {Group("g", 2, 1, {"w"}, Pack("", "host"))}, Pack("block")),
       {"PodCliqueSet/s spec.template.topologyConstraint.pack.required=block dropped"},
       1},
      {"kai", "in a scaled gang", ServeSet(), {}, 1},
      {"kai", "reservation", TwoCliques(), {"PodGang/s-0 spec.reuseReservationRef=n/old dropped"}},
  };
  for (Case& c : cases) {
    const std::string_view lost = c.lost;
    if (lost == "needs no pod") c.change = ZeroMinima;
    if (lost == "reservation")
      c.change = [](PodGang& gang) { gang.spec.reuse_reservation_ref = NamespacedName{"n", "old"}; };
  }
  return cases;
}

TEST(Losses, EveryRow) {
  std::set<std::string_view> tested;
  for (const Case& c : Cases()) {
    PodGang gang = GangsOf(c.set)[c.gang];
    if (c.change != nullptr) c.change(gang);
    const Translation translation = TranslateWithFab(gang, c.set, c.backend, c.kube);
    EXPECT_THAT(LossesAbout(translation, c.lost), ElementsAreArray(c.want)) << c.backend << ": " << c.lost;
    for (const TranslationLoss& loss : translation.losses) {
      EXPECT_EQ(loss.gang, gang.metadata.name);
      if (loss.lost.find(c.lost) != std::string_view::npos) tested.insert(loss.lost);
    }
  }
  // No row of any table is left out.
  const auto expect_tested = [&](std::span<const LossRule> rules) {
    for (const LossRule& rule : rules) EXPECT_EQ(tested.count(rule.lost), 1u) << rule.lost;
  };
  for (const SchedulerBackend& backend : SchedulerBackends()) expect_tested(FindBackendByName(backend.name)->losses);
  expect_tested(CommonLossRules());
}

TEST(Losses, TextsAreOneLineWithARule) {
  const auto check = [](std::span<const LossRule> rules) {
    for (const LossRule& rule : rules) {
      for (const std::string_view text : {rule.rule, rule.lost, rule.consequence}) {
        EXPECT_FALSE(text.empty());
        EXPECT_EQ(text.find('\n'), std::string_view::npos) << text;
        EXPECT_NE(text.back(), '.') << text;
      }
    }
  };
  for (const SchedulerBackend& backend : SchedulerBackends()) check(FindBackendByName(backend.name)->losses);
  check(CommonLossRules());
}

TEST(Losses, OnePodAloneLosesNothing) {
  const PodCliqueSet set = WithRequests();
  PodCliqueSet single = set;
  single.spec.template_spec.cliques.pop_back();
  for (const char* backend : {"default", "lpx", "volcano", "kube"}) {
    EXPECT_TRUE(TranslateWithFab(GangsOf(single)[0], single, backend).losses.empty()) << backend;
  }
}

}  // namespace
}  // namespace grove::planner
