#include "capi/options.h"

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <string>
#include <utility>
#include <vector>

#include "grove/translation.hpp"

#include "model/utf8.h"

namespace grove::capi {

namespace {

using std::string_view;

// A struct_size beyond this is no size, but memory that nobody initialised.
constexpr std::size_t kLargestStruct = 4096;

// The end of the year 9999, the last one that a time in a manifest can tell.
constexpr std::int64_t kLatestTime = 253'402'300'799;

// Bytes of the first released version of each struct: no caller has a shorter one.
template <class Options>
constexpr std::size_t kFirstSize = 0;
template <>
constexpr std::size_t kFirstSize<grove_limits> = offsetof(grove_limits, max_startup_references) + sizeof(std::uint64_t);
template <>
constexpr std::size_t kFirstSize<grove_admit_options> = offsetof(grove_admit_options, limits) + sizeof(void*);
template <>
constexpr std::size_t kFirstSize<grove_expand_options> = offsetof(grove_expand_options, admit) + sizeof(void*);

template <>
constexpr std::size_t kFirstSize<grove_snapshot_options> = offsetof(grove_snapshot_options, limits) + sizeof(void*);
template <>
constexpr std::size_t kFirstSize<grove_place_options> = offsetof(grove_place_options, replica_level_size) +
                                                        sizeof(std::size_t);
template <>
constexpr std::size_t kFirstSize<grove_capacity_options> = offsetof(grove_capacity_options, place) + sizeof(void*);

// Bounds on what one call may take of the machine.
constexpr std::uint32_t kMostThreads = 256;
constexpr std::uint64_t kMostSteps = 100'000'000;
constexpr std::uint32_t kMostRounds = 10'000;
constexpr std::uint32_t kMostExplained = 10'000;
constexpr std::uint32_t kMostCopies = 10'000'000;
constexpr std::uint32_t kMostCopiedPods = 4'000'000;
constexpr std::uint32_t kMostLosses = 10'000;

std::string Join(string_view argument, string_view member) {
  return std::string(argument) + "->" + std::string(member);
}

// Copies what both sides know over the defaults in `ours`. What only the caller knows must be zero.
template <class Options>
Outcome CopyOptions(const Options* theirs, string_view argument, Options& ours) {
  static_assert(sizeof(Options) <= kLargestStruct);
  std::uint32_t size = 0;
  std::memcpy(&size, theirs, sizeof size);
  if (size < kFirstSize<Options> || size > kLargestStruct) {
    return InvalidArgument(Join(argument, "struct_size"), "must be the size of the struct, as its ..._INIT sets it");
  }
  const auto* bytes = reinterpret_cast<const unsigned char*>(theirs);
  const bool unknown = std::any_of(bytes + std::min<std::size_t>(size, sizeof ours), bytes + size,
                                   [](unsigned char byte) { return byte != 0; });
  if (unknown) return InvalidArgument(argument, "sets options that this version of the library does not know");
  std::memcpy(&ours, theirs, std::min<std::size_t>(size, sizeof ours));
  return {};
}

// The number behind an enum that may hold any value.
template <class Enum>
std::uint32_t NumberOf(const Enum& value) {
  static_assert(sizeof(Enum) == sizeof(std::uint32_t));
  std::uint32_t number = 0;
  std::memcpy(&number, &value, sizeof number);
  return number;
}

Outcome CheckYaml(string_view argument) {
#if GROVE_WITH_YAML
  static_cast<void>(argument);
  return {};
#else
  return Failure{GROVE_UNIMPLEMENTED, "the library was built without YAML", std::string(argument), {}, {}, {}};
#endif
}

Outcome UnknownFormat(string_view argument) { return InvalidArgument(argument, "is no format"); }

// A text option; NULL leaves the default.
Outcome ReadTextOption(const char* data, std::size_t size, const std::string& argument, std::string& out) {
  string_view text;
  GROVE_CAPI_TRY(ReadText(data, size, argument, text));
  if (data == nullptr) return {};
  if (text.empty()) return InvalidArgument(argument, "must not be empty");
  if (internal::ValidUtf8Prefix(text) != text.size()) return InvalidArgument(argument, "must be UTF-8");
  out = text;
  return {};
}

struct LimitRow {
  string_view name;
  std::uint64_t grove_limits::*theirs;
  std::size_t Limits::*ours;
  std::size_t largest;
};
constexpr LimitRow kLimits[] = {
    {"max_input_bytes", &grove_limits::max_input_bytes, &Limits::max_input_bytes, Limits::kLargestInputBytes},
    {"max_documents", &grove_limits::max_documents, &Limits::max_documents, SIZE_MAX},
    {"max_yaml_aliases", &grove_limits::max_yaml_aliases, &Limits::max_yaml_aliases, SIZE_MAX},
    {"max_yaml_expanded_values", &grove_limits::max_yaml_expanded_values, &Limits::max_yaml_expanded_values, SIZE_MAX},
    {"max_objects", &grove_limits::max_objects, &Limits::max_objects, SIZE_MAX},
    {"max_startup_references", &grove_limits::max_startup_references, &Limits::max_startup_references, SIZE_MAX},
};

Outcome ReadLimit(std::uint64_t value, const std::string& argument, std::size_t largest, std::size_t& out) {
  if (value > largest) return InvalidArgument(argument, "must be at most " + std::to_string(largest));
  if (value != 0) out = static_cast<std::size_t>(value);
  return {};
}

// As ReadLimit, of a member that is no size.
template <class Number>
Outcome ReadBound(Number value, const std::string& argument, Number largest, Number& out) {
  if (value > largest) return InvalidArgument(argument, "must be at most " + std::to_string(largest));
  if (value != 0) out = value;
  return {};
}

Outcome ReadLint(const grove_admit_options& admit, string_view argument, std::optional<LintOptions>& out) {
  switch (NumberOf(admit.lint)) {
    case GROVE_LINT_OFF:
      return {};
    case GROVE_LINT_WARNINGS:
      out = LintOptions{.least = Severity::kWarning, .disabled = {}};
      break;
    case GROVE_LINT_NOTES:
      out = LintOptions{.least = Severity::kNote, .disabled = {}};
      break;
    default:
      return InvalidArgument(Join(argument, "lint"), "is no choice of findings");
  }
  std::string disabled;
  const std::string member = Join(argument, "lint_disabled");
  GROVE_CAPI_TRY(ReadTextOption(admit.lint_disabled, admit.lint_disabled_size, member, disabled));
  for (std::size_t begin = 0; begin < disabled.size();) {
    const std::size_t end = std::min(disabled.find(',', begin), disabled.size());
    std::string id = disabled.substr(begin, end - begin);
    if (FindLintRule(id) == nullptr) return InvalidArgument(member, "names a rule that does not exist");
    out->disabled.push_back(std::move(id));
    begin = end + 1;
  }
  return {};
}

}  // namespace

Outcome ReadSwitch(std::uint32_t value, string_view argument, bool& out) {
  if (value > 1) return InvalidArgument(argument, "must be 0 or 1");
  out = value == 1;
  return {};
}

Outcome ReadOutputFormat(grove_format format, string_view argument, OutputFormat& out) {
  switch (NumberOf(format)) {
    case GROVE_FORMAT_JSON:
      out = OutputFormat::kCompactJson;
      return {};
    case GROVE_FORMAT_JSON_INDENTED:
      out = OutputFormat::kJson;
      return {};
    case GROVE_FORMAT_YAML:
      out = OutputFormat::kYaml;
      return CheckYaml(argument);
    default:
      return UnknownFormat(argument);
  }
}

Outcome ReadLimits(const grove_limits* options, string_view argument, Limits& out) {
  if (options == nullptr) return {};
  grove_limits limits = GROVE_LIMITS_INIT;
  GROVE_CAPI_TRY(CopyOptions(options, argument, limits));
  GROVE_CAPI_TRY(ReadLimit(limits.max_depth, Join(argument, "max_depth"), Limits::kLargestDepth, out.max_depth));
  for (const LimitRow& row : kLimits) {
    GROVE_CAPI_TRY(ReadLimit(limits.*row.theirs, Join(argument, row.name), row.largest, out.*row.ours));
  }
  return {};
}

Outcome ReadText(const char* data, std::size_t size, string_view argument, string_view& out) {
  if (data == nullptr && size != 0) return InvalidArgument(argument, "is NULL, but its size is not 0");
  out = data == nullptr ? string_view{} : string_view(data, size);
  return {};
}

Outcome ReadInputFormat(grove_format format, string_view argument, TextFormat& out) {
  switch (NumberOf(format)) {
    case GROVE_FORMAT_JSON:
    case GROVE_FORMAT_JSON_INDENTED:
      out = TextFormat::kJson;
      return {};
    case GROVE_FORMAT_YAML:
      out = TextFormat::kYaml;
      return CheckYaml(argument);
    default:
      return UnknownFormat(argument);
  }
}

Outcome ReadAdmitOptions(const grove_admit_options* options, string_view argument, AdmitSettings& out) {
  if (options == nullptr) return {};
  grove_admit_options admit = GROVE_ADMIT_OPTIONS_INIT;
  GROVE_CAPI_TRY(CopyOptions(options, argument, admit));
  GROVE_CAPI_TRY(ReadOutputFormat(admit.output, Join(argument, "output"), out.output));
  GROVE_CAPI_TRY(ReadSwitch(admit.strict, Join(argument, "strict"), out.workload.strict));
  GROVE_CAPI_TRY(ReadSwitch(admit.all_stages, Join(argument, "all_stages"), out.workload.all_stages));
  GROVE_CAPI_TRY(ReadTextOption(admit.default_namespace, admit.default_namespace_size,
                                Join(argument, "default_namespace"), out.workload.namespace_name));
  GROVE_CAPI_TRY(ReadTextOption(admit.default_scheduler, admit.default_scheduler_size,
                                Join(argument, "default_scheduler"), out.workload.default_scheduler));
  GROVE_CAPI_TRY(
      ReadSwitch(admit.structurally_defaulted, Join(argument, "structurally_defaulted"), out.structurally_defaulted));
  GROVE_CAPI_TRY(ReadSwitch(admit.bindings_enable_topology, Join(argument, "bindings_enable_topology"),
                            out.workload.bindings_enable_topology));
  if (admit.reserved != 0) return InvalidArgument(Join(argument, "reserved"), "must be 0");
  GROVE_CAPI_TRY(ReadLint(admit, argument, out.lint));
  return ReadLimits(admit.limits, Join(argument, "limits"), out.limits);
}

namespace {

Outcome ReadBackend(const grove_expand_options& expand, ExpansionOptions& out) {
  switch (NumberOf(expand.pod_groups)) {
    case GROVE_POD_GROUPS_PER_GANG:
      out.kube_pod_groups = KubePodGroups::kPerGang;
      break;
    case GROVE_POD_GROUPS_PER_CLIQUE:
      out.kube_pod_groups = KubePodGroups::kPerClique;
      break;
    default:
      return InvalidArgument("options->pod_groups", "is no way to cut gangs");
  }
  GROVE_CAPI_TRY(ReadTextOption(expand.backend, expand.backend_size, "options->backend", out.backend));
  const std::vector<SchedulerBackend> backends = SchedulerBackends();
  const bool known = std::ranges::any_of(backends, [&](const SchedulerBackend& each) {
    return each.name == out.backend || each.scheduler_name == out.backend;
  });
  if (!out.backend.empty() && !known) return InvalidArgument("options->backend", "is no scheduler backend");
  return {};
}

}  // namespace

Outcome ReadExpandOptions(const grove_expand_options* options, ExpandSettings& out) {
  if (options == nullptr) return {};
  constexpr string_view kArgument = "options";
  grove_expand_options expand = GROVE_EXPAND_OPTIONS_INIT;
  GROVE_CAPI_TRY(CopyOptions(options, kArgument, expand));
  GROVE_CAPI_TRY(ReadOutputFormat(expand.output, Join(kArgument, "output"), out.output));
  switch (NumberOf(expand.state)) {
    case GROVE_OBJECT_STATE_CREATED:
      out.expansion.state = ObjectState::kCreated;
      break;
    case GROVE_OBJECT_STATE_AT_REST:
      out.expansion.state = ObjectState::kAtRest;
      break;
    default:
      return InvalidArgument(Join(kArgument, "state"), "is no state of objects");
  }
  GROVE_CAPI_TRY(
      ReadSwitch(expand.scheduler_objects, Join(kArgument, "scheduler_objects"), out.expansion.scheduler_objects));
  GROVE_CAPI_TRY(ReadSwitch(expand.allow_incomplete, Join(kArgument, "allow_incomplete"), out.allow_incomplete));
  GROVE_CAPI_TRY(ReadSwitch(expand.sets, Join(kArgument, "sets"), out.sets));
  GROVE_CAPI_TRY(ReadSwitch(expand.topologies, Join(kArgument, "topologies"), out.topologies));
  GROVE_CAPI_TRY(ReadBackend(expand, out.expansion));
  GROVE_CAPI_TRY(ReadText(expand.live, expand.live_size, Join(kArgument, "live"), out.live));
  GROVE_CAPI_TRY(ReadText(expand.stored, expand.stored_size, Join(kArgument, "stored"), out.stored));
  if (expand.now < 0 || expand.now > kLatestTime) {
    return InvalidArgument(Join(kArgument, "now"), "must be in the years 1970 to 9999");
  }
  out.expansion.seed = expand.seed;
  out.expansion.now.unix_seconds = expand.now;
  GROVE_CAPI_TRY(ReadTextOption(expand.init_container_image, expand.init_container_image_size,
                                Join(kArgument, "init_container_image"), out.expansion.init_container_image));
  GROVE_CAPI_TRY(ReadTextOption(expand.init_container_version, expand.init_container_version_size,
                                Join(kArgument, "init_container_version"), out.expansion.init_container_version));
  GROVE_CAPI_TRY(ReadAdmitOptions(expand.admit, Join(kArgument, "admit"), out.admit));
  out.expansion.limits = out.admit.limits;
  return {};
}

Outcome ReadSnapshotOptions(const grove_snapshot_options* options, SnapshotSettings& out) {
  if (options == nullptr) return {};
  grove_snapshot_options snapshot = GROVE_SNAPSHOT_OPTIONS_INIT;
  GROVE_CAPI_TRY(CopyOptions(options, "options", snapshot));
  GROVE_CAPI_TRY(ReadSwitch(snapshot.lift_gates, "options->lift_gates", out.lift_gates));
  GROVE_CAPI_TRY(ReadSwitch(snapshot.keep_labels, "options->keep_labels", out.keep_labels));
  GROVE_CAPI_TRY(ReadSwitch(snapshot.ignore_gangs, "options->ignore_gangs", out.ignore_gangs));
  GROVE_CAPI_TRY(ReadTextOption(snapshot.topology, snapshot.topology_size, "options->topology", out.topology));
  return ReadLimits(snapshot.limits, "options->limits", out.limits);
}

Outcome ReadPlaceOptions(const grove_place_options* options, string_view argument, PlacementOptions& out) {
  if (options == nullptr) return {};
  grove_place_options place = GROVE_PLACE_OPTIONS_INIT;
  GROVE_CAPI_TRY(CopyOptions(options, argument, place));
  GROVE_CAPI_TRY(ReadBound(place.threads, Join(argument, "threads"), kMostThreads, out.threads));
  GROVE_CAPI_TRY(ReadBound(place.steps_per_gang, Join(argument, "steps_per_gang"), kMostSteps, out.steps_per_gang));
  GROVE_CAPI_TRY(ReadBound(place.batch_rounds, Join(argument, "batch_rounds"), kMostRounds, out.batch_rounds));
  GROVE_CAPI_TRY(
      ReadBound(place.explain_changes, Join(argument, "explain_changes"), kMostExplained, out.explain_changes));
  bool without_causes = false;
  GROVE_CAPI_TRY(ReadSwitch(place.without_causes, Join(argument, "without_causes"), without_causes));
  out.explain = !without_causes;
  GROVE_CAPI_TRY(ReadSwitch(place.batch, Join(argument, "batch"), out.batch));
  GROVE_CAPI_TRY(ReadSwitch(place.near_base, Join(argument, "near_base"), out.near_base));
  GROVE_CAPI_TRY(ReadSwitch(place.balance, Join(argument, "balance"), out.balance));
  GROVE_CAPI_TRY(ReadSwitch(place.reuse_nodes, Join(argument, "reuse_nodes"), out.reuse_nodes));
  GROVE_CAPI_TRY(ReadSwitch(place.preempt, Join(argument, "preempt"), out.preempt));
  GROVE_CAPI_TRY(
      ReadTextOption(place.spread_level, place.spread_level_size, Join(argument, "spread_level"), out.spread_level));
  return ReadTextOption(place.replica_level, place.replica_level_size, Join(argument, "replica_level"),
                        out.replica_level);
}

Outcome ReadCapacityOptions(const grove_capacity_options* options, CapacitySettings& out) {
  if (options == nullptr) return {};
  grove_capacity_options capacity = GROVE_CAPACITY_OPTIONS_INIT;
  GROVE_CAPI_TRY(CopyOptions(options, "options", capacity));
  GROVE_CAPI_TRY(ReadBound(capacity.most_copies, "options->most_copies", kMostCopies, out.counting.max_replicas));
  GROVE_CAPI_TRY(ReadBound(capacity.most_pods, "options->most_pods", kMostCopiedPods, out.counting.max_pods));
  GROVE_CAPI_TRY(ReadBound(capacity.worst_losses, "options->worst_losses", kMostLosses, out.worst_losses));
  GROVE_CAPI_TRY(ReadTextOption(capacity.gang, capacity.gang_size, "options->gang", out.gang));
  GROVE_CAPI_TRY(ReadTextOption(capacity.group, capacity.group_size, "options->group", out.group));
  GROVE_CAPI_TRY(ReadTextOption(capacity.lost, capacity.lost_size, "options->lost", out.lost));
  if (!out.group.empty() && out.gang.empty()) return InvalidArgument("options->group", "needs the gang that it is in");
  return ReadPlaceOptions(capacity.place, "options->place", out.counting.placement);
}

}  // namespace grove::capi
