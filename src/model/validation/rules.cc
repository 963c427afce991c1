#include "model/validation/rules.h"

#include <array>
#include <cstddef>
#include <memory_resource>

#include "model/validation/set_context.h"

namespace grove::validation {
namespace {

using internal::Node;

NameIndex IndexMembers(const std::vector<PodCliqueScalingGroupConfig>& groups, std::pmr::memory_resource* scratch) {
  std::size_t count = 0;
  for (const PodCliqueScalingGroupConfig& group : groups) count += group.clique_names.size();
  NameList names(scratch);
  names.reserve(count);
  for (const PodCliqueScalingGroupConfig& group : groups) {
    names.insert(names.end(), group.clique_names.begin(), group.clique_names.end());
  }
  return {std::move(names), scratch};
}

// Positions of the `name` of each element.
template <class Element>
NameIndex IndexNames(const std::vector<Element>& elements, std::pmr::memory_resource* scratch) {
  return {CollectNames(
              elements, [](const Element& element) { return std::string_view(element.name); }, scratch),
          scratch};
}

NameList SchedulerNames(const std::vector<PodCliqueTemplateSpec>& cliques, std::pmr::memory_resource* scratch) {
  const auto name_of = [](const PodCliqueTemplateSpec& clique) {
    return StringOf(internal::Find(clique.spec.pod_spec.node(), "schedulerName"));
  };
  return CollectNames(cliques, name_of, scratch);
}

// Steps 3 to 5: what create and update have in common (spec 03 §3).
void ValidateObject(const SetContext& context) {
  const Node* metadata = internal::Find(context.input.document, "metadata");
  ValidateObjectMeta(metadata != nullptr ? *metadata : Node{}, context.input.storage, true, context.findings);
  ValidateSetReplicas(context);
  ValidateStartupType(context);
  ValidateClaimTemplates(context);
  ValidateSetSharing(context);
  ValidateCliques(context);
  ValidateScalingGroups(context);
  ValidateTerminationDelay(context);
}

}  // namespace

SetContext::SetContext(const Input& input_, Operation operation_, Findings& findings_,
                       std::pmr::memory_resource* scratch_)
    : input(input_),
      operation(operation_),
      findings(findings_),
      scratch(scratch_),
      set(input.set),
      template_spec(set.spec.template_spec),
      configuration(input.context.configuration),
      explicit_startup(template_spec.clique_startup_type == kExplicitStartup),
      clique_names(IndexNames(template_spec.cliques, scratch)),
      group_names(IndexNames(template_spec.pod_clique_scaling_groups, scratch)),
      claim_template_names(IndexNames(template_spec.resource_claim_templates, scratch)),
      member_names(IndexMembers(template_spec.pod_clique_scaling_groups, scratch)),
      scheduler_names(SchedulerNames(template_spec.cliques, scratch)) {}

void ValidateCreate(const Input& input, Findings& findings) {
  // Enough for a set of ordinary size; a larger one takes the rest from the heap.
  std::array<std::byte, 8192> buffer;
  std::pmr::monotonic_buffer_resource scratch(buffer.data(), buffer.size());
  const SetContext context(input, Operation::kCreate, findings, &scratch);

  const ClusterTopologyBinding* binding = ValidateTopologyConstraints(context);
  ValidateObject(context);
  ValidateMnnvlGroups(context);
  ValidateSchedulerBackend(context);
  if (binding != nullptr) WarnAboutTopologyConstraints(context, *binding);
}

void ValidateUpdate(const Input& input, const Input& old_input, Findings& findings) {
  std::array<std::byte, 16384> buffer;
  std::pmr::monotonic_buffer_resource scratch(buffer.data(), buffer.size());
  const SetContext context(input, Operation::kUpdate, findings, &scratch);
  const SetContext old(old_input, Operation::kUpdate, findings, &scratch);

  const std::size_t before = findings.errors().size();
  ValidateObject(context);
  ValidateMnnvlUpdate(context, old);
  ValidateSchedulerBackend(context);
  // What may not change is judged only in a set that is valid by itself.
  if (findings.errors().size() != before) return;
  WarnAboutPackDomains(context);
  ValidateCliqueUpdates(context, old);
  ValidateStartupTypeUpdate(context, old);
  ValidateScalingGroupUpdates(context, old);
  ValidateTopologyUpdate(context, old);
  ValidateClaimUpdates(context, old);
}

}  // namespace grove::validation
