#include "cli/placement_run.h"

#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <fmt/ostream.h>

#include "grove/placement_check.hpp"

#include "cli/progress.h"
#include "cli/text.h"

namespace grove::cli {

namespace {

// Gangs that the smallest changes are looked for, unless the command line says otherwise.
constexpr std::uint32_t kChangesExplained = 16;
constexpr std::uint32_t kChangesPlaced = 4;

}  // namespace

PlacementRun PlaceAll(const Options& options, const PlacementScene& scene, Streams& streams) {
  const PlacementInput& input = scene.input;
  std::optional<Progress> progress;
  progress.emplace(streams,
                   fmt::format("placing {} on {}", Count(static_cast<std::int64_t>(input.request.gangs.size()), "gang"),
                               Count(static_cast<std::int64_t>(input.cluster->node_count()), "node")));
  const Occupancy occupancy(*input.cluster);
  PlacementOptions settings = options.placement;
  settings.explain_changes =
      options.changes.value_or(options.verb->mask == kExplain ? kChangesExplained : kChangesPlaced);
  absl::StatusOr<PlacementResult> result = grove::Place(occupancy, input.request, settings);
  const std::vector<PlacementBreach> breaches =
      result.ok() ? CheckPlacement(occupancy, input.request, *result, settings) : std::vector<PlacementBreach>{};
  progress.reset();
  if (!result.ok()) {
    const auto message = result.status().message();
    fmt::print(streams.err, "grove {}: {}\n", options.verb->name,
               Printable(std::string_view(message.data(), message.size())));
    return {std::nullopt, ExitCode::kUsage};
  }
  if (!breaches.empty()) {
    fmt::print(streams.err, "grove: defect of the program: the placement breaks {} ({}), {} breaches in all\n",
               breaches.front().rule, Printable(breaches.front().detail), breaches.size());
    return {std::nullopt, ExitCode::kDefect};
  }
  return {*std::move(result), ExitCode::kDone};
}

}  // namespace grove::cli
