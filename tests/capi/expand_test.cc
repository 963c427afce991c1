#include <cstddef>
#include <string>
#include <string_view>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "capi/support.h"

namespace grove_test {
namespace {

using std::string_view;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

std::string operator+(string_view a, string_view b) { return std::string(a).append(b); }

std::size_t Occurrences(string_view text, string_view part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != string_view::npos; at = text.find(part, at + part.size())) ++count;
  return count;
}

// The set `kSet` with a claim template that somebody else provides.
std::string SharingSet() {
  std::string set(kSet);
  set.replace(set.find("    cliques:"), 0,
              "    resourceSharing:\n      - {name: fabric, namespace: shared, scope: AllReplicas}\n");
  return set;
}

constexpr string_view kClaimTemplate = R"(apiVersion: resource.k8s.io/v1
kind: ResourceClaimTemplate
metadata: {name: fabric, namespace: shared}
spec: {spec: {devices: {requests: [{name: x, exactly: {deviceClassName: y}}]}}}
)";

TEST(CExpand, EveryChild) {
  const Result got = Expand(kSet);
  ASSERT_EQ(got.status, GROVE_OK) << got.message();
  EXPECT_EQ(got.error, nullptr);
  EXPECT_THAT(std::string(got.text()), StartsWith(R"({"apiVersion":"v1","kind":"List","items":[{)"));
  EXPECT_EQ(Occurrences(got.text(), R"("kind":"Pod",)"), 2u);
  EXPECT_EQ(Occurrences(got.text(), R"({"apiVersion":"scheduler.grove.io/v1alpha1","kind":"PodGang")"), 1u);
  EXPECT_EQ(got.result.data[got.result.size], '\0');
  EXPECT_THAT(std::string(got.report_text()), StartsWith(R"({"allowed":true,"objects":[{"file":"manifest",)"));
  EXPECT_THAT(std::string(got.report_text()), HasSubstr(R"("reconcileErrors":[])"));
}

TEST(CExpand, SeveralSetsGiveOneList) {
  std::string other(kSet);
  other.replace(other.find("demo"), 4, "more");
  const Result got = Expand(kSet + "---\n" + other);
  ASSERT_EQ(got.status, GROVE_OK) << got.message();
  EXPECT_EQ(Occurrences(got.text(), R"("kind":"List")"), 1u);
  EXPECT_EQ(Occurrences(got.text(), R"("kind":"Pod",)"), 4u);
  EXPECT_LT(got.text().find("demo-0-worker"), got.text().find("more-0-worker"));
}

TEST(CExpand, Formats) {
  grove_expand_options options = GROVE_EXPAND_OPTIONS_INIT;
  options.output = GROVE_FORMAT_YAML;
  const Result yaml = Expand(kSet, &options);
  ASSERT_EQ(yaml.status, GROVE_OK) << yaml.message();
  EXPECT_EQ(Occurrences(yaml.text(), "\nkind: Pod\n"), 2u);
  EXPECT_THAT(std::string(yaml.report_text()), StartsWith(R"({"allowed":true,)"));
  grove_admit_options admit = GROVE_ADMIT_OPTIONS_INIT;
  admit.output = GROVE_FORMAT_YAML;
  options.admit = &admit;
  options.output = GROVE_FORMAT_JSON_INDENTED;
  const Result indented = Expand(kSet, &options);
  EXPECT_THAT(std::string(indented.text()), StartsWith("{\n"));
  EXPECT_THAT(std::string(indented.report_text()), StartsWith("allowed: true\n"));
}

TEST(CExpand, NoSetNoObjects) {
  const Result got = Expand({});
  ASSERT_EQ(got.status, GROVE_OK) << got.message();
  EXPECT_EQ(got.text(), R"({"apiVersion":"v1","kind":"List","items":[]})");
}

TEST(CExpand, SeedDecidesPodNames) {
  grove_expand_options options = GROVE_EXPAND_OPTIONS_INIT;
  const Result zero = Expand(kSet, &options);
  const Result again = Expand(kSet);
  options.seed = 1;
  const Result one = Expand(kSet, &options);
  EXPECT_EQ(zero.text(), again.text());
  EXPECT_NE(zero.text(), one.text());
  EXPECT_FALSE(zero.text().empty());
}

