// OperatorConfiguration: the settings that decide how sets are admitted and expanded (spec 01 §8).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "grove/object_meta.hpp"
#include "grove/value.hpp"

namespace grove {

struct SchedulerProfile {
  std::string name;             // "default-scheduler", "kai-scheduler", "volcano" or "lpx-scheduler"
  std::optional<Value> config;  // read by no backend

  friend bool operator==(const SchedulerProfile&, const SchedulerProfile&) = default;
};

struct SchedulerConfiguration {
  std::vector<SchedulerProfile> profiles;
  std::string default_profile_name;

  friend bool operator==(const SchedulerConfiguration&, const SchedulerConfiguration&) = default;
};

struct TopologyAwareSchedulingConfiguration {
  bool enabled = false;

  friend bool operator==(const TopologyAwareSchedulingConfiguration&,
                         const TopologyAwareSchedulingConfiguration&) = default;
};

struct NetworkConfiguration {
  bool auto_mnnvl_enabled = false;

  friend bool operator==(const NetworkConfiguration&, const NetworkConfiguration&) = default;
};

struct AuthorizerConfiguration {
  bool enabled = false;
  std::vector<std::string> exempt_service_account_user_names;

  friend bool operator==(const AuthorizerConfiguration&, const AuthorizerConfiguration&) = default;
};

struct ControllerConfiguration {
  std::optional<std::int32_t> concurrent_syncs;

  friend bool operator==(const ControllerConfiguration&, const ControllerConfiguration&) = default;
};

struct ControllersConfiguration {
  ControllerConfiguration pod_clique_set;
  ControllerConfiguration pod_clique;
  ControllerConfiguration pod_clique_scaling_group;
  ControllerConfiguration pod_gang;

  friend bool operator==(const ControllersConfiguration&, const ControllersConfiguration&) = default;
};

struct ClientConnectionConfiguration {
  double qps = 0;
  std::int32_t burst = 0;
  std::string content_type;
  std::string accept_content_types;

  friend bool operator==(const ClientConnectionConfiguration&, const ClientConnectionConfiguration&) = default;
};

struct LeaderElectionConfiguration {
  bool enabled = false;
  Duration lease_duration;
  Duration renew_deadline;
  Duration retry_period;
  std::string resource_lock;
  std::string resource_name;

  friend bool operator==(const LeaderElectionConfiguration&, const LeaderElectionConfiguration&) = default;
};

struct ServerEndpoint {
  std::string bind_address;
  std::int32_t port = 0;

  friend bool operator==(const ServerEndpoint&, const ServerEndpoint&) = default;
};

struct WebhookServerConfiguration {
  std::string bind_address;
  std::int32_t port = 0;
  std::string server_cert_dir;
  std::string secret_name;
  std::string cert_provision_mode;

  friend bool operator==(const WebhookServerConfiguration&, const WebhookServerConfiguration&) = default;
};

struct ServerConfiguration {
  WebhookServerConfiguration webhooks;
  std::optional<ServerEndpoint> health_probes;
  std::optional<ServerEndpoint> metrics;

  friend bool operator==(const ServerConfiguration&, const ServerConfiguration&) = default;
};

struct DebuggingConfiguration {
  bool enable_profiling = false;
  std::optional<std::string> pprof_bind_host;
  std::optional<std::int32_t> pprof_bind_port;

  friend bool operator==(const DebuggingConfiguration&, const DebuggingConfiguration&) = default;
};

struct OperatorConfiguration {
  static constexpr std::string_view kApiVersion = "operator.config.grove.io/v1alpha1";
  static constexpr std::string_view kKind = "OperatorConfiguration";

  ClientConnectionConfiguration runtime_client_connection;
  LeaderElectionConfiguration leader_election;
  ServerConfiguration server;
  std::optional<DebuggingConfiguration> debugging;
  ControllersConfiguration controllers;
  std::string log_level;
  std::string log_format;
  AuthorizerConfiguration authorizer;
  TopologyAwareSchedulingConfiguration topology_aware_scheduling;
  NetworkConfiguration network;
  SchedulerConfiguration scheduler;

  friend bool operator==(const OperatorConfiguration&, const OperatorConfiguration&) = default;
};

}  // namespace grove
