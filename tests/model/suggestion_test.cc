#include "model/suggestion.h"

#include <algorithm>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "grove/admission.hpp"
#include "grove/manifest.hpp"

namespace grove {
namespace {

using std::string_view;

TEST(Suggestion, EditDistance) {
  struct Case {
    string_view a;
    string_view b;
    std::size_t want;
  };
  constexpr Case kCases[] = {
      {"containers", "containers", 0},
      {"contianers", "containers", 1},
      {"container", "containers", 1},
      {"kontaniers", "containers", 2},
      {"replica_count", "replicaCount", 0},
      {"MinAvailable", "minAvailable", 0},
      {"min-available", "minAvailable", 0},
      {"abcd", "dcba", 3},
      {"a", "bcdefgh", 7},
      {"", "a", 11},
      {"a", "", 11},
  };
  for (const Case& c : kCases) EXPECT_EQ(internal::EditDistance(c.a, c.b, 10), c.want) << c.a << ' ' << c.b;
  EXPECT_GT(internal::EditDistance(std::string(65, 'a'), std::string(65, 'a'), 3), 3u) << "no slip of the pen";
  EXPECT_EQ(internal::EditDistance(std::string(64, 'a'), std::string(64, 'a'), 3), 0u);
}

TEST(Suggestion, NearestName) {
  constexpr string_view kNames[] = {"image", "imagePullPolicy", "args", "env", "envFrom"};
  const auto nearest = [&](string_view text) { return internal::NearestName(text, kNames); };
  EXPECT_EQ(nearest("imagePulPolicy"), "imagePullPolicy");
  EXPECT_EQ(nearest("imagee"), "image");
  EXPECT_EQ(nearest("ENV"), "env");
  EXPECT_EQ(nearest("arg"), "args");
  EXPECT_EQ(nearest("ar"), "") << "two letters say nothing";
  EXPECT_EQ(nearest("entrypoint"), "");
  EXPECT_EQ(nearest(""), "");
}

TEST(Suggestion, OfEquallyNearNamesTheFirst) {
  constexpr string_view kNames[] = {"cart", "care"};
  EXPECT_EQ(internal::NearestName("card", kNames), "cart");
}

TEST(Suggestion, NearestValue) {
  constexpr string_view kTypes[] = {"CliqueStartupTypeAnyOrder", "CliqueStartupTypeInOrder",
                                    "CliqueStartupTypeExplicit"};
  const auto nearest = [&](string_view text) { return internal::NearestValue(text, kTypes); };
  EXPECT_EQ(nearest("InOrder"), "CliqueStartupTypeInOrder");
  EXPECT_EQ(nearest("explicit"), "CliqueStartupTypeExplicit");
  EXPECT_EQ(nearest("CliqueStartupTypInOrder"), "CliqueStartupTypeInOrder");
  EXPECT_EQ(nearest("Order"), "") << "part of two values";
  EXPECT_EQ(nearest("In"), "");
}

constexpr string_view kSet = R"(apiVersion: grove.io/v1alpha1
kind: PodCliqueSet
metadata: {name: demo}
spec:
  replicas: 1
  template:
    cliques:
      - name: a
        spec:
          roleName: a
          replicas: 1
          podSpec:
            contianers:
              - name: main
                image: main:1
            containers:
              - name: main
                image: main:1
                resources:
                  limit: {cpu: 1}
)";

TEST(Suggestion, OfUnknownFields) {
  const ParseResult parsed = ParseManifest(kSet);
  ASSERT_FALSE(parsed.error.has_value());
  const Admission admission = Admit(parsed.objects[0].document);
  EXPECT_TRUE(admission.allowed());
  ASSERT_EQ(admission.pruned.size(), 2u);
  EXPECT_EQ(admission.pruned[0].field, "spec.template.cliques[0].spec.podSpec.contianers");
  EXPECT_EQ(admission.pruned[0].suggestion, "containers");
  EXPECT_EQ(admission.pruned[0].location, (SourceLocation{13, 13})) << "of the name, not of the value";
  EXPECT_EQ(admission.pruned[1].suggestion, "limits");
  AdmissionContext strict;
  strict.strict = true;
  const Admission denied = Admit(parsed.objects[0].document, strict);
  ASSERT_EQ(denied.errors.size(), 2u);
  EXPECT_EQ(denied.errors[0].type, ErrorType::kBadRequest);
  EXPECT_EQ(denied.errors[0].suggestion, "containers");
  EXPECT_EQ(denied.errors[0].location, (SourceLocation{13, 13}));
}

TEST(Suggestion, OfEnumerations) {
  std::string text(kSet);
  text.insert(text.find("    cliques:"), "    cliqueStartupType: InOrder\n");
  const ParseResult parsed = ParseManifest(text);
  const Admission admission = Admit(parsed.objects.at(0).document);
  ASSERT_FALSE(admission.errors.empty());
  EXPECT_EQ(admission.errors[0].type, ErrorType::kNotSupported);
  EXPECT_EQ(admission.errors[0].suggestion, "CliqueStartupTypeInOrder");
}

TEST(Suggestion, OfReferences) {
  struct Case {
    string_view member;  // of spec.template
    string_view rule;
    string_view want;
  };
  constexpr Case kCases[] = {
      {"podCliqueScalingGroups: [{name: g, cliqueNames: [wroker]}]", "V-164", "worker"},
      {"podCliqueScalingGroups: [{name: g, cliqueNames: [wroker, x]}]", "V-164", ""},
      {"cliqueStartupType: CliqueStartupTypeExplicit", "V-148", "worker"},
      {"resourceSharing: [{name: a, scope: AllReplicas, filter: {childCliqueNames: [workr]}}]", "V-175", "worker"},
      {"topologyConstraint: {topologyName: fabrik, pack: {required: rack}}", "V-215", "fabric"},
      {"topologyConstraint: {topologyName: fabric, pack: {required: racks}}", "V-220", "rack"},
  };
  AdmissionContext context;
  context.configuration.topology_aware_scheduling.enabled = true;
  ClusterTopologyBinding& binding = context.topologies.emplace_back();
  binding.metadata.name = "fabric";
  binding.spec.levels = {{"rack", "example.com/rack"}, {"host", "kubernetes.io/hostname"}};
  for (const Case& c : kCases) {
    const std::string text = R"(apiVersion: grove.io/v1alpha1
kind: PodCliqueSet
metadata: {name: demo}
spec:
  replicas: 1
  template:
    )" + std::string(c.member) +
                             R"(
    cliques:
      - name: worker
        spec: {roleName: a, replicas: 1, podSpec: {containers: [{name: main, image: "main:1"}]}}
      - name: router
        spec: {roleName: b, replicas: 1, startsAfter: [worke], podSpec: {containers: [{name: main, image: "main:1"}]}}
)";
    const ParseResult parsed = ParseManifest(text);
    ASSERT_FALSE(parsed.error.has_value()) << parsed.error->message;
    const Admission admission = Admit(parsed.objects.at(0).document, context);
    const auto error = std::ranges::find(admission.errors, c.rule, &FieldError::rule);
    ASSERT_NE(error, admission.errors.end()) << c.rule;
    EXPECT_EQ(error->suggestion, c.want) << c.rule;
  }
}

