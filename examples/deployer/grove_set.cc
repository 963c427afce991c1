#include "grove_set.h"

#include <string>
#include <string_view>
#include <utility>

#include "grove/name_budget.hpp"

#include "pod_spec.h"

namespace deployer {
namespace {

using grove::Value;

void SetAll(const Value& object, grove::StringMap& out) {
  for (std::size_t i = 0; i < object.size(); ++i) out.Set(object.key(i), object.at(i).text());
}

// Those of the service, and its extraPodMetadata over them.
grove::StringMap Metadata(const Service& service, std::string_view key) {
  grove::StringMap out;
  SetAll(service.spec.Find(key).value_or(Value()), out);
  SetAll(service.spec.Find("extraPodMetadata").value_or(Value()).Find(key).value_or(Value()), out);
  return out;
}

grove::StringMap Labels(const ServiceGraph& graph, const Service& service) {
  grove::StringMap labels;
  labels.Set("nvidia.com/selector", graph.name + "-" + CliqueName(service, PodRole::kAlone));
  labels.Set("nvidia.com/dynamo-graph-deployment-name", graph.name);
  if (!service.component_type.empty()) labels.Set("nvidia.com/dynamo-component-type", service.component_type);
  const Value sub_type = service.spec.Find("subComponentType").value_or(Value());
  if (!sub_type.is_null()) labels.Set("nvidia.com/dynamo-sub-component-type", sub_type.text());
  labels.SetAll(Metadata(service, "labels"));
  return labels;
}

void AddClique(const ServiceGraph& graph, const Service& service, PodRole role, std::int32_t replicas,
               grove::PodCliqueSetTemplateSpec& out) {
  grove::PodCliqueTemplateSpec& clique = out.cliques.emplace_back();
  clique.name = CliqueName(service, role);
  clique.labels = Labels(graph, service);
  clique.annotations = Metadata(service, "annotations");
  clique.spec.role_name = clique.name;
  clique.spec.replicas = replicas;
  // A replica that spans nodes is nothing without one of them; of single pods one is enough to serve.
  clique.spec.min_available = role == PodRole::kWorker ? replicas : 1;
  clique.spec.pod_spec = MakePodSpec(graph, service, role);
  // mpirun of the leader logs in to the workers. Leaders of the other engines are ready only once the workers have
  // joined: were the workers to wait for that, all would wait for ever.
  if (role == PodRole::kLeader && graph.backend == Backend::kTrtllm) {
    clique.spec.starts_after = {CliqueName(service, PodRole::kWorker)};
    out.clique_startup_type = "CliqueStartupTypeExplicit";
  }
}

}  // namespace

grove::PodCliqueSet MakeSet(const ServiceGraph& graph) {
  grove::PodCliqueSet set;
  set.metadata.name = graph.name;
  set.metadata.namespace_name = graph.namespace_name;
  set.spec.replicas = 1;
  grove::PodCliqueSetTemplateSpec& out = set.spec.template_spec;
  out.clique_startup_type = "CliqueStartupTypeAnyOrder";
  // Pods look each other up before they are ready.
  out.headless_service_config = grove::HeadlessServiceConfig{.publish_not_ready_addresses = true};
  for (const Service& service : graph.services) {
    if (service.node_count == 1) {
      AddClique(graph, service, PodRole::kAlone, service.replicas, out);
      continue;
    }
    AddClique(graph, service, PodRole::kLeader, 1, out);
    AddClique(graph, service, PodRole::kWorker, service.node_count - 1, out);
    grove::PodCliqueScalingGroupConfig& group = out.pod_clique_scaling_groups.emplace_back();
    group.name = CliqueName(service, PodRole::kAlone);
    group.clique_names = {CliqueName(service, PodRole::kLeader), CliqueName(service, PodRole::kWorker)};
    group.replicas = service.replicas;
    group.min_available = 1;
  }
  return set;
}

std::vector<Remark> FindLongNames(const ServiceGraph& graph) {
  std::vector<Remark> out;
  const std::size_t limit = grove::NameLimitBytes(grove::NameLimit::kCombinedNames);
  for (const Service& service : graph.services) {
    const bool spans = service.node_count > 1;  // then the name is in that of the group and in that of the clique
    const std::size_t clique = CliqueName(service, spans ? PodRole::kLeader : PodRole::kAlone).size();
    const std::size_t taken = graph.name.size() + (spans ? clique - service.name.size() : 0);
    const std::size_t most = limit > taken ? (limit - taken) / (spans ? 2 : 1) : 0;
    if (service.name.size() <= most) continue;
    out.push_back({"spec.services." + service.name,
                   "the name has " + std::to_string(service.name.size()) + " bytes, at most " + std::to_string(most) +
                       " fit beside \"" + graph.name + "\"" + (spans ? " for a service that spans nodes" : ""),
                   grove::LocationOf(service.spec)});
  }
  return out;
}

}  // namespace deployer
