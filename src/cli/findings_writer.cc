#include "cli/findings_writer.h"

#include <algorithm>
#include <array>

#include "cli/findings_output.h"
#include "cli/findings_writers.h"

namespace grove::cli {

namespace {

using std::string_view;

class TextWriter : public FindingsWriter {
 public:
  TextWriter(const WriterOptions& options, std::ostream& out) : options_(options), out_(out) {}

  void Write(const ObjectFindings& findings) override {
    out_ << FindingsAsText(findings, {.color = options_.color, .warnings = true});
  }

 private:
  WriterOptions options_;
  std::ostream& out_;
};

// One JSON object on a line: see DescribeVerdict.
class JsonWriter : public FindingsWriter {
 public:
  JsonWriter(const WriterOptions& /*options*/, std::ostream& out) : out_(out) {}

  void Write(const ObjectFindings& findings) override {
    const VerdictFormat format{.file = findings.source.name(), .defaulted = false, .further = findings.further};
    out_ << DescribeVerdict(findings.object, findings.verdict, format).ToJson() << '\n';
  }

 private:
  std::ostream& out_;
};

template <class Writer>
std::unique_ptr<FindingsWriter> Make(const WriterOptions& options, std::ostream& out) {
  return std::make_unique<Writer>(options, out);
}

constexpr std::array kOutputs = {string_view("text"), string_view("json"), string_view("sarif"), string_view("junit"),
                                 string_view("github")};
constexpr std::array kMakers = {Make<TextWriter>, Make<JsonWriter>, MakeSarifWriter, MakeJunitWriter, MakeGithubWriter};
static_assert(kOutputs.size() == kMakers.size());

}  // namespace

std::span<const string_view> FindingsOutputs() { return kOutputs; }

std::unique_ptr<FindingsWriter> MakeFindingsWriter(string_view output, const WriterOptions& options,
                                                   std::ostream& out) {
  const auto* const found = std::find(kOutputs.begin(), kOutputs.end(), output);
  return kMakers[static_cast<std::size_t>(found - kOutputs.begin())](options, out);
}

}  // namespace grove::cli
