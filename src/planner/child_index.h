// PodCliques, pods and PodGangs of a set by name. Lookup only; the index borrows the objects.
#pragma once

#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"

#include "grove/kubernetes.hpp"
#include "grove/pod_clique.hpp"
#include "grove/pod_gang.hpp"

namespace grove::planner {

class ChildIndex {
 public:
  // Invalid once an element of a span moves or is renamed. O(cliques + pods + pod groups).
  ChildIndex(std::span<const PodClique> cliques, std::span<const Pod> pods, std::span<const PodGang> gangs);

  // Null if there is none.
  [[nodiscard]] const PodClique* FindClique(std::string_view name) const;
  [[nodiscard]] const PodGang* FindGang(std::string_view name) const;
  // The first pod group of that name in the gang of that name; null if either is missing.
  [[nodiscard]] const PodGroup* FindPodGroup(std::string_view gang, std::string_view group) const;
  // The pods whose first ownerReference names that PodClique, in their order: how PodGangs see it (PG-21).
  [[nodiscard]] std::span<const Pod* const> PodsNamed(std::string_view clique) const;
  // The pods that this very PodClique controls, not a former one of its name: how a PodClique sees it (spec 04 §13).
  // Objects that never were in a cluster have no uid; there the name decides.
  [[nodiscard]] std::span<const Pod* const> PodsControlledBy(const PodClique& clique) const;

 private:
  absl::flat_hash_map<std::string_view, const PodClique*> cliques_;
  absl::flat_hash_map<std::string_view, std::vector<const Pod*>> pods_by_owner_name_;
  absl::flat_hash_map<std::string_view, std::vector<const Pod*>> pods_by_controller_uid_;
  absl::flat_hash_map<std::string_view, const PodGang*> gangs_;
  absl::flat_hash_map<std::pair<std::string_view, std::string_view>, const PodGroup*> pod_groups_;
};

}  // namespace grove::planner
