#include "planner/child_index.h"

#include "planner/owner.h"

namespace grove::planner {
namespace {

template <class Map, class Key>
auto FindIn(const Map& map, const Key& key) -> typename Map::mapped_type {
  const auto found = map.find(key);
  return found != map.end() ? found->second : nullptr;
}

using PodLists = absl::flat_hash_map<std::string_view, std::vector<const Pod*>>;

std::span<const Pod* const> ListIn(const PodLists& lists, std::string_view key) {
  const auto found = lists.find(key);
  if (found == lists.end()) return {};
  return found->second;
}

}  // namespace

ChildIndex::ChildIndex(std::span<const PodClique> cliques, std::span<const Pod> pods, std::span<const PodGang> gangs) {
  for (const PodClique& clique : cliques) cliques_.emplace(clique.metadata.name, &clique);
  for (const Pod& pod : pods) {
    if (pod.metadata.owner_references.empty()) continue;
    pods_by_owner_name_[pod.metadata.owner_references.front().name].push_back(&pod);
    const OwnerReference* controller = ControllerOf(pod.metadata);
    if (controller != nullptr && !controller->uid.empty()) pods_by_controller_uid_[controller->uid].push_back(&pod);
  }
  for (const PodGang& gang : gangs) {
    gangs_.emplace(gang.metadata.name, &gang);
    for (const PodGroup& group : gang.spec.pod_groups) {
      pod_groups_.emplace(std::pair{std::string_view{gang.metadata.name}, std::string_view{group.name}}, &group);
    }
  }
}

const PodClique* ChildIndex::FindClique(std::string_view name) const { return FindIn(cliques_, name); }

const PodGang* ChildIndex::FindGang(std::string_view name) const { return FindIn(gangs_, name); }

const PodGroup* ChildIndex::FindPodGroup(std::string_view gang, std::string_view group) const {
  return FindIn(pod_groups_, std::pair{gang, group});
}

std::span<const Pod* const> ChildIndex::PodsNamed(std::string_view clique) const {
  return ListIn(pods_by_owner_name_, clique);
}

std::span<const Pod* const> ChildIndex::PodsControlledBy(const PodClique& clique) const {
  const std::string& uid = clique.metadata.uid;
  return uid.empty() ? PodsNamed(clique.metadata.name) : ListIn(pods_by_controller_uid_, std::string_view{uid});
}

}  // namespace grove::planner
