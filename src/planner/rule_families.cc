// All rules that the library knows: those of admission, and those of lint.
#include <algorithm>
#include <array>

#include "grove/lint.hpp"
#include "grove/rules.hpp"

#include "model/rules/families.h"
#include "model/validation/rule_table.h"

namespace grove {

namespace {

// Lint rules as reports describe them.
class LintDescriptions {
 public:
  LintDescriptions() {
    for (const LintRule& rule : LintRules()) {
      helps_.push_back(validation::Concat({rule.effect, " ", rule.reason, " ", rule.fix}));
    }
    for (const LintRule& rule : LintRules()) {
      rules_.push_back({rule.id, Stage::kLint, rule.severity, rule.title, helps_[rules_.size()]});
    }
  }

  [[nodiscard]] std::span<const RuleDescription> rules() const { return rules_; }

 private:
  std::vector<std::string> helps_;
  std::vector<RuleDescription> rules_;
};

std::span<const RuleDescription> DescribedLintRules() {
  static const LintDescriptions descriptions;
  return descriptions.rules();
}

}  // namespace

std::span<const RuleFamily> RuleFamilies() {
  static const std::array kFamilies = {
      RuleFamily{"schema", rules::SchemaRules()},
      RuleFamily{"set", rules::SetRules()},
      RuleFamily{"sharing", rules::SharingRules()},
      RuleFamily{"topology", rules::TopologyRules()},
      RuleFamily{"scheduler", rules::SchedulerRules()},
      RuleFamily{"update", rules::UpdateRules()},
      RuleFamily{"topology-binding", rules::BindingRules()},
      RuleFamily{"configuration", rules::ConfigurationRules()},
      RuleFamily{"lint", DescribedLintRules()},
  };
  return kFamilies;
}

const RuleDescription* FindRule(std::string_view id) {
  if (id.empty()) id = kUnknownFieldRule;
  for (const RuleFamily& family : RuleFamilies()) {
    const auto found = std::ranges::find(family.rules, id, &RuleDescription::id);
    if (found != family.rules.end()) return &*found;
  }
  return nullptr;
}

}  // namespace grove
