#include "cli/verbs.h"

#include <array>

namespace grove::cli {

namespace {

using std::string_view;

constexpr std::array kValidateOutputs = {string_view("text"), string_view("json")};
#if GROVE_WITH_YAML
constexpr std::array kDefaultOutputs = {string_view("yaml"), string_view("json")};
constexpr std::array kExpandOutputs = {string_view("yaml"), string_view("json"), string_view("name"),
                                       string_view("tree")};
#else
constexpr std::array kDefaultOutputs = {string_view("json")};
constexpr std::array kExpandOutputs = {string_view("json"), string_view("name"), string_view("tree")};
#endif
constexpr std::array kPlaceOutputs = {string_view("text"), string_view("json"), string_view("svg"),
                                      string_view("html")};
constexpr std::array kTextOutputs = {string_view("text"), string_view("json")};
constexpr std::array kVersionOutputs = {string_view("text"), string_view("json")};

constexpr std::array kVerbs = {
    Verb{"validate", kValidate, "default and validate every PodCliqueSet", kValidateOutputs, true, RunValidate},
    Verb{"default", kDefault, "print the objects as the API server would store them", kDefaultOutputs, true,
         RunDefault},
    Verb{"expand", kExpand, "print every child object of each PodCliqueSet, in dependency order", kExpandOutputs, true,
         RunExpand},
    Verb{"place", kPlace, "place gangs on the nodes of a cluster", kPlaceOutputs, true, RunPlace},
    Verb{"explain", kExplain, "tell why gangs do not fit a cluster", kTextOutputs, true, RunExplain},
    Verb{"capacity", kCapacity, "count how many more replicas of each PodCliqueSet fit a cluster", kTextOutputs, true,
         RunCapacity},
    Verb{"version", kVersion, "print the version, the compatibility level and the build", kVersionOutputs, false,
         RunVersion},
};

}  // namespace

std::span<const Verb> Verbs() { return kVerbs; }

const Verb* FindVerb(string_view name) {
  for (const Verb& verb : kVerbs) {
    if (verb.name == name) return &verb;
  }
  return nullptr;
}

}  // namespace grove::cli
