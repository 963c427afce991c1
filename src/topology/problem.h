// One gang to be placed, resolved against the cluster: scopes with depths, demands with classes.
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "grove/placement.hpp"

#include "topology/heap_bytes.h"
#include "topology/work_state.h"

namespace grove::topology {

// Pods of one group and class that are to be placed.
struct Demand {
  std::uint32_t scope = 0;  // the group's
  std::uint32_t group = 0;
  std::uint32_t kind = 0;  // into Problem::classes
  std::int32_t count = 0;
  // Surplus pods obey what is required, and neither count for what is preferred.
  bool surplus = false;
};

// How well a scope is to be packed: in one domain at `depth`, and in at most `domains` of the preferred depth.
struct Target {
  std::uint32_t depth = 0;  // 0: the whole cluster
  std::uint32_t domains = 0xFFFFFFFF;

  friend bool operator==(const Target&, const Target&) = default;
  // Better ranks are less (PL-52).
  friend bool operator<(const Target& a, const Target& b) {
    return a.depth != b.depth ? a.depth > b.depth : a.domains < b.domains;
  }
};

struct Scope {
  ScopeKind kind = ScopeKind::kGang;
  std::uint32_t index = 0;
  std::uint32_t parent = 0;            // a smaller index; of the gang itself 0
  std::uint32_t nesting = 0;           // 0 for the gang
  std::uint32_t required = 0;          // depth, 0 for none
  std::uint32_t preferred = 0;         // depth, 0 for none or redundant
  std::uint32_t stated_preferred = 0;  // depth as stated, redundant or not
  // The narrowest depth that is required of the scope or of one around it.
  std::uint32_t floor = 0;
  std::uint32_t minimum = 0;  // pods of the minimum set, for the order of importance
  std::vector<NodeIndex> active;
  // If `required` and active pods: the domains that they are in (PL-44, PL-47).
  std::vector<DomainIndex> pinned;
  // Of those, and of those in the scopes inside: pods that the plan has placed.
  std::vector<NodeIndex> placed;
  std::vector<std::uint32_t> children;
  std::vector<std::uint32_t> by_hardness;  // children, hard and large ones first
  std::vector<std::uint32_t> demands;
  // Needs in copies of each kind: of the counted demands inside, and of all.
  std::vector<std::int64_t> weight;
  std::vector<std::int64_t> weight_with_surplus;
  std::uint32_t hardest = 0;  // the kind by which domains are ordered
  std::int64_t pods = 0;      // to be placed, without surplus

  // As a new one, but for the room of its lists.
  void Reset();
  [[nodiscard]] std::size_t bytes() const {
    return HeapBytesOf(active, pinned, placed, children, by_hardness, demands, weight, weight_with_surplus);
  }
};

struct ProblemParts {
  std::vector<std::uint32_t> classes;  // by kind, hardest first
  std::vector<CopyIndex*> indexes;     // by kind
  std::vector<std::int64_t> within;    // copies of kind row in one pod of kind column
  std::vector<std::uint64_t> scarce;   // by kind: what its weights look at
  std::vector<Scope> scopes;           // parents first; [0] is the gang
  std::vector<Demand> demands;
  std::vector<std::uint32_t> ranked;  // scopes that prefer a level, most important first
  bool has_surplus = false;

  [[nodiscard]] std::size_t kinds() const { return classes.size(); }
  [[nodiscard]] std::int64_t Within(std::size_t small, std::size_t large) const {
    return within[small * classes.size() + large];
  }
  [[nodiscard]] std::size_t bytes() const {
    return HeapBytesOf(classes, indexes, within, scarce, scopes, demands, ranked);
  }
};

// The lists of problems that are gone, for those to come: nothing is allocated for a further gang of the same shape.
struct ProblemPool {
  std::vector<ProblemParts> parts;
  std::vector<Scope> scopes;

  [[nodiscard]] std::size_t bytes() const { return sizeof(*this) + HeapBytesOf(parts, scopes); }
};

// Gives its lists back to the pool that it has them from.
struct Problem : ProblemParts {
  explicit Problem(ProblemPool& from);
  Problem(Problem&& other) noexcept : ProblemParts(std::move(other)), pool(other.pool) {}
  Problem& operator=(Problem&&) = delete;
  ~Problem();

  ProblemPool& pool;
};

// How many pods of which class to place for a group.
struct GroupDemand {
  std::uint32_t group = 0;
  std::uint32_t pod_class = 0;
  std::int32_t count = 0;
  bool surplus = false;
};

// The depth of a level named by key or domain: 0 for "", nullopt if unknown.
std::optional<std::uint32_t> DepthOf(const Cluster& cluster, const std::string& level);

// A level that is required of one scope instead of what the gang states.
struct OtherLevel {
  std::uint32_t scope = 0;  // into Problem::scopes
  std::uint32_t depth = 0;
};

// `active` lists, by group, the nodes of pods that hold room: those that the gang states, then those placed since.
// Levels are known to exist.
Problem MakeProblem(WorkState& state, const Gang& gang, std::span<const GroupDemand> demands,
                    std::span<const std::vector<NodeIndex>> active, const OtherLevel* other = nullptr);

// False once a count is limited by a resource that the problem's weights don't know of. What necessary conditions
// refused since then is not proven.
[[nodiscard]] bool WeightsHold(const Problem& problem);
// The same problem with weights that hold.
Problem Reweigh(WorkState& state, const Problem& problem);

// The rank that a set of nodes has for a scope.
Target RankOf(const WorkState& state, const Scope& scope, std::vector<NodeIndex>& nodes);

}  // namespace grove::topology
