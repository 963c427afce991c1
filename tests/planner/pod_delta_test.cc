// Which pods of a PodClique come and go: the worked examples of spec 09 §2.8, and the rows of §2.6.
#include <set>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "grove/scaling.hpp"

#include "model/naming.h"

namespace grove {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

struct PodState {
  std::string name{};
  std::string node{};
  std::string phase = "Running";
  bool ready = true;
  std::string hash = "H2";
  std::optional<std::int64_t> created = 10;
  int index = 0;
  bool terminating = false;
};

Pod MakePod(const PodState& state) {
  Pod pod;
  pod.metadata.name = state.name;
  pod.metadata.uid = "u" + state.name;
  pod.metadata.labels.Set(keys::kPodTemplateHash, state.hash);
  if (state.created.has_value()) pod.metadata.creation_timestamp = Time{*state.created};
  if (state.terminating) pod.metadata.deletion_timestamp = Time{99};
  pod.spec = Value::FromJson("{\"hostname\":\"q-" + std::to_string(state.index) + "\"" +
                             (state.node.empty() ? "" : ",\"nodeName\":\"" + state.node + "\"") + "}");
  pod.status.phase = state.phase;
  pod.status.conditions.push_back({"Ready", state.ready ? "True" : "False", 0, {}, "", ""});
  return pod;
}

class Pods {
 public:
  explicit Pods(const std::vector<PodState>& states) {
    for (const PodState& state : states) pods_.push_back(MakePod(state));
    for (const Pod& pod : pods_) pointers_.push_back(&pod);
  }
  [[nodiscard]] std::span<const Pod* const> span() const { return pointers_; }
  [[nodiscard]] std::vector<std::string> NamesAt(const std::vector<std::size_t>& positions) const {
    std::vector<std::string> names;
    for (const std::size_t position : positions) names.push_back(pods_[position].metadata.name);
    return names;
  }

