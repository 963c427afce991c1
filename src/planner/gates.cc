#include "planner/gates.h"

#include <algorithm>

#include "model/naming.h"

namespace grove::planner {
namespace {

using internal::Member;
using internal::Node;

constexpr std::string_view kSchedulingGates = "schedulingGates";

bool IsGroveGate(const Node& gate) {
  const Node* name = internal::Find(gate, "name");
  return name != nullptr && internal::Text(*name) == keys::kSchedulingGate;
}

// The references are sorted by name (PG-23), unless somebody else wrote them.
bool Lists(const PodGroup& group, const std::string& pod_name) {
  const auto& references = group.pod_references;
  const auto before = [](const NamespacedName& reference, const std::string& name) { return reference.name < name; };
  const auto found = std::lower_bound(references.begin(), references.end(), pod_name, before);
  return found != references.end() && found->name == pod_name;
}

BaseGang FindState(const ChildIndex& children, std::string_view name) {
  const PodGang* gang = children.FindGang(name);
  if (gang == nullptr) return BaseGang::kMissing;
  BaseGang state = BaseGang::kScheduled;
  for (const PodGroup& group : gang->spec.pod_groups) {
    const PodClique* clique = children.FindClique(group.name);
    if (clique == nullptr) return BaseGang::kMissing;
    if (clique->status.scheduled_replicas < group.min_replicas) state = BaseGang::kUnscheduled;
  }
  return state;
}

}  // namespace

bool HasGroveGate(const Pod& pod) {
  const Node* gates = internal::Find(pod.spec.node(), kSchedulingGates);
  if (gates == nullptr) return false;
  const auto elements = internal::Elements(*gates);
  return std::ranges::any_of(elements, IsGroveGate);
}

bool HasAnyGate(const Pod& pod) {
  const Node* gates = internal::Find(pod.spec.node(), kSchedulingGates);
  return gates != nullptr && !internal::Elements(*gates).empty();
}

Value WithoutGroveGate(const Value& spec, const std::shared_ptr<internal::Storage>& storage) {
  std::vector<Member> members;
  for (const Member& member : internal::Members(spec.node())) {
    if (internal::Text(member.key) != kSchedulingGates) {
      members.push_back(member);
      continue;
    }
    std::vector<Node> gates;
    for (const Node& gate : internal::Elements(member.value)) {
      if (!IsGroveGate(gate)) gates.push_back(gate);
    }
    if (!gates.empty()) members.push_back({member.key, storage->MakeArray(gates)});
  }
  storage->Keep(spec.storage());
  return {storage->MakeObject(members), storage};
}

GateDecision GateKeeper::Decide(const PodClique& clique) {
  GateDecision decision;
  const std::string_view gang = clique.metadata.labels.Get(keys::kPodGang);
  if (gang.empty()) {
    decision.error = GateError::kMissingGangLabel;
    return decision;
  }
  const std::string_view base_gang = clique.metadata.labels.Get(keys::kBasePodGang);
  const BaseGang base = base_gang.empty() ? BaseGang::kScheduled : StateOf(base_gang);
  if (base == BaseGang::kMissing) decision.error = GateError::kMissingBaseGang;
  const PodGroup* group = children_.FindPodGroup(gang, clique.metadata.name);
  for (const Pod* pod : children_.PodsControlledBy(clique)) {
    if (!HasGroveGate(*pod)) continue;
    if (base == BaseGang::kScheduled && group != nullptr && Lists(*group, pod->metadata.name)) {
      decision.lift.push_back(pod);
    } else {
      decision.gated_left = true;
    }
  }
  return decision;
}

BaseGang GateKeeper::StateOf(std::string_view base_gang) {
  const auto [entry, is_new] = base_gangs_.try_emplace(base_gang, BaseGang::kMissing);
  if (is_new) entry->second = FindState(children_, base_gang);
  return entry->second;
}

}  // namespace grove::planner
