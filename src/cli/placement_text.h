// A placement as text for people.
#pragma once

#include <string>

#include "grove/placement.hpp"

#include "cli/placement_scene.h"

namespace grove::cli {

// Headline, then every gang with its scopes and groups: pods placed, domains, nodes; of a gang that is not placed why.
[[nodiscard]] std::string PlacementText(const PlacementScene& scene, const PlacementResult& result, bool color);

// "default/name"; the name alone if it has no namespace.
[[nodiscard]] std::string GangName(const Gang& gang);

// What pods ask for and placement did not look at, one line each; empty if there is nothing.
[[nodiscard]] std::string NotEvaluatedText(const PlacementScene& scene, bool color);

// Pods that gates keep from being candidates of the gang: " 3 pods of a-0-worker wait behind the scheduling gate x."
[[nodiscard]] std::string GatedText(const PlacementScene& scene, std::uint32_t gang);

// Placed, in its colour.
[[nodiscard]] std::string OutcomeText(GangOutcome outcome, bool color);

}  // namespace grove::cli
