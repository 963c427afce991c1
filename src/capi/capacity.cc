// How much more fits.

#include "grove/capacity.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "grove/placement_report.hpp"

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

Failure NotFound(string_view argument, string_view what, string_view name) {
  return {GROVE_NOT_FOUND, std::string(what).append(" ").append(name), std::string(argument), {}, {}, {}};
}

class Counter {
 public:
  Counter(const PlacementInput& input, const CapacitySettings& settings)
      : request_(input.request), cluster_(*input.cluster), settings_(settings), occupancy_(cluster_) {}

  Outcome Count(Value& out) {
    GROVE_CAPI_TRY(LoseDomains());
    GROVE_CAPI_TRY(ChooseGangs());
    absl::StatusOr<Capacity> capacity;
    GROVE_CAPI_TRY(settings_.group.empty() ? CountCopies(capacity) : CountGroup(capacity));
    if (!capacity.ok()) return PlannerFailure(capacity.status(), "workload");
    Json json;
    json.StartObject();
    WriteCapacity(json, *capacity);
    if (settings_.worst_losses > 0) GROVE_CAPI_TRY(WriteLosses(json));
    json.EndObject();
    out = json.Finish();
    return {};
  }

 private:
  Outcome LoseDomains() {
    string_view rest = settings_.lost;
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find(','), rest.size());
      GROVE_CAPI_TRY(Lose(rest.substr(0, end)));
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return {};
  }

  Outcome Lose(string_view name) {
    if (const auto node = cluster_.FindNode(name)) {
      occupancy_.SetUsable(*node, false);
      return {};
    }
    for (DomainIndex domain = 1; domain < cluster_.domains().size(); ++domain) {
      if (cluster_.domain_name(domain) != name) continue;
      LoseDomain(domain, occupancy_);
      return {};
    }
    return NotFound("options->lost", "the cluster has no domain and no node", name);
  }

  // All gangs of the request, or the one that is asked for.
  Outcome ChooseGangs() {
    const auto is_meant = [&](const Gang& gang) {
      return settings_.gang.empty() || gang.name == settings_.gang ||
             gang.gang_namespace + "/" + gang.name == settings_.gang;
    };
    for (const Gang& gang : request_.gangs) {
      if (is_meant(gang)) gangs_.push_back(gang);
    }
    if (request_.gangs.empty()) return InvalidArgument("workload", "has no gangs");
    if (gangs_.empty()) return NotFound("options->gang", "the workload has no gang", settings_.gang);
    if (!settings_.gang.empty() && gangs_.size() > 1) {
      return InvalidArgument("options->gang", "is the name of several gangs: name the namespace too");
    }
    return {};
  }

  Outcome CountCopies(absl::StatusOr<Capacity>& out) {
    out = CountReplicas(occupancy_, request_.classes, gangs_, settings_.counting);
    return {};
  }

  // Pods on top of what the workload has once it is placed.
  Outcome CountGroup(absl::StatusOr<Capacity>& out) {
    const Gang& wanted = gangs_.front();
    const auto group = std::ranges::find(wanted.groups, settings_.group, &GangGroup::name);
    if (group == wanted.groups.end()) return NotFound("options->group", "the gang has no group", settings_.group);
    const auto index = static_cast<std::uint32_t>(group - wanted.groups.begin());
    if (group->candidates.empty()) return InvalidArgument("options->group", "has no pods to count more of");
    absl::StatusOr<PlacementResult> placed = Place(occupancy_, request_, settings_.counting.placement);
    if (!placed.ok()) return PlannerFailure(placed.status(), "workload");
    const auto decided = std::ranges::find_if(placed->gangs, [&](const GangPlacement& each) {
      const Gang& gang = request_.gangs[each.gang];
      return gang.name == wanted.name && gang.gang_namespace == wanted.gang_namespace;
    });
    if (decided->outcome != GangOutcome::kPlaced) {
      out = Capacity{.failed_gang = decided->gang, .failure = std::move(*decided), .failed_request = request_};
      return {};
    }
    Occupancy after = occupancy_;
    Apply(request_, *placed, after);
    Gang grown = AfterPlacement(wanted, *decided);
    grown.groups[index].candidates.clear();
    out = CountPods(after, request_.classes, grown, index, group->candidates.front().pod_class, settings_.counting);
    return {};
  }

  void WriteCapacity(Json& json, const Capacity& capacity) const {
    AddNumber(json, "count", capacity.count);
    if (capacity.at_most != UINT32_MAX) AddNumber(json, "atMost", capacity.at_most);
    AddBoolean(json, "limited", capacity.limited);
    if (!capacity.failed_gang.has_value()) return;
    json.Key("failed");
    json.StartObject();
    WriteGang(json, cluster_, capacity.failed_request, capacity.failure);
    json.EndObject();
  }

  Outcome WriteLosses(Json& json) {
    json.Key("worstLosses");
    json.StartArray();
    for (std::size_t level = 0; level < cluster_.levels().size(); ++level) {
      const absl::StatusOr<LevelLoss> loss =
          WorstLoss(occupancy_, request_.classes, gangs_, level, settings_.worst_losses, settings_.counting);
      if (!loss.ok()) return PlannerFailure(loss.status(), "workload");
      json.StartObject();
      AddText(json, "level", LevelName(cluster_, level));
      AddNumber(json, "domains", loss->domains);
      AddBoolean(json, "counted", loss->counted);
      if (loss->worst.has_value()) {
        AddText(json, "domain", cluster_.domain_name(loss->worst->domain));
        AddNumber(json, "count", loss->worst->count);
      }
      json.EndObject();
    }
    json.EndArray();
    return {};
  }

  const PlacementRequest& request_;
  const Cluster& cluster_;
  const CapacitySettings& settings_;
  Occupancy occupancy_;  // without what is lost
  std::vector<Gang> gangs_;
};

Outcome ReportCapacity(const Snapshot& snapshot, const ExpandedWorkload& workload, grove_format output,
                       const grove_capacity_options* options, grove_buffer* result) {
  OutputFormat format = OutputFormat::kCompactJson;
  CapacitySettings settings;
  PlacementInput input;
  GROVE_CAPI_TRY(ReadOutputFormat(output, "output", format));
  GROVE_CAPI_TRY(ReadCapacityOptions(options, settings));
  Snapshot without_gangs = snapshot;
  without_gangs.options.pod_gangs = false;
  GROVE_CAPI_TRY(ReadInput(without_gangs, &workload, input));
  Value report;
  GROVE_CAPI_TRY(Counter(input, settings).Count(report));
  *result = MakeBuffer(WriteManifest(report, format));
  return {};
}

}  // namespace

}  // namespace grove::capi

extern "C" grove_status grove_capacity(const grove_snapshot* snapshot, const grove_workload* workload,
                                       grove_format output, const grove_capacity_options* options, grove_buffer* result,
                                       grove_error** error) {
  using grove::capi::Unwrap;
  grove::capi::Clear(result);
  return grove::capi::Guard(error, [&]() -> grove::capi::Outcome {
    GROVE_CAPI_TRY(grove::capi::Require(snapshot, "snapshot"));
    GROVE_CAPI_TRY(grove::capi::Require(workload, "workload"));
    GROVE_CAPI_TRY(grove::capi::RequireResult(result));
    return grove::capi::ReportCapacity(*Unwrap(snapshot), *Unwrap(workload), output, options, result);
  });
}
