// From the texts of a call to a workload, and from a workload to its report.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "grove/manifest.hpp"
#include "grove/value.hpp"
#include "grove/workload.hpp"

#include "capi/failure.h"
#include "capi/options.h"

namespace grove::capi {

// The parameters of a call that describe its texts.
struct Texts {
  const char* manifest = nullptr;
  std::size_t manifest_size = 0;
  const char* context = nullptr;
  std::size_t context_size = 0;
  grove_format format = GROVE_FORMAT_JSON;
  const char* stored = nullptr;
  std::size_t stored_size = 0;
  std::string_view name = "manifest";  // parameter that the manifest is
  std::string_view stored_name = "stored";
};

struct JudgedTexts {
  // Name of the parameter that an object came from.
  [[nodiscard]] std::string_view FileOf(std::size_t index) const {
    return index < context_objects ? "context" : manifest_name;
  }

  std::vector<ManifestObject> objects;  // those of `context`, then those of `manifest`
  std::size_t context_objects = 0;
  std::string_view manifest_name;
  std::vector<ManifestObject> stored;
  Workload workload;
  std::optional<LintOptions> lint;
  bool structurally_defaulted = false;
};

// The objects of one text of the caller, behind those that `out` has.
[[nodiscard]] Outcome ParseText(std::string_view text, std::string_view argument, const ParseOptions& options,
                                std::vector<ManifestObject>& out);

// Parses and judges. Fails if a text is malformed, if the objects contradict each other, or if the configuration is
// denied.
[[nodiscard]] Outcome JudgeTexts(const Texts& texts, const AdmitSettings& settings, JudgedTexts& out);

// The report of grove.h; with `expansion` also what kept sets from being expanded to their end.
[[nodiscard]] Value MakeReport(const JudgedTexts& judged, const WorkloadExpansion* expansion = nullptr);

// The failure that the first error of the verdicts is. Requires that there is one.
[[nodiscard]] Failure DeniedFailure(const JudgedTexts& judged);

// "PodCliqueSet default/x", without what is empty.
[[nodiscard]] std::string DescribeObject(const ManifestObject& object, std::string_view namespace_name);

}  // namespace grove::capi
