#include "planner/translate/kube.h"

#include <algorithm>
#include <limits>
#include <optional>
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
  std::string template_name;
  std::int64_t minimum = 0;
  const Scope* scope = nullptr;  // whose required level it carries; null: none
  std::vector<std::size_t> pod_groups;
};

bool PerClique(const GangFacts& facts) { return facts.options.kube_pod_groups == KubePodGroups::kPerClique; }

// The finest scope with a required level among those that cover `pod_groups`: constraints are nested, so that it
// implies the levels around it (spec 08 PL-42).
const Scope* CarriedScope(const GangFacts& facts, const std::vector<std::size_t>& pod_groups) {
  const Scope* carried = nullptr;
  for (const Scope& scope : facts.scopes) {
    const auto covers = [&](std::size_t group) {
      return std::ranges::find(scope.pod_groups, group) != scope.pod_groups.end();
    };
    if (scope.HasRequired() && std::ranges::all_of(pod_groups, covers)) carried = &scope;
  }
  return carried;
}

std::string TemplateName(std::string_view wanted, std::string_view otherwise) {
  return std::string(CheckDnsLabel(wanted).empty() ? wanted : otherwise);
}

bool SameTemplate(const Unit& a, const Unit& b) {
  const auto key = [](const Unit& unit) {
    return unit.scope == nullptr ? std::string_view() : unit.scope->pack->required;
  };
  return a.template_name == b.template_name && a.minimum == b.minimum && key(a) == key(b);
}

std::vector<Unit> UnitsOf(const GangFacts& facts) {
  const PodGang& gang = facts.gang;
  std::vector<Unit> units;
  if (!PerClique(facts)) {
    Unit& unit = units.emplace_back();
    unit.name = gang.metadata.name;
    unit.template_name = TemplateName(gang.metadata.name, kWholeGang);
    unit.minimum = facts.minimum;
    unit.pod_groups = facts.scopes.front().pod_groups;
    unit.scope = CarriedScope(facts, unit.pod_groups);
    return units;
  }
  for (std::size_t i = 0; i < gang.spec.pod_groups.size(); ++i) {
    Unit& unit = units.emplace_back();
    const std::string own_name = "group-" + std::to_string(i);
    unit.name = gang.spec.pod_groups[i].name;
    unit.template_name = facts.templates[i] == nullptr ? own_name : TemplateName(facts.templates[i]->name, own_name);
    unit.minimum = gang.spec.pod_groups[i].min_replicas;
    unit.pod_groups = {i};
    unit.scope = CarriedScope(facts, unit.pod_groups);
  }
  return units;
}

// Units that become templates: the first of each kind. Replicas of a scaling group share theirs.
std::vector<const Unit*> TemplatesOf(const std::vector<Unit>& units) {
  std::vector<const Unit*> templates;
  for (const Unit& unit : units) {
    const auto same = [&](const Unit* other) { return SameTemplate(*other, unit); };
    if (std::ranges::none_of(templates, same)) templates.push_back(&unit);
  }
  return templates;
}

// Writes the objects of one gang.
class Writer {
 public:
  Writer(const GangFacts& facts, std::vector<SchedulerObject>& objects)
      : facts_(facts), units_(UnitsOf(facts)), templates_(TemplatesOf(units_)), objects_(objects) {}

  void Run() {
    Write("Workload", facts_.gang.metadata.name, [this](internal::NodeSink& sink) { WriteWorkload(sink); });
    for (const Unit& unit : units_) {
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
    for (std::size_t i = 0; i < std::min(templates_.size(), kMaxTemplates); ++i) {
      sink.StartObject();
      AddText(sink, "name", NameOfTemplate(i));
      WritePolicy(*templates_[i], sink);
      sink.EndObject();
    }
    sink.EndArray();
  }

  // Names of templates are unique in their Workload.
  [[nodiscard]] std::string NameOfTemplate(std::size_t index) const {
    const std::string& name = templates_[index]->template_name;
    for (std::size_t i = 0; i < index; ++i) {
      if (templates_[i]->template_name == name) return "group-" + std::to_string(templates_[index]->pod_groups.front());
    }
    return name;
  }

  void WritePodGroup(const Unit& unit, Sink& sink) const {
    const auto same = [&](const Unit* other) { return SameTemplate(*other, unit); };
    const auto index = static_cast<std::size_t>(std::ranges::find_if(templates_, same) - templates_.begin());
    if (index < kMaxTemplates) {
      sink.Key("podGroupTemplateRef");
      sink.StartObject();
      sink.Key("workload");
      sink.StartObject();
      AddText(sink, "workloadName", facts_.gang.metadata.name);
      AddText(sink, "podGroupTemplateName", NameOfTemplate(index));
      sink.EndObject();
      sink.EndObject();
    }
    WritePolicy(unit, sink);
  }

  // What a template and the PodGroup that is made of it have in common.
  void WritePolicy(const Unit& unit, Sink& sink) const {
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
  std::vector<Unit> units_;
  std::vector<const Unit*> templates_;
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
  const Scope* carried = CarriedScope(facts, facts.scopes.front().pod_groups);
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
  std::vector<const Scope*> carried;
  for (const Unit& unit : UnitsOf(facts)) {
    if (unit.scope == nullptr || std::ranges::find(carried, unit.scope) != carried.end()) continue;
    carried.push_back(unit.scope);
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
  const std::vector<Unit> units = UnitsOf(facts);
  const std::vector<const Unit*> templates = TemplatesOf(units);
  for (std::size_t i = kMaxTemplates; i < templates.size(); ++i) {
    found.Add(PodGroupField(templates[i]->pod_groups.front(), "name"), templates[i]->name);
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
