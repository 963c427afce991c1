// The help of the command, made of the tables of verbs and flags.
#pragma once

#include <string>

#include "cli/verbs.h"

namespace grove::cli {

// `grove -h`.
[[nodiscard]] std::string Usage();
// `grove VERB -h`.
[[nodiscard]] std::string UsageOf(const Verb& verb);

}  // namespace grove::cli
