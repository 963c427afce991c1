// Single members of the tables: shape, presence and order.
#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "model/kubernetes/kubernetes_schema.h"
#include "model/schema.h"

namespace grove::schema {
namespace {

using ::grove::schema::kubernetes::kMetricSpec;
using ::grove::schema::kubernetes::kPodSpec;
using ::grove::schema::kubernetes::kResourceClaimTemplateSpec;

// The field at a path such as "containers[].name" below `type`.
const Field* FieldAt(const Type& type, std::string_view path) {
  const Type* at = &type;
  const Field* field = nullptr;
  while (!path.empty()) {
    const std::size_t dot = std::min(path.find('.'), path.size());
    const std::string_view step = path.substr(0, dot);
    path.remove_prefix(std::min(dot + 1, path.size()));
    field = FindField(*at, step.substr(0, step.find_first_of("[{")));
    if (field == nullptr) return nullptr;
    at = field->type;
    while (at->shape == Shape::kList || at->shape == Shape::kMap) at = at->element;
  }
  return field;
}

TEST(KubernetesMembers, Shapes) {
  struct Row {
    const Type* root;
    std::string_view path;
    Shape shape;
    Presence presence;
    bool required;
  };
  const Row rows[] = {
      {&kPodSpec, "restartPolicy", Shape::kString, Presence::kOmitted, false},
      {&kPodSpec, "terminationGracePeriodSeconds", Shape::kInt64, Presence::kTracked, false},
      {&kPodSpec, "automountServiceAccountToken", Shape::kBoolean, Presence::kTracked, false},
      {&kPodSpec, "hostNetwork", Shape::kBoolean, Presence::kOmitted, false},
      {&kPodSpec, "priority", Shape::kInt32, Presence::kTracked, false},
      {&kPodSpec, "nodeSelector", Shape::kMap, Presence::kOmitted, false},
      {&kPodSpec, "overhead", Shape::kMap, Presence::kOmitted, false},
      {&kPodSpec, "containers[].name", Shape::kString, Presence::kAlways, true},
      {&kPodSpec, "containers[].command", Shape::kList, Presence::kOmitted, false},
      {&kPodSpec, "containers[].ports[].containerPort", Shape::kInt32, Presence::kAlways, true},
      {&kPodSpec, "containers[].resources.limits", Shape::kMap, Presence::kOmitted, false},
      {&kPodSpec, "containers[].livenessProbe.httpGet.port", Shape::kIntOrString, Presence::kAlways, true},
      {&kPodSpec, "containers[].securityContext.runAsUser", Shape::kInt64, Presence::kTracked, false},
      {&kPodSpec, "initContainers[].restartPolicy", Shape::kString, Presence::kTracked, false},
      {&kPodSpec, "ephemeralContainers[].targetContainerName", Shape::kString, Presence::kOmitted, false},
      {&kPodSpec, "tolerations[].tolerationSeconds", Shape::kInt64, Presence::kTracked, false},
      {&kPodSpec, "volumes[].emptyDir", Shape::kObject, Presence::kTracked, false},
      {&kPodSpec, "volumes[].emptyDir.sizeLimit", Shape::kQuantity, Presence::kTracked, false},
      {&kPodSpec, "volumes[].ephemeral.volumeClaimTemplate.spec", Shape::kObject, Presence::kAlways, true},
      {&kPodSpec, "workloadRef.podGroup", Shape::kString, Presence::kAlways, true},
      {&kMetricSpec, "type", Shape::kString, Presence::kAlways, true},
      {&kMetricSpec, "resource.target.averageUtilization", Shape::kInt32, Presence::kTracked, false},
      {&kMetricSpec, "object.metric.selector.matchLabels", Shape::kMap, Presence::kOmitted, false},
      {&kMetricSpec, "external.target.value", Shape::kQuantity, Presence::kTracked, false},
      {&kResourceClaimTemplateSpec, "spec", Shape::kObject, Presence::kAlways, true},
      {&kResourceClaimTemplateSpec, "spec.devices.requests[].exactly.count", Shape::kInt64, Presence::kOmitted, false},
      {&kResourceClaimTemplateSpec, "spec.devices.requests[].exactly.adminAccess", Shape::kBoolean, Presence::kTracked,
       false},
      {&kResourceClaimTemplateSpec, "spec.devices.requests[].exactly.capacity.requests", Shape::kMap,
       Presence::kOmitted, false},
      {&kResourceClaimTemplateSpec, "spec.devices.config[].opaque.driver", Shape::kString, Presence::kAlways, true},
  };
  for (const Row& row : rows) {
    const Field* field = FieldAt(*row.root, row.path);
    ASSERT_NE(field, nullptr) << row.path;
    EXPECT_EQ(field->type->shape, row.shape) << row.path;
    EXPECT_EQ(field->presence, row.presence) << row.path;
    EXPECT_EQ(field->required, row.required) << row.path;
  }
  EXPECT_EQ(FieldAt(kPodSpec, "containers[].resources.limits")->type->element->shape, Shape::kQuantity);
  EXPECT_EQ(FieldAt(kPodSpec, "nodeSelector")->type->element->shape, Shape::kString);
  EXPECT_EQ(FieldAt(kPodSpec, "containers[].restartPolicyRules[].exitCodes.values")->type->element->shape,
            Shape::kInt32);
}

std::vector<std::string> Names(const Type& type) {
  std::vector<std::string> names;
  for (const Field& field : type.fields) names.emplace_back(field.name);
  return names;
}

TEST(KubernetesMembers, FieldsStandInTheOrderOfTheirDeclaration) {
  const std::vector<std::string> pod_spec = Names(kPodSpec);
  ASSERT_EQ(pod_spec.size(), 42u);
  EXPECT_EQ(std::vector<std::string>(pod_spec.begin(), pod_spec.begin() + 6),
            (std::vector<std::string>{"volumes", "initContainers", "containers", "ephemeralContainers", "restartPolicy",
                                      "terminationGracePeriodSeconds"}));
  // The members of an inlined struct stand in its place.
  EXPECT_EQ(Names(kubernetes::kVolume)[0], "name");
  EXPECT_EQ(Names(kubernetes::kVolume)[1], "hostPath");
  EXPECT_EQ(Names(kubernetes::kEphemeralContainer).back(), "targetContainerName");
  EXPECT_EQ(Names(*FieldAt(kPodSpec, "containers[].livenessProbe")->type),
            (std::vector<std::string>{"exec", "httpGet", "tcpSocket", "grpc", "initialDelaySeconds", "timeoutSeconds",
                                      "periodSeconds", "successThreshold", "failureThreshold",
                                      "terminationGracePeriodSeconds"}));
  EXPECT_EQ(Names(*FieldAt(kPodSpec, "containers[].env[].valueFrom.configMapKeyRef")->type),
            (std::vector<std::string>{"name", "key", "optional"}));
}

}  // namespace
}  // namespace grove::schema
