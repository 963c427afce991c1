// Placing, and what placements tell.

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "grove/capacity.hpp"
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

std::uint32_t ClassOf(const GangGroup& group, std::uint32_t candidate) {
  for (const CandidatePods& run : group.candidates) {
    if (candidate < run.count) return run.pod_class;
    candidate -= run.count;
  }
  return group.candidates.back().pod_class;
}

namespace {

using std::string_view;

static_assert(static_cast<int>(GangOutcome::kPlaced) == GROVE_OUTCOME_PLACED);
static_assert(static_cast<int>(GangOutcome::kInfeasible) == GROVE_OUTCOME_INFEASIBLE);
static_assert(static_cast<int>(GangOutcome::kNotFound) == GROVE_OUTCOME_NOT_FOUND);
static_assert(static_cast<int>(GangOutcome::kNotReady) == GROVE_OUTCOME_NOT_READY);
static_assert(static_cast<int>(GangOutcome::kNoBase) == GROVE_OUTCOME_NO_BASE);
static_assert(static_cast<int>(GangOutcome::kInvalid) == GROVE_OUTCOME_INVALID);

const char* CandidateName(const PlacementInput& input, std::uint32_t gang, const PodPlacement& pod) {
  const auto& names = input.candidate_names[gang][pod.group];
  return pod.candidate < names.size() ? names[pod.candidate].c_str() : "";
}

const char* NodeName(Placed& placed, NodeIndex node) {
  const auto [named, added] = placed.node_names.try_emplace(node);
  if (added) named->second = placed.input.cluster->node_name(node);
  return named->second.c_str();
}

Outcome PlaceWorkload(const Snapshot& snapshot, const ExpandedWorkload* workload, const grove_place_options* options,
                      Placed& out) {
  PlacementOptions settings;
  GROVE_CAPI_TRY(ReadPlaceOptions(options, settings));
  GROVE_CAPI_TRY(ReadInput(snapshot, workload, out.input));
  absl::StatusOr<PlacementResult> result = Place(Occupancy(*out.input.cluster), out.input.request, settings);
  if (!result.ok()) return PlannerFailure(result.status(), "workload");
  out.result = *std::move(result);
  MakeRows(out);
  return {};
}

string_view OutcomeWord(GangOutcome outcome) {
  constexpr string_view kWords[] = {"placed", "infeasible", "notFound", "notReady", "noBase", "invalid"};
  return kWords[static_cast<std::size_t>(outcome)];
}

void WriteGang(Json& json, const Cluster& cluster, const PlacementRequest& request, const GangPlacement& decided) {
  const Gang& gang = request.gangs[decided.gang];
  AddText(json, "namespace", gang.gang_namespace);
  AddText(json, "name", gang.name);
  AddText(json, "outcome", OutcomeWord(decided.outcome));
  AddNumber(json, "pods", static_cast<std::int64_t>(decided.pods.size()));
  AddTextIfAny(json, "explanation", DescribeCause(cluster, request, decided));
}

std::string Explain(const Placed& placed, OutputFormat format) {
  Json json;
  json.StartObject();
  AddNumber(json, "placed", placed.result.placed);
  AddObjects(json, "gangs", placed.result.gangs, [&](const GangPlacement& decided) {
    WriteGang(json, *placed.input.cluster, placed.input.request, decided);
  });
  json.EndObject();
  return WriteManifest(json.Finish(), format);
}

std::string Check(const Placed& placed, OutputFormat format) {
  const auto breaches = CheckPlacement(Occupancy(*placed.input.cluster), placed.input.request, placed.result);
  Json json;
  json.StartObject();
  AddObjects(json, "breaches", breaches, [&](const PlacementBreach& breach) {
    const Gang& gang = placed.input.request.gangs[breach.gang];
    AddText(json, "rule", breach.rule);
    AddText(json, "namespace", gang.gang_namespace);
    AddText(json, "gang", gang.name);
    AddText(json, "detail", breach.detail);
  });
  json.EndObject();
  return WriteManifest(json.Finish(), format);
}

Outcome ReportCapacity(const Snapshot& snapshot, const ExpandedWorkload& workload, grove_format output,
                       const grove_place_options* options, grove_buffer* result) {
  OutputFormat format = OutputFormat::kCompactJson;
  CapacityOptions settings;
  PlacementInput input;
  GROVE_CAPI_TRY(ReadOutputFormat(output, "output", format));
  GROVE_CAPI_TRY(ReadPlaceOptions(options, settings.placement));
  Snapshot without_gangs = snapshot;
  without_gangs.options.pod_gangs = false;
  GROVE_CAPI_TRY(ReadInput(without_gangs, &workload, input));
  if (input.request.gangs.empty()) return InvalidArgument("workload", "has no gangs");
  const absl::StatusOr<Capacity> capacity =
      CountReplicas(Occupancy(*input.cluster), input.request.classes, input.request.gangs, settings);
  if (!capacity.ok()) return PlannerFailure(capacity.status(), "workload");
  Json json;
  json.StartObject();
  AddNumber(json, "count", capacity->count);
  AddNumber(json, "atMost", capacity->at_most);
  AddBoolean(json, "limited", capacity->limited);
  if (capacity->failed_gang.has_value()) {
    json.Key("failed");
    json.StartObject();
    WriteGang(json, *input.cluster, capacity->failed_request, capacity->failure);
    json.EndObject();
  }
  json.EndObject();
  *result = MakeBuffer(WriteManifest(json.Finish(), format));
  return {};
}

// The output that `write(placement, format)` writes.
template <class WriteReport>
grove_status Write(const grove_placement* placement, grove_format output, grove_buffer* result, grove_error** error,
                   const WriteReport& write) {
  Clear(result);
  return Guard(error, [&]() -> Outcome {
    OutputFormat format = OutputFormat::kCompactJson;
    GROVE_CAPI_TRY(Require(placement, "placement"));
    GROVE_CAPI_TRY(ReadOutputFormat(output, "output", format));
    GROVE_CAPI_TRY(RequireResult(result));
    *result = MakeBuffer(write(*Unwrap(placement), format));
    return {};
  });
}

// Copies a row, if there is one of that index.
template <class Row>
grove_status GiveRow(const grove_placement* placement, std::size_t index, Row* row, std::vector<Row> Placed::*rows) {
  if (row == nullptr) return GROVE_INVALID_ARGUMENT;
  *row = {};
  if (placement == nullptr) return GROVE_INVALID_ARGUMENT;
  const std::vector<Row>& all = Unwrap(placement)->*rows;
  if (index >= all.size()) return GROVE_OUT_OF_RANGE;
  *row = all[index];
  return GROVE_OK;
}

}  // namespace

