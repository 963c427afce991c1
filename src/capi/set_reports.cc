// One document about the sets of a manifest: names, startup order, counts, what schedulers get.

#include <string>
#include <utility>
#include <vector>

#include "grove/live_objects.hpp"
#include "grove/name_budget.hpp"
#include "grove/scaling.hpp"
#include "grove/startup.hpp"
#include "grove/translation.hpp"

#include "capi/buffer.h"
#include "capi/expansion_texts.h"
#include "capi/guard.h"
#include "capi/json.h"
#include "capi/options.h"
#include "capi/workload_texts.h"
#include "grove.h"
#include "planner/startup_report.h"
#include "planner/translate/loss_report.h"

namespace grove::capi {

namespace {

using std::string_view;

// Writes {"sets": [...]}: `describe(object, verdict, value)` gives the entry of each set, or why there is none.
template <class Describe>
Outcome ReportOnSets(const JudgedTexts& judged, OutputFormat output, grove_buffer* result, const Describe& describe) {
  Json json;
  json.StartObject();
  json.Key("sets");
  json.StartArray();
  for (const ObjectVerdict& verdict : judged.workload.verdicts) {
    if (verdict.role != ObjectRole::kPodCliqueSet) continue;
    Value entry;
    GROVE_CAPI_TRY(describe(judged.objects[verdict.index], verdict, entry));
    json.Raw(entry);
  }
  json.EndArray();
  json.EndObject();
  *result = MakeBuffer(WriteManifest(json.Finish(), output));
  return {};
}

Outcome JudgeForReport(const Texts& texts, const grove_admit_options* options, AdmitSettings& settings,
                       JudgedTexts& judged) {
  GROVE_CAPI_TRY(ReadAdmitOptions(options, "options", settings));
  return JudgeTexts(texts, settings, judged);
}

// What a denied set says where defaulting came to an end.
const Value& DocumentOf(const ManifestObject& object, const ObjectVerdict& verdict) {
  return verdict.defaulted.is_null() ? object.document : verdict.defaulted;
}

Outcome ReportNames(const Texts& texts, const grove_admit_options* options, grove_buffer* result) {
  GROVE_CAPI_TRY(RequireResult(result));
  AdmitSettings settings;
  JudgedTexts judged;
  GROVE_CAPI_TRY(JudgeForReport(texts, options, settings, judged));
  const auto describe = [&](const ManifestObject& object, const ObjectVerdict& verdict, Value& entry) -> Outcome {
    const NameBudget budget = BudgetNames(DocumentOf(object, verdict), judged.workload.context.configuration);
    entry = DescribeNameBudget(object, budget,
                               {.file = judged.FileOf(verdict.index), .namespace_name = verdict.namespace_name});
    return {};
  };
  return ReportOnSets(judged, settings.output, result, describe);
}

Failure LimitFailure(const JudgedTexts& judged, const ObjectVerdict& verdict, string_view limit) {
  const ManifestObject& object = judged.objects[verdict.index];
  std::string message = DescribeObject(object, verdict.namespace_name).append(" exceeds the limit ").append(limit);
  return {GROVE_RESOURCE_EXHAUSTED,
          std::move(message),
          std::string(judged.FileOf(verdict.index)),
          {},
          LocationOf(object.document),
          {}};
}

Outcome ReportStartup(const Texts& texts, const grove_admit_options* options, grove_buffer* result) {
  GROVE_CAPI_TRY(RequireResult(result));
  AdmitSettings settings;
  JudgedTexts judged;
  GROVE_CAPI_TRY(JudgeForReport(texts, options, settings, judged));
  ExpansionOptions expansion;
  expansion.configuration = judged.workload.context.configuration;
  expansion.topologies = judged.workload.context.topologies;
  expansion.resource_claim_templates = judged.workload.resource_claim_templates;
  expansion.limits = settings.limits;
  const auto describe = [&](const ManifestObject& object, const ObjectVerdict& verdict, Value& entry) -> Outcome {
    const StartupGraph graph = MakeStartupGraph(DocumentOf(object, verdict));
    StartupPodCliques pod_cliques;
    if (verdict.admitted.has_value()) pod_cliques = MakeStartupPodCliques(*verdict.admitted, expansion);
    if (!pod_cliques.limit_exceeded.empty()) return LimitFailure(judged, verdict, pod_cliques.limit_exceeded);
    entry = planner::DescribeStartup(graph, verdict.admitted.has_value() ? &pod_cliques : nullptr,
                                     {.namespace_name = verdict.namespace_name, .name = object.name});
    return {};
  };
  return ReportOnSets(judged, settings.output, result, describe);
}

void WriteReplica(Json& json, const SetReplicaCount& replica) {
  AddNumber(json, "index", replica.index);
  AddNumber(json, "pods", replica.pods);
  AddObjects(json, "podCliques", replica.pod_cliques, [&](const PodCliqueCount& each) {
    AddText(json, "name", each.name);
    AddNumber(json, "replicas", each.replicas);
    AddNumber(json, "minAvailable", each.min_available);
  });
  AddObjects(json, "scalingGroups", replica.scaling_groups, [&](const ScalingGroupCount& each) {
    AddText(json, "name", each.name);
    AddNumber(json, "replicas", each.replicas);
    AddNumber(json, "minAvailable", each.min_available);
    AddNumber(json, "pods", each.pods);
  });
  AddObjects(json, "gangs", replica.gangs, [&](const GangCount& each) {
    AddText(json, "name", each.name);
    AddBoolean(json, "scaled", each.scaled);
    AddList(json, "podCliques", each.pod_cliques, [&](const std::string& name) { json.String(name); });
    AddNumber(json, "minPods", each.min_pods);
  });
}

Value DescribeCount(const SetCount& count, string_view namespace_name, string_view name) {
  Json json;
  json.StartObject();
  AddText(json, "namespace", namespace_name);
  AddText(json, "name", name);
  AddNumber(json, "podCliques", count.pod_cliques);
  AddNumber(json, "gangs", count.gangs);
  AddNumber(json, "pods", count.pods);
  AddObjects(json, "replicas", count.replicas, [&](const SetReplicaCount& each) { WriteReplica(json, each); });
  json.EndObject();
  return json.Finish();
}

Outcome ReportScaling(const Texts& texts, const grove_expand_options* options, grove_buffer* result) {
  GROVE_CAPI_TRY(RequireResult(result));
  ExpandSettings settings;
  GROVE_CAPI_TRY(ReadExpandSettings(options, texts.format, settings));
  JudgedTexts judged;
  GROVE_CAPI_TRY(JudgeTexts(WithStored(texts, settings), settings.admit, judged));
  if (!judged.workload.allowed()) return DeniedFailure(judged);
  const auto describe = [&](const ManifestObject& object, const ObjectVerdict& verdict, Value& entry) -> Outcome {
    ObjectSet live;
    if (settings.expansion.live != nullptr) live = settings.expansion.live->Of(verdict.namespace_name, object.name);
    const absl::StatusOr<SetCount> count = CountObjects(verdict.admitted->set(), live, settings.admit.limits);
    if (!count.ok()) return LimitFailure(judged, verdict, "max_objects");
    entry = DescribeCount(*count, verdict.namespace_name, object.name);
    return {};
  };
  return ReportOnSets(judged, settings.output, result, describe);
}

Outcome ReportTranslation(const Texts& texts, const grove_expand_options* options, grove_buffer* result) {
  GROVE_CAPI_TRY(RequireResult(result));
  ExpandSettings settings;
  GROVE_CAPI_TRY(ReadExpandSettings(options, texts.format, settings));
  settings.expansion.scheduler_objects = true;
  ExpandedTexts expanded;
  GROVE_CAPI_TRY(ExpandTexts(texts, settings, expanded));
  std::vector<TranslationLoss> losses;
  Json json;
  json.StartObject();
  json.Key("objects");
  json.StartArray();
  for (const SetExpansion& set : expanded.expansion.sets) {
    for (const SchedulerObject& object : set.objects.scheduler_objects) json.Raw(object.document);
    losses.insert(losses.end(), set.losses.begin(), set.losses.end());
  }
  json.EndArray();
  json.Key("losses");
  json.Raw(planner::DescribeLosses(losses));
  json.EndObject();
  *result = MakeBuffer(WriteManifest(json.Finish(), settings.output));
  return {};
}

}  // namespace

}  // namespace grove::capi

