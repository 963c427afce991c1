// Options of the command: one table of flags that drives parsing and the help.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "grove/expansion.hpp"
#include "grove/limits.hpp"
#include "grove/lint.hpp"
#include "grove/placement.hpp"

#include "cli/verbs.h"

namespace grove::cli {

// What the command line asks for, with the defaults of what it leaves out.
struct Options {
  const Verb* verb = nullptr;
  bool help = false;
  std::vector<std::string> inputs;  // files, folders, "-"
  bool recursive = false;
  std::string namespace_name;  // empty: not given
  std::string output;          // one of verb->outputs
  std::string config_file;     // empty: not given
  std::vector<std::string> topology_files;
  std::vector<std::string> live_files;  // objects that exist
  bool clean = false;                   // also delete what the operator leaves behind
  std::vector<std::string> old_files;   // of the stored objects
  bool strict = false;
  bool quiet = false;
  bool ascii = false;
  bool pod_cliques = false;
  std::string scheduler;  // that the backend serves
  std::string backend;    // whose objects are wanted; empty: none
  KubePodGroups kube_pod_groups = KubePodGroups::kPerGang;
  std::string loss_report;  // file; empty: not given
  ObjectState state = ObjectState::kCreated;
  std::uint64_t seed = 0;
  Time now;                            // written where a status tells a time
  std::string init_container_image;    // empty: the library's
  std::string init_container_version;  // empty: the library's
  Limits limits;
  std::vector<std::string> cluster_files;
  std::vector<TopologyLevel> levels;  // instead of those of a ClusterTopologyBinding
  std::string topology_name;          // empty: not given
  std::vector<std::string> lost_domains;
  std::string resource;  // that is drawn and counted; empty: the accelerator
  bool lift_gates = false;
  PlacementOptions placement;
  std::optional<std::uint32_t> changes;             // gangs that changes are looked for; absent: as the verb does it
  std::optional<LintOptions> lint = LintOptions{};  // absent: no lint rule is applied
  std::vector<std::string> disabled_lint_rules;
  bool fail_on_lint = false;
};

struct Flag {
  char short_name = 0;  // 0: none
  std::string_view name;
  std::string_view argument;  // its name in the help; empty: the flag takes none
  VerbMask verbs = 0;
  std::string_view help;
  // Stores the value; says what is wrong with it otherwise.
  std::optional<std::string> (*set)(Options& options, std::string_view value) = nullptr;
};

// In the order of the help.
[[nodiscard]] std::span<const Flag> Flags();

struct ParsedOptions {
  Options options;
  std::string problem;  // empty: none
};

// Parses what follows the verb: `--flag=value`, `--flag value`, `-f value`, `-fvalue`, `-qR`, `--`, file names
// anywhere.
[[nodiscard]] ParsedOptions ParseOptions(const Verb& verb, std::span<const std::string_view> arguments);

}  // namespace grove::cli
