// The scheduler backends that exist, and which of them an operator configuration enables (spec 03 §9, §10.1, §11).
#pragma once

#include <algorithm>
#include <string_view>

#include "grove/operator_configuration.hpp"

#include "model/naming.h"

namespace grove::validation {

struct BackendTraits {
  std::string_view name;
  bool topology_aware;  // takes topology bindings (V-604)
};

inline constexpr BackendTraits kBackends[] = {
    {schedulers::kKai, true},
    {schedulers::kDefault, false},
    {schedulers::kVolcano, false},
    {schedulers::kLpx, false},
};

inline constexpr std::string_view kBackendNames[] = {schedulers::kKai, schedulers::kDefault, schedulers::kVolcano,
                                                     schedulers::kLpx};

// Position of `name` in kBackends, or one past the end.
[[nodiscard]] inline std::size_t FindBackend(std::string_view name) {
  const auto* it = std::find_if(std::begin(kBackends), std::end(kBackends),
                                [name](const BackendTraits& backend) { return backend.name == name; });
  return static_cast<std::size_t>(it - std::begin(kBackends));
}

[[nodiscard]] inline bool IsEnabled(const OperatorConfiguration& configuration, std::string_view name) {
  const std::vector<SchedulerProfile>& profiles = configuration.scheduler.profiles;
  return std::ranges::any_of(profiles, [name](const SchedulerProfile& profile) { return profile.name == name; });
}

}  // namespace grove::validation
