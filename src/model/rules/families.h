// The tables of rule descriptions, one for each family. A family joins by a table here and a row in
// src/planner/rule_families.cc.
#pragma once

#include <span>

#include "grove/rules.hpp"

namespace grove::rules {

[[nodiscard]] std::span<const RuleDescription> SchemaRules();
[[nodiscard]] std::span<const RuleDescription> SetRules();
[[nodiscard]] std::span<const RuleDescription> SharingRules();
[[nodiscard]] std::span<const RuleDescription> TopologyRules();
[[nodiscard]] std::span<const RuleDescription> SchedulerRules();
[[nodiscard]] std::span<const RuleDescription> UpdateRules();
[[nodiscard]] std::span<const RuleDescription> BindingRules();
[[nodiscard]] std::span<const RuleDescription> ConfigurationRules();

}  // namespace grove::rules
