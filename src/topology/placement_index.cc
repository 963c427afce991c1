#include "grove/placement_index.hpp"

#include <algorithm>
#include <utility>

#include "topology/changes/find_changes.h"
#include "topology/planner.h"
#include "topology/request_check.h"
#include "topology/work_state.h"

namespace grove {

PlacementIndex::PlacementIndex(Occupancy occupancy)
    : state_(std::make_unique<topology::WorkState>(std::move(occupancy))) {}
PlacementIndex::~PlacementIndex() = default;
PlacementIndex::PlacementIndex(const PlacementIndex& other)
    : state_(std::make_unique<topology::WorkState>(*other.state_)) {}
PlacementIndex::PlacementIndex(PlacementIndex&&) noexcept = default;
PlacementIndex& PlacementIndex::operator=(PlacementIndex other) noexcept {
  std::swap(state_, other.state_);
  return *this;
}

const Cluster& PlacementIndex::cluster() const { return state_->cluster(); }
const Occupancy& PlacementIndex::occupancy() const { return std::as_const(*state_).occupancy(); }

bool PlacementIndex::Place(NodeIndex node, const PodClass& pod) {
  const std::size_t before = mark();
  if (!state_->occupancy().Place(node, pod)) return false;
  state_->FollowPods(before);
  state_->Refresh(node);
  return true;
}

bool PlacementIndex::Release(NodeIndex node, const PodClass& pod) {
  const std::size_t before = mark();
  if (!state_->occupancy().Release(node, pod)) return false;
  state_->FollowPods(before);
  state_->Refresh(node);
  return true;
}

bool PlacementIndex::SetUsable(NodeIndex node, bool usable) {
  if (!state_->occupancy().SetUsable(node, usable)) return false;
  state_->Refresh(node);
  return true;
}

std::size_t PlacementIndex::mark() const { return occupancy().mark(); }

void PlacementIndex::Undo(std::size_t mark) {
  mark = std::max(mark, occupancy().settled());
  while (occupancy().mark() > mark) {
    const NodeIndex node = occupancy().changed_node(occupancy().mark() - 1);
    state_->FollowPods(occupancy().mark() - 1, true);
    state_->occupancy().Undo(occupancy().mark() - 1);
    state_->Refresh(node);
  }
}

void PlacementIndex::Settle() { state_->occupancy().Settle(); }

void PlacementIndex::Apply(const PlacementRequest& request, const PlacementResult& result) {
  const std::size_t before = mark();
  grove::Apply(request, result, state_->occupancy());
  state_->FollowPods(before);
  for (std::size_t change = before; change < mark(); ++change) state_->Refresh(occupancy().changed_node(change));
}

void PlacementIndex::Prepare(std::span<const PodClass> classes) { state_->Prepare(classes); }

absl::StatusOr<PlacementResult> PlacementIndex::Plan(const PlacementRequest& request, const PlacementOptions& options) {
  if (absl::Status status = topology::CheckRequest(cluster(), request); !status.ok()) return status;
  if (absl::Status status = topology::CheckOptions(cluster(), options); !status.ok()) return status;
  PlacementResult result = topology::PlanRequest(*state_, request, options);
  topology::FindChanges(occupancy(), request, options, result);
  return result;
}

PlacementCounters PlacementIndex::counters() const { return state_->Counters(); }
std::size_t PlacementIndex::memory_bytes() const { return state_->bytes(); }

}  // namespace grove
