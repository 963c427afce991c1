// Admission and expansion: texts in, texts out.

#include <string>
#include <utility>

#include "grove/manifest.hpp"

#include "capi/buffer.h"
#include "capi/expansion_texts.h"
#include "capi/guard.h"
#include "capi/options.h"
#include "capi/workload_texts.h"
#include "grove.h"

namespace grove::capi {

namespace {

Outcome AdmitTexts(const Texts& texts, const grove_admit_options* options, grove_buffer* result) {
  GROVE_CAPI_TRY(RequireResult(result));
  AdmitSettings settings;
  GROVE_CAPI_TRY(ReadAdmitOptions(options, "options", settings));
  JudgedTexts judged;
  GROVE_CAPI_TRY(JudgeTexts(texts, settings, judged));
  *result = MakeBuffer(WriteManifest(MakeReport(judged), settings.output));
  return {};
}

Outcome WriteExpansion(const Texts& texts, const grove_expand_options* options, grove_buffer* result,
                       grove_buffer* report) {
  GROVE_CAPI_TRY(RequireResult(result));
  if (report == result) return InvalidArgument("report", "is the same buffer as the result");
  ExpandSettings settings;
  GROVE_CAPI_TRY(ReadExpandSettings(options, texts.format, settings));
  ExpandedTexts expanded;
  GROVE_CAPI_TRY(ExpandTexts(texts, settings, expanded));
  std::string report_text;
  if (report != nullptr) {
    report_text = WriteManifest(MakeReport(expanded.judged, &expanded.expansion), settings.admit.output);
  }
  const std::vector<Value> first = WithParents(expanded, settings);
  std::string objects_text = WriteManifest(TakeObjects(std::move(expanded.expansion)), settings.output, first);
  *result = MakeBuffer(std::move(objects_text));
  if (report != nullptr) *report = MakeBuffer(std::move(report_text));
  return {};
}

}  // namespace

}  // namespace grove::capi

using grove::capi::Guard;
using grove::capi::Texts;

extern "C" grove_status grove_admit(const char* manifest, size_t manifest_size, const char* context,
                                    size_t context_size, grove_format format, const grove_admit_options* options,
                                    grove_buffer* result, grove_error** error) {
  grove::capi::Clear(result);
  return Guard(error, [&] {
    return grove::capi::AdmitTexts({manifest, manifest_size, context, context_size, format}, options, result);
  });
}

extern "C" grove_status grove_admit_update(const char* manifest, size_t manifest_size, const char* stored,
                                           size_t stored_size, const char* context, size_t context_size,
                                           grove_format format, const grove_admit_options* options,
                                           grove_buffer* result, grove_error** error) {
  grove::capi::Clear(result);
  return Guard(error, [&] {
    const Texts texts = {manifest, manifest_size, context, context_size, format, stored, stored_size};
    return grove::capi::AdmitTexts(texts, options, result);
  });
}

extern "C" grove_status grove_expand(const char* manifest, size_t manifest_size, const char* context,
                                     size_t context_size, grove_format format, const grove_expand_options* options,
                                     grove_buffer* result, grove_buffer* report, grove_error** error) {
  grove::capi::Clear(result);
  grove::capi::Clear(report);
  return Guard(error, [&] {
    return grove::capi::WriteExpansion({manifest, manifest_size, context, context_size, format}, options, result,
                                       report);
  });
}
