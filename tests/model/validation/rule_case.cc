#include "model/validation/rule_case.h"

#include "grove/expansion.hpp"

#include "model/validation/rules.h"

namespace grove::validation {

Subject::Subject() {
  set.metadata.name = "demo";
  set.metadata.namespace_name = "default";
  set.spec.replicas = 1;
  Template().clique_startup_type = "CliqueStartupTypeAnyOrder";
  Template().termination_delay = Duration{14'400'000'000'000};
  AddClique("a");
}

PodCliqueTemplateSpec& Subject::AddClique(std::string_view name) {
  PodCliqueTemplateSpec& clique = Template().cliques.emplace_back();
  clique.name = name;
  clique.spec.role_name = name;
  clique.spec.replicas = 1;
  clique.spec.min_available = 1;
  SetPodSpec(Template().cliques.size() - 1, "");
  return clique;
}

PodCliqueScalingGroupConfig& Subject::AddGroup(std::string_view name, std::vector<std::string> cliques) {
  PodCliqueScalingGroupConfig& group = Template().pod_clique_scaling_groups.emplace_back();
  group.name = name;
  group.clique_names = std::move(cliques);
  group.replicas = 1;
  group.min_available = 1;
  return group;
}

void Subject::SetPodSpec(std::size_t i, std::string_view members) {
  std::string json = R"({"containers":[{"name":"c"}])";
  if (!members.empty()) json += ',';
  json += members;
  Clique(i).spec.pod_spec = Value::FromJson(json + '}');
  ASSERT_TRUE(Clique(i).spec.pod_spec.is_object()) << json;
}

void Subject::EnableSchedulers(const std::vector<std::string>& names) {
  context.configuration.scheduler.profiles.clear();
  for (const std::string& name : names) context.configuration.scheduler.profiles.push_back({name, std::nullopt});
  context.configuration.scheduler.default_profile_name = names.front();
}

void Subject::EnableTopology() {
  context.configuration.topology_aware_scheduling.enabled = true;
  ClusterTopologyBinding binding;
  binding.metadata.name = "topo";
  binding.spec.levels = {{"zone", "example.com/zone"}, {"rack", "example.com/rack"}, {"host", "example.com/host"}};
  context.topologies.push_back(binding);
}

TopologyConstraint Constraint(std::string_view topology, std::string_view required, std::string_view preferred) {
  TopologyConstraint constraint;
  constraint.topology_name = topology;
  constraint.pack.emplace();
  constraint.pack->required = required;
  constraint.pack->preferred = preferred;
  return constraint;
}

std::vector<std::string> Rendered(const std::vector<FieldError>& errors) {
  std::vector<std::string> rendered;
  for (const FieldError& error : errors) {
    std::string text(error.rule);
    text += ' ';
    text += ErrorTypeName(error.type);
    text += ' ';
    text += error.field;
    if (error.bad_value.has_value()) {
      text += ' ';
      text += error.bad_value->is_object() ? "{...}" : error.bad_value->ToJson();
    }
    rendered.push_back(std::move(text));
  }
  return rendered;
}

Findings FindingsOf(const Subject& subject) {
  const Value document = ToValue(subject.set);
  Findings findings(Stage::kWebhook);
  ValidateCreate({subject.set, document.node(), document.storage(), subject.context}, findings);
  return findings;
}

void ExpectFindings(const std::vector<SetCase>& cases) {
  for (const SetCase& test : cases) {
    Subject subject;
    test.change(subject);
    Findings findings = FindingsOf(subject);
    EXPECT_EQ(Rendered(findings.errors()), test.expected) << test.name;
    for (const FieldError& error : findings.errors()) {
      EXPECT_FALSE(error.detail.empty()) << test.name;
      EXPECT_EQ(error.detail.find('\n'), std::string::npos) << test.name;
    }
  }
}

}  // namespace grove::validation
