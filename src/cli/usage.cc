#include "cli/usage.h"

#include <iterator>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cli/options.h"

namespace grove::cli {

namespace {

constexpr std::string_view kExitCodes =
    "\nexit codes:\n"
    "  0  done, nothing found\n"
    "  1  done, and it found something: denied, different, does not fit\n"
    "  2  bad usage, unreadable or malformed input, a limit exceeded\n"
    "  3  a defect of the program itself\n";

std::string FlagColumn(const Flag& flag) {
  const std::string short_name = flag.short_name == 0 ? "    " : fmt::format("-{}, ", flag.short_name);
  return fmt::format("{}--{}{}{}", short_name, flag.name, flag.argument.empty() ? "" : " ", flag.argument);
}

}  // namespace

std::string Usage() {
  std::string text = "usage: grove VERB [OPTION...] [FILE...]\n\nverbs:\n";
  for (const Verb& verb : Verbs()) {
    fmt::format_to(std::back_inserter(text), "  {:<10} {}\n", verb.name, verb.summary);
  }
  text += "\ngrove VERB -h tells the options of a verb.\n";
  text += kExitCodes;
  return text;
}

std::string UsageOf(const Verb& verb) {
  std::string text = fmt::format("usage: grove {} [OPTION...]{}\n\n{}\n\noptions:\n", verb.name,
                                 verb.reads_input ? " [FILE...]" : "", verb.summary);
  for (const Flag& flag : Flags()) {
    if ((flag.verbs & verb.mask) == 0) continue;
    fmt::format_to(std::back_inserter(text), "  {:<35} {}", FlagColumn(flag), flag.help);
    if (flag.name == "output") {
      fmt::format_to(std::back_inserter(text), ": {} (default {})", fmt::join(verb.outputs, ", "),
                     verb.outputs.front());
    }
    text += '\n';
  }
  if (verb.reads_input) {
    text +=
        "\nA file holds YAML or JSON, one or many documents. Of a folder, *.yaml, *.yml and *.json are read. Documents "
        "of"
        "\nkinds that the verb does not use are skipped.\n";
  }
  text += kExitCodes;
  return text;
}

}  // namespace grove::cli
