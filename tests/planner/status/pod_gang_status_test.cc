// When a PodGang is complete (spec 05 §4.1).
#include "planner/status/pod_gang_status.h"

#include <optional>
#include <string>
#include <vector>

#include "gtest/gtest.h"

#include "planner/sample_set.h"

namespace grove::planner {
namespace {

PodClique LiveClique(const std::string& name, std::int32_t replicas) {
  PodClique clique;
  clique.metadata.name = name;
  clique.spec.replicas = replicas;
  return clique;
}

PodGang GangOf(const std::string& name, const std::vector<std::string>& cliques) {
  PodGang gang;
  gang.metadata.name = name;
  for (const std::string& clique : cliques) gang.spec.pod_groups.emplace_back().name = clique;
  return gang;
}

// Spec 05 §10.
TEST(PodGangsExamples, W10Completeness) {
  const std::vector<PodClique> cliques = {LiveClique("serve-0-fe", 3), LiveClique("serve-0-g-0-leader", 1),
                                          LiveClique("serve-0-g-0-worker", 4), LiveClique("serve-0-g-1-leader", 1),
                                          LiveClique("serve-0-g-1-worker", 4)};
  const PodGang base = GangOf("serve-0", {"serve-0-fe", "serve-0-g-0-leader", "serve-0-g-0-worker"});
  const PodGang scaled = GangOf("serve-0-g-0", {"serve-0-g-1-leader", "serve-0-g-1-worker"});
  const ChildIndex children(cliques, {}, {});
  EXPECT_EQ(PendingPods(base, children), 8);
  EXPECT_EQ(PendingPods(scaled, children), 5);
  EXPECT_FALSE(IsComplete(base, children));
}

struct PendingRow {
  const char* rule;
  std::vector<const char*> gangs_of_pods;  // the label of each pod of a PodClique of 2; "gone": it is terminating
  std::int64_t pending;
};

constexpr std::string_view kTerminating = "gone";

class PendingPodsOfOneClique : public testing::TestWithParam<PendingRow> {};

TEST_P(PendingPodsOfOneClique, AreCounted) {
  std::vector<Pod> pods;
  for (const char* label : GetParam().gangs_of_pods) {
    Pod& pod = pods.emplace_back(MakePod("serve", label, "serve-0-a", "pod-" + std::to_string(pods.size())));
    if (label != kTerminating) continue;
    pod.metadata.labels.Set("grove.io/podgang", "serve-0");
    pod.metadata.deletion_timestamp = Time{1};
  }
  const std::vector<PodClique> cliques = {LiveClique("serve-0-a", 2), LiveClique("serve-0-b", 0)};
  const ChildIndex children(cliques, pods, {});
  const PodGang gang = GangOf("serve-0", {"serve-0-a", "serve-0-b"});
  EXPECT_EQ(PendingPods(gang, children), GetParam().pending) << GetParam().rule;
  EXPECT_EQ(IsComplete(gang, children), GetParam().pending == 0);
}

INSTANTIATE_TEST_SUITE_P(Rules, PendingPodsOfOneClique,
                         testing::Values(PendingRow{"PG-30", {"serve-0", "serve-0"}, 0},
                                         PendingRow{"PG-32", {"serve-0"}, 1},
                                         PendingRow{"PG-31, another gang's label", {"serve-0", "serve-0-g-0"}, 1},
                                         PendingRow{"PG-31, both", {"serve-1"}, 2},
                                         PendingRow{"PG-31, no label", {"", "serve-0", "serve-0"}, 1},
                                         PendingRow{"PG-31, terminating", {"gone", "serve-0"}, 1},
                                         PendingRow{"PG-31, excess", {"serve-0", "serve-0", "serve-0"}, 0}));

TEST(PendingPodsOfGang, ExcessOfOneCliqueDoesNotServeAnother) {
  const std::vector<Pod> pods = {MakePod("serve", "serve-0", "serve-0-a", "x"),
                                 MakePod("serve", "serve-0", "serve-0-a", "y")};
  const std::vector<PodClique> cliques = {LiveClique("serve-0-a", 1), LiveClique("serve-0-b", 1)};
  EXPECT_EQ(PendingPods(GangOf("serve-0", {"serve-0-a", "serve-0-b"}), ChildIndex(cliques, pods, {})), 1);
}

TEST(PendingPodsOfGang, AreUnknownWhereAPodCliqueIsMissing) {
  const std::vector<PodClique> cliques = {LiveClique("serve-0-a", 0)};
  const PodGang gang = GangOf("serve-0", {"serve-0-a", "serve-0-b"});
  EXPECT_EQ(PendingPods(gang, ChildIndex(cliques, {}, {})), std::nullopt);
  EXPECT_FALSE(IsComplete(gang, ChildIndex(cliques, {}, {})));
}

}  // namespace
}  // namespace grove::planner
