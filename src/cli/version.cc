#include "grove/version.hpp"

#include <fmt/format.h>
#include <fmt/ostream.h>

#include "cli/options.h"
#include "cli/verbs.h"

namespace grove::cli {

namespace {

#if defined(__clang__)
constexpr std::string_view kCompiler = "clang " __clang_version__;
#else
constexpr std::string_view kCompiler = "gcc " __VERSION__;
#endif

#if defined(NDEBUG)
constexpr bool kAssertions = false;
#else
constexpr bool kAssertions = true;
#endif

constexpr bool kYaml = GROVE_WITH_YAML != 0;

}  // namespace

ExitCode RunVersion(const Options& options, Streams& streams) {
  if (options.output == "json") {
    fmt::print(streams.out,
               "{{\"version\":\"{}\",\"compatibilityLevel\":\"{}\","
               "\"build\":{{\"compiler\":\"{}\",\"assertions\":{},\"yaml\":{}}}}}\n",
               VersionString(), CompatibilityLevel(), kCompiler, kAssertions, kYaml);
  } else {
    fmt::print(streams.out, "grove {}\ncompatibility level {}\nbuilt with {}, {} YAML, assertions {}\n",
               VersionString(), CompatibilityLevel(), kCompiler, kYaml ? "with" : "without",
               kAssertions ? "on" : "off");
  }
  return ExitCode::kDone;
}

}  // namespace grove::cli
