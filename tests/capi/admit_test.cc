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

constexpr string_view kBinding = R"(
apiVersion: grove.io/v1alpha1
kind: ClusterTopologyBinding
metadata: {name: racks}
spec:
  levels:
    - {domain: rack, key: example.com/rack}
)";

constexpr string_view kConfiguration = R"(
apiVersion: operator.config.grove.io/v1alpha1
kind: OperatorConfiguration
scheduler:
  profiles: [{name: default-scheduler}]
  defaultProfileName: default-scheduler
)";

constexpr string_view kDeniedConfiguration = R"(
apiVersion: operator.config.grove.io/v1alpha1
kind: OperatorConfiguration
scheduler:
  profiles: [{name: default-scheduler}]
  defaultProfileName: none-such
)";

TEST(CAdmit, AllowedSet) {
  const Result got = Admit(kSet);
  ASSERT_EQ(got.status, GROVE_OK) << got.message();
  EXPECT_EQ(got.error, nullptr);
  EXPECT_THAT(std::string(got.text()), StartsWith(R"({"allowed":true,"objects":[{"file":"manifest","document":0,)"
                                                  R"("kind":"PodCliqueSet","namespace":"default","name":"demo",)"
                                                  R"("allowed":true,"errors":[],"warnings":[)"));
  EXPECT_THAT(std::string(got.text()), HasSubstr(R"("defaulted":{"apiVersion":"grove.io/v1alpha1",)"));
  EXPECT_THAT(std::string(got.text()), HasSubstr(R"("minAvailable":2)"));
  EXPECT_THAT(std::string(got.text()), HasSubstr(R"("skipped":[]})"));
  EXPECT_EQ(got.result.data[got.result.size], '\0');
}

TEST(CAdmit, FindingsAreData) {
  const Result got = Admit(kDeniedSet);
  ASSERT_EQ(got.status, GROVE_OK) << got.message();
  EXPECT_THAT(std::string(got.text()), StartsWith(R"({"allowed":false,)"));
  EXPECT_THAT(std::string(got.text()),
              HasSubstr(R"("field":"spec.template.cliques[0].spec.minAvailable","badValue":3)"));
  EXPECT_THAT(std::string(got.text()), HasSubstr(R"("stage":"webhook")"));
  EXPECT_THAT(std::string(got.text()), HasSubstr(R"("line":13,"column":25)"));
}

TEST(CAdmit, SeveralSets) {
  const Result got = Admit(kSet + "---\n" + kDeniedSet);
  ASSERT_EQ(got.status, GROVE_OK) << got.message();
  EXPECT_THAT(std::string(got.text()), HasSubstr(R"({"file":"manifest","document":0,)"));
  EXPECT_THAT(std::string(got.text()), HasSubstr(R"({"file":"manifest","document":1,)"));
}

TEST(CAdmit, NothingToJudge) {
  const Result got = Admit({});
  ASSERT_EQ(got.status, GROVE_OK) << got.message();
  EXPECT_EQ(got.text(), R"({"allowed":true,"objects":[],"skipped":[]})");
}

TEST(CAdmit, OtherKindsAreSkippedAndTold) {
  const Result got = Admit("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n", nullptr, kSet);
  ASSERT_EQ(got.status, GROVE_OK) << got.message();
  EXPECT_EQ(got.text(),
            R"({"allowed":true,"objects":[],"skipped":[)"
            R"({"file":"context","document":0,"apiVersion":"grove.io/v1alpha1","kind":"PodCliqueSet","name":"demo"},)"
            R"({"file":"manifest","document":0,"apiVersion":"v1","kind":"ConfigMap","name":"x"}]})");
}

TEST(CAdmit, AnotherVersionOfASetIsDeniedInsteadOfSkipped) {
  const Result got = Admit("apiVersion: grove.io/v2\nkind: PodCliqueSet\nmetadata: {name: x}\n");
  ASSERT_EQ(got.status, GROVE_OK) << got.message();
  EXPECT_THAT(std::string(got.text()),
              HasSubstr(R"("allowed":false,"errors":[{"type":"BadRequest","field":"apiVersion")"));
  EXPECT_THAT(std::string(got.text()), HasSubstr(R"("defaulted":null)"));
}

TEST(CAdmit, ContextIsSeen) {
  const std::string configured = std::string(kConfiguration) + "topologyAwareScheduling: {enabled: true}\n";
  std::string constrained(kSet);
  constrained.replace(constrained.find("    cliques:"), 0,
                      "    topologyConstraint: {topologyName: racks, pack: {required: rack}}\n");
  const Result without = Admit(constrained, nullptr, configured);
  ASSERT_EQ(without.status, GROVE_OK) << without.message();
  EXPECT_THAT(std::string(without.text()), StartsWith(R"({"allowed":false,)"));
  const Result with = Admit(constrained, nullptr, configured + "---" + kBinding);
  ASSERT_EQ(with.status, GROVE_OK) << with.message();
  EXPECT_THAT(std::string(with.text()), StartsWith(R"({"allowed":true,)"));
  EXPECT_THAT(std::string(with.text()), HasSubstr(R"({"file":"context","document":1,"kind":"ClusterTopologyBinding")"));
  // The same objects in one text.
  const Result together = Admit(constrained + "---" + configured + "---" + kBinding);
  ASSERT_EQ(together.status, GROVE_OK) << together.message();
  EXPECT_THAT(std::string(together.text()), StartsWith(R"({"allowed":true,)"));
}

TEST(CAdmit, VolcanoQueuesAreJudgedWhereThereAreAny) {
  constexpr string_view kVolcano = R"(
apiVersion: operator.config.grove.io/v1alpha1
kind: OperatorConfiguration
scheduler:
  profiles: [{name: volcano}]
  defaultProfileName: volcano
)";
  constexpr string_view kClosed = R"(---
