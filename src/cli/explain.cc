// grove explain: why gangs do not fit.
#include <string>

#include <fmt/format.h>
#include <fmt/ostream.h>

#include "grove/placement_report.hpp"
#include "grove/placement_wire.hpp"

#include "cli/placement_run.h"
#include "cli/placement_scene.h"
#include "cli/placement_text.h"
#include "cli/text.h"
#include "cli/verbs.h"

namespace grove::cli {

namespace {

std::string Refusals(const NodeRefusals& refused) {
  std::string text;
  const auto add = [&](std::uint32_t nodes, const std::string& why) {
    if (nodes > 0) text += fmt::format("    {:>6} {}\n", Count(nodes, "node"), Printable(why));
  };
  for (const auto& [name, nodes] : refused.resources) add(nodes, "with too little " + name);
  add(refused.not_admitted, "refused by node selector, node affinity or taints");
  add(refused.host_ports, "where a host port is taken");
  add(refused.pod_affinity, "refused by affinity or anti-affinity to pods");
  add(refused.unusable, "not usable: not ready, under pressure, or without network");
  return text;
}

std::string Changes(const PlacementScene& scene, const GangPlacement& placement, bool color) {
  const PlacementRequest& request = scene.input.request;
  const Cluster& cluster = *scene.input.cluster;
  const PlacementExplanation& why = placement.explanation;
  std::string text;
  if (!why.conflict.constraints.empty()) {
    text += fmt::format("  {}\n", Printable(DescribeConflict(cluster, request, placement.gang, why.conflict)));
  }
  if (why.changes.empty()) return text;
  text += fmt::format("  {}\n", Paint(color, Ink::kDim, "it would fit with one of:"));
  for (const FittingChange& change : why.changes) {
    text += fmt::format("    - {}{}\n", Printable(DescribeChange(cluster, request, placement.gang, change)),
                        change.minimal ? "" : Paint(color, Ink::kDim, " (less may do)"));
  }
  return text;
}

std::string Explain(const PlacementScene& scene, const GangPlacement& placement, bool color) {
  const PlacementRequest& request = scene.input.request;
  const Gang& gang = request.gangs[placement.gang];
  std::string text = fmt::format("{}  {}\n", Paint(color, Ink::kBold, Printable(GangName(gang))),
                                 OutcomeText(placement.outcome, color));
  text += "  " + Printable(DescribeCause(*scene.input.cluster, request, placement)) +
          Printable(GatedText(scene, placement.gang)) + "\n";
  text += Refusals(placement.explanation.refusals);
  text += Changes(scene, placement, color);
  return text + "\n";
}

}  // namespace

ExitCode RunExplain(const Options& options, Streams& streams) {
  InputReader reader(options, streams.in);
  const std::optional<PlacementScene> scene = LoadPlacement(options, reader, streams);
  if (!scene.has_value()) return ExitCode::kUsage;
  PlacementRun run = PlaceAll(options, *scene, streams);
  if (!run.result.has_value()) return run.code;
  const PlacementInput& input = scene->input;
  const std::size_t gangs = run.result->gangs.size();
  std::erase_if(run.result->gangs, [](const GangPlacement& gang) { return gang.outcome == GangOutcome::kPlaced; });
  if (options.output == "json") {
    streams.out << WritePlacementResult(*input.cluster, input.request, *run.result, input.not_evaluated,
                                        WireFormat::kJson);
  } else {
    for (const GangPlacement& gang : run.result->gangs) streams.out << Explain(*scene, gang, streams.color_out);
    fmt::print(streams.out, "{} of {} placed{}\n", run.result->placed, Count(static_cast<std::int64_t>(gangs), "gang"),
               run.result->gangs.empty() && !scene->denied ? ": nothing to explain" : "");
    streams.out << NotEvaluatedText(*scene, streams.color_out);
  }
  return run.result->gangs.empty() && !scene->denied ? ExitCode::kDone : ExitCode::kFound;
}

}  // namespace grove::cli
