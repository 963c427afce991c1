#include "cluster.h"

#include "answer.h"

namespace grove {

OperatorConfiguration ReadConfiguration(const Value& config, std::vector<FieldError>& errors) {
  Object scheduler;
  const Value profiles = Member(config, "schedulerProfiles");
  std::string list = "[";
  for (std::size_t i = 0; i < profiles.size(); ++i) {
    list += (i == 0 ? "{\"name\":" : ",{\"name\":") + Quoted(profiles.at(i).text()) + '}';
  }
  scheduler.Add("profiles", list + ']');
  scheduler.Add("defaultProfileName", Quoted(Text(config, "defaultProfile")));
  Object document;
  document.Add("apiVersion", Quoted(OperatorConfiguration::kApiVersion));
  document.Add("kind", Quoted(OperatorConfiguration::kKind));
  document.Add("scheduler", scheduler.Finish());
  Object tas;
  tas.Add("enabled", Boolean(Member(config, "topologyAwareScheduling").boolean()));
  document.Add("topologyAwareScheduling", tas.Finish());
  Object network;
  network.Add("autoMNNVLEnabled", Boolean(Member(config, "autoMNNVL").boolean()));
  document.Add("network", network.Finish());
  ConfigurationResult result = LoadOperatorConfiguration(Value::FromJson(document.Finish()));
  errors = std::move(result.errors);
  return std::move(result.configuration);
}

namespace {

KaiTopology ReadKaiTopology(const Value& object) {
  KaiTopology topology;
  const Value metadata = Member(object, "metadata");
  topology.metadata.name = Text(metadata, "name");
  topology.metadata.generation = 1;
  const Value levels = Member(Member(object, "spec"), "levels");
  for (std::size_t i = 0; i < levels.size(); ++i) {
    topology.spec.levels.push_back({Text(levels.at(i), "nodeLabel")});
  }
  return topology;
}

}  // namespace

Cluster ReadCluster(const Value& extra_objects) {
  Cluster cluster;
  for (std::size_t i = 0; i < extra_objects.size(); ++i) {
    const Value object = extra_objects.at(i);
    const Value metadata = Member(object, "metadata");
    const std::string kind = Text(object, "kind");
    if (kind == "Queue") {
      cluster.queues.push_back({Text(metadata, "name"), Text(Member(object, "status"), "state")});
    } else if (kind == "ResourceClaimTemplate") {
      std::string namespace_name = Text(metadata, "namespace");
      if (namespace_name.empty()) namespace_name = "default";
      cluster.claim_templates.push_back({namespace_name, Text(metadata, "name"), Member(object, "spec")});
    } else if (kind == "Topology") {
      cluster.kai_topologies.push_back(ReadKaiTopology(object));
    }
  }
  return cluster;
}

}  // namespace grove
