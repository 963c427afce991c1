#include "planner/live_index.h"

#include <utility>

namespace grove::planner {

bool IsControllableBy(const ObjectMeta& live, const OwnerReference& owner) {
  const OwnerReference* controller = ControllerOf(live);
  if (controller == nullptr) return true;
  if (!controller->uid.empty() && !owner.uid.empty()) return controller->uid == owner.uid;
  return controller->kind == owner.kind && controller->name == owner.name;
}

LiveIndex::LiveIndex(ObjectSet objects) : objects_(std::move(objects)) {
  exists_ = set() != nullptr || objects_.size() > 0;
  const auto index = [&](const auto& list) {
    for (std::size_t i = 0; i < list.size(); ++i) {
      // Of a doubled object the last reading counts, as with kubectl.
      positions_[Key{list.data(), list[i].metadata.name}] = i;
    }
  };
  index(objects_.service_accounts);
  index(objects_.roles);
  index(objects_.role_bindings);
  index(objects_.secrets);
  index(objects_.services);
  index(objects_.horizontal_pod_autoscalers);
  index(objects_.compute_domains);
  index(objects_.resource_claims);
  index(objects_.pod_cliques);
  index(objects_.pod_clique_scaling_groups);
  index(objects_.pod_gangs);
  index(objects_.kai_pod_groups);
  index(objects_.volcano_pod_groups);
  for (const Pod& pod : objects_.pods) {
    pod_names_.insert(pod.metadata.name);
    const OwnerReference* controller = ControllerOf(pod.metadata);
    if (controller != nullptr) pods_by_owner_name_[controller->name].push_back(&pod);
  }
}

const PodCliqueSet* LiveIndex::set() const {
  return objects_.pod_clique_set.metadata.name.empty() ? nullptr : &objects_.pod_clique_set;
}

std::vector<const Pod*> LiveIndex::PodsOf(const PodClique& clique) const {
  const auto found = pods_by_owner_name_.find(std::string_view{clique.metadata.name});
  if (found == pods_by_owner_name_.end()) return {};
  std::vector<const Pod*> pods = found->second;
  // Those of a former PodClique of that name go with it.
  const OwnerReference owner = ControllerReference(clique);
  std::erase_if(pods, [&](const Pod* pod) { return !IsControllableBy(pod->metadata, owner); });
  return pods;
}

}  // namespace grove::planner
