#include "cli/command.h"

#include <array>
#include <ostream>

#include <fmt/format.h>
#include <fmt/ostream.h>

#include "grove/version.hpp"

namespace grove::cli {

namespace {

using Arguments = std::span<const std::string_view>;

struct Verb {
  std::string_view name;
  std::string_view summary;
  ExitCode (*run)(Arguments arguments, std::ostream& out, std::ostream& err);
};

ExitCode RunVersion(Arguments arguments, std::ostream& out, std::ostream& err) {
  if (arguments.empty() || (arguments.size() == 2 && arguments[0] == "-o" && arguments[1] == "text")) {
    fmt::print(out, "grove {} (compatibility level {})\n", VersionString(), CompatibilityLevel());
    return ExitCode::kDone;
  }
  if (arguments.size() == 2 && arguments[0] == "-o" && arguments[1] == "json") {
    fmt::print(out, "{{\"version\":\"{}\",\"compatibilityLevel\":\"{}\"}}\n", VersionString(), CompatibilityLevel());
    return ExitCode::kDone;
  }
  fmt::print(err, "grove version: takes nothing but -o text or -o json\n");
  return ExitCode::kUsage;
}

constexpr std::array kVerbs = {
    Verb{"version", "library and compatibility level", RunVersion},
};

void PrintUsage(std::ostream& stream) {
  fmt::print(stream, "usage: grove VERB [OPTION...]\n\n");
  for (const Verb& verb : kVerbs) fmt::print(stream, "  {:<10} {}\n", verb.name, verb.summary);
}

}  // namespace

ExitCode RunCommand(Arguments arguments, std::ostream& out, std::ostream& err) {
  if (arguments.empty()) {
    PrintUsage(err);
    return ExitCode::kUsage;
  }
  if (arguments[0] == "-h" || arguments[0] == "--help") {
    PrintUsage(out);
    return ExitCode::kDone;
  }
  for (const Verb& verb : kVerbs) {
    if (verb.name == arguments[0]) return verb.run(arguments.subspan(1), out, err);
  }
  fmt::print(err, "grove: no such verb: {}\n", arguments[0]);
  PrintUsage(err);
  return ExitCode::kUsage;
}

}  // namespace grove::cli
