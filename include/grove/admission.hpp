// Admission: what the API server and Grove's webhooks make of an object before it is stored (spec 02, 03).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "grove/cluster_topology_binding.hpp"
#include "grove/field_error.hpp"
#include "grove/operator_configuration.hpp"
#include "grove/pod_clique_set.hpp"
#include "grove/value.hpp"

namespace grove {

// A queue of the Volcano scheduler, as far as admission looks at it.
struct VolcanoQueue {
  std::string name;
  std::string state;  // `status.state`; only "Open" takes workloads

  friend bool operator==(const VolcanoQueue&, const VolcanoQueue&) = default;
};

// The configuration that an empty file stands for (spec 02 §6).
[[nodiscard]] OperatorConfiguration DefaultOperatorConfiguration();

// What admission depends on besides the object (spec 03 §2).
struct AdmissionContext {
  OperatorConfiguration configuration = DefaultOperatorConfiguration();
  // The ClusterTopologyBindings that exist.
  std::vector<ClusterTopologyBinding> topologies;
  // The Volcano queues that exist; nullopt where that is unknown, then their state is not judged (V-426, V-427).
  std::optional<std::vector<VolcanoQueue>> volcano_queues;
  // Unknown fields are errors instead of being dropped with a remark.
  bool strict = false;
  // Ask the webhook's rules too where the schema already found errors, which a cluster does not: all errors at once.
  // The verdict is the same.
  bool all_stages = false;
};

// A PodCliqueSet that admission let pass. Only Admit and AdmitUpdate make one, and Expand takes nothing else.
// Immutable; copying copies the typed form and shares the document.
class AdmittedPodCliqueSet {
 public:
  // The typed form, completely defaulted.
  [[nodiscard]] const PodCliqueSet& set() const { return set_; }
  // The object as it would be stored, with all that the typed form does not tell: absent or empty, unknown spellings.
  [[nodiscard]] const Value& document() const { return document_; }

 private:
  friend class AdmissionPipeline;
  AdmittedPodCliqueSet(PodCliqueSet set, Value document) : set_(std::move(set)), document_(std::move(document)) {}

  PodCliqueSet set_;
  Value document_;
};

// A member that the schema does not know and that was dropped.
struct PrunedField {
  std::string field;
  SourceLocation location;  // of the member's name
  // The name of the known member that was meant; empty: none is near enough.
  std::string suggestion{};
};

struct Admission {
  // No error of any kind.
  [[nodiscard]] bool allowed() const { return errors.empty(); }

  // In the order of evaluation (spec 03 §3); stage kWebhook only where stage kSchema found nothing, or with
  // AdmissionContext::all_stages.
  std::vector<FieldError> errors;
  // Warnings of the validating webhook, in its order.
  std::vector<Warning> warnings;
  std::vector<PrunedField> pruned;
  // The object after pruning and structural defaults, before Grove's own defaulting. Null if it could not be decoded.
  Value structurally_defaulted;
  // The object after all defaulting, as it would be stored. Null if it could not be decoded.
  Value defaulted;
  // Set iff allowed().
  std::optional<AdmittedPodCliqueSet> admitted;
};

// Admits a new PodCliqueSet: prunes, defaults, checks (spec 02 §1, 03 §3).
//
// `document` is the object as its user wrote it; a missing namespace becomes `default`. Pure and total: every input
// gives a result. O(size of the document). Safe to call from any number of threads.
[[nodiscard]] Admission Admit(const Value& document, const AdmissionContext& context = {});

// The same for a set that a program made.
[[nodiscard]] Admission Admit(const PodCliqueSet& set, const AdmissionContext& context = {});

// Admits a change of a PodCliqueSet that is stored: the new object passes all rules of an update (spec 03 §3), mistakes
// of the old one that it leaves as they are do not count against its schema (spec 03 §4.3), and only if there is no
// other error, what must not change is compared (spec 03 §6).
//
// `old_document` is the stored object; one that is not complete is completed as a new one would be, but its own
// mistakes are not looked for. If it is no PodCliqueSet at all, the result has an error of type kBadRequest without a
// field. `document` is the whole new object, not a patch. Its status is that of the old object; uid and the times that
// the API server sets may be left out. Nothing else is taken over: what the document leaves out is defaulted as on
// create.
//
// In the result `errors`, `warnings` and `pruned` are those of the new object. Total, pure and thread-safe as Admit.
// O(size of both documents * depth).
[[nodiscard]] Admission AdmitUpdate(const Value& old_document, const Value& document,
                                    const AdmissionContext& context = {});

struct TopologyAdmission {
  [[nodiscard]] bool allowed() const { return errors.empty(); }

  std::vector<FieldError> errors;
  std::vector<PrunedField> pruned;
  // Null if the object could not be decoded.
  Value defaulted;
  // Set iff allowed().
  std::optional<ClusterTopologyBinding> admitted;
};

// Admits a new ClusterTopologyBinding (spec 03 §10.1).
[[nodiscard]] TopologyAdmission AdmitClusterTopologyBinding(const Value& document,
                                                            const AdmissionContext& context = {});

struct ConfigurationResult {
  [[nodiscard]] bool valid() const { return errors.empty(); }

  std::vector<FieldError> errors;
  // Members that the configuration does not have; the operator ignores them.
  std::vector<PrunedField> pruned;
  // Completely defaulted; meaningful iff valid().
  OperatorConfiguration configuration;
};

// Defaults and checks an OperatorConfiguration (spec 02 §6, 03 §11).
[[nodiscard]] ConfigurationResult LoadOperatorConfiguration(const Value& document);

}  // namespace grove
