// Where a PodGang is cut to fit the Workload API of Kubernetes.
#include "planner/translate/kube.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "planner/expand_json.h"
#include "planner/translate/translate_sample.h"

namespace grove::planner {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// "name min key template": one per PodGroup.
std::vector<std::string> PodGroupsOf(const Translation& translation) {
  std::vector<std::string> texts;
  for (const SchedulerObject& object : translation.objects) {
    if (object.kind != "PodGroup") continue;
    const Value spec = At(object.document, {"spec"});
    const auto text = [](const Value& value) { return value.text().empty() ? "-" : std::string(value.text()); };
    texts.push_back(object.metadata.name + " " + text(At(spec, {"schedulingPolicy", "gang", "minCount"})) + " " +
                    text(At(spec, {"schedulingConstraints", "topology", "0", "key"})) + " " +
                    text(At(spec, {"podGroupTemplateRef", "workload", "podGroupTemplateName"})));
  }
  return texts;
}

// The finest level that covers all pods of the gang is the one to carry.
TEST(Kube, CarriesTheFinestLevelOfTheWholeGang) {
  PodCliqueSet set =
      Set("s", 1, {Clique("w", 2, 2, Pack("host"))}, {Group("g", 1, 1, {"w"}, Pack("rack"))}, Pack("zone"));
  const Translation nested = TranslateWithFab(GangsOf(set)[0], set, "kube");
  EXPECT_THAT(PodGroupsOf(nested), ElementsAre("s-0 2 kubernetes.io/hostname s-0"));
  EXPECT_THAT(LossesAbout(nested, "packing of a part"), IsEmpty());

  set = Set("s", 1, {Clique("v", 2, 2), Clique("w", 2, 2, Pack("host"))}, {}, Pack("zone"));
  const Translation part = TranslateWithFab(GangsOf(set)[0], set, "kube");
  EXPECT_THAT(PodGroupsOf(part), ElementsAre("s-0 4 topo/zone s-0"));
  EXPECT_THAT(LossesAbout(part, "packing of a part"),
              ElementsAre("PodGang/s-0 spec.podgroups[1].topologyConstraint.packConstraint.required="
                          "kubernetes.io/hostname dropped"));

  set = Set("s", 1, {Clique("v", 2, 2), Clique("w", 2, 2, Pack("zone"))}, {}, Pack("zone"));
  EXPECT_THAT(LossesAbout(TranslateWithFab(GangsOf(set)[0], set, "kube"), "packing of a part"), IsEmpty());
}

TEST(Kube, NamesOfTemplatesAreLabels) {
  const PodCliqueSet set = Set("my.set", 1, {Clique("a.b", 1, 1), Clique("c", 1, 1)});
  EXPECT_THAT(PodGroupsOf(TranslateWithFab(GangsOf(set)[0], set, "kube")), ElementsAre("my.set-0 2 - gang"));
  EXPECT_THAT(PodGroupsOf(TranslateWithFab(GangsOf(set)[0], set, "kube", KubePodGroups::kPerClique)),
              ElementsAre("my.set-0-a.b 1 - group-0", "my.set-0-c 1 - c"));
}

TEST(Kube, EightTemplatesFit) {
  std::vector<PodCliqueTemplateSpec> cliques;
  for (int i = 0; i < 9; ++i) cliques.push_back(Clique("c" + std::to_string(i), 1, 1));
  const PodCliqueSet set = Set("s", 1, cliques);
  const Translation translation = TranslateWithFab(GangsOf(set)[0], set, "kube", KubePodGroups::kPerClique);
  EXPECT_EQ(At(translation.objects[0].document, {"spec", "podGroupTemplates"}).size(), 8u);
  const std::vector<std::string> groups = PodGroupsOf(translation);
  ASSERT_EQ(groups.size(), 9u);
  EXPECT_EQ(groups[7], "s-0-c7 1 - c7");
  EXPECT_EQ(groups[8], "s-0-c8 1 - -");
  EXPECT_THAT(LossesAbout(translation, "templates beyond"),
              ElementsAre("PodGang/s-0 spec.podgroups[8].name=s-0-c8 weakened"));
}

TEST(Kube, AGangOfNoPodsIsScheduledPodByPod) {
  const PodCliqueSet set = Set("s", 1, {Clique("a", 1, 1)});
  PodGang gang = GangsOf(set)[0];
  gang.spec.pod_groups[0].min_replicas = 0;
  const Translation translation = TranslateWithFab(gang, set, "kube");
  EXPECT_EQ(At(translation.objects[1].document, {"spec", "schedulingPolicy"}), Json("{'basic': {}}"));
  EXPECT_TRUE(At(translation.objects[1].document, {"spec", "disruptionMode"}).is_null());
}

TEST(Kube, SumsAreBounded) {
  const PodCliqueSet set = Set("s", 1, {Clique("a", 1, 1), Clique("b", 1, 1)});
  PodGang gang = GangsOf(set)[0];
  for (PodGroup& group : gang.spec.pod_groups) group.min_replicas = 2147483647;
  EXPECT_THAT(PodGroupsOf(TranslateWithFab(gang, set, "kube")), ElementsAre("s-0 2147483647 - s-0"));
}

}  // namespace
}  // namespace grove::planner
