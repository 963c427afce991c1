// L-007: names that admission does not bound, from the name budget.
#include <algorithm>

#include "grove/name_budget.hpp"

#include "model/naming.h"
#include "planner/lint/names_of_set.h"

namespace grove::planner::lint {

namespace {

// Beyond so many digits indices may use up what the rule of the combined names leaves.
constexpr std::int32_t kLargeCount = 10'000;

// Whether anything is joined to names that the rule of the combined names does not bound. Sets without it, which are
// most, need no budget.
bool HasUnboundedNames(const Subject& subject) {
  const auto grouped = [&](const PodCliqueScalingGroupConfig& group) {
    return group.clique_names.empty() || !group.resource_sharing.empty() ||
           group.annotations.Contains(keys::kMnnvlGroup) || MostReplicasOf(group) > kLargeCount;
  };
  const auto clique = [&](const PodCliqueTemplateSpec& config) {
    return !config.resource_sharing.empty() || config.annotations.Contains(keys::kMnnvlGroup) ||
           config.spec.replicas > kLargeCount || config.spec.auto_scaling_config.has_value() ||
           PodMember(config, "setHostnameAsFQDN") != nullptr;
  };
  return !subject.spec.resource_sharing.empty() || subject.set.spec.replicas > kLargeCount ||
         subject.set.metadata.annotations.Contains(keys::kMnnvlGroup) ||
         std::ranges::any_of(subject.spec.pod_clique_scaling_groups, grouped) ||
         std::ranges::any_of(subject.spec.cliques, clique);
}

std::string ProposalOf(const LongName& name) {
  const std::vector<NameChange> first(name.changes.begin(), name.changes.begin() + (name.changes.empty() ? 0 : 1));
  std::string text;
  for (const NameChange& change : name.together.empty() ? first : name.together) {
    text += Concat({text.empty() ? "shorten " : " and ", change.part, " ", Quoted(change.name), " to ",
                    std::to_string(change.longest), " bytes"});
    if (!change.proposal.empty()) text += Concat({", as in ", Quoted(change.proposal)});
  }
  return text.empty() ? "use fewer replicas: the indices are too long" : text;
}

}  // namespace

void CheckDerivedNames(const Subject& subject, Report& report) {
  if (!HasUnboundedNames(subject)) return;
  const NameBudget budget = BudgetNames(subject.set, subject.context.configuration);
  for (const LongName& name : budget.too_long) {
    if (name.limit == NameLimit::kCombinedNames) continue;
    report.Add(name.changes.empty() ? "metadata.name" : name.changes.front().field,
               Concat({name.kind, " ", Quoted(name.longest), " has ", std::to_string(name.used), " bytes where ",
                       NameLimitText(name.limit), " may have ", std::to_string(NameLimitBytes(name.limit))}),
               ProposalOf(name));
  }
}

}  // namespace grove::planner::lint
