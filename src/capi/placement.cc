// Placing, and what placements tell.

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "grove/placement_wire.hpp"

#include "capi/buffer.h"
#include "capi/guard.h"
#include "capi/handles.h"
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
  GROVE_CAPI_TRY(ReadPlaceOptions(options, "options", out.options));
  GROVE_CAPI_TRY(ReadInput(snapshot, workload, out.input));
  absl::StatusOr<PlacementResult> result = Place(Occupancy(*out.input.cluster), out.input.request, out.options);
  if (!result.ok()) return PlannerFailure(result.status(), "workload");
  out.result = *std::move(result);
  MakeRows(out);
  return {};
}

// The rows as an array of C.
template <class Row>
const Row* RowsOf(const grove_placement* placement, std::size_t* count, std::vector<Row> Placed::*rows) {
  const std::vector<Row>* all = placement == nullptr ? nullptr : &(Unwrap(placement)->*rows);
  if (count != nullptr) *count = all == nullptr ? 0 : all->size();
  return all == nullptr || all->empty() ? nullptr : all->data();
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

extern "C" const grove_gang_row* grove_placement_gangs(const grove_placement* placement, size_t* count) {
  return grove::capi::RowsOf(placement, count, &Placed::gangs);
}

extern "C" const grove_pod_row* grove_placement_pods(const grove_placement* placement, size_t* count) {
  return grove::capi::RowsOf(placement, count, &Placed::pods);
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
    if (answer.error.has_value()) return grove::capi::WireFailure(*std::move(answer.error), "message");
    *result = grove::capi::MakeBuffer(std::move(answer.bytes));
    return {};
  });
}
