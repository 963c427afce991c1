#include "model/rules/families.h"

#include <algorithm>
#include <array>

namespace grove {

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
