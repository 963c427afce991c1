// Admission as a whole: what is pruned, defaulted, written back and refused (spec 02, 03 §4).

#include "grove/admission.hpp"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "grove/manifest.hpp"

namespace grove {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// A set with one clique whose parts a test replaces.
std::string SetWith(std::string_view clique_spec, std::string_view template_members = "",
                    std::string_view metadata = R"("name":"demo","namespace":"default")") {
  std::string text = R"({"apiVersion":"grove.io/v1alpha1","kind":"PodCliqueSet","metadata":{)";
  text += metadata;
  text += R"(},"spec":{"replicas":1,"template":{"cliques":[{"name":"a","spec":{)";
  text += clique_spec;
  text += "}}]";
  text += template_members;
  return text + "}}}";
}

constexpr std::string_view kMinimal = R"("roleName":"a","replicas":1,"podSpec":{"containers":[{"name":"c"}]})";

Admission AdmitText(const std::string& text, const AdmissionContext& context = {}) {
  const ParseResult parsed = ParseManifest(text);
  EXPECT_FALSE(parsed.error.has_value()) << parsed.error->message;
  return Admit(parsed.objects.at(0).document, context);
}

Value At(const Value& value, std::initializer_list<std::string_view> path) {
  Value current = value;
  for (const std::string_view step : path) {
    std::optional<Value> next =
        current.is_array() ? std::optional(current.at(std::stoul(std::string(step)))) : current.Find(step);
    if (!next.has_value()) return {};
    current = *next;
  }
  return current;
}

std::vector<std::string> Summaries(const std::vector<FieldError>& errors) {
  std::vector<std::string> out;
  for (const FieldError& error : errors) {
    out.push_back(std::string(error.rule) + " " + std::string(ErrorTypeName(error.type)) + " " + error.field);
  }
  return out;
}

// ---- Defaults -------------------------------------------------------------------------------------------------------

struct DefaultCase {
  std::string_view name;
  std::string_view clique_spec;
  std::string_view path;  // below the clique's spec
  std::string_view json;  // of the defaulted value
};

class CliqueDefaults : public ::testing::TestWithParam<DefaultCase> {};

TEST_P(CliqueDefaults, AreThoseOfTheTable) {
  const Admission admission = AdmitText(SetWith(GetParam().clique_spec));
  const Value spec = At(admission.defaulted, {"spec", "template", "cliques", "0", "spec"});
  Value value = spec;
  std::string_view path = GetParam().path;
  while (!path.empty()) {
    const std::size_t dot = path.find('.');
    value = At(value, {path.substr(0, dot)});
    path = dot == std::string_view::npos ? "" : path.substr(dot + 1);
  }
  EXPECT_EQ(value.ToJson(), GetParam().json) << spec.ToJson();
}

constexpr DefaultCase kDefaultCases[] = {
    {"D02_absent_replicas", R"("roleName":"a","minAvailable":1,"podSpec":{"containers":[]})", "replicas", "1"},
    {"D02_zero_replicas", R"("replicas":0,"minAvailable":1,"podSpec":{"containers":[]})", "replicas", "1"},
    {"D03_from_replicas", R"("replicas":4,"podSpec":{"containers":[]})", "minAvailable", "4"},
    {"D03_input_value", R"("podSpec":{"containers":[]})", "minAvailable", "0"},
    {"D03_kept", R"("replicas":4,"minAvailable":0,"podSpec":{"containers":[]})", "minAvailable", "0"},
    {"D04_from_replicas", R"("replicas":2,"autoScalingConfig":{"maxReplicas":3},"podSpec":{"containers":[]})",
     "autoScalingConfig.minReplicas", "2"},
    {"D05_restart_policy", kMinimal, "podSpec.restartPolicy", "\"Always\""},
    {"D05_kept", R"("replicas":1,"podSpec":{"containers":[],"restartPolicy":"Never"})", "podSpec.restartPolicy",
     "\"Never\""},
    {"D06_grace_period", kMinimal, "podSpec.terminationGracePeriodSeconds", "30"},
    {"D06_zero_kept", R"("replicas":1,"podSpec":{"containers":[],"terminationGracePeriodSeconds":0})",
     "podSpec.terminationGracePeriodSeconds", "0"},
    {"written_back_role_name", R"("replicas":1,"podSpec":{"containers":[]})", "roleName", "\"\""},
    {"written_back_nil_list", R"("replicas":1)", "podSpec.containers", "null"},
    {"written_back_resources", kMinimal, "podSpec.containers", R"([{"name":"c","resources":{}}])"},
    {"canonical_quantity",
     R"("replicas":1,"podSpec":{"containers":[{"name":"c","resources":{"limits":{"memory":"1024Mi","cpu":0.5}}}]})",
     "podSpec.containers", R"([{"name":"c","resources":{"limits":{"memory":"1Gi","cpu":"500m"}}}])"},
    {"kept_quantity",
     R"("replicas":1,"podSpec":{"containers":[{"name":"c","resources":{"limits":{"memory":"1026Mi"}}}]})",
     "podSpec.containers", R"([{"name":"c","resources":{"limits":{"memory":"1026Mi"}}}])"},
    {"integral_float", R"("replicas":2.0,"podSpec":{"containers":[]})", "replicas", "2"},
    {"structural_protocol",
     R"("replicas":1,"podSpec":{"containers":[{"name":"c","ports":[{"containerPort":80}],"resources":{}}]})",
     "podSpec.containers", R"([{"name":"c","ports":[{"containerPort":80,"protocol":"TCP"}],"resources":{}}])"},
};

INSTANTIATE_TEST_SUITE_P(Spec02, CliqueDefaults, ::testing::ValuesIn(kDefaultCases),
                         [](const auto& info) { return std::string(info.param.name); });

TEST(Admission, DefaultsTheSet) {
  const Admission admission = AdmitText(SetWith(kMinimal, "", R"("name":"demo")"));
  ASSERT_TRUE(admission.allowed());
  const PodCliqueSet& set = admission.admitted->set();
  EXPECT_EQ(set.metadata.namespace_name, "default");                                         // D-01
  EXPECT_EQ(set.spec.template_spec.termination_delay->nanoseconds, 14'400'000'000'000);      // D-08
  EXPECT_TRUE(set.spec.template_spec.headless_service_config->publish_not_ready_addresses);  // D-09
  EXPECT_EQ(set.spec.template_spec.clique_startup_type, "CliqueStartupTypeAnyOrder");
}

// Spec 02 §5: if nothing was defaulted the object keeps the spelling of its user.
TEST(Admission, WritesNothingBackWhereNothingWasDefaulted) {
  const std::string text = SetWith(
      R"("roleName":"a","replicas":1,"minAvailable":1,"podSpec":{"containers":[{"name":"c"}],"restartPolicy":"Always",)"
      R"("terminationGracePeriodSeconds":30})",
      R"(,"terminationDelay":"4h","headlessServiceConfig":{"publishNotReadyAddresses":true},)"
      R"("podCliqueScalingGroups":[{"name":"g","cliqueNames":["a"],"replicas":1,"minAvailable":1}])");
  const Admission admission = AdmitText(text);
  ASSERT_TRUE(admission.allowed());
  EXPECT_EQ(At(admission.defaulted, {"spec", "template", "terminationDelay"}).text(), "4h");
  EXPECT_EQ(At(admission.defaulted, {"spec", "template", "cliques", "0", "spec", "podSpec", "containers"}).ToJson(),
            R"([{"name":"c"}])");
}

TEST(Admission, IsIdempotent) {
  const Admission first = AdmitText(SetWith(kMinimal));
  ASSERT_TRUE(first.allowed());
  const Admission second = Admit(first.defaulted);
  ASSERT_TRUE(second.allowed());
  EXPECT_EQ(second.defaulted, first.defaulted);
  EXPECT_THAT(second.pruned, IsEmpty());
}

TEST(Admission, DoesNotChangeItsInput) {
  const ParseResult parsed = ParseManifest(SetWith(kMinimal));
  const std::string before = parsed.objects.at(0).document.ToJson();
  static_cast<void>(Admit(parsed.objects.at(0).document));
  EXPECT_EQ(parsed.objects.at(0).document.ToJson(), before);
}

TEST(Admission, TakesASetThatAProgramMade) {
  const Admission admission = AdmitText(SetWith(kMinimal));
  ASSERT_TRUE(admission.allowed());
  const Admission again = Admit(admission.admitted->set());
  ASSERT_TRUE(again.allowed()) << FormatFieldError(again.errors.front());
  EXPECT_EQ(again.admitted->set(), admission.admitted->set());
}

// ---- Pruning --------------------------------------------------------------------------------------------------------

TEST(Admission, PrunesUnknownFieldsAndSaysWhere) {
  const Admission admission =
      AdmitText(SetWith(R"("replicas":1,"podSpec":{"contianers":[],"containers":[{"name":"c","imgae":"x"}]})"));
  ASSERT_EQ(admission.pruned.size(), 2u);
  EXPECT_EQ(admission.pruned[0].field, "spec.template.cliques[0].spec.podSpec.contianers");
  EXPECT_EQ(admission.pruned[1].field, "spec.template.cliques[0].spec.podSpec.containers[0].imgae");
  EXPECT_EQ(admission.pruned[0].location.line, 1u);
  EXPECT_TRUE(admission.allowed());
}

TEST(Admission, RefusesUnknownFieldsIfStrict) {
  AdmissionContext context;
  context.strict = true;
  const Admission admission = AdmitText(SetWith(std::string(kMinimal) + R"(,"colour":"red")"), context);
  EXPECT_THAT(Summaries(admission.errors), ElementsAre("V-010 BadRequest spec.template.cliques[0].spec.colour"));
  EXPECT_FALSE(admission.admitted.has_value());
}

// ---- Errors ---------------------------------------------------------------------------------------------------------

struct ErrorCase {
  std::string_view name;
  std::string text;
  std::vector<std::string> errors;  // "rule type field"
};

class AdmissionErrors : public ::testing::TestWithParam<ErrorCase> {};

TEST_P(AdmissionErrors, AreThoseOfTheTable) {
  const Admission admission = AdmitText(GetParam().text);
  EXPECT_EQ(Summaries(admission.errors), GetParam().errors);
  EXPECT_FALSE(admission.admitted.has_value());
}

std::vector<ErrorCase> ErrorCases() {
  const std::string cliques = "spec.template.cliques";
  return {
      {"another_kind", R"({"apiVersion":"grove.io/v1alpha1","kind":"PodClique"})", {"V-010 BadRequest kind"}},
      {"another_version", R"({"apiVersion":"grove.io/v2","kind":"PodCliqueSet"})", {"V-010 BadRequest apiVersion"}},
      {"label_no_string",
       SetWith(kMinimal, "", R"("name":"demo","labels":{"a":1})"),
       {"V-010 BadRequest metadata.labels.a"}},
      {"labels_empty_list",
       SetWith(kMinimal, "", R"("name":"demo","labels":[])"),
       {"V-010 BadRequest metadata.labels"}},
      {"finalizers_empty_string",
       SetWith(kMinimal, "", R"("name":"demo","finalizers":"")"),
       {"V-010 BadRequest metadata.finalizers"}},
      {"namespace_zero",
       SetWith(kMinimal, "", R"("name":"demo","namespace":0)"),
       {"V-010 BadRequest metadata.namespace"}},
      {"replicas_no_integer",
       SetWith(R"("replicas":1.5,"podSpec":{"containers":[]})"),
       {"V-010 BadRequest " + cliques + "[0].spec.replicas"}},
      {"replicas_too_large",
       SetWith(R"("replicas":2147483648,"podSpec":{"containers":[]})"),
       {"V-010 BadRequest " + cliques + "[0].spec.replicas"}},
      {"bad_duration",
       SetWith(kMinimal, R"(,"terminationDelay":"1d")"),
       {"V-010 BadRequest spec.template.terminationDelay"}},
      {"bad_quantity",
       SetWith(R"("replicas":1,"podSpec":{"containers":[{"name":"c","resources":{"limits":{"cpu":"5K"}}}]})"),
       {"V-010 BadRequest " + cliques + "[0].spec.podSpec.containers[0].resources.limits.cpu"}},
      {"null_clique",
       R"({"apiVersion":"grove.io/v1alpha1","kind":"PodCliqueSet","metadata":{"name":"x"},)"
       R"("spec":{"template":{"cliques":[null]}}})",
       {"V-010 BadRequest spec.template.cliques[0]"}},
      {"no_containers",
       SetWith(R"("roleName":"a","replicas":1)"),
       {"V-032 TypeInvalid " + cliques + "[0].spec.podSpec.containers", "V-041 Invalid <nil>"}},
      {"startup_type",
       SetWith(kMinimal, R"(,"cliqueStartupType":"Foo")"),
       {"V-033 NotSupported spec.template.cliqueStartupType", "V-041 Invalid <nil>"}},
      {"negative_replicas",
       R"({"apiVersion":"grove.io/v1alpha1","kind":"PodCliqueSet","metadata":{"name":"x"},"spec":{"replicas":-1,)"
       R"("template":{"cliques":[{"name":"a","spec":{"replicas":1,"podSpec":{"containers":[]}}}]}}})",
       {"V-030 Invalid .spec.replicas"}},
      {"repeated_container",
       SetWith(R"("replicas":1,"podSpec":{"containers":[{"name":"c"},{"name":"d"},{"name":"c"},{"name":"c"}]})"),
       {"V-034 Duplicate " + cliques + "[0].spec.podSpec.containers[2]"}},
      {"pack_missing",
       SetWith(kMinimal, R"(,"topologyConstraint":{"topologyName":"t"})"),
       {"V-035 Required spec.template.topologyConstraint.pack"}},
      {"pack_and_pack_domain",
       SetWith(kMinimal, R"(,"topologyConstraint":{"packDomain":"rack","pack":{"required":"rack"}})"),
       {"V-036 Invalid spec.template.topologyConstraint.pack.required",
        "V-038 Forbidden spec.template.topologyConstraint.packDomain"}},
      {"empty_pack",
       SetWith(kMinimal, R"(,"topologyConstraint":{"pack":{}})"),
       {"V-037 Required spec.template.topologyConstraint.pack"}},
      {"no_name",
       SetWith(kMinimal, "", R"("namespace":"default")"),
       {"V-020 Required metadata.name", "V-041 Invalid <nil>"}},
      {"no_cliques",
       R"({"apiVersion":"grove.io/v1alpha1","kind":"PodCliqueSet","metadata":{"name":"x"},"spec":{}})",
       {"V-120 Required spec.template.cliques"}},
  };
}

INSTANTIATE_TEST_SUITE_P(Spec03, AdmissionErrors, ::testing::ValuesIn(ErrorCases()),
                         [](const auto& info) { return std::string(info.param.name); });

TEST(Admission, LocatesErrorsInTheSource) {
  const Admission admission = AdmitText(
      "{\"apiVersion\": \"grove.io/v1alpha1\", \"kind\": \"PodCliqueSet\", \"metadata\": {\"name\": \"x\"},\n"
      " \"spec\": {\"template\": {\"cliques\": [{\"name\": \"a\",\n"
      "   \"spec\": {\"replicas\": 1, \"minAvailable\": 3,\n"
      "   \"podSpec\": {\"nodeName\": \"n\", \"containers\": []}}}]}}}");
  ASSERT_EQ(Summaries(admission.errors),
            (std::vector<std::string>{"V-143 Invalid spec.template.cliques[0].spec.minAvailable",
                                      "V-156 Invalid spec.template.cliques[0].spec.podSpec.spec.nodeName"}));
  EXPECT_EQ(admission.errors[0].location, (SourceLocation{3, 44}));
  // The reference's path does not exist in the object; the place is the real one.
  EXPECT_EQ(admission.errors[1].location, (SourceLocation{4, 28}));
  EXPECT_THAT(FormatFieldError(admission.errors[0]), HasSubstr("minAvailable: Invalid value: 3: "));
}

TEST(Admission, AsksTheWebhookOnlyWhereTheSchemaFoundNothing) {
  const std::string text = SetWith(R"("replicas":-2,"podSpec":{"containers":null})");
  EXPECT_THAT(Summaries(AdmitText(text).errors),
              ElementsAre("V-032 TypeInvalid spec.template.cliques[0].spec.podSpec.containers", "V-041 Invalid <nil>"));
  AdmissionContext context;
  context.all_stages = true;
  EXPECT_THAT(Summaries(AdmitText(text, context).errors),
              ::testing::Contains("V-140 Invalid spec.template.cliques[0].spec.replicas"));
}

TEST(Admission, ChecksATopologyBinding) {
  const auto admit = [](std::string_view spec) {
    return AdmitClusterTopologyBinding(Value::FromJson(
        R"({"apiVersion":"grove.io/v1alpha1","kind":"ClusterTopologyBinding","metadata":{"name":"t"},"spec":)" +
        std::string(spec) + "}"));
  };
  EXPECT_TRUE(admit(R"({"levels":[{"domain":"zone","key":"topology.kubernetes.io/zone"}]})").allowed());
  EXPECT_THAT(Summaries(admit(R"({"levels":[]})").errors), ElementsAre("V-033c Invalid spec.levels"));
  EXPECT_THAT(Summaries(admit(R"({"levels":[{"domain":7}]})").errors),
              ElementsAre("V-032 TypeInvalid spec.levels[0].domain", "V-031 Required spec.levels[0].key"));
  EXPECT_THAT(Summaries(admit(R"({"levels":[{"domain":"a","key":"k"},{"domain":"a","key":"l"}]})").errors),
              ElementsAre("V-600 Duplicate spec.levels[1].domain"));
}

}  // namespace
}  // namespace grove
