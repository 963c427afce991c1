#include <gtest/gtest.h>

#include "model/validation/rule_case.h"
#include "model/validation/rules.h"

namespace grove::validation {
namespace {

struct Case {
  const char* name;
  void (*change)(OperatorConfiguration&);
  std::vector<std::string> expected;
};

constexpr Duration Seconds(std::int64_t count) { return {count * 1'000'000'000}; }

const std::vector<Case> kCases = {
    {"default", [](OperatorConfiguration&) {}, {}},
    {"log_level", [](OperatorConfiguration& c) { c.log_level = "warn"; }, {R"(V-700 NotSupported logLevel "warn")"}},
    {"log_format", [](OperatorConfiguration& c) { c.log_format = "JSON"; }, {R"(V-701 NotSupported logFormat "JSON")"}},
    {"log_blank",
     [](OperatorConfiguration& c) {
       c.log_level = " ";
       c.log_format = "";
     },
     {}},
    {"log_other",
     [](OperatorConfiguration& c) {
       c.log_level = "debug";
       c.log_format = "text";
     },
     {}},
    {"no_profiles",
     [](OperatorConfiguration& c) { c.scheduler.profiles.clear(); },
     {"V-710 Required scheduler.profiles", "V-714 Required scheduler.profiles",
      R"(V-716 Invalid scheduler.defaultProfileName "default-scheduler")"}},
    {"profile_blank",
     [](OperatorConfiguration& c) {
       c.scheduler.profiles.push_back({"\t", std::nullopt});
     },
     {"V-711 Required scheduler.profiles[1].name"}},
    {"profile_unknown_twice",
     [](OperatorConfiguration& c) {
       c.scheduler.profiles.push_back({"foo", std::nullopt});
       c.scheduler.profiles.push_back({"foo", std::nullopt});
       c.scheduler.default_profile_name = "foo";
     },
     {R"(V-712 NotSupported scheduler.profiles[1].name "foo")",
      R"(V-712 NotSupported scheduler.profiles[2].name "foo")", R"(V-716 Invalid scheduler.defaultProfileName "foo")"}},
    {"profile_twice",
     [](OperatorConfiguration& c) {
       c.scheduler.profiles.push_back({"default-scheduler", std::nullopt});
     },
     {R"(V-713 Duplicate scheduler.profiles[1].name "default-scheduler")"}},
    {"without_default_scheduler",
     [](OperatorConfiguration& c) {
       c.scheduler.profiles = {{"lpx-scheduler", std::nullopt}};
       c.scheduler.default_profile_name = "lpx-scheduler";
     },
     {"V-714 Required scheduler.profiles"}},
    {"default_name_blank",
     [](OperatorConfiguration& c) { c.scheduler.default_profile_name = " "; },
     {"V-715 Required scheduler.defaultProfileName"}},
    {"default_name_not_enabled",
     [](OperatorConfiguration& c) { c.scheduler.default_profile_name = "kai-scheduler"; },
     {R"(V-716 Invalid scheduler.defaultProfileName "kai-scheduler")"}},
    {"election_off", [](OperatorConfiguration& c) { c.leader_election = {}; }, {}},
    {"election_durations",
     [](OperatorConfiguration& c) {
       c.leader_election.enabled = true;
       c.leader_election.lease_duration = Seconds(0);
       c.leader_election.renew_deadline = Seconds(-1);
       c.leader_election.retry_period = Seconds(-90);
     },
     {R"(V-720 Invalid leaderElection.leaseDuration "0s")", R"(V-720 Invalid leaderElection.renewDeadline "-1s")",
      R"(V-720 Invalid leaderElection.retryPeriod "-1m30s")"}},
    {"election_lease_too_short",
     [](OperatorConfiguration& c) {
       c.leader_election.enabled = true;
       c.leader_election.lease_duration = Seconds(9);
     },
     {R"(V-721 Invalid leaderElection.leaseDuration "10s")"}},
    {"election_lease_equal",
     [](OperatorConfiguration& c) {
       c.leader_election.enabled = true;
       c.leader_election.lease_duration = Seconds(10);
     },
     {R"(V-721 Invalid leaderElection.leaseDuration "10s")"}},
    {"election_names",
     [](OperatorConfiguration& c) {
       c.leader_election.enabled = true;
       c.leader_election.resource_lock.clear();
       c.leader_election.resource_name.clear();
     },
     {"V-722 Required leaderElection.resourceLock", "V-722 Required leaderElection.resourceName"}},
    {"burst",
     [](OperatorConfiguration& c) { c.runtime_client_connection.burst = -1; },
     {"V-730 Invalid clientConnection.burst -1"}},
    {"concurrent_syncs",
     [](OperatorConfiguration& c) {
       c.controllers.pod_clique_set.concurrent_syncs = 0;
       c.controllers.pod_clique.concurrent_syncs.reset();
       c.controllers.pod_clique_scaling_group.concurrent_syncs = -5;
       c.controllers.pod_gang.concurrent_syncs = 0;
     },
     {"V-740 Invalid controllers.podCliqueSet.concurrentSyncs 0",
      "V-740 Invalid controllers.podCliqueScalingGroup.concurrentSyncs -5",
      "V-740 Invalid controllers.podClique.concurrentSyncs null",
      "V-740 Invalid controllers.podGang.concurrentSyncs 0"}},
};

TEST(OperatorConfigurationRules, Findings) {
  for (const Case& test : kCases) {
    OperatorConfiguration configuration = DefaultOperatorConfiguration();
    test.change(configuration);
    Findings findings(Stage::kWebhook);
    ValidateOperatorConfiguration(configuration, findings);
    EXPECT_EQ(Rendered(findings.errors()), test.expected) << test.name;
    for (const FieldError& error : findings.errors()) EXPECT_FALSE(error.detail.empty()) << test.name;
  }
}

}  // namespace
}  // namespace grove::validation
