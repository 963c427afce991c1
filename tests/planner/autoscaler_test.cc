// What Kubernetes' autoscaler decides (spec 09 §2.4).
#include <limits>
#include <string>
#include <vector>

#include "gtest/gtest.h"

#include "grove/scaling.hpp"

namespace grove {
namespace {

constexpr std::int32_t kMost = std::numeric_limits<std::int32_t>::max();
constexpr std::int64_t kHuge = std::numeric_limits<std::int64_t>::max();

Metric Average(std::int64_t target, std::vector<PodMetric> pods) {
  return {MetricTarget::kAverageValue, target, std::move(pods), 0, 0};
}

std::vector<PodMetric> Each(std::size_t count, std::int64_t value) {
  return std::vector<PodMetric>(count, PodMetric{value, 0, false, true});
}

HpaInput Input(std::int32_t current, std::int32_t least, std::int32_t most, std::vector<Metric> metrics) {
  HpaInput input;
  input.current_replicas = current;
  input.bounds = {least, most};
  input.metrics = std::move(metrics);
  input.now = Time{1000};
  return input;
}

std::vector<PodMetric> With(std::vector<PodMetric> pods, std::vector<PodMetric> more) {
  pods.insert(pods.end(), more.begin(), more.end());
  return pods;
}

struct Case {
  std::string what;
  HpaInput input;
  std::int32_t replicas;
  std::string reason;
};

constexpr PodMetric kMissing{0, 0, true, true};
constexpr PodMetric kUnready{0, 0, false, false};

std::vector<Case> Cases() {
  const Metric broken = Average(100, {});
  return {
      {"ceil", Input(3, 1, 10, {Average(100, Each(3, 150))}), 5, "DesiredWithinRange"},
      {"within tolerance", Input(3, 1, 10, {Average(100, Each(3, 110))}), 3, "DesiredWithinRange"},
      {"just beyond", Input(10, 1, 20, {Average(100, Each(10, 111))}), 12, "DesiredWithinRange"},
      {"down", Input(4, 1, 10, {Average(100, Each(4, 40))}), 2, "DesiredWithinRange"},
      {"doubles at most", Input(3, 1, 100, {Average(100, Each(3, 1000))}), 6, "ScaleUpLimit"},
      {"four at least", Input(1, 1, 100, {Average(100, Each(1, 1000))}), 4, "ScaleUpLimit"},
      {"maximum", Input(3, 1, 4, {Average(100, Each(3, 1000))}), 4, "TooManyReplicas"},
      {"minimum", Input(4, 3, 10, {Average(100, Each(4, 1))}), 3, "TooFewReplicas"},
      {"above maximum", Input(9, 1, 5, {Average(100, Each(9, 900))}), 5, "AboveMaximum"},
      {"below minimum", Input(1, 2, 5, {Average(100, Each(1, 900))}), 2, "BelowMinimum"},
      {"switched off", Input(0, 1, 5, {Average(100, {})}), 0, "ScalingDisabled"},
      {"largest metric", Input(4, 1, 10, {Average(100, Each(4, 50)), Average(100, Each(4, 200))}), 8,
       "DesiredWithinRange"},
      {"a broken metric forbids to scale in", Input(4, 1, 10, {Average(100, Each(4, 50)), broken}), 4,
       "MetricsMissing"},
      {"not to scale out", Input(4, 1, 10, {Average(100, Each(4, 200)), broken}), 8, "DesiredWithinRange"},
      {"no metric", Input(4, 1, 10, {}), 4, "MetricsMissing"},
      // Three idle pods and a missing one: the missing one counts as at its target.
      {"missing when scaling in", Input(4, 1, 10, {Average(100, With(Each(3, 10), {kMissing}))}), 2,
       "DesiredWithinRange"},
      {"missing when scaling out", Input(4, 1, 10, {Average(100, With(Each(3, 200), {kMissing}))}), 6,
       "DesiredWithinRange"},
      // 150, 150 and two idle: 75 per pod, which would turn the direction.
      {"unready turn the direction", Input(4, 1, 10, {Average(100, With(Each(2, 150), {kUnready, kUnready}))}), 4,
       "DesiredWithinRange"},
      {"unready do not count when scaling in", Input(4, 1, 10, {Average(100, With(Each(2, 50), {kUnready}))}), 1,
       "DesiredWithinRange"},
      {"utilization",
       Input(2, 1, 10,
             {Metric{MetricTarget::kUtilization, 50, {{900, 1000, false, true}, {700, 1000, false, true}}, 0, 0}}),
       4, "DesiredWithinRange"},
      {"total per pod", Input(2, 1, 10, {Metric{MetricTarget::kTotalAverageValue, 10, {}, 45, 0}}), 4, "ScaleUpLimit"},
      {"total per pod within tolerance", Input(4, 1, 10, {Metric{MetricTarget::kTotalAverageValue, 10, {}, 41, 0}}), 4,
       "DesiredWithinRange"},
      {"total", Input(2, 1, 10, {Metric{MetricTarget::kTotalValue, 100, {}, 150, 2}}), 3, "DesiredWithinRange"},
      {"overflow of a sum", Input(4, 1, 10, {Average(100, Each(4, kHuge))}), 4, "MetricsMissing"},
      {"more than 32 bits", Input(kMost, 1, kMost, {Metric{MetricTarget::kTotalAverageValue, 1, {}, kHuge, 0}}), kMost,
       "DesiredWithinRange"},
      // Groups publish a selector of pods and a count of replicas: 2 replicas of 4 pods propose 12, not 3.
      {"pods of a group", Input(2, 1, 20, {Average(100, Each(8, 150))}), 4, "ScaleUpLimit"},
  };
}

TEST(DesiredByAutoscaler, Table) {
  for (const Case& test : Cases()) {
    const auto decision = DesiredByAutoscaler(test.input);
    ASSERT_TRUE(decision.ok()) << test.what;
    EXPECT_EQ(decision->replicas, test.replicas) << test.what;
    EXPECT_EQ(decision->reason, test.reason) << test.what;
  }
}

TEST(DesiredByAutoscaler, StabilizationDelaysScaleInOnly) {
  HpaInput input = Input(8, 1, 10, {Average(100, Each(8, 50))});
  input.history = {{Time{600}, 9}, {Time{701}, 7}, {Time{900}, 5}};
  auto decision = DesiredByAutoscaler(input);
  ASSERT_TRUE(decision.ok());
  EXPECT_EQ(decision->proposed, 4);
  EXPECT_EQ(decision->replicas, 7);
  EXPECT_EQ(decision->reason, "ScaleDownStabilized");
  EXPECT_EQ(decision->history, (std::vector<Recommendation>{{Time{701}, 7}, {Time{900}, 5}, {Time{1000}, 4}}));
  input.now = Time{1300};
  decision = DesiredByAutoscaler(input);
  ASSERT_TRUE(decision.ok());
  EXPECT_EQ(decision->replicas, 4);
}

TEST(DesiredByAutoscaler, RefusesWhatIsNoInput) {
  EXPECT_EQ(DesiredByAutoscaler(Input(-1, 1, 2, {})).status().code(), absl::StatusCode::kOutOfRange);
  EXPECT_EQ(DesiredByAutoscaler(Input(1, 3, 2, {})).status().code(), absl::StatusCode::kOutOfRange);
}

TEST(BoundsOf, AnAutoScalingConfig) {
  AutoScalingConfig config;
  config.max_replicas = 6;
  EXPECT_EQ(*BoundsOf(config), (AutoscalerBounds{1, 6}));
  config.min_replicas = 3;
  EXPECT_EQ(*BoundsOf(config), (AutoscalerBounds{3, 6}));
  config.min_replicas = 7;
  EXPECT_EQ(BoundsOf(config).status().code(), absl::StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace grove
