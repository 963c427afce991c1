// What schedulers do not carry or honour of what was asked for, as notes for people and as JSON for programs.
#pragma once

#include <span>
#include <string>

#include "grove/translation.hpp"

namespace grove::cli {

// One note per kind of loss, with the first field that it befalls and the number of others.
[[nodiscard]] std::string LossesAsText(std::span<const TranslationLoss> losses, bool color);

// A list of {"object", "field", "asked", "gang", "effect", "lost", "consequence", "rule"}, ending in a line break.
[[nodiscard]] std::string LossesAsJson(std::span<const TranslationLoss> losses);

}  // namespace grove::cli
