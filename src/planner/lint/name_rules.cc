// Names that admission takes and that mean something else at run time.
#include <algorithm>
#include <array>
#include <charconv>
#include <set>
#include <utility>

#include "absl/container/flat_hash_map.h"

#include "model/naming.h"
#include "model/stable_sort.h"
#include "planner/lint/names_of_set.h"
#include "planner/lint/subject.h"

namespace grove::planner::lint {

namespace {

using std::string_view;
using Positions = absl::flat_hash_map<string_view, std::uint32_t>;

Positions PositionsOf(const PodCliqueSetTemplateSpec& spec) {
  Positions positions;
  for (std::uint32_t i = 0; i < spec.cliques.size(); ++i) positions.emplace(spec.cliques[i].name, i);
  return positions;
}

// Whether some index below `bound`, written behind `prefix`, gives a text that ends in `ending`.
bool EndsInIndex(string_view prefix, string_view ending, std::int32_t bound) {
  const std::size_t last = ending.find_last_not_of("0123456789");
  const string_view digits = last == string_view::npos ? ending : ending.substr(last + 1);
  if (digits.empty()) return false;
  const string_view before = ending.substr(0, ending.size() - digits.size());
  if (!prefix.ends_with(before)) return false;
  // "07" ends the index 107 and no smaller one, but only where nothing stands before it.
  std::string least(digits);
  if (digits.size() > 1 && digits.front() == '0') {
    if (!before.empty()) return false;
    least.insert(least.begin(), '1');
  }
  std::int32_t index = 0;
  const auto [end, error] = std::from_chars(least.data(), least.data() + least.size(), index);
  return error == std::errc() && end == least.data() + least.size() && index < bound;
}

// Whether a PodClique of template `i` has a name that ends in `head` and then in "-" and the template's name.
bool HasPodCliqueEndingIn(const Subject& subject, std::size_t i, string_view head) {
  constexpr std::int32_t kIndicesTried = 16;
  const std::string set = subject.set.metadata.name + "-";
  const std::int32_t replicas = std::max(subject.set.spec.replicas, 1);
  if (!subject.IsMember(i)) return EndsInIndex(set, head, replicas);
  const PodCliqueScalingGroupConfig& group = subject.group(subject.group_of[i]);
  for (std::int32_t r = 0; r < std::min(replicas, kIndicesTried); ++r) {
    if (EndsInIndex(Concat({set, std::to_string(r), "-", group.name, "-"}), head, MostReplicasOf(group))) return true;
  }
  return false;
}

// The template that PodCliques of template `i` are built from instead of it; `i` itself where all is well.
std::uint32_t CapturingTemplate(const Positions& positions, std::uint32_t i, string_view name) {
  std::uint32_t first = i;
  for (std::size_t at = 1; at < name.size(); ++at) {
    const auto found = positions.find(name.substr(at));
    if (found != positions.end()) first = std::min(first, found->second);
  }
  return first;
}

void ReportCapture(const Subject& subject, std::uint32_t i, std::uint32_t by, Report& report) {
  const string_view name = subject.clique(i).name;
  const string_view other = subject.clique(by).name;
  report.Add(CliquePath(i, "name"),
             Concat({"PodCliques of ", Quoted(name), " are built from the template of ", Quoted(other),
                     ", whose name theirs end in: its pods, replicas, minAvailable and startsAfter"}),
             Concat({"list clique ", Quoted(name), " before ", Quoted(other), ", or rename one of them"}));
}

// L-001.
void CheckTemplateCapture(const Subject& subject, Report& report) {
  const auto& cliques = subject.spec.cliques;
  const Positions positions = PositionsOf(subject.spec);
  std::vector<std::uint32_t> by(cliques.size());
  for (std::uint32_t i = 0; i < cliques.size(); ++i) by[i] = CapturingTemplate(positions, i, cliques[i].name);
  // A longer name can capture as well, if what it has in front looks like the end of the names of set and group.
  for (std::uint32_t e = 0; e < cliques.size(); ++e) {
    const string_view name = cliques[e].name;
    for (std::size_t at = name.find('-'); at != string_view::npos; at = name.find('-', at + 1)) {
      const auto found = positions.find(name.substr(at + 1));
      if (found == positions.end() || by[found->second] <= e) continue;
      if (HasPodCliqueEndingIn(subject, found->second, name.substr(0, at))) by[found->second] = e;
    }
  }
  for (std::uint32_t i = 0; i < cliques.size(); ++i) {
    if (by[i] < i) ReportCapture(subject, i, by[i], report);
  }
}

// L-002: what the waiter counts for `parent` besides its pods: cliques whose PodCliques of the base gang have names
// that begin with the name of one of the parent's.
std::vector<string_view> ForeignCliques(const Subject& subject, const std::vector<NamedPodClique>& names,
                                        const std::vector<std::size_t>& of_parent, std::uint32_t parent) {
  std::vector<std::uint32_t> foreign;
  for (const std::size_t own : of_parent) {
    const std::string& name = names[own].name;
    const auto begin = std::ranges::lower_bound(names, name, {}, &NamedPodClique::name);
    for (auto it = begin; it != names.end() && string_view(it->name).starts_with(name); ++it) {
      if (it->clique != parent) foreign.push_back(it->clique);
    }
  }
  std::ranges::sort(foreign);
  foreign.erase(std::unique(foreign.begin(), foreign.end()), foreign.end());
  std::vector<string_view> texts;
  for (const std::uint32_t clique : foreign) texts.push_back(subject.clique(clique).name);
  return texts;
}

void CheckForeignPods(const Subject& subject, Report& report) {
  if (std::ranges::all_of(subject.children, [](const auto& list) { return list.empty(); })) return;
  std::vector<NamedPodClique> names = NamesOfBaseGang(subject);
  std::ranges::sort(names, {},
                    [](const NamedPodClique& entry) { return std::pair(string_view(entry.name), entry.clique); });
  std::vector<std::vector<std::size_t>> of_clique(subject.spec.cliques.size());  // positions in `names`
  for (std::size_t at = 0; at < names.size(); ++at) of_clique[names[at].clique].push_back(at);
  for (std::uint32_t i = 0; i < subject.spec.cliques.size(); ++i) {
    if (!subject.IsParent(i)) continue;
    const std::vector<string_view> foreign = ForeignCliques(subject, names, of_clique[i], i);
    if (foreign.empty()) continue;
    std::vector<string_view> waiting;
    for (const std::uint32_t child : subject.children[i]) waiting.push_back(subject.clique(child).name);
    report.Add(
        CliquePath(i, "name"),
        Concat({"ready pods of ", QuotedList(foreign), " are counted as pods of ", Quoted(subject.clique(i).name),
                ", for which ", QuotedList(waiting), waiting.size() == 1 ? " waits" : " wait"}),
        "rename one of them so that no name is the beginning of the other");
  }
}

// L-003.
void CheckEqualNames(const Subject& subject, Report& report) {
  std::vector<NamedPodClique> names = NamesThatMayCollide(subject);
  internal::StableSort(names, [](const NamedPodClique& a, const NamedPodClique& b) { return a.name < b.name; });
  std::set<std::pair<std::uint32_t, std::uint32_t>> told;
  for (std::size_t at = 1; at < names.size(); ++at) {
    const NamedPodClique& first = names[at - 1];
    const NamedPodClique& second = names[at];
    if (first.name != second.name || !told.emplace(first.clique, second.clique).second) continue;
    report.Add(
        CliquePath(second.clique, "name"),
        Concat({"both ", Quoted(subject.clique(first.clique).name), " and ", Quoted(subject.clique(second.clique).name),
                " make a PodClique named ", Quoted(Concat({subject.set.metadata.name, "-0-", second.name})),
                "; the second one never exists, and its scaling group never becomes complete"}),
        "rename one of the cliques or the scaling group so that no name holds an index between dashes");
  }
}

// L-004.
void CheckSharedAutoscaler(const Subject& subject, Report& report) {
  const Positions positions = PositionsOf(subject.spec);
  for (std::size_t g = 0; g < subject.spec.pod_clique_scaling_groups.size(); ++g) {
    const PodCliqueScalingGroupConfig& group = subject.group(g);
    const auto found = positions.find(string_view(group.name));
    if (found == positions.end() || !group.scale_config.has_value()) continue;
    if (!subject.clique(found->second).spec.auto_scaling_config.has_value()) continue;
    report.Add(
        GroupPath(g, "name"),
        Concat({"clique and scaling group ", Quoted(group.name),
                " share one HorizontalPodAutoscaler; it ends up scaling the group, and the clique is not scaled"}),
        "give the clique or the scaling group another name");
  }
}

// What becomes of a name with a dot.
void ReportDot(string_view name, std::string path, string_view effect, Report& report) {
  std::string proposal(name);
  std::ranges::replace(proposal, '.', '-');
  report.Add(std::move(path), Concat({Quoted(name), " has a dot, so that ", effect}),
             Concat({"write a dash for the dot: ", Quoted(proposal)}));
}

// L-005.
void CheckDots(const Subject& subject, Report& report) {
  const auto has_dot = [](const std::string& name) { return name.find('.') != std::string::npos; };
  if (has_dot(subject.set.metadata.name)) {
    ReportDot(subject.set.metadata.name, "metadata.name",
              "the API server refuses the headless Service and the subdomain of every pod", report);
  }
  for (std::size_t i = 0; i < subject.spec.cliques.size(); ++i) {
    if (!has_dot(subject.clique(i).name)) continue;
    ReportDot(subject.clique(i).name, CliquePath(i, "name"), "the API server refuses the hostname of its pods", report);
  }
  for (std::size_t g = 0; g < subject.spec.pod_clique_scaling_groups.size(); ++g) {
    if (!has_dot(subject.group(g).name)) continue;
    ReportDot(subject.group(g).name, GroupPath(g, "name"), "the API server refuses the hostname of its pods", report);
  }
}

// L-006.
void CheckLeadingDigit(const Subject& subject, Report& report) {
  const std::string& name = subject.set.metadata.name;
  if (name.empty() || name.front() < '0' || name.front() > '9') return;
  report.Add("metadata.name",
             Concat({"the headless Service ", Quoted(naming::ReplicaName(name, 0)), " begins with a digit"}),
             Concat({"begin the name with a letter: ", Quoted("s" + name)}));
}

// L-008.
void CheckAdoption(const Subject& subject, Report& report) {
  if (subject.set.metadata.name != "default") return;
  report.Add("metadata.name",
             "the set takes over the ServiceAccount \"default\" of its namespace and takes it along when it is deleted",
             "give the set another name");
}

struct ReservedLabel {
  string_view key;
  bool members_too;  // of scaling groups: there Grove sets the label itself, but not in base replicas
  string_view effect;
};
constexpr std::array kReservedLabels = {
    ReservedLabel{keys::kBasePodGang, true,
                  "its pods keep their scheduling gate until the PodGang of that name is scheduled"},
    ReservedLabel{keys::kScalingGroup, false, "it is taken for a member of a scaling group and never gets a pod"},
};

// L-009.
void CheckReservedLabels(const Subject& subject, Report& report) {
  for (std::size_t i = 0; i < subject.spec.cliques.size(); ++i) {
    for (const ReservedLabel& row : kReservedLabels) {
      if (!subject.clique(i).labels.Contains(row.key) || (subject.IsMember(i) && !row.members_too)) continue;
      report.Add(
          Concat({CliquePath(i, "labels"), ".", row.key}),
          Concat({"clique ", Quoted(subject.clique(i).name), " carries Grove's own label ", row.key, "; ", row.effect}),
          "remove the label");
    }
  }
}

constexpr Row kRows[] = {
    {{"L-001", Severity::kWarning, "clique built from the template of another one",
      "The pods of the clique run another clique's pod spec, in that one's number, and an update of the set never "
      "ends.",
      "Grove takes the first template of the list whose name the PodClique's name ends in, without looking for a "
      "separator.",
      "List the clique with the longer name first, or rename one so that neither name ends in the other.",
      "04 §7.1, O-1; 09 §8 item 1"},
     CheckTemplateCapture},
    {{"L-002", Severity::kWarning, "waiting pods count pods of another clique",
      "Pods that wait for a clique start before it is ready, because pods of another clique count for it; if they wait "
      "for both, which one a pod counts for is random.",
      "The waiting container tells pods apart by the beginning of their names, without looking for a separator.",
      "Rename one of the cliques so that no name is the beginning of the other.", "04 §12.2, O-8; 09 §1.3"},
     CheckForeignPods},
    {{"L-003", Severity::kWarning, "two PodCliques of one name",
      "Only the first of the two exists. The replica of the scaling group that lacks its own never becomes complete "
      "and "
      "is never available.",
      "Names are joined of user names and indices by dashes, so that a name with an index in it can come out twice.",
      "Rename a clique or the scaling group so that no name holds a number between dashes.", "04 O-2"},
     CheckEqualNames},
    {{"L-004", Severity::kWarning, "clique and scaling group share an autoscaler",
      "There is one HorizontalPodAutoscaler for both. The two overwrite each other's target; the group's stays.",
      "An autoscaler is called like the object that it scales, and both objects are called alike.",
      "Give the clique or the scaling group another name.", "04 §5.5, O-2"},
     CheckSharedAutoscaler},
    {{"L-005", Severity::kWarning, "dot in a name",
      "The API server refuses the Service or the pods that the name becomes a part of; nothing of the set runs. "
      "KAI-Scheduler refuses the PodGroup as well.",
      "Admission takes the names for DNS subdomains, but hostnames, Services and subgroups are DNS labels.",
      "Use dashes instead of dots.", "04 O-4; 03 O-21; 07 §4.5"},
     CheckDots},
    {{"L-006", Severity::kWarning, "name of the set begins with a digit",
      "API servers that do not yet relax the names of Services refuse the headless Service; the set then gets no pods "
      "at all.",
      "The Service is called like the set, and the name of a Service has to begin with a letter (RFC 1035).",
      "Begin the name with a letter.", "03 O-21; 04 §2"},
     CheckLeadingDigit},
    {{"L-007", Severity::kWarning, "derived name too long",
      "The API server refuses the object, or the pod that refers to it.",
      "Grove bounds the names of set, scaling group and clique, but not what else is joined to them: names of claim "
      "templates, MNNVL groups, and indices of many digits.",
      "Shorten the part that is named; `grove names` shows the room that every name has.", "04 O-17"},
     CheckDerivedNames},
    {{"L-008", Severity::kWarning, "set takes over the default ServiceAccount",
      "The ServiceAccount `default` of the namespace becomes a child of the set and is deleted together with it; pods "
      "of others can then no longer be made.",
      "Grove makes a ServiceAccount of the set's name and adopts one that has no other controller.",
      "Give the set another name.", "04 O-5"},
     CheckAdoption},
    {{"L-009", Severity::kWarning, "label that Grove reads for itself",
      "The pods stay gated for ever, or are never made.",
      "Labels of a clique reach its PodCliques and pods, where Grove's controllers take them for their own.",
      "Remove the label.", "04 O-6"},
     CheckReservedLabels},
};

}  // namespace

std::span<const Row> NameRules() { return kRows; }

}  // namespace grove::planner::lint
