#include "cli/findings_output.h"

#include <iterator>

#include <fmt/format.h>

#include "cli/report_text.h"
#include "cli/text.h"

namespace grove::cli {

namespace {

Ink InkOf(Severity severity) {
  if (severity == Severity::kError) return Ink::kError;
  return severity == Severity::kWarning ? Ink::kWarning : Ink::kName;
}

void AppendText(const SourceText& source, const Finding& finding, bool color, std::string& out) {
  const Ink ink = InkOf(finding.severity);
  const std::string severity = fmt::format("{}:", SeverityName(finding.severity));
  const std::string suffix = finding.rule.empty() ? std::string() : fmt::format(" [{}]", finding.rule);
  fmt::format_to(std::back_inserter(out), "{}{} {}{}\n", Paint(color, Ink::kBold, Place(source, finding.location)),
                 Paint(color, ink, severity), Printable(MessageOf(finding)), Paint(color, Ink::kDim, suffix));
  out += Excerpt(source, finding.location, color);
  if (finding.help.empty()) return;
  fmt::format_to(std::back_inserter(out), "       = {} {}\n", Paint(color, Ink::kBold, "help:"),
                 Printable(finding.help));
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
