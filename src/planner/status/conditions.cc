#include "planner/status/conditions.h"

#include <algorithm>

namespace grove::planner {
namespace {

auto OfType(std::string_view type) {
  return [type](const Condition& condition) { return condition.type == type; };
}

}  // namespace

const Condition* FindCondition(const std::vector<Condition>& conditions, std::string_view type) {
  const auto found = std::ranges::find_if(conditions, OfType(type));
  return found != conditions.end() ? &*found : nullptr;
}

bool HasStatus(const std::vector<Condition>& conditions, std::string_view type, std::string_view status) {
  const Condition* condition = FindCondition(conditions, type);
  return condition != nullptr && condition->status == status;
}

void SetCondition(std::vector<Condition>& conditions, std::string_view type, const Verdict& verdict,
                  std::int64_t observed_generation, Time now) {
  auto found = std::ranges::find_if(conditions, OfType(type));
  if (found == conditions.end()) {
    found = conditions.emplace(conditions.end());
    found->type = type;
  } else if (found->status == verdict.status && found->reason == verdict.reason && found->message == verdict.message) {
    return;
  }
  if (found->status != verdict.status) found->last_transition_time = now;
  found->status = verdict.status;
  found->reason = verdict.reason;
  found->message = verdict.message;
  found->observed_generation = observed_generation;
}

void RemoveCondition(std::vector<Condition>& conditions, std::string_view type) {
  std::erase_if(conditions, OfType(type));
}

}  // namespace grove::planner
