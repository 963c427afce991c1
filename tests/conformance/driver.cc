// Answers the cases of the conformance corpus with the library: one case a line on standard input, one answer a line on
// standard output. The comparison is another program's.

#include <algorithm>
#include <cstdio>
#include <iostream>
#include <optional>
#include <string>
#include <vector>

#include "grove/grove.hpp"
#include "grove/topology_sync.hpp"

namespace grove {
namespace {

// ---- Answers are JSON text, put together member by member -----------------------------------------------------------

std::string Quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (static_cast<unsigned char>(c) < 0x20) {
      char escape[8];
      std::snprintf(escape, sizeof escape, "\\u%04x", c);
      out += escape;
    } else {
      out += c;
    }
  }
  return out + '"';
}

class Object {
 public:
  void Add(std::string_view key, std::string_view json) {
    if (text_.size() > 1) text_ += ',';
    text_ += Quoted(key);
    text_ += ':';
    text_ += json;
  }
  [[nodiscard]] std::string Finish() const { return text_ + '}'; }

 private:
  std::string text_ = "{";
};

template <class Range, class Function>
std::string List(const Range& range, Function&& to_json) {
  std::string out = "[";
  for (const auto& item : range) {
    if (out.size() > 1) out += ',';
    out += to_json(item);
  }
  return out + ']';
}

std::string_view Boolean(bool value) { return value ? "true" : "false"; }

// ---- The case -------------------------------------------------------------------------------------------------------

Value Member(const Value& object, std::string_view key) { return object.Find(key).value_or(Value()); }

std::string Text(const Value& object, std::string_view key) { return std::string(Member(object, key).text()); }

OperatorConfiguration ReadConfiguration(const Value& config, std::vector<FieldError>& errors) {
  Object scheduler;
  const Value profiles = Member(config, "schedulerProfiles");
  std::string list = "[";
  for (std::size_t i = 0; i < profiles.size(); ++i) {
    list += (i == 0 ? "{\"name\":" : ",{\"name\":") + Quoted(profiles.at(i).text()) + '}';
  }
  scheduler.Add("profiles", list + ']');
  scheduler.Add("defaultProfileName", Quoted(Text(config, "defaultProfile")));
  Object document;
  document.Add("apiVersion", Quoted(OperatorConfiguration::kApiVersion));
  document.Add("kind", Quoted(OperatorConfiguration::kKind));
  document.Add("scheduler", scheduler.Finish());
  Object tas;
  tas.Add("enabled", Boolean(Member(config, "topologyAwareScheduling").boolean()));
  document.Add("topologyAwareScheduling", tas.Finish());
  Object network;
  network.Add("autoMNNVLEnabled", Boolean(Member(config, "autoMNNVL").boolean()));
  document.Add("network", network.Finish());
  ConfigurationResult result = LoadOperatorConfiguration(Value::FromJson(document.Finish()));
  errors = std::move(result.errors);
  return std::move(result.configuration);
}

// What exists in the cluster besides the set.
struct Cluster {
  std::vector<VolcanoQueue> queues;
  std::vector<ResourceClaimTemplate> claim_templates;
  std::vector<KaiTopology> kai_topologies;
};

KaiTopology ReadKaiTopology(const Value& object) {
  KaiTopology topology;
  const Value metadata = Member(object, "metadata");
  topology.metadata.name = Text(metadata, "name");
  topology.metadata.generation = 1;
  const Value levels = Member(Member(object, "spec"), "levels");
  for (std::size_t i = 0; i < levels.size(); ++i) {
    topology.spec.levels.push_back({Text(levels.at(i), "nodeLabel")});
  }
  return topology;
}

Cluster ReadCluster(const Value& extra_objects) {
  Cluster cluster;
  for (std::size_t i = 0; i < extra_objects.size(); ++i) {
    const Value object = extra_objects.at(i);
    const Value metadata = Member(object, "metadata");
    const std::string kind = Text(object, "kind");
    if (kind == "Queue") {
      cluster.queues.push_back({Text(metadata, "name"), Text(Member(object, "status"), "state")});
    } else if (kind == "ResourceClaimTemplate") {
      std::string namespace_name = Text(metadata, "namespace");
      if (namespace_name.empty()) namespace_name = "default";
      cluster.claim_templates.push_back({namespace_name, Text(metadata, "name"), Member(object, "spec")});
    } else if (kind == "Topology") {
      cluster.kai_topologies.push_back(ReadKaiTopology(object));
    }
  }
  return cluster;
}

// ---- Admission ------------------------------------------------------------------------------------------------------

