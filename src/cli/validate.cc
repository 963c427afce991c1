// grove validate: every finding of admission.
#include <cstdint>

#include <fmt/format.h>
#include <fmt/ostream.h>

#include "cli/findings_writer.h"
#include "cli/options.h"
#include "cli/text.h"
#include "cli/verbs.h"
#include "cli/workload.h"

namespace grove::cli {

namespace {

struct Tally {
  std::int64_t objects = 0;
  std::int64_t denied = 0;
  std::int64_t errors = 0;
  std::int64_t warnings = 0;
};

Tally Sum(const LoadedWorkload& workload) {
  Tally tally;
  for (const ObjectVerdict& verdict : workload.judged.verdicts) {
    ++tally.objects;
    tally.denied += verdict.allowed() ? 0 : 1;
    tally.errors += static_cast<std::int64_t>(verdict.errors.size());
    tally.warnings += static_cast<std::int64_t>(verdict.warnings.size() + verdict.pruned.size());
  }
  return tally;
}

}  // namespace

ExitCode RunValidate(const Options& options, Streams& streams) {
  InputReader reader(options, streams.in);
  const std::optional<LoadedWorkload> workload = LoadWorkload(options, reader, streams);
  if (!workload.has_value()) return ExitCode::kUsage;
  if (workload->judged.verdicts.empty()) {
    fmt::print(streams.err, "grove validate: no PodCliqueSet among the input\n");
    return ExitCode::kUsage;
  }
  const auto writer = MakeFindingsWriter(options.output, {.color = streams.color_out}, streams.out);
  for (const ObjectVerdict& verdict : workload->judged.verdicts) writer->Write(workload->FindingsOf(verdict));
  writer->End();
  if (!options.quiet) {
    const Tally tally = Sum(*workload);
    streams.out.flush();
    fmt::print(streams.err, "{}: {} denied; {}, {}\n", Count(tally.objects, "object"), tally.denied,
               Count(tally.errors, "error"), Count(tally.warnings, "warning"));
  }
  return workload->judged.allowed() ? ExitCode::kDone : ExitCode::kFound;
}

}  // namespace grove::cli
