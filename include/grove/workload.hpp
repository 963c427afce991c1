// Workload: what the objects of some manifests amount to together, that is the sets to work on and the cluster that
// they are judged in. From objects to verdicts, to a report for programs, to every child object.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "grove/admission.hpp"
#include "grove/expansion.hpp"
#include "grove/field_error.hpp"
#include "grove/manifest.hpp"
#include "grove/value.hpp"

namespace grove {

// What an object is to a workload.
enum class ObjectRole : std::uint8_t {
  kUnused,
  kPodCliqueSet,
  kClusterTopologyBinding,
  kOperatorConfiguration,
  kResourceClaimTemplate,  // of any version of resource.k8s.io
  kVolcanoQueue,           // of any version of scheduling.volcano.sh
};

// The role of an object of this kind. A version of Grove's own kinds that does not exist, or a group that is missing,
// does not make an object kUnused: it is judged, and denied.
[[nodiscard]] ObjectRole RoleOf(std::string_view api_version, std::string_view kind);

struct WorkloadOptions {
  // Namespace of sets and claim templates that name none; empty: "default". If it is given, a set that names another
  // one is a contradiction.
  std::string namespace_name{};
  // Scheduler of sets that name none, enabled if the configuration does not do so; empty: as the configuration says.
  std::string default_scheduler{};
  // The first so many objects are context alone: sets among them are unused.
  std::size_t context_objects = 0;
  // See AdmissionContext.
  bool strict = false;
  bool all_stages = false;
};

// Admission's answer on a set, a topology binding or a configuration.
struct ObjectVerdict {
  [[nodiscard]] bool allowed() const { return errors.empty(); }

  std::size_t index = 0;  // of the object among those given
  ObjectRole role = ObjectRole::kUnused;
  std::string namespace_name;  // in effect; empty for kinds without
  std::vector<FieldError> errors;
  std::vector<Warning> warnings;
  std::vector<PrunedField> pruned;               // empty if strict: `errors` tell of them
  Value defaulted;                               // null for a configuration, and for what could not be decoded
  std::optional<AdmittedPodCliqueSet> admitted;  // of a set that was let pass
};

// An object that contradicts another one, or the options.
struct WorkloadProblem {
  std::size_t index = 0;
  std::string message;  // one line
};

struct Workload {
  // No verdict denies.
  [[nodiscard]] bool allowed() const;

  AdmissionContext context;
  std::vector<ResourceClaimTemplate> resource_claim_templates;
  // In the order of the objects.
  std::vector<ObjectVerdict> verdicts;
  // Indices of the objects that play no part, ascending.
  std::vector<std::size_t> unused;
  // False if there is a configuration and it is denied: no operator runs with it, so that its verdict is the only one.
  bool configuration_valid = true;
  // Set if the objects make no workload; all else is then empty.
  std::optional<WorkloadProblem> problem;
};

// Judges `objects` with each other as context: first the OperatorConfiguration (at most one), then the
// ClusterTopologyBindings (names are unique; a denied one does not exist for the sets), then the sets. Volcano queues
// are known if there is at least one; a queue without a state is one that Volcano will open.
//
// Pure; the order of the objects decides nothing but the order of the verdicts. O(total size), and a logarithm for the
// names of bindings.
[[nodiscard]] Workload JudgeWorkload(std::span<const ManifestObject> objects, const WorkloadOptions& options = {});

// What is said of a PrunedField where warnings are told.
inline constexpr std::string_view kPrunedFieldDetail = "unknown field, dropped";

struct VerdictFormat {
  std::string_view file{};  // name of the text that the object came from; empty: left out
  bool defaulted = false;   // also the defaulted object
};

// A verdict for programs:
//   {"file", "document", "kind", "namespace", "name", "allowed",
//    "errors": [{"type", "field", "badValue", "detail", "stage", "rule", "line", "column"}],
//    "warnings": [{"field", "detail", "rule", "line", "column"}], "defaulted"}
// Unknown places and absent bad values are left out; fields that were dropped are warnings without a rule. `object` is
// the one that `verdict` is about.
[[nodiscard]] Value DescribeVerdict(const ManifestObject& object, const ObjectVerdict& verdict,
                                    const VerdictFormat& format = {});

// What one set of a workload becomes.
struct SetExpansion {
  std::size_t verdict = 0;  // index in Workload::verdicts
  ObjectSet objects;
  std::vector<ReconcileError> errors;
  std::vector<PendingWork> pending;
};

struct WorkloadExpansion {
  // One per admitted set, in the order of the verdicts; empty if a limit was exceeded.
  std::vector<SetExpansion> sets;
  // A bound of Limits, named, that the sets together would have exceeded, and the verdict of the set that did.
  std::string limit_exceeded;
  std::size_t limit_verdict = 0;
};

// Expands every admitted set. Of `options`, the configuration, the topologies and the claim templates are taken from
// the workload; Limits::max_objects and max_startup_references bound all sets together. O(objects).
[[nodiscard]] WorkloadExpansion ExpandWorkload(const Workload& workload, ExpansionOptions options = {});

// Appends the objects of `from` to those of the same kinds in `to`, for WriteManifest. `to.pod_clique_set` stays.
void AppendObjects(ObjectSet&& from, ObjectSet& to);

}  // namespace grove
