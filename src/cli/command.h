// The grove command as a function: arguments and streams in, exit code out.
#pragma once

#include <span>
#include <string_view>

#include "cli/streams.h"

namespace grove::cli {

// What the exit codes mean to users of the command.
enum class ExitCode : int {
  kDone = 0,
  kFound = 1,   // done, and it found something: denied, different, does not fit
  kUsage = 2,   // bad usage, unreadable or malformed input, a limit exceeded
  kDefect = 3,  // a defect of the program itself
};

// Runs the verb that `arguments` (without the program's name) begin with.
ExitCode RunCommand(std::span<const std::string_view> arguments, Streams& streams);

}  // namespace grove::cli
