#include "grove/lint.hpp"

#include <algorithm>
#include <array>

#include "model/codec.h"
#include "model/fields/cluster_topology_binding.h"
#include "model/locate.h"
#include "planner/lint/subject.h"

namespace grove {

namespace {

using planner::lint::BindingSubject;
using planner::lint::Report;
using planner::lint::Row;
using planner::lint::Subject;

using Family = std::span<const Row> (*)();

// By ascending id.
constexpr std::array<Family, 7> kFamilies = {
    planner::lint::NameRules,    planner::lint::GangRules,    planner::lint::TopologyRules, planner::lint::ScalingRules,
    planner::lint::StartupRules, planner::lint::WaitingRules, planner::lint::PodRules};

bool IsAskedFor(const LintRule& rule, const LintOptions& options) {
  return rule.severity <= options.least && std::ranges::find(options.disabled, rule.id) == options.disabled.end();
}

// Calls `check(row, report)` for every rule that is asked for.
template <class Check>
std::vector<Finding> Apply(const Value& document, const LintOptions& options, const Check& check) {
  std::vector<Finding> findings;
  for (const Family family : kFamilies) {
    for (const Row& row : family()) {
      if (!IsAskedFor(row.rule, options)) continue;
      Report report(row.rule, findings);
      check(row, report);
    }
  }
  for (Finding& finding : findings) finding.location = Locate(document, finding.field);
  return findings;
}

std::vector<LintRule> CollectRules() {
  std::vector<LintRule> rules;
  for (const Family family : kFamilies) {
    for (const Row& row : family()) rules.push_back(row.rule);
  }
  return rules;
}

}  // namespace

std::span<const LintRule> LintRules() {
  static const std::vector<LintRule> rules = CollectRules();
  return rules;
}

const LintRule* FindLintRule(std::string_view id) {
  const std::span<const LintRule> rules = LintRules();
  const auto found = std::ranges::lower_bound(rules, id, {}, &LintRule::id);
  return found != rules.end() && found->id == id ? &*found : nullptr;
}

std::vector<Finding> Lint(const AdmittedPodCliqueSet& set, const AdmissionContext& context,
                          const LintOptions& options) {
  const Subject subject(set.set(), set.document(), context);
  return Apply(set.document(), options, [&](const Row& row, Report& report) {
    if (row.check_set != nullptr) row.check_set(subject, report);
  });
}

std::vector<Finding> Lint(const ClusterTopologyBinding& binding, const Value& document, const AdmissionContext& context,
                          const LintOptions& options) {
  const BindingSubject subject{binding, context};
  return Apply(document, options, [&](const Row& row, Report& report) {
    if (row.check_binding != nullptr) row.check_binding(subject, report);
  });
}

std::vector<Finding> Lint(const ObjectVerdict& verdict, const AdmissionContext& context, const LintOptions& options) {
  if (!verdict.allowed()) return {};
  if (verdict.admitted.has_value()) return Lint(*verdict.admitted, context, options);
  if (verdict.role != ObjectRole::kClusterTopologyBinding) return {};
  return Lint(codec::FromValue<ClusterTopologyBinding>(verdict.defaulted), verdict.defaulted, context, options);
}

}  // namespace grove
