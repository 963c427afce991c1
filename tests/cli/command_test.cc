#include "cli/command.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "grove/version.hpp"

#include "cli/run_command.h"

namespace grove::cli {
namespace {

struct Case {
  std::string name;
  std::vector<std::string> arguments;
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
  const RunResult result = RunGrove(GetParam().arguments);
  EXPECT_EQ(result.code, GetParam().exit_code);
  ExpectWithin(result.out, GetParam().out);
  ExpectWithin(result.err, GetParam().err);
}

const std::string kVersionJson = "{\"version\":\"" + std::string(VersionString()) +
                                 "\",\"compatibilityLevel\":\"2026-08\",\"build\":{\"compiler\":\"";

INSTANTIATE_TEST_SUITE_P(
    Verbs, CommandTest,
    testing::Values(
        Case{"Nothing", {}, ExitCode::kUsage, "", "usage: grove VERB"},
        Case{"Help", {"--help"}, ExitCode::kDone, "usage: grove VERB", ""},
        Case{"UnknownVerb", {"grow"}, ExitCode::kUsage, "", "no such verb: grow"},
        Case{"HelpOfValidate", {"validate", "-h"}, ExitCode::kDone, "usage: grove validate", ""},
        Case{"HelpOfExpand",
             {"expand", "--help"},
             ExitCode::kDone,
             "yaml, json, name, tree, dot, mermaid (default yaml)",
             ""},
        Case{"HelpWithoutInput", {"version", "-h"}, ExitCode::kDone, "usage: grove version [OPTION...]\n", ""},
        Case{"VersionText", {"version"}, ExitCode::kDone, "grove " + std::string(VersionString()), ""},
        Case{"VersionJson", {"version", "-o", "json"}, ExitCode::kDone, kVersionJson, ""},
        Case{"VersionBadOutput", {"version", "-o", "svg"}, ExitCode::kUsage, "", "must be one of text, json"},
        Case{"VersionWithFile", {"version", "a.yaml"}, ExitCode::kUsage, "", "unexpected argument: a.yaml"},
        Case{"NoInput", {"validate"}, ExitCode::kUsage, "", "no input; name a file"},
        Case{"UnknownFlag", {"expand", "--frobnicate"}, ExitCode::kUsage, "", "unknown option: --frobnicate"},
        Case{"FlagOfAnotherVerb", {"validate", "--seed", "1"}, ExitCode::kUsage, "", "--seed is no option of this"},
        Case{"MissingValue", {"expand", "-f"}, ExitCode::kUsage, "", "--filename needs a value: PATH"}),
    [](const testing::TestParamInfo<Case>& info) { return info.param.name; });

}  // namespace
}  // namespace grove::cli
