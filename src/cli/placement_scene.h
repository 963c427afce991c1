// What the command line gives to place: a cluster and gangs.
#pragma once

#include <optional>

#include "grove/placement_input.hpp"

#include "cli/input.h"
#include "cli/options.h"
#include "cli/streams.h"
#include "cli/workload.h"

namespace grove::cli {

struct PlacementScene {
  LoadedWorkload workload;
  ObjectSet sets;  // all admitted sets, expanded
  PlacementInput input;
  bool denied = false;  // a set is not admitted, or an object could not be made
};

// Reads all that the command line names. On unusable input tells `streams.err` why and gives nullopt; the exit code is
// then kUsage. PodGangs of the cluster are placed only if there is no input.
[[nodiscard]] std::optional<PlacementScene> LoadPlacement(const Options& options, InputReader& reader,
                                                          Streams& streams);

}  // namespace grove::cli
