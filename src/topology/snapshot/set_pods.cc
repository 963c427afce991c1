// The pods of sets as Expand makes them.
#include "absl/strings/str_cat.h"

#include "model/naming.h"
#include "topology/snapshot/scene.h"

namespace grove::topology {

bool ReadSetPods(const PlacementSources& sources, Scene& scene, PlacementInput& input) {
  if (sources.sets == nullptr) return true;
  absl::flat_hash_map<Key, std::size_t> shapes;  // by namespace and PodClique
  for (const Pod& pod : sources.sets->pods) {
    const ObjectMeta& metadata = pod.metadata;
    const auto clique = metadata.labels.Find(keys::kPodClique);
    if (!clique.has_value()) continue;
    const Key key(metadata.namespace_name, *clique);
    LabelPairs labels(metadata.labels.begin(), metadata.labels.end());
    const auto [shape, is_new] = shapes.try_emplace(key, scene.set_shapes.size());
    if (is_new) {
      Fault fault;
      const FieldPath root;
      if (!ReadPodShape(pod.spec.node(), labels, root.Child("spec"), fault, scene.set_shapes.emplace_back())) {
        return FailInput(input, std::nullopt, absl::StrCat("PodClique ", std::string(*clique), ": ", fault.field),
                         std::move(fault.message));
      }
      scene.terms.AddShape(scene.set_shapes.back());
      scene.terms.AddNamespace(metadata.namespace_name);
    }
    scene.set_pods[key].push_back({metadata.name, std::move(labels), shape->second});
  }
  return true;
}

}  // namespace grove::topology
