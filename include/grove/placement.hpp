// Place: which pod of which gang goes to which node, or the proof that it cannot (spec 08).
//
// Pure and deterministic: equal inputs give equal results, with any number of threads. Work is bounded by a number of
// search steps, never by time. What was decided can be verified with placement_check.hpp, which shares no code with the
// search.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

#include "grove/cluster.hpp"
#include "grove/fitting_change.hpp"
#include "grove/pod_class.hpp"

namespace grove {

// How tightly the pods of a scope are packed. Node label keys of the topology's levels, or domain names.
struct PackLevels {
  std::string required;  // all pods in one domain of this level; empty: anywhere
  std::string
      preferred;  // as far as possible; never a reason to refuse. Redundant if not narrower than required (PL-50)

  friend bool operator==(const PackLevels&, const PackLevels&) = default;
};

// Pods of one group that exist, hold no room yet, and may be placed.
struct CandidatePods {
  std::uint32_t pod_class = 0;  // index into PlacementRequest::classes
  std::uint32_t count = 0;

  friend bool operator==(const CandidatePods&, const CandidatePods&) = default;
};

// A pod that holds room already (PL-44). Its requests are taken from the occupancy beforehand.
struct ActivePod {
  static constexpr std::uint32_t kUnknownClass = 0xFFFFFFFF;

  NodeIndex node = 0;
  // Index into PlacementRequest::classes. A gang that is to give room up must state it for all of its active pods;
  // those of a class with labels, ports or affinity must be among the running pods of the occupancy.
  std::uint32_t pod_class = kUnknownClass;

  friend bool operator==(const ActivePod&, const ActivePod&) = default;
};

struct GangGroup {
  static constexpr std::uint32_t kNoScope = 0xFFFFFFFF;

  std::string name;
  // Index into Gang::scopes; kNoScope: directly under the gang.
  std::uint32_t scope = kNoScope;
  PackLevels pack;
  std::uint32_t min_replicas = 0;
  // Runs of equal pods in the order in which they are preferred. Several classes occur while an update is under way.
  std::vector<CandidatePods> candidates;
  std::vector<ActivePod> active;
  // Nodes that pods of the group's former incarnation held, for PlacementOptions::reuse_nodes.
  std::vector<NodeIndex> former;

  friend bool operator==(const GangGroup&, const GangGroup&) = default;
};

// A set of groups under one constraint: a group config, or any set of such sets.
struct GangScope {
  static constexpr std::uint32_t kNoParent = 0xFFFFFFFF;

  std::string name;
  std::uint32_t parent = kNoParent;  // index of an earlier scope; kNoParent: the gang
  PackLevels pack;

  friend bool operator==(const GangScope&, const GangScope&) = default;
};

struct Gang {
  std::string gang_namespace;
  std::string name;
  std::int32_t priority = 50;  // value of the priority class (PL-20)
  // Among equals, ascending: the time of creation, or a position. Ties: namespace, then name.
  std::int64_t order = 0;
  // Name of the base gang in the same namespace if this one is scaled (PL-10). A base that is not among the gangs of
  // the request is not scheduled.
  std::string base;
  // The set (PodCliqueSet) in the same namespace that the gang belongs to, and which of its replicas; empty: none.
  std::string set;
  std::uint32_t replica = 0;
  // The topology that the levels are meant in; empty: the cluster's.
  std::string topology;
  PackLevels pack;
  std::vector<GangScope> scopes;
  std::vector<GangGroup> groups;

