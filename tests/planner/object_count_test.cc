// Limits of an expansion, and that its size is known before it is made.

#include "planner/object_count.h"

#include <cstdint>
#include <limits>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "planner/expand_json.h"

namespace grove::planner {
namespace {

using testing::IsEmpty;

constexpr std::int32_t kMost = std::numeric_limits<std::int32_t>::max();

struct Numbers {
  std::int32_t set = 1;
  std::int32_t group = 1;
  std::int32_t min_available = 1;
  std::int32_t clique = 1;
};

Expansion ExpandNumbers(const Numbers& numbers, const ExpansionOptions& options = {},
                        const std::string& rest = "'cliqueStartupType': 'CliqueStartupTypeAnyOrder'") {
  const Value document =
      SetOf(CliqueOf("a") + ", " + CliqueOf("b") + ", " + CliqueOf("c"),
            rest + ", 'podCliqueScalingGroups': [{'name': 'g', 'cliqueNames': ['b', 'c'], 'replicas': 1}]");
  PodCliqueSet set = codec::FromValue<PodCliqueSet>(document);
  set.spec.replicas = numbers.set;
  PodCliqueSetTemplateSpec& spec = set.spec.template_spec;
  for (PodCliqueTemplateSpec& clique : spec.cliques) clique.spec.replicas = numbers.clique;
  spec.pod_clique_scaling_groups[0].replicas = numbers.group;
  spec.pod_clique_scaling_groups[0].min_available = numbers.min_available;
  return ExpandSet(set, document, options);
}

class TooMany : public testing::TestWithParam<Numbers> {};

TEST_P(TooMany, IsRefusedBeforeAnythingIsMade) {
  const Expansion expansion = ExpandNumbers(GetParam());
  EXPECT_EQ(expansion.limit_exceeded, "max_objects");
  EXPECT_EQ(expansion.objects.size(), 0u);
  EXPECT_THAT(expansion.errors, IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(Replicas, TooMany,
                         testing::Values(Numbers{.set = kMost}, Numbers{.group = kMost}, Numbers{.clique = kMost},
                                         Numbers{.set = kMost, .group = kMost, .clique = kMost},
                                         Numbers{.set = kMost, .group = kMost, .min_available = kMost, .clique = kMost},
                                         Numbers{.set = 1000, .group = 1000, .clique = 2}));

TEST(Limits, AreExact) {
  const Numbers numbers{.set = 3, .group = 4, .min_available = 2, .clique = 5};
  const Expansion expansion = ExpandNumbers(numbers);
  ASSERT_THAT(expansion.limit_exceeded, IsEmpty());
  ExpansionOptions options;
  options.limits.max_objects = expansion.objects.size();
  EXPECT_EQ(ExpandNumbers(numbers, options).objects.size(), options.limits.max_objects);
  options.limits.max_objects -= 1;
  EXPECT_EQ(ExpandNumbers(numbers, options).limit_exceeded, "max_objects");
}

TEST(Limits, CountClaims) {
  const std::string rest =
      "'cliqueStartupType': 'CliqueStartupTypeAnyOrder', 'resourceSharing': [{'name': 't', 'scope': 'PerReplica'}], "
      "'resourceClaimTemplates': [{'name': 't', 'templateSpec': {'spec': {}}}]";
  const Expansion expansion = ExpandNumbers({.set = 3}, {}, rest);
  ExpansionOptions options;
  options.limits.max_objects = expansion.objects.size() - 1;
  EXPECT_EQ(expansion.objects.resource_claims.size(), 3u);
  EXPECT_EQ(ExpandNumbers({.set = 3}, options, rest).limit_exceeded, "max_objects");
}

// Every base replica lists all base replicas of its parent: 2000 objects, a million names.
TEST(Limits, BoundStartupReferences) {
  const std::string in_order = "'cliqueStartupType': 'CliqueStartupTypeInOrder'";
  ExpansionOptions options;
  options.limits.max_startup_references = 1'000'000;
  const Numbers numbers{.group = 1000, .min_available = 1000};
  const Expansion refused = ExpandNumbers(numbers, options, in_order);
  EXPECT_EQ(refused.limit_exceeded, "max_startup_references");
  EXPECT_EQ(refused.objects.size(), 0u);
  options.limits.max_startup_references = 1'001'000;  // b waits for a, c for every b
  EXPECT_THAT(ExpandNumbers(numbers, options, in_order).limit_exceeded, IsEmpty());
}

TEST(Replicas, ZeroLeavesTheObjectsOfTheSet) {
  const Expansion expansion = ExpandNumbers({.set = 0});
  EXPECT_EQ(expansion.objects.size(), 4u);
  EXPECT_THAT(expansion.errors, IsEmpty());
  EXPECT_THAT(expansion.limit_exceeded, IsEmpty());
}

TEST(Replicas, GrowLinearly) {
  const std::size_t per_set = 4;
  const std::size_t one = ExpandNumbers({.set = 1}).objects.size() - per_set;
  EXPECT_EQ(ExpandNumbers({.set = 100}).objects.size() - per_set, 100 * one);
}

}  // namespace
}  // namespace grove::planner
