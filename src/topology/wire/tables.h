// Enumerations of the planner and of its messages, side by side.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <utility>

#include "grove/placement.hpp"
#include "grove/placement.pb.h"

namespace grove::topology {

template <class Own, class Message, std::size_t kSize>
struct EnumTable {
  std::array<std::pair<Own, Message>, kSize> rows;

  [[nodiscard]] constexpr Message ToMessage(Own value) const {
    for (const auto& [own, message] : rows) {
      if (own == value) return message;
    }
    return Message{};
  }
  [[nodiscard]] constexpr std::optional<Own> FromMessage(Message value) const {
    for (const auto& [own, message] : rows) {
      if (message == value) return own;
    }
    return std::nullopt;
  }
};

namespace pb = grove::placement::v1;

inline constexpr EnumTable<GangOutcome, pb::Outcome, 6> kOutcomes{{{
    {GangOutcome::kPlaced, pb::PLACED},
    {GangOutcome::kInfeasible, pb::INFEASIBLE},
    {GangOutcome::kNotFound, pb::NOT_FOUND},
    {GangOutcome::kNotReady, pb::NOT_READY},
    {GangOutcome::kNoBase, pb::NO_BASE},
    {GangOutcome::kInvalid, pb::INVALID},
}}};

inline constexpr EnumTable<ScopeKind, pb::ScopeKind, 3> kScopeKinds{{{
    {ScopeKind::kGang, pb::GANG},
    {ScopeKind::kScope, pb::SCOPE},
    {ScopeKind::kGroup, pb::GROUP},
}}};

inline constexpr EnumTable<PlacementCause, pb::Cause, 14> kCauses{{{
    {PlacementCause::kNone, pb::CAUSE_UNSPECIFIED},
    {PlacementCause::kUnknownTopology, pb::UNKNOWN_TOPOLOGY},
    {PlacementCause::kUnknownLevel, pb::UNKNOWN_LEVEL},
    {PlacementCause::kNotReady, pb::TOO_FEW_CANDIDATES},
    {PlacementCause::kBaseNotScheduled, pb::BASE_NOT_SCHEDULED},
    {PlacementCause::kFitsNoNode, pb::FITS_NO_NODE},
    {PlacementCause::kClusterTooSmall, pb::CLUSTER_TOO_SMALL},
    {PlacementCause::kNoDomain, pb::NO_DOMAIN},
    {PlacementCause::kPinnedDomainFull, pb::PINNED_DOMAIN_FULL},
    {PlacementCause::kActivePodsApart, pb::ACTIVE_PODS_APART},
    {PlacementCause::kJointly, pb::JOINTLY},
    {PlacementCause::kBudget, pb::BUDGET},
    {PlacementCause::kReplicaDomainFull, pb::REPLICA_DOMAIN_FULL},
    {PlacementCause::kPreempted, pb::PREEMPTED},
}}};

inline constexpr EnumTable<FittingChangeKind, pb::FittingChangeKind, 7> kChangeKinds{{{
    {FittingChangeKind::kReturnNodes, pb::RETURN_NODES},
    {FittingChangeKind::kRelaxLevels, pb::RELAX_LEVELS},
    {FittingChangeKind::kLowerMinimums, pb::LOWER_MINIMUMS},
    {FittingChangeKind::kFewerScopes, pb::FEWER_SCOPES},
    {FittingChangeKind::kFewerReplicas, pb::FEWER_REPLICAS},
    {FittingChangeKind::kFreeGangs, pb::FREE_GANGS},
    {FittingChangeKind::kFreeNodes, pb::FREE_NODES},
}}};

}  // namespace grove::topology
