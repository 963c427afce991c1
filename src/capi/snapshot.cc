#include "capi/snapshot.h"

#include <algorithm>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "grove/admission.hpp"

#include "capi/buffer.h"
#include "capi/evictions.h"
#include "capi/guard.h"
#include "capi/handles.h"
#include "capi/options.h"
#include "capi/placed.h"
#include "capi/workload_texts.h"

namespace grove::capi {

namespace {

using std::string_view;

std::string Described(const PlacementInputError& error) {
  return error.field.empty() ? error.message : error.field + ": " + error.message;
}

Outcome TakeTopologies(Snapshot& snapshot) {
  for (const ManifestObject& object : snapshot.objects) {
    if (RoleOf(object.api_version, object.kind) != ObjectRole::kClusterTopologyBinding) continue;
    TopologyAdmission admission = AdmitClusterTopologyBinding(object.document);
    if (!admission.admitted.has_value()) {
      const FieldError& error = admission.errors.front();
      return Failure{GROVE_INVALID_ARGUMENT,
                     DescribeObject(object, {}) + " is denied: " + FormatFieldError(error),
                     "cluster",
                     error.field,
                     error.location,
                     {}};
    }
    snapshot.topologies.push_back(*std::move(admission.admitted));
  }
  return {};
}

Outcome ParseSnapshot(string_view cluster, grove_format format, const grove_snapshot_options* options, Snapshot& out) {
  SnapshotSettings settings;
  ParseOptions parse;
  GROVE_CAPI_TRY(ReadSnapshotOptions(options, settings));
  GROVE_CAPI_TRY(ReadInputFormat(format, "format", parse.format));
  parse.limits = settings.limits;
  out.options.topology_name = settings.topology;
  out.options.lift_grove_gates = settings.lift_gates;
  out.options.keep_labels = settings.keep_labels;
  out.options.pod_gangs = !settings.ignore_gangs;
  if (!cluster.empty()) GROVE_CAPI_TRY(ParseText(cluster, "cluster", parse, out.objects));
  GROVE_CAPI_TRY(TakeTopologies(out));
  PlacementInput input;
  GROVE_CAPI_TRY(ReadInput(out, nullptr, input));
  out.spec = std::move(input.spec);
  return {};
}

Failure NotFound(std::string message) { return {GROVE_NOT_FOUND, std::move(message), "placement", {}, {}, {}}; }

// Finds nodes of a snapshot by their names.
class NodeNames {
 public:
  explicit NodeNames(std::vector<NodeSpec>& nodes) {
    for (NodeSpec& node : nodes) nodes_.push_back(&node);
    std::ranges::sort(nodes_, {}, [](const NodeSpec* node) -> string_view { return node->name; });
  }

  Outcome Find(string_view name, NodeSpec*& out) const {
    const auto found =
        std::ranges::lower_bound(nodes_, name, {}, [](const NodeSpec* node) -> string_view { return node->name; });
    if (found == nodes_.end() || (*found)->name != name) {
      return NotFound("node " + std::string(name) + " does not exist in the snapshot");
    }
    out = *found;
    return {};
  }

