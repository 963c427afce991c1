// Placing what the command line gives, with the check of the answer.
#pragma once

#include <optional>

#include "grove/placement.hpp"

#include "cli/command.h"
#include "cli/placement_scene.h"

namespace grove::cli {

struct PlacementRun {
  std::optional<PlacementResult> result;
  ExitCode code = ExitCode::kDone;  // where there is no result
};

// Places all gangs of the scene. The independent checker looks at the answer: one that breaks the contract is a defect
// of the program, which is told and not shown.
[[nodiscard]] PlacementRun PlaceAll(const Options& options, const PlacementScene& scene, Streams& streams);

}  // namespace grove::cli
