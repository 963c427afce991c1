// Admission of updates: what may change, what must not, and which mistakes of the stored object are forgiven (spec 03
// §4.3, §6, §7.6, §7.7, §8.2, §14).

#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "grove/admission.hpp"
#include "grove/expansion.hpp"

#include "model/validation/rule_case.h"

namespace grove {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using validation::Constraint;
using validation::Rendered;
using validation::Subject;

constexpr std::string_view kGroupKey = "grove.io/mnnvl-group";
constexpr std::string_view kInOrder = "CliqueStartupTypeInOrder";

// Both sets are the minimal one with `set_up`; then the new one gets `change`.
struct UpdateCase {
  const char* name;
  void (*set_up)(Subject&);
  void (*change)(Subject&);
  std::vector<std::string> expected;
};

Admission Update(void (*set_up)(Subject&), void (*change)(Subject&)) {
  Subject before;
  set_up(before);
  Subject after;
  set_up(after);
  change(after);
  return AdmitUpdate(ToValue(before.set), ToValue(after.set), after.context);
}

void ExpectErrors(const std::vector<UpdateCase>& cases) {
  for (const UpdateCase& test : cases) {
    const Admission admission = Update(test.set_up, test.change);
    EXPECT_EQ(Rendered(admission.errors), test.expected) << test.name;
    EXPECT_EQ(admission.admitted.has_value(), test.expected.empty()) << test.name;
  }
}

void Nothing(Subject&) {}

void TwoCliques(Subject& s) { s.AddClique("b"); }

void TwoGroups(Subject& s) {
  s.AddClique("b");
  s.AddGroup("g", {"a"});
  s.AddGroup("h", {"b"});
}

void SwapCliques(Subject& s) { std::swap(s.Clique(0), s.Clique(1)); }

ResourceSharing Sharing(std::string_view name) {
  ResourceSharing sharing;
  sharing.name = name;
  sharing.scope = "AllReplicas";
  return sharing;
}

TopologyConstraint Legacy(std::string_view name, std::string_view pack_domain) {
  TopologyConstraint constraint;
  constraint.topology_name = name;
  constraint.pack_domain = pack_domain;
  return constraint;
}

void ClaimTemplate(Subject& s, std::string_view capacity) {
  ResourceClaimTemplateConfig& config = s.Template().resource_claim_templates.emplace_back();
  config.name = "gpu";
  config.template_spec = Value::FromJson(
      R"({"metadata":{},"spec":{"devices":{"requests":[{"name":"r","exactly":{"deviceClassName":"x","capacity":)"
      R"({"requests":{"memory":")" +
      std::string(capacity) + R"("}}}}]}}})");
}

TEST(Update, CliquesAndStartupType) {
  ExpectErrors({
      {"nothing", Nothing, Nothing, {}},
      {"replicas",
       [](Subject& s) { s.Clique(0).spec.replicas = 2; },
       [](Subject& s) { s.Clique(0).spec.replicas = 5; },
       {}},
      {"min_available_follows_replicas",
       [](Subject& s) {
         s.Clique(0).spec.replicas = 2;
         s.Clique(0).spec.min_available.reset();
       },
       [](Subject& s) { s.Clique(0).spec.replicas = 5; },
       {"V-504 Invalid spec.template.cliques.spec.minAvailable 5"}},
      {"clique_added",
       Nothing,
       TwoCliques,
       {"V-500 Forbidden spec.template.cliques", "V-501 Forbidden spec.template.cliques.name"}},
      {"clique_removed",
       TwoCliques,
       [](Subject& s) { s.Template().cliques.pop_back(); },
       {"V-500 Forbidden spec.template.cliques"}},
      {"swapped_any_order", TwoCliques, SwapCliques, {}},
      {"swapped_in_order",
       [](Subject& s) {
         TwoCliques(s);
         s.Template().clique_startup_type = kInOrder;
       },
       SwapCliques,
       {R"(V-502 Invalid spec.template.cliques "b")", R"(V-502 Invalid spec.template.cliques "a")"}},
      {"what_is_free",
       Nothing,
       [](Subject& s) {
         s.SetPodSpec(0, R"("nodeName":"n","topologySpreadConstraints":[])");
         s.Clique(0).labels.Set("x", "y");
         s.set.spec.replicas = 0;
       },
       {}},
      {"role_name",
       Nothing,
       [](Subject& s) { s.Clique(0).spec.role_name = "z"; },
       {R"(V-503 Invalid spec.template.cliques.spec.roleName "z")"}},
      {"role_name_and_replicas",
       Nothing,
       [](Subject& s) {
         s.Clique(0).spec.role_name = "z";
         s.Clique(0).spec.replicas = -1;
       },
       {"V-140 Invalid spec.template.cliques[0].spec.replicas -1",
        "V-143 Invalid spec.template.cliques[0].spec.minAvailable 1"}},
      {"starts_after",
       TwoCliques,
       [](Subject& s) { s.Clique(1).spec.starts_after = {"a"}; },
       {R"(V-505 Invalid spec.template.cliques.spec.startsAfter ["a"])"}},
      {"scheduler_spelled_out",
       Nothing,
       [](Subject& s) { s.SetPodSpec(0, R"("schedulerName":"default-scheduler")"); },
       {R"(V-506 Invalid spec.template.cliques.spec.podSpec.schedulerName "default-scheduler")"}},
      {"clique_sharing",
       TwoCliques,
       [](Subject& s) { s.Clique(1).resource_sharing = {Sharing("x")}; },
       {R"(V-508 Invalid spec.template.cliques[1].resourceSharing [{"name":"x","scope":"AllReplicas"}])"}},
      {"startup_type",
       Nothing,
       [](Subject& s) { s.Template().clique_startup_type = kInOrder; },
       {R"(V-510 Invalid spec.template.cliqueStartupType "CliqueStartupTypeInOrder")"}},
  });
}

