// The index of a scheduler.

#include "capi/index.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "grove/placement_index.hpp"

#include "capi/evictions.h"
#include "capi/guard.h"
#include "capi/handles.h"
#include "capi/options.h"
#include "capi/placed.h"
#include "capi/snapshot.h"
#include "grove.h"

namespace grove::capi {

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
  auto made = std::make_unique<Index>(
      Index{std::move(prepared), SurroundingsOf(*Unwrap(snapshot), input), std::make_shared<const IndexName>()});
  *index = Wrap(made.release());
  return {};
}

Outcome PlaceOn(Index& index, const ExpandedWorkload& workload, const grove_place_options* options, Placed& out) {
  GROVE_CAPI_TRY(ReadPlaceOptions(options, "options", out.options));
  GROVE_CAPI_TRY(ReadInput(index.surroundings, &workload, out.input));
  absl::StatusOr<PlacementResult> result = index.prepared.Plan(out.input.request, out.options);
  if (!result.ok()) return PlannerFailure(result.status(), "workload");
  out.input.cluster = index.prepared.cluster();
  out.result = *std::move(result);
  out.index = index.name;
  out.index_state = index.prepared.mark();
  MakeRows(out);
  return {};
}

Outcome Come(PlacementIndex& to, string_view name, const PodClass& pods) {
  const auto node = to.cluster().FindNode(name);
  if (!node.has_value() || !to.Place(*node, pods)) return NotFound(name, "placement", "there is no node");
  return {};
}

Outcome Leave(PlacementIndex& from, string_view name, const PodClass& pods) {
  const auto node = from.cluster().FindNode(name);
  if (!node.has_value()) return NotFound(name, "placement", "there is no node");
  if (!from.Release(*node, pods)) return NotFound(name, "placement", "a pod of it does not run on node");
  return {};
}

// All that `change(index, placement)` does, or nothing.
template <class Change>
Outcome ChangeIndex(grove_index* index, const grove_placement* placement, const Change& change) {
  GROVE_CAPI_TRY(Require(index, "index"));
  GROVE_CAPI_TRY(Require(placement, "placement"));
  PlacementIndex& prepared = Unwrap(index)->prepared;
  const std::size_t mark = prepared.mark();
  Outcome outcome = change(prepared, *Unwrap(placement));
  if (outcome.has_value()) prepared.Undo(mark);
  prepared.Settle();  // nothing is undone through this interface
  return outcome;
}

Outcome Apply(PlacementIndex& to, const Placed& placed) {
  GROVE_CAPI_TRY(ForEachEvictedPod(placed, [&](string_view name, const PodClass& pods) -> Outcome {
    const auto node = to.cluster().FindNode(name);
    if (!node.has_value()) return NotFound(name, "placement", "there is no node");
    return Evict(pods, *node, to);
  }));
  return ForEachPlacedPod(placed, [&](string_view node, const PodClass& pods) { return Come(to, node, pods); });
}

Outcome Release(PlacementIndex& from, const Placed& placed) {
  return ForEachPlacedPod(placed, [&](string_view node, const PodClass& pods) { return Leave(from, node, pods); });
}

}  // namespace

Failure NotFound(string_view node, string_view argument, string_view what) {
  return {GROVE_NOT_FOUND, std::string(what).append(" ").append(node), std::string(argument), {}, {}, {}};
}

Outcome OccupancyOf(const Placed& placed, const grove_index* index, std::optional<Occupancy>& out) {
  const auto failed = [](string_view argument, string_view why) {
    return Failure{GROVE_FAILED_PRECONDITION, std::string(why), std::string(argument), {}, {}, {}};
  };
  if (placed.index == nullptr) {
    if (index != nullptr) return failed("index", "did not make the placement");
    out.emplace(*placed.input.cluster);
    return {};
  }
  if (index == nullptr) return failed("index", "is NULL, but an index made the placement");
  const Index& made_by = *Unwrap(index);
  if (made_by.name != placed.index) return failed("index", "did not make the placement");
  if (made_by.prepared.mark() != placed.index_state) return failed("index", "has changed since the placement was made");
  out.emplace(made_by.prepared.occupancy());
  return {};
}

}  // namespace grove::capi

using grove::PlacementIndex;
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
  return Guard(error, [&] { return grove::capi::ChangeIndex(index, placement, grove::capi::Apply); });
}

extern "C" grove_status grove_index_release(grove_index* index, const grove_placement* placement, grove_error** error) {
  return Guard(error, [&] { return grove::capi::ChangeIndex(index, placement, grove::capi::Release); });
}

extern "C" grove_status grove_index_set_usable(grove_index* index, const char* node, size_t node_size, uint32_t usable,
                                               grove_error** error) {
  return Guard(error, [&]() -> Outcome {
    GROVE_CAPI_TRY(grove::capi::Require(index, "index"));
    GROVE_CAPI_TRY(grove::capi::Require(node, "node"));
    bool in_service = false;
    GROVE_CAPI_TRY(grove::capi::ReadSwitch(usable, "usable", in_service));
    const std::string_view name(node, node_size);
    PlacementIndex& prepared = Unwrap(index)->prepared;
    const auto found = prepared.cluster().FindNode(name);
    if (!found.has_value()) return grove::capi::NotFound(name, "node", "there is no node");
    prepared.SetUsable(*found, in_service);
    prepared.Settle();
    return {};
  });
}

extern "C" void grove_index_free(grove_index* index) { std::unique_ptr<grove::capi::Index>(Unwrap(index)).reset(); }
