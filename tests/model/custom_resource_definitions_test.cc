#include "grove/custom_resource_definitions.hpp"

#include <algorithm>
#include <functional>
#include <initializer_list>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "grove/value.hpp"

namespace grove {
namespace {

using ::testing::ElementsAre;

Value At(Value value, std::initializer_list<std::string_view> path) {
  for (const std::string_view key : path) value = value.Find(key).value_or(Value());
  return value;
}

std::vector<std::string> TextsOf(const Value& list) {
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < list.size(); ++i) texts.emplace_back(list.at(i).text());
  return texts;
}

std::vector<std::string> KeysOf(const Value& object) {
  std::vector<std::string> keys;
  for (std::size_t i = 0; i < object.size(); ++i) keys.emplace_back(object.key(i));
  return keys;
}

Value VersionOf(const Value& definition) { return At(definition, {"spec", "versions"}).at(0); }
Value SchemaOf(const Value& definition) { return At(VersionOf(definition), {"schema", "openAPIV3Schema"}); }

// A definition by the plural of its kind.
Value Definition(std::string_view plural) {
  for (const Value& definition : CustomResourceDefinitions()) {
    if (At(definition, {"spec", "names", "plural"}).text() == plural) return definition;
  }
  return {};
}

using Visitor = std::function<void(const std::string& path, const Value& schema)>;

void VisitSchemas(const std::string& path, const Value& schema, const Visitor& visit) {
  visit(path, schema);
  const Value properties = At(schema, {"properties"});
  for (std::size_t i = 0; i < properties.size(); ++i) {
    VisitSchemas(path + "." + std::string(properties.key(i)), properties.at(i), visit);
  }
  if (const auto items = schema.Find("items")) VisitSchemas(path + "[]", *items, visit);
  if (const auto values = schema.Find("additionalProperties")) VisitSchemas(path + "{}", *values, visit);
}

// Every schema of every definition, e.g. "podcliques.spec.podSpec.containers[].name".
void VisitAll(const Visitor& visit) {
  for (const Value& definition : CustomResourceDefinitions()) {
    VisitSchemas(std::string(At(definition, {"spec", "names", "plural"}).text()), SchemaOf(definition), visit);
  }
}

struct KindCase {
  std::string_view name;
  std::string_view kind;
  std::string_view short_name;
  std::string_view scope;
  std::string_view selector;  // of the subresource scale; empty: there is none
};

// Spec 01 §1.3.
constexpr KindCase kKinds[] = {
    {"podcliquesets.grove.io", "PodCliqueSet", "pcs", "Namespaced", ".status.hpaPodSelector"},
    {"podcliques.grove.io", "PodClique", "pclq", "Namespaced", ".status.hpaPodSelector"},
    {"podcliquescalinggroups.grove.io", "PodCliqueScalingGroup", "pcsg", "Namespaced", ".status.selector"},
    {"clustertopologybindings.grove.io", "ClusterTopologyBinding", "ct", "Cluster", ""},
    {"podgangs.scheduler.grove.io", "PodGang", "pg", "Namespaced", ""},
};

TEST(CustomResourceDefinitions, Kinds) {
  const std::vector<Value> definitions = CustomResourceDefinitions();
  ASSERT_EQ(definitions.size(), std::size(kKinds));
  for (std::size_t i = 0; i < definitions.size(); ++i) {
    const KindCase& expected = kKinds[i];
    const Value& definition = definitions[i];
    SCOPED_TRACE(expected.name);
    EXPECT_EQ(At(definition, {"apiVersion"}).text(), "apiextensions.k8s.io/v1");
    EXPECT_EQ(At(definition, {"kind"}).text(), "CustomResourceDefinition");
    EXPECT_EQ(At(definition, {"metadata", "name"}).text(), expected.name);
    const Value spec = At(definition, {"spec"});
    EXPECT_EQ(At(spec, {"names", "kind"}).text(), expected.kind);
    EXPECT_EQ(At(spec, {"names", "listKind"}).text(), std::string(expected.kind) + "List");
    EXPECT_EQ(std::string(At(spec, {"names", "singular"}).text()) + "s", At(spec, {"names", "plural"}).text());
    EXPECT_THAT(TextsOf(At(spec, {"names", "shortNames"})), ElementsAre(std::string(expected.short_name)));
    EXPECT_EQ(std::string(At(spec, {"names", "plural"}).text()) + "." + std::string(At(spec, {"group"}).text()),
              expected.name);
    EXPECT_EQ(At(spec, {"scope"}).text(), expected.scope);
    ASSERT_EQ(At(spec, {"versions"}).size(), 1u);
    const Value version = VersionOf(definition);
    EXPECT_EQ(At(version, {"name"}).text(), "v1alpha1");
    EXPECT_TRUE(At(version, {"served"}).boolean());
    EXPECT_TRUE(At(version, {"storage"}).boolean());
    EXPECT_TRUE(At(version, {"subresources", "status"}).is_object());
    EXPECT_EQ(At(version, {"subresources", "scale", "labelSelectorPath"}).text(), expected.selector);
    EXPECT_THAT(TextsOf(At(SchemaOf(definition), {"required"})), ElementsAre("spec"));
    EXPECT_THAT(KeysOf(At(SchemaOf(definition), {"properties"})),
                ElementsAre("apiVersion", "kind", "metadata", "spec", "status"));
    EXPECT_EQ(At(SchemaOf(definition), {"properties", "metadata"}).ToJson(), R"({"type":"object"})");
  }
}

TEST(CustomResourceDefinitions, AreTheSameEachTime) {
  const std::vector<Value> once = CustomResourceDefinitions();
  const std::vector<Value> again = CustomResourceDefinitions();
  for (std::size_t i = 0; i < once.size(); ++i) EXPECT_EQ(once[i].ToJson(), again[i].ToJson());
}

bool IsIntOrString(const Value& schema) { return At(schema, {"x-kubernetes-int-or-string"}).boolean(); }

// What may stand beside each other in a structural schema, by the type of the value.
const std::map<std::string, std::set<std::string>, std::less<>>& MembersByType() {
  static const std::map<std::string, std::set<std::string>, std::less<>> kMembers = {
      {"string", {"type", "format", "default", "enum", "maxLength", "minLength", "pattern"}},
      {"boolean", {"type", "default"}},
      {"integer", {"type", "format", "default", "minimum"}},
      {"number", {"type"}},
      {"array", {"type", "items", "minItems", "x-kubernetes-list-type", "x-kubernetes-list-map-keys"}},
      {"object",
       {"type", "properties", "required", "additionalProperties", "x-kubernetes-map-type",
        "x-kubernetes-preserve-unknown-fields", "x-kubernetes-validations"}},
      {"", {"anyOf", "pattern", "default", "x-kubernetes-int-or-string"}}};
  return kMembers;
}

TEST(CustomResourceDefinitions, SchemasAreStructural) {
  std::size_t count = 0;
  VisitAll([&](const std::string& path, const Value& schema) {
    SCOPED_TRACE(path);
    ++count;
    const std::string type(At(schema, {"type"}).text());
    ASSERT_TRUE(MembersByType().contains(type)) << type;
    for (const std::string& key : KeysOf(schema)) {
      EXPECT_TRUE(MembersByType().at(type).contains(key)) << key << " beside type " << type;
    }
    EXPECT_TRUE(std::ranges::is_sorted(KeysOf(schema)));
    // A type may be missing only where the two types are spelt out.
    EXPECT_EQ(type.empty(), IsIntOrString(schema));
    EXPECT_EQ(At(schema, {"anyOf"}).ToJson(), type.empty() ? R"([{"type":"integer"},{"type":"string"}])" : "null");
    EXPECT_EQ(type == "array", schema.Find("items").has_value());
    EXPECT_FALSE(schema.Find("properties") && schema.Find("additionalProperties"));
  });
  EXPECT_GT(count, 2000u);
}

TEST(CustomResourceDefinitions, RequiredKeysAreProperties) {
  VisitAll([&](const std::string& path, const Value& schema) {
    const std::vector<std::string> required = TextsOf(At(schema, {"required"}));
    EXPECT_TRUE(std::ranges::is_sorted(required)) << path;
    for (const std::string& key : required) {
      EXPECT_TRUE(At(schema, {"properties"}).Find(key).has_value()) << path << "." << key;
    }
  });
}

// The API server takes a list of type map only if each key is a scalar of the element that is required or has a
// default.
TEST(CustomResourceDefinitions, KeysOfListsAreAlwaysThere) {
  std::size_t maps = 0;
  std::size_t sets = 0;
  VisitAll([&](const std::string& path, const Value& schema) {
    SCOPED_TRACE(path);
    const std::string_view type = At(schema, {"x-kubernetes-list-type"}).text();
    const std::vector<std::string> keys = TextsOf(At(schema, {"x-kubernetes-list-map-keys"}));
    EXPECT_EQ(type == "map", !keys.empty());
    const Value items = At(schema, {"items"});
    if (type == "set") {
      ++sets;
      EXPECT_TRUE(At(items, {"type"}).text() != "array" && At(items, {"type"}).text() != "object");
    }
    if (type != "map") return;
    ++maps;
    const std::vector<std::string> required = TextsOf(At(items, {"required"}));
    for (const std::string& key : keys) {
      const Value property = At(items, {"properties", key});
      EXPECT_TRUE(At(property, {"type"}).text() == "string" || At(property, {"type"}).text() == "integer") << key;
      EXPECT_TRUE(std::ranges::find(required, key) != required.end() || property.Find("default").has_value()) << key;
    }
  });
  EXPECT_GT(maps, 20u);
  EXPECT_GT(sets, 0u);
}

TEST(CustomResourceDefinitions, DefaultsFitTheirSchemas) {
  std::size_t count = 0;
  VisitAll([&](const std::string& path, const Value& schema) {
    const auto value = schema.Find("default");
    if (!value.has_value()) return;
    ++count;
    SCOPED_TRACE(path + " " + value->ToJson());
    const std::map<std::string_view, Value::Kind> kinds = {{"string", Value::Kind::kString},
                                                           {"boolean", Value::Kind::kBoolean},
                                                           {"integer", Value::Kind::kNumber},
                                                           {"", Value::Kind::kString}};
    EXPECT_EQ(value->kind(), kinds.at(At(schema, {"type"}).text()));
    const std::vector<std::string> values = TextsOf(At(schema, {"enum"}));
    EXPECT_TRUE(values.empty() || std::ranges::find(values, value->text()) != values.end());
  });
  EXPECT_GT(count, 60u);
}

// Free content is kept at one place only (spec 01 §2.7).
TEST(CustomResourceDefinitions, FreeContent) {
  std::vector<std::string> paths;
  VisitAll([&](const std::string& path, const Value& schema) {
    if (At(schema, {"x-kubernetes-preserve-unknown-fields"}).boolean()) paths.push_back(path);
  });
  EXPECT_THAT(paths, ElementsAre("podcliquesets.spec.template.resourceClaimTemplates[].templateSpec.spec.devices."
                                 "config[].opaque.parameters"));
}

// The schema below `path`, a member or "[]" each.
Value SchemaAt(const std::string_view plural, std::initializer_list<std::string_view> path) {
  Value schema = SchemaOf(Definition(plural));
  for (const std::string_view step : path) {
    schema = step == "[]" ? At(schema, {"items"}) : At(schema, {"properties", step});
  }
  return schema;
}

TEST(CustomResourceDefinitions, Fields) {
  EXPECT_EQ(SchemaAt("podcliquesets", {"spec", "replicas"}).ToJson(),
            R"({"default":0,"format":"int32","type":"integer"})");
  EXPECT_EQ(SchemaAt("podcliquesets", {"spec", "template", "terminationDelay"}).ToJson(), R"({"type":"string"})");
  EXPECT_EQ(SchemaAt("podcliquesets", {"spec", "updateStrategy", "type"}).ToJson(),
            R"({"default":"RollingRecreate","enum":["RollingRecreate","OnDelete"],"type":"string"})");
  EXPECT_EQ(SchemaAt("podcliquesets", {"status", "updateProgress", "updateStartedAt"}).ToJson(),
            R"({"format":"date-time","type":"string"})");
  EXPECT_EQ(SchemaAt("podcliques", {"spec", "podSpec", "nodeSelector"}).ToJson(),
            R"({"additionalProperties":{"type":"string"},"type":"object","x-kubernetes-map-type":"atomic"})");
  EXPECT_EQ(
      SchemaAt("podcliques", {"spec", "podSpec", "containers", "[]", "livenessProbe", "httpGet", "port"}).ToJson(),
      R"({"anyOf":[{"type":"integer"},{"type":"string"}],"x-kubernetes-int-or-string":true})");
  EXPECT_EQ(SchemaAt("podgangs", {"status", "placementScore"}).ToJson(), R"({"type":"number"})");
  EXPECT_EQ(SchemaAt("clustertopologybindings", {"spec", "levels", "[]", "domain"}).ToJson(),
            R"({"maxLength":63,"minLength":1,"pattern":"^[a-z][a-z0-9-]*$","type":"string"})");
  EXPECT_EQ(At(SchemaAt("clustertopologybindings", {"spec", "levels"}), {"minItems"}).text(), "1");
  // At the two inner levels parts of a sharing are unknown (spec 01 §2.5).
  EXPECT_THAT(KeysOf(At(SchemaAt("podcliquesets", {"spec", "template", "cliques", "[]", "resourceSharing", "[]"}),
                        {"properties"})),
              ElementsAre("name", "namespace", "scope"));
}

TEST(CustomResourceDefinitions, ExpressionRules) {
  std::map<std::string, std::size_t> rules;
  VisitAll([&](const std::string& path, const Value& schema) {
    const Value list = At(schema, {"x-kubernetes-validations"});
    if (list.size() == 0) return;
    rules[path] = list.size();
    for (std::size_t i = 0; i < list.size(); ++i) {
      const Value rule = list.at(i);
      SCOPED_TRACE(rule.ToJson());
      EXPECT_FALSE(At(rule, {"rule"}).text().empty());
      EXPECT_FALSE(At(rule, {"message"}).text().empty());
      const bool uses_old = At(rule, {"rule"}).text().find("oldSelf") != std::string_view::npos;
      EXPECT_EQ(uses_old, At(rule, {"optionalOldSelf"}).boolean());
      // The place of the error is one that the schema knows.
      Value at = schema;
      std::string_view field = At(rule, {"fieldPath"}).text();
      while (!field.empty()) {
        ASSERT_EQ(field.front(), '.');
        field.remove_prefix(1);
        const std::size_t length = std::min(field.find('.'), field.size());
        at = At(at, {"properties", field.substr(0, length)});
        EXPECT_TRUE(at.is_object()) << field;
        field.remove_prefix(length);
      }
    }
  });
  const std::map<std::string, std::size_t> expected = {
      {"podcliquesets", 3},
      {"podcliquesets.spec.template.topologyConstraint", 2},
      {"podcliquesets.spec.template.topologyConstraint.pack", 1},
      {"podcliquesets.spec.template.cliques[].topologyConstraint", 2},
      {"podcliquesets.spec.template.cliques[].topologyConstraint.pack", 1},
      {"podcliquesets.spec.template.podCliqueScalingGroups[].topologyConstraint", 2},
      {"podcliquesets.spec.template.podCliqueScalingGroups[].topologyConstraint.pack", 1}};
  EXPECT_EQ(rules, expected);
}

// Each column shows a field that the schema has.
TEST(CustomResourceDefinitions, PrinterColumns) {
  for (const Value& definition : CustomResourceDefinitions()) {
    const Value columns = At(VersionOf(definition), {"additionalPrinterColumns"});
    ASSERT_GT(columns.size(), 0u);
    for (std::size_t i = 0; i < columns.size(); ++i) {
      std::string_view path = At(columns.at(i), {"jsonPath"}).text();
      SCOPED_TRACE(path);
      if (path == ".metadata.creationTimestamp") {
        EXPECT_EQ(At(columns.at(i), {"type"}).text(), "date");
        continue;
      }
      Value at = SchemaOf(definition);
      while (!path.empty()) {
        path.remove_prefix(1);
        const std::size_t length = std::min(path.find_first_of(".["), path.size());
        at = At(at, {"properties", path.substr(0, length)});
        path.remove_prefix(length);
        if (!path.starts_with('[')) continue;
        at = At(at, {"items"});
        path.remove_prefix(path.find(']') + 1);
      }
      EXPECT_EQ(At(at, {"type"}).text(), At(columns.at(i), {"type"}).text());
    }
  }
}

}  // namespace
}  // namespace grove