std::string ErrorJson(const FieldError& error) {
  Object out;
  out.Add("type", Quoted(ErrorTypeReason(error.type)));
  // The corpus leaves the path of "some validation rules were not checked" empty.
  out.Add("field", Quoted(error.field == "<nil>" ? "" : error.field));
  if (error.bad_value.has_value()) out.Add("badValue", error.bad_value->ToJson());
  out.Add("detail", Quoted(error.detail));
  out.Add("rule", Quoted(error.rule));
  return out.Finish();
}

std::string ErrorsJson(const std::vector<FieldError>& errors, Stage stage) {
  std::vector<FieldError> of_stage;
  for (const FieldError& error : errors) {
    if (error.stage == stage && error.type != ErrorType::kBadRequest) of_stage.push_back(error);
  }
  return List(of_stage, ErrorJson);
}

std::string PrunedJson(const std::vector<PrunedField>& pruned) {
  return List(pruned, [](const PrunedField& field) { return Quoted(field.field); });
}

void AddBadRequest(const std::vector<FieldError>& errors, Object& out) {
  for (const FieldError& error : errors) {
    if (error.type == ErrorType::kBadRequest) {
      out.Add("mutationError", Quoted(FormatFieldError(error)));
      return;
    }
  }
}

// `old_admitted`: of an update, whether the old set would be admitted as a new one.
std::string AdmissionJson(const Admission& admission, const std::string& topologies,
                          std::optional<bool> old_admitted = std::nullopt) {
  Object out;
  out.Add("admitted", Boolean(admission.allowed()));
  AddBadRequest(admission.errors, out);
  if (!admission.structurally_defaulted.is_null()) out.Add("crdDefaulted", admission.structurally_defaulted.ToJson());
  if (!admission.defaulted.is_null()) out.Add("defaulted", admission.defaulted.ToJson());
  out.Add("schema", ErrorsJson(admission.errors, Stage::kSchema));
  out.Add("webhook", ErrorsJson(admission.errors, Stage::kWebhook));
  out.Add("warnings", List(admission.warnings, [](const Warning& warning) { return Quoted(warning.detail); }));
  out.Add("pruned", PrunedJson(admission.pruned));
  if (!topologies.empty()) out.Add("topologies", topologies);
  if (old_admitted.has_value()) out.Add("oldAdmitted", Boolean(*old_admitted));
  return out.Finish();
}

// ---- Objects --------------------------------------------------------------------------------------------------------

// Groups the documents of objects by the corpus' name of their kind.
class ObjectsByKind {
 public:
  template <class T>
  void Add(const T& object) {
    Add(KindName(object), ToValue(object).ToJson());
  }
  [[nodiscard]] std::string Finish() const {
    Object out;
    for (const auto& [kind, list] : kinds_) out.Add(kind, '[' + list + ']');
    return out.Finish();
  }

 private:
  template <class T>
  static std::string KindName(const T& object) {
    // Kinds of one name are told apart by their group.
    std::string name(KindOf(object));
    const std::string_view group = ApiVersionOf(object);
    if (name == "PodGroup" || name == "Topology") name += '.' + std::string(group.substr(0, group.find('/')));
    return name;
  }

  void Add(const std::string& kind, const std::string& json) {
    for (auto& [name, list] : kinds_) {
      if (name != kind) continue;
      list += ',';
      list += json;
      return;
    }
    kinds_.emplace_back(kind, json);
  }

  std::vector<std::pair<std::string, std::string>> kinds_;
};

// The corpus numbers pods instead of naming them: `<generateName>~0003`.
void RenamePods(ObjectSet& objects) {
  std::vector<std::pair<std::string, std::string>> names;
  for (Pod& pod : objects.pods) {
    char number[16];
    std::snprintf(number, sizeof number, "~%04d",
                  std::stoi(std::string(pod.metadata.labels.Get("grove.io/podclique-pod-index"))));
    std::string renamed = pod.metadata.generate_name + number;
    names.emplace_back(pod.metadata.name, renamed);
    pod.metadata.name = std::move(renamed);
  }
  std::sort(names.begin(), names.end());
  for (PodGang& gang : objects.pod_gangs) {
    for (PodGroup& group : gang.spec.pod_groups) {
      for (NamespacedName& reference : group.pod_references) {
        const auto it = std::lower_bound(names.begin(), names.end(), std::pair(reference.name, std::string()));
        if (it != names.end() && it->first == reference.name) reference.name = it->second;
      }
      std::sort(group.pod_references.begin(), group.pod_references.end(),
                [](const NamespacedName& a, const NamespacedName& b) { return a.name < b.name; });
    }
  }
}

