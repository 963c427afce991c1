#include "cli/options.h"

#include <algorithm>
#include <array>
#include <charconv>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "grove/translation.hpp"
#include "grove/version.hpp"

#include "model/codec.h"

namespace grove::cli {

namespace {

using std::string_view;
using Problem = std::optional<std::string>;

constexpr VerbMask kPlacing = kPlace | kExplain | kCapacity;
constexpr VerbMask kReading = kValidate | kDefault | kExpand | kNames | kStartup | kDiff | kPlacing;
constexpr VerbMask kAll = kReading | kCrd | kVersion;

template <bool Options::*kMember>
Problem SetSwitch(Options& options, string_view) {
  options.*kMember = true;
  return std::nullopt;
}

template <std::string Options::*kMember>
Problem SetText(Options& options, string_view value) {
  if (value.empty()) return "must not be empty";
  options.*kMember = value;
  return std::nullopt;
}

template <std::vector<std::string> Options::*kMember>
Problem AddText(Options& options, string_view value) {
  if (value.empty()) return "must not be empty";
  (options.*kMember).emplace_back(value);
  return std::nullopt;
}

template <class Integer>
Problem ParseNumber(string_view value, Integer least, Integer most, Integer& out) {
  Integer number = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (error != std::errc{} || end != value.data() + value.size() || number < least || number > most) {
    return fmt::format("must be a whole number from {} to {}", least, most);
  }
  out = number;
  return std::nullopt;
}

template <std::size_t Limits::*kMember, std::size_t kMost>
Problem SetLimit(Options& options, string_view value) {
  return ParseNumber<std::size_t>(value, 1, kMost, options.limits.*kMember);
}

Problem SetSeed(Options& options, string_view value) {
  return ParseNumber<std::uint64_t>(value, 0, UINT64_MAX, options.seed);
}

Problem SetOutput(Options& options, string_view value) {
  const auto& outputs = options.verb->outputs;
  if (std::find(outputs.begin(), outputs.end(), value) == outputs.end()) {
    return fmt::format("must be one of {}", fmt::join(outputs, ", "));
  }
  options.output = value;
  return std::nullopt;
}

Problem SetCompatibility(Options&, string_view value) {
  if (value == CompatibilityLevel()) return std::nullopt;
  return fmt::format("must be {}, the only level that this version knows", CompatibilityLevel());
}

Problem SetBackend(Options& options, string_view value) {
  std::string names;
  for (const SchedulerBackend& backend : SchedulerBackends()) {
    if (backend.name == value) {
      options.scheduler = backend.scheduler_name;
      options.backend = backend.name;
      return std::nullopt;
    }
    names.append(names.empty() ? "" : ", ").append(backend.name);
  }
  return "must be one of " + names;
}

Problem SetKubePodGroups(Options& options, string_view value) {
  if (value == "gang") {
    options.kube_pod_groups = KubePodGroups::kPerGang;
  } else if (value == "clique") {
    options.kube_pod_groups = KubePodGroups::kPerClique;
  } else {
    return "must be one of gang, clique";
  }
  return std::nullopt;
}

Problem SetState(Options& options, string_view value) {
  if (value == "created") {
    options.state = ObjectState::kCreated;
  } else if (value == "at-rest") {
    options.state = ObjectState::kAtRest;
  } else {
    return "must be one of created, at-rest";
  }
  return std::nullopt;
}

Problem SetNow(Options& options, string_view value) {
  const std::optional<Time> time = codec::ParseTime(value);
  if (!time.has_value()) return "must be a time as in 2026-08-01T12:00:00Z";
  options.now = *time;
  return std::nullopt;
}

Problem SetLint(Options& options, string_view value) {
  if (value == "off") {
    options.lint.reset();
    return std::nullopt;
  }
  if (value != "warning" && value != "note") return "must be one of off, warning, note";
  if (!options.lint.has_value()) options.lint.emplace();
  options.lint->least = value == "note" ? Severity::kNote : Severity::kWarning;
  return std::nullopt;
}

Problem DisableLintRules(Options& options, string_view value) {
  while (true) {
    const std::size_t comma = value.find(',');
    const string_view id = value.substr(0, comma);
    if (FindLintRule(id) == nullptr) return fmt::format("there is no lint rule \"{}\"", id);
    options.disabled_lint_rules.emplace_back(id);
    if (comma == string_view::npos) return std::nullopt;
    value.remove_prefix(comma + 1);
  }
}

Problem SetInitContainerImage(Options& options, string_view value) {
  if (value.find('@') != string_view::npos) return "must be REPOSITORY or REPOSITORY:TAG, not a digest";
  // A colon before the last slash belongs to the port of a registry.
  const std::size_t slash = value.rfind('/');
  const std::size_t colon = value.rfind(':');
  const bool tagged = colon != string_view::npos && (slash == string_view::npos || colon > slash);
  options.init_container_image = value.substr(0, tagged ? colon : string_view::npos);
  options.init_container_version = tagged ? value.substr(colon + 1) : string_view{};
  if (options.init_container_image.empty() || (tagged && options.init_container_version.empty())) {
    return "must be REPOSITORY or REPOSITORY:TAG";
  }
  return std::nullopt;
}

// "zone=topology.kubernetes.io/zone,rack=example.com/rack", or keys alone; broadest first.
Problem SetLevels(Options& options, string_view value) {
  options.levels.clear();
  while (true) {
    const std::size_t comma = value.find(',');
    const string_view part = value.substr(0, comma);
    const std::size_t equals = part.find('=');
    TopologyLevel level;
    if (equals != string_view::npos) level.domain = part.substr(0, equals);
    level.key = equals == string_view::npos ? part : part.substr(equals + 1);
    if (level.key.empty()) return "must be DOMAIN=KEY,..., broadest first";
    options.levels.push_back(std::move(level));
    if (comma == string_view::npos) return std::nullopt;
    value = value.substr(comma + 1);
  }
}

Problem SetSteps(Options& options, string_view value) {
  return ParseNumber<std::uint64_t>(value, 1, 1'000'000'000, options.placement.steps_per_gang);
}

Problem SetThreads(Options& options, string_view value) {
  return ParseNumber<std::uint32_t>(value, 1, 256, options.placement.threads);
}

template <bool PlacementOptions::*kMember>
Problem SetPlacementSwitch(Options& options, string_view) {
  options.placement.*kMember = true;
  return std::nullopt;
}

template <std::string PlacementOptions::*kMember>
Problem SetPlacementLevel(Options& options, string_view value) {
  if (value.empty()) return "must be the name or the node label key of a level";
  options.placement.*kMember = value;
  return std::nullopt;
}

Problem SetChanges(Options& options, string_view value) {
  return ParseNumber<std::uint32_t>(value, 0, 10'000, options.changes.emplace());
}

constexpr std::size_t kLargestCount = 1'000'000'000;

constexpr std::array kFlags = {
    Flag{'f', "filename", "PATH", kReading, "file, folder, or - for standard input; repeatable",
         AddText<&Options::inputs>},
    Flag{'R', "recursive", "", kReading, "read folders with all that is below them", SetSwitch<&Options::recursive>},
    Flag{'n', "namespace", "NAME", kReading, "namespace of objects that name none", SetText<&Options::namespace_name>},
    Flag{'o', "output", "FORMAT", kAll, "form of the result", SetOutput},
    Flag{0, "config", "FILE", kReading, "OperatorConfiguration; may also stand among the input",
         SetText<&Options::config_file>},
    Flag{0, "topology", "FILE", kReading, "ClusterTopologyBindings; may also stand among the input; repeatable",
         AddText<&Options::topology_files>},
    Flag{0, "cluster", "FILE", kPlacing,
         "nodes and pods as kubectl get -o json|yaml prints them, or a snapshot (JSON, bytes); repeatable",
         AddText<&Options::cluster_files>},
    Flag{0, "topology-name", "NAME", kPlacing,
         "the ClusterTopologyBinding to see the cluster in, if gangs name several", SetText<&Options::topology_name>},
    Flag{0, "levels", "LEVELS", kPlacing,
         "levels instead of a ClusterTopologyBinding's: DOMAIN=KEY,..., broadest first", SetLevels},
    Flag{0, "lose", "DOMAIN", kCapacity, "a domain or node that is lost: what is left without it; repeatable",
         AddText<&Options::lost_domains>},
    Flag{0, "resource", "NAME", kPlace, "resource that is drawn (default: the cluster's GPUs)",
         SetText<&Options::resource>},
    Flag{0, "lift-gates", "", kPlacing, "pods of PodGangs that only Grove's own gate holds may be placed",
         SetSwitch<&Options::lift_gates>},
    Flag{0, "batch", "", kPlacing, "gangs of equal priority may go in any order, so that more of them fit",
         SetPlacementSwitch<&PlacementOptions::batch>},
    Flag{0, "changes", "NUMBER", kPlace | kExplain,
         "gangs that do not fit for which the smallest changes are looked for (default 4; explain: 16)", SetChanges},
    Flag{0, "spread", "LEVEL", kPlacing, "replicas of a set share as few domains of this level as possible",
         SetPlacementLevel<&PlacementOptions::spread_level>},
    Flag{0, "near-base", "", kPlacing, "scaled gangs go as near to their base as possible",
         SetPlacementSwitch<&PlacementOptions::near_base>},
    Flag{0, "replica-level", "LEVEL", kPlacing, "all gangs of a set's replica must share one domain of this level",
         SetPlacementLevel<&PlacementOptions::replica_level>},
    Flag{0, "balance", "", kPlacing, "where pods use several preferred domains, split them evenly",
         SetPlacementSwitch<&PlacementOptions::balance>},
    Flag{0, "reuse-nodes", "", kPlacing, "keep the nodes that former pods of a gang held",
         SetPlacementSwitch<&PlacementOptions::reuse_nodes>},
    Flag{0, "preempt", "", kPlace | kExplain, "take room from gangs of the cluster that have lower priority",
         SetPlacementSwitch<&PlacementOptions::preempt>},
    Flag{0, "steps", "NUMBER", kPlacing, "steps of search for each gang (default 200000)", SetSteps},
    Flag{0, "threads", "NUMBER", kPlacing, "threads to work with; the result is the same for any (default 1)",
         SetThreads},
    Flag{0, "live", "FILE", kExpand | kDiff, "objects that exist, as of kubectl get -o yaml; repeatable",
         AddText<&Options::live_files>},
    Flag{0, "clean", "", kDiff, "with --live: also delete what the operator leaves behind", SetSwitch<&Options::clean>},
    Flag{0, "backend", "NAME", kExpand | kDiff, "add the objects for a scheduler: kai, volcano, kube, default or lpx",
         SetBackend},
    Flag{0, "kube-pod-groups", "PER", kExpand | kDiff,
         "of --backend kube: one PodGroup per gang (default) or per clique", SetKubePodGroups},
    Flag{0, "loss-report", "FILE", kExpand,
         "write what the scheduler does not carry as JSON; -: to standard output alone",
         SetText<&Options::loss_report>},
    Flag{0, "old", "PATH", kValidate | kDefault,
         "stored PodCliqueSets: those of the input are updates of them; repeatable", AddText<&Options::old_files>},
    Flag{0, "state", "STATE", kExpand, "created: as Grove makes the objects; at-rest: before pods are scheduled",
         SetState},
    Flag{0, "now", "TIME", kExpand, "time told by the statuses of --state at-rest (default 1970-01-01T00:00:00Z)",
         SetNow},
    Flag{0, "seed", "NUMBER", kExpand | kPlacing, "decides the random part of pod names (default 0)", SetSeed},
    Flag{0, "init-container-image", "IMAGE", kExpand, "image of the container that waits for other cliques",
         SetInitContainerImage},
    Flag{0, "pod-cliques", "", kStartup, "draw the PodCliques of the first replica instead of the cliques",
         SetSwitch<&Options::pod_cliques>},
    Flag{0, "ascii", "", kExpand, "draw trees with plain characters", SetSwitch<&Options::ascii>},
    Flag{0, "strict", "", kReading, "unknown fields are errors", SetSwitch<&Options::strict>},
    Flag{0, "lint", "LEVEL", kValidate, "lint findings to report: off, warning, or note for all (default warning)",
         SetLint},
    Flag{0, "disable", "RULES", kValidate, "lint rules to leave out, as in L-021,L-062; repeatable", DisableLintRules},
    Flag{0, "fail-on-lint", "", kValidate, "reported lint findings make the exit code 1",
         SetSwitch<&Options::fail_on_lint>},
    Flag{0, "compat", "LEVEL", kReading, "state of the reference to follow", SetCompatibility},
    Flag{0, "max-bytes", "NUMBER", kReading, "limit: bytes of one input text",
         SetLimit<&Limits::max_input_bytes, Limits::kLargestInputBytes>},
    Flag{0, "max-depth", "NUMBER", kReading, "limit: nesting of lists and objects",
         SetLimit<&Limits::max_depth, Limits::kLargestDepth>},
    Flag{0, "max-documents", "NUMBER", kReading, "limit: objects in one input text",
         SetLimit<&Limits::max_documents, kLargestCount>},
    Flag{0, "max-aliases", "NUMBER", kReading, "limit: YAML aliases in one input text",
         SetLimit<&Limits::max_yaml_aliases, kLargestCount>},
    Flag{0, "max-expanded-values", "NUMBER", kReading, "limit: values of a YAML document, aliases expanded",
         SetLimit<&Limits::max_yaml_expanded_values, kLargestCount>},
    Flag{0, "max-objects", "NUMBER", kExpand | kStartup | kDiff | kPlacing,
         "limit: objects that all PodCliqueSets may become together", SetLimit<&Limits::max_objects, kLargestCount>},
    Flag{0, "max-startup-references", "NUMBER", kExpand | kStartup | kDiff | kPlacing,
         "limit: names in startsAfter of all PodCliques together",
         SetLimit<&Limits::max_startup_references, kLargestCount>},
    Flag{'q', "quiet", "", kReading, "no notes and no summary on standard error", SetSwitch<&Options::quiet>},
    Flag{'h', "help", "", kAll, "this text", SetSwitch<&Options::help>},
};

// One pass over the arguments after the verb.
class Parser {
 public:
  Parser(const Verb& verb, std::span<const string_view> arguments) : arguments_(arguments) {
    result_.options.verb = &verb;
    result_.options.output = verb.outputs.front();
  }

  ParsedOptions Run() && {
    while (next_ < arguments_.size() && result_.problem.empty()) {
      const string_view argument = arguments_[next_++];
      if (only_operands_ || argument == "-" || !argument.starts_with('-')) {
        Operand(argument);
      } else if (argument == "--") {
        only_operands_ = true;
      } else if (argument.starts_with("--")) {
        LongFlag(argument.substr(2));
      } else {
        ShortFlags(argument.substr(1));
      }
    }
    if (result_.options.lint.has_value()) result_.options.lint->disabled = result_.options.disabled_lint_rules;
    return std::move(result_);
  }

 private:
  [[nodiscard]] const Verb& verb() const { return *result_.options.verb; }

  void Operand(string_view argument) {
    if (!verb().reads_input) {
      result_.problem = fmt::format("unexpected argument: {}", argument);
    } else if (argument.empty()) {
      result_.problem = "a file name is empty";
    } else {
      result_.options.inputs.emplace_back(argument);
    }
  }

  void LongFlag(string_view text) {
    const std::size_t equals = text.find('=');
    const string_view name = text.substr(0, equals);
    const auto flag = std::find_if(kFlags.begin(), kFlags.end(), [&](const Flag& f) { return f.name == name; });
    if (!Applies(flag, fmt::format("--{}", name))) return;
    if (equals == string_view::npos) {
      SetFromNext(*flag);
    } else if (flag->argument.empty()) {
      result_.problem = fmt::format("--{} takes no value", name);
    } else {
      Set(*flag, text.substr(equals + 1));
    }
  }

  // `-qR`, `-f x`, `-fx`, `-f=x`.
  void ShortFlags(string_view text) {
    for (std::size_t i = 0; i < text.size() && result_.problem.empty(); ++i) {
      const auto flag =
          std::find_if(kFlags.begin(), kFlags.end(), [&](const Flag& f) { return f.short_name == text[i]; });
      if (!Applies(flag, fmt::format("-{}", text.substr(i, 1)))) return;
      if (flag->argument.empty() || i + 1 == text.size()) {
        SetFromNext(*flag);
        continue;
      }
      const string_view value = text.substr(i + 1);
      Set(*flag, value.starts_with('=') ? value.substr(1) : value);
      return;
    }
  }

  bool Applies(decltype(kFlags)::const_iterator flag, std::string spelling) {
    if (flag == kFlags.end()) {
      result_.problem = fmt::format("unknown option: {}", spelling);
    } else if ((flag->verbs & verb().mask) == 0) {
      result_.problem = fmt::format("{} is no option of this verb", spelling);
    }
    return result_.problem.empty();
  }

  void SetFromNext(const Flag& flag) {
    if (flag.argument.empty()) {
      Set(flag, {});
    } else if (next_ == arguments_.size()) {
      result_.problem = fmt::format("--{} needs a value: {}", flag.name, flag.argument);
    } else {
      Set(flag, arguments_[next_++]);
    }
  }

  void Set(const Flag& flag, string_view value) {
    if (const Problem problem = flag.set(result_.options, value)) {
      result_.problem = fmt::format("--{} {}: {}", flag.name, value, *problem);
    }
  }

  std::span<const string_view> arguments_;
  std::size_t next_ = 0;
  bool only_operands_ = false;
  ParsedOptions result_;
};

}  // namespace

std::span<const Flag> Flags() { return kFlags; }

ParsedOptions ParseOptions(const Verb& verb, std::span<const string_view> arguments) {
  return Parser(verb, arguments).Run();
}

}  // namespace grove::cli
