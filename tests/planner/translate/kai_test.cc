#include "planner/translate/kai.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "planner/pod_gangs.h"
#include "planner/sample_set.h"

namespace grove::planner {
namespace {

using ::testing::HasSubstr;

std::string Describe(const std::optional<KaiTopologyConstraint>& constraint) {
  if (!constraint.has_value()) return "";
  return " " + constraint->topology + ":" + constraint->required_topology_level + "|" +
         constraint->preferred_topology_level;
}

std::string Describe(const KaiSubGroup& group) {
  std::string text = group.name;
  if (group.min_member.has_value()) text += " member " + std::to_string(*group.min_member);
  if (group.min_sub_group.has_value()) text += " sub " + std::to_string(*group.min_sub_group);
  if (group.parent.has_value()) text += " in " + *group.parent;
  return text + Describe(group.topology_constraint);
}

std::vector<std::string> SubGroups(const KaiPodGroup& group) {
  std::vector<std::string> texts;
  for (const KaiSubGroup& sub_group : group.spec.sub_groups) texts.push_back(Describe(sub_group));
  return texts;
}

// The set of example W1 in spec 05 §10 with a queue.
PodCliqueSet ExampleSet() {
  PodCliqueSet set = Set("serve", 1, {Clique("dw", 4, 3), Clique("fe", 3, 2), Clique("dl", 1, 1, Pack("host"))},
                         {Group("dec", 3, 2, {"dl", "dw"}, Pack("rack"))}, Pack("block", "rack"));
  set.metadata.labels.Set(keys::kKaiQueue, "q1");
  set.spec.template_spec.priority_class_name = "gold";
  return set;
}

TEST(KaiPodGroup, ExampleOfTheSpec) {
  const PodCliqueSet set = ExampleSet();
  const std::vector<PodGang> gangs = MakePodGangs(set, Options(true), {});
  ASSERT_EQ(gangs.size(), 2u);
  const auto base = MakeKaiPodGroup(gangs[0], set);
  ASSERT_TRUE(base.ok());
  EXPECT_EQ(base->spec.min_member, 10);
  EXPECT_EQ(base->spec.queue, "q1");
  EXPECT_EQ(base->spec.priority_class_name, "gold");
  EXPECT_EQ(base->spec.topology_constraint, (KaiTopologyConstraint{"fab", "topo/block", "topo/rack"}));
  EXPECT_THAT(SubGroups(*base),
              testing::ElementsAre("serve-0-dec-0 sub 2 fab:topo/rack|", "serve-0-dec-1 sub 2 fab:topo/rack|",
                                   "serve-0-fe member 2",
                                   "serve-0-dec-0-dl member 1 in serve-0-dec-0 fab:kubernetes.io/hostname|",
                                   "serve-0-dec-0-dw member 3 in serve-0-dec-0",
                                   "serve-0-dec-1-dl member 1 in serve-0-dec-1 fab:kubernetes.io/hostname|",
                                   "serve-0-dec-1-dw member 3 in serve-0-dec-1"));
  const auto scaled = MakeKaiPodGroup(gangs[1], set);
  ASSERT_TRUE(scaled.ok());
  EXPECT_EQ(scaled->spec.min_member, 4);
  EXPECT_EQ(scaled->spec.topology_constraint, (KaiTopologyConstraint{"fab", "topo/rack", ""}));
  EXPECT_THAT(SubGroups(*scaled), testing::ElementsAre("serve-0-dec-2-dl member 1 fab:kubernetes.io/hostname|",
                                                       "serve-0-dec-2-dw member 3"));
}

TEST(KaiPodGroup, MetadataIsThatOfTheGangWithTheSkipMark) {
  const PodCliqueSet set = ExampleSet();
  PodGang gang = MakePodGangs(set, Options(true), {})[0];
  gang.metadata.uid = "u7";
  const auto group = MakeKaiPodGroup(gang, set);
  ASSERT_TRUE(group.ok());
  EXPECT_EQ(group->metadata.name, "serve-0");
  EXPECT_EQ(group->metadata.namespace_name, "default");
  EXPECT_EQ(group->metadata.labels, gang.metadata.labels);
  EXPECT_EQ(group->metadata.annotations,
            (StringMap{{"grove.io/topology-name", "fab"}, {"kai.scheduler/skip-podgrouper", "true"}}));
  ASSERT_EQ(group->metadata.owner_references.size(), 1u);
  EXPECT_EQ(group->metadata.owner_references[0],
            (OwnerReference{"scheduler.grove.io/v1alpha1", "PodGang", "serve-0", "u7", true, true}));
}

TEST(KaiPodGroup, StaleGroupConstraintStaysAParentWithoutConstraint) {
  PodCliqueSet set = Set("serve", 1, {Clique("w", 2, 1)}, {Group("g", 1, 1, {"w"}, Pack("numa"))});
  set.metadata.labels.Set(keys::kKaiQueue, "q");
  const auto group = MakeKaiPodGroup(MakePodGangs(set, Options(true), {})[0], set);
  ASSERT_TRUE(group.ok());
  EXPECT_THAT(SubGroups(*group), testing::ElementsAre("serve-0-g-0 sub 1", "serve-0-g-0-w member 1 in serve-0-g-0"));
  EXPECT_EQ(group->spec.topology_constraint, KaiTopologyConstraint{});

  const auto without_topology = MakeKaiPodGroup(MakePodGangs(set, Options(false), {})[0], set);
  ASSERT_TRUE(without_topology.ok());
  EXPECT_THAT(SubGroups(*without_topology), testing::ElementsAre("serve-0-g-0-w member 1"));
}

TEST(KaiPodGroup, RefusesWhatItCannotMap) {
  const PodCliqueSet set = ExampleSet();
  const PodGang gang = MakePodGangs(set, Options(true), {})[0];
  PodGang orphan = gang;
  orphan.metadata.owner_references.clear();
  EXPECT_FALSE(MakeKaiPodGroup(orphan, set).ok());
  PodGang foreign = gang;
  foreign.metadata.owner_references[0].kind = "Deployment";
  EXPECT_FALSE(MakeKaiPodGroup(foreign, set).ok());
  PodGang nameless = gang;
  nameless.metadata.annotations.Erase(keys::kTopologyName);
  EXPECT_FALSE(MakeKaiPodGroup(nameless, set).ok());
  nameless.metadata.annotations.Set(keys::kKaiTopology, "theirs");
  const auto fallback = MakeKaiPodGroup(nameless, set);
  ASSERT_TRUE(fallback.ok());
  EXPECT_EQ(fallback->spec.topology_constraint.topology, "theirs");
  PodCliqueSet queueless = set;
  queueless.metadata.labels = {};
  EXPECT_FALSE(MakeKaiPodGroup(gang, queueless).ok());
}

// Spec 07 §4.2; "-" is none.
struct QueueCase {
  const char *set_label, *set_annotation, *first, *second;
  const char* want;  // a queue, or what the error says
  bool ok;
};

class KaiQueues : public ::testing::TestWithParam<QueueCase> {};

TEST_P(KaiQueues, FollowTheTable) {
  const QueueCase& c = GetParam();
  PodCliqueSet set = Set("s", 1, {Clique("a", 1, 1), Clique("b", 1, 1)});
  const auto put = [](StringMap& map, std::string_view value) {
    if (value != "-") map.Set(keys::kKaiQueue, value);
  };
  put(set.metadata.labels, c.set_label);
  put(set.metadata.annotations, c.set_annotation);
  put(set.spec.template_spec.cliques[0].labels, c.first);
  put(set.spec.template_spec.cliques[1].annotations, c.second);
  const auto queue = KaiQueueOf(set);
  ASSERT_EQ(queue.ok(), c.ok);
  if (c.ok) {
    EXPECT_EQ(*queue, c.want);
  } else {
    EXPECT_THAT(std::string(queue.status().message()), HasSubstr(c.want));
  }
}

INSTANTIATE_TEST_SUITE_P(
    Spec, KaiQueues,
    ::testing::Values(QueueCase{"q", "-", "-", "-", "q", true}, QueueCase{"q", "-", "q", "q", "q", true},
                      QueueCase{"q", "-", "-", "r", "clique b", false}, QueueCase{"q", "r", "-", "-", "q", true},
                      QueueCase{"", "r", "-", "-", "r", true}, QueueCase{"-", "-", "r", "-", "r", true},
                      QueueCase{"-", "-", "r", "r", "r", true}, QueueCase{"-", "-", "r", "p", "p, r", false},
                      QueueCase{"-", "-", "-", "-", "no queue", false}));

}  // namespace
}  // namespace grove::planner
