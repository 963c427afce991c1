#include "capi/evictions.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace grove::capi {

namespace {

using std::string_view;

Failure NotThere(string_view node) {
  return {
      GROVE_NOT_FOUND, std::string("a pod that it evicts does not run on node ").append(node), "placement", {}, {}, {}};
}

// No label has two values.
bool Agree(const LabelPairs& a, const LabelPairs& b) {
  return std::ranges::none_of(a, [&](const auto& label) {
    const auto same_key = [&](const auto& other) { return other.first == label.first; };
    const auto other = std::ranges::find_if(b, same_key);
    return other != b.end() && other->second != label.second;
  });
}

// Whether `known` can be how the cluster knows `pods`. Labels and namespaces, of the pod and of its terms, are known as
// far as affinity in sight was about them: more of it may have been in sight of one than of the other.
bool MayBe(const PodClass& known, const PodClass& pods) {
  return known.requests == pods.requests && known.node_selector == pods.node_selector &&
         known.node_affinity == pods.node_affinity && known.tolerations == pods.tolerations &&
         known.host_ports == pods.host_ports && known.affinity.size() == pods.affinity.size() &&
         known.anti_affinity.size() == pods.anti_affinity.size() && Agree(known.labels, pods.labels) &&
         (known.pod_namespace.empty() || pods.pod_namespace.empty() || known.pod_namespace == pods.pod_namespace);
}

// What a pod takes of what its node uses.
std::int64_t TakenOf(const PodClass& pods, string_view resource) {
  std::int64_t taken = resource == "pods" ? 1 : 0;
  for (const auto& [name, amount] : pods.requests) {
    if (name == resource) taken += amount;
  }
  return taken;
}

bool Uses(const NodeSpec& node, const PodClass& pods) {
  const auto used = [&](string_view resource) {
    const auto found =
        std::ranges::find(node.used, resource, [](const auto& each) -> string_view { return each.first; });
    return found == node.used.end() ? 0 : found->second;
  };
  return used("pods") >= TakenOf(pods, "pods") &&
         std::ranges::all_of(pods.requests, [&](const auto& each) { return used(each.first) >= each.second; });
}

}  // namespace

Outcome Evict(const PodClass& pods, NodeSpec& node, ClusterSpec& spec) {
  auto found = spec.pods.end();
  for (auto pod = spec.pods.begin(); pod != spec.pods.end(); ++pod) {
    if (pod->node != node.name || !MayBe(spec.pod_classes[pod->pod_class], pods)) continue;
    const bool equal = spec.pod_classes[pod->pod_class] == pods;
    if (equal || found == spec.pods.end()) found = pod;
    if (equal) break;
  }
  if (found != spec.pods.end()) {
    spec.pods.erase(found);
    return {};
  }
  if (!Uses(node, pods)) return NotThere(node.name);
  for (auto& [resource, amount] : node.used) amount -= TakenOf(pods, resource);
  return {};
}

Outcome Evict(const PodClass& pods, NodeIndex node, PlacementIndex& index) {
  const Cluster& cluster = index.cluster();
  for (const bool equal : {true, false}) {
    for (const auto& running : cluster.running_pods()) {
      if (running.node != node) continue;
      const PodClass& known = cluster.running_classes()[running.pod_class];
      if ((known == pods) == equal && MayBe(known, pods) && index.Release(node, known)) return {};
    }
  }
  if (index.Release(node, pods)) return {};
  // A part of what the node uses.
  PodClass unknown = pods;
  unknown.labels.clear();
  return index.Release(node, unknown) ? Outcome() : NotThere(cluster.node_name(node));
}

}  // namespace grove::capi
