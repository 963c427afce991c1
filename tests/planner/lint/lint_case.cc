#include "planner/lint/lint_case.h"

namespace grove::planner::lint {

namespace {

std::string Join(std::initializer_list<std::string_view> parts) {
  std::string text;
  for (const std::string_view part : parts) text += part;
  return text;
}

void UseScheduler(std::string_view name, AdmissionContext& context) {
  context.configuration.scheduler.profiles.push_back({std::string(name), std::nullopt});
  context.configuration.scheduler.default_profile_name = name;
}

void UseTopology(AdmissionContext& context) {
  context.configuration.topology_aware_scheduling.enabled = true;
  ClusterTopologyBinding& binding = context.topologies.emplace_back();
  binding.metadata.name = "topo";
  binding.spec.levels = {{"zone", "t/zone"}, {"rack", "t/rack"}, {"host", "kubernetes.io/hostname"}};
}

}  // namespace

AdmissionContext ContextOf(World world) {
  AdmissionContext context;
  if (world == World::kKai || world == World::kKaiTopology) UseScheduler("kai-scheduler", context);
  if (world == World::kVolcano) UseScheduler("volcano", context);
  if (world == World::kKaiTopology || world == World::kDefaultTopology) UseTopology(context);
  context.configuration.network.auto_mnnvl_enabled = world == World::kMnnvl;
  return context;
}

std::string Set(std::string_view cliques, std::string_view members, std::string_view metadata,
                std::string_view replicas, std::string_view name) {
  return Join({"{'apiVersion':'grove.io/v1alpha1','kind':'PodCliqueSet','metadata':{'name':'", name,
               "','namespace':'n','labels':{'kai.scheduler/queue':'q'}", metadata, "},'spec':{", replicas,
               "'template':{'cliques':[", cliques, "]", members, "}}}"});
}

std::string Clique(std::string_view name, std::string_view spec, std::string_view pod, std::string_view members) {
  const bool has_replicas = spec.find("'replicas'") != std::string_view::npos;
  const bool has_containers = pod.find("'containers'") != std::string_view::npos;
  return Join({"{'name':'", name, "'", members, ",'spec':{'roleName':'", name, "'", has_replicas ? "" : ",'replicas':1",
               spec, ",'podSpec':{", has_containers ? pod.substr(1) : "'containers':[{'name':'c','image':'i'}]",
               has_containers ? "" : pod, "}}}"});
}

std::string Group(std::string_view name, std::string_view cliques, std::string_view members) {
  return Join({"{'name':'", name, "','cliqueNames':[", cliques, "]", members, "}"});
}

std::string Groups(std::string_view groups) { return Join({",'podCliqueScalingGroups':[", groups, "]"}); }

}  // namespace grove::planner::lint
