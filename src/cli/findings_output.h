// Findings of admission as text for people, in the manner of a compiler, and as JSON for programs.
#pragma once

#include <string>

#include "cli/workload.h"

namespace grove::cli {

struct TextStyle {
  bool color = false;
  bool warnings = true;
};

// All findings of one verdict of `workload`: "file:line:column: error: field: ... [rule]", and the line of the source.
[[nodiscard]] std::string FindingsAsText(const LoadedWorkload& workload, const ObjectVerdict& verdict,
                                         const TextStyle& style);

// One JSON object on one line, without a line break: see DescribeVerdict.
[[nodiscard]] std::string FindingsAsJson(const LoadedWorkload& workload, const ObjectVerdict& verdict);

}  // namespace grove::cli
