// Admission of updates as a whole: documents, mistakes of the stored object that are forgiven, metadata, status (spec
// 03 §4.1, §4.3).

#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "grove/admission.hpp"

#include "model/validation/rule_case.h"

namespace grove {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using validation::Rendered;

// A set with these members in its metadata, its template and its spec, and these cliques.
Value Set(std::string_view metadata, std::string_view members, std::string_view spec = "",
          std::string_view cliques = R"({"name":"a","spec":{"replicas":1,"podSpec":{"containers":[]}}})") {
  std::string json =
      R"({"apiVersion":"grove.io/v1alpha1","kind":"PodCliqueSet","metadata":{"name":"demo","namespace":"default")";
  json += metadata;
  json += R"(},"spec":{"template":{"cliques":[)";
  json += cliques;
  json += ']';
  json += members;
  json += '}';
  json += spec;
  const Value set = Value::FromJson(json + "}}");
  EXPECT_TRUE(set.is_object()) << json;
  return set;
}

struct DocumentCase {
  const char* name;
  Value before;
  Value after;
  std::vector<std::string> expected;
};

TEST(Update, ForgivesUnchangedMistakes) {
  const std::string bad_sharing = R"(,"resourceSharing":[{"name":"x","scope":"Nobody"})";
  const std::string empty_constraint = R"(,"topologyConstraint":{"topologyName":"t"})";
  const std::string empty_group_constraint =
      R"(,"podCliqueScalingGroups":[{"name":"g","cliqueNames":["a"],"topologyConstraint":{"topologyName":"t"})";
  const std::string nothing_checked = "V-041 Invalid <nil> null";
  const DocumentCase cases[] = {
      {"enum_unchanged",
       Set("", "", R"(,"updateStrategy":{"type":"Foo"})"),
       Set(R"(,"labels":{"x":"y"})", "", R"(,"updateStrategy":{"type":"Foo"})"),
       {}},
      {"enum_changed",
       Set("", "", R"(,"updateStrategy":{"type":"Foo"})"),
       Set("", "", R"(,"updateStrategy":{"type":"Bar"})"),
       {R"(V-033 NotSupported spec.updateStrategy.type "Bar")", nothing_checked}},
      {"startup_type_unchanged",
       Set("", R"(,"cliqueStartupType":"Foo")"),
       Set("", R"(,"cliqueStartupType":"Foo")"),
       {R"(V-110a Invalid spec.template.cliqueStartupType "Foo")"}},
      {"list_without_keys_changed",
       Set("", bad_sharing + "]"),
       Set("", bad_sharing + R"(,{"name":"y","scope":"AllReplicas"}])"),
       {R"(V-033 NotSupported spec.template.resourceSharing[0].scope "Nobody")", nothing_checked}},
      {"constraint_unchanged", Set("", empty_constraint), Set(R"(,"labels":{"x":"y"})", empty_constraint), {}},
      {"constraint_changed",
       Set("", empty_constraint),
       Set("", R"(,"topologyConstraint":{})"),
       {"V-035 Required spec.template.topologyConstraint.pack"}},
      {"groups_unchanged", Set("", empty_group_constraint + "}]"), Set("", empty_group_constraint + "}]"), {}},
      {"group_changed_beside_it",
       Set("", empty_group_constraint + "}]"),
       Set("", empty_group_constraint + R"(,"annotations":{"x":"y"}}])"),
       {"V-035 Required spec.template.podCliqueScalingGroups[0].topologyConstraint.pack"}},
      {"scale_is_not_forgiven",
       Set("", "", R"(,"replicas":-1)"),
       Set("", "", R"(,"replicas":-1)"),
       {"V-030 Invalid .spec.replicas -1"}},
  };
  for (const DocumentCase& test : cases) {
    EXPECT_EQ(Rendered(AdmitUpdate(test.before, test.after).errors), test.expected) << test.name;
  }
}

TEST(Update, PairsCliquesByName) {
  const auto clique = [](std::string_view name, std::string_view constraint, std::string_view more = "") {
    return R"({"name":")" + std::string(name) + R"(","topologyConstraint":{)" + std::string(constraint) +
           R"(},"spec":{"replicas":1,"roleName":")" + std::string(name) + R"(","podSpec":{"containers":[])" +
           std::string(more) + "}}}";
  };
  const std::string a = clique("a", R"("topologyName":"t")");
  const std::string b = clique("b", R"("topologyName":"t","packDomain":"rack")");
  // A mistake of a clique moves with it; what changes beside the constraint does not matter.
  const std::string changed_a = clique("a", R"("topologyName":"t")", R"(,"nodeName":"n")");
  EXPECT_THAT(Rendered(AdmitUpdate(Set("", "", "", a + "," + b), Set("", "", "", b + "," + changed_a)).errors),
              IsEmpty());
  // A new clique has nothing that forgives it.
  const std::string c = clique("c", R"("topologyName":"t")");
  EXPECT_THAT(Rendered(AdmitUpdate(Set("", "", "", a), Set("", "", "", a + "," + c)).errors),
              ElementsAre("V-035 Required spec.template.cliques[1].topologyConstraint.pack"));
}

TEST(Update, DuplicatesAreForgivenAltogether) {
  const std::string a = R"({"name":"a","spec":{"replicas":1,"roleName":"a","podSpec":{"containers":[]}}})";
  const std::string b = R"({"name":"b","spec":{"replicas":1,"roleName":"b","podSpec":{"containers":[]}}})";
  EXPECT_THAT(Rendered(AdmitUpdate(Set("", "", "", a), Set("", "", "", a + "," + a)).errors),
              ElementsAre(R"(V-034 Duplicate spec.template.cliques[1] {...})"));
  // The webhook does not forgive.
  EXPECT_THAT(Rendered(AdmitUpdate(Set("", "", "", a + "," + a), Set("", "", "", b + "," + b)).errors),
              ElementsAre(R"(V-121 Duplicate spec.template.cliques.name ["b"])",
                          R"(V-122 Duplicate spec.template.cliques.roleName ["b"])"));
}

TEST(Update, FixedMetadata) {
  const Value stored = Set(R"(,"uid":"1","creationTimestamp":"2026-01-31T12:00:00Z")", "");
  EXPECT_THAT(Rendered(AdmitUpdate(stored, Set("", "")).errors), IsEmpty());
  EXPECT_THAT(Rendered(AdmitUpdate(stored, Set(R"(,"creationTimestamp":"2026-01-31T13:00:00+01:00")", "")).errors),
              IsEmpty());
  EXPECT_THAT(
      Rendered(AdmitUpdate(stored, Set(R"(,"uid":"2","deletionGracePeriodSeconds":3,"labels":{"-":""})", "")).errors),
      ElementsAre(R"(V-021 Invalid metadata.uid "2")", "V-021 Invalid metadata.deletionGracePeriodSeconds 3",
                  R"(V-021 Invalid metadata.labels "-")"));
}

TEST(Update, KeepsTheStoredStatus) {
  const auto with_status = [](std::string_view status) {
    std::string json = Set("", "").ToJson();
    json.back() = ',';
    return Value::FromJson(json + R"("status":)" + std::string(status) + "}");
  };
  const Admission admission =
      AdmitUpdate(with_status(R"({"replicas":3,"updatedReplicas":0,"availableReplicas":2})"), with_status("{}"));
  ASSERT_TRUE(admission.allowed());
  EXPECT_EQ(admission.admitted->set().status.available_replicas, 2);
  EXPECT_EQ(admission.defaulted.Find("status")->ToJson(),
            R"({"replicas":3,"updatedReplicas":0,"availableReplicas":2})");
}

TEST(Update, TakesAnythingForTheStoredObject) {
  const Value set = Set("", "");
  for (const std::string_view json :
       {"null", "[]", "7", "{}", R"({"apiVersion":"grove.io/v1alpha1","kind":"PodCliqueSet","spec":[]})",
        R"({"apiVersion":"grove.io/v1alpha1","kind":"PodCliqueSet","spec":{"template":{"cliques":[null]}}})"}) {
    const Admission admission = AdmitUpdate(Value::FromJson(json), set);
    ASSERT_FALSE(admission.errors.empty()) << json;
    EXPECT_EQ(admission.errors[0].type, ErrorType::kBadRequest) << json;
    EXPECT_EQ(admission.errors[0].field, "") << json;
    EXPECT_TRUE(admission.errors[0].detail.starts_with("in the stored object: ")) << admission.errors[0].detail;
  }
  const Value bare = Value::FromJson(R"({"apiVersion":"grove.io/v1alpha1","kind":"PodCliqueSet"})");
  EXPECT_THAT(Rendered(AdmitUpdate(bare, set).errors), ElementsAre(R"(V-021 Invalid metadata.name "demo")"));
}

}  // namespace
}  // namespace grove
