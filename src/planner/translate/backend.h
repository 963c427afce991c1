// Scheduler backends: what each one can do, which one a set, a gang or a pod belongs to, and what pods must carry for
// it (spec 07 §1–§5).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#include "grove/operator_configuration.hpp"
#include "grove/pod_clique_set.hpp"
#include "grove/pod_gang.hpp"
#include "grove/string_map.hpp"
#include "grove/translation.hpp"

#include "planner/translate/losses.h"

namespace grove::planner {

// What a backend adds to every pod of one PodClique; a user's values of the same keys are overwritten.
struct PodPreparation {
  std::string_view scheduler_name;  // static storage
  StringMap labels;
  StringMap annotations;
  std::string scheduling_group;  // `schedulingGroup.podGroupName` of the pod spec; empty: none
};

// A backend is one file: this, filled in, and a row in the table of backend.cc.
struct Backend : SchedulerBackend {
  // Adds what pods of PodClique `clique_name` in gang `gang_name` need. FailedPrecondition if a name that the backend
  // needs is empty. Null: nothing.
  absl::Status (*prepare)(std::string_view gang_name, std::string_view clique_name, const TranslationOptions& options,
                          PodPreparation& preparation) = nullptr;
  // Appends the objects of one gang. FailedPrecondition, with nothing made, if they cannot be made. Null: it has none.
  absl::Status (*translate)(const GangFacts& facts, std::vector<SchedulerObject>& objects) = nullptr;
  // Number of objects for a gang of so many pod groups. Null: one.
  std::int64_t (*object_count)(std::int64_t pod_groups, const TranslationOptions& options) = nullptr;
  std::string_view failure_code;       // of the event that tells why a gang was not translated
  std::span<const LossRule> losses{};  // beside those of CommonLossRules()
};

// The backend of the reference that serves the scheduler of that name, configured or not; null if there is none. Static
// storage.
[[nodiscard]] const Backend* FindBackend(std::string_view scheduler_name);

// The backend of that short name; null if there is none.
[[nodiscard]] const Backend* FindBackendByName(std::string_view name);

// The backend named `asked` if it serves the same scheduler as `backend`, else `backend`.
[[nodiscard]] const Backend& ServingBackend(const Backend& backend, std::string_view asked);

// SB-01: the backend of that scheduler if it is configured, else null. The default scheduler always is.
[[nodiscard]] const Backend* FindEnabledBackend(const OperatorConfiguration& configuration, std::string_view name);

// All enabled backends of the reference, by ascending scheduler name.
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

// Prepares the pods of PodClique `clique_name` in gang `gang_name` (SB-20…SB-24, SB-60…SB-62).
// FailedPrecondition if a name that the backend needs is empty; the pod must not be made then.
[[nodiscard]] absl::StatusOr<PodPreparation> PreparePods(const Backend& backend, std::string_view gang_name,
                                                         std::string_view clique_name,
                                                         const TranslationOptions& options = {});

}  // namespace grove::planner
