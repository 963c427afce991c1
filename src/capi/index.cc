// The index of a scheduler.

#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "grove/placement_index.hpp"

#include "capi/guard.h"
#include "capi/handles.h"
#include "capi/options.h"
#include "capi/placed.h"
#include "capi/snapshot.h"
#include "grove.h"

namespace grove::capi {

struct Index {
  PlacementIndex prepared;
  // What workloads are read with: all of the snapshot but its nodes and pods.
  Snapshot surroundings;
};

namespace {

using std::string_view;

Snapshot SurroundingsOf(const Snapshot& snapshot, PlacementInput& input) {
  Snapshot out;
  for (const ManifestObject& object : snapshot.objects) {
    const PlacementRole role = PlacementRoleOf(object.api_version, object.kind);
    if (role == PlacementRole::kPriorityClass || role == PlacementRole::kNamespace) out.objects.push_back(object);
  }
  out.topologies = snapshot.topologies;
  out.options = snapshot.options;
  out.spec.topology_name = std::move(input.spec.topology_name);
  out.spec.levels = std::move(input.spec.levels);
  out.options.levels = out.spec.levels;
  return out;
}

Outcome MakeIndex(const grove_snapshot* snapshot, grove_index** index) {
  GROVE_CAPI_TRY(Require(snapshot, "snapshot"));
  GROVE_CAPI_TRY(Require(index, "index"));
  PlacementInput input;
  GROVE_CAPI_TRY(ReadInput(*Unwrap(snapshot), nullptr, input));
  PlacementIndex prepared{Occupancy(*input.cluster)};
  auto made = std::make_unique<Index>(Index{std::move(prepared), SurroundingsOf(*Unwrap(snapshot), input)});
  *index = Wrap(made.release());
  return {};
}

Outcome PlaceOn(Index& index, const ExpandedWorkload& workload, const grove_place_options* options, Placed& out) {
  PlacementOptions settings;
  GROVE_CAPI_TRY(ReadPlaceOptions(options, settings));
  GROVE_CAPI_TRY(ReadInput(index.surroundings, &workload, out.input));
  absl::StatusOr<PlacementResult> result = index.prepared.Plan(out.input.request, settings);
  if (!result.ok()) return PlannerFailure(result.status(), "workload");
  out.input.cluster = index.prepared.cluster();
  out.result = *std::move(result);
  out.on_index = true;
  MakeRows(out);
  return {};
}

Failure NotFound(string_view node, string_view argument, string_view what) {
  return {GROVE_NOT_FOUND, std::string(what) + " " + std::string(node), std::string(argument), {}, {}, {}};
}

// `change(node, class)` of every pod, or of none.
template <class Change>
Outcome ChangePods(grove_index* index, const grove_placement* placement, string_view failure, const Change& change) {
  GROVE_CAPI_TRY(Require(index, "index"));
  GROVE_CAPI_TRY(Require(placement, "placement"));
  PlacementIndex& prepared = Unwrap(index)->prepared;
  const std::size_t mark = prepared.mark();
  Outcome outcome = ForEachPlacedPod(*Unwrap(placement), [&](string_view name, const PodClass& pods) -> Outcome {
    const auto node = prepared.cluster().FindNode(name);
    if (!node.has_value()) return NotFound(name, "placement", "there is no node");
    if (!change(prepared, *node, pods)) return NotFound(name, "placement", failure);
    return {};
  });
  if (outcome.has_value()) prepared.Undo(mark);
  prepared.Settle();  // nothing is undone through this interface
  return outcome;
}

}  // namespace

}  // namespace grove::capi

using grove::NodeIndex;
using grove::PlacementIndex;
using grove::PodClass;
using grove::capi::Guard;
using grove::capi::Outcome;
using grove::capi::Unwrap;

extern "C" grove_status grove_index_new(const grove_snapshot* snapshot, grove_index** index, grove_error** error) {
  grove::capi::ClearHandle(index);
  return Guard(error, [&] { return grove::capi::MakeIndex(snapshot, index); });
}

extern "C" grove_status grove_index_place(grove_index* index, const grove_workload* workload,
                                          const grove_place_options* options, grove_placement** placement,
                                          grove_error** error) {
  grove::capi::ClearHandle(placement);
  return Guard(error, [&]() -> Outcome {
    GROVE_CAPI_TRY(grove::capi::Require(index, "index"));
    GROVE_CAPI_TRY(grove::capi::Require(workload, "workload"));
    GROVE_CAPI_TRY(grove::capi::Require(placement, "placement"));
    auto placed = std::make_unique<grove::capi::Placed>();
    GROVE_CAPI_TRY(grove::capi::PlaceOn(*Unwrap(index), *Unwrap(workload), options, *placed));
    *placement = grove::capi::Wrap(placed.release());
    return {};
  });
}

extern "C" grove_status grove_index_apply(grove_index* index, const grove_placement* placement, grove_error** error) {
  return Guard(error, [&] {
    return grove::capi::ChangePods(
        index, placement, "no pod comes to node",
        [](PlacementIndex& to, NodeIndex node, const PodClass& pods) { return to.Place(node, pods); });
  });
}

extern "C" grove_status grove_index_release(grove_index* index, const grove_placement* placement, grove_error** error) {
  return Guard(error, [&] {
    return grove::capi::ChangePods(
        index, placement, "a pod of it does not run on node",
        [](PlacementIndex& from, NodeIndex node, const PodClass& pods) { return from.Release(node, pods); });
  });
}

extern "C" grove_status grove_index_set_usable(grove_index* index, const char* node, size_t node_size, uint32_t usable,
                                               grove_error** error) {
  return Guard(error, [&]() -> Outcome {
    GROVE_CAPI_TRY(grove::capi::Require(index, "index"));
    GROVE_CAPI_TRY(grove::capi::Require(node, "node"));
    if (usable > 1) return grove::capi::InvalidArgument("usable", "must be 0 or 1");
    const std::string_view name(node, node_size);
    PlacementIndex& prepared = Unwrap(index)->prepared;
    const auto found = prepared.cluster().FindNode(name);
    if (!found.has_value()) return grove::capi::NotFound(name, "node", "there is no node");
    prepared.SetUsable(*found, usable == 1);
    prepared.Settle();
    return {};
  });
}

extern "C" void grove_index_free(grove_index* index) { std::unique_ptr<grove::capi::Index>(Unwrap(index)).reset(); }
