#include "planner/translate/kube.h"

#include <algorithm>
#include <limits>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "absl/status/status.h"

#include "model/codec.h"
#include "model/fields/object_meta.h"
#include "model/names.h"
#include "model/naming.h"
#include "model/node_sink.h"
#include "planner/owner.h"

namespace grove::planner {
namespace {

constexpr std::string_view kApiVersion = "scheduling.k8s.io/v1alpha2";
constexpr std::string_view kGangGroup = "scheduler.grove.io";
constexpr std::string_view kWholeGang = "gang";  // the template, where the gang's name cannot be its name
constexpr std::size_t kMaxTemplates = 8;

// A PodGroup to be made.
struct Unit {
  std::string name;
  std::int64_t minimum = 0;
  const Scope* scope = nullptr;  // whose required level it carries; null: none
  std::size_t template_index = 0;
};

// What a template and the PodGroups that are made of it have in common.
struct UnitTemplate {
  std::string name;
  std::int64_t minimum = 0;
  const Scope* scope = nullptr;
  std::size_t pod_group = 0;  // the first one
};

// How the gang is cut.
struct Plan {
  std::vector<Unit> units;
  std::vector<UnitTemplate> templates;
};

bool PerClique(const GangFacts& facts) { return facts.options.kube_pod_groups == KubePodGroups::kPerClique; }

// The finest scope with a required level among those of all pods: constraints are nested, so that it implies the levels
// around it (spec 08 PL-42).
const Scope* ScopeOfGang(const GangFacts& facts) {
  const Scope* carried = nullptr;
  for (const Scope& scope : facts.scopes) {
    if (scope.HasRequired() && scope.pod_groups.size() == facts.gang.spec.pod_groups.size()) carried = &scope;
  }
  return carried;
}

// The same for the pods of each pod group.
std::vector<const Scope*> ScopesOfPodGroups(const GangFacts& facts) {
  std::vector<const Scope*> carried(facts.gang.spec.pod_groups.size(), nullptr);
  for (const Scope& scope : facts.scopes) {
    if (!scope.HasRequired()) continue;
    for (const std::size_t group : scope.pod_groups) carried[group] = &scope;
  }
  return carried;
}

Plan PlanOfGang(const GangFacts& facts) {
  const std::string& name = facts.gang.metadata.name;
  const Scope* scope = ScopeOfGang(facts);
  const std::string_view of_template = CheckDnsLabel(name).empty() ? std::string_view(name) : kWholeGang;
  return {{{name, facts.minimum, scope, 0}}, {{std::string(of_template), facts.minimum, scope, 0}}};
}

// Pod groups of one clique share a template, which is called like it, if they are alike: replicas of a scaling group.
Plan PlanOfCliques(const GangFacts& facts) {
  Plan plan;
  std::map<std::tuple<const PodCliqueTemplateSpec*, std::int64_t, std::string_view>, std::size_t> known;
  std::set<std::string> names;
  const std::vector<const Scope*> scopes = ScopesOfPodGroups(facts);
  for (std::size_t i = 0; i < facts.gang.spec.pod_groups.size(); ++i) {
    const PodGroup& group = facts.gang.spec.pod_groups[i];
    const PodCliqueTemplateSpec* clique = facts.templates[i];
    const std::string_view level = scopes[i] == nullptr ? std::string_view() : scopes[i]->pack->required;
    const auto [found, is_new] = known.emplace(std::tuple(clique, group.min_replicas, level), plan.templates.size());
    if (is_new || clique == nullptr) {
      found->second = plan.templates.size();
      const bool named = clique != nullptr && CheckDnsLabel(clique->name).empty() && names.count(clique->name) == 0;
      std::string name = named ? clique->name : "group-" + std::to_string(i);
      names.insert(name);
      plan.templates.push_back({std::move(name), group.min_replicas, scopes[i], i});
    }
    plan.units.push_back({group.name, group.min_replicas, scopes[i], found->second});
  }
  return plan;
}

Plan PlanOf(const GangFacts& facts) { return PerClique(facts) ? PlanOfCliques(facts) : PlanOfGang(facts); }

// Writes the objects of one gang.
class Writer {
 public:
  Writer(const GangFacts& facts, std::vector<SchedulerObject>& objects)
      : facts_(facts), plan_(PlanOf(facts)), objects_(objects) {}

  void Run() {
    Write("Workload", facts_.gang.metadata.name, [this](internal::NodeSink& sink) { WriteWorkload(sink); });
    for (const Unit& unit : plan_.units) {
      Write("PodGroup", unit.name, [&](internal::NodeSink& sink) { WritePodGroup(unit, sink); });
    }
  }

 private:
  using Sink = internal::NodeSink;

