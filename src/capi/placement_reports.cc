// What placements tell: explanations, and checks by code that places nothing.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "grove/placement_check.hpp"
#include "grove/placement_report.hpp"
#include "grove/placement_wire.hpp"

#include "capi/buffer.h"
#include "capi/guard.h"
#include "capi/handles.h"
#include "capi/json.h"
#include "capi/options.h"
#include "capi/placed.h"
#include "capi/snapshot.h"
#include "grove.h"

namespace grove::capi {

namespace {

using std::string_view;

string_view OutcomeWord(GangOutcome outcome) {
  constexpr string_view kWords[] = {"placed", "infeasible", "notFound", "notReady", "noBase", "invalid"};
  return kWords[static_cast<std::size_t>(outcome)];
}

string_view ChangeWord(FittingChangeKind kind) {
  constexpr string_view kWords[] = {"returnNodes",   "relaxLevels", "lowerMinimums", "fewerScopes",
                                    "fewerReplicas", "freeGangs",   "freeNodes"};
  return kWords[static_cast<std::size_t>(kind)];
}

// Left out if it is empty.
template <class Items, class Write>
void AddObjectsIfAny(Json& json, string_view key, const Items& items, const Write& write) {
  if (!items.empty()) AddObjects(json, key, items, write);
}

void WriteEviction(Json& json, const PlacementInput& input, const Eviction& eviction) {
  const Gang& loser = input.request.gangs[eviction.gang];
  const Gang& winner = input.request.gangs[eviction.for_gang];
  AddText(json, "namespace", loser.gang_namespace);
  AddText(json, "name", loser.name);
  AddText(json, "forNamespace", winner.gang_namespace);
  AddText(json, "forName", winner.name);
  AddBoolean(json, "whole", eviction.whole);
  AddObjects(json, "pods", eviction.pods, [&](const EvictedPod& pod) {
    const GangGroup& group = loser.groups[pod.group];
    AddText(json, "group", group.name);
    AddNumber(json, "active", pod.active);
    AddText(json, "node", input.cluster->node_name(group.active[pod.active].node));
  });
}

void WriteGatedPods(Json& json, const PlacementInput& input, const GatedPods& gated) {
  const Gang& gang = input.request.gangs[gated.gang];
  AddText(json, "namespace", gang.gang_namespace);
  AddText(json, "gang", gang.name);
  AddText(json, "group", gang.groups[gated.group].name);
  AddText(json, "gate", gated.gate);
  AddNumber(json, "pods", gated.pods);
}

Value Explain(const Placed& placed) {
  const PlacementInput& input = placed.input;
  Json json;
  json.StartObject();
  AddNumber(json, "placed", placed.result.placed);
  AddNumber(json, "placedBound", placed.result.placed_bound);
  AddObjects(json, "gangs", placed.result.gangs,
             [&](const GangPlacement& decided) { WriteGang(json, *input.cluster, input.request, decided); });
  AddObjectsIfAny(json, "evictions", placed.result.evictions,
                  [&](const Eviction& eviction) { WriteEviction(json, input, eviction); });
  AddObjectsIfAny(json, "gated", input.gated, [&](const GatedPods& gated) { WriteGatedPods(json, input, gated); });
  AddObjectsIfAny(json, "notEvaluated", input.not_evaluated, [&](const NotEvaluated& unseen) {
    AddText(json, "what", unseen.what);
    AddNumber(json, "pods", unseen.pods);
    AddText(json, "example", unseen.example);
  });
  if (!input.remarks.empty()) {
    AddList(json, "remarks", input.remarks, [&](const std::string& remark) { json.String(remark); });
  }
  json.EndObject();
  return json.Finish();
}

Value DescribeBreaches(const PlacementRequest& request, const std::vector<PlacementBreach>& breaches) {
  Json json;
  json.StartObject();
  AddObjects(json, "breaches", breaches, [&](const PlacementBreach& breach) {
    const Gang& gang = request.gangs[breach.gang];
    AddText(json, "rule", breach.rule);
    AddText(json, "namespace", gang.gang_namespace);
    AddText(json, "gang", gang.name);
    AddText(json, "detail", breach.detail);
  });
  json.EndObject();
  return json.Finish();
}

Outcome CheckPlaced(const Placed& placed, const grove_index* index, OutputFormat format, grove_buffer* result) {
  std::optional<Occupancy> occupancy;
  GROVE_CAPI_TRY(OccupancyOf(placed, index, occupancy));
  const PlacementRequest& request = placed.input.request;
  const Value breaches = DescribeBreaches(request, CheckPlacement(*occupancy, request, placed.result, placed.options));
  *result = MakeBuffer(WriteManifest(breaches, format));
  return {};
}

Outcome CheckAnswer(string_view request_bytes, string_view answer_bytes, grove_encoding encoding,
                    grove_buffer* result) {
  WireFormat format = WireFormat::kBinary;
  GROVE_CAPI_TRY(ReadEncoding(encoding, format));
  WireRequestResult read = ReadPlacementRequest(request_bytes, format);
  if (read.error.has_value()) return WireFailure(*std::move(read.error), "request");
  const WireRequest& wire = *read.request;
  WirePlacementResult answer = ReadPlacementResult(answer_bytes, format, *wire.cluster, wire.request);
  if (answer.error.has_value()) return WireFailure(*std::move(answer.error), "answer");
  const Value breaches = DescribeBreaches(
      wire.request, CheckPlacement(Occupancy(*wire.cluster), wire.request, *answer.result, wire.options));
  *result = MakeBuffer(WriteManifest(breaches, OutputFormat::kCompactJson));
  return {};
}

// What a report on a placement needs.
Outcome RequireReport(const grove_placement* placement, grove_format output, const grove_buffer* result,
                      OutputFormat& format) {
  GROVE_CAPI_TRY(Require(placement, "placement"));
  GROVE_CAPI_TRY(ReadOutputFormat(output, "output", format));
  return RequireResult(result);
}

}  // namespace

void WriteGang(Json& json, const Cluster& cluster, const PlacementRequest& request, const GangPlacement& decided) {
  const Gang& gang = request.gangs[decided.gang];
  AddText(json, "namespace", gang.gang_namespace);
  AddText(json, "name", gang.name);
  AddText(json, "outcome", OutcomeWord(decided.outcome));
  AddNumber(json, "pods", static_cast<std::int64_t>(decided.pods.size()));
  AddTextIfAny(json, "explanation", DescribeCause(cluster, request, decided));
  AddTextIfAny(json, "conflict", DescribeConflict(cluster, request, decided.gang, decided.explanation.conflict));
  AddObjectsIfAny(json, "changes", decided.explanation.changes, [&](const FittingChange& change) {
    AddText(json, "kind", ChangeWord(change.kind));
    AddNumber(json, "size", change.size);
    AddBoolean(json, "minimal", change.minimal);
    AddText(json, "summary", DescribeChange(cluster, request, decided.gang, change));
  });
}

}  // namespace grove::capi