// The bindings with their status, and the KAI Topologies: those that Grove makes of them, and all others that exist.
void AddTopologies(const AdmissionContext& context, const Cluster& cluster, ObjectsByKind& objects) {
  TopologySyncOptions options;
  options.configuration = context.configuration;
  options.kai_topologies = cluster.kai_topologies;
  std::vector<ClusterTopologyBinding> bindings = context.topologies;
  for (ClusterTopologyBinding& binding : bindings) binding.metadata.generation = 1;
  const TopologySync sync = SyncTopologies(bindings, options);
  for (std::size_t i = 0; i < bindings.size(); ++i) {
    bindings[i].status = sync.statuses[i];
    bindings[i].metadata.generation = 0;
    objects.Add(bindings[i]);
  }
  std::vector<std::string> made;
  for (const SyncedKaiTopology& synced : sync.kai_topologies) {
    objects.Add(synced.topology);
    made.push_back(synced.topology.metadata.name);
  }
  for (KaiTopology topology : cluster.kai_topologies) {
    if (std::find(made.begin(), made.end(), topology.metadata.name) != made.end()) continue;
    topology.metadata.generation = 0;
    objects.Add(topology);
  }
}

std::string ReconcileErrorsJson(const std::vector<ReconcileError>& errors) {
  Object out;
  for (const ReconcileError& error : errors) out.Add(error.object, Quoted(error.code));
  return out.Finish();
}

void AddExpansion(const AdmittedPodCliqueSet& set, const AdmissionContext& context, const Cluster& cluster,
                  Object& answer) {
  ExpansionOptions options;
  options.configuration = context.configuration;
  options.topologies = context.topologies;
  options.resource_claim_templates = cluster.claim_templates;
  options.init_container_image = "registry.example.com/grove/grove-initc";
  options.init_container_version = "v0.0.0-golden";
  options.state = ObjectState::kAtRest;
  options.scheduler_objects = true;
  Expansion expansion = Expand(set, options);
  RenamePods(expansion.objects);

  ObjectsByKind objects;
  objects.Add(expansion.objects.pod_clique_set);
  ForEachObject(expansion.objects, [&](const auto& object) { objects.Add(object); });
  AddTopologies(context, cluster, objects);
  answer.Add("objects", objects.Finish());
  if (!expansion.errors.empty()) answer.Add("reconcileErrors", ReconcileErrorsJson(expansion.errors));
}

constexpr std::string_view kUnsupportedSteps = R"({"unsupported":"what happens after the first expansion"})";

std::string Answer(const Value& test_case) {
  Object answer;
  AdmissionContext context;
  context.all_stages = true;
  std::vector<FieldError> config_errors;
  context.configuration = ReadConfiguration(Member(test_case, "config"), config_errors);
  if (!config_errors.empty()) {
    Object admission;
    admission.Add("admitted", "false");
    admission.Add("configError", Quoted(FormatFieldError(config_errors.front())));
    answer.Add("admission", admission.Finish());
    return answer.Finish();
  }
  const Cluster cluster = ReadCluster(Member(test_case, "extraObjects"));
  context.volcano_queues = cluster.queues;

  Object topologies;
  const Value manifests = Member(test_case, "topologies");
  for (std::size_t i = 0; i < manifests.size(); ++i) {
    TopologyAdmission admission = AdmitClusterTopologyBinding(manifests.at(i), context);
    Object one;
    one.Add("admitted", Boolean(admission.allowed()));
    one.Add("schema", ErrorsJson(admission.errors, Stage::kSchema));
    one.Add("webhook", ErrorsJson(admission.errors, Stage::kWebhook));
    topologies.Add(Text(Member(manifests.at(i), "metadata"), "name"), one.Finish());
    if (admission.admitted.has_value()) context.topologies.push_back(std::move(*admission.admitted));
  }

  const std::string topologies_json = manifests.size() > 0 ? topologies.Finish() : "";
  if (const std::optional<Value> old = test_case.Find("old")) {
    const Admission admission = AdmitUpdate(*old, Member(test_case, "manifest"), context);
    answer.Add("admission", AdmissionJson(admission, topologies_json, Admit(*old, context).allowed()));
    return answer.Finish();
  }
  const Admission admission = Admit(Member(test_case, "manifest"), context);
  answer.Add("admission", AdmissionJson(admission, topologies_json));
  if (admission.admitted.has_value()) AddExpansion(*admission.admitted, context, cluster, answer);
  answer.Add("steps", kUnsupportedSteps);
  answer.Add("traces", kUnsupportedSteps);
  return answer.Finish();
}

}  // namespace
}  // namespace grove

int main() {
  std::ios::sync_with_stdio(false);
  std::string line;
  while (std::getline(std::cin, line)) {
    const grove::Value request = grove::Value::FromJson(line);
    std::cout << grove::Answer(request.Find("case").value_or(grove::Value())) << '\n' << std::flush;
  }
  return 0;
}
