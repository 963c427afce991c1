// What the inputs amount to: the sets to work on, and the cluster that they are judged in.
#pragma once

#include <optional>
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

// Reads and judges all that the command line names. On unusable input tells `streams.err` why and gives nullopt; the
// exit code is then kUsage. `reader` keeps the texts that sources point to.
[[nodiscard]] std::optional<LoadedWorkload> LoadWorkload(const Options& options, InputReader& reader, Streams& streams);

}  // namespace grove::cli