 private:
  std::vector<NodeSpec*> nodes_;
};

// Classes and gangs of the next snapshot: what ran before stays, PodGangs are dealt with.
Snapshot NextOf(const Snapshot& snapshot) {
  Snapshot next;
  next.topologies = snapshot.topologies;
  next.options = snapshot.options;
  next.spec = snapshot.spec;
  return next;
}

// The index of an equal class, which is added if there is none.
std::uint32_t ClassIndex(const PodClass& pods, std::vector<PodClass>& classes) {
  const auto found = std::ranges::find(classes, pods);
  if (found != classes.end()) return static_cast<std::uint32_t>(found - classes.begin());
  classes.push_back(pods);
  return static_cast<std::uint32_t>(classes.size() - 1);
}

Outcome With(const Snapshot& snapshot, const Placed& placed, Snapshot& next) {
  next = NextOf(snapshot);
  const NodeNames nodes(next.spec.nodes);
  GROVE_CAPI_TRY(ForEachEvictedPod(placed, [&](string_view name, const PodClass& pods) -> Outcome {
    NodeSpec* node = nullptr;
    GROVE_CAPI_TRY(nodes.Find(name, node));
    return Evict(pods, *node, next.spec);
  }));
  return ForEachPlacedPod(placed, [&](string_view name, const PodClass& pods) -> Outcome {
    NodeSpec* node = nullptr;
    GROVE_CAPI_TRY(nodes.Find(name, node));
    next.spec.pods.push_back({node->name, ClassIndex(pods, next.spec.pod_classes)});
    return {};
  });
}

Outcome Without(const Snapshot& snapshot, const Placed& placed, Snapshot& next) {
  next = NextOf(snapshot);
  std::vector<RunningPodSpec> leaving;
  GROVE_CAPI_TRY(ForEachPlacedPod(placed, [&](string_view node, const PodClass& pods) -> Outcome {
    leaving.push_back({std::string(node), ClassIndex(pods, next.spec.pod_classes)});
    return {};
  }));
  const auto order = [](const RunningPodSpec& a, const RunningPodSpec& b) {
    return std::tie(a.node, a.pod_class) < std::tie(b.node, b.pod_class);
  };
  std::ranges::sort(leaving, order);
  std::ranges::sort(next.spec.pods, order);
  std::vector<RunningPodSpec> staying;
  std::ranges::set_difference(next.spec.pods, leaving, std::back_inserter(staying), order);
  if (staying.size() + leaving.size() != next.spec.pods.size()) {
    return NotFound("a pod of it does not run where it was placed");
  }
  next.spec.pods = std::move(staying);
  return {};
}

// Gives the caller what `make` makes.
template <class Inside, class Outside, class Make>
Outcome Give(Outside** handle, string_view argument, const Make& make) {
  GROVE_CAPI_TRY(Require(handle, argument));
  auto made = std::make_unique<Inside>();
  GROVE_CAPI_TRY(make(*made));
  *handle = Wrap(made.release());
  return {};
}

Outcome ParseWorkload(const Texts& texts, const grove_expand_options* options, ExpandedWorkload& out) {
  ExpandSettings settings;
  GROVE_CAPI_TRY(ReadExpandSettings(options, texts.format, settings));
  ExpandedTexts expanded;
  GROVE_CAPI_TRY(ExpandTexts(texts, settings, expanded));
  out.topologies = expanded.judged.workload.context.topologies;
  out.objects = TakeObjects(std::move(expanded.expansion));
  return {};
}

Outcome Decode(string_view message, grove_encoding encoding, Snapshot& out) {
  WireFormat format = WireFormat::kBinary;
  GROVE_CAPI_TRY(ReadEncoding(encoding, format));
  WireClusterResult read = ReadClusterSpec(message, format);
  if (read.error.has_value()) return WireFailure(*std::move(read.error), "message");
  out.spec = *std::move(read.spec);
  const absl::StatusOr<Cluster> cluster = BuildCluster(out.spec);
  return cluster.ok() ? Outcome() : PlannerFailure(cluster.status(), "message");
}

}  // namespace

Outcome ReadEncoding(grove_encoding encoding, WireFormat& out) {
  std::uint32_t number = 0;
  std::memcpy(&number, &encoding, sizeof number);
  if (number > GROVE_ENCODING_JSON) return InvalidArgument("encoding", "is no encoding");
  out = number == GROVE_ENCODING_JSON ? WireFormat::kJson : WireFormat::kBinary;
  return {};
}

Failure WireFailure(WireError error, string_view argument) {
  return {error.limit_exceeded ? GROVE_RESOURCE_EXHAUSTED : GROVE_INVALID_ARGUMENT,
          std::move(error.message),
          std::string(argument),
          std::move(error.field),
          {},
          {}};
}

Failure PlannerFailure(const absl::Status& status, string_view argument) {
  const grove_status code = status.code() == absl::StatusCode::kInternal            ? GROVE_INTERNAL
                            : status.code() == absl::StatusCode::kResourceExhausted ? GROVE_RESOURCE_EXHAUSTED
                                                                                    : GROVE_INVALID_ARGUMENT;
  return {code, std::string(status.message().data(), status.message().size()), std::string(argument), {}, {}, {}};
}

Outcome ReadInput(const Snapshot& snapshot, const ExpandedWorkload* workload, PlacementInput& out) {
  PlacementSources sources;
  sources.objects = snapshot.objects;
  if (snapshot.objects.empty()) sources.snapshot = &snapshot.spec;
  if (workload != nullptr) sources.sets = &workload->objects;
  // Those of the cluster, and of the workload those that it does not have.
  std::vector<ClusterTopologyBinding> topologies = snapshot.topologies;
  for (const ClusterTopologyBinding& binding :
       workload == nullptr ? std::vector<ClusterTopologyBinding>() : workload->topologies) {
    const auto same = [&](const ClusterTopologyBinding& other) { return other.metadata.name == binding.metadata.name; };
    if (std::ranges::none_of(topologies, same)) topologies.push_back(binding);
  }
  sources.topologies = topologies;
  out = ReadPlacementInput(sources, snapshot.options);
  if (!out.error.has_value()) return {};
  const PlacementInputError& error = *out.error;
  if (!error.object.has_value())
    return InvalidArgument(snapshot.objects.empty() ? "snapshot" : "cluster", Described(error));
  const ManifestObject& object = snapshot.objects[*error.object];
  return Failure{GROVE_INVALID_ARGUMENT,
                 DescribeObject(object, object.namespace_name) + ": " + Described(error),
                 "cluster",
                 error.field,
                 LocationOf(object.document),
                 {}};
}

}  // namespace grove::capi

