// The vectors of spec 03 §14 for create, through admission as a whole. Rows are changes to one small manifest.

#include <gtest/gtest.h>

#include "grove/admission.hpp"

#include "model/validation/rule_case.h"

namespace grove::validation {
namespace {

// Parts of a manifest as JSON text. Members come without braces.
struct Clique {
  std::string name = "a";
  std::string spec = R"("roleName":"a","replicas":1)";
  std::string pod_spec = R"("containers":[{"name":"c"}])";
  std::string members = {};  // of the clique

  [[nodiscard]] std::string Json() const {
    std::string json = R"({"name":")" + name + R"(","spec":{)" + spec + R"(,"podSpec":{)" + pod_spec + "}}";
    if (!members.empty()) json += ',' + members;
    return json + '}';
  }
};

struct Manifest {
  std::vector<Clique> cliques = {Clique{}};
  std::string members = {};   // of the template
  std::string metadata = {};  // besides the namespace
  std::string name = "demo";

  [[nodiscard]] std::string Json() const {
    std::string json =
        R"({"apiVersion":"grove.io/v1alpha1","kind":"PodCliqueSet","metadata":{"namespace":"default","name":")";
    json += name + '"';
    if (!metadata.empty()) json += ',' + metadata;
    json += R"(},"spec":{"replicas":1,"template":{"cliques":[)";
    for (const Clique& clique : cliques) {
      if (&clique != &cliques.front()) json += ',';
      json += clique.Json();
    }
    json += ']';
    if (!members.empty()) json += ',' + members;
    return json + "}}}";
  }
};

Clique Named(const std::string& name, const std::string& spec_members = "", const std::string& members = "") {
  Clique clique;
  clique.name = name;
  clique.spec = R"("replicas":1,"roleName":")" + name + '"';
  if (!spec_members.empty()) clique.spec += ',' + spec_members;
  clique.members = members;
  return clique;
}

Manifest WithSpec(const std::string& spec) { return {.cliques = {Clique{.spec = R"("roleName":"a",)" + spec}}}; }

Manifest WithCliques(std::vector<Clique> cliques, const std::string& members = "") {
  return {.cliques = std::move(cliques), .members = members};
}

Manifest WithGroups(const std::string& groups, std::vector<Clique> cliques = {Clique{}}) {
  return WithCliques(std::move(cliques), R"("podCliqueScalingGroups":)" + groups);
}

Manifest Explicit(std::vector<Clique> cliques) {
  return WithCliques(std::move(cliques), R"("cliqueStartupType":"CliqueStartupTypeExplicit")");
}

Manifest WithMembers(const std::string& members) { return {.members = members}; }

Manifest WithConstraint(const std::string& constraint, const std::string& clique_constraint = "") {
  return WithCliques({Named("a", "", clique_constraint.empty() ? "" : R"("topologyConstraint":)" + clique_constraint)},
                     constraint.empty() ? "" : R"("topologyConstraint":)" + constraint);
}

struct Vector {
  const char* name;
  Manifest manifest;
  std::vector<std::string> expected;
  void (*configure)(Subject&) = [](Subject&) {};
};

void ExpectVectors(const std::vector<Vector>& vectors) {
  for (const Vector& vector : vectors) {
    Subject subject;
    vector.configure(subject);
    const Value document = Value::FromJson(vector.manifest.Json());
    ASSERT_TRUE(document.is_object()) << vector.name << ' ' << vector.manifest.Json();
    const Admission admission = Admit(document, subject.context);
    EXPECT_EQ(Rendered(admission.errors), vector.expected) << vector.name;
    EXPECT_EQ(admission.allowed(), vector.expected.empty()) << vector.name;
  }
}

std::string Repeat(char c, std::size_t count) { return std::string(count, c); }

