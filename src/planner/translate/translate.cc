// The public function, and its names.

#include "grove/translation.hpp"

#include "planner/translate/backend.h"

namespace grove {

std::string_view LossEffectName(LossEffect effect) {
  switch (effect) {
    case LossEffect::kDropped:
      return "dropped";
    case LossEffect::kWeakened:
      return "weakened";
    case LossEffect::kConditional:
      return "conditional";
    case LossEffect::kRefused:
      return "refused";
  }
  return {};
}

Translation Translate(const PodGang& gang, const PodCliqueSet& set, std::string_view backend,
                      const TranslationOptions& options) {
  Translation translation;
  const planner::Backend* found = planner::FindBackendByName(backend);
  if (found == nullptr) found = planner::FindBackend(backend);
  if (found == nullptr) {
    translation.error = "there is no scheduler backend " + std::string(backend);
    return translation;
  }
  const planner::GangFacts facts(gang, set, options);
  planner::FindLosses(found->losses, facts, translation.losses);
  planner::FindLosses(planner::CommonLossRules(), facts, translation.losses);
  if (found->translate == nullptr) return translation;
  if (const absl::Status status = found->translate(facts, translation.objects); !status.ok()) {
    translation.error = std::string(status.message());
  }
  return translation;
}

}  // namespace grove
