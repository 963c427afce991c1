// What schedulers do not carry or honour, for programs.
#pragma once

#include <span>

#include "grove/translation.hpp"
#include "grove/value.hpp"

namespace grove::planner {

// [{"object", "field", "asked", "gang", "effect", "lost", "consequence", "rule"}]
[[nodiscard]] Value DescribeLosses(std::span<const TranslationLoss> losses);

}  // namespace grove::planner
