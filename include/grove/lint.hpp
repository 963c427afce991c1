// Lint: what admission lets pass and the cluster then does otherwise than its author expects.
//
// A finding never changes a verdict. Each rule has an id of its own, says what happens at run time, why, and what to
// write instead, and can be switched off. docs/lint.md lists them.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "grove/admission.hpp"
#include "grove/finding.hpp"
#include "grove/workload.hpp"

namespace grove {

// All texts are static storage and hold whole sentences.
struct LintRule {
  std::string_view id;                     // "L-001"
  Severity severity = Severity::kWarning;  // kWarning: hardly what the author wanted; kNote: good to know
  std::string_view title;                  // one line without a full stop
  std::string_view effect;                 // what happens at run time
  std::string_view reason;                 // why
  std::string_view fix;                    // what to do about it
  std::string_view source;                 // where the behaviour is described: chapter and id, "04 §7.1, O-1"
};

// All rules by ascending id. Ids are never used again once a rule is gone.
[[nodiscard]] std::span<const LintRule> LintRules();
// Null if there is no rule of that id.
[[nodiscard]] const LintRule* FindLintRule(std::string_view id);

struct LintOptions {
  // Findings below this severity are left out: kWarning, or kNote for all.
  Severity least = Severity::kWarning;
  // Ids of rules that are switched off; unknown ones are ignored (FindLintRule tells them).
  std::vector<std::string> disabled;
};

// Applies every rule about sets, in the order of their ids. `context` is the one that the set was admitted in. The
// findings are of Stage::kLint and have a help.
//
// Pure; deterministic; safe to call from any number of threads. Replicas cost nothing: O(n log n) in the size of the
// set as written, and cliques * entries of resourceSharing.
[[nodiscard]] std::vector<Finding> Lint(const AdmittedPodCliqueSet& set, const AdmissionContext& context = {},
                                        const LintOptions& options = {});

// The same for a ClusterTopologyBinding that admission let pass; `document` tells the places, and may be null.
[[nodiscard]] std::vector<Finding> Lint(const ClusterTopologyBinding& binding, const Value& document,
                                        const AdmissionContext& context = {}, const LintOptions& options = {});

// The same for whatever a verdict is about. Empty if it denies, and for kinds without rules.
[[nodiscard]] std::vector<Finding> Lint(const ObjectVerdict& verdict, const AdmissionContext& context = {},
                                        const LintOptions& options = {});

}  // namespace grove
