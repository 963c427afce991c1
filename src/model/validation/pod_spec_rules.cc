// Rules of the pod spec of a clique (spec 03 §5.4). Nothing else of a pod spec is looked at.
//
// The reference reports errors below `podSpec.spec`, although a pod spec has no such member (O-07).
#include "model/names.h"
#include "model/validation/set_context.h"

namespace grove::validation {
namespace {

using internal::Member;
using internal::Node;

// Members of a pod spec that the rules look at; null where absent.
struct PodSpec {
  const std::shared_ptr<const internal::Storage>& storage;
  const Node* restart_policy = nullptr;
  const Node* node_name = nullptr;
  const Node* topology_spread_constraints = nullptr;
  const Node* containers = nullptr;
  const Node* init_containers = nullptr;
};

struct MemberRow {
  std::string_view name;
  const Node* PodSpec::*member;
};
constexpr MemberRow kMembers[] = {
    {"restartPolicy", &PodSpec::restart_policy},
    {"nodeName", &PodSpec::node_name},
    {"topologySpreadConstraints", &PodSpec::topology_spread_constraints},
    {"containers", &PodSpec::containers},
    {"initContainers", &PodSpec::init_containers},
};

PodSpec ReadPodSpec(const Value& value) {
  PodSpec pod_spec{value.storage()};
  for (const Member& member : internal::Members(value.node())) {
    const std::string_view key = internal::Text(member.key);
    for (const MemberRow& row : kMembers) {
      if (row.name == key) pod_spec.*(row.member) = &member.value;
    }
  }
  return pod_spec;
}

constexpr Rule<PodSpec> kPodSpecRules[] = {
    {"V-155", On::kCreate,
     // An empty list too (O-31); only null is none.
     [](const PodSpec& pod_spec) {
       return pod_spec.topology_spread_constraints != nullptr &&
              !internal::IsNull(*pod_spec.topology_spread_constraints);
     },
     ErrorType::kInvalid, "podSpec.spec.topologySpreadConstraints",
     [](const PodSpec& pod_spec) { return Value(*pod_spec.topology_spread_constraints, pod_spec.storage); },
     [](const PodSpec&) { return std::string("must not be set: placement of pods is up to topologyConstraint"); }},
    {"V-156", On::kCreate, [](const PodSpec& pod_spec) { return !IsBlank(StringOf(pod_spec.node_name)); },
     ErrorType::kInvalid, "podSpec.spec.nodeName",
     [](const PodSpec& pod_spec) { return StringValue(StringOf(pod_spec.node_name)); },
     [](const PodSpec& pod_spec) {
       return Concat({"must not be set: the scheduler chooses the node, not the manifest (",
                      Quoted(StringOf(pod_spec.node_name)), ")"});
     }},
};

// V-157: one error for a name, whatever the number of its faults.
void ValidateEnvironmentName(std::string_view name, const FieldPath& path, Findings& findings) {
  const NameErrors errors = CheckEnvironmentName(name);
  if (errors.empty()) return;
  std::string detail = Quoted(name);
  std::string_view separator = ": ";
  for (const std::string_view message : errors) {
    detail += separator;
    detail += message;
    separator = "; ";
  }
  findings.Add(ErrorType::kInvalid, path.Child("name"), name, "V-157", std::move(detail));
}

// V-157 and V-158 of one list of containers.
void ValidateEnvironments(const SetContext& context, const Node* containers, const FieldPath& path) {
  if (containers == nullptr) return;
  const std::span<const Node> elements = internal::Elements(*containers);
  for (std::size_t i = 0; i < elements.size(); ++i) {
    const Node* environment = internal::Find(elements[i], "env");
    if (environment == nullptr) continue;
    const FieldPath container = path.Index(i);
    const FieldPath list = container.Child("env");
    const NameList names = CollectNames(
        internal::Elements(*environment), [](const Node& entry) { return StringOf(internal::Find(entry, "name")); },
        context.scratch);
    for (std::size_t k = 0; k < names.size(); ++k) {
      ValidateEnvironmentName(names[k], list.Index(k), context.findings);
    }
    ReportDuplicates(names, list, "V-158", context.findings);
  }
}

}  // namespace

void ValidatePodSpec(const SetContext& context, const Value& value, const FieldPath& path) {
  const PodSpec pod_spec = ReadPodSpec(value);
  const FieldPath spec = path.Child("spec");
  const std::string_view restart_policy = StringOf(pod_spec.restart_policy);
  if (!IsBlank(restart_policy)) {
    // The webhook's own words are untrue (O-10), and a person had better know.
    context.findings.Warn(spec.Child("podSpec.restartPolicy"), "V-154",
                          "Grove warns that restartPolicy will be ignored and set to Always; in fact the pods keep it");
  }
  Apply<PodSpec>(kPodSpecRules, context.operation, pod_spec, spec, context.findings);
  ValidateEnvironments(context, pod_spec.containers, spec.Child("podSpec.spec.containers"));
  ValidateEnvironments(context, pod_spec.init_containers, spec.Child("podSpec.spec.initContainers"));
}

}  // namespace grove::validation
