// grove default: the objects as the API server would store them.
#include <vector>

#include <fmt/format.h>
#include <fmt/ostream.h>

#include "grove/manifest.hpp"

#include "cli/documents.h"
#include "cli/findings_output.h"
#include "cli/options.h"
#include "cli/verbs.h"
#include "cli/workload.h"

namespace grove::cli {

namespace {

void PrintDocuments(const std::vector<Value>& documents, std::string_view output, std::ostream& out) {
  if (output == "json") {
    if (!documents.empty()) {
      out << WriteManifest(documents.size() == 1 ? documents.front() : ListOf(documents), OutputFormat::kJson);
    }
    return;
  }
  for (std::size_t i = 0; i < documents.size(); ++i) {
    out << (i == 0 ? "" : "---\n") << WriteManifest(documents[i], OutputFormat::kYaml);
  }
}

}  // namespace

ExitCode RunDefault(const Options& options, Streams& streams) {
  InputReader reader(options, streams.in);
  const std::optional<LoadedWorkload> workload = LoadWorkload(options, reader, streams);
  if (!workload.has_value()) return ExitCode::kUsage;
  std::vector<Value> documents;
  for (const ObjectVerdict& verdict : workload->judged.verdicts) {
    streams.err << FindingsAsText(workload->FindingsOf(verdict), {.color = streams.color_err, .warnings = false});
    if (workload->SourceOf(verdict).origin != Origin::kInput) continue;
    if (verdict.role == ObjectRole::kOperatorConfiguration) continue;  // it has no defaulted form
    if (verdict.allowed()) documents.push_back(verdict.defaulted);
  }
  if (!workload->InputHas(ObjectRole::kPodCliqueSet) && !workload->InputHas(ObjectRole::kClusterTopologyBinding)) {
    fmt::print(streams.err, "grove default: no PodCliqueSet among the input\n");
    return ExitCode::kUsage;
  }
  PrintDocuments(documents, options.output, streams.out);
  return workload->judged.allowed() ? ExitCode::kDone : ExitCode::kFound;
}

}  // namespace grove::cli
