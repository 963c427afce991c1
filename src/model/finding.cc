#include "grove/finding.hpp"

namespace grove {

std::string_view SeverityName(Severity severity) {
  if (severity == Severity::kError) return "error";
  return severity == Severity::kWarning ? "warning" : "note";
}

std::string FormatFinding(const Finding& finding) {
  std::string out;
  if (finding.type.has_value()) {
    out = FormatFieldError({*finding.type, finding.field, finding.bad_value, finding.detail, {}, {}, {}});
  } else {
    out = finding.field.empty() ? finding.detail : finding.field + ": " + finding.detail;
  }
  if (!finding.suggestion.empty()) out += "; did you mean \"" + finding.suggestion + "\"?";
  return out;
}

}  // namespace grove