apiVersion: scheduling.volcano.sh/v1beta1
kind: Queue
metadata: {name: default}
status: {state: Closed}
)";
  EXPECT_THAT(std::string(Admit(kSet, nullptr, kVolcano).text()), StartsWith(R"({"allowed":true,)"));
  const Result closed = Admit(kSet, nullptr, kVolcano + kClosed);
  EXPECT_THAT(std::string(closed.text()), HasSubstr(R"("rule":"V-427")"));
}

TEST(CAdmit, DeniedConfiguration) {
  const Result got = Admit(kSet, nullptr, kDeniedConfiguration);
  EXPECT_EQ(got.status, GROVE_FAILED_PRECONDITION);
  EXPECT_EQ(got.argument(), "context");
  EXPECT_EQ(got.path(), "scheduler.defaultProfileName");
  EXPECT_EQ(got.place(), "6:23");
  EXPECT_THAT(got.message(), StartsWith("OperatorConfiguration is denied: scheduler.defaultProfileName: "));
  EXPECT_THAT(std::string(got.error_report()), StartsWith(R"({"allowed":false,"objects":[{"file":"context",)"));
  EXPECT_THAT(std::string(got.error_report()), Not(HasSubstr(R"("kind":"PodCliqueSet")")));
}

TEST(CAdmit, Contradictions) {
  const Result twice = Admit(kConfiguration, nullptr, kConfiguration);
  EXPECT_EQ(twice.status, GROVE_INVALID_ARGUMENT);
  EXPECT_EQ(twice.argument(), "manifest");
  EXPECT_EQ(twice.place(), "2:1");
  EXPECT_EQ(twice.message(), "a second OperatorConfiguration");
  const Result bindings = Admit(kBinding + "---" + kBinding);
  EXPECT_EQ(bindings.status, GROVE_INVALID_ARGUMENT);
  EXPECT_EQ(bindings.place(), "9:1");
  EXPECT_EQ(bindings.message(), "a second ClusterTopologyBinding named racks");
}

TEST(CAdmit, Namespace) {
  grove_admit_options options = GROVE_ADMIT_OPTIONS_INIT;
  constexpr string_view kNamespace = "inference";
  options.default_namespace = kNamespace.data();
  options.default_namespace_size = kNamespace.size();
  const Result got = Admit(kSet, &options);
  ASSERT_EQ(got.status, GROVE_OK) << got.message();
  EXPECT_THAT(std::string(got.text()), HasSubstr(R"("namespace":"inference","name":"demo","allowed":true)"));
  EXPECT_THAT(std::string(got.text()), HasSubstr(R"("metadata":{"name":"demo","namespace":"inference"})"));
  std::string elsewhere(kSet);
  elsewhere.replace(elsewhere.find("  name: demo"), 0, "  namespace: other\n");
  const Result refused = Admit(elsewhere, &options);
  EXPECT_EQ(refused.status, GROVE_INVALID_ARGUMENT);
  EXPECT_EQ(refused.message(), "PodCliqueSet demo is of namespace other where inference is asked for");
}

TEST(CAdmit, StrictAndAllStages) {
  const std::string unknown = kDeniedSet + "  unheardOf: 1\n";
  const Result lax = Admit(unknown);
  EXPECT_THAT(std::string(lax.text()), HasSubstr(R"("warnings":[{"field":"spec.unheardOf",)"));
  EXPECT_THAT(std::string(lax.text()), HasSubstr(R"("detail":"unknown field, dropped","line":18,"column":3})"));
  grove_admit_options options = GROVE_ADMIT_OPTIONS_INIT;
  options.strict = 1;
  const Result strict = Admit(unknown, &options);
  EXPECT_THAT(std::string(strict.text()), HasSubstr(R"({"type":"BadRequest","field":"spec.unheardOf")"));
  EXPECT_THAT(std::string(strict.text()), Not(HasSubstr(R"("stage":"webhook")")));
  options.all_stages = 1;
  EXPECT_THAT(std::string(Admit(unknown, &options).text()), HasSubstr(R"("stage":"webhook")"));
}

TEST(CAdmit, Formats) {
  grove_admit_options options = GROVE_ADMIT_OPTIONS_INIT;
  options.output = GROVE_FORMAT_YAML;
  EXPECT_THAT(std::string(Admit(kSet, &options).text()), StartsWith("allowed: true\nobjects:\n"));
  options.output = GROVE_FORMAT_JSON_INDENTED;
  EXPECT_THAT(std::string(Admit(kSet, &options).text()), StartsWith("{\n"));
  const Result json = Admit(R"({"apiVersion": "v1", "kind": "List", "items": []})", nullptr, {}, GROVE_FORMAT_JSON);
  EXPECT_EQ(json.status, GROVE_OK);
  const Result yaml_as_json = Admit(kSet, nullptr, {}, GROVE_FORMAT_JSON);
  EXPECT_EQ(yaml_as_json.status, GROVE_INVALID_ARGUMENT);
  EXPECT_EQ(yaml_as_json.argument(), "manifest");
  EXPECT_EQ(yaml_as_json.place(), "1:1");
}

TEST(CAdmit, EqualInputsGiveEqualBytes) {
  const std::string manifest = kSet + "---\n" + kDeniedSet;
  const Result first = Admit(manifest);
  const Result second = Admit(manifest);
  EXPECT_EQ(first.text(), second.text());
  EXPECT_FALSE(first.text().empty());
}

}  // namespace
}  // namespace grove_test
