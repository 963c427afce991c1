// grove place: gangs on the nodes of a cluster.
#include <span>
#include <string>

#include <fmt/format.h>
#include <fmt/ostream.h>

#include "grove/placement_check.hpp"
#include "grove/placement_drawing.hpp"
#include "grove/placement_wire.hpp"

#include "cli/placement_run.h"
#include "cli/placement_scene.h"
#include "cli/placement_text.h"
#include "cli/text.h"
#include "cli/verbs.h"

namespace grove::cli {

ExitCode RunPlace(const Options& options, Streams& streams) {
  InputReader reader(options, streams.in);
  const std::optional<PlacementScene> scene = LoadPlacement(options, reader, streams);
  if (!scene.has_value()) return ExitCode::kUsage;
  const Cluster& cluster = *scene->input.cluster;
  if (!options.resource.empty() && !cluster.FindResource(options.resource).has_value()) {
    fmt::print(streams.err, "grove place: --resource {}: no node has any\n", Printable(options.resource));
    return ExitCode::kUsage;
  }
  const PlacementRun run = PlaceAll(options, *scene, streams);
  if (!run.result.has_value()) return run.code;
  const PlacementInput& input = scene->input;
  if (options.output == "json") {
    streams.out << WritePlacementResult(*input.cluster, input.request, *run.result, input.not_evaluated,
                                        WireFormat::kJson);
  } else if (options.output == "text") {
    if (!input.request.gangs.empty()) streams.out << PlacementText(*scene, *run.result, streams.color_out);
  } else {
    const DrawingFormat format = options.output == "svg" ? DrawingFormat::kSvg : DrawingFormat::kHtml;
    streams.out << DrawPlacement(Occupancy(*input.cluster), input.request, *run.result,
                                 {.format = format, .resource = options.resource});
  }
  const bool all = run.result->placed == input.request.gangs.size();
  return all && !scene->denied ? ExitCode::kDone : ExitCode::kFound;
}

}  // namespace grove::cli
