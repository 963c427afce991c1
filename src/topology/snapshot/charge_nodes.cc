// What runs on the nodes, whoever owns it (PL-31).
#include <algorithm>

#include "absl/strings/str_cat.h"

#include "topology/snapshot/scene.h"

namespace grove::topology {
namespace {

constexpr std::string_view kPods = "pods";

// The pod's labels, ports or affinity matter to others, so that it cannot be only a sum.
bool StandsAlone(const ObservedPod& pod, const TermsInSight& terms) {
  return !pod.shape.pods.host_ports.empty() || pod.shape.HasTerms() || terms.MaySelect(pod.labels);
}

bool Charge(const ObservedPod& pod, NodeSpec& node) {
  ResourceAmounts requests = pod.shape.pods.requests;
  if (!AddResources({{std::string(kPods), 1}}, requests)) return false;
  std::sort(node.used.begin(), node.used.end());
  return AddResources(requests, node.used);
}

}  // namespace

bool ChargeNodes(const Scene& scene, PlacementInput& input) {
  absl::flat_hash_map<std::string_view, std::size_t> nodes;
  for (std::size_t i = 0; i < input.spec.nodes.size(); ++i) nodes.emplace(input.spec.nodes[i].name, i);
  ClassTable classes;
  for (PodClass& pods : input.spec.pod_classes) classes.classes().push_back(std::move(pods));
  std::size_t homeless = 0;
  for (const ObservedPod& pod : scene.pods) {
    if (!pod.HoldsRoom()) continue;
    const auto node = nodes.find(std::string_view(pod.node));
    if (node == nodes.end()) {
      ++homeless;
    } else if (StandsAlone(pod, scene.terms)) {
      std::uint32_t unevaluated = 0;
      const std::uint32_t pod_class =
          classes.ClassOf(scene.terms, pod.shape, pod.namespace_name, pod.labels, unevaluated);
      input.spec.pods.push_back({pod.node, pod_class});
    } else if (!Charge(pod, input.spec.nodes[node->second])) {
      return FailInput(input, pod.object, "spec", absl::StrCat("the pods of node ", pod.node, " ask for too much"));
    }
  }
  input.spec.pod_classes = std::move(classes.classes());
  if (homeless > 0) input.remarks.push_back(absl::StrCat(homeless, " pods run on nodes that are not in the input"));
  return true;
}

}  // namespace grove::topology
