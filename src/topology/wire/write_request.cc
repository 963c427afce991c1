#include <algorithm>

#include "topology/wire/writer.h"

namespace grove::topology {
namespace {

using google::protobuf::Map;
using google::protobuf::RepeatedPtrField;

pb::TaintEffect EffectOf(TaintEffect effect) {
  switch (effect) {
    case TaintEffect::kNoSchedule:
      return pb::NO_SCHEDULE;
    case TaintEffect::kPreferNoSchedule:
      return pb::PREFER_NO_SCHEDULE;
    case TaintEffect::kNoExecute:
      break;
  }
  return pb::NO_EXECUTE;
}

template <class V>
void WriteMap(const std::vector<std::pair<std::string, V>>& from, Map<std::string, V>& to) {
  for (const auto& [key, value] : from) to[key] = value;
}

void WriteRequirements(const std::vector<LabelRequirement>& from, RepeatedPtrField<pb::LabelRequirement>& to) {
  for (const LabelRequirement& requirement : from) {
    pb::LabelRequirement& written = *to.Add();
    written.set_key(requirement.key);
    // The enumerators have one order.
    written.set_operator_(static_cast<pb::LabelRequirement::Operator>(requirement.op));
    written.mutable_values()->Assign(requirement.values.begin(), requirement.values.end());
  }
}

void WriteAffinity(const std::vector<PodAffinityTerm>& from, RepeatedPtrField<pb::PodAffinityTerm>& to) {
  for (const PodAffinityTerm& term : from) {
    pb::PodAffinityTerm& written = *to.Add();
    written.set_topology_key(term.topology_key);
    WriteRequirements(term.selector, *written.mutable_selector());
    written.mutable_namespaces()->Assign(term.namespaces.begin(), term.namespaces.end());
  }
}

void WritePack(const PackLevels& from, pb::PackLevels& to) {
  to.set_required(from.required);
  to.set_preferred(from.preferred);
}

void WriteNode(const NodeSpec& from, pb::Node& to) {
  to.set_name(from.name);
  WriteMap(from.labels, *to.mutable_labels());
  WriteMap(from.allocatable, *to.mutable_allocatable());
  WriteMap(from.used, *to.mutable_used());
  for (const Taint& taint : from.taints) {
    pb::Taint& written = *to.add_taints();
    written.set_key(taint.key);
    written.set_value(taint.value);
    written.set_effect(EffectOf(taint.effect));
  }
  to.set_unusable(!from.usable);
}

void WriteGroup(const GangGroup& from, const Cluster& cluster, pb::GangGroup& to) {
  to.set_name(from.name);
  if (from.scope != GangGroup::kNoScope) to.set_scope(from.scope);
  if (from.pack != PackLevels{}) WritePack(from.pack, *to.mutable_pack());
  to.set_min_replicas(from.min_replicas);
  for (const CandidatePods& run : from.candidates) {
    pb::CandidatePods& written = *to.add_candidates();
    written.set_pod_class(run.pod_class);
    written.set_count(run.count);
  }
  for (const ActivePod& pod : from.active) to.add_active(std::string(cluster.node_name(pod.node)));
  const auto known = [](const ActivePod& pod) { return pod.pod_class != ActivePod::kUnknownClass; };
  if (std::ranges::all_of(from.active, known)) {
    for (const ActivePod& pod : from.active) to.add_active_pod_classes(pod.pod_class);
  }
  for (const NodeIndex node : from.former) to.add_former(std::string(cluster.node_name(node)));
}

}  // namespace

void WritePodClass(const PodClass& from, pb::PodClass& to) {
  WriteMap(from.requests, *to.mutable_requests());
  WriteMap(from.node_selector, *to.mutable_node_selector());
  for (const NodeSelectorTerm& term : from.node_affinity) {
    pb::NodeSelectorTerm& written = *to.add_node_affinity();
    WriteRequirements(term.match_labels, *written.mutable_match_labels());
    WriteRequirements(term.match_fields, *written.mutable_match_fields());
  }
  for (const Toleration& toleration : from.tolerations) {
    pb::Toleration& written = *to.add_tolerations();
    written.set_key(toleration.key);
    written.set_exists(toleration.exists);
    written.set_value(toleration.value);
    if (!toleration.any_effect) written.set_effect(EffectOf(toleration.effect));
  }
  for (const HostPort& port : from.host_ports) {
    pb::HostPort& written = *to.add_host_ports();
    written.set_port(port.port);
    written.set_protocol(port.protocol);
    written.set_address(port.address);
  }
  to.set_namespace_(from.pod_namespace);
  WriteMap(from.labels, *to.mutable_labels());
  WriteAffinity(from.affinity, *to.mutable_affinity());
  WriteAffinity(from.anti_affinity, *to.mutable_anti_affinity());
}

void WriteCluster(const ClusterSpec& from, pb::Cluster& to) {
  to.set_topology_name(from.topology_name);
  for (const TopologyLevel& level : from.levels) {
    pb::TopologyLevel& written = *to.add_levels();
    written.set_domain(level.domain);
    written.set_key(level.key);
  }
  for (const NodeSpec& node : from.nodes) WriteNode(node, *to.add_nodes());
  for (const PodClass& pods : from.pod_classes) WritePodClass(pods, *to.add_pod_classes());
  for (const RunningPodSpec& pod : from.pods) {
    pb::RunningPod& written = *to.add_pods();
    written.set_node(pod.node);
    written.set_pod_class(pod.pod_class);
  }
}

void WriteGang(const Gang& from, const Cluster& cluster, pb::Gang& to) {
  to.set_namespace_(from.gang_namespace);
  to.set_name(from.name);
  to.set_priority(from.priority);
  to.set_order(from.order);
  to.set_base(from.base);
  to.set_topology(from.topology);
  to.set_set(from.set);
  to.set_replica(from.replica);
  if (from.pack != PackLevels{}) WritePack(from.pack, *to.mutable_pack());
  for (const GangScope& scope : from.scopes) {
    pb::GangScope& written = *to.add_scopes();
    written.set_name(scope.name);
    if (scope.parent != GangScope::kNoParent) written.set_parent(scope.parent);
    if (scope.pack != PackLevels{}) WritePack(scope.pack, *written.mutable_pack());
  }
  for (const GangGroup& group : from.groups) WriteGroup(group, cluster, *to.add_groups());
}

}  // namespace grove::topology
