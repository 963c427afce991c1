// What would make a gang fit that does not: the smallest changes of each kind, each verified by searching again with
// the change applied, and the constraints that contradict each other.
//
// Everything is meant at the gang's turn: beside what was placed before it. The search of one question is bounded, and
// so is the number of questions for one gang, never by time; a change that is not found within these bounds is not
// listed, and one that is listed fits whatever the bounds.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "grove/cluster.hpp"

namespace grove {

enum class ScopeKind : std::uint8_t { kGang, kScope, kGroup };

enum class FittingChangeKind : std::uint8_t {
  kReturnNodes,    // nodes that are cordoned, not ready or under pressure come back, with what runs on them
  kRelaxLevels,    // required levels become wider ones, or none
  kLowerMinimums,  // groups need fewer pods
  kFewerScopes,    // fewer of the gang's equal scopes: replicas of a scaling group
  kFewerReplicas,  // fewer replicas of the set, or fewer scaled gangs of the base
  kFreeGangs,      // gangs that hold room give all of it up
  kFreeNodes,      // what belongs to no gang of the request leaves nodes, which are usable then
};

struct RelaxedLevel {
  ScopeKind kind = ScopeKind::kGang;
  std::uint32_t index = 0;
  std::int32_t level = -1;  // index of the level to require instead; -1: none

  friend bool operator==(const RelaxedLevel&, const RelaxedLevel&) = default;
};

struct LoweredMinimum {
  std::uint32_t group = 0;
  std::uint32_t from = 0;
  std::uint32_t to = 0;  // at least 1, and no fewer than there are active pods

  friend bool operator==(const LoweredMinimum&, const LoweredMinimum&) = default;
};

// One change. Which members mean something depends on `kind`.
struct FittingChange {
  FittingChangeKind kind = FittingChangeKind::kRelaxLevels;
  // How many constraints, pods, gangs or nodes it touches; what lists are ordered by, smallest first.
  std::uint32_t size = 0;
  // Proven: no change of this kind is smaller. If not, it is irreducible as far as the number of questions allowed:
  // with a part of it alone the gang does not fit.
  //   kRelaxLevels: no fewer constraints do, and none of them does at a narrower level.
  //   kLowerMinimums, kFewerScopes: of one group or one kind of scope; not one pod or scope more fits. Where only what
  //     lowers several groups helps: no fewer pods in all do.
  //   kFreeGangs, kReturnNodes, kFreeNodes: no fewer gangs or nodes do; of equally many gangs those that come first by
  //     priority, lowest first.
  bool minimal = false;
  std::vector<RelaxedLevel> relaxed;
  std::vector<LoweredMinimum> lowered;  // by group
  std::vector<std::uint32_t> scopes;    // kFewerScopes: all of the equal ones, of which `to` stay
  std::vector<std::uint32_t> gangs;     // indices into the request, ascending; the scaled gangs of a base go with it
  std::vector<NodeIndex> nodes;         // ascending
  std::uint32_t from = 0;               // kFewerScopes, kFewerReplicas
  std::uint32_t to = 0;

  friend bool operator==(const FittingChange&, const FittingChange&) = default;
};

// One of the constraints that contradict each other.
struct ConflictingConstraint {
  ScopeKind kind = ScopeKind::kGang;
  std::uint32_t index = 0;
  std::string level;          // the required level, as the gang states it
  std::uint32_t needed = 0;   // pods to be placed in that scope
  std::uint32_t domains = 0;  // so many domains of the level could hold the scope if it were alone, by their counts
  std::vector<DomainIndex> examples;  // the first of them

  friend bool operator==(const ConflictingConstraint&, const ConflictingConstraint&) = default;
};

// Required levels that cannot be kept together. Empty: the gang would not fit without any, or this is not known.
struct PackConflict {
  std::vector<ConflictingConstraint> constraints;
  // Proven: without any one of them the gang would fit if the others were all that is required. Otherwise some of them
  // may be superfluous.
  bool irreducible = false;
  bool smallest = false;  // proven: no fewer constraints contradict each other

  friend bool operator==(const PackConflict&, const PackConflict&) = default;
};

}  // namespace grove
