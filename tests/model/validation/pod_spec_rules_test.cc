#include <gtest/gtest.h>

#include "model/validation/rule_case.h"

namespace grove::validation {
namespace {

TEST(PodSpecRules, Findings) {
  ExpectFindings({
      {"spread_set",
       [](Subject& s) { s.SetPodSpec(0, R"("topologySpreadConstraints":[{"maxSkew":1}])"); },
       {R"(V-155 Invalid spec.template.cliques[0].spec.podSpec.spec.topologySpreadConstraints [{"maxSkew":1}])"}},
      {"spread_empty",
       [](Subject& s) { s.SetPodSpec(0, R"("topologySpreadConstraints":[])"); },
       {"V-155 Invalid spec.template.cliques[0].spec.podSpec.spec.topologySpreadConstraints []"}},
      {"spread_null", [](Subject& s) { s.SetPodSpec(0, R"("topologySpreadConstraints":null)"); }, {}},
      {"node_name",
       [](Subject& s) { s.SetPodSpec(0, R"("nodeName":"n1")"); },
       {R"(V-156 Invalid spec.template.cliques[0].spec.podSpec.spec.nodeName "n1")"}},
      {"node_name_blank", [](Subject& s) { s.SetPodSpec(0, R"("nodeName":" \u2003")"); }, {}},
      {"environment_name",
       [](Subject& s) {
         s.SetPodSpec(0, R"("initContainers":[{"env":[{"name":"A=B"}]},{"env":[{"name":"OK"},{"name":"1"}]}])");
       },
       {R"(V-157 Invalid spec.template.cliques[0].spec.podSpec.spec.initContainers[0].env[0].name "A=B")",
        R"(V-157 Invalid spec.template.cliques[0].spec.podSpec.spec.initContainers[1].env[1].name "1")"}},
      {"environment_name_once_whatever_the_faults",
       [](Subject& s) { s.SetPodSpec(0, R"("initContainers":[{"env":[{"name":"..?"}]}])"); },
       {R"(V-157 Invalid spec.template.cliques[0].spec.podSpec.spec.initContainers[0].env[0].name "..?")"}},
      {"environment_duplicates",
       [](Subject& s) {
         s.SetPodSpec(0, R"("initContainers":[{"env":[{"name":"B"},{"name":"A"},{"name":"A"},{"name":"B"}]}])");
       },
       {R"(V-158 Duplicate spec.template.cliques[0].spec.podSpec.spec.initContainers[0].env ["B","A"])"}},
      {"containers_before_init_containers",
       [](Subject& s) {
         s.Clique(0).spec.pod_spec = Value::FromJson(
             R"({"initContainers":[{"env":[{"name":"="}]}],"containers":[{},{"env":[{"name":"-"},{"name":"-"},{"name":""}]}]})");
       },
       {R"(V-157 Invalid spec.template.cliques[0].spec.podSpec.spec.containers[1].env[2].name "")",
        R"(V-158 Duplicate spec.template.cliques[0].spec.podSpec.spec.containers[1].env ["-"])",
        R"(V-157 Invalid spec.template.cliques[0].spec.podSpec.spec.initContainers[0].env[0].name "=")"}},
      {"ephemeral_containers_are_not_looked_at",
       [](Subject& s) { s.SetPodSpec(0, R"("ephemeralContainers":[{"env":[{"name":"="}]}])"); },
       {}},
  });
}

// Objects that fail the schema come here too.
TEST(PodSpecRules, SurviveAnyShape) {
  for (const std::string_view json :
       {"null", "[]", "1", "\"text\"", R"({"containers":null,"initContainers":{},"nodeName":1,"restartPolicy":{}})",
        R"({"containers":[null,1,{"env":null},{"env":{}},{"env":[]}]})", R"({"schedulerName":7})"}) {
    Subject subject;
    subject.Clique(0).spec.pod_spec = Value::FromJson(json);
    Findings findings = FindingsOf(subject);
    EXPECT_EQ(Rendered(findings.errors()), std::vector<std::string>()) << json;
    EXPECT_TRUE(findings.warnings().empty()) << json;
  }
  Subject subject;
  subject.Clique(0).spec.pod_spec = Value::FromJson(R"({"containers":[{"env":[null,{"name":"A"}]}]})");
  Findings findings = FindingsOf(subject);
  EXPECT_EQ(Rendered(findings.errors()),
            std::vector<std::string>(
                {R"(V-157 Invalid spec.template.cliques[0].spec.podSpec.spec.containers[0].env[0].name "")"}));
}

TEST(PodSpecRules, WarnOfEachRestartPolicy) {
  Subject subject;
  subject.SetPodSpec(0, R"("restartPolicy":"Always")");
  subject.AddClique("b");
  subject.SetPodSpec(1, R"("restartPolicy":" ")");
  subject.AddClique("c");
  subject.SetPodSpec(2, R"("restartPolicy":"Never")");
  Findings findings = FindingsOf(subject);
  EXPECT_TRUE(findings.errors().empty());
  ASSERT_EQ(findings.warnings().size(), 2U);
  EXPECT_EQ(findings.warnings()[0].rule, "V-154");
  EXPECT_EQ(findings.warnings()[0].field, "spec.template.cliques[0].spec.podSpec.restartPolicy");
  EXPECT_EQ(findings.warnings()[1].field, "spec.template.cliques[2].spec.podSpec.restartPolicy");
  for (const Warning& warning : findings.warnings()) {
    EXPECT_EQ(warning.detail,
              "Grove warns that restartPolicy will be ignored and set to Always; in fact the pods keep it");
  }
}

}  // namespace
}  // namespace grove::validation
