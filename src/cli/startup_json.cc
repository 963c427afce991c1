// The startup order as JSON for programs.
#include "grove/manifest.hpp"

#include "cli/startup_view.h"
#include "planner/startup_report.h"

namespace grove::cli {

std::string StartupAsJson(const SetStartup& startup) {
  const StartupPodCliques* pod_cliques = startup.admitted ? &startup.pod_cliques : nullptr;
  const Value report = planner::DescribeStartup(startup.graph, pod_cliques,
                                                {.namespace_name = startup.namespace_name, .name = startup.name});
  return WriteManifest(report, OutputFormat::kCompactJson);
}

}  // namespace grove::cli
