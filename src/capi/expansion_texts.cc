#include "capi/expansion_texts.h"

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "grove/live_objects.hpp"

namespace grove::capi {

namespace {

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

}  // namespace

Outcome ReadExpandSettings(const grove_expand_options* options, grove_format format, ExpandSettings& out) {
  GROVE_CAPI_TRY(ReadExpandOptions(options, out));
  ParseOptions parse{.format = TextFormat::kJson, .limits = out.admit.limits};
  GROVE_CAPI_TRY(ReadInputFormat(format, "format", parse.format));
  if (out.live.empty()) return {};
  std::vector<ManifestObject> objects;
  GROVE_CAPI_TRY(ParseText(out.live, "options->live", parse, objects));
  out.expansion.live = std::make_shared<const LiveObjects>(objects);
  return {};
}

Outcome ExpandTexts(const Texts& texts, const ExpandSettings& settings, ExpandedTexts& out) {
  GROVE_CAPI_TRY(JudgeTexts(texts, settings.admit, out.judged));
  if (!out.judged.workload.allowed()) return DeniedFailure(out.judged);
  out.expansion = ExpandWorkload(out.judged.workload, settings.expansion);
  GROVE_CAPI_TRY(CheckLimit(out.judged, out.expansion));
  return settings.allow_incomplete ? Outcome() : CheckComplete(out.judged, out.expansion);
}

ObjectSet TakeObjects(WorkloadExpansion expansion) {
  ObjectSet objects;
  for (SetExpansion& set : expansion.sets) AppendObjects(std::move(set.objects), objects);
  return objects;
}

}  // namespace grove::capi
