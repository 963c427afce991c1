// Spec 04 §3.3.

#include "planner/written_form.h"

#include <string>

#include "gtest/gtest.h"

#include "model/kubernetes/kubernetes_schema.h"
#include "planner/expand_json.h"

namespace grove::planner {
namespace {

struct Row {
  const char* what;
  const char* pod_spec;
  const char* pod_clique;
  const char* pod;  // null: as in the PodClique
};

class WrittenForms : public testing::TestWithParam<Row> {};

TEST_P(WrittenForms, InPodCliqueAndPod) {
  const Row& row = GetParam();
  const schema::Type& type = schema::kubernetes::kPodSpec;
  const auto storage = std::make_shared<internal::Storage>();
  const Value given = Json(row.pod_spec);
  storage->Keep(given.storage());
  const internal::Node stored = WrittenForm(type, given.node(), WrittenAs::kCustomResource, *storage);
  EXPECT_EQ(Value(stored, storage), Json(row.pod_clique)) << Value(stored, storage).ToJson();
  const Value pod(WithoutZeros(type, stored, *storage), storage);
  EXPECT_EQ(pod, Json(row.pod == nullptr ? row.pod_clique : row.pod)) << pod.ToJson();
}

// `containers` has presence class A, so that it stays although it is empty.
const Row kRows[] = {
    {"plain zeros are left out",
     "{'containers': [{'name': 'c', 'stdin': false, 'imagePullPolicy': '', 'command': [], 'resources': {}}], "
     "'schedulerName': '', 'nodeSelector': {}, 'hostNetwork': false}",
     "{'containers': [{'name': 'c', 'resources': {}}]}", nullptr},
    {"required members are always there", "{'containers': [{'env': [{'value': ''}]}]}",
     "{'containers': [{'name': '', 'resources': {}, 'env': [{'name': ''}]}]}", nullptr},
    {"what tracks presence is kept",
     "{'containers': [], 'automountServiceAccountToken': false, 'terminationGracePeriodSeconds': 0, "
     "'securityContext': {'runAsUser': 0}, 'volumes': [{'name': 'v', 'emptyDir': {}}]}",
     "{'containers': [], 'automountServiceAccountToken': false, 'terminationGracePeriodSeconds': 0, "
     "'securityContext': {'runAsUser': 0}, 'volumes': [{'name': 'v', 'emptyDir': {}}]}",
     nullptr},
    {"a PodClique has zero defaults, a pod has not",
     "{'containers': [], 'imagePullSecrets': [{'name': ''}], 'volumes': [{'name': 'v', 'configMap': {'name': ''}}]}",
     "{'containers': [], 'imagePullSecrets': [{'name': ''}], 'volumes': [{'name': 'v', 'configMap': {'name': ''}}]}",
     "{'containers': [], 'imagePullSecrets': [{}], 'volumes': [{'name': 'v', 'configMap': {}}]}"},
    {"other defaults come back where the zero was",
     "{'containers': [{'name': 'c', 'resources': {}, 'ports': [{'containerPort': 80, 'protocol': ''}]}]}",
     "{'containers': [{'name': 'c', 'resources': {}, 'ports': [{'containerPort': 80, 'protocol': 'TCP'}]}]}", nullptr},
    {"entries of maps are the user's", "{'containers': [], 'nodeSelector': {'a': ''}, 'overhead': {'cpu': '0'}}",
     "{'containers': [], 'nodeSelector': {'a': ''}, 'overhead': {'cpu': '0'}}", nullptr},
    {"numbers and quantities in canonical spelling",
     "{'containers': [{'name': 'c', 'resources': {'limits': {'cpu': 1, 'memory': '1024Mi'}}}], 'priority': 1.0}",
     "{'containers': [{'name': 'c', 'resources': {'limits': {'cpu': '1', 'memory': '1Gi'}}}], 'priority': 1}", nullptr},
    {"unknown members are gone", "{'containers': [], 'unheard': 1}", "{'containers': []}", nullptr},
};

INSTANTIATE_TEST_SUITE_P(Spec, WrittenForms, testing::ValuesIn(kRows));

TEST(WrittenForm, OfABuiltInObjectHasNoDefaults) {
  const auto storage = std::make_shared<internal::Storage>();
  const Value given = Json("{'containers': [], 'imagePullSecrets': [{'name': ''}], 'hostIPC': false}");
  storage->Keep(given.storage());
  const internal::Node written = WrittenForm(schema::kubernetes::kPodSpec, given.node(), WrittenAs::kBuiltIn, *storage);
  EXPECT_EQ(Value(written, storage), Json("{'containers': [], 'imagePullSecrets': [{}]}"));
}

TEST(WrittenForm, SharesWhatDoesNotChange) {
  const auto storage = std::make_shared<internal::Storage>();
  const Value given = Json("{'containers': [{'name': 'c', 'resources': {}, 'env': [{'name': 'A', 'value': 'b'}]}]}");
  const internal::Node written =
      WrittenForm(schema::kubernetes::kPodSpec, given.node(), WrittenAs::kCustomResource, *storage);
  EXPECT_EQ(written.data, given.node().data);
  EXPECT_EQ(storage->allocated_bytes(), 0u);
}

// An API server refuses null, and a set with null would not have been admitted.
TEST(WrittenForm, EmptyListOfMembersStaysAList) {
  const std::string group = "'podCliqueScalingGroups': [{'name': 'g', 'cliqueNames': []}]";
  const Expansion expansion = AdmitAndExpand(SetOf(CliqueOf("a"), group));
  ASSERT_EQ(expansion.objects.pod_clique_scaling_groups.size(), 1u);
  const Value written = ToValue(expansion.objects.pod_clique_scaling_groups[0]);
  EXPECT_EQ(written.Find("spec")->Find("cliqueNames")->ToJson(), "[]");
  EXPECT_NE(ToValue(expansion.objects.pod_clique_set).ToJson().find(R"("cliqueNames":[])"), std::string::npos);
}

}  // namespace
}  // namespace grove::planner
