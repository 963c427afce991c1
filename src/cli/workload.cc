#include "cli/workload.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <fmt/ostream.h>

#include "grove/placement_input.hpp"

#include "cli/text.h"

namespace grove::cli {

namespace {

using std::string_view;

std::string Describe(const ManifestObject& object) {
  std::string description = object.kind.empty() ? "object without a kind" : object.kind;
  if (!object.name.empty()) description += " " + object.name;
  if (!object.api_version.empty()) description += " of " + object.api_version;
  return description;
}

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

// Builds a LoadedWorkload step by step; each step tells whether to go on.
class Loader {
 public:
  Loader(const Options& options, InputReader& reader, Streams& streams, PlacementObjects* placement)
      : options_(options), reader_(reader), streams_(streams), placement_(placement) {}

  std::optional<LoadedWorkload> Run() {
    if (!ReadAll() || !Judge()) return std::nullopt;
    return std::move(loaded_);
  }

 private:
  bool Fail(string_view message) {
    fmt::print(streams_.err, "grove {}: {}\n", options_.verb->name, Printable(message));
    return false;
  }

  bool Fail(const SourceText& text, SourceLocation location, string_view message) {
    TellProblem(streams_, text, location, message);
    return false;
  }

  void Note(const SourceText& text, const ManifestObject& object, string_view message) {
    if (options_.quiet) return;
    fmt::print(streams_.err, "{}{} {}\n", Place(text, LocationOf(object.document)),
               Paint(streams_.color_err, Ink::kDim, "note:"), Printable(message));
  }

  bool ReadAll() {
    if (options_.inputs.empty() && placement_ == nullptr)
      return Fail("no input; name a file, a folder, or - for standard input");
    if (!options_.config_file.empty() && !Read(options_.config_file, Origin::kConfig)) return false;
    for (const std::string& file : options_.topology_files) {
      if (!Read(file, Origin::kTopology)) return false;
    }
    for (const std::string& path : options_.inputs) {
      if (!Read(path, Origin::kInput)) return false;
    }
    if (placement_ != nullptr) TakeTopologiesOfCluster();
    return true;
  }

  bool Read(const std::string& path, Origin origin) {
    std::vector<InputObject> objects;
    if (const auto error = reader_.Read(path, objects)) {
      return error->source == nullptr ? Fail(error->message) : Fail(*error->source, error->location, error->message);
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
      Note(*input.source, object, "skipped: " + Describe(object));
      return false;
    }
    if (role == ObjectRole::kOperatorConfiguration && origin == Origin::kInput && !options_.config_file.empty()) {
      Note(*input.source, object, "skipped: the OperatorConfiguration of --config applies");
      return false;
    }
    loaded_.objects.push_back(std::move(input.object));
    loaded_.sources.push_back({input.source, origin});
    return true;
  }

  bool Judge() {
    loaded_.judged = JudgeWorkload(loaded_.objects, {.namespace_name = options_.namespace_name,
                                                     .default_scheduler = options_.scheduler,
                                                     .strict = options_.strict});
    const Workload& judged = loaded_.judged;
    if (const auto& problem = judged.problem) {
      return Fail(*loaded_.sources[problem->index].text, LocationOf(loaded_.objects[problem->index].document),
                  problem->message);
    }
    if (!judged.configuration_valid && loaded_.objects.size() > 1) {
      const std::size_t index = judged.verdicts.front().index;
      Note(*loaded_.sources[index].text, loaded_.objects[index],
           "nothing else is judged: no operator runs with this OperatorConfiguration");
    }
    return true;
  }

  const Options& options_;
  InputReader& reader_;
  Streams& streams_;
  PlacementObjects* placement_;
  LoadedWorkload loaded_;
};

}  // namespace

bool LoadedWorkload::InputHas(ObjectRole role) const {
  for (std::size_t i = 0; i < objects.size(); ++i) {
    if (sources[i].origin == Origin::kInput && RoleOf(objects[i].api_version, objects[i].kind) == role) return true;
  }
  return false;
}

void TellProblem(Streams& streams, const SourceText& text, SourceLocation location, std::string_view message) {
  fmt::print(streams.err, "{}{} {}\n{}", Place(text, location), Paint(streams.color_err, Ink::kError, "error:"),
             Printable(message), Excerpt(text, location, streams.color_err));
}

std::optional<LoadedWorkload> LoadWorkload(const Options& options, InputReader& reader, Streams& streams,
                                           PlacementObjects* placement) {
  return Loader(options, reader, streams, placement).Run();
}

}  // namespace grove::cli
