#include "planner/translate/losses.h"

#include <algorithm>
#include <optional>

#include "model/naming.h"

namespace grove::planner {
namespace {

void FindReservation(const GangFacts& facts, LossFinder& found) {
  const std::optional<NamespacedName>& reference = facts.gang.spec.reuse_reservation_ref;
  if (reference.has_value()) found.Add("spec.reuseReservationRef", reference->namespace_name + "/" + reference->name);
}

// The scaling group whose replica this gang is; null for a base gang (spec 05 PG-01, PG-02).
const PodCliqueScalingGroupConfig* ScalingGroupOf(const GangFacts& facts) {
  const std::string& set = facts.set.metadata.name;
  std::string_view rest = facts.gang.metadata.name;
  if (!rest.starts_with(set + "-")) return nullptr;
  rest.remove_prefix(set.size() + 1);
  const std::size_t first = rest.find('-');
  const std::size_t last = rest.rfind('-');
  if (first == last) return nullptr;
  const std::string_view group = rest.substr(first + 1, last - first - 1);
  for (const PodCliqueScalingGroupConfig& config : facts.set.spec.template_spec.pod_clique_scaling_groups) {
    if (config.name == group) return &config;
  }
  return nullptr;
}

// "spec.template.topologyConstraint.packDomain": where the domain stands that is required.
std::string RequiredField(std::string prefix, const TopologyConstraint& constraint) {
  const bool packs = constraint.pack.has_value() && !constraint.pack->required.empty();
  return std::move(prefix) + (packs ? "topologyConstraint.pack.required" : "topologyConstraint.packDomain");
}

void AddIfUntranslated(const std::optional<TopologyConstraint>& constraint, const Scope& scope, std::string prefix,
                       LossFinder& found) {
  if (!constraint.has_value()) return;
  if (!RequiredDomain(*constraint).empty() && !scope.HasRequired()) {
    found.AddOfSet(RequiredField(prefix, *constraint), RequiredDomain(*constraint));
  }
  if (!PreferredDomain(*constraint).empty() && !scope.HasPreferred()) {
    found.AddOfSet(prefix + "topologyConstraint.pack.preferred", PreferredDomain(*constraint));
  }
}

// The scaling group that a group config stands for: its pod groups are members.
std::size_t GroupOfConfig(const GangFacts& facts, const Scope& scope) {
  const auto& groups = facts.set.spec.template_spec.pod_clique_scaling_groups;
  const PodCliqueTemplateSpec* member = scope.pod_groups.empty() ? nullptr : facts.templates[scope.pod_groups.front()];
  const auto has_member = [&](const PodCliqueScalingGroupConfig& group) {
    return member != nullptr && std::ranges::find(group.clique_names, member->name) != group.clique_names.end();
  };
  return static_cast<std::size_t>(std::ranges::find_if(groups, has_member) - groups.begin());
}

// PG-50…PG-53: domains that the gang carries no key of.
void FindUntranslated(const GangFacts& facts, LossFinder& found) {
  const PodCliqueSetTemplateSpec& spec = facts.set.spec.template_spec;
  const std::size_t configs = facts.gang.spec.topology_constraint_group_configs.size();
  const auto in_template = [](std::string_view list, std::size_t index) {
    return "spec.template." + std::string(list) + "[" + std::to_string(index) + "].";
  };
  const PodCliqueScalingGroupConfig* scaled = ScalingGroupOf(facts);
  const auto group_field = [&](const PodCliqueScalingGroupConfig& group) {
    const auto index = static_cast<std::size_t>(&group - spec.pod_clique_scaling_groups.data());
    return in_template("podCliqueScalingGroups", index);
  };
  if (scaled != nullptr && scaled->topology_constraint.has_value()) {
    AddIfUntranslated(scaled->topology_constraint, facts.scopes.front(), group_field(*scaled), found);
  } else {
    AddIfUntranslated(spec.topology_constraint, facts.scopes.front(), "spec.template.", found);
  }
  std::vector<bool> told(std::max(spec.pod_clique_scaling_groups.size(), spec.cliques.size()), false);
  for (std::size_t i = 1; i <= configs; ++i) {
    const std::size_t group = GroupOfConfig(facts, facts.scopes[i]);
    if (group == spec.pod_clique_scaling_groups.size() || told[group]) continue;
    told[group] = true;
    const PodCliqueScalingGroupConfig& config = spec.pod_clique_scaling_groups[group];
    AddIfUntranslated(config.topology_constraint, facts.scopes[i], group_field(config), found);
  }
  told.assign(told.size(), false);
  for (std::size_t i = 0; i < facts.templates.size(); ++i) {
    if (facts.templates[i] == nullptr) continue;
    const auto clique = static_cast<std::size_t>(facts.templates[i] - spec.cliques.data());
    if (told[clique]) continue;
    told[clique] = true;
    AddIfUntranslated(facts.templates[i]->topology_constraint, facts.scopes[1 + configs + i],
                      in_template("cliques", clique), found);
  }
}

// Examples W3 and W8 of spec 05.
void FindReplacedConstraint(const GangFacts& facts, LossFinder& found) {
  const PodCliqueScalingGroupConfig* scaled = ScalingGroupOf(facts);
  const std::optional<TopologyConstraint>& of_set = facts.set.spec.template_spec.topology_constraint;
  if (scaled == nullptr || !scaled->topology_constraint.has_value() || !of_set.has_value()) return;
  if (RequiredDomain(*of_set).empty() || facts.scopes.front().HasRequired()) return;
  found.AddOfSet(RequiredField("spec.template.", *of_set), RequiredDomain(*of_set));
}

constexpr LossRule kCommonRules[] = {
    {LossEffect::kDropped, "spec 05 §6.1", "a domain for which the PodGang has no node label key",
     "topology-aware scheduling is off, or the binding is gone or lacks the domain: pods are placed without it",
     FindUntranslated},
    {LossEffect::kDropped, "spec 05 §6.2", "the set's required domain in a scaled gang",
     "the scaling group's own constraint replaces it and requires nothing: replicas beyond minAvailable may land "
     "anywhere",
     FindReplacedConstraint},
    {LossEffect::kDropped, "SB-08", "the reservation to reuse", "no backend reads it: pods are placed anew",
     FindReservation},
};

}  // namespace

void LossFinder::Append(std::string_view kind, std::string_view name, std::string field, std::string_view asked) {
  TranslationLoss& loss = losses_.emplace_back();
  loss.object.append(kind).append("/").append(name);
  loss.field = std::move(field);
  loss.asked = asked;
  loss.gang = facts_.gang.metadata.name;
  loss.effect = rule_.effect;
  loss.lost = rule_.lost;
  loss.consequence = rule_.consequence;
  loss.rule = rule_.rule;
}

void LossFinder::Add(std::string field, std::string_view asked) {
  Append(PodGang::kKind, facts_.gang.metadata.name, std::move(field), asked);
}

void LossFinder::AddOfSet(std::string field, std::string_view asked) {
  Append(PodCliqueSet::kKind, facts_.set.metadata.name, std::move(field), asked);
}

void FindLosses(std::span<const LossRule> rules, const GangFacts& facts, std::vector<TranslationLoss>& losses) {
  for (const LossRule& rule : rules) {
    LossFinder found(facts, rule, losses);
    rule.find(facts, found);
  }
}

std::string PodGroupField(std::size_t index, std::string_view member) {
  return "spec.podgroups[" + std::to_string(index) + "]." + std::string(member);
}

void FindMinima(const GangFacts& facts, LossFinder& found) {
  if (facts.minimum < 2) return;
  for (std::size_t i = 0; i < facts.gang.spec.pod_groups.size(); ++i) {
    const std::int32_t minimum = facts.gang.spec.pod_groups[i].min_replicas;
    if (minimum > 0) found.Add(PodGroupField(i, "minReplicas"), minimum);
  }
}

void FindConstraints(const GangFacts& facts, LossFinder& found) {
  for (const Scope& scope : facts.scopes) {
    if (scope.HasRequired()) found.Add(scope.field + ".packConstraint.required", scope.pack->required);
    if (scope.HasPreferred()) found.Add(scope.field + ".packConstraint.preferred", scope.pack->preferred);
  }
}

void FindPreferred(const GangFacts& facts, LossFinder& found) {
  for (const Scope& scope : facts.scopes) {
    if (scope.HasPreferred()) found.Add(scope.field + ".packConstraint.preferred", scope.pack->preferred);
  }
}

void FindSharedRequired(const GangFacts& facts, LossFinder& found) {
  for (const Scope& scope : facts.scopes) {
    if (scope.HasRequired() && scope.pod_groups.size() > 1) {
      found.Add(scope.field + ".packConstraint.required", scope.pack->required);
    }
  }
}

void FindPriority(const GangFacts& facts, LossFinder& found) {
  const std::string& name = facts.gang.spec.priority_class_name;
  if (!name.empty()) found.Add("spec.priorityClassName", name);
}

std::span<const LossRule> CommonLossRules() { return kCommonRules; }

}  // namespace grove::planner
