#include "planner/pod_gangs.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "planner/sample_set.h"

namespace grove::planner {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::string Describe(const std::optional<GangTopologyConstraint>& constraint) {
  if (!constraint.has_value()) return "-";
  const GangPackConstraint& pack = *constraint->pack_constraint;
  return pack.required + "|" + pack.preferred;
}

// "name(minReplicas)constraint": one string per pod group.
std::vector<std::string> PodGroups(const PodGang& gang) {
  std::vector<std::string> groups;
  for (const PodGroup& group : gang.spec.pod_groups) {
    groups.push_back(group.name + "(" + std::to_string(group.min_replicas) + ")" + Describe(group.topology_constraint));
  }
  return groups;
}

// "name[pod groups]constraint".
std::vector<std::string> GroupConfigs(const PodGang& gang) {
  std::vector<std::string> configs;
  for (const TopologyConstraintGroupConfig& config : gang.spec.topology_constraint_group_configs) {
    std::string text = config.name + "[";
    for (const std::string& name : config.pod_group_names) text += name + " ";
    configs.push_back(text + "]" + Describe(config.topology_constraint));
  }
  return configs;
}

std::vector<std::string> Names(const std::vector<PodGang>& gangs) {
  std::vector<std::string> names;
  for (const PodGang& gang : gangs) names.push_back(gang.metadata.name);
  return names;
}

std::vector<std::string> References(const PodGroup& group) {
  std::vector<std::string> names;
  for (const NamespacedName& reference : group.pod_references) {
    names.push_back(reference.namespace_name + "/" + reference.name);
  }
  return names;
}

std::string_view TopologyName(const PodGang& gang) { return gang.metadata.annotations.Get(keys::kTopologyName); }

TEST(PodGangsExamples, W1NestedConstraintsAndReferences) {
  PodCliqueSet set = Set("serve", 1, {Clique("dw", 4, 3), Clique("fe", 3, 2), Clique("dl", 1, 1, Pack("host"))},
                         {Group("dec", 3, 2, {"dl", "dw"}, Pack("rack"))}, Pack("block", "rack"));
  set.spec.template_spec.priority_class_name = "gold";
  const std::vector<Pod> pods = {MakePod("serve", "serve-0", "serve-0-fe", "serve-0-fe-zz"),
                                 MakePod("serve", "serve-0", "serve-0-fe", "serve-0-fe-aa")};
  const std::vector<PodGang> gangs = MakePodGangs(set, Options(true), pods);

  ASSERT_THAT(Names(gangs), ElementsAre("serve-0", "serve-0-dec-0"));
  EXPECT_THAT(PodGroups(gangs[0]),
              ElementsAre("serve-0-fe(2)-", "serve-0-dec-0-dl(1)kubernetes.io/hostname|", "serve-0-dec-0-dw(3)-",
                          "serve-0-dec-1-dl(1)kubernetes.io/hostname|", "serve-0-dec-1-dw(3)-"));
  EXPECT_EQ(Describe(gangs[0].spec.topology_constraint), "topo/block|topo/rack");
  EXPECT_THAT(GroupConfigs(gangs[0]), ElementsAre("serve-0-dec-0[serve-0-dec-0-dl serve-0-dec-0-dw ]topo/rack|",
                                                  "serve-0-dec-1[serve-0-dec-1-dl serve-0-dec-1-dw ]topo/rack|"));
  EXPECT_THAT(PodGroups(gangs[1]), ElementsAre("serve-0-dec-2-dl(1)kubernetes.io/hostname|", "serve-0-dec-2-dw(3)-"));
  EXPECT_EQ(Describe(gangs[1].spec.topology_constraint), "topo/rack|");
  EXPECT_THAT(GroupConfigs(gangs[1]), IsEmpty());
  EXPECT_THAT(References(gangs[0].spec.pod_groups[0]), ElementsAre("default/serve-0-fe-aa", "default/serve-0-fe-zz"));
  EXPECT_THAT(gangs[0].spec.pod_groups[1].pod_references, IsEmpty());
  for (const PodGang& gang : gangs) {
    EXPECT_EQ(gang.spec.priority_class_name, "gold");
    EXPECT_EQ(TopologyName(gang), "fab");
  }
}

TEST(PodGangsExamples, W2ScaledGangsFollowTheBaseGangsOfAllReplicas) {
  const PodCliqueSet set =
      Set("serve", 2, {Clique("w", 2, 1, Pack("", "host", ""))}, {Group("g", 2, 1, {"w"})}, Pack("zone"));
  // An autoscaler left four replicas in the first replica of the set; the second one is yet to come.
  const auto live = [](std::int32_t replica, std::size_t) { return replica == 0 ? 4 : 2; };
  const std::vector<PodGang> gangs = MakePodGangs(set, Options(true), {}, live);
  ASSERT_THAT(Names(gangs),
              ElementsAre("serve-0", "serve-1", "serve-0-g-0", "serve-0-g-1", "serve-0-g-2", "serve-1-g-0"));
  EXPECT_THAT(PodGroups(gangs[0]), ElementsAre("serve-0-g-0-w(1)|kubernetes.io/hostname"));
  EXPECT_THAT(PodGroups(gangs[4]), ElementsAre("serve-0-g-3-w(1)|kubernetes.io/hostname"));
  for (const PodGang& gang : gangs) {
    EXPECT_EQ(Describe(gang.spec.topology_constraint), "topo/zone|");
    EXPECT_THAT(GroupConfigs(gang), IsEmpty());
  }
}

TEST(PodGangsExamples, W3StaleGroupConstraint) {
  const PodCliqueSet set = Set("serve", 1, {Clique("w", 2, 1)}, {Group("g", 2, 1, {"w"}, Pack("numa"))}, Pack("zone"));
  const std::vector<PodGang> gangs = MakePodGangs(set, Options(true), {});
  ASSERT_EQ(gangs.size(), 2u);
  EXPECT_EQ(Describe(gangs[0].spec.topology_constraint), "topo/zone|");
  EXPECT_THAT(GroupConfigs(gangs[0]), ElementsAre("serve-0-g-0[serve-0-g-0-w ]-"));
  EXPECT_EQ(Describe(gangs[1].spec.topology_constraint), "-");
  EXPECT_FALSE(gangs[1].metadata.annotations.Contains(keys::kTopologyName));
}

TEST(PodGangsExamples, W4BindingAbsentAndW5TopologyOff) {
  const PodCliqueSet set =
      Set("serve", 1, {Clique("w", 2, 1, Pack("host"))}, {Group("g", 2, 1, {"w"}, Pack("rack"))}, Pack("zone"));
  for (const bool topology_aware : {true, false}) {
    const std::vector<PodGang> gangs = MakePodGangs(set, Options(topology_aware, {}), {});
    ASSERT_EQ(gangs.size(), 2u);
    if (topology_aware) {
      EXPECT_THAT(GroupConfigs(gangs[0]), ElementsAre("serve-0-g-0[serve-0-g-0-w ]-"));
    } else {
      EXPECT_THAT(GroupConfigs(gangs[0]), IsEmpty());
    }
    EXPECT_THAT(PodGroups(gangs[0]), ElementsAre("serve-0-g-0-w(1)-"));
    for (const PodGang& gang : gangs) {
      EXPECT_EQ(Describe(gang.spec.topology_constraint), "-");
      EXPECT_FALSE(gang.metadata.annotations.Contains(keys::kTopologyName));
    }
  }
}

TEST(PodGangsExamples, W5TopologyOffThoughTheBindingExists) {
  const PodCliqueSet set =
      Set("serve", 1, {Clique("w", 2, 1, Pack("host"))}, {Group("g", 1, 1, {"w"}, Pack("rack"))}, Pack("zone"));
  const std::vector<PodGang> gangs = MakePodGangs(set, Options(false), {});
  ASSERT_EQ(gangs.size(), 1u);
  EXPECT_EQ(Describe(gangs[0].spec.topology_constraint), "-");
  EXPECT_THAT(PodGroups(gangs[0]), ElementsAre("serve-0-g-0-w(1)-"));
  EXPECT_THAT(GroupConfigs(gangs[0]), IsEmpty());
}

TEST(PodGangsExamples, W6BaseGangListsAllOfMinAvailable) {
  const PodCliqueSet set = Set("serve", 1, {Clique("w", 1, 1)}, {Group("g", 1, 2, {"w"})});
  const std::vector<PodGang> gangs = MakePodGangs(set, Options(false), {});
  ASSERT_THAT(Names(gangs), ElementsAre("serve-0"));
  EXPECT_THAT(PodGroups(gangs[0]), ElementsAre("serve-0-g-0-w(1)-", "serve-0-g-1-w(1)-"));
}

TEST(PodGangsExamples, W7OnlyOneCliqueIsConstrained) {
  const PodCliqueSet set =
      Set("serve", 1, {Clique("a", 1, 1), Clique("b", 2, 2, Pack("rack", "host")), Clique("w", 1, 1)},
          {Group("g", 2, 1, {"w"})});
  const std::vector<PodGang> gangs = MakePodGangs(set, Options(true), {});
  ASSERT_EQ(gangs.size(), 2u);
  EXPECT_THAT(PodGroups(gangs[0]),
              ElementsAre("serve-0-a(1)-", "serve-0-b(2)topo/rack|kubernetes.io/hostname", "serve-0-g-0-w(1)-"));
  EXPECT_EQ(TopologyName(gangs[0]), "fab");
  EXPECT_FALSE(gangs[1].metadata.annotations.Contains(keys::kTopologyName));
}

TEST(PodGangsExamples, W8PreferredGroupConstraintHidesTheSetsRequiredOne) {
  const PodCliqueSet set =
      Set("serve", 1, {Clique("w", 1, 1)}, {Group("g", 2, 1, {"w"}, Pack("", "host"))}, Pack("block"));
  const std::vector<PodGang> gangs = MakePodGangs(set, Options(true), {});
  ASSERT_EQ(gangs.size(), 2u);
  EXPECT_EQ(Describe(gangs[0].spec.topology_constraint), "topo/block|");
  EXPECT_THAT(GroupConfigs(gangs[0]), ElementsAre("serve-0-g-0[serve-0-g-0-w ]|kubernetes.io/hostname"));
  EXPECT_EQ(Describe(gangs[1].spec.topology_constraint), "|kubernetes.io/hostname");
}

TEST(PodGangsExamples, W9CoarserPreferredPassesThrough) {
  const PodCliqueSet set = Set("serve", 1, {Clique("w", 1, 1)}, {}, Pack("rack", "zone"));
  const std::vector<PodGang> gangs = MakePodGangs(set, Options(true), {});
  ASSERT_EQ(gangs.size(), 1u);
  EXPECT_EQ(Describe(gangs[0].spec.topology_constraint), "topo/rack|topo/zone");
}

// Spec 06 §7.1: what is required of the base gang, of the replicas of the group in it, and of a scaled gang alone.
TEST(PodGangsExamples, TopologyLevelByLevel) {
  const PodCliqueSet set = Set("serve", 1, {Clique("dl", 1, 1, Pack("host")), Clique("dw", 1, 1)},
                               {Group("dec", 3, 2, {"dl", "dw"}, Pack("rack"))}, Pack("block"));
  const std::vector<PodGang> gangs = MakePodGangs(set, Options(true), {});
  ASSERT_THAT(Names(gangs), ElementsAre("serve-0", "serve-0-dec-0"));
  EXPECT_EQ(Describe(gangs[0].spec.topology_constraint), "topo/block|");
  EXPECT_THAT(GroupConfigs(gangs[0]), ElementsAre("serve-0-dec-0[serve-0-dec-0-dl serve-0-dec-0-dw ]topo/rack|",
                                                  "serve-0-dec-1[serve-0-dec-1-dl serve-0-dec-1-dw ]topo/rack|"));
  EXPECT_THAT(PodGroups(gangs[0]), ElementsAre("serve-0-dec-0-dl(1)kubernetes.io/hostname|", "serve-0-dec-0-dw(1)-",
                                               "serve-0-dec-1-dl(1)kubernetes.io/hostname|", "serve-0-dec-1-dw(1)-"));
  EXPECT_EQ(Describe(gangs[1].spec.topology_constraint), "topo/rack|");
  EXPECT_THAT(GroupConfigs(gangs[1]), IsEmpty());
  EXPECT_THAT(PodGroups(gangs[1]), ElementsAre("serve-0-dec-2-dl(1)kubernetes.io/hostname|", "serve-0-dec-2-dw(1)-"));
}

// Spec 05 §6.3.
struct Combination {
  bool set, group, clique;
  const char *base_gang, *base_configs, *scaled_gang;
};

class Combinations : public ::testing::TestWithParam<Combination> {};

TEST_P(Combinations, PutEachConstraintWhereItBelongs) {
  const Combination& c = GetParam();
  const auto pack = [](bool has, const char* domain) { return has ? std::optional(Pack(domain)) : std::nullopt; };
  const PodCliqueSet set = Set("s", 1, {Clique("w", 1, 1, pack(c.clique, "host"))},
                               {Group("g", 2, 1, {"w"}, pack(c.group, "rack"))}, pack(c.set, "zone"));
  const std::vector<PodGang> gangs = MakePodGangs(set, Options(true), {});
  ASSERT_EQ(gangs.size(), 2u);
  const std::string of_clique = c.clique ? "kubernetes.io/hostname|" : "-";
  EXPECT_EQ(Describe(gangs[0].spec.topology_constraint), c.base_gang);
  EXPECT_THAT(PodGroups(gangs[0]), ElementsAre("s-0-g-0-w(1)" + of_clique));
  if (c.group) {
    EXPECT_THAT(GroupConfigs(gangs[0]), ElementsAre(std::string("s-0-g-0[s-0-g-0-w ]") + c.base_configs));
  } else {
    EXPECT_THAT(GroupConfigs(gangs[0]), IsEmpty());
  }
  EXPECT_EQ(Describe(gangs[1].spec.topology_constraint), c.scaled_gang);
  EXPECT_THAT(PodGroups(gangs[1]), ElementsAre("s-0-g-1-w(1)" + of_clique));
  EXPECT_THAT(GroupConfigs(gangs[1]), IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(Spec, Combinations,
                         ::testing::Values(Combination{false, false, false, "-", "", "-"},
                                           Combination{true, false, false, "topo/zone|", "", "topo/zone|"},
                                           Combination{false, true, false, "-", "topo/rack|", "topo/rack|"},
                                           Combination{false, false, true, "-", "", "-"},
                                           Combination{true, true, false, "topo/zone|", "topo/rack|", "topo/rack|"},
                                           Combination{true, false, true, "topo/zone|", "", "topo/zone|"},
                                           Combination{false, true, true, "-", "topo/rack|", "topo/rack|"},
                                           Combination{true, true, true, "topo/zone|", "topo/rack|", "topo/rack|"}));

// PG-51…PG-53.
struct Translation {
  TopologyConstraint constraint;
  const char* want;
};

class Translations : public ::testing::TestWithParam<Translation> {};

TEST_P(Translations, ReplaceDomainsByKeys) {
  const PodCliqueSet set = Set("s", 1, {Clique("w", 1, 1)}, {}, GetParam().constraint);
  const std::vector<PodGang> gangs = MakePodGangs(set, Options(true), {});
  ASSERT_EQ(gangs.size(), 1u);
  EXPECT_EQ(Describe(gangs[0].spec.topology_constraint), GetParam().want);
}

TopologyConstraint PackDomain(std::string domain, std::string preferred = {}) {
  TopologyConstraint constraint = Pack("", std::move(preferred));
  constraint.pack_domain = std::move(domain);
  return constraint;
}

INSTANTIATE_TEST_SUITE_P(
    Spec, Translations,
    ::testing::Values(Translation{Pack("rack"), "topo/rack|"}, Translation{Pack("", "rack"), "|topo/rack"},
                      Translation{Pack("zone", "rack"), "topo/zone|topo/rack"},
                      Translation{PackDomain("zone", "rack"), "topo/zone|topo/rack"},
                      Translation{PackDomain("zone"), "topo/zone|"}, Translation{Pack("numa", "rack"), "|topo/rack"},
                      Translation{Pack("zone", "numa"), "topo/zone|"}, Translation{Pack("numa"), "-"},
                      Translation{Pack("zone", "", ""), "-"}, Translation{Pack("zone", "", "other"), "-"}));

TEST(PodGangs, NoneForASetOfNoReplicas) {
  const PodCliqueSet set = Set("s", 0, {Clique("w", 1, 1)}, {Group("g", 3, 1, {"w"})});
  EXPECT_THAT(MakePodGangs(set, Options(false), {}), IsEmpty());
}

TEST(PodGangs, NoneIfAGroupNamesAnUnknownClique) {
  const PodCliqueSet set = Set("s", 1, {Clique("w", 1, 1)}, {Group("g", 3, 1, {"w", "ghost"})});
  EXPECT_THAT(MakePodGangs(set, Options(false), {}), IsEmpty());
}

TEST(PodGangs, MembersFollowCliqueNamesAndGroupsTheTemplate) {
  const PodCliqueSet set = Set("s", 1, {Clique("b", 1, 1), Clique("x", 1, 1), Clique("a", 1, 1), Clique("y", 1, 1)},
                               {Group("h", 2, 1, {"y"}), Group("g", 3, 1, {"b", "a"})});
  const std::vector<PodGang> gangs = MakePodGangs(set, Options(false), {});
  ASSERT_THAT(Names(gangs), ElementsAre("s-0", "s-0-h-0", "s-0-g-0", "s-0-g-1"));
  EXPECT_THAT(PodGroups(gangs[0]), ElementsAre("s-0-x(1)-", "s-0-h-0-y(1)-", "s-0-g-0-b(1)-", "s-0-g-0-a(1)-"));
  EXPECT_THAT(PodGroups(gangs[3]), ElementsAre("s-0-g-2-b(1)-", "s-0-g-2-a(1)-"));
}

TEST(PodGangs, MinimumIsThatOfTheCliqueOfExactlyThatName) {
  const PodCliqueSet set = Set("s", 1, {Clique("w", 5, 4), Clique("big-w", 3, 2)});
  const std::vector<PodGang> gangs = MakePodGangs(set, Options(false), {});
  ASSERT_EQ(gangs.size(), 1u);
  EXPECT_THAT(PodGroups(gangs[0]), ElementsAre("s-0-w(4)-", "s-0-big-w(2)-"));
}

TEST(PodGangs, MetadataMirrorsTheSetButForGrovesOwnKeys) {
  PodCliqueSet set = Set("s", 1, {Clique("w", 1, 1)});
  set.metadata.uid = "u1";
  set.metadata.labels = {{"team", "a"}, {"grove.io/secret", "x"}, {"app.kubernetes.io/part-of", "mine"}};
  set.metadata.annotations = {{"kai.scheduler/queue", "q"}, {"grove.io/mnnvl-group", "g"}, {"grove.iox", "kept"}};
  const std::vector<PodGang> gangs = MakePodGangs(set, Options(false), {});
  ASSERT_EQ(gangs.size(), 1u);
  const ObjectMeta& metadata = gangs[0].metadata;
  EXPECT_EQ(metadata.labels, (StringMap{{"app.kubernetes.io/component", "podgang"},
                                        {"app.kubernetes.io/managed-by", "grove-operator"},
                                        {"app.kubernetes.io/part-of", "s"},
                                        {"grove.io/scheduler-name", "default-scheduler"},
                                        {"team", "a"}}));
  EXPECT_EQ(metadata.annotations, (StringMap{{"grove.iox", "kept"}, {"kai.scheduler/queue", "q"}}));
  ASSERT_EQ(metadata.owner_references.size(), 1u);
  EXPECT_EQ(metadata.owner_references[0], (OwnerReference{"grove.io/v1alpha1", "PodCliqueSet", "s", "u1", true, true}));
  EXPECT_EQ(metadata.namespace_name, "default");
}

TEST(PodGangs, SchedulerNameIsTheFirstOneThatACliqueNames) {
  PodCliqueSet set = Set("s", 1, {Clique("a", 1, 1), Clique("b", 1, 1)});
  ExpansionOptions options;
  options.configuration = Configuration(false, {"volcano"}, "volcano");
  EXPECT_EQ(MakePodGangs(set, options, {})[0].metadata.labels.Get(keys::kSchedulerName), "volcano");
  set.spec.template_spec.cliques[1].spec.pod_spec = Value::FromJson(R"({"schedulerName":"kai-scheduler"})");
  EXPECT_EQ(MakePodGangs(set, options, {})[0].metadata.labels.Get(keys::kSchedulerName), "kai-scheduler");
}

TEST(PodGangs, ReferencesLeaveOutWhatIsNotTheirs) {
  const PodCliqueSet set = Set("s", 1, {Clique("w", 9, 1)}, {Group("g", 2, 1, {"w"})});
  std::vector<Pod> pods(8, MakePod("s", "s-0", "s-0-g-0-w", ""));
  for (std::size_t i = 0; i < pods.size(); ++i) pods[i].metadata.name = "p" + std::to_string(9 - i);
  pods[1].metadata.deletion_timestamp = Time{1};           // terminating
  pods[2].metadata.labels.Set(keys::kPodGang, "s-0-g-0");  // another gang, of which its clique is no member
  pods[3].metadata.labels.Set(keys::kPartOf, "t");         // another set
  pods[4].metadata.namespace_name = "elsewhere";
  pods[5].metadata.owner_references.clear();
  pods[6].metadata.labels.Erase(keys::kManagedBy);
  pods[7].status.phase = "Failed";  // counts until it is deleted
  const std::vector<PodGang> gangs = MakePodGangs(set, Options(false), pods);
  ASSERT_EQ(gangs.size(), 2u);
  EXPECT_THAT(References(gangs[0].spec.pod_groups[0]), ElementsAre("default/p2", "default/p9"));
  EXPECT_THAT(gangs[1].spec.pod_groups[0].pod_references, IsEmpty());
}

TEST(PodGangs, CollidingNamesGiveTwoPodGroupsWithTheSameReferences) {
  const PodCliqueSet set = Set("x", 1, {Clique("s-0-b", 1, 1), Clique("b", 1, 1)}, {Group("s", 1, 1, {"b"})});
  const std::vector<Pod> pods = {MakePod("x", "x-0", "x-0-s-0-b", "p")};
  const std::vector<PodGang> gangs = MakePodGangs(set, Options(false), pods);
  ASSERT_EQ(gangs.size(), 1u);
  EXPECT_THAT(PodGroups(gangs[0]), ElementsAre("x-0-s-0-b(1)-", "x-0-s-0-b(1)-"));
  EXPECT_EQ(gangs[0].spec.pod_groups[0].pod_references, gangs[0].spec.pod_groups[1].pod_references);
  EXPECT_EQ(gangs[0].spec.pod_groups[0].pod_references.size(), 1u);
}

}  // namespace
}  // namespace grove::planner
