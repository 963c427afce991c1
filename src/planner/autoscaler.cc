// What Kubernetes' HorizontalPodAutoscaler decides (spec 09 §2.4), as its documentation and its controller compute it.
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "absl/strings/str_cat.h"

#include "grove/scaling.hpp"

namespace grove {
namespace {

constexpr std::int32_t kMost = std::numeric_limits<std::int32_t>::max();
constexpr std::int32_t kDefaultMinReplicas = 1;
// Without `behavior` a scale-out reaches at most twice the count, or this many.
constexpr std::int32_t kScaleUpFloor = 4;
constexpr std::int64_t kFullPercent = 100;

// ceil(ratio * count), at most what 32 bits hold. The controller computes in doubles, so this does.
std::int32_t CeilOf(double ratio, std::int64_t count) {
  const double product = std::ceil(ratio * static_cast<double>(count));
  if (!(product < static_cast<double>(kMost))) return kMost;
  return std::max(static_cast<std::int32_t>(product), 0);
}

// One pod as it counts for a metric.
struct Sample {
  std::int64_t value = 0;
  std::int64_t request = 0;
};

// Usage by target; nullopt if a sum does not fit or there is nothing to divide by.
std::optional<double> RatioOf(const std::vector<Sample>& samples, const Metric& metric) {
  std::int64_t values = 0;
  std::int64_t requests = 0;
  for (const Sample& sample : samples) {
    if (__builtin_add_overflow(values, sample.value, &values)) return std::nullopt;
    if (__builtin_add_overflow(requests, sample.request, &requests)) return std::nullopt;
  }
  std::int64_t usage = 0;
  if (metric.kind == MetricTarget::kUtilization) {
    if (requests <= 0 || __builtin_mul_overflow(values, kFullPercent, &values)) return std::nullopt;
    usage = values / requests;  // whole percent
  } else {
    if (samples.empty()) return std::nullopt;
    usage = values / static_cast<std::int64_t>(samples.size());
  }
  return static_cast<double>(usage) / static_cast<double>(metric.target);
}

// What one metric proposes; nullopt if it cannot be computed.
class Proposal {
 public:
  Proposal(const HpaInput& input, const Metric& metric) : input_(input), metric_(metric) {}

  [[nodiscard]] std::optional<std::int32_t> Compute() const {
    if (metric_.target <= 0) return std::nullopt;
    switch (metric_.kind) {
      case MetricTarget::kAverageValue:
      case MetricTarget::kUtilization:
        return FromPods();
      case MetricTarget::kTotalAverageValue:
        return FromTotalPerPod();
      case MetricTarget::kTotalValue:
        return FromTotal();
    }
    return std::nullopt;
  }

 private:
  [[nodiscard]] bool IsWithinTolerance(double ratio) const {
    const double share = static_cast<double>(input_.tolerance_thousandths) / 1000.0;
    return 1.0 - share <= ratio && ratio <= 1.0 + share;
  }

  [[nodiscard]] std::int32_t current() const { return input_.current_replicas; }

  [[nodiscard]] std::optional<std::int32_t> FromTotalPerPod() const {
    std::int64_t wanted = 0;
    if (current() > 0) {
      if (__builtin_mul_overflow(metric_.target, std::int64_t{current()}, &wanted)) return std::nullopt;
      if (IsWithinTolerance(static_cast<double>(metric_.total) / static_cast<double>(wanted))) return current();
    }
    return CeilOf(static_cast<double>(metric_.total) / static_cast<double>(metric_.target), 1);
  }

  [[nodiscard]] std::optional<std::int32_t> FromTotal() const {
    const double ratio = static_cast<double>(metric_.total) / static_cast<double>(metric_.target);
    if (current() == 0) return CeilOf(ratio, 1);
    if (IsWithinTolerance(ratio)) return current();
    return CeilOf(ratio, metric_.ready_pods);
  }

  [[nodiscard]] std::optional<std::int32_t> FromPods() const {
    std::vector<Sample> samples;
    std::int64_t unready = 0;
    std::int64_t missing = 0;
    for (const PodMetric& pod : metric_.pods) {
      // Without a value nobody asks whether the pod is ready.
      if (pod.missing) {
        ++missing;
      } else if (!pod.ready) {
        ++unready;
      } else {
        samples.push_back({pod.value, pod.request});
      }
    }
    const auto ready = static_cast<std::int64_t>(samples.size());
    const std::optional<double> ratio = RatioOf(samples, metric_);
    if (!ratio.has_value()) return std::nullopt;
    const bool counts_unready = unready > 0 && *ratio > 1.0;
    if (!counts_unready && missing == 0) return IsWithinTolerance(*ratio) ? current() : CeilOf(*ratio, ready);
    for (const PodMetric& pod : metric_.pods) {
      if (pod.missing) {
        if (const std::optional<Sample> assumed = Assumed(pod, *ratio)) samples.push_back(*assumed);
      } else if (!pod.ready && counts_unready) {
        samples.push_back({0, pod.request});
      }
    }
    return Corrected(*ratio, samples);
  }

