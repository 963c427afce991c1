// Whole objects: the gangs of spec 05 W1 for every backend, as documents.
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "planner/expand_json.h"
#include "planner/translate/translate_sample.h"

namespace grove::planner {
namespace {

using ::testing::IsEmpty;

// What the metadata of every object begins and ends with.
constexpr const char* kLabels =
    "'labels': {'app.kubernetes.io/component': 'podgang', 'app.kubernetes.io/managed-by': 'grove-operator', "
    "'app.kubernetes.io/part-of': 'serve', 'grove.io/scheduler-name': 'default-scheduler', 'kai.scheduler/queue': "
    "'q1'}";

std::string Owner(const std::string& gang) {
  return "'ownerReferences': [{'apiVersion': 'scheduler.grove.io/v1alpha1', 'kind': 'PodGang', 'name': '" + gang +
         "', 'controller': true, 'blockOwnerDeletion': true}]";
}

std::string Metadata(const std::string& name, const std::string& gang, const std::string& annotations = "") {
  return "'metadata': {'name': '" + name + "', 'namespace': 'default', " + kLabels + annotations + ", " + Owner(gang) +
         "}";
}

constexpr const char* kKaiAnnotations =
    ", 'annotations': {'grove.io/topology-name': 'fab', 'kai.scheduler/skip-podgrouper': 'true'}";

void ExpectDocuments(const Translation& translation, const std::vector<std::string>& documents) {
  EXPECT_EQ(translation.error, "");
  ASSERT_EQ(translation.objects.size(), documents.size());
  for (std::size_t i = 0; i < documents.size(); ++i) {
    const SchedulerObject& object = translation.objects[i];
    EXPECT_EQ(object.document, Json(documents[i])) << object.document.ToJson();
    EXPECT_EQ(object.api_version, At(object.document, {"apiVersion"}).text());
    EXPECT_EQ(object.kind, At(object.document, {"kind"}).text());
    EXPECT_EQ(object.metadata.name, At(object.document, {"metadata", "name"}).text());
  }
}

TEST(Translate, KaiBaseGang) {
  const PodCliqueSet set = ServeSet();
  const std::string host =
      ", 'topologyConstraint': {'topology': 'fab', 'requiredTopologyLevel': 'kubernetes.io/hostname'}";
  const std::string rack = ", 'topologyConstraint': {'topology': 'fab', 'requiredTopologyLevel': 'topo/rack'}";
  ExpectDocuments(TranslateWithFab(GangsOf(set)[0], set, "kai"),
                  {"{'apiVersion': 'scheduling.run.ai/v2alpha2', 'kind': 'PodGroup', " +
                   Metadata("serve-0", "serve-0", kKaiAnnotations) +
                   ", 'spec': {'minMember': 10, 'queue': 'q1', 'priorityClassName': 'gold', "
                   "'topologyConstraint': {'topology': 'fab', 'requiredTopologyLevel': 'topo/block', "
                   "'preferredTopologyLevel': 'topo/rack'}, 'subGroups': ["
                   "{'name': 'serve-0-dec-0', 'minSubGroup': 2" +
                   rack + "}, {'name': 'serve-0-dec-1', 'minSubGroup': 2" + rack +
                   "}, {'name': 'serve-0-fe', 'minMember': 2}, "
                   "{'name': 'serve-0-dec-0-dl', 'minMember': 1, 'parent': 'serve-0-dec-0'" +
                   host +
                   "}, {'name': 'serve-0-dec-0-dw', 'minMember': 3, 'parent': 'serve-0-dec-0'}, "
                   "{'name': 'serve-0-dec-1-dl', 'minMember': 1, 'parent': 'serve-0-dec-1'" +
                   host + "}, {'name': 'serve-0-dec-1-dw', 'minMember': 3, 'parent': 'serve-0-dec-1'}]}}"});
}

TEST(Translate, KaiScaledGang) {
  const PodCliqueSet set = ServeSet();
  ExpectDocuments(
      TranslateWithFab(GangsOf(set)[1], set, "kai-scheduler"),
      {"{'apiVersion': 'scheduling.run.ai/v2alpha2', 'kind': 'PodGroup', " +
       Metadata("serve-0-dec-0", "serve-0-dec-0", kKaiAnnotations) +
       ", 'spec': {'minMember': 4, 'queue': 'q1', 'priorityClassName': 'gold', "
       "'topologyConstraint': {'topology': 'fab', 'requiredTopologyLevel': 'topo/rack'}, 'subGroups': ["
       "{'name': 'serve-0-dec-2-dl', 'minMember': 1, 'topologyConstraint': {'topology': 'fab', "
       "'requiredTopologyLevel': 'kubernetes.io/hostname'}}, {'name': 'serve-0-dec-2-dw', 'minMember': 3}]}}"});
}

TEST(Translate, Volcano) {
  const PodCliqueSet set = ServeSet();
  const auto policy = [](const std::string& name, const std::string& size) {
    return "{'name': '" + name + "', 'labelSelector': {'matchLabels': {'grove.io/podclique': '" + name +
           "'}}, 'matchLabelKeys': ['grove.io/podclique'], 'subGroupSize': " + size + ", 'minSubGroups': 1}";
  };
  ExpectDocuments(TranslateWithFab(GangsOf(set)[1], set, "volcano"),
                  {"{'apiVersion': 'scheduling.volcano.sh/v1beta1', 'kind': 'PodGroup', " +
                   Metadata("serve-0-dec-0", "serve-0-dec-0") +
                   ", 'spec': {'minMember': 4, 'queue': 'default', 'priorityClassName': 'gold', 'subGroupPolicy': [" +
                   policy("serve-0-dec-2-dl", "1") + ", " + policy("serve-0-dec-2-dw", "3") + "]}}"});
}

TEST(Translate, DefaultAndLpxMakeNothing) {
  const PodCliqueSet set = ServeSet();
  for (const char* backend : {"default", "default-scheduler", "lpx", "lpx-scheduler"}) {
    const Translation translation = TranslateWithFab(GangsOf(set)[0], set, backend);
    EXPECT_EQ(translation.error, "") << backend;
    EXPECT_THAT(translation.objects, IsEmpty()) << backend;
    EXPECT_FALSE(translation.losses.empty()) << backend;
  }
}

TEST(Translate, KubePerGang) {
  const PodCliqueSet set = ServeSet();
  const std::string policy =
      "'schedulingPolicy': {'gang': {'minCount': 10}}, 'schedulingConstraints': {'topology': [{'key': 'topo/block'}]}, "
      "'disruptionMode': 'PodGroup', 'priorityClassName': 'gold'";
  ExpectDocuments(
      TranslateWithFab(GangsOf(set)[0], set, "kube"),
      {"{'apiVersion': 'scheduling.k8s.io/v1alpha2', 'kind': 'Workload', " + Metadata("serve-0", "serve-0") +
           ", 'spec': {'controllerRef': {'apiGroup': 'scheduler.grove.io', 'kind': 'PodGang', 'name': 'serve-0'}, "
           "'podGroupTemplates': [{'name': 'serve-0', " +
           policy + "}]}}",
       "{'apiVersion': 'scheduling.k8s.io/v1alpha2', 'kind': 'PodGroup', " + Metadata("serve-0", "serve-0") +
           ", 'spec': {'podGroupTemplateRef': {'workload': {'workloadName': 'serve-0', "
           "'podGroupTemplateName': 'serve-0'}}, " +
           policy + "}}"});
}

TEST(Translate, KubePerClique) {
  const PodCliqueSet set = ServeSet();
  const auto policy = [](const std::string& minimum, const std::string& key) {
    return "'schedulingPolicy': {'gang': {'minCount': " + minimum +
           "}}, 'schedulingConstraints': {'topology': [{'key': '" + key +
           "'}]}, 'disruptionMode': 'PodGroup', 'priorityClassName': 'gold'";
  };
  const auto pod_group = [&](const std::string& name, const std::string& clique, const std::string& spec) {
    return "{'apiVersion': 'scheduling.k8s.io/v1alpha2', 'kind': 'PodGroup', " + Metadata(name, "serve-0") +
           ", 'spec': {'podGroupTemplateRef': {'workload': {'workloadName': 'serve-0', 'podGroupTemplateName': '" +
           clique + "'}}, " + spec + "}}";
  };
  const std::string fe = policy("2", "topo/block");
  const std::string dl = policy("1", "kubernetes.io/hostname");
  const std::string dw = policy("3", "topo/rack");
  ExpectDocuments(
      TranslateWithFab(GangsOf(set)[0], set, "kube", KubePodGroups::kPerClique),
      {"{'apiVersion': 'scheduling.k8s.io/v1alpha2', 'kind': 'Workload', " + Metadata("serve-0", "serve-0") +
           ", 'spec': {'controllerRef': {'apiGroup': 'scheduler.grove.io', 'kind': 'PodGang', 'name': 'serve-0'}, "
           "'podGroupTemplates': [{'name': 'fe', " +
           fe + "}, {'name': 'dl', " + dl + "}, {'name': 'dw', " + dw + "}]}}",
       pod_group("serve-0-fe", "fe", fe), pod_group("serve-0-dec-0-dl", "dl", dl),
       pod_group("serve-0-dec-0-dw", "dw", dw), pod_group("serve-0-dec-1-dl", "dl", dl),
       pod_group("serve-0-dec-1-dw", "dw", dw)});
}

TEST(Translate, TellsWhyNothingWasMade) {
  PodCliqueSet set = ServeSet();
  const PodGang gang = GangsOf(set)[0];
  EXPECT_EQ(TranslateWithFab(gang, set, "slurm").error, "there is no scheduler backend slurm");
  set.metadata.labels = {};
  const Translation translation = TranslateWithFab(gang, set, "kai");
  EXPECT_EQ(translation.error, "no queue is configured");
  EXPECT_THAT(translation.objects, IsEmpty());
  EXPECT_FALSE(translation.losses.empty());
}

TEST(Translate, EffectsHaveNames) {
  EXPECT_EQ(LossEffectName(LossEffect::kDropped), "dropped");
  EXPECT_EQ(LossEffectName(LossEffect::kWeakened), "weakened");
  EXPECT_EQ(LossEffectName(LossEffect::kConditional), "conditional");
  EXPECT_EQ(LossEffectName(LossEffect::kRefused), "refused");
}

TEST(Translate, ExpansionServesTheDefaultSchedulerByWorkloads) {
  ExpansionOptions options;
  options.backend = "kube";
  options.scheduler_objects = true;
  const Expansion expansion = AdmitAndExpand(SetOf(CliqueOf("a") + ", " + CliqueOf("b")), options);
  std::vector<std::string> kinds;
  for (const SchedulerObject& object : expansion.objects.scheduler_objects) kinds.push_back(object.kind);
  EXPECT_THAT(kinds, ::testing::ElementsAre("Workload", "PodGroup"));
  for (const Pod& pod : expansion.objects.pods) {
    EXPECT_EQ(At(pod.spec, {"schedulerName"}).text(), "default-scheduler");
    EXPECT_EQ(At(pod.spec, {"schedulingGroup", "podGroupName"}).text(), "p-0");
  }
  EXPECT_FALSE(expansion.losses.empty());

  options.kube_pod_groups = KubePodGroups::kPerClique;
  const Expansion cut = AdmitAndExpand(SetOf(CliqueOf("a") + ", " + CliqueOf("b")), options);
  EXPECT_EQ(cut.objects.scheduler_objects.size(), 3u);
  EXPECT_EQ(At(cut.objects.pods[0].spec, {"schedulingGroup", "podGroupName"}).text(), "p-0-a");
  // The limit counts exactly.
  options.limits.max_objects = cut.objects.size();
  EXPECT_EQ(AdmitAndExpand(SetOf(CliqueOf("a") + ", " + CliqueOf("b")), options).limit_exceeded, "");
  --options.limits.max_objects;
  EXPECT_EQ(AdmitAndExpand(SetOf(CliqueOf("a") + ", " + CliqueOf("b")), options).limit_exceeded, "max_objects");
}

TEST(Translate, WithoutABackendPodsAreThoseOfTheReference) {
  const Expansion expansion = AdmitAndExpand(SetOf(CliqueOf("a")));
  EXPECT_TRUE(At(expansion.objects.pods[0].spec, {"schedulingGroup"}).is_null());
  EXPECT_THAT(expansion.losses, IsEmpty());
}

}  // namespace
}  // namespace grove::planner
