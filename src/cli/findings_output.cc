#include "cli/findings_output.h"

#include "cli/report_text.h"
#include "cli/text.h"

namespace grove::cli {

namespace {

Ink InkOf(Severity severity) {
  if (severity == Severity::kError) return Ink::kError;
  return severity == Severity::kWarning ? Ink::kWarning : Ink::kName;
}

void AppendText(const SourceText& source, const Finding& finding, bool color, std::string& out) {
  out += Paint(color, Ink::kBold, Place(source, finding.location));
  out += Paint(color, InkOf(finding.severity), std::string(SeverityName(finding.severity)) + ":");
  out += ' ';
  out += Printable(MessageOf(finding));
  if (!finding.rule.empty()) {
    std::string suffix = " [";
    suffix.append(finding.rule) += ']';
    out += Paint(color, Ink::kDim, suffix);
  }
  out += '\n';
  out += Excerpt(source, finding.location, color);
  if (finding.help.empty()) return;
  out += "       = ";
  out += Paint(color, Ink::kBold, "help:");
  out += ' ';
  out += Printable(finding.help);
  out += '\n';
}

}  // namespace

std::string FindingsAsText(const ObjectFindings& findings, const TextStyle& style) {
  std::string out;
  const auto append = [&](const Finding& finding) {
    if (finding.severity == Severity::kError || style.warnings) {
      AppendText(findings.source, finding, style.color, out);
    }
  };
  for (const Finding& finding : FindingsOf(findings.verdict)) append(finding);
  for (const Finding& finding : findings.further) append(finding);
  return out;
}

}  // namespace grove::cli
