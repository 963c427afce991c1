#include "cli/placement_scene.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ostream.h>

#include "grove/placement_wire.hpp"

#include "cli/findings_output.h"
#include "cli/messages.h"
#include "cli/progress.h"
#include "cli/text.h"

namespace grove::cli {

namespace {

class SceneLoader {
 public:
  SceneLoader(const Options& options, InputReader& reader, Streams& streams)
      : options_(options), reader_(reader), streams_(streams) {}

  std::optional<PlacementScene> Run() {
    if (options_.cluster_files.empty()) {
      Fail("no cluster; name what kubectl get nodes,pods -A -o json printed with --cluster");
      return std::nullopt;
    }
    for (const std::string& path : options_.cluster_files) {
      if (!ReadCluster(path)) return std::nullopt;
    }
    std::optional<LoadedWorkload> workload = LoadWorkload(options_, reader_, streams_, &objects_);
    if (!workload.has_value()) return std::nullopt;
    scene_.workload = *std::move(workload);
    if (!ExpandSets() || !MakeInput()) return std::nullopt;
    return std::move(scene_);
  }

 private:
  bool Fail(std::string_view message) {
    fmt::print(streams_.err, "grove {}: {}\n", options_.verb->name, Printable(message));
    return false;
  }

  void Note(std::string_view message) {
    if (options_.quiet) return;
    fmt::print(streams_.err, "{} {}\n", Paint(streams_.color_err, Ink::kDim, "note:"), Printable(message));
  }

  std::optional<InputError> ReadObjects(const std::string& path, std::vector<InputObject>& objects,
                                        std::vector<const SourceText*>& messages) {
    const Progress progress(streams_, "reading " + Printable(path == "-" ? std::string(kStandardInputName) : path));
    return reader_.Read(path, objects, &messages);
  }

  bool ReadCluster(const std::string& path) {
    std::vector<InputObject> objects;
    std::vector<const SourceText*> messages;
    if (const auto error = ReadObjects(path, objects, messages)) {
      Messages(options_, streams_).Fail(*error);
      return false;
    }
    for (const SourceText* message : messages) {
      const Snapshot bytes{message, {}, message->text(), WireFormat::kBinary};
      if (!(options_.inputs.empty() ? ReadRequest(bytes) : ReadSnapshot(bytes))) return false;
    }
    std::map<std::string, std::size_t> skipped;
    for (InputObject& object : objects) {
      if (IsSnapshot(object.object)) {
        if (!ReadSnapshot(object)) return false;
        continue;
      }
      const PlacementRole role = PlacementRoleOf(object.object.api_version, object.object.kind);
      if (role != PlacementRole::kUnused ||
          RoleOf(object.object.api_version, object.object.kind) == ObjectRole::kClusterTopologyBinding) {
        has_pods_ = has_pods_ || role == PlacementRole::kPod;
        objects_.cluster.push_back(std::move(object));
      } else {
        ++skipped[object.object.kind.empty() ? "object without a kind" : object.object.kind];
      }
    }
    for (const auto& [kind, count] : skipped)
      Note(fmt::format("{}: skipped {}", path, Count(static_cast<std::int64_t>(count), kind)));
    return true;
  }

  // The project's own form: a Cluster message, or a PlacementRequest that holds one.
  struct Snapshot {
    const SourceText* source;
    SourceLocation location;
    std::string bytes;
    WireFormat format;
  };

  static bool IsSnapshot(const ManifestObject& object) {
    if (!object.kind.empty() || !object.api_version.empty()) return false;
    return object.document.Find("nodes").has_value() || object.document.Find("cluster").has_value();
  }

  bool ReadSnapshot(const InputObject& object) {
    const Value& document = object.object.document;
    const std::optional<Value> inner = document.Find("cluster");
    const bool request = inner.has_value() && options_.inputs.empty() && document.Find("gangs").has_value();
    const Snapshot snapshot{object.source, LocationOf(document),
                            (request ? document : inner.value_or(document)).ToJson(), WireFormat::kJson};
    return request ? ReadRequest(snapshot) : ReadSnapshot(snapshot);
  }

  bool ReadSnapshot(const Snapshot& snapshot) {
    if (snapshot_.has_value()) return Fail("two snapshots of a cluster are named");
    WireClusterResult read =
        ReadClusterSpec(snapshot.bytes, snapshot.format, {.max_bytes = options_.limits.max_input_bytes});
    if (read.error.has_value()) return FailAt(snapshot, *read.error);
    snapshot_ = *std::move(read.spec);
    return true;
  }

  // A PlacementRequest with its own gangs, which are placed if nothing else is.
  bool ReadRequest(const Snapshot& snapshot) {
    if (snapshot_.has_value()) return Fail("two snapshots of a cluster are named");
    WireRequestResult read =
        ReadPlacementRequest(snapshot.bytes, snapshot.format, {.max_bytes = options_.limits.max_input_bytes});
    if (read.error.has_value()) return FailAt(snapshot, *read.error);
    snapshot_ = read.request->spec;
    request_ = *std::move(read.request);
    return true;
  }

  bool FailAt(const Snapshot& snapshot, const WireError& error) {
    if (snapshot.format == WireFormat::kJson) {
      Messages(options_, streams_).Fail(*snapshot.source, snapshot.location, FormatWireError(error));
      return false;
    }
    return Fail(fmt::format("{}: {}", snapshot.source->name(), FormatWireError(error)));
  }