TEST(Vectors, Cliques) {
  ExpectVectors({
      {"none", {}, {}},
      // The reference answers this one by a crash.
      {"no_cliques", WithCliques({}), {"V-120 Required spec.template.cliques"}},
      {"replicas_0", WithSpec(R"("replicas":0)"), {"V-142 Invalid spec.template.cliques[0].spec.minAvailable 0"}},
      {"replicas_0_min_available_1", WithSpec(R"("replicas":0,"minAvailable":1)"), {}},
      {"replicas_2_min_available_3",
       WithSpec(R"("replicas":2,"minAvailable":3)"),
       {"V-143 Invalid spec.template.cliques[0].spec.minAvailable 3"}},
      {"scaling_maximum_3_of_4",
       WithSpec(R"("replicas":4,"autoScalingConfig":{"maxReplicas":3})"),
       {"V-152 Invalid spec.template.cliques[0].spec.autoScalingConfig.maxReplicas 3",
        "V-153 Invalid spec.template.cliques[0].spec.autoScalingConfig.maxReplicas 3"}},
      {"scaling_minimum_above_replicas",
       WithSpec(R"("replicas":2,"autoScalingConfig":{"minReplicas":4,"maxReplicas":5})"),
       {}},
      {"clique_Aa", WithCliques({Named("Aa")}), {R"(V-131 Invalid spec.template.cliques[0].name "Aa")"}},
      {"clique_a.b", WithCliques({Named("a.b")}), {}},
      {"clique_0", WithCliques({Named("0")}), {}},
      {"names_46",
       {.cliques = {Named(Repeat('y', 26))}, .name = Repeat('x', 20)},
       {"V-132 Invalid spec.template.cliques[0].name \"" + Repeat('y', 26) + '"',
        "V-132 Invalid metadata.name \"" + Repeat('x', 20) + '"'}},
      {"names_45_with_group",
       {.cliques = {Named(Repeat('y', 15))},
        .members = R"("podCliqueScalingGroups":[{"name":")" + Repeat('z', 15) + R"(","cliqueNames":[")" +
                   Repeat('y', 15) + "\"]}]",
        .name = Repeat('x', 15)},
       {}},
      {"same_role",
       WithCliques({Clique{.spec = R"("roleName":"x","replicas":1)"},
                    Clique{.name = "b", .spec = R"("roleName":"x","replicas":1)"}}),
       {R"(V-122 Duplicate spec.template.cliques.roleName ["x"])"}},
      {"same_name", WithCliques({Named("a"), Named("a")}), {"V-034 Duplicate spec.template.cliques[1] {...}"}},
  });
}

TEST(Vectors, Groups) {
  ExpectVectors({
      {"unknown_twice",
       WithGroups(R"([{"name":"g","cliqueNames":["a","zz","yy","zz"]}])", {Named("a"), Named("b")}),
       {R"(V-164 Invalid spec.template.podCliqueScalingGroups[0].cliqueNames "zz,yy")",
        R"(V-162 Duplicate spec.template.podCliqueScalingGroups.cliqueNames ["zz"])"}},
      {"shared_members",
       WithGroups(R"([{"name":"g","cliqueNames":["a","b"]},{"name":"h","cliqueNames":["b","a"]}])",
                  {Named("a"), Named("b")}),
       {R"(V-162 Duplicate spec.template.podCliqueScalingGroups.cliqueNames ["a","b"])"}},
      {"scale_config_is_not_compared",
       WithGroups(R"([{"name":"g","cliqueNames":["a"],"replicas":3,"scaleConfig":{"minReplicas":4,"maxReplicas":2}}])"),
       {}},
      {"min_available_2",
       WithGroups(R"([{"name":"g","cliqueNames":["a"],"minAvailable":2}])"),
       {"V-168 Invalid spec.template.podCliqueScalingGroups[0].minAvailable 2"}},
      {"replicas_0",
       WithGroups(R"([{"name":"g","cliqueNames":["a"],"replicas":0}])"),
       {"V-166 Invalid spec.template.podCliqueScalingGroups[0].replicas 0",
        "V-168 Invalid spec.template.podCliqueScalingGroups[0].minAvailable 1"}},
  });
}

