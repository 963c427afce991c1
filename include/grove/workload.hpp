// Workload: what the objects of some manifests amount to together, that is the sets to work on and the cluster that
// they are judged in. From objects to verdicts, to a report for programs, to every child object.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "grove/admission.hpp"
#include "grove/expansion.hpp"
#include "grove/field_error.hpp"
#include "grove/finding.hpp"
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
  // Without a configuration, topology-aware scheduling counts as enabled once there is a ClusterTopologyBinding: for
  // callers that ask about a cluster rather than about an operator.
  bool bindings_enable_topology = false;
  // The first so many objects are context alone: sets among them are unused.
  std::size_t context_objects = 0;
  // The sets that are stored: a set of the same namespace and name is judged as an update of it, any other as a new
  // one. What is no set, or has no name, is ignored; a name that occurs twice is a problem. Borrowed.
  std::span<const ManifestObject> stored{};
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
  bool update = false;         // judged as an update of a stored set
  std::vector<FieldError> errors;
  std::vector<Warning> warnings;
  std::vector<PrunedField> pruned;               // empty if strict: `errors` tell of them
  Value structurally_defaulted;                  // of a set: before Grove's own defaulting; null as `defaulted` is
  Value defaulted;                               // null for a configuration, and for what could not be decoded
  std::optional<AdmittedPodCliqueSet> admitted;  // of a set that was let pass
};

// An object that contradicts another one, or the options.
struct WorkloadProblem {
  std::size_t index = 0;
  std::string message;  // one line
  bool stored = false;  // `index` counts in WorkloadOptions::stored
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

// Judges objects one by one in a context that is known, for inputs that are too large to be held at once. JudgeWorkload
// is made of it.
//
// Immutable after construction; any number of threads may ask it.
class WorkloadJudge {
 public:
  // Takes what plays a part in judging from `objects`: the OperatorConfiguration, the bindings, the queues. Of them
  // nothing is kept but that; `options.stored` must outlive the judge. O(total size).
  WorkloadJudge(std::span<const ManifestObject> objects, const WorkloadOptions& options);

  // Set if the objects contradict each other: no object can be judged then.
  [[nodiscard]] const std::optional<WorkloadProblem>& problem() const { return problem_; }
  // False if there is a configuration and it is denied: only its own verdict means anything then.
  [[nodiscard]] bool configuration_valid() const { return configuration_valid_; }
  [[nodiscard]] const AdmissionContext& context() const { return context_; }

  // How `object` contradicts the options, in one line; empty if it does not.
  [[nodiscard]] std::string Contradiction(const ManifestObject& object) const;
  // Namespace that a namespaced object is in.
  [[nodiscard]] std::string NamespaceOf(const ManifestObject& object) const;
  // The verdict on a set, a binding or a configuration, its index being 0; nullopt for every other kind. O(size).
  [[nodiscard]] std::optional<ObjectVerdict> Judge(const ManifestObject& object) const;

 private:
  using NameKey = std::pair<std::string, std::string>;  // namespace, name

  void TakeConfiguration(std::span<const ManifestObject> objects);
  void TakeTopologies(std::span<const ManifestObject> objects);
  void TakeQueues(std::span<const ManifestObject> objects);
  void TakeStored();
  void SetDefaultScheduler();
  void JudgeSet(const ManifestObject& object, ObjectVerdict& verdict) const;

  WorkloadOptions options_;
  AdmissionContext context_;
  std::map<NameKey, const ManifestObject*> stored_;
  bool configuration_valid_ = true;
  std::optional<WorkloadProblem> problem_;
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

// All that a verdict tells: its errors, then the fields that were dropped, then its warnings.
[[nodiscard]] std::vector<Finding> FindingsOf(const ObjectVerdict& verdict);

struct VerdictFormat {
  std::string_view file{};              // name of the text that the object came from; empty: left out
  bool defaulted = false;               // also the defaulted object
  bool structurally_defaulted = false;  // also that of sets, before Grove's own defaulting
  // Further findings on the object, behind those of the verdict: those of lint rules.
  std::span<const Finding> further{};
};

// A verdict for programs:
//   {"file", "document", "kind", "namespace", "name", "operation", "allowed",
//    "errors": [{"type", "field", "badValue", "detail", "suggestion", "stage", "rule", "line", "column"}],
//    "warnings": [{"field", "detail", "suggestion", "help", "stage", "severity", "rule", "line", "column"}],
//    "structurallyDefaulted", "defaulted"}
// Unknown places, absent bad values and suggestions are left out; fields that were dropped are warnings without a rule;
// of warnings only those of lint rules state their stage, their help, and their severity, "warning" or "note"; the
// operation is "update" or left out. `object` is the one that `verdict` is about.
[[nodiscard]] Value DescribeVerdict(const ManifestObject& object, const ObjectVerdict& verdict,
                                    const VerdictFormat& format = {});

// What one set of a workload becomes.
struct SetExpansion {
  std::size_t verdict = 0;  // index in Workload::verdicts
  ObjectSet objects;
  std::vector<ReconcileError> errors;
  std::vector<TranslationLoss> losses;  // see Expansion
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
