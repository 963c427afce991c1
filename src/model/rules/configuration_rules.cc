// OperatorConfigurations (spec 03 §11).
#include "model/rules/families.h"

namespace grove::rules {

namespace {

constexpr RuleDescription kRules[] = {
    {"V-700", Stage::kWebhook, Severity::kError, "logLevel is unknown", "Write debug, info or error."},
    {"V-701", Stage::kWebhook, Severity::kError, "logFormat is unknown", "Write json or text."},
    {"V-710", Stage::kWebhook, Severity::kError, "no scheduler profile",
     "The operator needs at least one scheduler. Add a profile."},
    {"V-711", Stage::kWebhook, Severity::kError, "scheduler profile has no name",
     "A profile is known by the name of its scheduler. Name it."},
    {"V-712", Stage::kWebhook, Severity::kError, "scheduler of a profile is unknown",
     "The operator knows kai-scheduler, default-scheduler, volcano and lpx-scheduler. Use one of these."},
    {"V-713", Stage::kWebhook, Severity::kError, "scheduler has two profiles",
     "Each scheduler has at most one profile. Remove the repetition."},
    {"V-714", Stage::kWebhook, Severity::kError, "profile of default-scheduler is missing",
     "The operator always supports the scheduler of Kubernetes. Add a profile with the name default-scheduler."},
    {"V-715", Stage::kWebhook, Severity::kError, "defaultProfileName is missing",
     "Sets that name no scheduler need one. Set it to the name of a profile."},
    {"V-716", Stage::kWebhook, Severity::kError, "defaultProfileName is no profile",
     "Sets that name no scheduler need one that is enabled. Set it to the name of a profile."},
    {"V-720", Stage::kWebhook, Severity::kError, "time of the leader election is not positive",
     "Leases are renewed in real time. Write a positive duration such as 15s."},
    {"V-721", Stage::kWebhook, Severity::kError, "leaseDuration does not exceed renewDeadline",
     "A leader must be able to renew its lease before it ends. Raise leaseDuration or lower renewDeadline."},
    {"V-722", Stage::kWebhook, Severity::kError, "leader election has no lock",
     "Operators compete for a named object. Set resourceLock and resourceName."},
    {"V-730", Stage::kWebhook, Severity::kError, "burst is negative",
     "The client may send this many requests at once. Write 0 or more."},
    {"V-740", Stage::kWebhook, Severity::kError, "concurrentSyncs is not positive",
     "A controller without workers does nothing. Write a positive number."},
};

}  // namespace

std::span<const RuleDescription> ConfigurationRules() { return kRules; }

}  // namespace grove::rules
