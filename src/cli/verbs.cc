#include "cli/verbs.h"

#include <array>

namespace grove::cli {

namespace {

using std::string_view;

constexpr std::array kValidateOutputs = {string_view("text"), string_view("json"), string_view("sarif"),
                                         string_view("junit"), string_view("github")};
#if GROVE_WITH_YAML
constexpr std::array kDefaultOutputs = {string_view("yaml"), string_view("json")};
constexpr std::array kExpandOutputs = {string_view("yaml"), string_view("json"), string_view("name"),
                                       string_view("tree"), string_view("dot"),  string_view("mermaid")};
#else
constexpr std::array kDefaultOutputs = {string_view("json")};
constexpr std::array kExpandOutputs = {string_view("json"), string_view("name"), string_view("tree"),
                                       string_view("dot"), string_view("mermaid")};
#endif
constexpr std::array kPlaceOutputs = {string_view("text"), string_view("json"), string_view("svg"),
                                      string_view("html")};
constexpr std::array kTextOutputs = {string_view("text"), string_view("json")};
constexpr std::array kDiffOutputs = {string_view("text"), string_view("json")};
constexpr std::array kNamesOutputs = {string_view("text"), string_view("json")};
constexpr std::array kStartupOutputs = {string_view("text"), string_view("json"), string_view("dot"),
                                        string_view("mermaid"), string_view("svg")};
constexpr std::array kVersionOutputs = {string_view("text"), string_view("json")};

constexpr std::array kVerbs = {
    Verb{"validate", kValidate, "default and validate every PodCliqueSet", kValidateOutputs, true, RunValidate},
    Verb{"default", kDefault, "print the objects as the API server would store them", kDefaultOutputs, true,
         RunDefault},
    Verb{"expand", kExpand, "print every child object of each PodCliqueSet, in dependency order", kExpandOutputs, true,
         RunExpand},
    Verb{"diff", kDiff, "compare two manifests, or one with what exists, after defaulting and expansion", kDiffOutputs,
         true, RunDiff},
    Verb{"place", kPlace, "place gangs on the nodes of a cluster", kPlaceOutputs, true, RunPlace},
    Verb{"explain", kExplain, "tell why gangs do not fit a cluster", kTextOutputs, true, RunExplain},
    Verb{"capacity", kCapacity, "count how many more replicas of each PodCliqueSet fit a cluster", kTextOutputs, true,
         RunCapacity},
    Verb{"names", kNames, "print every child's name, DNS name and scale target, and how much longer it may become",
         kNamesOutputs, true, RunNames},
    Verb{"startup", kStartup, "print which clique waits for which: waves, PodCliques, cycles", kStartupOutputs, true,
         RunStartup},
    Verb{"crd", kCrd, "print the custom resource definitions of Grove's kinds", kDefaultOutputs, false, RunCrd},
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
