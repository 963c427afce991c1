// Host ports, and affinity and anti-affinity between pods (PL-33, PL-36): what depends on the other pods that run.
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/inlined_vector.h"

#include "grove/cluster.hpp"

#include "topology/heap_bytes.h"
#include "topology/pod_kinds.h"

namespace grove::topology {

// Counts pods by the domains of affinity terms and by host port. It follows the pods that come and go, so that a plan
// adds what its own classes ask for. Classes are known by their index in those of the plan.
class PodRules {
 public:
  explicit PodRules(const Cluster& cluster);

  // So many pods have come for good (negative: left). O(terms about them); nothing is counted before a plan or a pod
  // has rules.
  void Follow(NodeIndex node, const PodClass& pods, std::int32_t count);

  // A plan begins. O(classes and the terms about them) once they are known; O(pods that run) when the first rule is.
  void Begin(const Occupancy& occupancy, std::span<const PodClass> classes);
  // It ends. Returns the nodes that were tried, with pods for whom rules matter: all of those are taken back.
  std::span<const NodeIndex> End();

  // True iff some pod of the class, or of another, has a rule that concerns this class.
  [[nodiscard]] bool Concerns(std::uint32_t pod_class) const { return concerned_[pod_class] != 0; }
  // True iff two pods of the class never share a node.
  [[nodiscard]] bool OnePerNode(std::uint32_t pod_class) const {
    return Concerns(pod_class) && KindOf(pod_class).one_per_node;
  }
  [[nodiscard]] bool HasAffinity(std::uint32_t pod_class) const {
    return Concerns(pod_class) && !KindOf(pod_class).affinity.empty();
  }

  // True iff no port and no anti-affinity, in either direction, keeps the pod from the node, and the node has a domain
  // for every affinity term of it.
  [[nodiscard]] bool Allows(NodeIndex node, std::uint32_t pod_class) const;
  [[nodiscard]] bool PortsAllow(NodeIndex node, std::uint32_t pod_class) const;
  // True iff a pod of the class that has been placed on the node has the company that its affinity terms ask for.
  [[nodiscard]] bool HasCompany(NodeIndex node, std::uint32_t pod_class) const;

  // So many pods come until the plan ends (negative: leave). TakeBack is the opposite, cheaper if it follows.
  void Add(NodeIndex node, std::uint32_t pod_class, std::int32_t count);
  void TakeBack(NodeIndex node, std::uint32_t pod_class, std::int32_t count);

  [[nodiscard]] std::size_t bytes() const {
    return HeapBytesOf(kinds_, where_, terms_, used_ports_, of_class_, concerned_, trials_, tried_);
  }
  // Pods looked at, for counting what a plan costs.
  std::uint64_t pods_read = 0;

 private:
  // By domain of a term's label: so many pods.
  using Cells = absl::flat_hash_map<std::uint32_t, std::int32_t>;
  struct TermCount {
    Cells matching;
    Cells carrying;  // of anti-affinity
    std::int64_t all_matching = 0;
    std::int64_t carriers = 0;  // pods that run and classes of the plan; a term that nobody carries says nothing

    [[nodiscard]] std::size_t bytes() const { return HeapBytesOf(matching, carrying); }
  };
  struct Trial {
    NodeIndex node = 0;
    std::uint32_t kind = 0;
    std::int32_t count = 0;
  };
  // Kinds that nobody is of any more are kept, up to so many.
  static constexpr std::size_t kMostIdle = 4096;

  [[nodiscard]] const PodKinds::Kind& KindOf(std::uint32_t pod_class) const {
    return kinds_.kind(of_class_[pod_class]);
  }
  [[nodiscard]] bool HasTooManyKinds() const { return kinds_.size() > 2 * kinds_that_run_ + kMostIdle; }
  void Build(const Occupancy& occupancy);
  std::uint32_t Know(const PodClass& pods);
  void Settle(NodeIndex node, std::uint32_t kind, std::int32_t count);
  void Count(NodeIndex node, std::uint32_t kind, std::int32_t count);
  void CountCarriers(std::uint32_t kind, std::int64_t count);
  void MergeTrials();

  Cluster cluster_;
  bool cluster_has_rules_ = false;
  bool built_ = false;
  PodKinds kinds_;
  std::vector<absl::flat_hash_map<NodeIndex, std::int32_t>> where_;  // by kind: pods that run
  std::size_t kinds_that_run_ = 0;
  std::vector<TermCount> terms_;
  absl::flat_hash_map<NodeIndex, absl::InlinedVector<std::pair<std::uint32_t, std::int32_t>, 2>> used_ports_;

  // Of the current plan.
  std::vector<std::uint32_t> of_class_;  // kinds; empty: nobody has rules
  std::vector<std::uint8_t> concerned_;
  std::vector<Trial> trials_;
  std::size_t merge_at_ = 0;
  std::vector<NodeIndex> tried_;
};

}  // namespace grove::topology
