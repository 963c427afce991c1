// What is free while gangs are planned, and how many copies of each class of pods fit where.
//
// A WorkState lives as long as its occupancy is planned on. Counts per class are kept for every node and, summed up,
// for every domain; a pod that comes or goes changes them along the node's domains only. Classes that the current gang
// does not use catch up later, from the log of changed nodes.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "grove/cluster.hpp"
#include "grove/placement.hpp"

#include "topology/change_log.h"
#include "topology/copy_index.h"
#include "topology/looks.h"
#include "topology/needs_table.h"
#include "topology/node_table.h"
#include "topology/ordered_units.h"
#include "topology/pod_rules.h"

namespace grove::topology {

struct ProblemPool;
class Planner;

class WorkState {
 public:
  __extension__ using Wide = __int128;

  explicit WorkState(Occupancy occupancy);
  WorkState(const WorkState& other);
  WorkState& operator=(const WorkState&) = delete;

  [[nodiscard]] Occupancy& occupancy() { return occupancy_; }
  [[nodiscard]] const Occupancy& occupancy() const { return occupancy_; }
  [[nodiscard]] const Cluster& cluster() const { return occupancy_.cluster(); }
  // The occupancy of the node is other than before. O(resources + levels).
  void Refresh(NodeIndex node);
  // Counts the pods that the occupancy's changes from the mark on have moved. `undone`: before they are taken back.
  // O(terms of affinity about them).
  void FollowPods(std::size_t mark, bool undone = false);

  // A plan begins: classes are numbered as in `classes`, which outlives the plan. `salt` decides between what would
  // otherwise be equally good.
  void Begin(std::span<const PodClass> classes, std::uint64_t salt = 0);
  // The plan ends: everything is as the occupancy says again.
  void End();
  // Indexes classes ahead of the plans that will use them.
  void Prepare(std::span<const PodClass> classes);

  [[nodiscard]] std::span<const PodClass> classes() const { return classes_; }
  [[nodiscard]] const ClassNeeds& needs(std::uint32_t pod_class) const { return needs_[entries_[pod_class]]; }
  [[nodiscard]] const PodRules& rules() const { return rules_; }
  [[nodiscard]] std::uint32_t depth_count() const { return nodes_.levels + 1; }  // the root and the levels
  [[nodiscard]] std::uint32_t domain_count() const { return static_cast<std::uint32_t>(nodes_.domains.size()); }
  [[nodiscard]] const Domain& domain(DomainIndex index) const { return nodes_.domains[index]; }
  // The domain of a node at a depth; 0 is the root.
  [[nodiscard]] DomainIndex DomainAt(NodeIndex node, std::uint32_t depth) const { return nodes_.DomainAt(node, depth); }
  // The domain at a coarser or equal depth that holds `index`.
  [[nodiscard]] DomainIndex AncestorAt(DomainIndex index, std::uint32_t depth) const {
    while (nodes_.domains[index].depth > depth) index = nodes_.domains[index].parent;
    return index;
  }
  // The domains at `depth` inside `index`: a range.
  [[nodiscard]] std::pair<DomainIndex, DomainIndex> DomainsInside(DomainIndex index, std::uint32_t depth) const;
  [[nodiscard]] std::uint64_t node_signature(NodeIndex node) const { return looks_.node(node); }
  [[nodiscard]] std::uint64_t signature(DomainIndex index) const { return looks_.domain(index); }
  [[nodiscard]] std::span<const std::int64_t> free(NodeIndex node) const { return {nodes_.row(node), nodes_.width}; }
  [[nodiscard]] std::int64_t node_free(NodeIndex node, std::size_t resource) const {
    return nodes_.row(node)[resource];
  }
  // What is free on all nodes, of each resource; nodes on which more runs than fits count as full.
  [[nodiscard]] std::span<const Wide> free_in_all() const { return free_in_all_; }
  // Which nodes have changed; what is on trial is listed too.
  [[nodiscard]] const ChangeLog& log() const { return log_; }
  [[nodiscard]] std::size_t width() const { return nodes_.width; }
  [[nodiscard]] bool IsUsable(NodeIndex node) const { return nodes_.usable[node] != 0; }
  [[nodiscard]] bool Admits(NodeIndex node, std::uint32_t pod_class) const {
    const ClassNeeds& needs = this->needs(pod_class);
    return !needs.impossible && nodes_.usable[node] != 0 && needs_.Admits(needs.column, node);
  }

