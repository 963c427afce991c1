// Scaling: how many objects and pods there are to be at each level, how far an autoscaler may go, what it asks for, and
// what a scale-in takes (spec 04 §11.3, §14, 09 §2). Arithmetic alone: nothing here makes an object.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#include "grove/expansion.hpp"
#include "grove/pod_clique_set.hpp"

namespace grove {

// ---- What there is to be (spec 09 §2.2) -----------------------------------------------------------------------------

struct PodCliqueCount {
  std::string name;
  std::int32_t replicas = 0;  // pods
  std::int32_t min_available = 0;

  friend bool operator==(const PodCliqueCount&, const PodCliqueCount&) = default;
};

struct ScalingGroupCount {
  std::string name;
  std::int32_t replicas = 0;
  std::int32_t min_available = 0;
  std::int64_t pods = 0;  // of all replicas together

  friend bool operator==(const ScalingGroupCount&, const ScalingGroupCount&) = default;
};

struct GangCount {
  std::string name;
  bool scaled = false;
  // Members. A base gang lists minAvailable replicas of every group even where fewer exist (PG-13).
  std::vector<std::string> pod_cliques;
  std::int64_t min_pods = 0;  // the sum of their minimums

  friend bool operator==(const GangCount&, const GangCount&) = default;
};

struct SetReplicaCount {
  std::int32_t index = 0;
  std::vector<PodCliqueCount> pod_cliques;  // standalone ones, then the members of each group by replica
  std::vector<ScalingGroupCount> scaling_groups;
  std::vector<GangCount> gangs;  // the base gang first
  std::int64_t pods = 0;

  friend bool operator==(const SetReplicaCount&, const SetReplicaCount&) = default;
};

struct SetCount {
  std::vector<SetReplicaCount> replicas;
  std::int64_t pod_cliques = 0;
  std::int64_t gangs = 0;
  std::int64_t pods = 0;

  friend bool operator==(const SetCount&, const SetCount&) = default;
};

// The names and replica counts that `set` asks for. A live PodCliqueScalingGroup or PodClique of such a name, and a
// live PodCliqueSet, keep the count that they have; objects that are being deleted do not count. Counts below zero are
// zero.
//
// ResourceExhausted if there would be more than `limits.max_objects` PodCliques, gangs, scaling groups and pods; sums
// are checked for overflow, and nothing of the size of a count is made before. O(result).
[[nodiscard]] absl::StatusOr<SetCount> CountObjects(const PodCliqueSet& set, const ObjectSet& live = {},
                                                    const Limits& limits = {});

// Pods of `replicas` replicas of a scaling group whose cliques have these pod counts. OutOfRange if a count is negative
// or the product exceeds 64 bits.
[[nodiscard]] absl::StatusOr<std::int64_t> PodsOfGroup(std::int32_t replicas, std::span<const std::int32_t> cliques);

// Number of scaled gangs: one for every replica beyond the minimum (PG-02, PG-04).
[[nodiscard]] constexpr std::int64_t ScaledGangs(std::int32_t replicas, std::int32_t min_available) {
  const std::int64_t beyond = std::int64_t{replicas} - min_available;
  return beyond > 0 ? beyond : 0;
}

// The gang of replica `index` of a scaling group: the base gang (nullopt) or the scaled gang of this number, which is
// counted from 0 (PG-02).
[[nodiscard]] constexpr std::optional<std::int32_t> ScaledGangOf(std::int32_t index, std::int32_t min_available) {
  if (index < min_available) return std::nullopt;
  return index - min_available;
}

// ---- Autoscalers (spec 09 §2.3, §2.4) -------------------------------------------------------------------------------

// How far an autoscaler may go.
struct AutoscalerBounds {
  std::int32_t min_replicas = 1;
  std::int32_t max_replicas = 0;

  friend bool operator==(const AutoscalerBounds&, const AutoscalerBounds&) = default;
};

// The bounds in the autoscaler that Grove writes for `config`. Kubernetes takes an absent minimum as 1. InvalidArgument
// if the minimum is above the maximum: the API server refuses such an autoscaler.
[[nodiscard]] absl::StatusOr<AutoscalerBounds> BoundsOf(const AutoScalingConfig& config);

// What one pod reports to one metric.
struct PodMetric {
  std::int64_t value = 0;    // in thousandths
  std::int64_t request = 0;  // of the resource, in thousandths; only for kUtilization
  bool missing = false;      // the pod exists and reports nothing
  bool ready = true;         // a pod that is not yet ready, or whose start the metric does not cover yet
};

enum class MetricTarget : std::uint8_t {
  kAverageValue,       // of pods or of a resource: `target` thousandths per pod
  kUtilization,        // of a resource: `target` percent of what the pods request
  kTotalAverageValue,  // of an object or an external source: `total` is shared by all pods, `target` per pod
  kTotalValue,         // the same, `target` for the whole
};

struct Metric {
  MetricTarget kind = MetricTarget::kAverageValue;
  std::int64_t target = 0;      // above zero
  std::vector<PodMetric> pods;  // per-pod kinds; pods that failed or are being deleted are left out
  std::int64_t total = 0;       // total kinds, in thousandths
  std::int32_t ready_pods = 0;  // kTotalValue
};

// A recommendation of the past, for stabilisation.
struct Recommendation {
  Time at;
  std::int32_t replicas = 0;

