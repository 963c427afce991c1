// ClusterTopologyBindings (spec 03 §10.1).
#include "model/rules/families.h"

namespace grove::rules {

namespace {

constexpr RuleDescription kRules[] = {
    {"V-600", Stage::kWebhook, Severity::kError, "domain is bound twice",
     "A domain is one level of the topology. Remove or rename the repetition."},
    {"V-601", Stage::kWebhook, Severity::kError, "node label is bound twice",
     "Each level reads its own node label. Use another key."},
    {"V-602", Stage::kWebhook, Severity::kError, "scheduler is bound twice",
     "A scheduler has one topology object for this binding. Remove the repetition."},
    {"V-603", Stage::kWebhook, Severity::kError, "scheduler of a binding is not enabled",
     "The operator works only with schedulers of its configuration. Correct schedulerName or add a profile to "
     "scheduler.profiles."},
    {"V-604", Stage::kWebhook, Severity::kError, "scheduler of a binding knows no topologies",
     "Only the kai-scheduler takes topology objects. Remove the entry."},
};

}  // namespace

std::span<const RuleDescription> BindingRules() { return kRules; }

}  // namespace grove::rules