  template <class WriteSpec>
  void Write(std::string_view kind, const std::string& name, const WriteSpec& write_spec) {
    SchedulerObject& object = objects_.emplace_back();
    object.api_version = kApiVersion;
    object.kind = kind;
    object.metadata.name = name;
    object.metadata.namespace_name = facts_.gang.metadata.namespace_name;
    object.metadata.labels = facts_.gang.metadata.labels;
    object.metadata.owner_references.push_back(ControllerReference(facts_.gang));
    Sink sink;
    sink.StartObject();
    AddText(sink, "apiVersion", kApiVersion);
    AddText(sink, "kind", kind);
    sink.Key("metadata");
    codec::Write(sink, object.metadata);
    sink.Key("spec");
    sink.StartObject();
    write_spec(sink);
    sink.EndObject();
    sink.EndObject();
    object.document = sink.Finish();
  }

  static void AddText(Sink& sink, std::string_view key, std::string_view text) {
    sink.Key(key);
    sink.String(text);
  }

  void WriteWorkload(Sink& sink) const {
    sink.Key("controllerRef");
    sink.StartObject();
    AddText(sink, "apiGroup", kGangGroup);
    AddText(sink, "kind", PodGang::kKind);
    AddText(sink, "name", facts_.gang.metadata.name);
    sink.EndObject();
    sink.Key("podGroupTemplates");
    sink.StartArray();
    for (std::size_t i = 0; i < std::min(plan_.templates.size(), kMaxTemplates); ++i) {
      sink.StartObject();
      AddText(sink, "name", plan_.templates[i].name);
      WritePolicy(plan_.templates[i], sink);
      sink.EndObject();
    }
    sink.EndArray();
  }

  void WritePodGroup(const Unit& unit, Sink& sink) const {
    if (unit.template_index < kMaxTemplates) {
      sink.Key("podGroupTemplateRef");
      sink.StartObject();
      sink.Key("workload");
      sink.StartObject();
      AddText(sink, "workloadName", facts_.gang.metadata.name);
      AddText(sink, "podGroupTemplateName", plan_.templates[unit.template_index].name);
      sink.EndObject();
      sink.EndObject();
    }
    WritePolicy(unit, sink);
  }

  // Of a PodGroup or a template.
  template <class T>
  void WritePolicy(const T& unit, Sink& sink) const {
    sink.Key("schedulingPolicy");
    sink.StartObject();
    sink.Key(unit.minimum > 0 ? "gang" : "basic");  // a gang of no pods cannot be told
    sink.StartObject();
    if (unit.minimum > 0) {
      sink.Key("minCount");
      sink.Integer(std::min<std::int64_t>(unit.minimum, std::numeric_limits<std::int32_t>::max()));
    }
    sink.EndObject();
    sink.EndObject();
    if (unit.scope != nullptr) WriteTopology(unit.scope->pack->required, sink);
    if (unit.minimum > 0) AddText(sink, "disruptionMode", "PodGroup");
    const std::string& priority = facts_.gang.spec.priority_class_name;
    if (!priority.empty()) AddText(sink, "priorityClassName", priority);
  }

  static void WriteTopology(std::string_view key, Sink& sink) {
    sink.Key("schedulingConstraints");
    sink.StartObject();
    sink.Key("topology");
    sink.StartArray();
    sink.StartObject();
    AddText(sink, "key", key);
    sink.EndObject();
    sink.EndArray();
    sink.EndObject();
  }

