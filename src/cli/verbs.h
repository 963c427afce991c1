// The verbs of the command, as one table: it drives dispatch, the check of `-o`, and the help.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "cli/command.h"
#include "cli/streams.h"

namespace grove::cli {

struct Options;

// Sets of verbs, for the table of flags.
using VerbMask = std::uint32_t;
inline constexpr VerbMask kValidate = 1u << 0;
inline constexpr VerbMask kDefault = 1u << 1;
inline constexpr VerbMask kExpand = 1u << 2;
inline constexpr VerbMask kVersion = 1u << 3;
inline constexpr VerbMask kDiff = 1u << 6;
inline constexpr VerbMask kPlace = 1u << 8;
inline constexpr VerbMask kExplain = 1u << 9;
inline constexpr VerbMask kCapacity = 1u << 10;
inline constexpr VerbMask kNames = 1u << 4;
inline constexpr VerbMask kStartup = 1u << 5;
inline constexpr VerbMask kCrd = 1u << 7;

struct Verb {
  std::string_view name;
  VerbMask mask = 0;
  std::string_view summary;                   // one line
  std::span<const std::string_view> outputs;  // what `-o` takes; the first is the default
  bool reads_input = true;                    // takes -f and file names
  ExitCode (*run)(const Options& options, Streams& streams) = nullptr;
};

[[nodiscard]] std::span<const Verb> Verbs();
// Null if there is no verb of that name.
[[nodiscard]] const Verb* FindVerb(std::string_view name);

// One per file, named after the verb.
ExitCode RunValidate(const Options& options, Streams& streams);
ExitCode RunDefault(const Options& options, Streams& streams);
ExitCode RunExpand(const Options& options, Streams& streams);
ExitCode RunDiff(const Options& options, Streams& streams);
ExitCode RunPlace(const Options& options, Streams& streams);
ExitCode RunExplain(const Options& options, Streams& streams);
ExitCode RunCapacity(const Options& options, Streams& streams);
ExitCode RunNames(const Options& options, Streams& streams);
ExitCode RunStartup(const Options& options, Streams& streams);
ExitCode RunCrd(const Options& options, Streams& streams);
ExitCode RunVersion(const Options& options, Streams& streams);

}  // namespace grove::cli
