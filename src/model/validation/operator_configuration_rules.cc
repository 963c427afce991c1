// Rules of an OperatorConfiguration (spec 03 §11).
#include <bitset>

#include "model/duration.h"
#include "model/names.h"
#include "model/validation/backends.h"
#include "model/validation/rule_table.h"
#include "model/validation/rules.h"

namespace grove::validation {
namespace {

Value DurationValue(Duration duration) { return StringValue(FormatDuration(duration.nanoseconds)); }

std::string NotPositive(Duration duration) {
  return Concat({"must be longer than 0s, is ", FormatDuration(duration.nanoseconds)});
}

std::string NotEmpty() { return "must not be empty"; }

bool IsOneOf(std::string_view text, std::span<const std::string_view> allowed) {
  return std::ranges::find(allowed, text) != allowed.end();
}

// ---- Logging ----

constexpr std::string_view kLogLevels[] = {"debug", "info", "error"};
constexpr std::string_view kLogFormats[] = {"json", "text"};

constexpr Rule<OperatorConfiguration> kLogRules[] = {
    {"V-700", On::kCreateAndUpdate,
     [](const OperatorConfiguration& configuration) {
       return !IsBlank(configuration.log_level) && !IsOneOf(configuration.log_level, kLogLevels);
     },
     ErrorType::kNotSupported, "logLevel",
     [](const OperatorConfiguration& configuration) { return StringValue(configuration.log_level); },
     [](const OperatorConfiguration& configuration) {
       return Concat({Quoted(configuration.log_level), " is none of debug, info, error"});
     },
     kLogLevels},
    {"V-701", On::kCreateAndUpdate,
     [](const OperatorConfiguration& configuration) {
       return !IsBlank(configuration.log_format) && !IsOneOf(configuration.log_format, kLogFormats);
     },
     ErrorType::kNotSupported, "logFormat",
     [](const OperatorConfiguration& configuration) { return StringValue(configuration.log_format); },
     [](const OperatorConfiguration& configuration) {
       return Concat({Quoted(configuration.log_format), " is neither json nor text"});
     },
     kLogFormats},
};

// ---- Schedulers ----

using BackendSet = std::bitset<std::size(kBackends)>;

bool Holds(const BackendSet& set, std::string_view name) {
  const std::size_t backend = FindBackend(name);
  return backend < set.size() && set[backend];
}

struct Profile {
  const std::string& name;
  const BackendSet& seen;  // in earlier profiles
};

constexpr Rule<Profile> kProfileRules[] = {
    {"V-711", On::kCreateAndUpdate, [](const Profile& profile) { return IsBlank(profile.name); }, ErrorType::kRequired,
     "name", nullptr, [](const Profile&) { return NotEmpty(); }},
    {"V-712", On::kCreateAndUpdate,
     [](const Profile& profile) { return !IsBlank(profile.name) && FindBackend(profile.name) == std::size(kBackends); },
     ErrorType::kNotSupported, "name", [](const Profile& profile) { return StringValue(profile.name); },
     [](const Profile& profile) {
       return Concat({Quoted(profile.name), " is none of kai-scheduler, default-scheduler, volcano, lpx-scheduler"});
     },
     kBackendNames},
    {"V-713", On::kCreateAndUpdate, [](const Profile& profile) { return Holds(profile.seen, profile.name); },
     ErrorType::kDuplicate, "name", [](const Profile& profile) { return StringValue(profile.name); },
     [](const Profile& profile) {
       return Concat({"an earlier profile is ", Quoted(profile.name)});
     }},
};

struct Scheduler {
  const SchedulerConfiguration& configuration;
  const BackendSet& seen;  // in all profiles
};

constexpr Rule<Scheduler> kBeforeProfilesRules[] = {
    {"V-710", On::kCreateAndUpdate, [](const Scheduler& scheduler) { return scheduler.configuration.profiles.empty(); },
     ErrorType::kRequired, "scheduler.profiles", nullptr,
     [](const Scheduler&) { return std::string("must have at least one profile"); }},
};

constexpr Rule<Scheduler> kAfterProfilesRules[] = {
    {"V-714", On::kCreateAndUpdate,
     [](const Scheduler& scheduler) { return !Holds(scheduler.seen, schedulers::kDefault); }, ErrorType::kRequired,
     "scheduler.profiles", nullptr,
     [](const Scheduler&) { return std::string("must have the profile default-scheduler"); }},
    {"V-715", On::kCreateAndUpdate,
     [](const Scheduler& scheduler) { return IsBlank(scheduler.configuration.default_profile_name); },
     ErrorType::kRequired, "scheduler.defaultProfileName", nullptr, [](const Scheduler&) { return NotEmpty(); }},
    {"V-716", On::kCreateAndUpdate,
     [](const Scheduler& scheduler) {
       return !IsBlank(scheduler.configuration.default_profile_name) &&
              !Holds(scheduler.seen, scheduler.configuration.default_profile_name);
     },
     ErrorType::kInvalid, "scheduler.defaultProfileName",
     [](const Scheduler& scheduler) { return StringValue(scheduler.configuration.default_profile_name); },
     [](const Scheduler& scheduler) {
       return Concat({Quoted(scheduler.configuration.default_profile_name), " is none of the profiles"});
     }},
};

void ValidateScheduler(const SchedulerConfiguration& configuration, Findings& findings) {
  const FieldPath root;
  const FieldPath list = root.Child("scheduler.profiles");
  BackendSet seen;
  const Scheduler scheduler{configuration, seen};
  Apply<Scheduler>(kBeforeProfilesRules, Operation::kCreate, scheduler, root, findings);
  for (std::size_t i = 0; i < configuration.profiles.size(); ++i) {
    const std::string& name = configuration.profiles[i].name;
    Apply<Profile>(kProfileRules, Operation::kCreate, {name, seen}, list.Index(i), findings);
    if (const std::size_t backend = FindBackend(name); backend < seen.size()) seen.set(backend);
  }
  Apply<Scheduler>(kAfterProfilesRules, Operation::kCreate, scheduler, root, findings);
}

// ---- Leader election; evaluated only where it is on ----

using Election = LeaderElectionConfiguration;

constexpr Rule<Election> kElectionRules[] = {
    {"V-720", On::kCreateAndUpdate, [](const Election& election) { return election.lease_duration.nanoseconds <= 0; },
     ErrorType::kInvalid, "leaseDuration",
     [](const Election& election) { return DurationValue(election.lease_duration); },
     [](const Election& election) { return NotPositive(election.lease_duration); }},
    {"V-720", On::kCreateAndUpdate, [](const Election& election) { return election.renew_deadline.nanoseconds <= 0; },
     ErrorType::kInvalid, "renewDeadline",
     [](const Election& election) { return DurationValue(election.renew_deadline); },
     [](const Election& election) { return NotPositive(election.renew_deadline); }},
    {"V-720", On::kCreateAndUpdate, [](const Election& election) { return election.retry_period.nanoseconds <= 0; },
     ErrorType::kInvalid, "retryPeriod", [](const Election& election) { return DurationValue(election.retry_period); },
     [](const Election& election) { return NotPositive(election.retry_period); }},
    // The bad value is that of the other field.
    {"V-721", On::kCreateAndUpdate,
     [](const Election& election) { return election.lease_duration <= election.renew_deadline; }, ErrorType::kInvalid,
     "leaseDuration", [](const Election& election) { return DurationValue(election.renew_deadline); },
     [](const Election& election) {
       return Concat({FormatDuration(election.lease_duration.nanoseconds), " must be longer than renewDeadline (",
                      FormatDuration(election.renew_deadline.nanoseconds), ")"});
     }},
    {"V-722", On::kCreateAndUpdate, [](const Election& election) { return election.resource_lock.empty(); },
     ErrorType::kRequired, "resourceLock", nullptr, [](const Election&) { return NotEmpty(); }},
    {"V-722", On::kCreateAndUpdate, [](const Election& election) { return election.resource_name.empty(); },
     ErrorType::kRequired, "resourceName", nullptr, [](const Election&) { return NotEmpty(); }},
};

// ---- Client connection and controllers ----

constexpr Rule<ClientConnectionConfiguration> kClientRules[] = {
    {"V-730", On::kCreateAndUpdate, [](const ClientConnectionConfiguration& client) { return client.burst < 0; },
     ErrorType::kInvalid, "burst",
     [](const ClientConnectionConfiguration& client) { return IntegerValue(client.burst); },
     [](const ClientConnectionConfiguration& client) {
       return Concat({"must not be negative, is ", std::to_string(client.burst)});
     }},
};

struct ControllerRow {
  std::string_view name;
  ControllerConfiguration ControllersConfiguration::*controller;
};

constexpr ControllerRow kControllers[] = {
    {"podCliqueSet", &ControllersConfiguration::pod_clique_set},
    {"podCliqueScalingGroup", &ControllersConfiguration::pod_clique_scaling_group},
    {"podClique", &ControllersConfiguration::pod_clique},
    {"podGang", &ControllersConfiguration::pod_gang},
};

constexpr Rule<ControllerConfiguration> kControllerRules[] = {
    {"V-740", On::kCreateAndUpdate,
     [](const ControllerConfiguration& controller) {
       return !controller.concurrent_syncs.has_value() || *controller.concurrent_syncs <= 0;
     },
     ErrorType::kInvalid, "concurrentSyncs",
     [](const ControllerConfiguration& controller) {
       return controller.concurrent_syncs.has_value() ? IntegerValue(*controller.concurrent_syncs) : Value();
     },
     [](const ControllerConfiguration& controller) {
       return controller.concurrent_syncs.has_value()
                  ? Concat({"must be greater than 0, is ", std::to_string(*controller.concurrent_syncs)})
                  : std::string("must be set");
     }},
};

}  // namespace

void ValidateOperatorConfiguration(const OperatorConfiguration& configuration, Findings& findings) {
  const FieldPath root;
  Apply<OperatorConfiguration>(kLogRules, Operation::kCreate, configuration, root, findings);
  ValidateScheduler(configuration.scheduler, findings);
  if (configuration.leader_election.enabled) {
    Apply<Election>(kElectionRules, Operation::kCreate, configuration.leader_election, root.Child("leaderElection"),
                    findings);
  }
  Apply<ClientConnectionConfiguration>(kClientRules, Operation::kCreate, configuration.runtime_client_connection,
                                       root.Child("clientConnection"), findings);
  const FieldPath controllers = root.Child("controllers");
  for (const ControllerRow& row : kControllers) {
    Apply<ControllerConfiguration>(kControllerRules, Operation::kCreate, configuration.controllers.*(row.controller),
                                   controllers.Child(row.name), findings);
  }
}

}  // namespace grove::validation
