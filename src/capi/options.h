// Options of the C interface, checked and in the library's own terms.
#pragma once

#include <string_view>

#include "grove/expansion.hpp"
#include "grove/limits.hpp"
#include "grove/manifest.hpp"
#include "grove/workload.hpp"

#include "capi/failure.h"
#include "grove.h"

namespace grove::capi {

// A UTF-8 text of the caller, by the rule for all inputs: NULL only without a length.
[[nodiscard]] Outcome ReadText(const char* data, std::size_t size, std::string_view argument, std::string_view& out);

// Languages of texts that are read, and of those that are written.
[[nodiscard]] Outcome ReadInputFormat(grove_format format, std::string_view argument, TextFormat& out);

struct AdmitSettings {
  WorkloadOptions workload;
  Limits limits;
  OutputFormat output = OutputFormat::kCompactJson;
};

struct ExpandSettings {
  AdmitSettings admit;
  ExpansionOptions expansion;
  OutputFormat output = OutputFormat::kCompactJson;
  bool allow_incomplete = false;
};

// NULL gives the defaults. `argument` is what the caller knows the options as.
[[nodiscard]] Outcome ReadAdmitOptions(const grove_admit_options* options, std::string_view argument,
                                       AdmitSettings& out);
[[nodiscard]] Outcome ReadExpandOptions(const grove_expand_options* options, ExpandSettings& out);

}  // namespace grove::capi
