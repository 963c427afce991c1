// The startup order of one set, for programs.
#pragma once

#include <string_view>

#include "grove/startup.hpp"
#include "grove/value.hpp"

namespace grove::planner {

struct StartupReportFormat {
  std::string_view namespace_name{};
  std::string_view name{};
};

//   {"namespace", "name", "startupType", "starts",
//    "cliques": [{"name", "scalingGroup", "replicas", "minAvailable", "wave", "startsAfter", "unknown"}],
//    "waves": [["name"]], "cycles": [["name"]],
//    "podCliques": [{"name", "clique", "podGang", "replica", "wave", "startsAfter": [{"name", "minAvailable"}]}],
//    "podCliqueCycles": [["name"]]}
// What is empty or has no wave is left out, but for "cliques", "waves" and "cycles". `pod_cliques` are those of an
// admitted set, else null.
[[nodiscard]] Value DescribeStartup(const StartupGraph& graph, const StartupPodCliques* pod_cliques,
                                    const StartupReportFormat& format);

}  // namespace grove::planner
