// Findings of admission as text for people, in the manner of a compiler, and as JSON for programs.
#pragma once

#include <string>

#include "cli/workload.h"

namespace grove::cli {

struct TextStyle {
  bool color = false;
  bool warnings = true;
};

// All findings of one document: "file:line:column: error: field: ... [rule]", and the line of the source.
[[nodiscard]] std::string FindingsAsText(const Verdict& verdict, const TextStyle& style);

// One JSON object on one line, without a line break.
[[nodiscard]] std::string FindingsAsJson(const Verdict& verdict);

}  // namespace grove::cli
