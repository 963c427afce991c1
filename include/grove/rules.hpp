// The rules that findings cite, as data for reports: what each demands and how to comply.
#pragma once

#include <span>
#include <string_view>

#include "grove/field_error.hpp"
#include "grove/finding.hpp"

namespace grove {

// One rule. All texts have static storage and are one line of plain text.
struct RuleDescription {
  std::string_view id;  // "V-143"
  Stage stage = Stage::kWebhook;
  Severity severity = Severity::kError;
  std::string_view title;  // what is wrong where it fires: "minAvailable exceeds replicas"
  std::string_view help;   // why, and what to write instead; whole sentences
};

// Rules about one matter.
struct RuleFamily {
  std::string_view name;  // "topology"
  std::span<const RuleDescription> rules;
};

// Every family that the library knows; each id occurs once.
[[nodiscard]] std::span<const RuleFamily> RuleFamilies();

// Id under which reports list dropped fields, for which the reference has no rule.
inline constexpr std::string_view kUnknownFieldRule = "unknown-field";

// The rule of this id, or null; an empty id means kUnknownFieldRule. O(number of rules).
[[nodiscard]] const RuleDescription* FindRule(std::string_view id);

}  // namespace grove