using grove::capi::ExpandedWorkload;
using grove::capi::Guard;
using grove::capi::Outcome;
using grove::capi::Snapshot;
using grove::capi::Unwrap;

extern "C" grove_status grove_workload_parse(const char* manifest, size_t manifest_size, const char* context,
                                             size_t context_size, grove_format format,
                                             const grove_expand_options* options, grove_workload** workload,
                                             grove_error** error) {
  grove::capi::ClearHandle(workload);
  return Guard(error, [&] {
    return grove::capi::Give<ExpandedWorkload>(workload, "workload", [&](ExpandedWorkload& out) {
      return grove::capi::ParseWorkload({manifest, manifest_size, context, context_size, format}, options, out);
    });
  });
}

extern "C" void grove_workload_free(grove_workload* workload) {
  std::unique_ptr<ExpandedWorkload>(Unwrap(workload)).reset();
}

extern "C" grove_status grove_snapshot_parse(const char* cluster, size_t cluster_size, grove_format format,
                                             const grove_snapshot_options* options, grove_snapshot** snapshot,
                                             grove_error** error) {
  grove::capi::ClearHandle(snapshot);
  return Guard(error, [&] {
    return grove::capi::Give<Snapshot>(snapshot, "snapshot", [&](Snapshot& out) -> Outcome {
      std::string_view text;
      GROVE_CAPI_TRY(grove::capi::ReadText(cluster, cluster_size, "cluster", text));
      return grove::capi::ParseSnapshot(text, format, options, out);
    });
  });
}

extern "C" grove_status grove_snapshot_decode(const char* message, size_t message_size, grove_encoding encoding,
                                              grove_snapshot** snapshot, grove_error** error) {
  grove::capi::ClearHandle(snapshot);
  return Guard(error, [&] {
    return grove::capi::Give<Snapshot>(snapshot, "snapshot", [&](Snapshot& out) -> Outcome {
      std::string_view bytes;
      GROVE_CAPI_TRY(grove::capi::ReadText(message, message_size, "message", bytes));
      return grove::capi::Decode(bytes, encoding, out);
    });
  });
}

extern "C" grove_status grove_snapshot_encode(const grove_snapshot* snapshot, grove_encoding encoding,
                                              grove_buffer* result, grove_error** error) {
  grove::capi::Clear(result);
  return Guard(error, [&]() -> Outcome {
    grove::WireFormat format = grove::WireFormat::kBinary;
    GROVE_CAPI_TRY(grove::capi::Require(snapshot, "snapshot"));
    GROVE_CAPI_TRY(grove::capi::ReadEncoding(encoding, format));
    GROVE_CAPI_TRY(grove::capi::RequireResult(result));
    *result = grove::capi::MakeBuffer(grove::WriteClusterSpec(Unwrap(snapshot)->spec, format));
    return {};
  });
}

extern "C" grove_status grove_snapshot_with(const grove_snapshot* snapshot, const grove_placement* placement,
                                            grove_snapshot** next, grove_error** error) {
  grove::capi::ClearHandle(next);
  return Guard(error, [&] {
    return grove::capi::Give<Snapshot>(next, "next", [&](Snapshot& out) -> Outcome {
      GROVE_CAPI_TRY(grove::capi::Require(snapshot, "snapshot"));
      GROVE_CAPI_TRY(grove::capi::Require(placement, "placement"));
      return grove::capi::With(*Unwrap(snapshot), *Unwrap(placement), out);
    });
  });
}

extern "C" grove_status grove_snapshot_without(const grove_snapshot* snapshot, const grove_placement* placement,
                                               grove_snapshot** next, grove_error** error) {
  grove::capi::ClearHandle(next);
  return Guard(error, [&] {
    return grove::capi::Give<Snapshot>(next, "next", [&](Snapshot& out) -> Outcome {
      GROVE_CAPI_TRY(grove::capi::Require(snapshot, "snapshot"));
      GROVE_CAPI_TRY(grove::capi::Require(placement, "placement"));
      return grove::capi::Without(*Unwrap(snapshot), *Unwrap(placement), out);
    });
  });
}

extern "C" void grove_snapshot_free(grove_snapshot* snapshot) { std::unique_ptr<Snapshot>(Unwrap(snapshot)).reset(); }
