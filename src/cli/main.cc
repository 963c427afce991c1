#include <cstdlib>
#include <exception>
#include <iostream>
#include <string_view>
#include <vector>

#include <unistd.h>

#include "cli/command.h"

namespace {

bool IsTerminal(int descriptor) {
  const char* terminal = std::getenv("TERM");
  return isatty(descriptor) == 1 && (terminal == nullptr || std::string_view(terminal) != "dumb");
}

// NO_COLOR: any value but the empty one switches colours off.
bool WantsColor(int descriptor) {
  const char* no_color = std::getenv("NO_COLOR");
  return IsTerminal(descriptor) && (no_color == nullptr || *no_color == '\0');
}

}  // namespace

int main(int argc, char** argv) {
  std::ios::sync_with_stdio(false);
  try {
    const std::vector<std::string_view> arguments(argv + (argc > 0 ? 1 : 0), argv + argc);
    grove::cli::Streams streams{std::cin,
                                std::cout,
                                std::cerr,
                                WantsColor(STDOUT_FILENO),
                                WantsColor(STDERR_FILENO),
                                IsTerminal(STDERR_FILENO)};
    return static_cast<int>(grove::cli::RunCommand(arguments, streams));
  } catch (const std::exception& defect) {
    std::cerr << "grove: defect of the program: " << defect.what() << '\n';
    return static_cast<int>(grove::cli::ExitCode::kDefect);
  }
}
