// Findings as JUnit XML, which every system of continuous integration shows.
#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>

#include <fmt/format.h>
#include <fmt/ostream.h>

#include "cli/findings_writers.h"
#include "cli/report_text.h"
#include "cli/text.h"
#include "model/utf8.h"

namespace grove::cli {

namespace {

using std::string_view;

constexpr string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD

// Whether XML 1.0 has no way to hold the character: most controls, U+FFFE and U+FFFF.
bool IsForbidden(string_view character) {
  if (character.size() == 1) {
    return static_cast<unsigned char>(character[0]) < 0x20 &&
           string_view("\t\n\r").find(character[0]) == string_view::npos;
  }
  return character == "\xEF\xBF\xBE" || character == "\xEF\xBF\xBF";
}

// What stands for a character that has a meaning of its own, or would not survive the reader's normalization.
string_view EntityOf(char c, bool attribute) {
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    case '\r':
      return "&#13;";
    case '\n':
      return attribute ? "&#10;" : "";
    case '\t':
      return attribute ? "&#9;" : "";
    default:
      return {};
  }
}

// `text` as the content of an element or of an attribute in double quotes.
std::string Escape(string_view text, bool attribute) {
  const std::string valid = internal::ReplaceInvalidUtf8(text);
  std::string out;
  out.reserve(valid.size());
  for (string_view rest = valid; !rest.empty();) {
    const string_view character = rest.substr(0, internal::Utf8CharacterLength(rest));
    const string_view entity = EntityOf(character[0], attribute);
    out += IsForbidden(character) ? kReplacement : entity.empty() ? character : entity;
    rest.remove_prefix(character.size());
  }
  return out;
}

class JunitWriter : public FindingsWriter {
 public:
  explicit JunitWriter(std::ostream& out) : out_(out) {}

  void Begin(std::span<const std::string> /*texts*/) override {
    out_ << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"grove validate\">\n";
  }

  void Write(const ObjectFindings& findings) override {
    StartSuite(findings.source.name());
    std::vector<Finding> all = FindingsOf(findings.verdict);
    all.insert(all.end(), findings.further.begin(), findings.further.end());
    std::string errors;
    std::string warnings;
    for (const Finding& finding : all) {
      std::string& text = finding.severity == Severity::kError ? errors : warnings;
      fmt::format_to(std::back_inserter(text), "{}{}: {} [{}]\n", Place(findings.source, finding.location),
                     SeverityName(finding.severity), AdviceOf(finding), RuleIdOf(finding));
    }
    StartCase(TitleOf(findings));
    if (!findings.verdict.allowed()) {
      const FieldError& first = findings.verdict.errors.front();
      const auto count = static_cast<std::int64_t>(findings.verdict.errors.size());
      AppendReport("failure", first.rule, count == 1 ? MessageOf(all.front()) : Count(count, "error"), errors);
      ++failures_;
    }
    if (!warnings.empty()) {
      fmt::format_to(std::back_inserter(cases_), "      <system-out>{}</system-out>\n", Escape(warnings, false));
    }
    cases_ += "    </testcase>\n";
  }

  void WriteProblem(const InputError& problem) override {
    StartSuite(problem.file);
    StartCase("input");
    const std::string place = problem.source == nullptr ? std::string() : Place(*problem.source, problem.location);
    AppendReport("error", "unusable input", problem.message, place + problem.message + "\n");
    cases_ += "    </testcase>\n";
    ++errors_;
  }

  void End() override {
    EndSuite();
    out_ << "</testsuites>\n";
  }

 private:
  void StartSuite(const std::string& name) {
    if (name == suite_ && tests_ > 0) return;
    EndSuite();
    suite_ = name;
  }

  // A suite tells its numbers first, so that its cases are kept until it ends.
  void EndSuite() {
    if (tests_ > 0) {
      fmt::print(
          out_,
          "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"0\">\n{}  </testsuite>\n",
          Escape(path_.Of(suite_), true), tests_, failures_, errors_, cases_);
    }
    cases_.clear();
    tests_ = failures_ = errors_ = 0;
  }

  void StartCase(string_view name) {
    fmt::format_to(std::back_inserter(cases_), "    <testcase classname=\"{}\" name=\"{}\">\n",
                   Escape(path_.Of(suite_), true), Escape(name, true));
    ++tests_;
  }

  void AppendReport(string_view element, string_view type, string_view message, string_view text) {
    fmt::format_to(std::back_inserter(cases_), "      <{0} type=\"{1}\" message=\"{2}\">{3}</{0}>\n", element,
                   Escape(type, true), Escape(message, true), Escape(text, false));
  }

  std::ostream& out_;
  PathInWork path_;
  std::string suite_;  // name of the text whose objects come
  std::string cases_;
  int tests_ = 0;
  int failures_ = 0;
  int errors_ = 0;
};

}  // namespace

std::unique_ptr<FindingsWriter> MakeJunitWriter(const WriterOptions& /*options*/, std::ostream& out) {
  return std::make_unique<JunitWriter>(out);
}

}  // namespace grove::cli
