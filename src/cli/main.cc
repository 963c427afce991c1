#include <exception>
#include <iostream>
#include <string_view>
#include <vector>

#include "cli/command.h"

int main(int argc, char** argv) {
  try {
    const std::vector<std::string_view> arguments(argv + (argc > 0 ? 1 : 0), argv + argc);
    return static_cast<int>(grove::cli::RunCommand(arguments, std::cout, std::cerr));
  } catch (const std::exception& defect) {
    std::cerr << "grove: defect of the program: " << defect.what() << '\n';
    return static_cast<int>(grove::cli::ExitCode::kDefect);
  }
}