void MakeRows(Placed& placed) {
  for (const GangPlacement& decided : placed.result.gangs) {
    const Gang& gang = placed.input.request.gangs[decided.gang];
    placed.gangs.push_back({gang.gang_namespace.c_str(), gang.name.c_str(), static_cast<grove_outcome>(decided.outcome),
                            decided.optimal ? 1u : 0u, placed.pods.size(), decided.pods.size()});
    for (const PodPlacement& pod : decided.pods) {
      placed.pods.push_back({CandidateName(placed.input, decided.gang, pod), gang.groups[pod.group].name.c_str(),
                             NodeName(placed, pod.node), placed.gangs.size() - 1, pod.candidate,
                             pod.surplus ? 1u : 0u});
    }
  }
}

}  // namespace grove::capi

using grove::capi::Guard;
using grove::capi::Outcome;
using grove::capi::Placed;
using grove::capi::Unwrap;

extern "C" grove_status grove_place(const grove_snapshot* snapshot, const grove_workload* workload,
                                    const grove_place_options* options, grove_placement** placement,
                                    grove_error** error) {
  grove::capi::ClearHandle(placement);
  return Guard(error, [&]() -> Outcome {
    GROVE_CAPI_TRY(grove::capi::Require(snapshot, "snapshot"));
    GROVE_CAPI_TRY(grove::capi::Require(placement, "placement"));
    auto placed = std::make_unique<Placed>();
    GROVE_CAPI_TRY(grove::capi::PlaceWorkload(*Unwrap(snapshot), Unwrap(workload), options, *placed));
    *placement = grove::capi::Wrap(placed.release());
    return {};
  });
}

