// Findings as a SARIF 2.1.0 log, which code hosts and editors show.
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include <fmt/format.h>
#include <fmt/ostream.h>

#include "grove/rules.hpp"
#include "grove/version.hpp"

#include "cli/findings_writers.h"
#include "cli/report_text.h"

namespace grove::cli {

namespace {

using std::string_view;

constexpr string_view kSourceRoot = "%SRCROOT%";  // the name that viewers know
constexpr string_view kStandardInputUri = "stdin";

// FNV-1a, for fingerprints that stay when lines move.
std::uint64_t HashOf(string_view text) {
  std::uint64_t hash = 0xCBF29CE484222325u;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3u;
  return hash;
}

std::string Message(string_view text) { return fmt::format("{{\"text\":{}}}", JsonString(text)); }

// "Minimum exceeds replicas." of "minimum exceeds replicas".
std::string Sentence(string_view title) {
  std::string sentence(title);
  if (sentence[0] >= 'a' && sentence[0] <= 'z') sentence[0] = static_cast<char>(sentence[0] - 'a' + 'A');
  return sentence + ".";
}

// Tags must differ from each other.
std::string Tags(string_view stage, string_view family) {
  return stage == family ? JsonString(stage) : fmt::format("{},{}", JsonString(stage), JsonString(family));
}

class SarifWriter : public FindingsWriter {
 public:
  explicit SarifWriter(std::ostream& out) : out_(out) {}

  void Begin(std::span<const std::string> texts) override {
    fmt::print(out_,
               "{{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\",\"version\":\"2.1.0\",\"runs\":[{{\n"
               "\"tool\":{{\"driver\":{{\"name\":\"grove\",\"semanticVersion\":{},\"rules\":[",
               JsonString(VersionString()));
    WriteRules();
    fmt::print(
        out_,
        "\n]}}}},\n\"columnKind\":\"unicodeCodePoints\",\n\"originalUriBaseIds\":{{\"{}\":{{\"description\":{}}}}},"
        "\n\"artifacts\":[",
        kSourceRoot, Message("the folder that grove was called in"));
    for (const std::string& text : texts) WriteArtifact(text);
    out_ << "\n],\n\"results\":[";
  }

  void Write(const ObjectFindings& findings) override {
    for (const Finding& finding : FindingsOf(findings.verdict)) WriteResult(findings, finding);
    for (const Finding& finding : findings.further) WriteResult(findings, finding);
  }

  void WriteProblem(const InputError& problem) override {
    const std::string location = problem.source != nullptr ? Location(*problem.source, problem.location, "")
                                 : problem.file.empty()    ? std::string()
                                                           : Location(SourceText(problem.file, {}), {}, "");
    notifications_ += fmt::format("{}\n{{\"level\":\"error\",\"message\":{}{}{}{}}}", notifications_.empty() ? "" : ",",
                                  Message(problem.message), location.empty() ? "" : ",\"locations\":[", location,
                                  location.empty() ? "" : "]");
  }

  void End() override {
    fmt::print(out_, "\n],\n\"invocations\":[{{\"executionSuccessful\":{}", notifications_.empty());
    if (!notifications_.empty()) fmt::print(out_, ",\"toolExecutionNotifications\":[{}\n]", notifications_);
    out_ << "}]\n}]}\n";
  }

 private:
  void WriteRules() {
    for (const RuleFamily& family : RuleFamilies()) {
      for (const RuleDescription& rule : family.rules) {
        const std::size_t index = rule_indices_.size();
        rule_indices_.emplace(rule.id, index);
        const std::string title = Sentence(rule.title);
        fmt::print(out_,
                   "{}\n{{\"id\":{},\"shortDescription\":{},\"fullDescription\":{},\"help\":{},"
                   "\"defaultConfiguration\":{{\"level\":\"{}\"}},\"properties\":{{\"tags\":[{}]}}}}",
                   index == 0 ? "" : ",", JsonString(rule.id), Message(title),
                   Message(fmt::format("{} {}", title, rule.help)), Message(rule.help), SeverityName(rule.severity),
                   Tags(StageName(rule.stage), family.name));
      }
    }
  }

  void WriteArtifact(const std::string& text) {
    const std::size_t index = artifact_indices_.size();
    const std::string uri = Uri(text);
    if (!artifact_indices_.emplace(uri, index).second) return;  // named twice
    fmt::print(out_, "{}\n{{\"location\":{{{}}}}}", index == 0 ? "" : ",", uri);
  }

  void WriteResult(const ObjectFindings& findings, const Finding& finding) {
    const string_view id = RuleIdOf(finding);
    const std::string object = TitleOf(findings);
    const auto rule = rule_indices_.find(id);
    const std::string logical = object + (finding.field.empty() ? "" : ": " + finding.field);
    const std::string index = rule == rule_indices_.end() ? "" : fmt::format("\"ruleIndex\":{},", rule->second);
    fmt::print(out_,
               "{}\n{{\"ruleId\":{},{}\"level\":\"{}\",\"message\":{},\"locations\":[{}],"
               "\"partialFingerprints\":{{\"groveFinding/v1\":\"{:016x}\"}}}}",
               first_result_ ? "" : ",", JsonString(id), index, SeverityName(finding.severity),
               Message(object + ": " + AdviceOf(finding)), Location(findings.source, finding.location, logical),
               HashOf(fmt::format("{}\n{}\n{}", id, logical, MessageOf(finding))));
    first_result_ = false;
  }

  std::string Uri(const std::string& text) {
    if (text == kStandardInputName) return fmt::format("\"uri\":\"{}\"", kStandardInputUri);
    const std::string uri = UriOf(path_.Of(text));
    if (uri.starts_with("file:")) return fmt::format("\"uri\":\"{}\"", uri);
    return fmt::format("\"uri\":\"{}\",\"uriBaseId\":\"{}\"", uri, kSourceRoot);
  }

  // `logical` names the object and its field; empty: nothing in particular.
  std::string Location(const SourceText& source, SourceLocation location, string_view logical) {
    const std::string uri = Uri(source.name());
    const auto artifact = artifact_indices_.find(uri);
    const std::string index = artifact == artifact_indices_.end() ? "" : fmt::format(",\"index\":{}", artifact->second);
    std::string region;
    if (location.line != 0) {
      const std::uint32_t column = CharacterColumn(source, location);
      region = fmt::format(",\"region\":{{\"startLine\":{}{}}}", location.line,
                           column == 0 ? "" : fmt::format(",\"startColumn\":{}", column));
    }
    const std::string logical_locations =
        logical.empty() ? ""
                        : fmt::format(",\"logicalLocations\":[{{\"fullyQualifiedName\":{},\"kind\":\"member\"}}]",
                                      JsonString(logical));
    return fmt::format("{{\"physicalLocation\":{{\"artifactLocation\":{{{}{}}}{}}}{}}}", uri, index, region,
                       logical_locations);
  }

  std::ostream& out_;
  PathInWork path_;
  std::map<string_view, std::size_t> rule_indices_;
  std::map<std::string, std::size_t> artifact_indices_;  // by URI
  std::string notifications_;
  bool first_result_ = true;
};

}  // namespace

std::unique_ptr<FindingsWriter> MakeSarifWriter(const WriterOptions& /*options*/, std::ostream& out) {
  return std::make_unique<SarifWriter>(out);
}

}  // namespace grove::cli
