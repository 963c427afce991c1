// Whether a pod may be on a node, as the checker sees it.
#include <algorithm>
#include <cstdlib>

#include "topology/placement_check.h"

namespace grove::check {
namespace {

bool Holds(const LabelRequirement& requirement, std::optional<std::string_view> value) {
  using Operator = LabelRequirement::Operator;
  const bool listed = value && std::count(requirement.values.begin(), requirement.values.end(), *value) > 0;
  switch (requirement.op) {
    case Operator::kIn:
      return listed;
    case Operator::kNotIn:
      return !listed;
    case Operator::kExists:
      return value.has_value();
    case Operator::kDoesNotExist:
      return !value;
    default:
      break;
  }
  if (!value || requirement.values.size() != 1 || value->empty() || requirement.values[0].empty()) return false;
  const std::int64_t have = std::strtoll(std::string(*value).c_str(), nullptr, 10);
  const std::int64_t bound = std::strtoll(requirement.values[0].c_str(), nullptr, 10);
  return requirement.op == Operator::kGt ? have > bound : have < bound;
}

}  // namespace

bool AdmitsNode(const Occupancy& occupancy, NodeIndex node, const PodClass& pods) {
  const Cluster& cluster = occupancy.cluster();
  if (!occupancy.usable(node)) return false;
  for (const auto& [key, value] : pods.node_selector) {
    if (cluster.node_label(node, key) != std::optional<std::string_view>(value)) return false;
  }
  bool any = pods.node_affinity.empty();
  for (const NodeSelectorTerm& term : pods.node_affinity) {
    bool all = !term.match_labels.empty() || !term.match_fields.empty();
    for (const auto& requirement : term.match_labels)
      all = all && Holds(requirement, cluster.node_label(node, requirement.key));
    for (const auto& requirement : term.match_fields) {
      all = all && requirement.key == "metadata.name" && Holds(requirement, cluster.node_name(node));
    }
    any = any || all;
  }
  for (const Taint& taint : cluster.node_taints(node)) {
    bool tolerated = taint.effect == TaintEffect::kPreferNoSchedule;
    for (const Toleration& t : pods.tolerations) {
      const bool same_key = t.key.empty() ? t.exists : t.key == taint.key && (t.exists || t.value == taint.value);
      tolerated = tolerated || (same_key && (t.any_effect || t.effect == taint.effect));
    }
    any = any && tolerated;
  }
  return any;
}

namespace {

bool IsMeant(const PodAffinityTerm& term, const PodClass& owner, const PodClass& other) {
  const auto& spaces = term.namespaces;
  if (spaces.empty() ? other.pod_namespace != owner.pod_namespace
                     : std::count(spaces.begin(), spaces.end(), other.pod_namespace) == 0) {
    return false;
  }
  return std::ranges::all_of(term.selector, [&](const LabelRequirement& requirement) {
    std::optional<std::string_view> value;
    for (const auto& [key, text] : other.labels) {
      if (key == requirement.key) value = text;
    }
    return Holds(requirement, value);
  });
}

bool PortsClash(const PodClass& a, const PodClass& b) {
  const auto everywhere = [](const HostPort& port) { return port.address.empty() || port.address == "0.0.0.0"; };
  for (const HostPort& x : a.host_ports) {
    for (const HostPort& y : b.host_ports) {
      if (x.port == y.port && x.protocol == y.protocol && (everywhere(x) || everywhere(y) || x.address == y.address)) {
        return true;
      }
    }
  }
  return false;
}

}  // namespace

std::string BrokenByOthers(const Cluster& cluster, const std::vector<Present>& pods, std::size_t i, std::size_t end) {
  const Present& me = pods[i];
  const auto together = [&](const PodAffinityTerm& term, NodeIndex a, NodeIndex b) {
    const auto left = cluster.node_label(a, term.topology_key);
    return left && left == cluster.node_label(b, term.topology_key);
  };
  for (std::size_t j = 0; j < pods.size(); ++j) {
    if (j == i) continue;
    if (pods[j].node == me.node && PortsClash(*me.pods, *pods[j].pods)) return "host port";
    for (const PodAffinityTerm& term : me.pods->anti_affinity) {
      if (IsMeant(term, *me.pods, *pods[j].pods) && together(term, me.node, pods[j].node)) return "anti-affinity";
    }
    for (const PodAffinityTerm& term : pods[j].pods->anti_affinity) {
      if (IsMeant(term, *pods[j].pods, *me.pods) && together(term, me.node, pods[j].node)) return "anti-affinity";
    }
  }
  for (const PodAffinityTerm& term : me.pods->affinity) {
    bool exists = false;
    bool met = false;
    for (std::size_t j = 0; j < pods.size(); ++j) {
      if (j == i || !IsMeant(term, *me.pods, *pods[j].pods)) continue;
      exists = exists || j < end;
      met = met || together(term, me.node, pods[j].node);
    }
    const bool first = !exists && IsMeant(term, *me.pods, *me.pods) && cluster.node_label(me.node, term.topology_key);
    if (!met && !first) return "affinity";
  }
  return "";
}

bool AnyRules(const std::vector<Present>& pods) {
  return std::ranges::any_of(pods, [](const Present& pod) {
    return !pod.pods->host_ports.empty() || !pod.pods->affinity.empty() || !pod.pods->anti_affinity.empty();
  });
}

}  // namespace grove::check
