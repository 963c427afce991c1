// What the inputs amount to: the sets to work on, and the cluster that they are judged in.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "grove/manifest.hpp"
#include "grove/workload.hpp"

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
  // Whether an input holds an object of this role, judged or not.
  [[nodiscard]] bool InputHas(ObjectRole role) const;

  std::vector<ManifestObject> objects;
  std::vector<ObjectSource> sources;  // one per object
  Workload judged;                    // its indices are those of `objects`
};

// What placement takes besides a workload.
struct PlacementObjects {
  // Of --cluster, read beforehand. The ClusterTopologyBindings among them that the inputs do not state join the
  // workload.
  std::vector<InputObject> cluster;
  // Objects of the inputs that placement takes; LoadWorkload fills it.
  std::vector<InputObject> inputs;
};

// Reads and judges all that the command line names. On unusable input tells `streams.err` why and gives nullopt; the
// exit code is then kUsage. `reader` keeps the texts that sources point to.
// With `placement` there may be no input at all.
[[nodiscard]] std::optional<LoadedWorkload> LoadWorkload(const Options& options, InputReader& reader, Streams& streams,
                                                         PlacementObjects* placement = nullptr);

// A problem with the text, told as the loader tells it.
void TellProblem(Streams& streams, const SourceText& text, SourceLocation location, std::string_view message);

}  // namespace grove::cli
