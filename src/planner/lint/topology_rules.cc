// Topology constraints of sets, and the bindings that they refer to.
#include <algorithm>
#include <optional>

#include "model/naming.h"
#include "model/validation/backends.h"
#include "planner/lint/subject.h"

namespace grove::planner::lint {

namespace {

using std::string_view;

constexpr std::size_t kKaiLevels = 16;
constexpr string_view kHostname = "kubernetes.io/hostname";

struct Constraint {
  std::string path;
  const TopologyConstraint* constraint;
};

// All constraints of the set: its own, those of cliques, those of scaling groups.
std::vector<Constraint> ConstraintsOf(const Subject& subject) {
  std::vector<Constraint> constraints;
  const auto add = [&](std::string path, const std::optional<TopologyConstraint>& constraint) {
    if (constraint.has_value()) constraints.push_back({std::move(path), &*constraint});
  };
  add("spec.template.topologyConstraint", subject.spec.topology_constraint);
  for (std::size_t i = 0; i < subject.spec.cliques.size(); ++i) {
    add(CliquePath(i, "topologyConstraint"), subject.clique(i).topology_constraint);
  }
  for (std::size_t g = 0; g < subject.spec.pod_clique_scaling_groups.size(); ++g) {
    add(GroupPath(g, "topologyConstraint"), subject.group(g).topology_constraint);
  }
  return constraints;
}

// All constraints name one binding (V-212); null if there are none, or it is gone.
const ClusterTopologyBinding* BindingOf(const Subject& subject, const std::vector<Constraint>& constraints) {
  const auto named = std::ranges::find_if(
      constraints, [](const Constraint& entry) { return !entry.constraint->topology_name.empty(); });
  if (named == constraints.end()) return nullptr;
  const auto& topologies = subject.context.topologies;
  const auto found = std::ranges::find_if(topologies, [&](const ClusterTopologyBinding& binding) {
    return binding.metadata.name == named->constraint->topology_name;
  });
  return found == topologies.end() ? nullptr : &*found;
}

std::optional<std::size_t> LevelOf(const ClusterTopologyBinding& binding, string_view domain) {
  const auto& levels = binding.spec.levels;
  const auto found = std::ranges::find(levels, domain, &TopologyLevel::domain);
  if (domain.empty() || found == levels.end()) return std::nullopt;
  return static_cast<std::size_t>(found - levels.begin());
}

// L-030.
void CheckBroaderPreference(const Subject& subject, Report& report) {
  const std::vector<Constraint> constraints = ConstraintsOf(subject);
  const ClusterTopologyBinding* binding = BindingOf(subject, constraints);
  if (binding == nullptr) return;
  for (const Constraint& entry : constraints) {
    const std::string& required = RequiredDomain(*entry.constraint);
    const std::string& preferred = PreferredDomain(*entry.constraint);
    const auto required_level = LevelOf(*binding, required);
    const auto preferred_level = LevelOf(*binding, preferred);
    if (!required_level.has_value() || !preferred_level.has_value() || *preferred_level >= *required_level) continue;
    report.Add(entry.path + ".pack.preferred",
               Concat({"preferred ", Quoted(preferred), " is broader than required ", Quoted(required),
                       ": KAI-Scheduler never runs the gang, and tells nobody"}),
               Concat({"remove pack.preferred, or prefer a level narrower than ", Quoted(required)}));
  }
}

// L-031.
void CheckLostRequirement(const Subject& subject, Report& report) {
  if (!subject.spec.topology_constraint.has_value()) return;
  const std::string& required = RequiredDomain(*subject.spec.topology_constraint);
  if (required.empty()) return;
  for (std::size_t g = 0; g < subject.spec.pod_clique_scaling_groups.size(); ++g) {
    const PodCliqueScalingGroupConfig& group = subject.group(g);
    if (!group.topology_constraint.has_value() || !RequiredDomain(*group.topology_constraint).empty()) continue;
    if (!HasScaledReplicas(group)) continue;
    report.Add(GroupPath(g, "topologyConstraint"),
               Concat({"replicas of ", Quoted(group.name), " beyond minAvailable are not held to the set's required ",
                       Quoted(required), ", because the group has a constraint of its own without one"}),
               Concat({"add pack.required: ", required, " to the group's constraint"}));
  }
}

// L-032.
void CheckRequirementPerGang(const Subject& subject, Report& report) {
  if (!subject.spec.topology_constraint.has_value()) return;
  const std::string& required = RequiredDomain(*subject.spec.topology_constraint);
  if (required.empty()) return;
  std::vector<string_view> scaled;
  for (const PodCliqueScalingGroupConfig& group : subject.spec.pod_clique_scaling_groups) {
    if (HasScaledReplicas(group)) scaled.push_back(group.name);
  }
  if (scaled.empty()) return;
  report.Add("spec.template.topologyConstraint.pack.required",
             Concat({"each replica of ", QuotedList(scaled),
                     " beyond minAvailable is a gang of its own, and may be placed in another ", Quoted(required),
                     " than the rest of the set's replica"}),
             "raise the group's minAvailable if its replicas have to be close to each other");
}

// L-033.
void CheckNarrowParent(const Subject& subject, Report& report) {
  const std::vector<Constraint> constraints = ConstraintsOf(subject);
  const ClusterTopologyBinding* binding = BindingOf(subject, constraints);
  if (binding == nullptr || !subject.spec.topology_constraint.has_value()) return;
  const std::string& required = RequiredDomain(*subject.spec.topology_constraint);
  const auto required_level = LevelOf(*binding, required);
  if (!required_level.has_value()) return;
  for (const Constraint& entry : constraints) {
    const auto preferred_level = LevelOf(*binding, PreferredDomain(*entry.constraint));
    if (entry.constraint == &*subject.spec.topology_constraint || !preferred_level.has_value()) continue;
    if (*preferred_level >= *required_level) continue;
    report.Add(entry.path + ".pack.preferred",
               Concat({"preferred ", Quoted(PreferredDomain(*entry.constraint)), " says nothing: the set requires ",
                       Quoted(required), ", which is narrower"}),
               Concat({"remove pack.preferred, or prefer a level narrower than ", Quoted(required)}));
  }
}

bool KaiServes(const BindingSubject& subject) {
  return validation::IsEnabled(subject.context.configuration, schedulers::kKai);
}

const SchedulerTopologyBinding* KaiBinding(const ClusterTopologyBinding& binding) {
  const auto& list = binding.spec.scheduler_topology_bindings;
  const auto found = std::ranges::find(list, schedulers::kKai, &SchedulerTopologyBinding::scheduler_name);
  return found == list.end() ? nullptr : &*found;
}

// L-034.
void CheckKaiLevels(const BindingSubject& subject, Report& report) {
  if (!KaiServes(subject) || KaiBinding(subject.binding) != nullptr) return;
  const auto& levels = subject.binding.spec.levels;
  if (levels.size() > kKaiLevels) {
    report.Add("spec.levels", Concat({"KAI-Scheduler takes at most 16 levels, not ", std::to_string(levels.size())}),
               "remove levels that no set names");
  }
  for (std::size_t i = 0; i + 1 < levels.size(); ++i) {
    if (levels[i].key != kHostname) continue;
    report.Add(Concat({"spec.levels[", std::to_string(i), "].key"}),
               "KAI-Scheduler takes kubernetes.io/hostname for the last level alone",
               "move this level to the end of the list, or remove those behind it");
  }
}

// L-035.
void CheckForeignTopology(const BindingSubject& subject, Report& report) {
  const auto& list = subject.binding.spec.scheduler_topology_bindings;
  const SchedulerTopologyBinding* kai = KaiBinding(subject.binding);
  const std::string& name = subject.binding.metadata.name;
  if (kai == nullptr || kai->topology_reference == name) return;
  const auto at = static_cast<std::size_t>(kai - list.data());
  report.Add(Concat({"spec.schedulerTopologyBindings[", std::to_string(at), "].topologyReference"}),
             Concat({"PodGroups ask KAI-Scheduler for a topology named ", Quoted(name), ", not ",
                     Quoted(kai->topology_reference), ": gangs with constraints stay pending"}),
             Concat({"name the KAI Topology ", Quoted(name), " like the binding, or the binding like the Topology"}));
}

constexpr Row kRows[] = {
    {{"L-030", Severity::kWarning, "preferred domain broader than the required one",
      "KAI-Scheduler takes it for a mistake of the configuration: the gang stays pending for ever, without a condition "
      "and without an event.",
      "Admission lets it pass with a warning, for a preference that the requirement implies does no harm by itself.",
      "Remove pack.preferred, or prefer a level narrower than the required one.", "08 PL-50, K-A, oddity 4; 06 CT-45"},
     CheckBroaderPreference},
    {{"L-031", Severity::kWarning, "requirement of the set lost in scaled replicas",
      "The base gang is held to the set's required domain; each replica of the group beyond minAvailable may be placed "
      "anywhere.",
      "The gang of a scaled replica takes the group's constraint instead of the set's, as soon as the group has one, "
      "even one that only prefers.",
      "Repeat the required domain in the constraint of the group.", "05 §6.2, W8; 06 oddity 10"},
     CheckLostRequirement},
    {{"L-032", Severity::kNote, "required domain holds for each gang by itself",
      "Replicas of the group beyond minAvailable may be placed in another domain than the base gang.",
      "A requirement of the set binds the base gang, and each scaled gang alone; nothing brings them together.",
      "Raise the group's minAvailable if its replicas have to be close to each other.", "06 §7; 05 §6.2"},
     CheckRequirementPerGang},
    {{"L-033", Severity::kWarning, "preferred domain broader than what the set requires",
      "The preference has no effect: all pods are in the narrower domain of the set anyway.",
      "Admission compares required domains with each other and preferred ones with each other, never across.",
      "Remove pack.preferred, or prefer a level narrower than the one that the set requires.", "03 O-16; 06 oddity 9"},
     CheckNarrowParent},
    {{"L-034", Severity::kWarning, "levels that KAI-Scheduler refuses",
      "KAI's Topology cannot be made; the binding reports SchedulerTopologyDrift, and gangs with constraints stay "
      "pending.",
      "KAI takes at most 16 levels, and kubernetes.io/hostname for the last one alone; admission checks neither.",
      "Remove levels, or put the hostname last.", "06 §4.4"},
     nullptr,
     CheckKaiLevels},
    {{"L-035", Severity::kWarning, "topology that KAI-Scheduler is never asked for",
      "Gangs with constraints stay pending, because KAI knows no topology of the binding's name.",
      "PodGroups name the ClusterTopologyBinding. A topologyReference is compared with it and used for nothing else.",
      "Give the KAI Topology and the binding the same name.", "06 §4.5, oddity 1"},
     nullptr,
     CheckForeignTopology},
};

}  // namespace

std::span<const Row> TopologyRules() { return kRows; }

}  // namespace grove::planner::lint
