#include <gtest/gtest.h>

#include "model/validation/rule_case.h"

namespace grove::validation {
namespace {

constexpr std::string_view kKaiQueue = "kai.scheduler/queue";
constexpr std::string_view kVolcanoQueue = "scheduling.grove.io/volcano-queue";

void Kai(Subject& subject) {
  subject.EnableSchedulers({"kai-scheduler", "default-scheduler"});
  subject.AddClique("b");
}

// Volcano with the queues default and closed.
void Volcano(Subject& subject) {
  subject.EnableSchedulers({"volcano", "default-scheduler"});
  subject.context.volcano_queues = {{"default", "Open"}, {"q", "Open"}, {"closed", "Closed"}, {"odd", "open"}};
  subject.AddClique("b");
}

void SetScheduler(Subject& subject, std::size_t i, const std::string& name) {
  subject.SetPodSpec(i, R"("schedulerName":")" + name + '"');
}

TEST(SchedulerRules, Names) {
  ExpectFindings({
      {"default_by_name_and_by_absence",
       [](Subject& s) {
         SetScheduler(s, 0, "default-scheduler");
         s.AddClique("b");
       },
       {}},
      {"two_names",
       [](Subject& s) {
         s.EnableSchedulers({"default-scheduler", "lpx-scheduler"});
         s.AddClique("b");
         s.AddClique("c");
         SetScheduler(s, 0, "lpx-scheduler");
         SetScheduler(s, 1, "nope");
         SetScheduler(s, 2, "lpx-scheduler");
       },
       {R"(V-400 Invalid spec.template.cliques.spec.podSpec.schedulerName "lpx-scheduler, nope")"}},
      {"first_not_enabled",
       [](Subject& s) { SetScheduler(s, 0, "foo"); },
       {R"(V-401 Invalid spec.template.cliques.spec.podSpec.schedulerName "foo")", "V-405 Invalid spec {...}"}},
      {"blank_is_a_name",
       [](Subject& s) { SetScheduler(s, 0, " "); },
       {R"(V-401 Invalid spec.template.cliques.spec.podSpec.schedulerName " ")", "V-405 Invalid spec {...}"}},
      {"no_default",
       [](Subject& s) { s.context.configuration.scheduler.default_profile_name.clear(); },
       {R"(V-401 Invalid spec.template.cliques.spec.podSpec.schedulerName "")", "V-406 Invalid spec {...}"}},
      {"backend_of_the_first_clique_alone",
       [](Subject& s) {
         s.EnableSchedulers({"default-scheduler", "kai-scheduler"});
         s.AddClique("b");
         SetScheduler(s, 1, "kai-scheduler");
       },
       {R"(V-400 Invalid spec.template.cliques.spec.podSpec.schedulerName "default-scheduler, kai-scheduler")"}},
  });
}

TEST(SchedulerRules, WholeSpecIsTheBadValue) {
  Subject subject;
  SetScheduler(subject, 0, "foo");
  Findings findings = FindingsOf(subject);
  ASSERT_EQ(findings.errors().size(), 2U);
  ASSERT_TRUE(findings.errors()[1].bad_value.has_value());
  const Value& spec = *findings.errors()[1].bad_value;
  EXPECT_EQ(spec.Find("replicas")->text(), "1");
  EXPECT_TRUE(spec.Find("template")->is_object());
}

TEST(SchedulerRules, Kai) {
  ExpectFindings({
      {"queue_of_the_set",
       [](Subject& s) {
         Kai(s);
         s.set.metadata.labels.Set(kKaiQueue, "q");
         s.Clique(1).annotations.Set(kKaiQueue, "q");
       },
       {}},
      {"queue_of_one_clique",
       [](Subject& s) {
         Kai(s);
         s.Clique(1).labels.Set(kKaiQueue, "q");
       },
       {}},
      {"label_before_annotation",
       [](Subject& s) {
         Kai(s);
         s.set.metadata.labels.Set(kKaiQueue, "q");
         s.set.metadata.annotations.Set(kKaiQueue, "other");
         s.Clique(0).labels.Set(kKaiQueue, "");
         s.Clique(0).annotations.Set(kKaiQueue, "q");
       },
       {}},
      {"other_than_the_set",
       [](Subject& s) {
         Kai(s);
         s.set.metadata.annotations.Set(kKaiQueue, "q");
         s.Clique(1).labels.Set(kKaiQueue, "r");
       },
       {"V-410 Invalid spec {...}"}},
      {"no_queue", Kai, {"V-411 Invalid spec {...}"}},
      {"two_queues",
       [](Subject& s) {
         Kai(s);
         s.Clique(0).labels.Set(kKaiQueue, "q");
         s.Clique(1).labels.Set(kKaiQueue, "r");
       },
       {"V-412 Invalid spec {...}"}},
  });
}

TEST(SchedulerRules, Volcano) {
  ExpectFindings({
      {"default_queue", Volcano, {}},
      {"trimmed",
       [](Subject& s) {
         Volcano(s);
         s.set.metadata.annotations.Set(kVolcanoQueue, " q\t");
         s.Clique(1).annotations.Set(kVolcanoQueue, "q ");
         s.Clique(0).annotations.Set(kVolcanoQueue, "  ");
       },
       {}},
      {"queues_unknown",
       [](Subject& s) {
         Volcano(s);
         s.context.volcano_queues.reset();
         s.set.metadata.annotations.Set(kVolcanoQueue, "closed");
       },
       {}},
      {"set_queue_syntax",
       [](Subject& s) {
         Volcano(s);
         s.set.metadata.annotations.Set(kVolcanoQueue, "Q");
         s.Clique(0).annotations.Set(kVolcanoQueue, "also Bad");
       },
       {"V-421 Invalid spec {...}"}},
      {"clique_queue_syntax_alone",
       [](Subject& s) {
         Volcano(s);
         s.Clique(0).annotations.Set(kVolcanoQueue, "Q");
         s.Clique(1).annotations.Set(kVolcanoQueue, "Q");
       },
       // One for each clique; the names are equal, so that nothing else is wrong.
       {"V-425 Invalid spec {...}"}},
      {"clique_queue_syntax_of_the_only_clique",
       [](Subject& s) {
         Volcano(s);
         s.Template().cliques.pop_back();
         s.Clique(0).annotations.Set(kVolcanoQueue, "Q");
       },
       {"V-422 Invalid spec {...}"}},
      {"clique_against_set",
       [](Subject& s) {
         Volcano(s);
         s.set.metadata.annotations.Set(kVolcanoQueue, "q");
         s.Clique(1).annotations.Set(kVolcanoQueue, "default");
       },
       {"V-423 Invalid spec {...}"}},
      {"set_on_one_clique_only",
       [](Subject& s) {
         Volcano(s);
         s.Clique(0).annotations.Set(kVolcanoQueue, "q");
       },
       {"V-424 Invalid spec {...}"}},
      {"several",
       [](Subject& s) {
         Volcano(s);
         s.Clique(0).annotations.Set(kVolcanoQueue, "q");
         s.Clique(1).annotations.Set(kVolcanoQueue, "Q");
       },
       {"V-425 Invalid spec {...}"}},
      {"queue_missing",
       [](Subject& s) {
         Volcano(s);
         s.set.metadata.annotations.Set(kVolcanoQueue, "nope");
       },
       {"V-426 Invalid spec {...}"}},
      {"default_queue_missing",
       [](Subject& s) {
         Volcano(s);
         s.context.volcano_queues->clear();
       },
       {"V-426 Invalid spec {...}"}},
      {"queue_closed",
       [](Subject& s) {
         Volcano(s);
         s.set.metadata.annotations.Set(kVolcanoQueue, "closed");
       },
       {"V-427 Invalid spec {...}"}},
      {"state_is_exact",
       [](Subject& s) {
         Volcano(s);
         s.set.metadata.annotations.Set(kVolcanoQueue, "odd");
       },
       {"V-427 Invalid spec {...}"}},
  });
}

void TopologyOnSet(Subject& subject) {
  subject.EnableTopology();
  subject.Template().topology_constraint = Constraint("topo", "rack");
}

void TopologyOnClique(Subject& subject) {
  subject.EnableTopology();
  subject.Clique(0).topology_constraint = Constraint("topo", "rack");
}

void TopologyOnGroup(Subject& subject) {
  subject.EnableTopology();
  subject.AddGroup("g", {"a"}).topology_constraint = Constraint("topo", "rack");
}

TEST(SchedulerRules, BackendsWithoutTopology) {
  struct Row {
    const char* scheduler;
    const char* expected;
  };
  for (const Row& row :
       {Row{"volcano", "V-420 Invalid spec {...}"}, Row{"lpx-scheduler", "V-440 Invalid spec {...}"}}) {
    for (void (*constrain)(Subject&) : {TopologyOnSet, TopologyOnClique, TopologyOnGroup}) {
      Subject subject;
      subject.EnableSchedulers({row.scheduler});
      constrain(subject);
      EXPECT_EQ(Rendered(FindingsOf(subject).errors()), std::vector<std::string>{row.expected});
    }
    Subject subject;
    subject.EnableSchedulers({row.scheduler});
    EXPECT_TRUE(FindingsOf(subject).errors().empty());
  }
}

TEST(SchedulerRules, DefaultAndKaiTakeTopology) {
  for (const char* scheduler : {"default-scheduler", "kai-scheduler"}) {
    Subject subject;
    subject.EnableSchedulers({scheduler});
    subject.set.metadata.labels.Set(kKaiQueue, "q");
    TopologyOnGroup(subject);
    EXPECT_TRUE(FindingsOf(subject).errors().empty()) << scheduler;
  }
}

}  // namespace
}  // namespace grove::validation
