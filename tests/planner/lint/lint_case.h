// Tables of manifests and what one lint rule finds in them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "grove/admission.hpp"

namespace grove::planner::lint {

// What the set is admitted in.
enum class World {
  kPlain,            // the default configuration: default-scheduler, no topology
  kKai,              // KAI-Scheduler by default
  kKaiTopology,      // the same with topology-aware scheduling and the binding `topo`: zone, rack, host
  kDefaultTopology,  // default-scheduler with that
  kVolcano,
  kMnnvl,  // default-scheduler with MNNVL
};

[[nodiscard]] AdmissionContext ContextOf(World world);

struct Case {
  std::string_view rule;
  const char* name;
  std::string set;                  // JSON with ' for "
  std::vector<std::string> fields;  // of the findings of `rule`; none: a near miss
  World world = World::kPlain;
};

// A set of these cliques. `members` are those of spec.template, `metadata` those of the metadata after a name; each
// begins with a comma.
[[nodiscard]] std::string Set(std::string_view cliques, std::string_view members = "", std::string_view metadata = "",
                              std::string_view replicas = "'replicas':1,", std::string_view name = "x");
// A clique; `spec` are members of its spec, `pod` of its pod spec, `members` of itself; each begins with a comma.
[[nodiscard]] std::string Clique(std::string_view name, std::string_view spec = "", std::string_view pod = "",
                                 std::string_view members = "");
[[nodiscard]] std::string Group(std::string_view name, std::string_view cliques, std::string_view members = "");

// The members of spec.template for these startup types, and for scaling groups.
inline constexpr std::string_view kInOrder = ",'cliqueStartupType':'CliqueStartupTypeInOrder'";
inline constexpr std::string_view kExplicit = ",'cliqueStartupType':'CliqueStartupTypeExplicit'";
[[nodiscard]] std::string Groups(std::string_view groups);

// The tables, by the file of the rules.
[[nodiscard]] std::vector<Case> NameCases();
[[nodiscard]] std::vector<Case> GangCases();
[[nodiscard]] std::vector<Case> TopologyCases();
[[nodiscard]] std::vector<Case> ScalingCases();
[[nodiscard]] std::vector<Case> StartupCases();
[[nodiscard]] std::vector<Case> WaitingCases();
[[nodiscard]] std::vector<Case> PodCases();

}  // namespace grove::planner::lint
