#include "cli/command.h"

#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "grove/version.hpp"

namespace grove::cli {
namespace {

struct Case {
  std::string name;
  std::vector<std::string_view> arguments;
  ExitCode exit_code;
  std::string out;  // expected within standard output; empty: nothing is printed there
  std::string err;  // expected within standard error; empty: nothing is printed there
};

class CommandTest : public testing::TestWithParam<Case> {};

void ExpectWithin(const std::string& text, const std::string& part) {
  if (part.empty()) {
    EXPECT_EQ(text, "");
  } else {
    EXPECT_NE(text.find(part), std::string::npos) << text;
  }
}

TEST_P(CommandTest, PrintsAndExits) {
  std::ostringstream out;
  std::ostringstream err;
  EXPECT_EQ(RunCommand(GetParam().arguments, out, err), GetParam().exit_code);
  ExpectWithin(out.str(), GetParam().out);
  ExpectWithin(err.str(), GetParam().err);
}

INSTANTIATE_TEST_SUITE_P(
    Verbs, CommandTest,
    testing::Values(Case{"Nothing", {}, ExitCode::kUsage, "", "usage: grove VERB"},
                    Case{"Help", {"--help"}, ExitCode::kDone, "usage: grove VERB", ""},
                    Case{"UnknownVerb", {"grow"}, ExitCode::kUsage, "", "no such verb: grow"},
                    Case{"VersionText", {"version"}, ExitCode::kDone, "grove " + std::string(VersionString()), ""},
                    Case{"VersionJson",
                         {"version", "-o", "json"},
                         ExitCode::kDone,
                         "{\"version\":\"" + std::string(VersionString()) + "\",\"compatibilityLevel\":\"2026-08\"}\n",
                         ""},
                    Case{"VersionBadOutput", {"version", "-o", "svg"}, ExitCode::kUsage, "", "-o text or -o json"}),
    [](const testing::TestParamInfo<Case>& info) { return info.param.name; });

}  // namespace
}  // namespace grove::cli