using grove::capi::Guard;
using grove::capi::Outcome;
using grove::capi::Unwrap;

extern "C" grove_status grove_placement_explain(const grove_placement* placement, grove_format output,
                                                grove_buffer* result, grove_error** error) {
  grove::capi::Clear(result);
  return Guard(error, [&]() -> Outcome {
    grove::OutputFormat format = grove::OutputFormat::kCompactJson;
    GROVE_CAPI_TRY(grove::capi::RequireReport(placement, output, result, format));
    *result = grove::capi::MakeBuffer(WriteManifest(grove::capi::Explain(*Unwrap(placement)), format));
    return {};
  });
}

extern "C" grove_status grove_placement_check(const grove_placement* placement, const grove_index* index,
                                              grove_format output, grove_buffer* result, grove_error** error) {
  grove::capi::Clear(result);
  return Guard(error, [&]() -> Outcome {
    grove::OutputFormat format = grove::OutputFormat::kCompactJson;
    GROVE_CAPI_TRY(grove::capi::RequireReport(placement, output, result, format));
    return grove::capi::CheckPlaced(*Unwrap(placement), index, format, result);
  });
}

extern "C" grove_status grove_check_message(const char* request, size_t request_size, const char* answer,
                                            size_t answer_size, grove_encoding encoding, grove_buffer* result,
                                            grove_error** error) {
  grove::capi::Clear(result);
  return Guard(error, [&]() -> Outcome {
    std::string_view request_bytes;
    std::string_view answer_bytes;
    GROVE_CAPI_TRY(grove::capi::ReadText(request, request_size, "request", request_bytes));
    GROVE_CAPI_TRY(grove::capi::ReadText(answer, answer_size, "answer", answer_bytes));
    GROVE_CAPI_TRY(grove::capi::RequireResult(result));
    return grove::capi::CheckAnswer(request_bytes, answer_bytes, encoding, result);
  });
}
