// Fields of the OperatorConfiguration (spec 01 §8). Its defaults are in operator_configuration.cc: the file is no API
// resource and has no schema of its own.
#pragma once

#include "grove/operator_configuration.hpp"

#include "model/fields/field_table.h"
#include "model/fields/object_meta.h"

namespace grove::fields {

template <>
struct FieldTable<SchedulerProfile> {
  static constexpr std::string_view kName = "SchedulerProfile";
  static constexpr std::tuple kRows{
      Field("name", &SchedulerProfile::name, {.always = true}),
      Field("config", &SchedulerProfile::config),
  };
};

template <>
struct FieldTable<SchedulerConfiguration> {
  static constexpr std::string_view kName = "SchedulerConfiguration";
  static constexpr std::tuple kRows{
      Field("profiles", &SchedulerConfiguration::profiles),
      Field("defaultProfileName", &SchedulerConfiguration::default_profile_name),
  };
};

template <>
struct FieldTable<TopologyAwareSchedulingConfiguration> {
  static constexpr std::string_view kName = "TopologyAwareSchedulingConfiguration";
  static constexpr std::tuple kRows{
      Field("enabled", &TopologyAwareSchedulingConfiguration::enabled, {.always = true}),
  };
};

template <>
struct FieldTable<NetworkConfiguration> {
  static constexpr std::string_view kName = "NetworkConfiguration";
  static constexpr std::tuple kRows{
      Field("autoMNNVLEnabled", &NetworkConfiguration::auto_mnnvl_enabled, {.always = true}),
  };
};

template <>
struct FieldTable<AuthorizerConfiguration> {
  using T = AuthorizerConfiguration;
  static constexpr std::string_view kName = "AuthorizerConfiguration";
  static constexpr std::tuple kRows{
      Field("enabled", &T::enabled, {.always = true}),
      Field("exemptServiceAccountUserNames", &T::exempt_service_account_user_names),
  };
};

template <>
struct FieldTable<ControllerConfiguration> {
  static constexpr std::string_view kName = "ControllerConfiguration";
  static constexpr std::tuple kRows{
      Field("concurrentSyncs", &ControllerConfiguration::concurrent_syncs),
  };
};

template <>
struct FieldTable<ControllersConfiguration> {
  using T = ControllersConfiguration;
  static constexpr std::string_view kName = "ControllersConfiguration";
  static constexpr std::tuple kRows{
      Field("podCliqueSet", &T::pod_clique_set, {.always = true}),
      Field("podClique", &T::pod_clique, {.always = true}),
      Field("podCliqueScalingGroup", &T::pod_clique_scaling_group, {.always = true}),
      Field("podGang", &T::pod_gang, {.always = true}),
  };
};

template <>
struct FieldTable<ClientConnectionConfiguration> {
  using T = ClientConnectionConfiguration;
  static constexpr std::string_view kName = "ClientConnectionConfiguration";
  static constexpr std::tuple kRows{
      Field("qps", &T::qps, {.always = true}),
      Field("burst", &T::burst, {.always = true}),
      Field("contentType", &T::content_type),
      Field("acceptContentTypes", &T::accept_content_types),
  };
};

template <>
struct FieldTable<LeaderElectionConfiguration> {
  using T = LeaderElectionConfiguration;
  static constexpr std::string_view kName = "LeaderElectionConfiguration";
  static constexpr std::tuple kRows{
      Field("enabled", &T::enabled, {.always = true}),
      Field("leaseDuration", &T::lease_duration, {.always = true}),
      Field("renewDeadline", &T::renew_deadline, {.always = true}),
      Field("retryPeriod", &T::retry_period, {.always = true}),
      Field("resourceLock", &T::resource_lock, {.always = true}),
      Field("resourceName", &T::resource_name, {.always = true}),
  };
};

template <>
struct FieldTable<ServerEndpoint> {
  static constexpr std::string_view kName = "Server";
  static constexpr std::tuple kRows{
      Field("bindAddress", &ServerEndpoint::bind_address, {.always = true}),
      Field("port", &ServerEndpoint::port, {.always = true}),
  };
};

template <>
struct FieldTable<WebhookServerConfiguration> {
  using T = WebhookServerConfiguration;
  static constexpr std::string_view kName = "WebhookServer";
  static constexpr std::tuple kRows{
      Field("bindAddress", &T::bind_address, {.always = true}),
      Field("port", &T::port, {.always = true}),
      Field("serverCertDir", &T::server_cert_dir),
      Field("secretName", &T::secret_name),
      Field("certProvisionMode", &T::cert_provision_mode),
  };
};

template <>
struct FieldTable<ServerConfiguration> {
  static constexpr std::string_view kName = "ServerConfiguration";
  static constexpr std::tuple kRows{
      Field("webhooks", &ServerConfiguration::webhooks, {.always = true}),
      Field("healthProbes", &ServerConfiguration::health_probes),
      Field("metrics", &ServerConfiguration::metrics),
  };
};

template <>
struct FieldTable<DebuggingConfiguration> {
  using T = DebuggingConfiguration;
  static constexpr std::string_view kName = "DebuggingConfiguration";
  static constexpr std::tuple kRows{
      Field("enableProfiling", &T::enable_profiling),
      Field("pprofBindHost", &T::pprof_bind_host),
      Field("pprofBindPort", &T::pprof_bind_port),
  };
};

template <>
struct FieldTable<OperatorConfiguration> {
  using T = OperatorConfiguration;
  static constexpr std::string_view kName = "OperatorConfiguration";
  static constexpr std::tuple kRows{
      Field("runtimeClientConnection", &T::runtime_client_connection, {.always = true}),
      Field("leaderElection", &T::leader_election, {.always = true}),
      Field("server", &T::server, {.always = true}),
      Field("debugging", &T::debugging),
      Field("controllers", &T::controllers, {.always = true}),
      Field("logLevel", &T::log_level, {.always = true}),
      Field("logFormat", &T::log_format, {.always = true}),
      Field("authorizer", &T::authorizer, {.always = true}),
      Field("topologyAwareScheduling", &T::topology_aware_scheduling, {.always = true}),
      Field("network", &T::network, {.always = true}),
      Field("scheduler", &T::scheduler, {.always = true}),
  };
};

}  // namespace grove::fields