TEST(Vectors, Startup) {
  ExpectVectors({
      {"after_itself",
       Explicit({Named("a", R"("startsAfter":["a"])")}),
       {R"(V-146 Invalid spec.template.cliques[0].spec.startsAfter "a")"}},
      {"twice",
       Explicit({Named("a"), Named("b", R"("startsAfter":["a","a"])")}),
       {R"(V-147 Duplicate spec.template.cliques[1].spec.startsAfter ["a"])"}},
      {"unknown",
       Explicit({Named("a", R"("startsAfter":["q","w"])"), Named("b", R"("startsAfter":["q","e"])")}),
       {R"(V-148 Invalid spec.template.cliques.startsAfter "q,w,q,e")"}},
      {"cycles",
       Explicit({Named("a", R"("startsAfter":["b"])"), Named("b", R"("startsAfter":["c"])"),
                 Named("c", R"("startsAfter":["a"])"), Named("d", R"("startsAfter":["e"])"),
                 Named("e", R"("startsAfter":["d"])"), Named("f", R"("startsAfter":["a"])")}),
       {R"(V-149 Invalid spec.template.cliques [["a","b","c"],["d","e"]])"}},
      {"any_order", WithCliques({Named("a", R"("startsAfter":["b"])"), Named("b", R"("startsAfter":["a"])")}), {}},
      {"unknown_type",
       WithMembers(R"("cliqueStartupType":"Foo")"),
       {R"(V-033 NotSupported spec.template.cliqueStartupType "Foo")", "V-041 Invalid <nil> null"}},
  });
}

TEST(Vectors, TerminationDelay) {
  ExpectVectors({
      {"0s", WithMembers(R"("terminationDelay":"0s")"), {R"(V-111 Invalid spec.template.terminationDelay "0s")"}},
      {"-5m", WithMembers(R"("terminationDelay":"-5m")"), {R"(V-111 Invalid spec.template.terminationDelay "-5m0s")"}},
      {"90m", WithMembers(R"("terminationDelay":"90m")"), {}},
      {"1d", WithMembers(R"("terminationDelay":"1d")"), {"V-010 BadRequest spec.template.terminationDelay"}},
  });
}

TEST(Vectors, ResourceSharing) {
  ExpectVectors({
      {"twice",
       WithMembers(R"("resourceSharing":[{"name":"x","scope":"AllReplicas"},{"name":"x","scope":"PerReplica"}])"),
       {R"(V-171 Duplicate spec.template.resourceSharing[1].name "x")"}},
      {"empty_filter",
       WithMembers(R"("resourceSharing":[{"name":"x","scope":"AllReplicas","filter":{}}])"),
       {"V-174 Required spec.template.resourceSharing[0].filter"}},
  });
}

void EnableKai(Subject& subject) { subject.EnableSchedulers({"kai-scheduler", "default-scheduler"}); }
void EnableVolcano(Subject& subject) {
  subject.EnableSchedulers({"volcano", "default-scheduler"});
  subject.context.volcano_queues = {{"default", "Open"}, {"q", "Open"}};
}

TEST(Vectors, Schedulers) {
  ExpectVectors({
      {"unknown",
       WithCliques({Clique{.pod_spec = R"("containers":[{"name":"c"}],"schedulerName":"foo")"}}),
       {R"(V-401 Invalid spec.template.cliques.spec.podSpec.schedulerName "foo")", "V-405 Invalid spec {...}"}},
      {"kai_without_queue", {}, {"V-411 Invalid spec {...}"}, EnableKai},
      {"kai_queue_on_one_of_two",
       WithCliques({Named("a"), Named("b", "", R"("labels":{"kai.scheduler/queue":"q"})")}),
       {},
       EnableKai},
      {"volcano_queue_on_one_of_two",
       WithCliques({Named("a"), Named("b", "", R"("annotations":{"scheduling.grove.io/volcano-queue":"q"})")}),
       {"V-424 Invalid spec {...}"},
       EnableVolcano},
  });
}

Manifest WithMnnvl(const std::string& group) {
  return {.metadata = R"("annotations":{"grove.io/mnnvl-group":")" + group + "\"}"};
}

TEST(Vectors, Mnnvl) {
  ExpectVectors({
      {"w", WithMnnvl("w"), {R"(V-302 Invalid metadata.annotations.grove.io/mnnvl-group "w")"}},
      {"none", WithMnnvl("none"), {}},
      {"W",
       WithMnnvl("W"),
       {R"(V-301 Invalid metadata.annotations.grove.io/mnnvl-group "W")",
        R"(V-302 Invalid metadata.annotations.grove.io/mnnvl-group "W")"}},
  });
}

void EnableTopology(Subject& subject) {
  subject.EnableTopology();
  subject.context.topologies.push_back(subject.context.topologies.front());
  subject.context.topologies.back().metadata.name = "topo2";
}