  friend bool operator==(const Recommendation&, const Recommendation&) = default;
};

struct HpaInput {
  std::int32_t current_replicas = 0;
  AutoscalerBounds bounds;
  std::vector<Metric> metrics;
  std::vector<Recommendation> history;
  Time now;
  // Share of the ratio, in thousandths, that is no reason to scale.
  std::int32_t tolerance_thousandths = 100;
  // How long a higher recommendation holds back a scale-in.
  std::int32_t scale_down_stabilization_seconds = 300;
};

struct HpaDecision {
  std::int32_t replicas = 0;
  // What the metrics ask for, before stabilisation and bounds.
  std::int32_t proposed = 0;
  std::vector<Recommendation> history;
  std::string_view reason;  // why the count is what it is, one of a few words; static

  friend bool operator==(const HpaDecision&, const HpaDecision&) = default;
};

// The decision of Kubernetes' HorizontalPodAutoscaler without `behavior`, which Grove never writes.
//
// Per metric ceil(current * ratio), where the ratio is usage by target; no change within the tolerance. Pods without
// metrics count as at their target when scaling in and as idle when scaling out, pods that are not ready as idle when
// scaling out; if that turns the direction, nothing changes. Of several metrics the largest proposal wins; one that
// cannot be computed forbids a scale-in. A scale-in waits for the stabilisation window; a scale-out at most doubles, or
// reaches 4. A count outside the bounds moves to the bound, whatever the metrics say; zero replicas with a minimum
// above zero switch the autoscaler off.
//
// Integers as Kubernetes computes them, with overflow checks: what exceeds 32 bits is the largest number of them.
// OutOfRange for counts below zero or bounds that contradict each other. O(pods + history).
[[nodiscard]] absl::StatusOr<HpaDecision> DesiredByAutoscaler(const HpaInput& input);

// ---- Scale-in of replicas (spec 09 §2.5) ----------------------------------------------------------------------------

// Which replica indices of a scaling group go: `live_indices` are those that its PodCliques that are not being deleted
// carry.
//
// As the reference counts: with e distinct indices and e > replicas the indices replicas..e-1, so that one beyond e
// stays when an index below is missing (O-12). With `by_index` every index from `replicas` on, which is what the count
// means. Ascending, without repetition. O(n log n).
[[nodiscard]] std::vector<std::int32_t> ScalingGroupScaleIn(std::int32_t replicas,
                                                            std::span<const std::int32_t> live_indices,
                                                            bool by_index = false);

// Which standalone PodCliques of a set go: those with an index from `replicas` on, but only if there are more of them
// than `cliques` per replica (O-13); with `by_index` in any case. `replica_indices` has one entry per live standalone
// PodClique, those that are being deleted included; the result has positions in it, ascending. O(n).
[[nodiscard]] std::vector<std::size_t> StandaloneScaleIn(std::int32_t replicas, std::int32_t cliques,
                                                         std::span<const std::int32_t> replica_indices,
                                                         bool by_index = false);

// ---- Pods of one PodClique (spec 09 §2.6) ---------------------------------------------------------------------------

// Creations and deletions by this process that its reads may not show yet: uids. Which field a uid is in follows the
// table of spec 09 §2.6.
struct PodExpectations {
  std::vector<std::string> create;
  std::vector<std::string> remove;

  friend bool operator==(const PodExpectations&, const PodExpectations&) = default;
};

// Among pods that no rule tells apart.
enum class RemovalTie : std::uint8_t {
  kHighestIndex,  // then by name
  kName,
};

struct PodDelta {
  std::optional<PodExpectations> expectations;  // after the sync at the start of a pass
  std::vector<std::int32_t> create;             // indices of the pods to create, ascending
  std::vector<std::size_t> remove;              // positions of the pods to delete, first to go first

  friend bool operator==(const PodDelta&, const PodDelta&) = default;
};

// Which pods a PodClique with `replicas` creates or deletes, given all pods that it controls. Without expectations (a
// process that has just started) a pod that is being deleted still counts.
//
// FailedPrecondition if pods are to be created and an active pod has no index, or two have the same
// (ERR_GET_AVAILABLE_POD_HOSTNAME_INDICES). O(n log n).
[[nodiscard]] absl::StatusOr<PodDelta> DeltaOfPods(std::int32_t replicas, std::span<const Pod* const> pods,
                                                   std::string_view expected_hash,
                                                   std::optional<PodExpectations> expectations = PodExpectations{},
                                                   RemovalTie tie = RemovalTie::kHighestIndex);

// Positions of `pods` in the order in which a scale-in takes them: without node before with one, Pending before Unknown
// before Running, not ready before ready, with another template hash before with `expected_hash`, without creation
// time, younger before older, then the tie.
//
// The reference's own relation is no order: two phases of one rank end its comparison, and of two stale pods each goes
// before the other. Here such pods are told apart by the rows that follow, so that the result does not depend on the
// order of the input; where the reference's relation is an order the two agree. O(n log n).
[[nodiscard]] std::vector<std::size_t> OrderForRemoval(std::span<const Pod* const> pods, std::string_view expected_hash,
                                                       RemovalTie tie = RemovalTie::kHighestIndex);

// The index at the end of a pod's hostname: `<anything>-<index>`; nullopt if there is none (spec 04 §11.3).
[[nodiscard]] std::optional<std::int32_t> IndexOfHostname(std::string_view hostname);

// The `count` lowest indices from 0 on that no active pod has. FailedPrecondition as above. O(n log n + count).
[[nodiscard]] absl::StatusOr<std::vector<std::int32_t>> FreeIndices(std::span<const Pod* const> pods,
                                                                    std::int64_t count);

}  // namespace grove