  // The class's index, brought up to date; it stays so while it is among those that `Watch` was given.
  CopyIndex& Index(std::uint32_t pod_class);
  // Names the classes whose counts Take keeps up to date; the others catch up later.
  void Watch(std::span<CopyIndex* const> indexes) { watched_.assign(indexes.begin(), indexes.end()); }
  // The order of the domains of a depth by copies; depth_count() stands for the nodes. Asked for while no pods are
  // taken on trial.
  const OrderedUnits& Order(const CopyIndex& index, std::uint32_t depth) { return looks_.Order(index, depth); }

  // `count` pods come to the node (negative: leave). O(levels * watched classes).
  void Take(NodeIndex node, std::uint32_t pod_class, std::int32_t count);
  // Takes back the latest Take that has not been taken back.
  void TakeBack(NodeIndex node, std::uint32_t pod_class, std::int32_t count);
  // True iff rules on other pods let one more pod of the class onto the node.
  [[nodiscard]] bool RulesAllow(NodeIndex node, std::uint32_t pod_class) const {
    return rules_.Allows(node, pod_class);
  }

  // What the plan may do with a node until it is marked otherwise or the plan ends, whatever the occupancy says:
  // nothing, place pods there, or place pods there and tell it from others. O(levels * watched classes); not while a
  // search has pods on nodes.
  enum class Mark : std::uint8_t { kClosed = 0, kOpen = 1, kFavoured = 2 };
  void SetMark(NodeIndex node, Mark mark);

  // Copies of one class that a pod of another takes the room of, at least, wherever it goes: its weight in counts of
  // smaller ones. Looks only at resources that are `scarce` for the small one (CopyIndex), and holds as long as no
  // other limits any count: a pod takes one of a node's slots, and the room of two that are half its size, as long as
  // there are slots enough.
  [[nodiscard]] std::int64_t CopiesWithin(std::uint32_t small, std::uint32_t large, std::uint64_t scarce);

  // Since the state was made.
  [[nodiscard]] PlacementCounters Counters() const;
  [[nodiscard]] std::size_t bytes() const;

  PlacementCounters counters;
  // For whoever searches: one entry per domain, zero whenever nobody searches.
  std::vector<std::uint32_t> domain_slots;
  // For problem.h; not shared with copies.
  std::shared_ptr<ProblemPool> problems;
  // For planner.h; not shared with copies.
  std::shared_ptr<Planner> planner;

 private:
  static constexpr std::size_t kMostIndexes = 16;
  static constexpr std::size_t kMostNeeds = 4096;

  [[nodiscard]] std::int32_t CountCopies(NodeIndex node, CopyIndex& index) const;
  void Rebuild(CopyIndex& index);
  void CatchUp(CopyIndex& index);
  void SetCopies(CopyIndex& index, NodeIndex node, std::int32_t copies);
  void Evict();
  void Move(NodeIndex node, std::uint32_t pod_class, std::int32_t count);
  void CountFree(const std::int64_t* row, int sign);

  Occupancy occupancy_;
  NodeTable nodes_;
  std::vector<Wide> free_in_all_;
  NeedsTable needs_;
  PodRules rules_;
  ChangeLog log_;
  Looks looks_;
  std::vector<std::unique_ptr<CopyIndex>> indexes_;
  std::uint64_t clock_ = 0;

  // Of the current plan.
  std::span<const PodClass> classes_;
  std::vector<std::uint32_t> entries_;  // by class
  std::vector<CopyIndex*> watched_;
  ChangeLog::Position begin_ = 0;
};

}  // namespace grove::topology