TEST(Update, GroupsAndClaims) {
  ExpectErrors({
      {"groups_swapped", TwoGroups, [](Subject& s) { std::swap(s.Group(0), s.Group(1)); }, {}},
      {"group_removed",
       TwoGroups,
       [](Subject& s) {
         s.Template().pod_clique_scaling_groups.pop_back();
         s.Group(0).min_available = 2;
         s.Group(0).replicas = 2;
       },
       {"V-520 Forbidden spec.template.podCliqueScalingGroups"}},
      {"group_renamed",
       TwoGroups,
       [](Subject& s) { s.Group(0).name = "z"; },
       {"V-521 Forbidden spec.template.podCliqueScalingGroups.name"}},
      {"members",
       TwoGroups,
       [](Subject& s) { std::swap(s.Group(0).clique_names, s.Group(1).clique_names); },
       {R"(V-522 Invalid spec.template.podCliqueScalingGroups.cliqueNames ["b"])",
        R"(V-522 Invalid spec.template.podCliqueScalingGroups.cliqueNames ["a"])"}},
      {"group_min_available",
       [](Subject& s) {
         TwoGroups(s);
         s.Group(0).replicas = 2;
       },
       [](Subject& s) { s.Group(0).min_available = 2; },
       {"V-523 Invalid spec.template.podCliqueScalingGroups.minAvailable 2"}},
      {"group_sharing",
       TwoGroups,
       [](Subject& s) { s.Group(1).resource_sharing = {Sharing("x")}; },
       {R"(V-524 Invalid spec.template.podCliqueScalingGroups.resourceSharing [{"name":"x","scope":"AllReplicas"}])"}},
      {"claim_other_spelling",
       [](Subject& s) { ClaimTemplate(s, "1Gi"); },
       [](Subject& s) {
         s.Template().resource_claim_templates.clear();
         ClaimTemplate(s, "1073741824");
       },
       {}},
      {"claim_removed",
       [](Subject& s) { ClaimTemplate(s, "1Gi"); },
       [](Subject& s) { s.Template().resource_claim_templates.clear(); },
       {"V-530 Invalid spec.template.resourceClaimTemplates null"}},
      {"set_sharing",
       Nothing,
       [](Subject& s) { s.Template().resource_sharing = {Sharing("x")}; },
       {R"(V-531 Invalid spec.template.resourceSharing [{"name":"x","scope":"AllReplicas"}])"}},
  });
}

TEST(Update, MnnvlGroups) {
  ExpectErrors({
      {"unchanged_while_off", [](Subject& s) { s.set.metadata.annotations.Set(kGroupKey, "w"); }, Nothing, {}},
      {"none_added",
       Nothing,
       [](Subject& s) { s.set.metadata.annotations.Set(kGroupKey, "none"); },
       {"V-310 Forbidden metadata.annotations.grove.io/mnnvl-group"}},
      {"removed",
       [](Subject& s) { s.Clique(0).annotations.Set(kGroupKey, "w"); },
       [](Subject& s) { s.Clique(0).annotations.Erase(kGroupKey); },
       {"V-311 Forbidden spec.template.cliques[0].annotations.grove.io/mnnvl-group"}},
      {"changed_hides_what_is_fixed",
       [](Subject& s) {
         TwoGroups(s);
         s.Group(0).annotations.Set(kGroupKey, "w");
       },
       [](Subject& s) {
         std::swap(s.Group(0), s.Group(1));
         s.Group(1).annotations.Set(kGroupKey, "v");
         s.Clique(0).spec.role_name = "z";
       },
       {R"(V-312 Invalid spec.template.podCliqueScalingGroups[1].annotations.grove.io/mnnvl-group "v")"}},
  });
}

