// Scheduler backends: what each one can do, which one a set, a gang or a pod belongs to, and what pods must carry for
// it (spec 07 §1–§5).
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

#include "grove/operator_configuration.hpp"
#include "grove/pod_clique_set.hpp"
#include "grove/pod_gang.hpp"
#include "grove/string_map.hpp"

namespace grove::planner {

enum class BackendKind : std::uint8_t { kDefault, kKai, kVolcano, kLpx };

struct Backend {
  BackendKind kind;
  std::string_view name;  // of the profile, and the `schedulerName` of pods
  bool schedules_gangs;   // makes a scheduler object of each PodGang
  bool carries_topology;  // constraints reach the scheduler, and topologies are synchronised
};

// The backend of that name, configured or not; null if there is none. Static storage.
[[nodiscard]] const Backend* FindBackend(std::string_view name);

// SB-01: the backend of that name if it is configured, else null. The default scheduler always is.
[[nodiscard]] const Backend* FindEnabledBackend(const OperatorConfiguration& configuration, std::string_view name);

// All enabled backends, by ascending name.
[[nodiscard]] std::vector<const Backend*> EnabledBackends(const OperatorConfiguration& configuration);

// The backend of the default profile.
[[nodiscard]] const Backend& DefaultBackend(const OperatorConfiguration& configuration);

// `schedulerName` of a pod spec; empty if it names none.
[[nodiscard]] std::string_view SchedulerNameOf(const Value& pod_spec);

// SB-02: the backend that the first clique names. Null if it is not enabled.
[[nodiscard]] const Backend* BackendOfSet(const PodCliqueSet& set, const OperatorConfiguration& configuration);

// PG-42: the first schedulerName over the cliques, else that of the default backend.
[[nodiscard]] std::string_view SchedulerNameOfGangs(const PodCliqueSet& set,
                                                    const OperatorConfiguration& configuration);

// SB-03: the backend that the gang's label names if it is enabled, else the default backend.
[[nodiscard]] const Backend& BackendOfGang(const PodGang& gang, const OperatorConfiguration& configuration);

// SB-04: the backend that `schedulerName` of the PodClique names, the default one if it is empty. Null if it is not
// enabled: such pods cannot be made (`ERR_BUILD_POD_RESOURCE`).
[[nodiscard]] const Backend* BackendOfPod(const Value& pod_spec, const OperatorConfiguration& configuration);

// What a backend adds to every pod of one PodClique; a user's values of the same keys are overwritten.
struct PodPreparation {
  std::string_view scheduler_name;  // static storage
  StringMap labels;
  StringMap annotations;
};

// Prepares the pods of PodClique `clique_name` in gang `gang_name` (SB-20…SB-24, SB-60…SB-62).
// FailedPrecondition if a name that the backend needs is empty; the pod must not be made then.
[[nodiscard]] absl::StatusOr<PodPreparation> PreparePods(const Backend& backend, std::string_view gang_name,
                                                         std::string_view clique_name);

}  // namespace grove::planner
