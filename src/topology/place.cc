#include <algorithm>
#include <map>
#include <thread>

#include "topology/planner.h"
#include "topology/request_check.h"

namespace grove {
namespace {

using topology::TieBreaks;

// The ways to break ties that are tried where not everything fits, the first of them always.
constexpr TieBreaks kWays[] = {{.remainders = false, .salt = 0},
                               {.remainders = true, .salt = 0},
                               {.remainders = true, .salt = 1},
                               {.remainders = true, .salt = 2}};
constexpr std::size_t kWayCount = std::size(kWays);

// What the gangs of one priority got.
struct Gain {
  std::uint64_t gangs = 0;
  double amount = 0;  // of the resource that is asked for most
};

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

std::map<std::int64_t, Gain> GainsOf(const PlacementRequest& request, const PlacementResult& result,
                                     const std::string& resource) {
  std::vector<double> requests;
  for (const PodClass& pods : request.classes) {
    requests.push_back(0);
    for (const auto& [name, amount] : pods.requests) {
      if (name == resource) requests.back() = static_cast<double>(amount);
    }
  }
  std::map<std::int64_t, Gain> gains;  // by priority, highest first
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

// No fewer gangs and no less of the resource, at the highest priority that differs.
bool IsBetter(const std::map<std::int64_t, Gain>& a, const std::map<std::int64_t, Gain>& b) {
  for (const auto& [priority, gain] : a) {
    const Gain& other = b.at(priority);
    if (gain.gangs == other.gangs && gain.amount == other.amount) continue;
    return gain.gangs >= other.gangs && gain.amount >= other.amount;
  }
  return false;
}

bool IsWorthMore(const PlacementResult& result) {
  return std::any_of(result.gangs.begin(), result.gangs.end(), [](const GangPlacement& placement) {
    return placement.outcome == GangOutcome::kInfeasible || placement.outcome == GangOutcome::kNotFound;
  });
}

}  // namespace

absl::StatusOr<PlacementResult> Place(const Occupancy& occupancy, const PlacementRequest& request,
                                      const PlacementOptions& options) {
  if (absl::Status status = topology::CheckRequest(occupancy.cluster(), request); !status.ok()) return status;
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
  std::size_t best = 0;
  auto gains = GainsOf(request, results[0], resource);
  for (std::size_t way = 1; way < kWayCount; ++way) {
    auto other = GainsOf(request, results[way], resource);
    if (!IsBetter(other, gains)) continue;
    best = way;
    gains = std::move(other);
  }
  return std::move(results[best]);
}

}  // namespace grove
