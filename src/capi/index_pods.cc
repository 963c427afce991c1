// Pods that come to the nodes of an index, or leave them, by others' doing.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "capi/guard.h"
#include "capi/handles.h"
#include "capi/index.h"
#include "capi/options.h"
#include "capi/workload_texts.h"
#include "grove.h"
#include "topology/snapshot/class_table.h"
#include "topology/snapshot/pod_reader.h"

namespace grove::capi {

namespace {

using std::string_view;

// The pods of a text that hold room.
class RunningPods {
 public:
  explicit RunningPods(const Index& index) {
    if (index.surroundings.options.keep_labels) terms_.AddAnyTerm();
    for (const PodClass& pods : index.prepared.cluster().running_classes()) {
      terms_.AddClass(pods);
      terms_.AddNamespace(pods.pod_namespace);
    }
    for (const ManifestObject& object : index.surroundings.objects) {
      if (PlacementRoleOf(object.api_version, object.kind) != PlacementRole::kNamespace) continue;
      const topology::Node* metadata = topology::Member(&object.document.node(), "metadata");
      terms_.AddNamespaceLabels(object.name, topology::ReadLabels(topology::Member(metadata, "labels")));
    }
  }

  Outcome Read(const std::vector<ManifestObject>& objects) {
    for (const ManifestObject& object : objects) {
      if (PlacementRoleOf(object.api_version, object.kind) != PlacementRole::kPod) continue;
      topology::Fault fault;
      topology::ObservedPod pod;
      if (!topology::ReadPod(object.document.node(), fault, pod)) {
        return Failure{GROVE_INVALID_ARGUMENT,
                       DescribeObject(object, object.namespace_name) + ": " + fault.field + ": " + fault.message,
                       "pods",
                       std::move(fault.field),
                       LocationOf(object.document),
                       {}};
      }
      if (!pod.HoldsRoom()) continue;
      terms_.AddNamespace(pod.namespace_name);
      terms_.AddShape(pod.shape);
      pods_.push_back(std::move(pod));
    }
    return {};
  }

  // All of them come or leave, or none does.
  Outcome Change(PlacementIndex& index, bool come) {
    const std::size_t mark = index.mark();
    topology::ClassTable classes;
    for (const topology::ObservedPod& pod : pods_) {
      std::uint32_t unevaluated = 0;
      const std::uint32_t kind = classes.ClassOf(terms_, pod.shape, pod.namespace_name, pod.labels, unevaluated);
      Outcome outcome = ChangeOne(index, come, pod.node, classes.classes()[kind]);
      if (!outcome.has_value()) continue;
      index.Undo(mark);
      return outcome;
    }
    return {};
  }

 private:
  static Outcome ChangeOne(PlacementIndex& index, bool come, string_view name, const PodClass& pods) {
    const auto node = index.cluster().FindNode(name);
    if (!node.has_value()) return NotFound(name, "pods", "there is no node");
    if (!(come ? index.Place(*node, pods) : index.Release(*node, pods))) {
      return NotFound(name, "pods", "a pod of them does not run on node");
    }
    return {};
  }

  topology::TermsInSight terms_;
  std::vector<topology::ObservedPod> pods_;
};

Outcome ChangePods(Index& index, string_view text, grove_format format, std::uint32_t come) {
  ParseOptions options;
  bool they_come = false;
  GROVE_CAPI_TRY(ReadInputFormat(format, "format", options.format));
  GROVE_CAPI_TRY(ReadSwitch(come, "come", they_come));
  std::vector<ManifestObject> objects;
  if (!text.empty()) GROVE_CAPI_TRY(ParseText(text, "pods", options, objects));
  RunningPods pods(index);
  GROVE_CAPI_TRY(pods.Read(objects));
  return pods.Change(index.prepared, they_come);
}

}  // namespace

}  // namespace grove::capi

extern "C" grove_status grove_index_change_pods(grove_index* index, const char* pods, size_t pods_size,
                                                grove_format format, uint32_t come, grove_error** error) {
  return grove::capi::Guard(error, [&]() -> grove::capi::Outcome {
    std::string_view text;
    GROVE_CAPI_TRY(grove::capi::Require(index, "index"));
    GROVE_CAPI_TRY(grove::capi::ReadText(pods, pods_size, "pods", text));
    return grove::capi::ChangePods(*grove::capi::Unwrap(index), text, format, come);
  });
}
