#include "topology/changes/held_room.h"

#include <algorithm>
#include <limits>

namespace grove::topology {
namespace {

// Pod slots that are given back one by one; no node has more pods.
constexpr std::int64_t kMostSlots = 1024;

__extension__ using Wide = __int128;

std::int64_t Amount(const PodClass& pods, std::string_view resource) {
  if (resource == "pods") return 1;
  for (const auto& [name, amount] : pods.requests) {
    if (name == resource) return amount;
  }
  return 0;
}

}  // namespace

std::vector<std::int64_t> LeastNeeds(const WhatIf& what_if) {
  const Cluster& cluster = what_if.cluster();
  std::vector<std::int64_t> needs;
  for (const std::string& resource : cluster.resources()) {
    Wide sum = 0;
    for (const GangGroup& group : what_if.gang().groups) {
      std::int64_t least = std::numeric_limits<std::int64_t>::max();
      for (const CandidatePods& run : group.candidates) {
        least = std::min(least, Amount(what_if.classes()[run.pod_class], resource));
      }
      if (!group.candidates.empty()) sum += Wide{least} * MissingOf(group);
    }
    needs.push_back(static_cast<std::int64_t>(std::min<Wide>(sum, std::numeric_limits<std::int64_t>::max())));
  }
  return needs;
}

OtherPods::OtherPods(const Occupancy& start, const PlacementRequest& request)
    : start_(start), kept_(start.cluster().node_count()), unknown_(kept_.size(), false) {
  for (const Gang& gang : request.gangs) {
    for (const GangGroup& group : gang.groups) {
      for (const ActivePod& pod : group.active) {
        if (pod.pod_class == ActivePod::kUnknownClass) {
          unknown_[pod.node] = true;
        } else {
          kept_[pod.node].push_back(&request.classes[pod.pod_class]);
        }
      }
    }
  }
}

std::vector<std::int64_t> OtherPods::Taken(NodeIndex node) const {
  const Cluster& cluster = start_.cluster();
  const auto allocatable = cluster.allocatable(node);
  const auto free = start_.free(node);
  std::vector<std::int64_t> taken(free.size());
  for (std::size_t r = 0; r < taken.size(); ++r) {
    taken[r] = allocatable[r] - free[r];
    for (const PodClass* pods : kept_[node]) taken[r] -= Amount(*pods, cluster.resources()[r]);
    taken[r] = std::max<std::int64_t>(0, taken[r]);
  }
  return taken;
}

bool OtherPods::Any(NodeIndex node) const {
  if (unknown_[node]) return false;
  const std::vector<std::int64_t> taken = Taken(node);
  return std::ranges::any_of(taken, [](std::int64_t amount) { return amount > 0; });
}

void OtherPods::Leave(NodeIndex node, Occupancy& occupancy) const {
  const Cluster& cluster = start_.cluster();
  std::vector<std::int64_t> taken = Taken(node);
  std::vector<const PodClass*> kept = kept_[node];
  const std::size_t slot = *cluster.FindResource("pods");
  // Those that matter beyond what they take, one by one.
  const auto release = [&](const PodClass& pods) {
    const auto own = std::ranges::find_if(kept, [&](const PodClass* other) { return *other == pods; });
    if (own != kept.end()) {
      kept.erase(own);
    } else if (Occupancy::Remembers(pods) && occupancy.Release(node, pods)) {
      for (std::size_t r = 0; r < taken.size(); ++r) {
        taken[r] = std::max<std::int64_t>(0, taken[r] - Amount(pods, cluster.resources()[r]));
      }
    }
  };
  const auto running = cluster.running_pods();
  for (std::uint32_t i = 0; i < running.size(); ++i) {
    const auto released = start_.released();
    if (running[i].node != node || std::binary_search(released.begin(), released.end(), i)) continue;
    release(cluster.running_classes()[running[i].pod_class]);
  }
  for (const Occupancy::Placed& placed : start_.placed()) {
    if (placed.node == node) release(*placed.pod);
  }
  PodClass rest;
  for (std::size_t r = 0; r < taken.size(); ++r) {
    if (r != slot && taken[r] > 0) rest.requests.emplace_back(cluster.resources()[r], taken[r]);
  }
  const std::int64_t slots = std::min(taken[slot], kMostSlots);
  if (slots == 0 && !rest.requests.empty()) {
    // Something is taken without a pod to take it: one that is placed first can leave.
    occupancy.Place(node, {});
  }
  for (std::int64_t i = 1; i < slots; ++i) occupancy.Release(node, {});
  if (slots > 0 || !rest.requests.empty()) occupancy.Release(node, rest);
}

bool ReleaseActive(const PlacementRequest& request, const Gang& gang, Occupancy& occupancy) {
  for (const GangGroup& group : gang.groups) {
    for (const ActivePod& pod : group.active) {
      if (pod.pod_class == ActivePod::kUnknownClass) return false;
      if (!occupancy.Release(pod.node, request.classes[pod.pod_class])) return false;
    }
  }
  return true;
}

}  // namespace grove::topology
