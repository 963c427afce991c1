// Running the command in the test's own process, with everything that it reads and writes in hand.
#pragma once

#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "cli/command.h"

namespace grove::cli {

struct RunResult {
  ExitCode code;
  std::string out;
  std::string err;
};

inline RunResult RunGrove(const std::vector<std::string>& arguments, const std::string& standard_input = "",
                          bool color = false) {
  std::istringstream in(standard_input);
  std::ostringstream out;
  std::ostringstream err;
  const std::vector<std::string_view> views(arguments.begin(), arguments.end());
  Streams streams{in, out, err, color, color};
  const ExitCode code = RunCommand(views, streams);
  return {code, out.str(), err.str()};
}

}  // namespace grove::cli
