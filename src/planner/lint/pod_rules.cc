// What pods are not given, though their template has it.
#include <algorithm>
#include <array>

#include "model/naming.h"
#include "planner/environment.h"
#include "planner/lint/subject.h"
#include "planner/mnnvl.h"

namespace grove::planner::lint {

namespace {

using internal::Node;
using std::string_view;

struct ReplacedMember {
  string_view name;
  string_view by;
};
constexpr std::array kReplaced = {
    ReplacedMember{"hostname", "the name of the PodClique and the index of the pod"},
    ReplacedMember{"subdomain", "the name of the headless Service"},
    ReplacedMember{"schedulingGates", "Grove's own gate"},
};

// L-080.
void CheckReplacedMembers(const Subject& subject, Report& report) {
  for (std::size_t i = 0; i < subject.spec.cliques.size(); ++i) {
    for (const ReplacedMember& row : kReplaced) {
      const Node* member = PodMember(subject.clique(i), row.name);
      if (member == nullptr ||
          (internal::IsArray(*member) ? internal::Elements(*member).empty() : internal::Text(*member).empty())) {
        continue;
      }
      report.Add(CliquePath(i, Concat({"spec.podSpec.", row.name})), Concat({row.name, " is replaced by ", row.by}),
                 Concat({"remove ", row.name}));
    }
  }
}

bool IsReplacedVariable(string_view name, bool member) {
  if (std::ranges::find(kPodVariables, name) != kPodVariables.end()) return true;
  return member && std::ranges::find(kGroupVariables, name) != kGroupVariables.end();
}

// L-081.
void CheckReplacedVariables(const Subject& subject, Report& report) {
  for (std::size_t i = 0; i < subject.spec.cliques.size(); ++i) {
    for (const string_view list : {string_view("containers"), string_view("initContainers")}) {
      const Node* containers = PodMember(subject.clique(i), list);
      if (containers == nullptr) continue;
      for (std::size_t c = 0; c < internal::Elements(*containers).size(); ++c) {
        const Node* variables = internal::Find(internal::Elements(*containers)[c], "env");
        if (variables == nullptr) continue;
        for (std::size_t v = 0; v < internal::Elements(*variables).size(); ++v) {
          const Node* name = internal::Find(internal::Elements(*variables)[v], "name");
          if (name == nullptr || !IsReplacedVariable(internal::Text(*name), subject.IsMember(i))) continue;
          report.Add(CliquePath(i, Concat({"spec.podSpec.", list, "[", std::to_string(c), "].env[", std::to_string(v),
                                           "].name"})),
                     Concat({"the value of ", internal::Text(*name), " is replaced by Grove's"}),
                     "remove the variable, or give it another name");
        }
      }
    }
  }
}

// L-082.
void CheckLostPods(const Subject& subject, Report& report) {
  for (std::size_t i = 0; i < subject.spec.cliques.size(); ++i) {
    const string_view policy = PodText(subject.clique(i), "restartPolicy");
    if (policy != "Never" && policy != "OnFailure") continue;
    report.Add(CliquePath(i, "spec.podSpec.restartPolicy"),
               Concat({"a pod of ", Quoted(subject.clique(i).name),
                       " that has ended is not replaced, and is no breach of minAvailable"}),
               "write restartPolicy: Always, or leave it out");
  }
}

// The layers that may enrol clique `i` in an MNNVL group.
string_view MnnvlGroupOf(const Subject& subject, std::size_t i) {
  const StringMap* group = subject.IsMember(i) ? &subject.group(subject.group_of[i]).annotations : nullptr;
  return EffectiveMnnvlGroup({&subject.clique(i).annotations, group, &subject.set.metadata.annotations});
}

// L-083.
void CheckMnnvlClaim(const Subject& subject, Report& report) {
  for (std::size_t i = 0; i < subject.spec.cliques.size(); ++i) {
    const Node* claims = PodMember(subject.clique(i), "resourceClaims");
    const string_view group = MnnvlGroupOf(subject, i);
    if (claims == nullptr || group.empty() || !PodUsesGpu(subject.clique(i).spec.pod_spec.node())) continue;
    const auto elements = internal::Elements(*claims);
    const auto found = std::ranges::find_if(elements, [](const Node& claim) {
      const Node* name = internal::Find(claim, "name");
      return name != nullptr && internal::Text(*name) == kMnnvlClaim;
    });
    if (found == elements.end()) continue;
    report.Add(
        CliquePath(i, Concat({"spec.podSpec.resourceClaims[", std::to_string(found - elements.begin()), "].name"})),
        Concat({"pods of ", Quoted(subject.clique(i).name), " stay out of MNNVL group ", Quoted(group),
                ", because they bring a claim named mnnvl-claim"}),
        "give the claim another name");
  }
}

// L-084.
void CheckMnnvlWithoutGpus(const Subject& subject, Report& report) {
  for (std::size_t i = 0; i < subject.spec.cliques.size(); ++i) {
    const PodCliqueTemplateSpec& clique = subject.clique(i);
    if (!clique.annotations.Contains(keys::kMnnvlGroup) || EffectiveMnnvlGroup({&clique.annotations}).empty()) continue;
    if (PodUsesGpu(clique.spec.pod_spec.node())) continue;
    report.Add(
        Concat({CliquePath(i, "annotations"), ".", keys::kMnnvlGroup}),
        Concat({"pods of ", Quoted(clique.name), " ask for no nvidia.com/gpu and so get no part in the MNNVL group"}),
        "request nvidia.com/gpu in a container, or remove the annotation");
  }
}

constexpr Row kRows[] = {
    {{"L-080", Severity::kWarning, "member of the pod spec that Grove replaces",
      "The pods have other values than the template, and no warning tells.",
      "Grove sets hostname, subdomain and schedulingGates of every pod itself.", "Remove the member.",
      "04 §11.1, O-20"},
     CheckReplacedMembers},
    {{"L-081", Severity::kWarning, "environment variable that Grove replaces", "The containers see Grove's value.",
      "Variables of Grove's names are removed from the template, and Grove's are put in front.",
      "Give the variable another name.", "04 §7.6, §11.4"},
     CheckReplacedVariables},
    {{"L-082", Severity::kWarning, "pods that are not replaced",
      "A pod that has failed or succeeded stays as it is. No other takes its place, and the gang is not recycled, "
      "although admission's warning says that the policy is set to Always.",
      "Pods that have ended count as existing and as scheduled, and the restart policy of the template is kept.",
      "Leave restartPolicy out.", "09 §8 item 4; 04 O-19, O-21"},
     CheckLostPods},
    {{"L-083", Severity::kWarning, "own claim in place of the MNNVL claim",
      "The pods do not join the ComputeDomain of their group.",
      "Grove adds its claim `mnnvl-claim` only where the pod spec has none of that name.",
      "Give the claim another name.", "04 §10.3, O-23"},
     CheckMnnvlClaim},
    {{"L-084", Severity::kWarning, "MNNVL group without GPUs",
      "The annotation has no effect: no claim is added, and no ComputeDomain is made on account of the clique.",
      "Only containers that ask for nvidia.com/gpu take part; devices of resource claims do not count.",
      "Request nvidia.com/gpu, or remove the annotation.", "04 §10.1, §10.3; 03 O-24"},
     CheckMnnvlWithoutGpus},
};

}  // namespace

std::span<const Row> PodRules() { return kRows; }

}  // namespace grove::planner::lint
