// What the families of rules about a PodCliqueSet share: the set, the operation, indices of its names, scratch memory.
#pragma once

#include <memory_resource>
#include <string_view>

#include "model/validation/name_index.h"
#include "model/validation/rule_table.h"
#include "model/validation/rules.h"

namespace grove::validation {

// Bytes that the names of a set, a group and a clique may have together: names of pods are made of them.
inline constexpr std::size_t kMaxCombinedNames = 45;
inline constexpr std::string_view kExplicitStartup = "CliqueStartupTypeExplicit";

// The text of a string; empty for null and for every other kind.
[[nodiscard]] inline std::string_view StringOf(const internal::Node* node) {
  return node != nullptr && internal::IsString(*node) ? internal::Text(*node) : std::string_view{};
}

struct SetContext {
  // Borrows all arguments. `scratch` must not fail and needs to give nothing back before the context ends.
  SetContext(const Input& input, Operation operation, Findings& findings, std::pmr::memory_resource* scratch);

  const Input& input;
  Operation operation;
  Findings& findings;
  std::pmr::memory_resource* scratch;

  const PodCliqueSet& set;
  const PodCliqueSetTemplateSpec& template_spec;
  const OperatorConfiguration& configuration;
  bool explicit_startup;

  NameIndex clique_names;
  NameIndex group_names;
  NameIndex claim_template_names;
  NameIndex member_names;    // `cliqueNames` of all groups, one after the other
  NameList scheduler_names;  // `schedulerName` of each clique as written
};

// ---- The families, each in the file of its name ----

// Steps 2–7 of spec 03 §3 are made of these; each reports into context.findings.
void ValidateSetReplicas(const SetContext& context);
void ValidateStartupType(const SetContext& context);
void ValidateClaimTemplates(const SetContext& context);
void ValidateTerminationDelay(const SetContext& context);

// V-120 to V-158 in the order of spec 03 §5.2, all cliques.
void ValidateCliques(const SetContext& context);
// V-145 to V-147 of one clique; `path` is that of its spec.
void ValidateStartsAfter(const SetContext& context, const PodCliqueTemplateSpec& clique, const FieldPath& path);
// V-148 and V-149.
void ValidateDependencies(const SetContext& context);
// V-154 to V-158; `path` is that of the clique.
void ValidatePodSpec(const SetContext& context, const Value& pod_spec, const FieldPath& path);

// V-160 to V-169, V-177, V-178.
void ValidateScalingGroups(const SetContext& context);

// V-170 to V-178; `path` is that of the element that has the list.
void ValidateSetSharing(const SetContext& context);
void ValidateCliqueSharing(const SetContext& context, const PodCliqueTemplateSpec& clique, const FieldPath& path);
void ValidateGroupSharing(const SetContext& context, const PodCliqueScalingGroupConfig& group, const FieldPath& path);

// Spec 03 §7.1–7.5. Returns the binding that the constraints refer to, null if there is none or it was not found.
[[nodiscard]] const ClusterTopologyBinding* ValidateTopologyConstraints(const SetContext& context);
// Id of those warnings: the chapter gives them none, only a place.
inline constexpr std::string_view kPreferredBroaderThanRequired = "03-7.5";
// The warnings of §7.5; they come after those of the pod specs.
void WarnAboutTopologyConstraints(const SetContext& context, const ClusterTopologyBinding& binding);

// Spec 03 §8.1, and §8.2.
void ValidateMnnvlGroups(const SetContext& context);
void ValidateMnnvlUpdate(const SetContext& context, const SetContext& old);

// Spec 03 §9.1, and §9.2 to §9.5.
void ValidateSchedulerNames(const SetContext& context);
void ValidateSchedulerBackend(const SetContext& context);

// Spec 03 §6: what an update must leave as it is, by the section.
void ValidateCliqueUpdates(const SetContext& context, const SetContext& old);
void ValidateStartupTypeUpdate(const SetContext& context, const SetContext& old);
void ValidateScalingGroupUpdates(const SetContext& context, const SetContext& old);
void ValidateClaimUpdates(const SetContext& context, const SetContext& old);

// Spec 03 §7.6.
void ValidateTopologyUpdate(const SetContext& context, const SetContext& old);
// Id of the warnings of §7.7: the chapter gives them none, only a place.
inline constexpr std::string_view kPackDomainDeprecated = "03-7.7";
void WarnAboutPackDomains(const SetContext& context);

// Labels and annotations at `path`, one error for each finding (spec 03 §12.3, §12.4).
void ValidateLabel(std::string_view key, std::string_view value, const FieldPath& path, std::string_view rule,
                   Findings& findings);
void ValidateAnnotationKey(std::string_view key, const FieldPath& path, std::string_view rule, Findings& findings);
// TooLong if `bytes`, the sum over all keys and values, is over the limit.
void ValidateAnnotationBytes(std::size_t bytes, const FieldPath& path, std::string_view rule, Findings& findings);

}  // namespace grove::validation
