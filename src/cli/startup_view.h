// The startup order of one set, as text, as JSON and as a graph.
#pragma once

#include <string>

#include "grove/startup.hpp"

#include "cli/graph.h"

namespace grove::cli {

struct SetStartup {
  std::string namespace_name;
  std::string name;
  std::int32_t replicas = 0;
  bool admitted = false;
  StartupGraph graph;
  StartupPodCliques pod_cliques;  // of an admitted set
};

// "default/serve: explicit startup, 3 waves".
[[nodiscard]] std::string StartupTitle(const SetStartup& startup);

// Tables of the cliques by wave and of the PodCliques of the first replica, and below them what never starts.
[[nodiscard]] std::string StartupAsText(const SetStartup& startup, bool color);

// One JSON object on one line, without a line break:
//   {"namespace", "name", "startupType", "starts",
//    "cliques": [{"name", "scalingGroup", "replicas", "minAvailable", "wave", "startsAfter", "unknown"}],
//    "waves": [["name"]], "cycles": [["name"]],
//    "podCliques": [{"name", "clique", "podGang", "replica", "wave", "startsAfter": [{"name", "minAvailable"}]}],
//    "podCliqueCycles": [["name"]]}
// What is empty or has no wave is left out, but for "cliques", "waves" and "cycles"; "podCliques" is that of an
// admitted set.
[[nodiscard]] std::string StartupAsJson(const SetStartup& startup);

// One box per clique, in frames by scaling group; or per PodClique of the first replica, in frames by PodGang.
[[nodiscard]] Graph CliquesAsGraph(const SetStartup& startup);
[[nodiscard]] Graph PodCliquesAsGraph(const SetStartup& startup);

}  // namespace grove::cli
