#include <gtest/gtest.h>

#include "grove/admission.hpp"

namespace grove {
namespace {

std::vector<std::string> ProfileNames(const OperatorConfiguration& configuration) {
  std::vector<std::string> names;
  for (const SchedulerProfile& profile : configuration.scheduler.profiles) names.push_back(profile.name);
  return names;
}

TEST(OperatorConfiguration, Defaults) {
  const OperatorConfiguration c = DefaultOperatorConfiguration();
  EXPECT_EQ(c.log_level, "info");
  EXPECT_EQ(c.log_format, "json");
  EXPECT_EQ(c.runtime_client_connection.qps, 100);
  EXPECT_EQ(c.runtime_client_connection.burst, 120);
  EXPECT_FALSE(c.leader_election.enabled);
  EXPECT_EQ(c.leader_election.lease_duration.nanoseconds, 15'000'000'000);
  EXPECT_EQ(c.leader_election.renew_deadline.nanoseconds, 10'000'000'000);
  EXPECT_EQ(c.leader_election.retry_period.nanoseconds, 2'000'000'000);
  EXPECT_EQ(c.leader_election.resource_lock, "leases");
  EXPECT_EQ(c.leader_election.resource_name, "grove-operator-leader-election");
  EXPECT_EQ(c.server.webhooks.port, 2750);
  EXPECT_EQ(c.server.webhooks.server_cert_dir, "/etc/grove-operator/webhook-certs");
  EXPECT_EQ(c.server.webhooks.secret_name, "grove-webhook-server-cert");
  EXPECT_EQ(c.server.webhooks.cert_provision_mode, "auto");
  ASSERT_TRUE(c.server.health_probes.has_value());
  EXPECT_EQ(c.server.health_probes->port, 2751);
  ASSERT_TRUE(c.server.metrics.has_value());
  EXPECT_EQ(c.server.metrics->port, 2752);
  EXPECT_FALSE(c.debugging.has_value());
  EXPECT_EQ(c.controllers.pod_clique_set.concurrent_syncs, 10);
  EXPECT_EQ(c.controllers.pod_clique.concurrent_syncs, 10);
  EXPECT_EQ(c.controllers.pod_clique_scaling_group.concurrent_syncs, 5);
  EXPECT_EQ(c.controllers.pod_gang.concurrent_syncs, 5);
  EXPECT_EQ(ProfileNames(c), std::vector<std::string>{"default-scheduler"});
  EXPECT_EQ(c.scheduler.default_profile_name, "default-scheduler");
  EXPECT_FALSE(c.topology_aware_scheduling.enabled);
  EXPECT_FALSE(c.network.auto_mnnvl_enabled);
  EXPECT_FALSE(c.authorizer.enabled);
}

TEST(OperatorConfiguration, NothingStandsForTheDefaults) {
  for (const std::string_view json : {"null", "{}", R"({"kind":"OperatorConfiguration","unknown":{"a":[1]}})"}) {
    const ConfigurationResult result = LoadOperatorConfiguration(Value::FromJson(json));
    EXPECT_TRUE(result.valid()) << json;
    EXPECT_EQ(result.configuration, DefaultOperatorConfiguration()) << json;
  }
}

TEST(OperatorConfiguration, Schedulers) {
  struct Case {
    std::string_view json;
    std::vector<std::string> profiles;
    std::string_view default_name;
  };
  const std::vector<Case> cases = {
      // Without profiles the default is overwritten.
      {R"({"scheduler":{"defaultProfileName":"kai-scheduler"}})", {"default-scheduler"}, "default-scheduler"},
      {R"({"scheduler":{"profiles":[],"defaultProfileName":"kai-scheduler"}})",
       {"default-scheduler"},
       "default-scheduler"},
      {R"({"scheduler":{"profiles":[{"name":"kai-scheduler","config":{"a":1}}]}})",
       {"kai-scheduler", "default-scheduler"},
       "default-scheduler"},
      {R"({"scheduler":{"profiles":[{"name":"volcano"},{"name":"default-scheduler"}],"defaultProfileName":"volcano"}})",
       {"volcano", "default-scheduler"},
       "volcano"},
  };
  for (const Case& test : cases) {
    const ConfigurationResult result = LoadOperatorConfiguration(Value::FromJson(test.json));
    EXPECT_TRUE(result.valid()) << test.json;
    EXPECT_EQ(ProfileNames(result.configuration), test.profiles) << test.json;
    EXPECT_EQ(result.configuration.scheduler.default_profile_name, test.default_name) << test.json;
  }
}

TEST(OperatorConfiguration, KeepsWhatIsWritten) {
  const ConfigurationResult result = LoadOperatorConfiguration(Value::FromJson(R"({
    "apiVersion": "operator.config.grove.io/v1alpha1", "kind": "OperatorConfiguration",
    "logLevel": "debug", "runtimeClientConnection": {"qps": 1.5, "burst": 7},
    "leaderElection": {"enabled": true, "leaseDuration": "1m", "resourceName": null},
    "server": {"metrics": {"port": 9000}}, "debugging": {"enableProfiling": true},
    "controllers": {"podClique": {"concurrentSyncs": 3}},
    "topologyAwareScheduling": {"enabled": true}, "network": {"autoMNNVLEnabled": true},
    "authorizer": {"enabled": true, "exemptServiceAccountUserNames": ["u"]}})"));
  ASSERT_TRUE(result.valid());
  const OperatorConfiguration& c = result.configuration;
  EXPECT_EQ(c.log_level, "debug");
  EXPECT_EQ(c.runtime_client_connection.qps, 1.5);
  EXPECT_EQ(c.runtime_client_connection.burst, 7);
  EXPECT_EQ(c.leader_election.lease_duration.nanoseconds, 60'000'000'000);
  EXPECT_EQ(c.leader_election.resource_name, "grove-operator-leader-election");
  EXPECT_EQ(c.server.metrics->port, 9000);
  EXPECT_EQ(c.server.health_probes->port, 2751);
  EXPECT_EQ(c.debugging->pprof_bind_host, "127.0.0.1");
  EXPECT_EQ(c.debugging->pprof_bind_port, 2753);
  EXPECT_EQ(c.controllers.pod_clique.concurrent_syncs, 3);
  EXPECT_TRUE(c.topology_aware_scheduling.enabled);
  EXPECT_TRUE(c.network.auto_mnnvl_enabled);
  EXPECT_TRUE(c.authorizer.enabled);
  EXPECT_EQ(c.authorizer.exempt_service_account_user_names, std::vector<std::string>{"u"});
}

TEST(OperatorConfiguration, ExplicitZeroOfASyncCountIsRefused) {
  const ConfigurationResult result =
      LoadOperatorConfiguration(Value::FromJson(R"({"controllers":{"podGang":{"concurrentSyncs":0}}})"));
  ASSERT_EQ(result.errors.size(), 1U);
  EXPECT_EQ(result.errors[0].rule, "V-740");
  EXPECT_EQ(result.errors[0].field, "controllers.podGang.concurrentSyncs");
}

TEST(OperatorConfiguration, WrongTypesAreBadRequests) {
  struct Case {
    std::string_view json;
    std::string_view field;
  };
  const std::vector<Case> cases = {
      {"[]", ""},
      {"7", ""},
      {R"({"kind":"PodCliqueSet"})", "kind"},
      {R"({"apiVersion":1})", "apiVersion"},
      {R"({"logLevel":1})", "logLevel"},
      {R"({"leaderElection":{"leaseDuration":"1d"}})", "leaderElection.leaseDuration"},
      {R"({"leaderElection":{"leaseDuration":15}})", "leaderElection.leaseDuration"},
      {R"({"scheduler":{"profiles":[{"name":"volcano"},{"name":false}]}})", "scheduler.profiles[1].name"},
      {R"({"scheduler":{"profiles":{}}})", "scheduler.profiles"},
      {R"({"controllers":{"podClique":{"concurrentSyncs":1.5}}})", "controllers.podClique.concurrentSyncs"},
      {R"({"runtimeClientConnection":{"burst":3000000000}})", "runtimeClientConnection.burst"},
      {R"({"network":{"autoMNNVLEnabled":"true"}})", "network.autoMNNVLEnabled"},
  };
  for (const Case& test : cases) {
    const ConfigurationResult result = LoadOperatorConfiguration(Value::FromJson(test.json));
    ASSERT_EQ(result.errors.size(), 1U) << test.json;
    EXPECT_EQ(result.errors[0].type, ErrorType::kBadRequest) << test.json;
    EXPECT_EQ(result.errors[0].field, test.field) << test.json;
    EXPECT_FALSE(result.errors[0].detail.empty()) << test.json;
  }
}

}  // namespace
}  // namespace grove
