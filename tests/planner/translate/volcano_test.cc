#include "planner/translate/volcano.h"

#include "gtest/gtest.h"

#include "planner/pod_gangs.h"
#include "planner/sample_set.h"

namespace grove::planner {
namespace {

PodGang ExampleGang() {
  PodCliqueSet set = Set("v", 1, {Clique("a", 3, 2), Clique("b", 1, 1)});
  set.metadata.labels.Set("team", "x");
  set.metadata.annotations.Set("note", "n");
  set.spec.template_spec.priority_class_name = "low";
  return MakePodGangs(set, Options(false), {})[0];
}

TEST(VolcanoPodGroup, FieldByField) {
  const PodGang gang = ExampleGang();
  const VolcanoPodGroup group = MakeVolcanoPodGroup(gang);
  EXPECT_EQ(group.metadata.name, "v-0");
  EXPECT_EQ(group.metadata.namespace_name, "default");
  EXPECT_EQ(group.metadata.labels, gang.metadata.labels);
  EXPECT_TRUE(group.metadata.annotations.empty());
  ASSERT_EQ(group.metadata.owner_references.size(), 1u);
  EXPECT_EQ(group.metadata.owner_references[0].kind, "PodGang");
  EXPECT_EQ(group.spec.min_member, 3);
  EXPECT_EQ(group.spec.queue, "default");
  EXPECT_EQ(group.spec.priority_class_name, "low");
  ASSERT_EQ(group.spec.sub_group_policy.size(), 2u);
  const VolcanoSubGroupPolicy want{"v-0-a", {{{"grove.io/podclique", "v-0-a"}}}, {"grove.io/podclique"}, 2, 1};
  EXPECT_EQ(group.spec.sub_group_policy[0], want);
  EXPECT_EQ(group.spec.sub_group_policy[1].name, "v-0-b");
  EXPECT_EQ(group.spec.sub_group_policy[1].sub_group_size, 1);
}

TEST(VolcanoPodGroup, QueueIsTheTrimmedAnnotation) {
  struct Row {
    const char *annotation, *want;
  };
  for (const Row& row : {Row{"batch", "batch"}, Row{" batch\t\n", "batch"}, Row{"  ", "default"}, Row{"", "default"}}) {
    PodGang gang = ExampleGang();
    gang.metadata.annotations.Set(keys::kVolcanoQueue, row.annotation);
    EXPECT_EQ(MakeVolcanoPodGroup(gang).spec.queue, row.want);
  }
}

TEST(VolcanoPodGroup, ZeroMinimaBecomeOne) {
  PodGang gang = ExampleGang();
  for (PodGroup& group : gang.spec.pod_groups) group.min_replicas = 0;
  const VolcanoPodGroup group = MakeVolcanoPodGroup(gang);
  EXPECT_EQ(group.spec.min_member, 1);
  for (const VolcanoSubGroupPolicy& policy : group.spec.sub_group_policy) EXPECT_EQ(policy.sub_group_size, 1);
}

}  // namespace
}  // namespace grove::planner
