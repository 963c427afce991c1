#include "planner/template_hash.h"

#include <initializer_list>
#include <span>

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

SetHashes HashesOf(const PodCliqueSet& set, const Value& document) {
  SetHashes hashes;
  kubernetes::GenerationHasher generation;
  const internal::Node* cliques = FindPath(document.node(), {"spec", "template", "cliques"});
  const auto elements = cliques == nullptr ? std::span<const internal::Node>{} : internal::Elements(*cliques);
  for (const internal::Node& clique : elements) {
    hashes.pod_templates.push_back(generation.Add({
        .labels = internal::Find(clique, "labels"),
        .annotations = internal::Find(clique, "annotations"),
        .pod_spec = FindPath(clique, {"spec", "podSpec"}),
        .priority_class_name = set.spec.template_spec.priority_class_name,
    }));
  }
  // As many as the typed form has cliques, whatever the document is.
  hashes.pod_templates.resize(set.spec.template_spec.cliques.size());
  hashes.generation = generation.Finish();
  return hashes;
}

}  // namespace grove::planner