  const GangFacts& facts_;
  Plan plan_;
  std::vector<SchedulerObject>& objects_;
};

void FindGang(const GangFacts& facts, LossFinder& found) {
  if (facts.minimum > 1) found.Add("spec.podgroups", std::to_string(facts.minimum) + " pods at once");
}

void FindMixedMinima(const GangFacts& facts, LossFinder& found) {
  if (!PerClique(facts) && facts.gang.spec.pod_groups.size() > 1 && facts.HasSurplus()) FindMinima(facts, found);
}

void FindCutGang(const GangFacts& facts, LossFinder& found) {
  if (PerClique(facts) && facts.gang.spec.pod_groups.size() > 1) FindGang(facts, found);
}

// Required levels of parts of the one PodGroup, beyond what its own level implies.
void FindInnerRequired(const GangFacts& facts, LossFinder& found) {
  if (PerClique(facts)) return;
  const Scope* carried = ScopeOfGang(facts);
  bool inside = carried == nullptr;  // scopes before the carried one lie around it
  for (const Scope& scope : facts.scopes) {
    if (&scope == carried) {
      inside = true;
    } else if (inside && scope.HasRequired() &&
               (carried == nullptr || scope.pack->required != carried->pack->required)) {
      found.Add(scope.field + ".packConstraint.required", scope.pack->required);
    }
  }
}

void FindOuterRequired(const GangFacts& facts, LossFinder& found) {
  if (PerClique(facts)) FindSharedRequired(facts, found);
}

void FindCarriedRequired(const GangFacts& facts, LossFinder& found) {
  std::set<std::string> told;
  for (const Unit& unit : PlanOf(facts).units) {
    if (unit.scope == nullptr || !told.insert(unit.scope->field).second) continue;
    found.Add(unit.scope->field + ".packConstraint.required", unit.scope->pack->required);
  }
}

void FindSurplus(const GangFacts& facts, LossFinder& found) {
  if (facts.minimum == 0) return;
  for (std::size_t i = 0; i < facts.gang.spec.pod_groups.size(); ++i) {
    if (facts.HasSurplus(i)) found.Add(PodGroupField(i, "minReplicas"), facts.gang.spec.pod_groups[i].min_replicas);
  }
}

void FindExcessTemplates(const GangFacts& facts, LossFinder& found) {
  const Plan plan = PlanOf(facts);
  for (std::size_t i = kMaxTemplates; i < plan.templates.size(); ++i) {
    const std::size_t group = plan.templates[i].pod_group;
    found.Add(PodGroupField(group, "name"), facts.gang.spec.pod_groups[group].name);
  }
}

constexpr LossRule kLosses[] = {
    {LossEffect::kConditional, "spec 08 PL-01", "that these pods start together",
     "unless the feature gates GenericWorkload and GangScheduling are on, the API server drops the pods' "
     "schedulingGroup "
     "and they are scheduled one by one",
     FindGang},
    {LossEffect::kWeakened, "spec 08 PL-09", "the minimum of each pod group",
     "minCount counts pods of any kind: surplus of one group may stand in for the minimum of another", FindMixedMinima},
    {LossEffect::kDropped, "spec 08 PL-02", "that the pod groups start together",
     "each PodGroup starts on its own: part of the gang may hold nodes while the rest finds no room", FindCutGang},
    {LossEffect::kDropped, "spec 08 PL-42", "packing of a part of the gang",
     "a PodGroup has one level for all its pods: the part may spread over several domains", FindInnerRequired},
    {LossEffect::kWeakened, "spec 08 PL-40", "one domain for several pod groups",
     "each PodGroup chooses a domain of its own", FindOuterRequired},
    {LossEffect::kConditional, "spec 08 PL-40", "the required level",
     "unless the feature gate TopologyAwareWorkloadScheduling is on, the API server drops it and pods land anywhere",
     FindCarriedRequired},
    {LossEffect::kDropped, "spec 08 PL-52", "a preferred level", "the API has required levels only: no attempt is made",
     FindPreferred},
    {LossEffect::kConditional, "spec 08 PL-60", "that the gang falls as a whole",
     "unless the feature gate WorkloadAwarePreemption is on, the API server drops disruptionMode and a preemption may "
     "take "
     "single pods",
     FindGang},
    {LossEffect::kWeakened, "spec 08 PL-60", "that surplus falls before the gang does",
     "a preemption takes the whole PodGroup, never its surplus alone", FindSurplus},
    {LossEffect::kConditional, "spec 08 PL-20", "the gang's priority",
     "unless the feature gate WorkloadAwarePreemption is on, the API server drops it; pods queue by their own "
     "priority, "
     "which is the cluster's default, in any case",
     FindPriority},
    {LossEffect::kWeakened, "spec 07 §1.1", "templates beyond the eighth",
     "their PodGroups refer to no template of the Workload; they are scheduled all the same", FindExcessTemplates},
};

absl::Status PrepareForKube(std::string_view gang_name, std::string_view clique_name, const TranslationOptions& options,
                            PodPreparation& preparation) {
  preparation.scheduling_group = options.kube_pod_groups == KubePodGroups::kPerClique ? clique_name : gang_name;
  if (!preparation.scheduling_group.empty()) return absl::OkStatus();
  return absl::FailedPreconditionError("pod lacks the label of its PodGang or PodClique");
}

absl::Status TranslateForKube(const GangFacts& facts, std::vector<SchedulerObject>& objects) {
  Writer(facts, objects).Run();
  return absl::OkStatus();
}

// The Workload, and its PodGroups.
std::int64_t CountForKube(std::int64_t pod_groups, const TranslationOptions& options) {
  return 1 + (options.kube_pod_groups == KubePodGroups::kPerClique ? pod_groups : 1);
}

}  // namespace

constexpr Backend kKubeBackend{{"kube", schedulers::kDefault,
                                "Workload and PodGroups of scheduling.k8s.io/v1alpha2 per PodGang", true, true, false},
                               PrepareForKube,
                               TranslateForKube,
                               CountForKube,
                               {},
                               kLosses};

}  // namespace grove::planner