TEST(Suggestion, OfASchedulerThatIsNotEnabled) {
  std::string text(kSet);
  text.insert(text.find("            contianers:"), "            schedulerName: default\n");
  const Admission admission = Admit(ParseManifest(text).objects.at(0).document);
  const auto error = std::ranges::find(admission.errors, "V-401", &FieldError::rule);
  ASSERT_NE(error, admission.errors.end());
  EXPECT_EQ(error->suggestion, "default-scheduler");
}

TEST(Suggestion, OfAConfiguration) {
  const ParseResult parsed = ParseManifest(
      R"({"apiVersion": "operator.config.grove.io/v1alpha1", "kind": "OperatorConfiguration", "loglevel": "info",
          "logFormat": "jsn", "scheduler": {"profiles": [{"name": "default-scheduler"}, {"name": "kai"}]}})");
  const ConfigurationResult result = LoadOperatorConfiguration(parsed.objects.at(0).document);
  ASSERT_EQ(result.pruned.size(), 1u);
  EXPECT_EQ(result.pruned[0].suggestion, "logLevel");
  EXPECT_EQ(result.pruned[0].location, (SourceLocation{1, 86}));
  ASSERT_EQ(result.errors.size(), 2u);
  EXPECT_EQ(result.errors[0].suggestion, "json");
  EXPECT_EQ(result.errors[1].suggestion, "kai-scheduler");
}

TEST(Suggestion, ManyUnknownFieldsCostLittle) {
  std::string members;
  for (int i = 0; i < 100'000; ++i) members += ",\"replica" + std::to_string(i) + "\":1";
  const ParseResult parsed =
      ParseManifest(R"({"apiVersion":"grove.io/v1alpha1","kind":"PodCliqueSet","metadata":{"name":"a"},"spec":{"x":1)" +
                    members + "}}");
  const Admission admission = Admit(parsed.objects.at(0).document);
  ASSERT_EQ(admission.pruned.size(), 100'001u);
  EXPECT_EQ(admission.pruned[1].suggestion, "replicas");
  EXPECT_EQ(admission.pruned[100'000].suggestion, "");
}

}  // namespace
}  // namespace grove