 private:
  std::vector<Pod> pods_;
  std::vector<const Pod*> pointers_;
};

std::vector<PodState> Victims(bool d_terminates) {
  return {{.name = "A", .node = "n1", .hash = "H1", .created = 10, .index = 0},
          {.name = "B", .node = "n1", .created = 30, .index = 1},
          {.name = "C", .node = "n2", .ready = false, .created = 20, .index = 2},
          {.name = "D", .phase = "Pending", .ready = false, .created = 40, .index = 3, .terminating = d_terminates},
          {.name = "E", .node = "n3", .created = 50, .index = 4}};
}

TEST(OrderForRemoval, WorkedExample) {
  const Pods pods(Victims(false));
  EXPECT_THAT(pods.NamesAt(OrderForRemoval(pods.span(), "H2")), ElementsAre("D", "C", "A", "E", "B"));
}

TEST(DeltaOfPods, WorkedExampleOfAScaleIn) {
  const Pods pods(Victims(false));
  const auto delta = DeltaOfPods(2, pods.span(), "H2");
  ASSERT_TRUE(delta.ok());
  EXPECT_THAT(pods.NamesAt(delta->remove), ElementsAre("D", "C", "A"));
  EXPECT_THAT(delta->create, IsEmpty());
}

TEST(DeltaOfPods, APodThatIsBeingDeletedCountsAsGone) {
  const Pods pods(Victims(true));
  const auto delta = DeltaOfPods(2, pods.span(), "H2");
  ASSERT_TRUE(delta.ok());
  EXPECT_THAT(pods.NamesAt(delta->remove), ElementsAre("C", "A"));
}

TEST(DeltaOfPods, ExpectationsOfTheWorkedExample) {
  const Pods pods(
      {{.name = "1", .index = 0}, {.name = "2", .index = 1}, {.name = "3", .index = 2, .terminating = true}});
  const auto pending = DeltaOfPods(3, pods.span(), "H2", PodExpectations{{"u4"}, {}});
  ASSERT_TRUE(pending.ok());
  EXPECT_EQ(pending->expectations, (PodExpectations{{"u4"}, {"u3"}}));
  EXPECT_THAT(pending->create, IsEmpty());
  EXPECT_THAT(pending->remove, IsEmpty());
  const auto known = DeltaOfPods(3, pods.span(), "H2", PodExpectations{});
  ASSERT_TRUE(known.ok());
  // The index of the pod that goes is free at once.
  EXPECT_THAT(known->create, ElementsAre(2));
  const auto restarted = DeltaOfPods(3, pods.span(), "H2", std::nullopt);
  ASSERT_TRUE(restarted.ok());
  EXPECT_THAT(restarted->create, IsEmpty());
  EXPECT_EQ(restarted->expectations, std::nullopt);
}

TEST(DeltaOfPods, SyncOfExpectations) {
  const Pods pods(
      {{.name = "1", .index = 0}, {.name = "3", .index = 1}, {.name = "4", .index = 2}, {.name = "7", .index = 3}});
  const auto delta = DeltaOfPods(4, pods.span(), "H2", PodExpectations{{"u1", "u2"}, {"u3", "u6"}});
  ASSERT_TRUE(delta.ok());
  EXPECT_EQ(delta->expectations, (PodExpectations{{"u2"}, {"u3"}}));
}

TEST(DeltaOfPods, APodThatIsExpectedToGoIsNoExcess) {
  const Pods pods({{.name = "a", .index = 0, .terminating = true},
                   {.name = "b", .index = 1, .terminating = true},
                   {.name = "c", .index = 2}});
  const auto delta = DeltaOfPods(1, pods.span(), "H2");
  ASSERT_TRUE(delta.ok());
  EXPECT_THAT(delta->remove, IsEmpty());
}

struct OrderCase {
  std::string what;
  PodState first;
  PodState second;
};

class Rows : public testing::TestWithParam<OrderCase> {};

TEST_P(Rows, TheFirstGoesFirstInAnyOrderOfInput) {
  PodState first = GetParam().first;
  PodState second = GetParam().second;
  first.name = "first";
  second.name = "second";
  const Pods forward({first, second});
  const Pods backward({second, first});
  EXPECT_THAT(forward.NamesAt(OrderForRemoval(forward.span(), "H2")), ElementsAre("first", "second"));
  EXPECT_THAT(backward.NamesAt(OrderForRemoval(backward.span(), "H2")), ElementsAre("first", "second"));
}

INSTANTIATE_TEST_SUITE_P(
    Order, Rows,
    testing::Values(OrderCase{"without node", {.phase = "Running"}, {.node = "n", .phase = "Pending"}},
                    OrderCase{"pending", {.node = "n", .phase = "Pending"}, {.node = "n", .phase = "Unknown"}},
                    OrderCase{"unknown", {.node = "n", .phase = "Unknown"}, {.node = "n", .phase = "Running"}},
                    // The reference stops here; ours goes on to readiness.
                    OrderCase{"failed ranks like pending", {.phase = "Failed", .ready = false}, {.phase = "Pending"}},
                    OrderCase{"not ready", {.ready = false, .created = 1}, {.created = 2}},
                    OrderCase{"stale", {.hash = "H1", .created = 1}, {.created = 2}},
                    OrderCase{"no creation time", {.created = std::nullopt}, {.created = 50}},
                    OrderCase{"younger", {.created = 11}, {.created = 10}},
                    OrderCase{"higher index", {.index = 7}, {.index = 3}}),
    [](const auto& info) { return "Row" + std::to_string(info.index); });

TEST(OrderForRemoval, IsOneOrderForAllPermutations) {
  std::vector<PodState> states;
  for (const char* phase : {"Pending", "Failed", "Running", "Unknown"}) {
    for (const char* hash : {"H0", "H1", "H2"}) {
      for (const bool ready : {true, false}) {
        states.push_back({.name = std::string(phase) + hash + (ready ? "r" : "n"),
                          .phase = phase,
                          .ready = ready,
                          .hash = hash,
                          .created = 5,
                          .index = static_cast<int>(states.size())});
      }
    }
  }
  const Pods pods(states);
  const std::vector<std::string> order = pods.NamesAt(OrderForRemoval(pods.span(), "H2"));
  for (int turn = 0; turn < 24; ++turn) {
    std::rotate(states.begin(), states.begin() + 5, states.end());
    const Pods rotated(states);
    EXPECT_EQ(rotated.NamesAt(OrderForRemoval(rotated.span(), "H2")), order);
  }
}

TEST(OrderForRemoval, TieByName) {
  const Pods pods({{.name = "b", .index = 1}, {.name = "a", .index = 0}});
  EXPECT_THAT(pods.NamesAt(OrderForRemoval(pods.span(), "H2", RemovalTie::kName)), ElementsAre("a", "b"));
  EXPECT_THAT(pods.NamesAt(OrderForRemoval(pods.span(), "H2")), ElementsAre("b", "a"));
}

TEST(IndexOfHostname, ReadsTheNumberAtTheEnd) {
  EXPECT_EQ(IndexOfHostname("pod-0"), 0);
  EXPECT_EQ(IndexOfHostname("clique--1"), 1);
  EXPECT_EQ(IndexOfHostname("prefix-123"), 123);
  for (const char* hostname : {"", "pod", "pod-abc", "prefix-", "prefix-12a", "p-99999999999"}) {
    EXPECT_EQ(IndexOfHostname(hostname), std::nullopt) << hostname;
  }
}

struct FreeCase {
  std::vector<PodState> pods;
  std::int64_t count;
  std::vector<std::int32_t> free;
};

TEST(FreeIndices, FillHolesFirst) {
  const std::vector<FreeCase> cases = {
      {{{.name = "a", .index = 0}, {.name = "b", .index = 2}, {.name = "c", .index = 4}}, 3, {1, 3, 5}},
      {{{.name = "a", .index = 0}, {.name = "b", .index = 1}, {.name = "c", .index = 2}}, 2, {3, 4}},
      {{{.name = "a", .index = 0, .terminating = true}, {.name = "b", .phase = "Failed", .index = 1}}, 2, {0, 1}},
      {{}, 0, {}},
  };
  for (const FreeCase& test : cases) {
    const Pods pods(test.pods);
    const auto free = FreeIndices(pods.span(), test.count);
    ASSERT_TRUE(free.ok());
    EXPECT_EQ(*free, test.free);
  }
}

TEST(FreeIndices, RefuseWhatCannotBeTold) {
  const Pods twice({{.name = "a", .index = 1}, {.name = "b", .index = 1}});
  EXPECT_EQ(FreeIndices(twice.span(), 1).status().code(), absl::StatusCode::kFailedPrecondition);
  Pod pod = MakePod({.name = "a"});
  pod.spec = Value::FromJson("{\"hostname\":\"none\"}");
  const std::vector<const Pod*> without = {&pod};
  EXPECT_EQ(FreeIndices(without, 1).status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_FALSE(DeltaOfPods(3, twice.span(), "H2").ok());
  // Who creates nothing does not ask.
  EXPECT_TRUE(DeltaOfPods(1, twice.span(), "H2").ok());
}

}  // namespace
}  // namespace grove
