// Reading an OperatorConfiguration: a file of the operator, no API resource (spec 02 §6, 03 §11).
#include "model/fields/operator_configuration.h"

#include "grove/admission.hpp"

#include "model/admission/structural_defaults.h"
#include "model/admission/typed_form.h"
#include "model/codec.h"
#include "model/locate.h"
#include "model/naming.h"
#include "model/validation/rules.h"

namespace grove {
namespace {

using internal::Node;

// Absent counts as zero.
template <class T, class Default>
void SetIfZero(T& member, const Default& value) {
  if (member == T{}) member = value;
}

constexpr Duration Seconds(std::int64_t count) { return {count * 1'000'000'000}; }

void DefaultLeaderElection(LeaderElectionConfiguration& election) {
  SetIfZero(election.lease_duration, Seconds(15));
  SetIfZero(election.renew_deadline, Seconds(10));
  SetIfZero(election.retry_period, Seconds(2));
  SetIfZero(election.resource_lock, "leases");
  SetIfZero(election.resource_name, "grove-operator-leader-election");
}

void DefaultServer(ServerConfiguration& server) {
  SetIfZero(server.webhooks.port, 2750);
  SetIfZero(server.webhooks.server_cert_dir, "/etc/grove-operator/webhook-certs");
  SetIfZero(server.webhooks.secret_name, "grove-webhook-server-cert");
  SetIfZero(server.webhooks.cert_provision_mode, "auto");
  SetIfZero(server.health_probes, ServerEndpoint());
  SetIfZero(server.health_probes->port, 2751);
  SetIfZero(server.metrics, ServerEndpoint());
  SetIfZero(server.metrics->port, 2752);
}

// Without profiles the name of the default one is overwritten, whatever it was (O-29).
void DefaultScheduler(SchedulerConfiguration& scheduler) {
  const std::string default_name(schedulers::kDefault);
  if (scheduler.profiles.empty()) scheduler.default_profile_name = default_name;
  bool has_default = false;
  for (const SchedulerProfile& profile : scheduler.profiles) has_default = has_default || profile.name == default_name;
  if (!has_default) scheduler.profiles.push_back({default_name, std::nullopt});
  SetIfZero(scheduler.default_profile_name, default_name);
}

void ApplyDefaults(OperatorConfiguration& configuration) {
  SetIfZero(configuration.log_level, "info");
  SetIfZero(configuration.log_format, "json");
  SetIfZero(configuration.runtime_client_connection.qps, 100);
  SetIfZero(configuration.runtime_client_connection.burst, 120);
  DefaultLeaderElection(configuration.leader_election);
  DefaultServer(configuration.server);
  if (configuration.debugging.has_value()) {
    SetIfZero(configuration.debugging->pprof_bind_host, "127.0.0.1");
    SetIfZero(configuration.debugging->pprof_bind_port, 2753);
  }
  SetIfZero(configuration.controllers.pod_clique_set.concurrent_syncs, 10);
  SetIfZero(configuration.controllers.pod_clique.concurrent_syncs, 10);
  SetIfZero(configuration.controllers.pod_clique_scaling_group.concurrent_syncs, 5);
  SetIfZero(configuration.controllers.pod_gang.concurrent_syncs, 5);
  DefaultScheduler(configuration.scheduler);
}

FieldError BadRequest(std::string field, std::string detail) {
  return {ErrorType::kBadRequest, std::move(field), std::nullopt, std::move(detail), "V-010", Stage::kSchema, {}};
}

// A file may leave out what it is, but not state something else.
std::optional<FieldError> CheckKind(const Node& document) {
  struct Row {
    std::string_view member;
    std::string_view expected;
  };
  constexpr Row kRows[] = {{"apiVersion", OperatorConfiguration::kApiVersion}, {"kind", OperatorConfiguration::kKind}};
  for (const Row& row : kRows) {
    const Node* member = internal::Find(document, row.member);
    if (member == nullptr || internal::IsNull(*member)) continue;
    if (internal::IsString(*member) && internal::Text(*member) == row.expected) continue;
    return BadRequest(std::string(row.member), "must be " + std::string(row.expected));
  }
  return std::nullopt;
}

// The typed form of the document, members that it lacks being zero; unknown members are ignored.
std::optional<FieldError> Decode(const Value& document, ConfigurationResult& result) {
  if (document.is_null()) return std::nullopt;
  if (!document.is_object()) return BadRequest("", "an operator configuration must be an object");
  if (auto error = CheckKind(document.node())) return error;
  auto storage = std::make_shared<internal::Storage>();
  storage->Keep(document.storage());
  const schema::Type& type = fields::kObjectOf<OperatorConfiguration>;
  const Node known = admission::StructuralDefaults(*storage, result.pruned).Apply(document.node(), type);
  admission::TypedForm typed(*storage);
  const Node node = typed.Rewrite(known, type, FieldPath());
  if (typed.error().has_value()) return BadRequest(typed.error()->field, "must be " + typed.error()->expected);
  result.configuration = codec::FromValue<OperatorConfiguration>(Value(node, storage));
  return std::nullopt;
}

}  // namespace

OperatorConfiguration DefaultOperatorConfiguration() {
  OperatorConfiguration configuration;
  ApplyDefaults(configuration);
  return configuration;
}

ConfigurationResult LoadOperatorConfiguration(const Value& document) {
  ConfigurationResult result;
  if (auto error = Decode(document, result)) {
    result.errors.push_back(std::move(*error));
  } else {
    ApplyDefaults(result.configuration);
    Findings findings(Stage::kWebhook);
    validation::ValidateOperatorConfiguration(result.configuration, findings);
    result.errors = std::move(findings.errors());
  }
  for (FieldError& error : result.errors) error.location = Locate(document, error.field);
  return result;
}

}  // namespace grove
