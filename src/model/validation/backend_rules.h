// What the scheduler backends demand of a set (spec 03 §9.3 to §9.5): at most one finding each, reported at `spec`.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "model/validation/set_context.h"

namespace grove::validation {

struct BackendFinding {
  std::string_view rule;
  std::string detail;
};

[[nodiscard]] std::optional<BackendFinding> CheckKai(const SetContext& context);
[[nodiscard]] std::optional<BackendFinding> CheckVolcano(const SetContext& context);
[[nodiscard]] std::optional<BackendFinding> CheckLpx(const SetContext& context);

}  // namespace grove::validation
