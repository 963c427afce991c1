#include "capi/expansion_texts.h"

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "grove/live_objects.hpp"
#include "grove/topology_sync.hpp"

#include "model/codec.h"
#include "model/fields/scheduler_objects.h"

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

// The bindings that were admitted, with their status, and the topology objects that Grove keeps for them.
void AddTopologies(const JudgedTexts& judged, Time now, std::vector<Value>& documents) {
  TopologySyncOptions options;
  options.configuration = judged.workload.context.configuration;
  options.now = now;
  for (const ManifestObject& object : judged.objects) {
    if (object.kind != KaiTopology::kKind || object.api_version != KaiTopology::kApiVersion) continue;
    options.kai_topologies.push_back(codec::FromValue<KaiTopology>(object.document));
  }
  const std::vector<ClusterTopologyBinding>& bindings = judged.workload.context.topologies;
  TopologySync sync = SyncTopologies(bindings, options);
  for (std::size_t i = 0; i < bindings.size(); ++i) {
    ClusterTopologyBinding binding = bindings[i];
    binding.status = std::move(sync.statuses[i]);
    documents.push_back(ToValue(binding));
  }
  for (const SyncedKaiTopology& synced : sync.kai_topologies) documents.push_back(ToValue(synced.topology));
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

Texts WithStored(const Texts& texts, const ExpandSettings& settings) {
  Texts with = texts;
  with.stored = settings.stored.data();
  with.stored_size = settings.stored.size();
  with.stored_name = "options->stored";
  return with;
}

Outcome ExpandTexts(const Texts& texts, const ExpandSettings& settings, ExpandedTexts& out) {
  GROVE_CAPI_TRY(JudgeTexts(WithStored(texts, settings), settings.admit, out.judged));
  if (!out.judged.workload.allowed()) return DeniedFailure(out.judged);
  out.expansion = ExpandWorkload(out.judged.workload, settings.expansion);
  GROVE_CAPI_TRY(CheckLimit(out.judged, out.expansion));
  return settings.allow_incomplete ? Outcome() : CheckComplete(out.judged, out.expansion);
}

std::vector<Value> WithParents(const ExpandedTexts& expanded, const ExpandSettings& settings) {
  std::vector<Value> documents;
  if (settings.topologies) AddTopologies(expanded.judged, settings.expansion.now, documents);
  if (!settings.sets) return documents;
  for (const SetExpansion& set : expanded.expansion.sets) documents.push_back(ToValue(set.objects.pod_clique_set));
  return documents;
}

ObjectSet TakeObjects(WorkloadExpansion expansion) {
  ObjectSet objects;
  for (SetExpansion& set : expansion.sets) AppendObjects(std::move(set.objects), objects);
  return objects;
}

}  // namespace grove::capi
