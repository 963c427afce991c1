#include "cli/workload.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "grove/placement_input.hpp"

#include "cli/messages.h"

namespace grove::cli {

namespace {

using std::string_view;

// Builds a LoadedWorkload step by step; each step tells whether to go on.
class Loader {
 public:
  Loader(const Options& options, InputReader& reader, Streams& streams, PlacementObjects* placement)
      : options_(options), reader_(reader), messages_(options, streams), placement_(placement) {}

  std::optional<LoadedWorkload> Run() {
    if (!ReadAll() || !Judge()) return std::nullopt;
    return std::move(loaded_);
  }

 private:
  bool Fail(string_view message) {
    messages_.Fail(message);
    return false;
  }

  bool ReadAll() {
    if (options_.inputs.empty() && placement_ == nullptr) {
      return Fail("no input; name a file, a folder, or - for standard input");
    }
    if (!options_.config_file.empty() && !Read(options_.config_file, Origin::kConfig)) return false;
    for (const std::string& file : options_.topology_files) {
      if (!Read(file, Origin::kTopology)) return false;
    }
    for (const std::string& path : options_.inputs) {
      if (!Read(path, Origin::kInput)) return false;
    }
    if (placement_ != nullptr) TakeTopologiesOfCluster();
    const auto error = stored_.Read(options_, reader_);
    if (error.has_value()) messages_.Fail(*error);
    return !error.has_value();
  }

  bool Read(const std::string& path, Origin origin) {
    std::vector<InputObject> objects;
    if (const auto error = reader_.Read(path, objects)) {
      messages_.Fail(*error);
      return false;
    }
    std::size_t wanted = 0;
    for (InputObject& object : objects) wanted += Take(std::move(object), origin) ? 1 : 0;
    if (origin == Origin::kConfig && wanted != 1) {
      return Fail(fmt::format("{} must hold one OperatorConfiguration of operator.config.grove.io/v1alpha1", path));
    }
    if (origin == Origin::kTopology && wanted == 0) {
      return Fail(fmt::format("{} holds no ClusterTopologyBinding of grove.io/v1alpha1", path));
    }
    return true;
  }

  void TakeTopologiesOfCluster() {
    for (const InputObject& input : placement_->cluster) {
      if (RoleOf(input.object.api_version, input.object.kind) != ObjectRole::kClusterTopologyBinding) continue;
      const auto stated = [&](const ManifestObject& object) {
        return object.kind == input.object.kind && object.name == input.object.name;
      };
      if (std::any_of(loaded_.objects.begin(), loaded_.objects.end(), stated)) continue;
      Take(input, Origin::kCluster);
    }
  }

  // Keeps the object if the origin wants its kind.
  bool Take(InputObject input, Origin origin) {
    const ManifestObject& object = input.object;
    const ObjectRole role = RoleOf(object.api_version, object.kind);
    if (placement_ != nullptr && origin == Origin::kInput &&
        PlacementRoleOf(object.api_version, object.kind) != PlacementRole::kUnused) {
      placement_->inputs.push_back(std::move(input));
      return true;
    }
    if (!Wants(origin, role)) {
      messages_.Note(*input.source, object, "skipped: " + Describe(object));
      return false;
    }
    if (role == ObjectRole::kOperatorConfiguration && origin == Origin::kInput && !options_.config_file.empty()) {
      messages_.Note(*input.source, object, "skipped: the OperatorConfiguration of --config applies");
      return false;
    }
    loaded_.objects.push_back(std::move(input.object));
    loaded_.sources.push_back({input.source, origin});
    return true;
  }

  bool Judge() {
    WorkloadOptions judge_options = JudgeOptions(options_, stored_.objects());
    judge_options.bindings_enable_topology = placement_ != nullptr;
    loaded_.judged = JudgeWorkload(loaded_.objects, judge_options);
    const Workload& judged = loaded_.judged;
    if (const auto& problem = judged.problem) {
      const SourceText& text =
          problem->stored ? stored_.SourceOf(problem->index) : *loaded_.sources[problem->index].text;
      const ManifestObject& object =
          problem->stored ? stored_.objects()[problem->index] : loaded_.objects[problem->index];
      messages_.Fail(text, LocationOf(object.document), problem->message);
      return false;
    }
    if (!judged.configuration_valid && loaded_.objects.size() > 1) {
      const std::size_t index = judged.verdicts.front().index;
      messages_.Note(*loaded_.sources[index].text, loaded_.objects[index], kNothingElseIsJudged);
    }
    for (const ObjectVerdict& verdict : judged.verdicts) {
      if (options_.old_files.empty() || verdict.role != ObjectRole::kPodCliqueSet || verdict.update) continue;
      messages_.Note(*loaded_.SourceOf(verdict).text, loaded_.ObjectOf(verdict),
                     NotStored(verdict, loaded_.ObjectOf(verdict)));
    }
    return true;
  }

  const Options& options_;
  InputReader& reader_;
  Messages messages_;
  PlacementObjects* placement_;
  LoadedWorkload loaded_;
  StoredObjects stored_;
};

}  // namespace

bool Wants(Origin origin, ObjectRole role) {
  switch (origin) {
    case Origin::kConfig:
      return role == ObjectRole::kOperatorConfiguration;
    case Origin::kTopology:
    case Origin::kCluster:
      return role == ObjectRole::kClusterTopologyBinding;
    case Origin::kInput:
      break;
  }
  return role != ObjectRole::kUnused;
}

bool LoadedWorkload::InputHas(ObjectRole role) const {
  for (std::size_t i = 0; i < objects.size(); ++i) {
    if (sources[i].origin == Origin::kInput && RoleOf(objects[i].api_version, objects[i].kind) == role) return true;
  }
  return false;
}

std::optional<InputError> StoredObjects::Read(const Options& options, InputReader& reader) {
  for (const std::string& path : options.old_files) {
    std::vector<InputObject> objects;
    if (auto error = reader.Read(path, objects)) return error;
    std::size_t sets = 0;
    for (InputObject& object : objects) {
      sets += RoleOf(object.object.api_version, object.object.kind) == ObjectRole::kPodCliqueSet ? 1 : 0;
      objects_.push_back(std::move(object.object));
      sources_.push_back(object.source);
    }
    if (sets == 0) return InputError{fmt::format("{} holds no PodCliqueSet of grove.io/v1alpha1", path), path};
  }
  return std::nullopt;
}

WorkloadOptions JudgeOptions(const Options& options, std::span<const ManifestObject> stored) {
  return {.namespace_name = options.namespace_name,
          .default_scheduler = options.scheduler,
          .stored = stored,
          .strict = options.strict};
}

std::string NotStored(const ObjectVerdict& verdict, const ManifestObject& object) {
  return fmt::format("validated as new: no stored PodCliqueSet {}/{}", verdict.namespace_name, object.name);
}

std::optional<LoadedWorkload> LoadWorkload(const Options& options, InputReader& reader, Streams& streams,
                                           PlacementObjects* placement) {
  return Loader(options, reader, streams, placement).Run();
}

}  // namespace grove::cli