  // What a pod without a value counts as: at its target when scaling in, idle when scaling out. Nullopt: not at all.
  [[nodiscard]] std::optional<Sample> Assumed(const PodMetric& pod, double ratio) const {
    if (ratio > 1.0) return Sample{0, pod.request};
    if (ratio == 1.0) return std::nullopt;
    if (metric_.kind != MetricTarget::kUtilization) return Sample{metric_.target, pod.request};
    const std::int64_t percent = std::max(kFullPercent, metric_.target);
    std::int64_t value = 0;
    if (__builtin_mul_overflow(pod.request, percent, &value)) value = std::numeric_limits<std::int64_t>::max();
    return Sample{value / kFullPercent, pod.request};
  }

  // The proposal with assumed values, unless they turn the direction.
  [[nodiscard]] std::optional<std::int32_t> Corrected(double ratio, const std::vector<Sample>& samples) const {
    const std::optional<double> corrected = RatioOf(samples, metric_);
    if (!corrected.has_value()) return std::nullopt;
    const bool turned = (ratio < 1.0 && *corrected > 1.0) || (ratio > 1.0 && *corrected < 1.0);
    if (turned || IsWithinTolerance(*corrected)) return current();
    const std::int32_t proposed = CeilOf(*corrected, static_cast<std::int64_t>(samples.size()));
    const bool contradicts = *corrected < 1.0 ? proposed > current() : proposed < current();
    return contradicts ? current() : proposed;
  }

  const HpaInput& input_;
  const Metric& metric_;
};

absl::Status Check(const HpaInput& input) {
  const AutoscalerBounds& bounds = input.bounds;
  if (input.current_replicas < 0) return absl::OutOfRangeError("the current replicas are below zero");
  if (bounds.min_replicas < 0 || bounds.max_replicas < bounds.min_replicas) {
    return absl::OutOfRangeError(
        absl::StrCat("bounds ", bounds.min_replicas, " to ", bounds.max_replicas, " are no range"));
  }
  return absl::OkStatus();
}

// The largest proposal; one that cannot be computed forbids to go below the current count, all of them to move.
std::optional<std::int32_t> LargestProposal(const HpaInput& input) {
  std::optional<std::int32_t> largest;
  bool failed = false;
  for (const Metric& metric : input.metrics) {
    const std::optional<std::int32_t> proposed = Proposal(input, metric).Compute();
    failed = failed || !proposed.has_value();
    if (proposed.has_value()) largest = std::max(largest.value_or(0), *proposed);
  }
  if (failed && largest.value_or(0) < input.current_replicas) return std::nullopt;
  return largest;
}

// Records `proposed` and gives the largest recommendation of the window.
std::int32_t Stabilize(const HpaInput& input, std::int32_t proposed, std::vector<Recommendation>& history) {
  const std::int64_t since = input.now.unix_seconds - input.scale_down_stabilization_seconds;
  std::int32_t largest = proposed;
  for (const Recommendation& past : input.history) {
    if (past.at.unix_seconds <= since) continue;
    history.push_back(past);
    largest = std::max(largest, past.replicas);
  }
  history.push_back({input.now, proposed});
  return largest;
}

HpaDecision Bound(const HpaInput& input, std::int32_t stabilized, HpaDecision decision) {
  const std::int64_t doubled = std::max<std::int64_t>(2 * std::int64_t{input.current_replicas}, kScaleUpFloor);
  const std::int64_t fastest = std::min<std::int64_t>(doubled, input.bounds.max_replicas);
  if (stabilized > fastest) {
    decision.replicas = static_cast<std::int32_t>(fastest);
    decision.reason = fastest == input.bounds.max_replicas ? "TooManyReplicas" : "ScaleUpLimit";
  } else if (stabilized < input.bounds.min_replicas) {
    decision.replicas = input.bounds.min_replicas;
    decision.reason = "TooFewReplicas";
  } else {
    decision.replicas = stabilized;
    decision.reason = stabilized == decision.proposed ? "DesiredWithinRange" : "ScaleDownStabilized";
  }
  return decision;
}

}  // namespace

absl::StatusOr<AutoscalerBounds> BoundsOf(const AutoScalingConfig& config) {
  const AutoscalerBounds bounds{config.min_replicas.value_or(kDefaultMinReplicas), config.max_replicas};
  if (bounds.min_replicas > bounds.max_replicas) {
    return absl::InvalidArgumentError(
        absl::StrCat("minReplicas ", bounds.min_replicas, " is above maxReplicas ", bounds.max_replicas));
  }
  return bounds;
}

absl::StatusOr<HpaDecision> DesiredByAutoscaler(const HpaInput& input) {
  if (const absl::Status status = Check(input); !status.ok()) return status;
  HpaDecision decision{input.current_replicas, input.current_replicas, input.history, ""};
  const auto settle = [&](std::int32_t replicas, std::string_view reason) {
    decision.replicas = replicas;
    decision.proposed = replicas;
    decision.reason = reason;
    return decision;
  };
  if (input.current_replicas == 0 && input.bounds.min_replicas != 0) return settle(0, "ScalingDisabled");
  if (input.current_replicas > input.bounds.max_replicas) return settle(input.bounds.max_replicas, "AboveMaximum");
  if (input.current_replicas < input.bounds.min_replicas) return settle(input.bounds.min_replicas, "BelowMinimum");
  const std::optional<std::int32_t> proposed = LargestProposal(input);
  if (!proposed.has_value()) return settle(input.current_replicas, "MetricsMissing");
  decision.proposed = *proposed;
  decision.history.clear();
  const std::int32_t stabilized = Stabilize(input, *proposed, decision.history);
  return Bound(input, stabilized, std::move(decision));
}

}  // namespace grove
