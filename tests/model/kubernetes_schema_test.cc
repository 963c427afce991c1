#include "model/kubernetes/kubernetes_schema.h"

#include <algorithm>
#include <cstddef>
#include <functional>
#include <initializer_list>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "model/schema.h"

namespace grove::schema {
namespace {

using ::grove::schema::kubernetes::kMetricSpec;
using ::grove::schema::kubernetes::kObjectMeta;
using ::grove::schema::kubernetes::kPodSpec;
using ::grove::schema::kubernetes::kResourceClaimTemplateSpec;

struct Root {
  std::string_view name;
  const Type* type;
};

// What a schema of Grove embeds. `metadata` is not among them: it is read by its type.
constexpr Root kEmbedded[] = {
    {"podSpec", &kPodSpec}, {"metricSpec", &kMetricSpec}, {"templateSpec", &kResourceClaimTemplateSpec}};

using Visitor = std::function<void(const std::string& path, const Type& parent, const Field& field)>;

void VisitFields(const std::string& path, const Type& type, const Visitor& visit) {
  if (type.shape == Shape::kList) return VisitFields(path + "[]", *type.element, visit);
  if (type.shape == Shape::kMap) return VisitFields(path + "{}", *type.element, visit);
  for (const Field& field : type.fields) {
    const std::string field_path = path + "." + std::string(field.name);
    visit(field_path, type, field);
    VisitFields(field_path, *field.type, visit);
  }
}

// Every path below the embedded types, e.g. "podSpec.containers[].name".
void VisitEmbedded(const Visitor& visit) {
  for (const Root& root : kEmbedded) VisitFields(std::string(root.name), *root.type, visit);
}

std::set<std::string> PathsWith(const std::function<bool(const Field&)>& predicate) {
  std::set<std::string> paths;
  VisitEmbedded([&](const std::string& path, const Type&, const Field& field) {
    if (predicate(field)) paths.insert(path);
  });
  return paths;
}

// Spellings of the specification: C = the three container lists, V = volumes[], T = templateSpec.spec.devices.
std::vector<std::string> Expand(std::string_view path) {
  const auto with = [&](std::size_t skipped, std::initializer_list<std::string_view> prefixes) {
    std::vector<std::string> paths;
    for (std::string_view prefix : prefixes) paths.push_back(std::string(prefix).append(path.substr(skipped)));
    return paths;
  };
  if (path.starts_with("C.")) {
    return with(1, {"podSpec.containers[]", "podSpec.initContainers[]", "podSpec.ephemeralContainers[]"});
  }
  if (path.starts_with("V.")) return with(1, {"podSpec.volumes[]"});
  if (path.starts_with("T.")) return with(1, {"templateSpec.spec.devices"});
  return {std::string(path)};
}

std::set<std::string> ExpandAll(std::initializer_list<std::string_view> rows) {
  std::set<std::string> paths;
  for (std::string_view row : rows) {
    for (std::string& path : Expand(row)) paths.insert(std::move(path));
  }
  return paths;
}

// Spec 02 §3.2, complete: no other path has a default.
TEST(KubernetesSchema, StructuralDefaultsAreThoseOfTheSpecification) {
  struct Row {
    std::string_view path;
    std::string_view default_json;
  };
  constexpr Row kRows[] = {
      {"C.ports[].protocol", "\"TCP\""},
      {"C.env[].valueFrom.configMapKeyRef.name", "\"\""},
      {"C.env[].valueFrom.secretKeyRef.name", "\"\""},
      {"C.env[].valueFrom.fileKeyRef.optional", "false"},
      {"C.envFrom[].configMapRef.name", "\"\""},
      {"C.envFrom[].secretRef.name", "\"\""},
      {"C.livenessProbe.grpc.service", "\"\""},
      {"C.readinessProbe.grpc.service", "\"\""},
      {"C.startupProbe.grpc.service", "\"\""},
      {"podSpec.imagePullSecrets[].name", "\"\""},
      {"V.azureDisk.fsType", "\"ext4\""},
      {"V.azureDisk.readOnly", "false"},
      {"V.iscsi.iscsiInterface", "\"default\""},
      {"V.rbd.keyring", "\"/etc/ceph/keyring\""},
      {"V.rbd.pool", "\"rbd\""},
      {"V.rbd.user", "\"admin\""},
      {"V.scaleIO.fsType", "\"xfs\""},
      {"V.scaleIO.storageMode", "\"ThinProvisioned\""},
      {"V.cephfs.secretRef.name", "\"\""},
      {"V.cinder.secretRef.name", "\"\""},
      {"V.flexVolume.secretRef.name", "\"\""},
      {"V.iscsi.secretRef.name", "\"\""},
      {"V.rbd.secretRef.name", "\"\""},
      {"V.scaleIO.secretRef.name", "\"\""},
      {"V.storageos.secretRef.name", "\"\""},
      {"V.configMap.name", "\"\""},
      {"V.csi.nodePublishSecretRef.name", "\"\""},
      {"V.projected.sources[].configMap.name", "\"\""},
      {"V.projected.sources[].secret.name", "\"\""},
      {"T.requests[].exactly.tolerations[].operator", "\"Equal\""},
      {"T.requests[].firstAvailable[].tolerations[].operator", "\"Equal\""},
  };
  std::map<std::string, std::string> want;
  for (const Row& row : kRows) {
    for (const std::string& path : Expand(row.path)) want[path] = row.default_json;
  }
  std::map<std::string, std::string> got;
  VisitEmbedded([&](const std::string& path, const Type&, const Field& field) {
    if (!field.constraints->default_json.empty()) got[path] = field.constraints->default_json;
  });
  EXPECT_EQ(got, want);
}

// Spec 02 §5.1 rows 1 and 2. `service` is nil in Go as well, but its structural default always replaces the null.
TEST(KubernetesSchema, NilWhenAbsent) {
  const std::set<std::string> required = ExpandAll({
      "podSpec.containers",
      "V.rbd.monitors",
      "V.cephfs.monitors",
      "V.scaleIO.secretRef",
      "podSpec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms",
      "T.config[].opaque.parameters",
  });
  const std::set<std::string> not_required = ExpandAll({
      "V.projected.sources",
      "V.ephemeral.volumeClaimTemplate.spec.dataSource.apiGroup",
      "V.ephemeral.volumeClaimTemplate.spec.dataSourceRef.apiGroup",
      "T.requests",
  });
  EXPECT_EQ(PathsWith([](const Field& field) { return field.nil_when_absent && field.required; }), required);
  EXPECT_EQ(PathsWith([](const Field& field) {
              return field.nil_when_absent && !field.required && field.constraints->default_json.empty();
            }),
            not_required);
  EXPECT_EQ(
      PathsWith([](const Field& field) { return field.nil_when_absent && !field.constraints->default_json.empty(); }),
      ExpandAll({"C.livenessProbe.grpc.service", "C.readinessProbe.grpc.service", "C.startupProbe.grpc.service"}));
  VisitEmbedded([](const std::string& path, const Type&, const Field& field) {
    if (field.nil_when_absent) {
      EXPECT_EQ(field.presence, Presence::kAlways) << path;
    }
  });
}

// Spec 02 §5.1 row 3.
TEST(KubernetesSchema, AlwaysWrittenThoughNotRequired) {
  EXPECT_EQ(PathsWith([](const Field& field) {
              return field.presence == Presence::kAlways && !field.required && !field.nil_when_absent;
            }),
            ExpandAll({
                "C.resources",
                "V.ephemeral.volumeClaimTemplate.metadata",
                "V.ephemeral.volumeClaimTemplate.spec.resources",
                "templateSpec.metadata",
                "templateSpec.spec.devices",
                "C.env[].valueFrom.resourceFieldRef.divisor",
                "V.downwardAPI.items[].resourceFieldRef.divisor",
                "V.projected.sources[].downwardAPI.items[].resourceFieldRef.divisor",
            }));
}

// Spec 02 §5.1 row 4, and its rule: all other required keys are always written.
TEST(KubernetesSchema, RequiredButOmittedWhenZero) {
  EXPECT_EQ(PathsWith([](const Field& field) { return field.required && field.presence != Presence::kAlways; }),
            ExpandAll({
                "V.projected.sources[].podCertificate.signerName",
                "V.projected.sources[].podCertificate.keyType",
                "C.restartPolicyRules[].action",
                "C.restartPolicyRules[].exitCodes.operator",
            }));
}

// Spec 01 §2.7, complete: every other list is atomic.
TEST(KubernetesSchema, ListKeysAreThoseOfTheSpecification) {
  struct Row {
    std::string_view path;
    std::vector<std::string> keys;
  };
  const Row rows[] = {
      {"podSpec.containers", {"name"}},
      {"podSpec.initContainers", {"name"}},
      {"podSpec.ephemeralContainers", {"name"}},
      {"C.env", {"name"}},
      {"C.ports", {"containerPort", "protocol"}},
      {"C.volumeMounts", {"mountPath"}},
      {"C.volumeDevices", {"devicePath"}},
      {"C.resources.claims", {"name"}},
      {"podSpec.volumes", {"name"}},
      {"podSpec.imagePullSecrets", {"name"}},
      {"podSpec.resourceClaims", {"name"}},
      {"podSpec.schedulingGates", {"name"}},
      {"podSpec.resources.claims", {"name"}},
      {"podSpec.hostAliases", {"ip"}},
      {"podSpec.topologySpreadConstraints", {"topologyKey", "whenUnsatisfiable"}},
  };
  std::map<std::string, std::vector<std::string>> want;
  for (const Row& row : rows) {
    for (const std::string& path : Expand(row.path)) want[path] = row.keys;
  }
  std::map<std::string, std::vector<std::string>> got;
  std::set<std::string> sets;
  VisitEmbedded([&](const std::string& path, const Type&, const Field& field) {
    EXPECT_EQ(field.constraints->list_kind == ListKind::kMap, !field.constraints->list_keys.empty()) << path;
    if (field.constraints->list_kind != ListKind::kAtomic) {
      EXPECT_EQ(field.type->shape, Shape::kList) << path;
    }
    if (field.constraints->list_kind == ListKind::kMap)
      got[path].assign(field.constraints->list_keys.begin(), field.constraints->list_keys.end());
    if (field.constraints->list_kind == ListKind::kSet) sets.insert(path);
    for (std::string_view key : field.constraints->list_keys) {
      const Field* key_field = FindField(*field.type->element, key);
      ASSERT_NE(key_field, nullptr) << path << " " << key;
      EXPECT_TRUE(key_field->required || !key_field->constraints->default_json.empty()) << path << " " << key;
    }
  });
  EXPECT_EQ(got, want);
  EXPECT_EQ(sets, ExpandAll({"C.restartPolicyRules[].exitCodes.values"}));
}

TEST(KubernetesSchema, FreeContentIsOnlyTheParametersOfOpaqueDevices) {
  EXPECT_EQ(PathsWith([](const Field& field) { return field.type->shape == Shape::kAny; }),
            ExpandAll({"T.config[].opaque.parameters"}));
}

TEST(KubernetesSchema, EmbeddedMetadataHasNoKnownMembers) {
  EXPECT_EQ(
      PathsWith([](const Field& field) { return field.type->shape == Shape::kObject && field.type->fields.empty(); }),
      ExpandAll({"V.ephemeral.volumeClaimTemplate.metadata", "templateSpec.metadata"}));
}

TEST(KubernetesSchema, NoEnumsPatternsOrBounds) {
  EXPECT_TRUE(PathsWith([](const Field& field) {
                return !field.constraints->enum_values.empty() || field.constraints->pattern != Pattern::kNone ||
                       field.constraints->min_length != 0 || field.constraints->max_length != 0 ||
                       field.constraints->min_items != 0 || field.constraints->minimum != kUnconstrained.minimum;
              }).empty());
}

// Spec 02 §2.4: `metadata` is read by its type, so nothing is required and no list has keys.
TEST(KubernetesSchema, ObjectMeta) {
  struct Row {
    std::string_view path;
    Shape shape;
    Presence presence;
  };
  constexpr Row kRows[] = {
      {"name", Shape::kString, Presence::kOmitted},
      {"generateName", Shape::kString, Presence::kOmitted},
      {"namespace", Shape::kString, Presence::kOmitted},
      {"selfLink", Shape::kString, Presence::kOmitted},
      {"uid", Shape::kString, Presence::kOmitted},
      {"resourceVersion", Shape::kString, Presence::kOmitted},
      {"generation", Shape::kInt64, Presence::kOmitted},
      {"creationTimestamp", Shape::kTime, Presence::kOmitted},
      {"deletionTimestamp", Shape::kTime, Presence::kTracked},
      {"deletionGracePeriodSeconds", Shape::kInt64, Presence::kTracked},
      {"labels", Shape::kMap, Presence::kOmitted},
      {"annotations", Shape::kMap, Presence::kOmitted},
      {"ownerReferences", Shape::kList, Presence::kOmitted},
      {"ownerReferences[].apiVersion", Shape::kString, Presence::kAlways},
      {"ownerReferences[].kind", Shape::kString, Presence::kAlways},
      {"ownerReferences[].name", Shape::kString, Presence::kAlways},
      {"ownerReferences[].uid", Shape::kString, Presence::kAlways},
      {"ownerReferences[].controller", Shape::kBoolean, Presence::kTracked},
      {"ownerReferences[].blockOwnerDeletion", Shape::kBoolean, Presence::kTracked},
      {"finalizers", Shape::kList, Presence::kOmitted},
      {"managedFields", Shape::kList, Presence::kOmitted},
      {"managedFields[].manager", Shape::kString, Presence::kOmitted},
      {"managedFields[].operation", Shape::kString, Presence::kOmitted},
      {"managedFields[].apiVersion", Shape::kString, Presence::kOmitted},
      {"managedFields[].time", Shape::kTime, Presence::kTracked},
      {"managedFields[].fieldsType", Shape::kString, Presence::kOmitted},
      {"managedFields[].fieldsV1", Shape::kAny, Presence::kTracked},
      {"managedFields[].subresource", Shape::kString, Presence::kOmitted},
  };
  std::size_t rows = 0;
  VisitFields("", kObjectMeta, [&](const std::string& path, const Type&, const Field& field) {
    ASSERT_LT(rows, std::size(kRows)) << path;
    EXPECT_EQ(path, "." + std::string(kRows[rows].path));
    EXPECT_EQ(field.type->shape, kRows[rows].shape) << path;
    EXPECT_EQ(field.presence, kRows[rows].presence) << path;
    EXPECT_FALSE(field.required) << path;
    EXPECT_FALSE(field.nil_when_absent) << path;
    EXPECT_EQ(field.constraints->list_kind, ListKind::kAtomic) << path;
    EXPECT_EQ(field.constraints->default_json, "") << path;
    ++rows;
  });
  EXPECT_EQ(rows, std::size(kRows));
}

TEST(KubernetesSchema, TypesAreWellFormed) {
  std::set<std::string_view> names;
  for (const Type* type : kubernetes::kObjectTypes) {
    EXPECT_EQ(type->shape, Shape::kObject) << type->name;
    EXPECT_TRUE(names.insert(type->name).second) << type->name;
    for (const Field& field : type->fields) {
      ASSERT_NE(field.type, nullptr) << type->name << "." << field.name;
      const bool has_element = field.type->shape == Shape::kList || field.type->shape == Shape::kMap;
      EXPECT_EQ(field.type->element != nullptr, has_element) << type->name << "." << field.name;
    }
  }
  for (const Root& root : kEmbedded) EXPECT_TRUE(names.contains(root.type->name)) << root.name;
  EXPECT_TRUE(names.contains(kObjectMeta.name));
  EXPECT_EQ(kubernetes::kVersion.substr(0, 6), "v0.35.");
}

}  // namespace
}  // namespace grove::schema
