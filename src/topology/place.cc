#include <algorithm>
#include <map>
#include <memory>
#include <thread>

#include "topology/changes/find_changes.h"
#include "topology/planner.h"
#include "topology/request_check.h"

namespace grove {
namespace {

using topology::TieBreaks;

// The ways to break ties that are tried where not everything fits, the first of them always.
constexpr TieBreaks kWays[] = {
    {.remainders = false, .salt = 0}, {.remainders = true, .salt = 1}, {.remainders = true, .salt = 2}};
constexpr std::size_t kWayCount = std::size(kWays);

// What the gangs of one priority got.
struct Gain {
  std::uint64_t gangs = 0;
  double amount = 0;  // of the resource that is asked for most
};

using Gains = std::map<std::int64_t, Gain>;

// The resource of which the request asks for the largest part.
std::string ScarcestResource(const topology::WorkState& state, const PlacementRequest& request) {
  const Cluster& cluster = state.cluster();
  std::vector<double> asked(cluster.resources().size(), 0);
  for (const Gang& gang : request.gangs) {
    for (const GangGroup& group : gang.groups) {
      if (group.candidates.empty()) continue;
      for (const auto& [name, amount] : request.classes[group.candidates[0].pod_class].requests) {
        const auto resource = cluster.FindResource(name);
        if (resource) asked[*resource] += static_cast<double>(amount) * group.min_replicas;
      }
    }
  }
  const auto free = [&](std::size_t r) { return static_cast<double>(state.free_in_all()[r]); };
  std::size_t scarcest = 0;
  for (std::size_t r = 1; r < asked.size(); ++r) {
    if (asked[r] * free(scarcest) > asked[scarcest] * free(r)) scarcest = r;
  }
  return cluster.resources()[scarcest];
}

Gains GainsOf(const PlacementRequest& request, const topology::PlanRecord& record, const std::string& resource) {
  std::vector<double> requests;
  for (const PodClass& pods : request.classes) {
    requests.push_back(0);
    for (const auto& [name, amount] : pods.requests) {
      if (name == resource) requests.back() = static_cast<double>(amount);
    }
  }
  Gains gains;  // by priority, highest first
  for (const topology::PlacedGang& placement : record.gangs) {
    const Gang& gang = request.gangs[placement.gang];
    Gain& gain = gains[-std::int64_t{gang.priority}];
    gain.gangs += placement.outcome == GangOutcome::kPlaced ? 1 : 0;
    for (const PodPlacement& pod : record.PodsOf(placement)) {
      const auto& runs = gang.groups[pod.group].candidates;
      std::size_t run = 0;
      for (std::uint32_t at = pod.candidate; at >= runs[run].count; ++run) at -= runs[run].count;
      gain.amount += requests[runs[run].pod_class];
    }
  }
  return gains;
}

// So little of the resource counts less than a gang.
constexpr double kTrifle = 1e-4;

// The way to take: no fewer gangs and no less of the resource than the first one, and then as much as possible of the
// resource and as many gangs as possible; failing that, more gangs for a trifle of the resource. Higher priorities
// decide first.
class Choice {
 public:
  explicit Choice(const Gains& first) : first_(first), best_(first) {}

  // True iff this way is to be taken rather than those before it.
  bool Takes(const Gains& way) {
    for (const auto& [priority, first] : first_) {
      const Gain& now = best_.at(priority);
      const Gain& other = way.at(priority);
      if (other.gangs == now.gangs && other.amount == now.amount) continue;
      const bool better_than_first = other.gangs >= first.gangs && other.amount >= first.amount;
      const bool more = other.amount != now.amount ? other.amount > now.amount : other.gangs > now.gangs;
      const bool trifling = other.gangs > now.gangs && other.amount > first.amount * (1 - kTrifle);
      const bool takes = (better_than_first && (!dominates_ || more)) || (!dominates_ && trifling);
      dominates_ = dominates_ || better_than_first;
      if (takes) best_ = way;
      return takes;
    }
    return false;
  }

 private:
  Gains first_;
  Gains best_;
  bool dominates_ = false;
};

bool IsWorthMore(const topology::PlanRecord& record) {
  return std::ranges::any_of(record.gangs, [](const topology::PlacedGang& placement) {
    return placement.outcome == GangOutcome::kInfeasible || placement.outcome == GangOutcome::kNotFound;
  });
}

}  // namespace

namespace topology {

PlacementResult PlanRequest(WorkState& state, const PlacementRequest& request, const PlacementOptions& options) {
  PlanRecord best = PlanWay(state, request, options, kWays[0]);
  // Of one gang the best is known; of several, what fits depends on where the first ones went.
  if (request.gangs.size() < 2 || best.placed >= best.placed_bound || !IsWorthMore(best)) return best.TakeResult();
  const std::string resource = ScarcestResource(state, request);
  Choice choice(GainsOf(request, best, resource));
  const auto consider = [&](PlanRecord&& record) {
    if (choice.Takes(GainsOf(request, record, resource))) best = std::move(record);
  };
  if (options.threads <= 1) {
    for (std::size_t way = 1; way < kWayCount; ++way) consider(PlanWay(state, request, options, kWays[way]));
    return best.TakeResult();
  }
  // One way on the state itself, each other one on a copy.
  std::vector<PlanRecord> results(kWayCount);
  std::vector<std::thread> threads;
  for (std::size_t way = 2; way < kWayCount; ++way) {
    threads.emplace_back([&, way, copy = std::make_unique<WorkState>(state)] {
      results[way] = PlanWay(*copy, request, options, kWays[way]);
    });
  }
  results[1] = PlanWay(state, request, options, kWays[1]);
  for (std::thread& thread : threads) thread.join();
  for (std::size_t way = 1; way < kWayCount; ++way) consider(std::move(results[way]));
  return best.TakeResult();
}

}  // namespace topology

absl::StatusOr<PlacementResult> Place(const Occupancy& occupancy, const PlacementRequest& request,
                                      const PlacementOptions& options) {
  if (absl::Status status = topology::CheckRequest(occupancy.cluster(), request); !status.ok()) return status;
  if (absl::Status status = topology::CheckOptions(occupancy.cluster(), options); !status.ok()) return status;
  topology::WorkState state(occupancy);
  PlacementResult result = topology::PlanRequest(state, request, options);
  topology::FindChanges(occupancy, request, options, result);
  return result;
}

}  // namespace grove
