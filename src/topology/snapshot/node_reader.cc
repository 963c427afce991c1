#include "topology/snapshot/node_reader.h"

#include <algorithm>
#include <array>

#include "topology/snapshot/label_selector.h"

namespace grove::topology {
namespace {

constexpr std::string_view kUnschedulable = "node.kubernetes.io/unschedulable";

// Conditions that keep every pod away while they are True (PL-32).
constexpr std::array<std::string_view, 4> kTroubles = {"MemoryPressure", "DiskPressure", "PIDPressure",
                                                       "NetworkUnavailable"};

bool IsUsable(const Node* status) {
  const auto conditions = MemberElements(status, "conditions");
  bool ready = conditions.empty();
  for (const Node& condition : conditions) {
    const std::string_view type = MemberText(&condition, "type");
    const bool is_true = MemberText(&condition, "status") == "True";
    if (type == "Ready") ready = is_true;
    if (is_true && std::ranges::find(kTroubles, type) != kTroubles.end()) return false;
  }
  return ready;
}

bool ReadTaints(const Node* spec, Fault& fault, std::vector<Taint>& out) {
  const FieldPath root;
  const FieldPath of_spec = root.Child("spec");
  const FieldPath list = of_spec.Child("taints");
  for (const Node& taint : MemberElements(spec, "taints")) {
    const FieldPath at = list.Index(out.size());
    Taint& read = out.emplace_back();
    read.key = MemberText(&taint, "key");
    read.value = MemberText(&taint, "value");
    if (!ReadTaintEffect(MemberText(&taint, "effect"), at.Child("effect"), fault, read.effect)) return false;
  }
  if (!MemberIsTrue(spec, "unschedulable")) return true;
  const Taint cordon{std::string(kUnschedulable), "", TaintEffect::kNoSchedule};
  if (std::ranges::find(out, cordon) == out.end()) out.push_back(cordon);
  return true;
}

}  // namespace

bool ReadNode(const Node& object, Fault& fault, NodeSpec& out) {
  const FieldPath root;
  const Node* metadata = Member(&object, "metadata");
  const Node* status = Member(&object, "status");
  const FieldPath of_status = root.Child("status");
  out.name = MemberText(metadata, "name");
  if (out.name.empty()) {
    const FieldPath of_metadata = root.Child("metadata");
    return fault.Set(of_metadata.Child("name"), "must not be empty");
  }
  out.labels = ReadLabels(Member(metadata, "labels"));
  out.usable = IsUsable(status);
  return ReadResourceList(Member(status, "allocatable"), of_status.Child("allocatable"), fault, out.allocatable) &&
         ReadTaints(Member(&object, "spec"), fault, out.taints);
}

}  // namespace grove::topology
