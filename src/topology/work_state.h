// What is free while gangs are planned, and how many copies of each class of pods fit where.
//
// One WorkState belongs to one plan. Counts per class are kept for every node and, summed up, for every domain; a pod
// that comes or goes changes them along the node's domains only. Classes that the current gang does not use catch up
// later, from the log of changed nodes.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "grove/cluster.hpp"
#include "grove/placement.hpp"

#include "topology/ordered_units.h"
#include "topology/pod_rules.h"

namespace grove::topology {

// Counts of copies are cut off here; no gang has as many pods.
inline constexpr std::int64_t kMostCopies = std::int64_t{1} << 30;

// What placement asks of a node for one class, resolved against the cluster.
struct ClassNeeds {
  std::vector<std::int64_t> requests;  // by resource
  bool impossible = false;             // asks for a resource that no node states
  bool admitted_everywhere = true;
  std::vector<std::uint8_t> admitted;  // by node, unless everywhere
  double share = 0;                    // largest part of any node's allocatable: how hard the pod is to place
};

// Copies of one class by node and by domain.
struct CopyIndex {
  std::uint32_t pod_class = 0;
  std::vector<std::int32_t> copies;  // by node
  std::vector<std::int64_t> sums;    // by domain
  std::size_t seen = 0;              // position in the log of changes
  std::uint64_t used = 0;            // when it was used last
  // By depth; only those that were asked for.
  std::vector<std::unique_ptr<OrderedUnits>> orders;
};

class WorkState {
 public:
  // `salt` decides between what would otherwise be equally good.
  WorkState(const Occupancy& occupancy, std::span<const PodClass> classes, std::uint64_t salt = 0);

  [[nodiscard]] const Cluster& cluster() const { return occupancy_.cluster(); }
  [[nodiscard]] std::span<const PodClass> classes() const { return classes_; }
  [[nodiscard]] const ClassNeeds& needs(std::uint32_t pod_class) const { return needs_[pod_class]; }
  [[nodiscard]] const PodRules& rules() const { return rules_; }
  [[nodiscard]] std::uint32_t depth_count() const { return levels_ + 1; }  // the root and the levels
  [[nodiscard]] std::uint32_t domain_count() const { return static_cast<std::uint32_t>(domains_.size()); }
  [[nodiscard]] const Domain& domain(DomainIndex index) const { return domains_[index]; }
  // The domain of a node at a depth; 0 is the root.
  [[nodiscard]] DomainIndex DomainAt(NodeIndex node, std::uint32_t depth) const {
    return depth == 0 ? 0 : node_domains_[node * levels_ + depth - 1];
  }
  // The domain at a coarser or equal depth that holds `index`.
  [[nodiscard]] DomainIndex AncestorAt(DomainIndex index, std::uint32_t depth) const {
    while (domains_[index].depth > depth) index = domains_[index].parent;
    return index;
  }
  // The domains at `depth` inside `index`: a range.
  [[nodiscard]] std::pair<DomainIndex, DomainIndex> DomainsInside(DomainIndex index, std::uint32_t depth) const;
  [[nodiscard]] std::uint64_t node_signature(NodeIndex node) const { return node_signatures_[node]; }
  [[nodiscard]] std::uint64_t signature(DomainIndex index) const { return signatures_[index]; }
  [[nodiscard]] std::span<const std::int64_t> free(NodeIndex node) const {
    return std::span(free_).subspan(std::size_t{node} * width_, width_);
  }
  [[nodiscard]] std::int64_t node_free(NodeIndex node, std::size_t resource) const {
    return free_[std::size_t{node} * width_ + resource];
  }
  [[nodiscard]] std::size_t width() const { return width_; }
  [[nodiscard]] bool IsUsable(NodeIndex node) const { return usable_[node] != 0; }
  [[nodiscard]] bool Admits(NodeIndex node, std::uint32_t pod_class) const;

  // The class's index, brought up to date; it stays so while it is among those that `Watch` was given.
  CopyIndex& Index(std::uint32_t pod_class);
  // Names the classes whose counts Take keeps up to date; the others catch up later.
  void Watch(std::span<CopyIndex* const> indexes) { watched_.assign(indexes.begin(), indexes.end()); }
  // The order of the domains of a depth by copies; depth_count() stands for the nodes. Up to date as of the last call
  // of Index for the class.
  const OrderedUnits& Order(CopyIndex& index, std::uint32_t depth);

  // `count` pods come to the node (negative: leave). O(levels * watched classes).
  void Take(NodeIndex node, std::uint32_t pod_class, std::int32_t count);
  // Takes back the latest Take that has not been taken back.
  void TakeBack(NodeIndex node, std::uint32_t pod_class, std::int32_t count);
  // True iff rules on other pods let one more pod of the class onto the node.
  [[nodiscard]] bool RulesAllow(NodeIndex node, std::uint32_t pod_class) const {
    return rules_.Allows(node, pod_class);
  }

  // Copies of one class within what another requests: the weight of a pod in counts of smaller ones.
  [[nodiscard]] std::int64_t CopiesWithin(std::uint32_t small, std::uint32_t large) const;

  PlacementCounters counters;

 private:
  void ResolveClass(const PodClass& pods, const std::vector<std::int64_t>& largest, ClassNeeds& needs);
  [[nodiscard]] std::int32_t CountCopies(NodeIndex node, std::uint32_t pod_class) const;
  void Rebuild(CopyIndex& index);
  void CatchUp(CopyIndex& index);
  void SetCopies(CopyIndex& index, NodeIndex node, std::int32_t copies);
  void Sign(NodeIndex node);
  void SignAll();
  void Evict();
  void Move(NodeIndex node, std::uint32_t pod_class, std::int32_t count);
  [[nodiscard]] OrderedUnits::Key KeyOf(const CopyIndex& index, std::uint32_t depth, Unit unit) const;

  static constexpr std::size_t kMostIndexes = 64;

  Occupancy occupancy_;  // as it was; keeps what rules_ points to
  std::vector<PodClass> classes_;
  std::span<const Domain> domains_;
  std::uint32_t levels_ = 0;
  std::size_t width_ = 0;
  std::vector<std::int64_t> free_;
  std::vector<std::uint8_t> usable_;
  std::vector<DomainIndex> node_domains_;
  std::vector<std::uint64_t> fixed_signatures_;  // by node, of what does not change; empty if all are alike
  std::vector<std::uint64_t> node_signatures_;
  std::vector<std::uint64_t> signatures_;  // by domain
  PodRules rules_;
  std::vector<ClassNeeds> needs_;
  std::vector<std::unique_ptr<CopyIndex>> indexes_;  // by class
  std::vector<CopyIndex*> watched_;
  std::vector<NodeIndex> changed_;
  std::vector<std::uint32_t> touched_domains_;  // scratch
  std::uint64_t clock_ = 0;
  std::uint64_t salt_ = 0;
};

}  // namespace grove::topology
