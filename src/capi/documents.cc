// The pure functions of the C interface: texts in, texts out.

#include <algorithm>
#include <string>
#include <utility>

#include "grove/expansion.hpp"
#include "grove/manifest.hpp"
#include "grove/workload.hpp"

#include "capi/buffer.h"
#include "capi/guard.h"
#include "capi/options.h"
#include "capi/workload_texts.h"
#include "grove.h"

namespace grove::capi {

namespace {

Outcome AdmitTexts(const Texts& texts, const grove_admit_options* options, grove_buffer* result) {
  if (result == nullptr) return InvalidArgument("result", "is NULL");
  AdmitSettings settings;
  GROVE_CAPI_TRY(ReadAdmitOptions(options, "options", settings));
  JudgedTexts judged;
  GROVE_CAPI_TRY(JudgeTexts(texts, settings, judged));
  *result = MakeBuffer(WriteManifest(MakeReport(judged), settings.output));
  return {};
}

Outcome CheckLimit(const JudgedTexts& judged, const WorkloadExpansion& expansion) {
  if (expansion.limit_exceeded.empty()) return {};
  const ObjectVerdict& verdict = judged.workload.verdicts[expansion.limit_verdict];
  const ManifestObject& object = judged.objects[verdict.index];
  std::string message =
      DescribeObject(object, verdict.namespace_name) + " exceeds the limit " + expansion.limit_exceeded;
  return Failure{GROVE_RESOURCE_EXHAUSTED,
                 std::move(message),
                 std::string(judged.FileOf(verdict.index)),
                 {},
                 LocationOf(object.document),
                 {}};
}

Outcome CheckComplete(const JudgedTexts& judged, const WorkloadExpansion& expansion) {
  const auto set = std::ranges::find_if(expansion.sets, [](const SetExpansion& each) { return !each.errors.empty(); });
  if (set == expansion.sets.end()) return {};
  const ObjectVerdict& verdict = judged.workload.verdicts[set->verdict];
  const ManifestObject& object = judged.objects[verdict.index];
  std::string message = DescribeObject(object, verdict.namespace_name) +
                        " cannot be expanded to its end: " + set->errors.front().object + ": " +
                        set->errors.front().message;
  return Failure{GROVE_FAILED_PRECONDITION,
                 std::move(message),
                 std::string(judged.FileOf(verdict.index)),
                 {},
                 LocationOf(object.document),
                 MakeReport(judged, &expansion).ToJson()};
}

ObjectSet TakeObjects(WorkloadExpansion expansion) {
  ObjectSet objects;
  for (SetExpansion& set : expansion.sets) AppendObjects(std::move(set.objects), objects);
  return objects;
}

Outcome ExpandTexts(const Texts& texts, const grove_expand_options* options, grove_buffer* result,
                    grove_buffer* report) {
  if (result == nullptr) return InvalidArgument("result", "is NULL");
  if (report == result) return InvalidArgument("report", "is the same buffer as the result");
  ExpandSettings settings;
  GROVE_CAPI_TRY(ReadExpandOptions(options, settings));
  JudgedTexts judged;
  GROVE_CAPI_TRY(JudgeTexts(texts, settings.admit, judged));
  if (!judged.workload.allowed()) return DeniedFailure(judged);
  WorkloadExpansion expansion = ExpandWorkload(judged.workload, std::move(settings.expansion));
  GROVE_CAPI_TRY(CheckLimit(judged, expansion));
  if (!settings.allow_incomplete) GROVE_CAPI_TRY(CheckComplete(judged, expansion));
  std::string report_text;
  if (report != nullptr) report_text = WriteManifest(MakeReport(judged, &expansion), settings.admit.output);
  std::string objects_text = WriteManifest(TakeObjects(std::move(expansion)), settings.output);
  *result = MakeBuffer(std::move(objects_text));
  if (report != nullptr) *report = MakeBuffer(std::move(report_text));
  return {};
}

void Clear(grove_buffer* buffer) {
  if (buffer != nullptr) *buffer = {};
}

}  // namespace

}  // namespace grove::capi

using grove::capi::Guard;

extern "C" grove_status grove_admit(const char* manifest, size_t manifest_size, const char* context,
                                    size_t context_size, grove_format format, const grove_admit_options* options,
                                    grove_buffer* result, grove_error** error) {
  grove::capi::Clear(result);
  return Guard(error, [&] {
    return grove::capi::AdmitTexts({manifest, manifest_size, context, context_size, format}, options, result);
  });
}

extern "C" grove_status grove_expand(const char* manifest, size_t manifest_size, const char* context,
                                     size_t context_size, grove_format format, const grove_expand_options* options,
                                     grove_buffer* result, grove_buffer* report, grove_error** error) {
  grove::capi::Clear(result);
  grove::capi::Clear(report);
  return Guard(error, [&] {
    return grove::capi::ExpandTexts({manifest, manifest_size, context, context_size, format}, options, result, report);
  });
}
