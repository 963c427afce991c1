#include "cli/command.h"

#include <fmt/format.h>
#include <fmt/ostream.h>

#include "cli/options.h"
#include "cli/usage.h"
#include "cli/verbs.h"

namespace grove::cli {

namespace {

using Arguments = std::span<const std::string_view>;

ExitCode RunVerb(const Verb& verb, Arguments arguments, Streams& streams) {
  const ParsedOptions parsed = ParseOptions(verb, arguments);
  if (!parsed.problem.empty()) {
    fmt::print(streams.err, "grove {}: {}\ngrove {} -h tells what it takes.\n", verb.name, parsed.problem, verb.name);
    return ExitCode::kUsage;
  }
  if (parsed.options.help) {
    streams.out << UsageOf(verb);
    return ExitCode::kDone;
  }
  streams.progress = streams.progress && !parsed.options.quiet;
  return verb.run(parsed.options, streams);
}

}  // namespace

ExitCode RunCommand(Arguments arguments, Streams& streams) {
  if (arguments.empty()) {
    streams.err << Usage();
    return ExitCode::kUsage;
  }
  if (arguments[0] == "-h" || arguments[0] == "--help") {
    streams.out << Usage();
    return ExitCode::kDone;
  }
  const Verb* verb = FindVerb(arguments[0]);
  if (verb == nullptr) {
    fmt::print(streams.err, "grove: no such verb: {}\n{}", arguments[0], Usage());
    return ExitCode::kUsage;
  }
  const ExitCode code = RunVerb(*verb, arguments.subspan(1), streams);
  streams.out.flush();
  if (!streams.out) {
    fmt::print(streams.err, "grove: cannot write the result\n");
    return ExitCode::kUsage;
  }
  return code;
}

}  // namespace grove::cli