TEST(Update, TopologyConstraints) {
  ExpectErrors({
      {"unchanged_while_off",
       [](Subject& s) { s.Template().topology_constraint = Constraint("topo", "rack"); },
       Nothing,
       {}},
      {"added_to_set",
       Nothing,
       [](Subject& s) { s.Template().topology_constraint = Constraint("topo", "rack"); },
       {"V-250 Forbidden spec.template.topologyConstraint.topologyName"}},
      {"added_without_name",
       Nothing,
       [](Subject& s) { s.Template().topology_constraint = Constraint("", "rack"); },
       {"V-251 Forbidden spec.template.topologyConstraint"}},
      {"domain",
       [](Subject& s) { s.Template().topology_constraint = Constraint("topo", "rack"); },
       [](Subject& s) { s.Template().topology_constraint = Constraint("topo", "host"); },
       {"V-251 Forbidden spec.template.topologyConstraint"}},
      {"inherited_name_spelled_out",
       [](Subject& s) {
         s.Template().topology_constraint = Constraint("topo", "rack");
         s.Clique(0).topology_constraint = Constraint("", "host");
       },
       [](Subject& s) { s.Clique(0).topology_constraint->topology_name = "topo"; },
       {"V-252 Forbidden spec.template.cliques[0].topologyConstraint"}},
      {"removed_from_group",
       [](Subject& s) {
         TwoGroups(s);
         s.Group(1).topology_constraint = Constraint("topo", "rack");
       },
       [](Subject& s) { s.Group(1).topology_constraint.reset(); },
       {"V-253 Forbidden spec.template.podCliqueScalingGroups[1].topologyConstraint"}},
      {"migration",
       [](Subject& s) { s.Template().topology_constraint = Legacy("topo", "rack"); },
       [](Subject& s) { s.Template().topology_constraint = Constraint("topo", "rack"); },
       {}},
      {"migration_adds_preferred",
       [](Subject& s) { s.Clique(0).topology_constraint = Legacy("topo", "rack"); },
       [](Subject& s) { s.Clique(0).topology_constraint = Constraint("topo", "rack", "host"); },
       {"V-252 Forbidden spec.template.cliques[0].topologyConstraint"}},
      {"migration_backwards",
       [](Subject& s) { s.Template().topology_constraint = Constraint("topo", "rack"); },
       [](Subject& s) { s.Template().topology_constraint = Legacy("topo", "rack"); },
       {"V-251 Forbidden spec.template.topologyConstraint"}},
  });
}

void LegacySet(Subject& s) {
  s.EnableTopology();
  s.Template().topology_constraint = Legacy("", "rack");
}

TEST(Update, LegacyConstraints) {
  ExpectErrors({
      {"untouched", LegacySet, Nothing, {"V-210 Required spec.template.topologyConstraint.topologyName"}},
      {"untouched_while_off",
       [](Subject& s) { s.Template().topology_constraint = Legacy("", "rack"); },
       Nothing,
       {R"(V-200 Invalid spec.template.topologyConstraint ["rack"])"}},
      {"repaired", LegacySet, [](Subject& s) { s.Template().topology_constraint->topology_name = "topo"; }, {}},
      {"repaired_with_preferred",
       LegacySet,
       [](Subject& s) {
         s.Template().topology_constraint->topology_name = "topo";
         s.Template().topology_constraint->pack.emplace().preferred = "host";
       },
       {}},
      {"repaired_and_migrated",
       LegacySet,
       [](Subject& s) { s.Template().topology_constraint = Constraint("topo", "rack"); },
       {"V-250 Forbidden spec.template.topologyConstraint.topologyName"}},
      {"repaired_unknown_topology",
       LegacySet,
       [](Subject& s) { s.Template().topology_constraint->topology_name = "nope"; },
       {R"(V-215 Invalid spec.template.topologyConstraint.topologyName "nope")"}},
      {"legacy_that_inherits",
       [](Subject& s) {
         s.Template().topology_constraint = Constraint("topo", "rack");
         s.Clique(0).topology_constraint = Legacy("", "host");
       },
       Nothing,
       {}},
      {"without_any_domain",
       [](Subject& s) {
         s.Template().topology_constraint = Constraint("topo", "");
         s.Template().topology_constraint->pack->preferred = "";
         s.Clique(0).topology_constraint = Legacy("", "host");
         s.Template().topology_constraint->pack_domain = "";
       },
       Nothing,
       {"V-260 Internal spec.template.topologyConstraint.topologyName"}},
      {"several_topologies",
       [](Subject& s) {
         TwoGroups(s);
         s.Group(0).topology_constraint = Constraint("topo", "rack");
         s.Group(1).topology_constraint = Constraint("other", "rack");
         s.Clique(0).topology_constraint = Legacy("", "host");
       },
       Nothing,
       {"V-261 Internal spec.template.topologyConstraint.topologyName"}},
  });
}

TEST(Update, WarnsOfPackDomains) {
  const Admission admission = Update([](Subject& s) { s.Template().topology_constraint = Legacy("topo", "rack"); },
                                     [](Subject& s) { s.set.spec.replicas = 2; });
  ASSERT_TRUE(admission.allowed());
  ASSERT_EQ(admission.warnings.size(), 2u);
  EXPECT_EQ(admission.warnings[0].rule, "V-154");
  EXPECT_EQ(admission.warnings[1].rule, "03-7.7");
  EXPECT_EQ(admission.warnings[1].field, "spec.template.topologyConstraint.packDomain");
}

// ---- Documents ------------------------------------------------------------------------------------------------------

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
