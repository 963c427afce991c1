#include "topology/snapshot/pod_reader.h"

#include <algorithm>

#include "model/naming.h"

namespace grove::topology {
namespace {

PodStage StageOf(const ObservedPod& pod, const Node* metadata, const Node* status) {
  const std::string_view phase = MemberText(status, "phase");
  if (phase == "Succeeded" || phase == "Failed") return PodStage::kDone;
  if (Member(metadata, "deletionTimestamp") != nullptr) return PodStage::kTerminating;
  if (!pod.node.empty()) return PodStage::kActive;
  return pod.gate.empty() ? PodStage::kCandidate : PodStage::kGated;
}

void ReadGates(const Node* spec, ObservedPod& out) {
  const auto gates = MemberElements(spec, "schedulingGates");
  if (gates.empty()) return;
  out.gate = MemberText(&gates.front(), "name");
  if (out.gate.empty()) out.gate = "without a name";
  out.only_grove_gate =
      std::ranges::all_of(gates, [](const Node& gate) { return MemberText(&gate, "name") == keys::kSchedulingGate; });
}

bool IsBeingResized(const Node* status) {
  const auto conditions = MemberElements(status, "conditions");
  return !MemberText(status, "resize").empty() || std::ranges::any_of(conditions, [](const Node& condition) {
    const std::string_view type = MemberText(&condition, "type");
    return (type == "PodResizePending" || type == "PodResizeInProgress") && MemberText(&condition, "status") == "True";
  });
}

}  // namespace

std::string_view ObservedPod::Label(std::string_view key) const {
  const auto found = std::lower_bound(labels.begin(), labels.end(), key,
                                      [](const auto& label, std::string_view k) { return label.first < k; });
  return found != labels.end() && found->first == key ? std::string_view(found->second) : std::string_view{};
}

bool ReadPod(const Node& object, Fault& fault, ObservedPod& out) {
  const FieldPath root;
  const Node* metadata = Member(&object, "metadata");
  const Node* spec = Member(&object, "spec");
  const Node* status = Member(&object, "status");
  out.namespace_name = MemberText(metadata, "namespace");
  out.name = MemberText(metadata, "name");
  if (out.name.empty()) {
    const FieldPath of_metadata = root.Child("metadata");
    return fault.Set(of_metadata.Child("name"), "must not be empty");
  }
  out.labels = ReadLabels(Member(metadata, "labels"));
  out.node = MemberText(spec, "nodeName");
  ReadGates(spec, out);
  out.stage = StageOf(out, metadata, status);
  const Node none;
  if (!ReadPodShape(spec == nullptr ? none : *spec, out.labels, root.Child("spec"), fault, out.shape)) return false;
  if (IsBeingResized(status)) out.shape.unevaluated |= kResize;
  return true;
}

}  // namespace grove::topology
