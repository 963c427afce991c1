// Names of objects as `kubectl -o name` prints them.
#pragma once

#include <string>

#include "grove/expansion.hpp"

namespace grove::cli {

// One line `kind.group/name` per object, in creation order. A pod that the API server has yet to name is told by its
// generateName.
[[nodiscard]] std::string ObjectNames(const ObjectSet& objects);

}  // namespace grove::cli