TEST(Vectors, Topology) {
  const std::string rack = R"({"topologyName":"topo","pack":{"required":"rack"}})";
  const std::string host = R"({"topologyName":"topo","pack":{"required":"host"}})";
  ExpectVectors({
      {"off", WithConstraint(rack), {R"(V-200 Invalid spec.template.topologyConstraint ["rack"])"}},
      {"on", WithConstraint(rack), {}, EnableTopology},
      {"pack_domain",
       WithConstraint(R"({"topologyName":"topo","packDomain":"rack"})"),
       {"V-038 Forbidden spec.template.topologyConstraint.packDomain"},
       EnableTopology},
      {"required_host_over_zone",
       WithConstraint(host, R"({"pack":{"required":"zone"}})"),
       {R"(V-230 Invalid spec.template.topologyConstraint "host")"},
       EnableTopology},
      {"preferred_host_over_zone",
       WithConstraint(R"({"topologyName":"topo","pack":{"preferred":"host"}})", R"({"pack":{"preferred":"zone"}})"),
       {R"(V-231 Invalid spec.template.topologyConstraint.pack.preferred "host")"},
       EnableTopology},
      {"clique_without_name",
       WithConstraint("", R"({"pack":{"required":"zone"}})"),
       {"V-210 Required spec.template.cliques[0].topologyConstraint.topologyName"},
       EnableTopology},
      {"two_names",
       WithCliques({Named("a", "", R"("topologyConstraint":)" + rack),
                    Named("b", "", R"("topologyConstraint":{"topologyName":"topo2","pack":{"required":"rack"}})")}),
       {R"(V-212 Invalid spec.template.cliques[0].topologyConstraint.topologyName "topo")",
        R"(V-212 Invalid spec.template.cliques[1].topologyConstraint.topologyName "topo2")"},
       EnableTopology},
      {"unknown_binding",
       WithConstraint("", R"({"topologyName":"nope","pack":{"required":"zone"}})"),
       {R"(V-215 Invalid spec.template.topologyConstraint.topologyName "nope")"},
       EnableTopology},
  });
}

TEST(Vectors, WarningOfPreferred) {
  Subject subject;
  subject.EnableTopology();
  const Manifest manifest = WithConstraint(R"({"topologyName":"topo","pack":{"required":"host","preferred":"zone"}})");
  const Admission admission = Admit(Value::FromJson(manifest.Json()), subject.context);
  EXPECT_TRUE(admission.allowed());
  ASSERT_EQ(admission.warnings.size(), 2U);  // the first is that of the restart policy
  EXPECT_EQ(admission.warnings[1].field, "spec.template.topologyConstraint.pack.preferred");
}

TEST(Vectors, TopologyBindings) {
  struct Row {
    std::string_view spec;
    std::vector<std::string> expected;
  };
  for (const Row& row : {
           Row{R"({"levels":[{"domain":"zone","key":"a"},{"domain":"zone","key":"a"},{"domain":"rack","key":"a"},)"
               R"({"domain":"zone","key":"b"}]})",
               {R"(V-600 Duplicate spec.levels[1].domain "zone")", R"(V-601 Duplicate spec.levels[1].key "a")",
                R"(V-601 Duplicate spec.levels[2].key "a")", R"(V-600 Duplicate spec.levels[3].domain "zone")"}},
           Row{R"({"levels":[{"domain":"zone","key":"a"}],"schedulerTopologyBindings":[)"
               R"({"schedulerName":"foo","topologyReference":"t"},{"schedulerName":"foo","topologyReference":"t"}]})",
               {R"(V-603 Invalid spec.schedulerTopologyReferences[0].schedulerName "foo")",
                R"(V-602 Duplicate spec.schedulerTopologyReferences[1].schedulerName "foo")",
                R"(V-603 Invalid spec.schedulerTopologyReferences[1].schedulerName "foo")"}},
       }) {
    const std::string json =
        R"({"apiVersion":"grove.io/v1alpha1","kind":"ClusterTopologyBinding","metadata":{"name":"t"},"spec":)" +
        std::string(row.spec) + '}';
    const TopologyAdmission admission = AdmitClusterTopologyBinding(Value::FromJson(json));
    EXPECT_EQ(Rendered(admission.errors), row.expected) << json;
  }
}

}  // namespace
}  // namespace grove::validation
