// Gangs: what has to run together, and whether the scheduler is going to honour it.
#include <algorithm>

#include "model/codec.h"
#include "model/fields/pod_clique_set.h"
#include "model/names.h"
#include "model/naming.h"
#include "planner/lint/subject.h"

namespace grove::planner::lint {

namespace {

using std::string_view;

constexpr std::int64_t kNanosecondsPerSecond = 1'000'000'000;
constexpr std::int64_t kKaiStaleGangSeconds = 60;  // KAI's default (PL-64)
constexpr std::int64_t kDefaultDelaySeconds = 4 * 3600;

// L-020.
void CheckGangOfOne(const Subject& subject, Report& report) {
  for (std::size_t i = 0; i < subject.spec.cliques.size(); ++i) {
    const PodCliqueTemplateSpec& clique = subject.clique(i);
    if (!subject.IsMember(i) || clique.spec.replicas < 2 || MinAvailableOf(clique) != 1) continue;
    const string_view group = subject.group(subject.group_of[i]).name;
    report.Add(
        CliquePath(i, "spec.minAvailable"),
        Concat({"one pod of ", std::to_string(clique.spec.replicas), " of ", Quoted(clique.name),
                " is enough for a replica of scaling group ", Quoted(group), " to start and to count as available"}),
        Concat({"leave minAvailable out, or write minAvailable: ", std::to_string(clique.spec.replicas),
                ", if the pods of a replica work on one model together"}));
  }
}

// Pods that the base gang asks for at least; the largest number where that overflows.
std::int64_t GangMinimum(const Subject& subject) {
  std::int64_t minimum = 0;
  for (std::size_t i = 0; i < subject.spec.cliques.size(); ++i) {
    const std::int64_t times = subject.IsMember(i) ? MinAvailableOf(subject.group(subject.group_of[i])) : 1;
    std::int64_t pods = 0;
    if (__builtin_mul_overflow(std::int64_t{MinAvailableOf(subject.clique(i))}, times, &pods) ||
        __builtin_add_overflow(minimum, pods, &minimum)) {
      return INT64_MAX;
    }
  }
  return minimum;
}

std::string SchedulerPath() { return CliquePath(0, "spec.podSpec.schedulerName"); }

// L-021.
void CheckNoGangs(const Subject& subject, Report& report) {
  if (subject.backend.scheduler_name != schedulers::kDefault) return;
  const std::int64_t minimum = GangMinimum(subject);
  if (minimum < 2) return;
  report.Add(SchedulerPath(),
             Concat({"default-scheduler places the ", std::to_string(minimum),
                     " pods that have to run together one by one, and holds room for those that fit"}),
             "name a scheduler with gangs (kai-scheduler, volcano) in schedulerName, or pass the OperatorConfiguration "
             "whose default it is");
}

// L-022.
void CheckIgnoredTopology(const Subject& subject, Report& report) {
  if (subject.backend.scheduler_name != schedulers::kDefault) return;
  const auto add = [&](std::string path, const std::optional<TopologyConstraint>& constraint) {
    if (!constraint.has_value()) return;
    const std::string& required = RequiredDomain(*constraint);
    report.Add(std::move(path),
               Concat({"default-scheduler never sees the constraint ",
                       Quoted(required.empty() ? PreferredDomain(*constraint) : required), ": pods go anywhere"}),
               "use kai-scheduler, or remove the constraint");
  };
  add("spec.template.topologyConstraint", subject.spec.topology_constraint);
  for (std::size_t i = 0; i < subject.spec.cliques.size(); ++i) {
    add(CliquePath(i, "topologyConstraint"), subject.clique(i).topology_constraint);
  }
  for (std::size_t g = 0; g < subject.spec.pod_clique_scaling_groups.size(); ++g) {
    add(GroupPath(g, "topologyConstraint"), subject.group(g).topology_constraint);
  }
}

// L-023.
void CheckLostPriority(const Subject& subject, Report& report) {
  const std::string& priority = subject.spec.priority_class_name;
  if (priority.empty() || subject.backend.schedules_gangs) return;
  report.Add("spec.template.priorityClassName",
             Concat({"priority class ", Quoted(priority), " goes to PodGangs alone, which ",
                     subject.backend.scheduler_name, " does not read: the pods have no priority"}),
             "name the class in the podSpec of every clique");
}

// L-024.
void CheckTerminationDelay(const Subject& subject, Report& report) {
  if (subject.backend.scheduler_name != schedulers::kKai || !subject.spec.termination_delay.has_value()) return;
  const Duration delay = *subject.spec.termination_delay;
  if (delay.nanoseconds <= kKaiStaleGangSeconds * kNanosecondsPerSecond) return;
  // Nobody relies on a number that he did not write.
  if (delay.nanoseconds == kDefaultDelaySeconds * kNanosecondsPerSecond &&
      !IsWritten(subject, subject.document.node(), {"spec", "template", "terminationDelay"})) {
    return;
  }
  report.Add("spec.template.terminationDelay",
             Concat({"KAI-Scheduler evicts a gang that stays below its minimum after 60s; Grove's ",
                     codec::FormatDurationText(delay), " are hardly ever reached"}),
             "raise KAI's grace period for stale gangs to this delay, or expect the 60s");
}

std::string_view QueueOf(const StringMap& annotations) { return TrimSpace(annotations.Get(keys::kVolcanoQueue)); }

// L-025.
void CheckVolcanoQueue(const Subject& subject, Report& report) {
  constexpr string_view kDefaultQueue = "default";
  if (subject.backend.scheduler_name != schedulers::kVolcano || !QueueOf(subject.set.metadata.annotations).empty())
    return;
  for (std::size_t i = 0; i < subject.spec.cliques.size(); ++i) {
    const string_view queue = QueueOf(subject.clique(i).annotations);
    if (queue.empty() || queue == kDefaultQueue) continue;
    report.Add(Concat({CliquePath(i, "annotations"), ".", keys::kVolcanoQueue}),
               Concat({"queue ", Quoted(queue), " is named on cliques alone; the PodGroups go to queue \"default\""}),
               "move the annotation to metadata.annotations of the set");
    return;
  }
}

constexpr Row kRows[] = {
    {{"L-020", Severity::kWarning, "gang of one pod of a role with several",
      "The gang is placed, and the replica counts as available, once a single pod of the clique runs. A model that is "
      "spread over all its pods does not work with one, and losing the others is no breach that would recycle them.",
      "A gang asks for minAvailable pods of every clique. It is as many as replicas unless it is written.",
      "Leave minAvailable out, or set it to replicas, for cliques whose pods need each other.",
      "05 PG-14; 02 D-03; 09 §4.4"},
     CheckGangOfOne},
    {{"L-021", Severity::kWarning, "scheduler without gangs",
      "Pods are placed one by one. Two sets that want the same nodes can each hold a part of what they need, and "
      "neither ever works.",
      "The default scheduler's backend makes no object of a PodGang: the minima are not passed on to it.",
      "Use kai-scheduler or volcano for sets whose pods need each other.", "07 §2, oddity 1"},
     CheckNoGangs},
    {{"L-022", Severity::kWarning, "topology constraint without effect",
      "Pods are placed anywhere, required domain or not. No condition and no event tells.",
      "Admission takes constraints for every backend that does not refuse them; the default scheduler's drops them.",
      "Use kai-scheduler, or remove the constraint.", "07 §2, oddity 1"},
     CheckIgnoredTopology},
    {{"L-023", Severity::kWarning, "priority class without effect",
      "Pods run with the priority of their own pod specs, mostly none. Yet a change of the class replaces every pod, "
      "for it is part of the hash of every template.",
      "The set's priorityClassName goes to PodGangs, never to pods, and this scheduler reads no PodGangs.",
      "Name the class in the podSpec of every clique.", "04 O-18; 07 §1.1"},
     CheckLostPriority},
    {{"L-024", Severity::kWarning, "termination delay that the scheduler does not wait for",
      "A gang that has lost pods and cannot replace them is evicted after a minute, by PodGang, long before Grove "
      "would recycle the replica of the set.",
      "KAI-Scheduler evicts stale gangs by itself, after 60 seconds unless it is configured otherwise.",
      "Configure KAI's grace period for stale gangs to the delay that you want.", "08 PL-64, oddity 10"},
     CheckTerminationDelay},
    {{"L-025", Severity::kWarning, "Volcano queue on cliques alone",
      "The PodGroups are put into the queue `default`, whose state nobody checked.",
      "Admission finds the queue on cliques, but only annotations of the set reach the PodGangs.",
      "Put the annotation on the set.", "07 oddity 9"},
     CheckVolcanoQueue},
};

}  // namespace

std::span<const Row> GangRules() { return kRows; }

}  // namespace grove::planner::lint