  friend bool operator==(const Gang&, const Gang&) = default;
};

struct PlacementRequest {
  std::vector<PodClass> classes;
  std::vector<Gang> gangs;
};

struct PlacementOptions {
  // Steps of search per gang; a step is one domain, set of domains, or number of pods on a node that is tried.
  std::uint64_t steps_per_gang = 200'000;
  // Plans gangs of equal priority jointly: where one does not fit in its turn, gangs that this request placed before
  // are moved to other places of no worse rank, so that more gangs are placed. None is lost by it. At most
  // `batch_rounds` rearrangements are tried for each gang.
  // None is moved while spread_level, near_base, replica_level or reuse_nodes is on.
  bool batch = false;
  std::uint32_t batch_rounds = 1'000;
  // States causes with numbers, and searches for the weakest change of a constraint that makes a gang fit.
  bool explain = true;
  // Also looks for the smallest changes that make gangs fit, and for the constraints that contradict each other; for
  // so many gangs that do not fit, the first ones. A gang costs up to about 1,500 questions to the search.
  std::uint32_t explain_changes = 0;
  // Options that go beyond the contract and never against it. All of them but `replica_level` and `preempt` choose
  // among placements that are allowed anyway; what they reached is stated in the result.
  //
  // Spread: the gangs of different replicas of one set (Gang::set) share as few domains of this level as possible. Each
  // gang in its turn lies in domains that hold pods of as few other replicas as possible, none at best; this comes
  // before preferred levels. The level's key or domain name; empty: off.
  std::string spread_level{};
  // The minimum set of a scaled gang lies in domains that hold pods of its base, at the narrowest level that is
  // possible; after spread, before preferred levels.
  bool near_base = false;
  // Requires that all gangs of one replica of a set lie in one domain of this level, as a required level of each of
  // them and of all of them together. The first one takes a domain that holds the minimum sets of all if one is found,
  // before it looks at ranks; its bounds are then those of any cluster. It may make scaled gangs wait. Empty: off.
  std::string replica_level{};
  // Of scopes that use several domains of the level that they prefer, the domain with most of the pods has as few of
  // them as possible, 8 + 8 rather than 15 + 1; more important scopes first. Ranks come before it.
  bool balance = false;
  // As few pods of the minimum set as possible are on other nodes than GangGroup::former of any of the gang's groups;
  // after ranks, before balance.
  bool reuse_nodes = false;
  // A gang that does not fit in its turn takes room from gangs of strictly lower priority that state the classes of
  // their active pods (PL-60, PL-66). Surplus goes before whole gangs. Whole gangs: as few as possible, of the lowest
  // priorities; a base goes with its scaled gangs; exactly so as long as 400 sets of gangs and 1,000 questions of
  // 20,000 steps suffice for a gang. What goes is irreducible. A gang that loses its minimum is not placed again by the
  // same plan.
  bool preempt = false;
  // Worker threads for what can be computed side by side. The result is the same for any number.
  std::uint32_t threads = 1;
};

enum class GangOutcome : std::uint8_t {
  kPlaced,      // the minimum set is placed, or has been before
  kInfeasible,  // proven: no placement obeys the contract, given what was placed before
  kNotFound,    // the budget was used up; it may or may not fit
  kNotReady,    // fewer candidates than missing pods (PL-04)
  kNoBase,      // the base gang is not scheduled (PL-10)
  kInvalid,     // unknown topology or level (PL-48)
};

// How well a scope with a preferred level is packed (PL-52): first the narrowest level, not narrower than the preferred
// one, at which one domain holds it; then the number of domains of the preferred level. Active pods count.
struct PackRank {
  // Index of the level; -1: only the whole cluster holds it.
  std::int32_t level = -1;
  std::uint32_t domains = 0;

  friend bool operator==(const PackRank&, const PackRank&) = default;
};

// The figures of one scope that prefers a level, for its minimum set.
struct ScopeFigure {
  ScopeKind kind = ScopeKind::kGang;
  std::uint32_t index = 0;      // into Gang::scopes or Gang::groups
  std::uint32_t preferred = 0;  // index of the preferred level
  PackRank rank;                // reached
  PackRank bound;               // no placement is better, given those of the more important scopes
  // With PlacementOptions::balance: pods in the domain of the preferred level that has most of them; else 0.
  std::uint32_t largest = 0;

  friend bool operator==(const ScopeFigure&, const ScopeFigure&) = default;
};

struct PodPlacement {
  std::uint32_t group = 0;
  std::uint32_t candidate = 0;  // position among the group's candidate pods, counted over its runs
  NodeIndex node = 0;
  bool surplus = false;

  friend bool operator==(const PodPlacement&, const PodPlacement&) = default;
};

// Why a gang is not placed (spec 08 §12): the first cause that applies.
enum class PlacementCause : std::uint8_t {
  kNone,
  kUnknownTopology,
  kUnknownLevel,
  kNotReady,
  kBaseNotScheduled,
  kFitsNoNode,        // a pod fits no node as the nodes are now
  kClusterTooSmall,   // the minimum set exceeds what is free in the cluster
  kNoDomain,          // no domain of the required level holds the scope
  kPinnedDomainFull,  // the domain that active pods of the scope are in has no room
  kActivePodsApart,   // active pods of the scope are in no domain, or in several and none has room (PL-47)
  kJointly,           // every scope fits by itself, not all together
  kBudget,
  kReplicaDomainFull,  // PlacementOptions::replica_level: the domain that holds the replica's other gangs has no room
  kPreempted,          // it gave its room up to a gang of higher priority
};

// Nodes that a pod is refused by, per first reason.
struct NodeRefusals {
  std::uint32_t unusable = 0;
  std::uint32_t not_admitted = 0;  // selector, affinity to nodes, taints
  std::uint32_t host_ports = 0;
  std::uint32_t pod_affinity = 0;
  std::vector<std::pair<std::string, std::uint32_t>> resources;  // by the first resource that lacks, resource order

  friend bool operator==(const NodeRefusals&, const NodeRefusals&) = default;
};

struct PlacementExplanation {
  PlacementCause cause = PlacementCause::kNone;
  // The scope that does not fit, or the group whose pod fits nowhere or that lacks candidates.
  ScopeKind kind = ScopeKind::kGang;
  std::uint32_t index = 0;
  std::string level;            // its required level, for kUnknownLevel and kNoDomain
  std::uint32_t needed = 0;     // pods to be placed in that scope
  std::uint32_t placeable = 0;  // the most of them that count bounds allow in the best domain
  std::optional<DomainIndex> best_domain;
  std::string resource;        // the scarcest one in the best domain, empty if it is not one
  std::int64_t requested = 0;  // of it, in that domain
  std::int64_t free = 0;
  // The narrowest wider level at which the gang would fit, if that level were required of the scope instead; -1: only
  // without the constraint. Verified by search.
  std::optional<std::int32_t> fits_at_level;
  NodeRefusals refusals;  // for kFitsNoNode
  // With PlacementOptions::explain_changes, for what is infeasible or was not found.
  PackConflict conflict;
  std::vector<FittingChange> changes;  // smallest first; of equal size in the order of their kinds

