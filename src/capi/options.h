// Options of the C interface, checked and in the library's own terms.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "grove/capacity.hpp"
#include "grove/expansion.hpp"
#include "grove/limits.hpp"
#include "grove/lint.hpp"
#include "grove/manifest.hpp"
#include "grove/placement.hpp"
#include "grove/workload.hpp"

#include "capi/failure.h"
#include "grove.h"

namespace grove::capi {

// A UTF-8 text of the caller, by the rule for all inputs: NULL only without a length.
[[nodiscard]] Outcome ReadText(const char* data, std::size_t size, std::string_view argument, std::string_view& out);

// Languages of texts that are read, and of those that are written.
[[nodiscard]] Outcome ReadInputFormat(grove_format format, std::string_view argument, TextFormat& out);
[[nodiscard]] Outcome ReadOutputFormat(grove_format format, std::string_view argument, OutputFormat& out);

// A uint32_t that is 0 or 1.
[[nodiscard]] Outcome ReadSwitch(std::uint32_t value, std::string_view argument, bool& out);

struct AdmitSettings {
  WorkloadOptions workload;
  Limits limits;
  OutputFormat output = OutputFormat::kCompactJson;
  std::optional<LintOptions> lint;
  bool structurally_defaulted = false;
};

struct ExpandSettings {
  AdmitSettings admit;
  ExpansionOptions expansion;
  OutputFormat output = OutputFormat::kCompactJson;
  bool allow_incomplete = false;
  bool sets = false;
  bool topologies = false;
  std::string_view live;    // text of the caller
  std::string_view stored;  // text of the caller
};

[[nodiscard]] Outcome ReadLimits(const grove_limits* options, std::string_view argument, Limits& out);

struct SnapshotSettings {
  std::string topology;
  bool lift_gates = false;
  bool keep_labels = false;
  bool ignore_gangs = false;
  Limits limits;
};

struct CapacitySettings {
  CapacityOptions counting;
  std::string gang;
  std::string group;
  std::string lost;  // separated by commas
  std::uint32_t worst_losses = 0;
};

// NULL gives the defaults. `argument` is what the caller knows the options as.
[[nodiscard]] Outcome ReadAdmitOptions(const grove_admit_options* options, std::string_view argument,
                                       AdmitSettings& out);
[[nodiscard]] Outcome ReadSnapshotOptions(const grove_snapshot_options* options, SnapshotSettings& out);
[[nodiscard]] Outcome ReadPlaceOptions(const grove_place_options* options, std::string_view argument,
                                       PlacementOptions& out);
[[nodiscard]] Outcome ReadCapacityOptions(const grove_capacity_options* options, CapacitySettings& out);
[[nodiscard]] Outcome ReadExpandOptions(const grove_expand_options* options, ExpandSettings& out);

}  // namespace grove::capi
