#include <algorithm>
#include <map>
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
std::string ScarcestResource(const Occupancy& occupancy, const PlacementRequest& request) {
  const Cluster& cluster = occupancy.cluster();
  std::vector<double> asked(cluster.resources().size(), 0);
  std::vector<double> free(cluster.resources().size(), 0);
  for (const Gang& gang : request.gangs) {
    for (const GangGroup& group : gang.groups) {
      if (group.candidates.empty()) continue;
      for (const auto& [name, amount] : request.classes[group.candidates[0].pod_class].requests) {
        const auto resource = cluster.FindResource(name);
        if (resource) asked[*resource] += static_cast<double>(amount) * group.min_replicas;
      }
    }
  }
  for (NodeIndex node = 0; node < cluster.node_count(); ++node) {
    const auto row = occupancy.free(node);
    for (std::size_t r = 0; r < row.size(); ++r) free[r] += static_cast<double>(std::max<std::int64_t>(0, row[r]));
  }
  std::size_t scarcest = 0;
  for (std::size_t r = 1; r < asked.size(); ++r) {
    if (asked[r] * free[scarcest] > asked[scarcest] * free[r]) scarcest = r;
  }
  return cluster.resources()[scarcest];
}

Gains GainsOf(const PlacementRequest& request, const PlacementResult& result, const std::string& resource) {
  std::vector<double> requests;
  for (const PodClass& pods : request.classes) {
    requests.push_back(0);
    for (const auto& [name, amount] : pods.requests) {
      if (name == resource) requests.back() = static_cast<double>(amount);
    }
  }
  Gains gains;  // by priority, highest first
  for (const GangPlacement& placement : result.gangs) {
    const Gang& gang = request.gangs[placement.gang];
    Gain& gain = gains[-std::int64_t{gang.priority}];
    gain.gangs += placement.outcome == GangOutcome::kPlaced ? 1 : 0;
    for (const PodPlacement& pod : placement.pods) {
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
std::size_t BestOf(const std::vector<Gains>& ways) {
  std::size_t best = 0;
  bool dominates = false;
  for (std::size_t way = 1; way < ways.size(); ++way) {
    for (const auto& [priority, first] : ways[0]) {
      const Gain& now = ways[best].at(priority);
      const Gain& other = ways[way].at(priority);
      if (other.gangs == now.gangs && other.amount == now.amount) continue;
      const bool better_than_first = other.gangs >= first.gangs && other.amount >= first.amount;
      const bool more = other.amount != now.amount ? other.amount > now.amount : other.gangs > now.gangs;
      const bool trifling = other.gangs > now.gangs && other.amount > first.amount * (1 - kTrifle);
      if (better_than_first && (!dominates || more)) {
        best = way;
        dominates = true;
      } else if (!dominates && trifling) {
        best = way;
      }
      break;
    }
  }
  return best;
}

bool IsWorthMore(const PlacementResult& result) {
  return std::any_of(result.gangs.begin(), result.gangs.end(), [](const GangPlacement& placement) {
    return placement.outcome == GangOutcome::kInfeasible || placement.outcome == GangOutcome::kNotFound;
  });
}

}  // namespace

namespace {

// The best of the ways to break ties.
PlacementResult Plan(const Occupancy& occupancy, const PlacementRequest& request, const PlacementOptions& options) {
  std::vector<PlacementResult> results(kWayCount);
  const auto plan = [&](std::size_t way) {
    results[way] = topology::Planner(occupancy, request, options, kWays[way]).Plan();
  };
  plan(0);
  // Of one gang the best is known; of several, what fits depends on where the first ones went.
  if (request.gangs.size() < 2 || results[0].placed >= results[0].placed_bound || !IsWorthMore(results[0])) {
    return std::move(results[0]);
  }
  const std::size_t workers = std::min<std::size_t>(options.threads, kWayCount - 1);
  if (workers <= 1) {
    for (std::size_t way = 1; way < kWayCount; ++way) plan(way);
  } else {
    std::vector<std::thread> threads;
    for (std::size_t worker = 0; worker < workers; ++worker) {
      threads.emplace_back([&, worker] {
        for (std::size_t way = 1 + worker; way < kWayCount; way += workers) plan(way);
      });
    }
    for (std::thread& thread : threads) thread.join();
  }
  const std::string resource = ScarcestResource(occupancy, request);
  std::vector<Gains> gains;
  for (const PlacementResult& result : results) gains.push_back(GainsOf(request, result, resource));
  return std::move(results[BestOf(gains)]);
}

}  // namespace

absl::StatusOr<PlacementResult> Place(const Occupancy& occupancy, const PlacementRequest& request,
                                      const PlacementOptions& options) {
  if (absl::Status status = topology::CheckRequest(occupancy.cluster(), request); !status.ok()) return status;
  PlacementResult result = Plan(occupancy, request, options);
  topology::FindChanges(occupancy, request, options, result);
  return result;
}

}  // namespace grove