  // The request as it was read.
  void UseRequest() {
    PlacementInput& input = scene_.input;
    input.spec = std::move(request_->spec);
    input.cluster = std::move(request_->cluster);
    input.request = std::move(request_->request);
    for (const Gang& gang : input.request.gangs) {
      input.candidate_names.emplace_back().resize(gang.groups.size());
      auto& classes = input.active_classes.emplace_back();
      for (const GangGroup& group : gang.groups) {
        // What runs is like what is to be placed.
        const std::uint32_t like = group.candidates.empty() ? 0 : group.candidates.front().pod_class;
        classes.emplace_back(group.candidates.empty() ? 0 : group.active.size(), like);
      }
    }
  }

  bool ExpandSets() {
    for (const ObjectVerdict& verdict : scene_.workload.judged.verdicts) {
      streams_.err << FindingsAsText(scene_.workload.FindingsOf(verdict),
                                     {.color = streams_.color_err, .warnings = false});
    }
    scene_.denied = !scene_.workload.judged.allowed();
    ExpansionOptions expansion;
    expansion.seed = options_.seed;
    expansion.limits = options_.limits;
    WorkloadExpansion made = ExpandWorkload(scene_.workload.judged, expansion);
    if (!made.limit_exceeded.empty()) {
      std::replace(made.limit_exceeded.begin(), made.limit_exceeded.end(), '_', '-');
      return Fail(fmt::format("the sets together exceed a limit (--{})", made.limit_exceeded));
    }
    for (SetExpansion& set : made.sets) {
      for (const ReconcileError& error : set.errors) {
        fmt::print(streams_.err, "{} {}: {} [{}]\n", Paint(streams_.color_err, Ink::kError, "error:"),
                   Printable(error.object), Printable(error.message), error.code);
        scene_.denied = true;
      }
      AppendObjects(std::move(set.objects), scene_.sets);
    }
    return true;
  }

  // The objects of cluster and inputs, in one list; `sources_` tells where each came from.
  std::vector<ManifestObject> AllObjects() {
    std::vector<ManifestObject> all;
    const auto take = [&](std::vector<InputObject>& objects, bool gangs) {
      for (InputObject& object : objects) {
        const PlacementRole role = PlacementRoleOf(object.object.api_version, object.object.kind);
        if (role == PlacementRole::kUnused || (role == PlacementRole::kPodGang && !gangs)) continue;
        sources_.push_back(object.source);
        all.push_back(std::move(object.object));
      }
    };
    // What runs can give room up only if it is known.
    if (options_.placement.preempt)
      std::erase_if(objects_.cluster, [&](const auto& object) { return IsPlanned(object); });
    take(objects_.cluster, options_.inputs.empty() || options_.placement.preempt);
    take(objects_.inputs, true);
    return all;
  }

  // A PodGang that one of the sets makes anew.
  bool IsPlanned(const InputObject& object) const {
    if (PlacementRoleOf(object.object.api_version, object.object.kind) != PlacementRole::kPodGang) return false;
    const std::vector<PodGang>& planned = scene_.sets.pod_gangs;
    return std::any_of(planned.begin(), planned.end(), [&](const PodGang& gang) {
      return gang.metadata.name == object.object.name && gang.metadata.namespace_name == object.object.namespace_name;
    });
  }

  bool MakeInput() {
    if (request_.has_value()) {
      if (!objects_.cluster.empty()) return Fail("a request with gangs stands alone: no other objects beside it");
      UseRequest();
      return true;
    }
    const std::vector<ManifestObject> objects = AllObjects();
    PlacementSources sources;
    sources.objects = objects;
    sources.snapshot = snapshot_.has_value() ? &*snapshot_ : nullptr;
    sources.sets = &scene_.sets;
    sources.topologies = scene_.workload.judged.context.topologies;
    PlacementInputOptions input_options;
    input_options.topology_name = options_.topology_name;
    input_options.levels = options_.levels;
    input_options.lift_grove_gates = options_.lift_gates;
    scene_.input = ReadPlacementInput(sources, input_options);
    if (const auto& error = scene_.input.error) return TellError(objects, *error);
    if (scene_.input.spec.nodes.empty()) return Fail("there is no Node in what --cluster names");
    if (scene_.input.request.gangs.empty() && !scene_.denied) {
      return Fail("nothing to place: no PodCliqueSet and no PodGang");
    }
    for (const std::string& remark : scene_.input.remarks) Note(remark);
    if (!has_pods_ && !snapshot_.has_value()) Note("no Pod in what --cluster names: nodes count as empty");
    return true;
  }

  bool TellError(const std::vector<ManifestObject>& objects, const PlacementInputError& error) {
    const std::string message = error.field.empty() ? error.message : error.field + ": " + error.message;
    if (!error.object.has_value()) return Fail(message);
    const ManifestObject& object = objects[*error.object];
    Messages(options_, streams_)
        .Fail(*sources_[*error.object], LocationOf(object.document),
              fmt::format("{}{}{}: {}", object.kind, object.name.empty() ? "" : " ", object.name, message));
    return false;
  }

  const Options& options_;
  InputReader& reader_;
  Streams& streams_;
  PlacementObjects objects_;
  bool has_pods_ = false;
  std::optional<ClusterSpec> snapshot_;
  std::optional<WireRequest> request_;
  std::vector<const SourceText*> sources_;
  PlacementScene scene_;
};

}  // namespace

std::optional<PlacementScene> LoadPlacement(const Options& options, InputReader& reader, Streams& streams) {
  return SceneLoader(options, reader, streams).Run();
}

}  // namespace grove::cli