  friend bool operator==(const PlacementExplanation&, const PlacementExplanation&) = default;
};

// What options reached for one gang; unset for those that are off or have nothing to do with it.
struct OptionFigures {
  // Spread: the most other replicas of the set that have pods in one of its domains, at its turn.
  std::optional<std::uint32_t> replicas_beside;
  // Near the base: the narrowest level at which each of its pods is in a domain with pods of the base; -1: none.
  std::optional<std::int32_t> near_base_level;
  // Reuse: pods of the minimum set on nodes of the former incarnation.
  std::optional<std::uint32_t> reused;
  // The figures are the best that is possible, given what was placed before. Where not: the budget was used up, or the
  // gang chose the domain of its replica, of which another one may be better.
  bool optimal = false;

  friend bool operator==(const OptionFigures&, const OptionFigures&) = default;
};

struct GangPlacement {
  std::uint32_t gang = 0;  // index into PlacementRequest::gangs
  GangOutcome outcome = GangOutcome::kNotFound;
  // By group, then candidate. The minimum set, then surplus as far as it fits.
  std::vector<PodPlacement> pods;
  // In order of importance (PL-55).
  std::vector<ScopeFigure> figures;
  // No other placement ranks better: every figure equals its bound.
  bool optimal = false;
  // The surplus that is not placed is proven not to fit.
  bool surplus_complete = false;
  std::uint64_t steps = 0;
  OptionFigures options;
  PlacementExplanation explanation;

  friend bool operator==(const GangPlacement&, const GangPlacement&) = default;
};

// An active pod that gives its room up.
struct EvictedPod {
  std::uint32_t group = 0;
  std::uint32_t active = 0;  // position in GangGroup::active

  friend bool operator==(const EvictedPod&, const EvictedPod&) = default;
};

// What one gang loses to another one (PlacementOptions::preempt).
struct Eviction {
  std::uint32_t gang = 0;        // who loses
  std::uint32_t for_gang = 0;    // who gets the room
  bool whole = false;            // all of its pods; otherwise surplus alone
  std::vector<EvictedPod> pods;  // by group, then position

  friend bool operator==(const Eviction&, const Eviction&) = default;
};

// What it took, for measuring. Only `steps` follows from the input alone: the others also tell what was indexed before.
struct PlacementCounters {
  std::uint64_t steps = 0;
  std::uint64_t nodes_read = 0;    // free vectors of nodes read
  std::uint64_t domains_read = 0;  // counts of domains read
  std::uint64_t index_builds = 0;  // passes over the node table to index a class of pods
  std::uint64_t updates = 0;       // entries of indexes written because pods came or went on a node

  friend bool operator==(const PlacementCounters&, const PlacementCounters&) = default;
};

struct PlacementResult {
  // One per gang, in the order in which they were decided: an executable order (PL-14).
  std::vector<GangPlacement> gangs;
  std::uint32_t placed = 0;
  // At most this many gangs can be placed, whatever the order and the places: no less than `placed`.
  std::uint32_t placed_bound = 0;
  // In the order of the decisions. They come true before the pods of `for_gang` are placed.
  std::vector<Eviction> evictions;
  PlacementCounters counters;
};

// Decides gangs in the order of PL-20: priority, then gangs below their minimum, base gangs before their scaled ones,
// `order`, namespace, name. At equal priority all minimum sets come before anybody's surplus (PL-23). Each gang is
// decided given those before it. Objective for one gang, in this order: its minimum set is placed; preferred levels,
// scope by scope, gang before scopes (outer ones first) before groups, more pods first, then list order (PL-55);
// surplus, groups in list order; large domains stay whole.
//
// The search is complete within the budget: kInfeasible is a proof. Of a group whose candidates are of several classes,
// the first in the list are preferred to make up the minimum; others are tried where those do not fit.
//
// Ties are broken by what domains look like, by names only among those that look alike. Where not every gang fits, a
// few ways to break ties are tried, and the one with the most gangs and the most of the scarcest resource is taken;
// higher priorities decide first.
//
// InvalidArgument for indices out of range, an invalid class, a scope before its parent, two gangs of one name, or more
// than kMostPodsPerGang pods in a gang, or an option that names an unknown level.
[[nodiscard]] absl::StatusOr<PlacementResult> Place(const Occupancy& occupancy, const PlacementRequest& request,
                                                    const PlacementOptions& options = {});

inline constexpr std::uint32_t kMostPodsPerGang = 1'000'000;

// Takes evicted pods from an occupancy, and puts the pods of a result onto it.
void Apply(const PlacementRequest& request, const PlacementResult& result, Occupancy& occupancy);

}  // namespace grove