TEST(CExpand, StateTimeAndInitContainer) {
  std::string ordered(kSet);
  ordered.replace(ordered.find("    cliques:"), 0, "    cliqueStartupType: CliqueStartupTypeInOrder\n");
  ordered += R"(      - name: second
        spec:
          roleName: second
          replicas: 1
          podSpec:
            containers: [{name: main, image: registry.example.com/worker:1}]
)";
  grove_expand_options options = GROVE_EXPAND_OPTIONS_INIT;
  constexpr string_view kImage = "registry.example.com/waiter";
  constexpr string_view kVersion = "v9";
  options.init_container_image = kImage.data();
  options.init_container_image_size = kImage.size();
  options.init_container_version = kVersion.data();
  options.init_container_version_size = kVersion.size();
  const Result created = Expand(ordered, &options);
  ASSERT_EQ(created.status, GROVE_OK) << created.message();
  EXPECT_THAT(std::string(created.text()), HasSubstr("registry.example.com/waiter:v9"));
  EXPECT_THAT(std::string(created.text()), Not(HasSubstr("lastTransitionTime\":\"2001-09-09")));
  options.state = GROVE_OBJECT_STATE_AT_REST;
  options.now = 1'000'000'000;
  const Result at_rest = Expand(ordered, &options);
  ASSERT_EQ(at_rest.status, GROVE_OK) << at_rest.message();
  EXPECT_THAT(std::string(at_rest.text()), HasSubstr(R"("lastTransitionTime":"2001-09-09T01:46:40Z")"));
}

TEST(CExpand, SchedulerObjects) {
  std::string kai(kSet);
  kai.replace(kai.find("  name: demo"), 0, "  labels: {kai.scheduler/queue: team}\n");
  constexpr string_view kConfiguration =
      "apiVersion: operator.config.grove.io/v1alpha1\nkind: OperatorConfiguration\n"
      "scheduler: {profiles: [{name: kai-scheduler}], defaultProfileName: kai-scheduler}\n";
  grove_expand_options options = GROVE_EXPAND_OPTIONS_INIT;
  EXPECT_EQ(Occurrences(Expand(kai, &options, kConfiguration).text(), "scheduling.run.ai/v2alpha2"), 0u);
  options.scheduler_objects = 1;
  const Result got = Expand(kai, &options, kConfiguration);
  ASSERT_EQ(got.status, GROVE_OK) << got.message();
  EXPECT_EQ(Occurrences(got.text(), R"({"apiVersion":"scheduling.run.ai/v2alpha2","kind":"PodGroup")"), 1u);
}

TEST(CExpand, DeniedSet) {
  const Result got = Expand(kSet + "---\n" + kDeniedSet);
  EXPECT_EQ(got.status, GROVE_FAILED_PRECONDITION);
  EXPECT_EQ(got.argument(), "manifest");
  EXPECT_EQ(got.path(), "spec.template.cliques[0].spec.minAvailable");
  EXPECT_EQ(got.place(), "30:25");
  EXPECT_THAT(got.message(), StartsWith("PodCliqueSet default/demo is denied: spec.template.cliques[0].spec."));
  EXPECT_EQ(got.error_report(), Admit(kSet + "---\n" + kDeniedSet).text());
  EXPECT_EQ(got.result.data, nullptr);
  EXPECT_EQ(got.report.data, nullptr);
}

TEST(CExpand, MissingClaimTemplate) {
  const Result missing = Expand(SharingSet());
  EXPECT_EQ(missing.status, GROVE_FAILED_PRECONDITION);
  EXPECT_EQ(missing.argument(), "manifest");
  EXPECT_EQ(missing.place(), "1:1");
  EXPECT_THAT(missing.message(), StartsWith("PodCliqueSet default/demo cannot be expanded to its end: "));
  EXPECT_THAT(std::string(missing.error_report()), HasSubstr(R"("reconcileErrors":[{"object":)"));
  const Result present = Expand(SharingSet(), nullptr, kClaimTemplate);
  ASSERT_EQ(present.status, GROVE_OK) << present.message();
  EXPECT_EQ(Occurrences(present.text(), R"("kind":"ResourceClaim",)"), 1u);
  grove_expand_options options = GROVE_EXPAND_OPTIONS_INIT;
  options.allow_incomplete = 1;
  const Result incomplete = Expand(SharingSet(), &options);
  ASSERT_EQ(incomplete.status, GROVE_OK) << incomplete.message();
  EXPECT_EQ(Occurrences(incomplete.text(), R"("kind":"ResourceClaim",)"), 0u);
  EXPECT_THAT(std::string(incomplete.report_text()), HasSubstr(R"("reconcileErrors":[{"object":)"));
}

TEST(CExpand, ReportIsOptionalAndAnotherBuffer) {
  grove_buffer result = GROVE_BUFFER_INIT;
  EXPECT_EQ(grove_expand(kSet.data(), kSet.size(), nullptr, 0, GROVE_FORMAT_YAML, nullptr, &result, nullptr, nullptr),
            GROVE_OK);
  EXPECT_NE(result.size, 0u);
  grove_buffer_dispose(&result);
  EXPECT_EQ(grove_expand(kSet.data(), kSet.size(), nullptr, 0, GROVE_FORMAT_YAML, nullptr, &result, &result, nullptr),
            GROVE_INVALID_ARGUMENT);
  EXPECT_EQ(result.data, nullptr);
}

}  // namespace
}  // namespace grove_test
