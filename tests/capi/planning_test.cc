// What is told of sets without making every object of them, and what would change.
#include <string>
#include <string_view>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "capi/support.h"

namespace grove_test {
namespace {

using std::string_view;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

// Two cliques, the second of which waits for the first.
constexpr string_view kOrderedSet = R"(apiVersion: grove.io/v1alpha1
kind: PodCliqueSet
metadata:
  name: demo
spec:
  replicas: 2
  template:
    cliqueStartupType: CliqueStartupTypeExplicit
    cliques:
      - name: leader
        spec:
          roleName: leader
          replicas: 1
          podSpec:
            containers:
              - name: main
                image: registry.example.com/leader:1
      - name: worker
        spec:
          roleName: worker
          replicas: 3
          startsAfter: [leader]
          podSpec:
            containers:
              - name: main
                image: registry.example.com/worker:1
)";

std::string Replaced(string_view text, string_view from, string_view to) {
  std::string out(text);
  out.replace(out.find(from), from.size(), to);
  return out;
}

template <class Options, class Function>
Result Call(const Function& function, string_view manifest, const Options* options) {
  Result out;
  out.status =
      function(manifest.data(), manifest.size(), nullptr, 0, GROVE_FORMAT_YAML, options, &out.result, &out.error);
  return out;
}
Result Names(string_view manifest, const grove_admit_options* options = nullptr) {
  return Call(grove_names, manifest, options);
}
Result Startup(string_view manifest) { return Call<grove_admit_options>(grove_startup, manifest, nullptr); }
Result Scaling(string_view manifest, const grove_expand_options* options = nullptr) {
  return Call(grove_scaling, manifest, options);
}
Result Translate(string_view manifest, const grove_expand_options* options) {
  return Call(grove_translate, manifest, options);
}
Result Diff(string_view before, string_view after) {
  Result out;
  out.status = grove_diff(before.data(), before.size(), after.data(), after.size(), nullptr, 0, GROVE_FORMAT_YAML,
                          nullptr, &out.result, &out.error);
  return out;
}

TEST(CPlanning, NamesOfEveryChild) {
  const Result got = Names(kOrderedSet);
  ASSERT_EQ(got.status, GROVE_OK) << got.message();
  EXPECT_THAT(got.text(), AllOf(HasSubstr(R"("fits":true)"), HasSubstr("demo-{0..1}-worker")));
  const Result denied = Names(Replaced(kOrderedSet, "name: demo", "name: " + std::string(60, 'x')));
  ASSERT_EQ(denied.status, GROVE_OK) << denied.message();
  EXPECT_THAT(denied.text(), HasSubstr(R"("fits":false)"));
}

TEST(CPlanning, StartupInWavesOrAsACycle) {
  const Result got = Startup(kOrderedSet);
  ASSERT_EQ(got.status, GROVE_OK) << got.message();
  EXPECT_THAT(got.text(), AllOf(HasSubstr(R"("waves":[["leader"],["worker"]])"), HasSubstr(R"("starts":true)"),
                                HasSubstr(R"("podCliques":[{"name":"demo-0-leader")")));
  const Result cyclic = Startup(Replaced(kOrderedSet, "startsAfter: [leader]", "startsAfter: [worker]"));
  ASSERT_EQ(cyclic.status, GROVE_OK) << cyclic.message();
  EXPECT_THAT(cyclic.text(), AllOf(HasSubstr(R"("cycles":[["worker"]])"), HasSubstr(R"("starts":false)"),
                                   Not(HasSubstr("podCliques"))));
}

TEST(CPlanning, ScalingCountsWhatThereIsToBe) {
  const Result got = Scaling(kOrderedSet);
  ASSERT_EQ(got.status, GROVE_OK) << got.message();
  EXPECT_THAT(got.text(), AllOf(HasSubstr(R"("podCliques":4,"gangs":2,"pods":8)"),
                                HasSubstr(R"({"name":"demo-1-worker","replicas":3,"minAvailable":3})")));
  const std::string live =
      std::string("apiVersion: grove.io/v1alpha1\nkind: PodClique\nmetadata: {name: demo-0-worker, ") +
      "namespace: default, labels: {app.kubernetes.io/part-of: demo, " +
      "app.kubernetes.io/managed-by: grove-operator}}\nspec: {replicas: 5}\n";
  grove_expand_options options = GROVE_EXPAND_OPTIONS_INIT;
  options.live = live.data();
  options.live_size = live.size();
  const Result scaled = Scaling(kOrderedSet, &options);
  ASSERT_EQ(scaled.status, GROVE_OK) << scaled.message();
  EXPECT_THAT(scaled.text(), HasSubstr(R"({"name":"demo-0-worker","replicas":5,"minAvailable":3})"));
}

TEST(CPlanning, TranslateTellsWhatIsLost) {
  grove_expand_options options = GROVE_EXPAND_OPTIONS_INIT;
  options.backend = "kube";
  options.backend_size = 4;
  const Result got = Translate(kOrderedSet, &options);
  ASSERT_EQ(got.status, GROVE_OK) << got.message();
  EXPECT_THAT(got.text(), AllOf(HasSubstr(R"("kind":"PodGroup")"), HasSubstr(R"("losses":[{"object")")));
  options.pod_groups = GROVE_POD_GROUPS_PER_CLIQUE;
  EXPECT_NE(Translate(kOrderedSet, &options).text(), got.text());
  options.backend = "none";
  const Result unknown = Translate(kOrderedSet, &options);
  EXPECT_EQ(unknown.status, GROVE_INVALID_ARGUMENT);
  EXPECT_EQ(unknown.argument(), "options->backend");
}

TEST(CPlanning, DiffOfTwoManifests) {
  EXPECT_EQ(Diff(kOrderedSet, kOrderedSet).text(), R"({"changes":[]})");
  const Result got = Diff(kOrderedSet, Replaced(kOrderedSet, "replicas: 2", "replicas: 1"));
  ASSERT_EQ(got.status, GROVE_OK) << got.message();
  EXPECT_THAT(got.text(), AllOf(HasSubstr(R"("action":"delete")"), HasSubstr("demo-1-worker")));
  const Result denied = Diff(kOrderedSet, Replaced(kOrderedSet, "startsAfter: [leader]", "startsAfter: [none]"));
  EXPECT_EQ(denied.status, GROVE_FAILED_PRECONDITION);
  EXPECT_EQ(denied.argument(), "after");
  EXPECT_EQ(denied.path(), "spec.template.cliques.startsAfter");
}

TEST(CPlanning, DiffWithWhatExists) {
  const Result made = Expand(kOrderedSet);
  ASSERT_EQ(made.status, GROVE_OK);
  grove_expand_options options = GROVE_EXPAND_OPTIONS_INIT;
  options.live = made.text().data();
  options.live_size = made.text().size();
  const auto diff_live = [&](string_view manifest, std::uint32_t clean) {
    Result out;
    out.status = grove_diff_live(manifest.data(), manifest.size(), nullptr, 0, GROVE_FORMAT_YAML, clean, &options,
                                 &out.result, &out.error);
    return out;
  };
  const Result same = diff_live(kOrderedSet, 0);
  ASSERT_EQ(same.status, GROVE_OK) << same.message();
  EXPECT_EQ(same.text(), R"({"changes":[]})");
  const Result more = diff_live(Replaced(kOrderedSet, "replicas: 2", "replicas: 3"), 1);
  ASSERT_EQ(more.status, GROVE_OK) << more.message();
  EXPECT_THAT(more.text(), AllOf(HasSubstr(R"("action":"create")"), HasSubstr("demo-2-worker")));
  EXPECT_EQ(diff_live(kOrderedSet, 2).argument(), "clean");
  options.live = nullptr;
  options.live_size = 0;
  EXPECT_EQ(diff_live(kOrderedSet, 0).argument(), "options->live");
}

TEST(CPlanning, CompareDocuments) {
  const auto compare = [](string_view before, string_view after) {
    Result out;
    out.status = grove_compare(before.data(), before.size(), after.data(), after.size(), GROVE_FORMAT_JSON, nullptr,
                               &out.result, &out.error);
    return out;
  };
  EXPECT_EQ(compare(R"({"a":{"b":1},"c":2})", R"({"a":{"b":3},"c":2})").text(),
            R"({"fields":[{"path":"a.b","before":1,"after":3}],"patch":{"a":{"b":3}}})");
  EXPECT_EQ(compare("{}", R"({"a":null})").text(), R"({"fields":[]})");
  EXPECT_EQ(compare("", "{}").argument(), "before");
  EXPECT_EQ(compare("{}", "{} {}").argument(), "after");
}

TEST(CPlanning, UpdatesAreComparedWithWhatIsStored) {
  const auto update = [](string_view manifest, string_view stored) {
    Result out;
    out.status = grove_admit_update(manifest.data(), manifest.size(), stored.data(), stored.size(), nullptr, 0,
                                    GROVE_FORMAT_YAML, nullptr, &out.result, &out.error);
    return out;
  };
  const Result allowed = update(Replaced(kOrderedSet, "replicas: 2", "replicas: 3"), kOrderedSet);
  ASSERT_EQ(allowed.status, GROVE_OK) << allowed.message();
  EXPECT_THAT(allowed.text(), AllOf(HasSubstr(R"("allowed":true)"), HasSubstr(R"("operation":"update")")));
  const Result denied = update(Replaced(kOrderedSet, "roleName: worker", "roleName: other"), kOrderedSet);
  ASSERT_EQ(denied.status, GROVE_OK) << denied.message();
  EXPECT_THAT(denied.text(), AllOf(HasSubstr(R"("allowed":false)"), HasSubstr("roleName")));
  std::string twice(kOrderedSet);
  twice.append("---\n").append(kOrderedSet);
  const Result contradiction = update(kOrderedSet, twice);
  EXPECT_EQ(contradiction.status, GROVE_INVALID_ARGUMENT);
  EXPECT_EQ(contradiction.argument(), "stored");
}

TEST(CPlanning, TheDefaultSchedulerIsThatOfTheOptions) {
  grove_expand_options options = GROVE_EXPAND_OPTIONS_INIT;
  grove_admit_options admit = GROVE_ADMIT_OPTIONS_INIT;
  options.admit = &admit;
  admit.default_scheduler = "kai-scheduler";
  admit.default_scheduler_size = 13;
  EXPECT_THAT(Expand(kOrderedSet, &options).message(), HasSubstr("must have a KAI queue"));
  const std::string queued =
      Replaced(kOrderedSet, "  name: demo\n", "  name: demo\n  labels: {kai.scheduler/queue: q}\n");
  const Result got = Expand(queued, &options);
  ASSERT_EQ(got.status, GROVE_OK) << got.message();
  EXPECT_THAT(got.text(), HasSubstr(R"("schedulerName":"kai-scheduler")"));
}

TEST(CPlanning, LintFindingsAreWarnings) {
  grove_admit_options options = GROVE_ADMIT_OPTIONS_INIT;
  const Result plain = Admit(kOrderedSet, &options);
  EXPECT_THAT(plain.text(), Not(HasSubstr(R"("stage":"lint")")));
  options.lint = GROVE_LINT_NOTES;
  const Result got = Admit(kOrderedSet, &options);
  ASSERT_EQ(got.status, GROVE_OK) << got.message();
  EXPECT_THAT(got.text(), AllOf(HasSubstr(R"("allowed":true)"), HasSubstr(R"("stage":"lint")")));
  options.lint_disabled = "L-001,none";
  options.lint_disabled_size = 10;
  EXPECT_EQ(Admit(kOrderedSet, &options).argument(), "options->lint_disabled");
  options.lint = static_cast<grove_lint>(9);
  EXPECT_EQ(Admit(kOrderedSet, &options).argument(), "options->lint");
}

}  // namespace
}  // namespace grove_test
