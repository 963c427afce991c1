// A gang that does not fit, as it is found at its turn, and the question whether it would fit if something were
// different: asked of the planner itself, so that a change is believed for the same reasons as a placement.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "grove/placement.hpp"

#include "topology/work_state.h"

namespace grove::topology {

enum class Answer : std::uint8_t { kYes, kNo, kOpen };

class WhatIf {
 public:
  // The gang of `result.gangs[position]`, beside what `result` places before it on `start`.
  WhatIf(const Occupancy& start, const PlacementRequest& request, const PlacementResult& result, std::size_t position,
         const PlacementOptions& options);

  // What is taken at the gang's turn.
  [[nodiscard]] const Occupancy& occupancy() const { return state_.occupancy(); }
  [[nodiscard]] const Cluster& cluster() const { return state_.cluster(); }
  // The gang with its minimum set alone where that is possible, without base, its classes numbered as in `classes`.
  [[nodiscard]] const Gang& gang() const { return gang_; }
  [[nodiscard]] const std::vector<PodClass>& classes() const { return question_.classes; }
  // Pods that `result` has placed by the gang's turn, per gang of the request.
  [[nodiscard]] const std::vector<std::vector<PodPlacement>>& placed() const { return placed_; }

  // What is different of the occupancy: `edit` changes these nodes of it.
  struct Edit {
    std::span<const NodeIndex> nodes;
    std::function<void(Occupancy&)> edit;
  };
  // Would `gang`, which has the classes of this one, fit? kOpen if the search ends at its budget, or if too many
  // questions have been asked. O(pods * levels) beyond the search and the edit.
  Answer Ask(const Gang& gang, const Edit& edit = {});
  // From now on pods tolerate what keeps them from nodes out of service; these nodes are closed instead.
  void CloseOutOfService(std::span<const NodeIndex> nodes);
  // So many further questions are answered from now on.
  void Allow(std::uint32_t questions) { left_ = questions; }

 private:
  void TakeGang(const PlacementRequest& request, const Gang& gang);
  void KeepReplicaTogether(const PlacementRequest& request, std::uint32_t own);
  static Occupancy AtTurn(const Occupancy& start, const PlacementRequest& request, const PlacementResult& result,
                          std::size_t position, std::vector<std::vector<PodPlacement>>& placed);

  std::vector<std::vector<PodPlacement>> placed_;
  WorkState state_;
  Gang gang_;
  PlacementOptions options_;
  PlacementRequest question_;
  std::uint32_t left_ = 0;
};

// Pods of the group that are missing to its minimum.
inline std::uint32_t MissingOf(const GangGroup& group) {
  const auto active = static_cast<std::uint32_t>(group.active.size());
  return group.min_replicas - (group.min_replicas < active ? group.min_replicas : active);
}

// Taints that say of a node that it is out of service for a while; their keys.
[[nodiscard]] bool SaysOutOfService(const Taint& taint);

// The class of a candidate.
[[nodiscard]] std::uint32_t ClassOfCandidate(const GangGroup& group, std::uint32_t candidate);

}  // namespace grove::topology
