// Scheduler names and backends (spec 03 §9).
#include "model/rules/families.h"

namespace grove::rules {

namespace {

constexpr RuleDescription kRules[] = {
    {"V-400", Stage::kWebhook, Severity::kError, "cliques name different schedulers",
     "All pods of a set are scheduled by one scheduler. Use the same schedulerName in all cliques."},
    {"V-401", Stage::kWebhook, Severity::kError, "scheduler is not enabled",
     "The operator works only with schedulers of its configuration. Correct schedulerName or add a profile to "
     "scheduler.profiles."},
    {"V-405", Stage::kWebhook, Severity::kError, "scheduler of the set is not enabled",
     "The operator works only with schedulers of its configuration. Correct schedulerName or add a profile to "
     "scheduler.profiles."},
    {"V-406", Stage::kWebhook, Severity::kError, "set names no scheduler and there is no default",
     "The operator does not know who schedules the pods. Set schedulerName or scheduler.defaultProfileName."},
    {"V-410", Stage::kWebhook, Severity::kError, "KAI queue of a clique differs from that of the set",
     "A gang is scheduled from one queue. Use the same label kai.scheduler/queue, or set it only on the set."},
    {"V-411", Stage::kWebhook, Severity::kError, "set has no KAI queue",
     "The KAI scheduler takes pods only from a queue. Set the label kai.scheduler/queue on the set."},
    {"V-412", Stage::kWebhook, Severity::kError, "cliques name different KAI queues",
     "A gang is scheduled from one queue. Use the same label kai.scheduler/queue, or set it only on the set."},
    {"V-420", Stage::kWebhook, Severity::kError, "topology constraint with the Volcano scheduler",
     "The Volcano backend cannot carry topology constraints. Remove them or use another scheduler."},
    {"V-421", Stage::kWebhook, Severity::kError, "Volcano queue of the set is no DNS name",
     "A queue is named by the annotation scheduling.grove.io/volcano-queue. Use the name of a queue."},
    {"V-422", Stage::kWebhook, Severity::kError, "Volcano queue of a clique is no DNS name",
     "A queue is named by the annotation scheduling.grove.io/volcano-queue. Use the name of a queue."},
    {"V-423", Stage::kWebhook, Severity::kError, "Volcano queue of a clique differs from that of the set",
     "A gang is scheduled from one queue. Set the queue only on the set."},
    {"V-424", Stage::kWebhook, Severity::kError, "cliques resolve to different Volcano queues",
     "A gang is scheduled from one queue, and a clique without one uses the queue default. Set the queue on the set."},
    {"V-425", Stage::kWebhook, Severity::kError, "Volcano queues of cliques are in conflict",
     "A gang is scheduled from one queue. Set a valid queue on the set alone."},
    {"V-426", Stage::kWebhook, Severity::kError, "Volcano queue does not exist",
     "Pods would wait for ever. Correct the name or create the queue."},
    {"V-427", Stage::kWebhook, Severity::kError, "Volcano queue is not open",
     "A queue that is closed or closing takes no pods. Open it or use another one."},
    {"V-440", Stage::kWebhook, Severity::kError, "topology constraint with the LPX scheduler",
     "The LPX backend cannot carry topology constraints. Remove them or use another scheduler."},
};

}  // namespace

std::span<const RuleDescription> SchedulerRules() { return kRules; }

}  // namespace grove::rules
