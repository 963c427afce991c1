// Findings as workflow commands of GitHub Actions, which shows them beside the lines of a change.
#include <string>
#include <string_view>

#include <fmt/format.h>
#include <fmt/ostream.h>

#include "grove/rules.hpp"

#include "cli/findings_writers.h"
#include "cli/report_text.h"

namespace grove::cli {

namespace {

using std::string_view;

// `%`, carriage return and line feed are escaped in messages; in properties also what separates them.
std::string Escape(string_view text, bool property) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    if (c == '%' || c == '\r' || c == '\n' || (property && (c == ':' || c == ','))) {
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    } else {
      out += c;
    }
  }
  return out;
}

string_view CommandOf(Severity severity) { return severity == Severity::kNote ? "notice" : SeverityName(severity); }

class GithubWriter : public FindingsWriter {
 public:
  explicit GithubWriter(std::ostream& out) : out_(out) {}

  void Write(const ObjectFindings& findings) override {
    const auto annotate = [&](const Finding& finding) {
      const RuleDescription* rule = FindRule(finding.rule);
      const std::string title = fmt::format("{}{}{}", RuleIdOf(finding), rule == nullptr ? "" : " ",
                                            rule == nullptr ? string_view{} : rule->title);
      Annotate(CommandOf(finding.severity), &findings.source, finding.location, title,
               TitleOf(findings) + ": " + AdviceOf(finding));
    };
    for (const Finding& finding : FindingsOf(findings.verdict)) annotate(finding);
    for (const Finding& finding : findings.further) annotate(finding);
  }

  void WriteProblem(const InputError& problem) override {
    Annotate("error", problem.source, problem.location, "unusable input", problem.message);
  }

 private:
  // Without a file an annotation belongs to the run as a whole.
  void Annotate(string_view command, const SourceText* source, SourceLocation location, string_view title,
                string_view message) {
    std::string properties;
    if (source != nullptr && !source->is_standard_input()) {
      properties = "file=" + Escape(path_.Of(source->name()), true);
      if (location.line != 0) {
        properties += fmt::format(",line={},col={}", location.line, CharacterColumn(*source, location));
      }
      properties += ',';
    }
    fmt::print(out_, "::{} {}title={}::{}\n", command, properties, Escape(title, true), Escape(message, false));
  }

  std::ostream& out_;
  PathInWork path_;
};

}  // namespace

std::unique_ptr<FindingsWriter> MakeGithubWriter(const WriterOptions& /*options*/, std::ostream& out) {
  return std::make_unique<GithubWriter>(out);
}

}  // namespace grove::cli
