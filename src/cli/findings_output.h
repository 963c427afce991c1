// Findings as text for people, in the manner of a compiler.
#pragma once

#include <string>

#include "cli/findings_writer.h"

namespace grove::cli {

struct TextStyle {
  bool color = false;
  bool warnings = true;
};

// All findings of one object: "file:line:column: error: field: ... [rule]", and the line of the source.
[[nodiscard]] std::string FindingsAsText(const ObjectFindings& findings, const TextStyle& style);

}  // namespace grove::cli
