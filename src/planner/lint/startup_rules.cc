// Startup order: edges that are not what they look like.
#include <algorithm>

#include "planner/lint/subject.h"

namespace grove::planner::lint {

namespace {

using internal::Node;
using std::string_view;

constexpr string_view kExplicit = "CliqueStartupTypeExplicit";

// L-060.
void CheckIgnoredStartsAfter(const Subject& subject, Report& report) {
  if (subject.spec.clique_startup_type == kExplicit) return;
  const std::string type = subject.spec.clique_startup_type.value_or("");
  for (std::size_t i = 0; i < subject.spec.cliques.size(); ++i) {
    if (subject.clique(i).spec.starts_after.empty()) continue;
    report.Add(
        CliquePath(i, "spec.startsAfter"),
        Concat({Quoted(subject.clique(i).name), " does not wait: startsAfter has no effect with ", type}),
        "write cliqueStartupType: CliqueStartupTypeExplicit, or remove startsAfter; neither can be changed later");
  }
}

// The clique of the same group that stands nearest before `i` in the list; kNone if there is none.
std::uint32_t NearestBefore(const Subject& subject, std::uint32_t i) {
  for (std::uint32_t before = i; before-- > 0;) {
    if (subject.group_of[before] == subject.group_of[i]) return before;
  }
  return kNone;
}

bool IsScaled(const Subject& subject, std::uint32_t i) {
  return subject.IsMember(i) && HasScaledReplicas(subject.group(subject.group_of[i]));
}

// L-061.
void CheckBrokenOrder(const Subject& subject, Report& report) {
  if (!subject.StartsInOrder()) return;
  for (std::uint32_t i = 1; i < subject.spec.cliques.size(); ++i) {
    if (!IsScaled(subject, i) || subject.group_of[i - 1] == subject.group_of[i]) continue;
    const std::uint32_t before = NearestBefore(subject, i);
    if (before == kNone) continue;
    const string_view group = subject.group(subject.group_of[i]).name;
    report.Add(CliquePath(i, "name"),
               Concat({"in replicas of ", Quoted(group), " beyond minAvailable ", Quoted(subject.clique(i).name),
                       " does not wait for ", Quoted(subject.clique(before).name), ": ",
                       Quoted(subject.clique(i - 1).name), ", which is not in the group, stands between them"}),
               Concat({"list the cliques of ", Quoted(group), " next to each other"}));
  }
}

// L-062.
void CheckLostEdges(const Subject& subject, Report& report) {
  for (std::uint32_t i = 0; i < subject.spec.cliques.size(); ++i) {
    if (!IsScaled(subject, i)) continue;
    std::vector<string_view> lost;
    for (const std::uint32_t parent : subject.parents[i]) {
      if (subject.group_of[parent] != subject.group_of[i]) lost.push_back(subject.clique(parent).name);
    }
    if (lost.empty()) continue;
    report.Add(CliquePath(i, subject.StartsInOrder() ? "name" : "spec.startsAfter"),
               Concat({"in replicas of ", Quoted(subject.group(subject.group_of[i]).name), " beyond minAvailable ",
                       Quoted(subject.clique(i).name), " does not wait for ", QuotedList(lost)}),
               "let its containers wait by themselves, or raise the group's minAvailable to its replicas");
  }
}

std::string WaitingFor(const Subject& subject, std::size_t parent) {
  std::vector<string_view> names;
  for (const std::uint32_t child : subject.children[parent]) names.push_back(subject.clique(child).name);
  return QuotedList(names);
}

// L-063.
void CheckParentThatEnds(const Subject& subject, Report& report) {
  for (std::size_t i = 0; i < subject.spec.cliques.size(); ++i) {
    const string_view policy = PodText(subject.clique(i), "restartPolicy");
    if (!subject.IsParent(i) || (policy != "Never" && policy != "OnFailure")) continue;
    report.Add(
        CliquePath(i, "spec.podSpec.restartPolicy"),
        Concat({WaitingFor(subject, i), subject.children[i].size() == 1 ? " waits" : " wait", " for ready pods of ",
                Quoted(subject.clique(i).name), "; one that has ended is not ready, and the wait has no end"}),
        "do what ends in an init container of the cliques that wait, or in a Job before the set");
  }
}

// L-064.
void CheckReadinessGates(const Subject& subject, Report& report) {
  for (std::size_t i = 0; i < subject.spec.cliques.size(); ++i) {
    const Node* gates = PodMember(subject.clique(i), "readinessGates");
    if (!subject.IsParent(i) || gates == nullptr || internal::Elements(*gates).empty()) continue;
    const Node* type = internal::Find(internal::Elements(*gates).front(), "conditionType");
    report.Add(CliquePath(i, "spec.podSpec.readinessGates"),
               Concat({WaitingFor(subject, i), subject.children[i].size() == 1 ? " waits" : " wait",
                       " until somebody sets the condition ", type == nullptr ? string_view{} : internal::Text(*type),
                       " on pods of ", Quoted(subject.clique(i).name), "; Grove does not"}),
               "make sure that a controller sets it that does not wait for the whole set, or remove the gate");
  }
}

// L-065.
void CheckParentWithoutProbe(const Subject& subject, Report& report) {
  const auto has_probe = [](const Node& container) {
    return internal::Find(container, "readinessProbe") != nullptr ||
           internal::Find(container, "startupProbe") != nullptr;
  };
  std::vector<string_view> parents;
  std::size_t first = 0;
  for (std::size_t i = 0; i < subject.spec.cliques.size(); ++i) {
    const Node* containers = PodMember(subject.clique(i), "containers");
    if (!subject.IsParent(i) || containers == nullptr) continue;
    if (std::ranges::any_of(internal::Elements(*containers), has_probe)) continue;
    if (parents.empty()) first = i;
    parents.push_back(subject.clique(i).name);
  }
  if (parents.empty()) return;
  report.Add(CliquePath(first, "spec.podSpec.containers"),
             Concat({"what waits for ", QuotedList(parents),
                     " goes on as soon as their containers run, whether they serve or not"}),
             "give a container of each a readinessProbe");
}

// L-066.
void CheckHiddenNames(const Subject& subject, Report& report) {
  const auto& config = subject.spec.headless_service_config;
  if (!config.has_value() || config->publish_not_ready_addresses) return;
  std::vector<string_view> groups;
  for (std::size_t g = 0; g < subject.layout.members.size(); ++g) {
    std::int64_t pods = 0;
    for (const std::size_t i : subject.layout.members[g]) pods += std::max(subject.clique(i).spec.replicas, 0);
    if (pods > 1) groups.push_back(subject.group(g).name);
  }
  if (groups.empty()) return;
  report.Add("spec.template.headlessServiceConfig.publishNotReadyAddresses",
             Concat({"pods of ", QuotedList(groups),
                     " do not find each other by name before they are ready; if they are "
                     "ready only once they have found each other, they never are"}),
             "write publishNotReadyAddresses: true, or leave it out");
}

constexpr Row kRows[] = {
    {{"L-060", Severity::kWarning, "startsAfter without effect",
      "The clique starts at once. Unknown names and cycles in the list go unnoticed.",
      "startsAfter counts for CliqueStartupTypeExplicit alone; the default is CliqueStartupTypeAnyOrder.",
      "Write cliqueStartupType: CliqueStartupTypeExplicit, or remove startsAfter. Neither can be changed later.",
      "03 O-19; 04 §7.5"},
     CheckIgnoredStartsAfter},
    {{"L-061", Severity::kWarning, "order inside a scaling group lost in scaled replicas",
      "In replicas of the group beyond minAvailable the clique starts together with the one that it follows.",
      "In order, a clique waits for its direct predecessor in the list and nobody else; in a scaled replica a "
      "predecessor outside the group is dropped, and no further one is looked for.",
      "List the cliques of a scaling group next to each other.", "04 §7.5, O-7; 09 §1.1"},
     CheckBrokenOrder},
    {{"L-062", Severity::kWarning, "scaled replicas do not wait for other cliques",
      "Replicas of the group beyond minAvailable start without the cliques outside the group that the first ones wait "
      "for. They wait for the base gang to be scheduled, not to be ready.",
      "A scaled replica is a gang of its own, and pods wait for pods of their own gang alone.",
      "Let the containers wait by themselves, or raise the group's minAvailable to its replicas.",
      "04 §7.5, O-7; 09 §1.6"},
     CheckLostEdges},
    {{"L-063", Severity::kWarning, "startup order that waits for pods that end",
      "Pods that wait for the clique wait for ever, once its pods have ended before all were ready at one instant.",
      "The waiting container counts pods that are ready. A pod that has ended is not, and nobody replaces it.",
      "Do such work in an init container of the cliques that need it, or in a Job before the set.",
      "04 §12.2; 09 §1.3, §8 item 4"},
     CheckParentThatEnds},
    {{"L-064", Severity::kWarning, "startup order that waits for a readiness gate",
      "Pods that wait for the clique wait until some controller sets the condition. If that one waits for the set to "
      "be "
      "complete, both wait for ever.",
      "A pod with readinessGates is ready only once their conditions are true, and Grove sets none.",
      "Make sure that the condition is set for each pod by itself, or remove the gate.", "04 §12.2; 09 §1.3"},
     CheckReadinessGates},
    {{"L-065", Severity::kNote, "startup order without a readiness probe",
      "Pods that wait for the clique go on as soon as its containers run.",
      "Without a readiness probe a pod is ready when its containers have started.",
      "Give a container of the clique a readinessProbe.", "04 §12.2"},
     CheckParentWithoutProbe},
    {{"L-066", Severity::kWarning, "pods without a name before they are ready",
      "The pods of a replica of the group resolve each other's names only once they are ready. A leader that is ready "
      "when its workers have joined never is.",
      "The headless Service publishes addresses of pods that are not ready only if it is told to. Left out, it is.",
      "Write publishNotReadyAddresses: true.", "04 §5.4; 02 §4"},
     CheckHiddenNames},
};

}  // namespace

std::span<const Row> StartupRules() { return kRows; }

}  // namespace grove::planner::lint
