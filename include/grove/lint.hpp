// Lint: what admission lets pass and the cluster then does otherwise than its author expects.
//
// A finding never changes a verdict. Each rule has an id of its own, says what happens at run time, why, and what to
// write instead, and can be switched off. docs/lint.md lists them.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "grove/admission.hpp"
#include "grove/field_error.hpp"
#include "grove/workload.hpp"

namespace grove {

enum class LintSeverity : std::uint8_t {
  kNote,     // how the cluster behaves; nothing need be wrong
  kWarning,  // hardly what the author wanted
};

// "note", "warning".
[[nodiscard]] std::string_view LintSeverityName(LintSeverity severity);

// All texts are static storage and hold whole sentences.
struct LintRule {
  std::string_view id;  // "L-001"
  LintSeverity severity = LintSeverity::kWarning;
  std::string_view title;   // one line without a full stop
  std::string_view effect;  // what happens at run time
  std::string_view reason;  // why
  std::string_view fix;     // what to do about it
  std::string_view source;  // where the behaviour is described: chapter and id, "04 §7.1, O-1"
};

// All rules by ascending id. Ids are never used again once a rule is gone.
[[nodiscard]] std::span<const LintRule> LintRules();
// Null if there is no rule of that id.
[[nodiscard]] const LintRule* FindLintRule(std::string_view id);

struct LintFinding {
  const LintRule* rule = nullptr;  // never null in a result
  std::string field;               // a path that exists in the object, or whose beginning does
  std::string detail;              // what happens here, with names and numbers; one line
  std::string fix;                 // what to write here; one line
  SourceLocation location;         // of the value, or of the nearest enclosing one that the source has
};

struct LintOptions {
  // Findings below this severity are left out.
  LintSeverity least = LintSeverity::kWarning;
  // Ids of rules that are switched off; unknown ones are ignored (FindLintRule tells them).
  std::vector<std::string> disabled;
};

// Applies every rule about sets, in the order of their ids; the findings of one rule come in the order of the fields.
// `context` is the one that the set was admitted in.
//
// Pure; deterministic; safe to call from any number of threads. O(n log n) in the size of the set as written: replicas
// cost nothing.
[[nodiscard]] std::vector<LintFinding> Lint(const AdmittedPodCliqueSet& set, const AdmissionContext& context = {},
                                            const LintOptions& options = {});

// The same for a ClusterTopologyBinding that admission let pass; `document` tells the places, and may be null.
[[nodiscard]] std::vector<LintFinding> Lint(const ClusterTopologyBinding& binding, const Value& document,
                                            const AdmissionContext& context = {}, const LintOptions& options = {});

// The same for whatever a verdict of `workload` is about. Empty if it denies, and for kinds without rules.
[[nodiscard]] std::vector<LintFinding> Lint(const ObjectVerdict& verdict, const Workload& workload,
                                            const LintOptions& options = {});

}  // namespace grove
