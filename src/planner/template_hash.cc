#include "planner/template_hash.h"

#include "model/kubernetes/pod_template_hash.h"
#include "model/node.h"

namespace grove::planner {

namespace {

const internal::Node* FindPath(const internal::Node& object, std::initializer_list<std::string_view> path) {
  const internal::Node* node = &object;
  for (const std::string_view key : path) {
    node = internal::Find(*node, key);
    if (node == nullptr) return nullptr;
  }
  return node;
}

}  // namespace

std::vector<std::string> TemplateHashes(const PodCliqueSet& set, const Value& document) {
  std::vector<std::string> hashes;
  const internal::Node* cliques = FindPath(document.node(), {"spec", "template", "cliques"});
  if (cliques == nullptr) return hashes;
  for (const internal::Node& clique : internal::Elements(*cliques)) {
    hashes.push_back(kubernetes::PodTemplateHash({
        .labels = internal::Find(clique, "labels"),
        .annotations = internal::Find(clique, "annotations"),
        .pod_spec = FindPath(clique, {"spec", "podSpec"}),
        .priority_class_name = set.spec.template_spec.priority_class_name,
    }));
  }
  return hashes;
}

}  // namespace grove::planner
