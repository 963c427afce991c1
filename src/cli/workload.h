// What the inputs amount to: the sets to work on, and the cluster that they are judged in.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "grove/manifest.hpp"
#include "grove/workload.hpp"

#include "cli/findings_writer.h"
#include "cli/input.h"
#include "cli/options.h"
#include "cli/streams.h"

namespace grove::cli {

// Where an object came from.
struct ObjectSource {
  const SourceText* text = nullptr;
  Origin origin = Origin::kInput;
};

// The objects that play a part, in the order of the command line (--config, --topology, then the inputs), and what
// admission says of them.
struct LoadedWorkload {
  [[nodiscard]] const ManifestObject& ObjectOf(const ObjectVerdict& verdict) const { return objects[verdict.index]; }
  [[nodiscard]] const ObjectSource& SourceOf(const ObjectVerdict& verdict) const { return sources[verdict.index]; }
  [[nodiscard]] ObjectFindings FindingsOf(const ObjectVerdict& verdict) const {
    return {*SourceOf(verdict).text, ObjectOf(verdict), verdict, {}};
  }
  // Whether an input holds an object of this role, judged or not.
  [[nodiscard]] bool InputHas(ObjectRole role) const;

  std::vector<ManifestObject> objects;
  std::vector<ObjectSource> sources;  // one per object
  Workload judged;                    // its indices are those of `objects`
};

// What --old names.
class StoredObjects {
 public:
  // `reader` keeps the texts.
  [[nodiscard]] std::optional<InputError> Read(const Options& options, InputReader& reader);

  [[nodiscard]] std::span<const ManifestObject> objects() const { return objects_; }
  [[nodiscard]] const SourceText& SourceOf(std::size_t index) const { return *sources_[index]; }

 private:
  std::vector<ManifestObject> objects_;
  std::vector<const SourceText*> sources_;
};

// Whether an object of this role plays a part where it comes from.
[[nodiscard]] bool Wants(Origin origin, ObjectRole role);

// How the options of the command line make the library judge.
[[nodiscard]] WorkloadOptions JudgeOptions(const Options& options, std::span<const ManifestObject> stored);

inline constexpr std::string_view kNothingElseIsJudged =
    "nothing else is judged: no operator runs with this OperatorConfiguration";
// The note on a set that has no counterpart in --old.
[[nodiscard]] std::string NotStored(const ObjectVerdict& verdict, const ManifestObject& object);

// What placement takes besides a workload.
struct PlacementObjects {
  // Of --cluster, read beforehand. The ClusterTopologyBindings among them that the inputs do not state join the
  // workload.
  std::vector<InputObject> cluster;
  // Objects of the inputs that placement takes; LoadWorkload fills it.
  std::vector<InputObject> inputs;
};

// Reads and judges all that the command line names. On unusable input tells `streams.err` why and gives nullopt; the
// exit code is then kUsage. `reader` keeps the texts that sources point to. With `placement` there may be no input.
[[nodiscard]] std::optional<LoadedWorkload> LoadWorkload(const Options& options, InputReader& reader, Streams& streams,
                                                         PlacementObjects* placement = nullptr);

}  // namespace grove::cli
