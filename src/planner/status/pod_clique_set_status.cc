#include "planner/status/pod_clique_set_status.h"

#include <algorithm>
#include <string_view>

#include "absl/container/flat_hash_map.h"

#include "model/naming.h"
#include "planner/set_layout.h"
#include "planner/status/selectors.h"

namespace grove::planner {
namespace {

// Live objects by name; terminating ones do not count.
template <class T>
absl::flat_hash_map<std::string_view, const T*> LiveByName(std::span<const T> objects) {
  absl::flat_hash_map<std::string_view, const T*> by_name;
  for (const T& object : objects) {
    if (!object.metadata.deletion_timestamp.has_value()) by_name.emplace(object.metadata.name, &object);
  }
  return by_name;
}

struct ChildCounts {
  std::int32_t desired = 0;
  std::int32_t live = 0;
  std::int32_t available = 0;
  std::int32_t updated = 0;

  void Add(const ChildCounts& other) {
    desired += other.desired;
    live += other.live;
    available += other.available;
    updated += other.updated;
  }
  [[nodiscard]] bool all_available() const { return live == desired && available == desired; }
  [[nodiscard]] bool all_updated() const { return updated == live; }
};

class ChildCounter {
 public:
  ChildCounter(const PodCliqueSet& set, const ExpectedHashes& hashes, std::span<const PodClique> cliques,
               std::span<const PodCliqueScalingGroup> groups)
      : set_(set),
        hashes_(hashes),
        layout_(LayoutOf(set.spec.template_spec)),
        cliques_(LiveByName(cliques)),
        groups_(LiveByName(groups)) {}

  ChildCounts CountCliques(std::int32_t r) const {
    ChildCounts counts;
    for (const std::size_t c : layout_.standalone) {
      ++counts.desired;
      const std::string name = naming::ChildName(set_.metadata.name, r, set_.spec.template_spec.cliques[c].name);
      const auto found = cliques_.find(std::string_view{name});
      if (found == cliques_.end()) continue;
      const PodClique& clique = *found->second;
      ++counts.live;
      if (clique.status.ready_replicas >= clique.spec.min_available.value_or(0)) ++counts.available;
      if (IsConverged(clique, hashes_)) ++counts.updated;
    }
    return counts;
  }

  ChildCounts CountGroups(std::int32_t r) const {
    ChildCounts counts;
    for (const PodCliqueScalingGroupConfig& config : set_.spec.template_spec.pod_clique_scaling_groups) {
      ++counts.desired;
      const auto found = groups_.find(std::string_view{naming::ChildName(set_.metadata.name, r, config.name)});
      if (found == groups_.end()) continue;
      const PodCliqueScalingGroup& group = *found->second;
      ++counts.live;
      if (group.status.available_replicas >= group.spec.min_available.value_or(1)) ++counts.available;
      if (!hashes_.generation().empty() &&
          group.status.current_pod_clique_set_generation_hash == hashes_.generation()) {
        ++counts.updated;
      }
    }
    return counts;
  }

 private:
  const PodCliqueSet& set_;
  const ExpectedHashes& hashes_;
  SetLayout layout_;
  absl::flat_hash_map<std::string_view, const PodClique*> cliques_;
  absl::flat_hash_map<std::string_view, const PodCliqueScalingGroup*> groups_;
};

}  // namespace

PodCliqueSetStatus ComputePodCliqueSetStatus(const PodCliqueSet& set, const ExpectedHashes& hashes,
                                             std::span<const PodClique> cliques,
                                             std::span<const PodCliqueScalingGroup> groups,
                                             const TopologyObservation& topology, Time now) {
  PodCliqueSetStatus status = set.status;
  status.replicas = set.spec.replicas;
  status.available_replicas = 0;
  status.updated_replicas = 0;
  status.hpa_pod_selector = SetSelector(set.metadata.name);

  const ChildCounter counter(set, hashes, cliques, groups);
  ChildCounts all_cliques;
  ChildCounts all_groups;
  for (std::int32_t r = 0; r < set.spec.replicas; ++r) {
    const ChildCounts of_cliques = counter.CountCliques(r);
    const ChildCounts of_groups = counter.CountGroups(r);
    all_cliques.Add(of_cliques);
    all_groups.Add(of_groups);
    if (!of_cliques.all_available() || !of_groups.all_available()) continue;
    ++status.available_replicas;
    if (of_cliques.all_updated() && of_groups.all_updated()) ++status.updated_replicas;
  }
  if (auto& progress = status.update_progress; progress.has_value()) {
    progress->updated_pod_cliques_count = all_cliques.updated;
    progress->total_pod_cliques_count = all_cliques.desired;
    progress->updated_pod_clique_scaling_groups_count = all_groups.updated;
    progress->total_pod_clique_scaling_groups_count = all_groups.desired;
  }
  SetTopologyCondition(set, topology, now, status);
  return status;
}

}  // namespace grove::planner