extern "C" size_t grove_placement_gang_count(const grove_placement* placement) {
  return placement == nullptr ? 0 : Unwrap(placement)->gangs.size();
}

extern "C" grove_status grove_placement_gang(const grove_placement* placement, size_t index, grove_gang_row* row) {
  return grove::capi::GiveRow(placement, index, row, &Placed::gangs);
}

extern "C" size_t grove_placement_pod_count(const grove_placement* placement) {
  return placement == nullptr ? 0 : Unwrap(placement)->pods.size();
}

extern "C" grove_status grove_placement_pod(const grove_placement* placement, size_t index, grove_pod_row* row) {
  return grove::capi::GiveRow(placement, index, row, &Placed::pods);
}

extern "C" grove_status grove_placement_encode(const grove_placement* placement, grove_encoding encoding,
                                               grove_buffer* result, grove_error** error) {
  grove::capi::Clear(result);
  return Guard(error, [&]() -> Outcome {
    grove::WireFormat format = grove::WireFormat::kBinary;
    GROVE_CAPI_TRY(grove::capi::Require(placement, "placement"));
    GROVE_CAPI_TRY(grove::capi::ReadEncoding(encoding, format));
    GROVE_CAPI_TRY(grove::capi::RequireResult(result));
    const Placed& placed = *Unwrap(placement);
    *result = grove::capi::MakeBuffer(grove::WritePlacementResult(*placed.input.cluster, placed.input.request,
                                                                  placed.result, placed.input.not_evaluated, format));
    return {};
  });
}

extern "C" grove_status grove_placement_explain(const grove_placement* placement, grove_format output,
                                                grove_buffer* result, grove_error** error) {
  return grove::capi::Write(placement, output, result, error, grove::capi::Explain);
}

extern "C" grove_status grove_placement_check(const grove_placement* placement, grove_format output,
                                              grove_buffer* result, grove_error** error) {
  grove::capi::Clear(result);
  if (placement != nullptr && Unwrap(placement)->on_index) {
    return Guard(error, [] {
      return Outcome(grove::capi::Failure{
          GROVE_FAILED_PRECONDITION, "was made by an index, which may have gone on", "placement", {}, {}, {}});
    });
  }
  return grove::capi::Write(placement, output, result, error, grove::capi::Check);
}

extern "C" void grove_placement_free(grove_placement* placement) { std::unique_ptr<Placed>(Unwrap(placement)).reset(); }

extern "C" grove_status grove_place_message(const char* message, size_t message_size, grove_encoding encoding,
                                            grove_buffer* result, grove_error** error) {
  grove::capi::Clear(result);
  return Guard(error, [&]() -> Outcome {
    std::string_view bytes;
    grove::WireFormat format = grove::WireFormat::kBinary;
    GROVE_CAPI_TRY(grove::capi::ReadText(message, message_size, "message", bytes));
    GROVE_CAPI_TRY(grove::capi::ReadEncoding(encoding, format));
    GROVE_CAPI_TRY(grove::capi::RequireResult(result));
    grove::WireAnswer answer = grove::PlaceMessage(bytes, format);
    if (answer.error.has_value()) return grove::capi::WireFailure(*std::move(answer.error));
    *result = grove::capi::MakeBuffer(std::move(answer.bytes));
    return {};
  });
}

extern "C" grove_status grove_capacity(const grove_snapshot* snapshot, const grove_workload* workload,
                                       grove_format output, const grove_place_options* options, grove_buffer* result,
                                       grove_error** error) {
  grove::capi::Clear(result);
  return Guard(error, [&]() -> Outcome {
    GROVE_CAPI_TRY(grove::capi::Require(snapshot, "snapshot"));
    GROVE_CAPI_TRY(grove::capi::Require(workload, "workload"));
    GROVE_CAPI_TRY(grove::capi::RequireResult(result));
    return grove::capi::ReportCapacity(*Unwrap(snapshot), *Unwrap(workload), output, options, result);
  });
}