using grove::capi::Guard;

extern "C" grove_status grove_names(const char* manifest, size_t manifest_size, const char* context,
                                    size_t context_size, grove_format format, const grove_admit_options* options,
                                    grove_buffer* result, grove_error** error) {
  grove::capi::Clear(result);
  return Guard(error, [&] {
    return grove::capi::ReportNames({manifest, manifest_size, context, context_size, format}, options, result);
  });
}

extern "C" grove_status grove_startup(const char* manifest, size_t manifest_size, const char* context,
                                      size_t context_size, grove_format format, const grove_admit_options* options,
                                      grove_buffer* result, grove_error** error) {
  grove::capi::Clear(result);
  return Guard(error, [&] {
    return grove::capi::ReportStartup({manifest, manifest_size, context, context_size, format}, options, result);
  });
}

extern "C" grove_status grove_scaling(const char* manifest, size_t manifest_size, const char* context,
                                      size_t context_size, grove_format format, const grove_expand_options* options,
                                      grove_buffer* result, grove_error** error) {
  grove::capi::Clear(result);
  return Guard(error, [&] {
    return grove::capi::ReportScaling({manifest, manifest_size, context, context_size, format}, options, result);
  });
}

extern "C" grove_status grove_translate(const char* manifest, size_t manifest_size, const char* context,
                                        size_t context_size, grove_format format, const grove_expand_options* options,
                                        grove_buffer* result, grove_error** error) {
  grove::capi::Clear(result);
  return Guard(error, [&] {
    return grove::capi::ReportTranslation({manifest, manifest_size, context, context_size, format}, options, result);
  });
}
