#include "grove/capacity.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

#include "grove/placement_index.hpp"

namespace grove {
namespace {

constexpr std::uint32_t kUnbounded = std::numeric_limits<std::uint32_t>::max();

// The first `count` candidates of a group.
std::vector<CandidatePods> FirstOf(const std::vector<CandidatePods>& runs, std::uint32_t count) {
  std::vector<CandidatePods> first;
  for (const CandidatePods& run : runs) {
    const std::uint32_t taken = std::min(run.count, count);
    if (taken > 0) first.push_back({run.pod_class, taken});
    count -= taken;
  }
  return first;
}

// A gang with its minimum set alone, as a new one.
Gang MinimumOf(Gang gang) {
  for (GangGroup& group : gang.groups) {
    // What ran before the copy is no part of it: one more pod of the same kind takes its place.
    std::uint32_t known = 0;
    for (const CandidatePods& run : group.candidates) known += run.count;
    if (known < group.min_replicas && !group.candidates.empty()) {
      group.candidates.front().count += group.min_replicas - known;
    }
    group.candidates = FirstOf(group.candidates, group.min_replicas);
    group.active.clear();
  }
  return gang;
}

// What the pods of the request ask for in all, by resource of the cluster.
class Demand {
 public:
  Demand(const Cluster& cluster, const std::vector<PodClass>& classes) : cluster_(cluster), classes_(classes) {
    amounts_.resize(cluster.resources().size());
  }

  void Add(const Gang& gang) {
    for (const GangGroup& group : gang.groups) {
      for (const CandidatePods& run : group.candidates) Add(run);
    }
  }

  [[nodiscard]] std::uint64_t pods() const { return pods_; }

  // How often the demand goes into what is free; kUnbounded if it asks for nothing that is bounded.
  [[nodiscard]] std::uint32_t TimesIn(const Occupancy& occupancy) const {
    if (impossible_) return 0;
    std::uint32_t times = kUnbounded;
    for (std::size_t r = 0; r < amounts_.size(); ++r) {
      if (amounts_[r] == 0) continue;
      __int128 free = 0;
      for (NodeIndex node = 0; node < cluster_.node_count(); ++node) {
        if (occupancy.usable(node)) free += std::max<std::int64_t>(0, occupancy.free(node)[r]);
      }
      if (free / amounts_[r] < times) times = static_cast<std::uint32_t>(free / amounts_[r]);
    }
    return times;
  }

 private:
  void Add(const CandidatePods& run) {
    pods_ += run.count;
    for (const auto& [name, amount] : classes_[run.pod_class].requests) {
      if (name == "pods") continue;
      const std::optional<std::size_t> resource = cluster_.FindResource(name);
      if (resource.has_value()) {
        amounts_[*resource] += static_cast<__int128>(amount) * run.count;
      } else if (amount > 0 && run.count > 0) {
        impossible_ = true;
      }
    }
    if (const auto slots = cluster_.FindResource("pods")) amounts_[*slots] += run.count;
  }

  const Cluster& cluster_;
  const std::vector<PodClass>& classes_;
  std::vector<__int128> amounts_;
  std::uint64_t pods_ = 0;
  bool impossible_ = false;  // asks for what no node has
};

class Counter {
 public:
  // What the counter places on the index is taken back when it is gone.
  Counter(PlacementIndex& index, const std::vector<PodClass>& classes, std::span<const Gang> replica,
          const CapacityOptions& options)
      : index_(index), mark_(index.mark()), options_(options), classes_(classes) {
    for (const Gang& gang : replica) replica_.push_back(MinimumOf(gang));
    for (Gang& gang : replica_) {
      const auto is_base = [&](const Gang& other) {
        return other.name == gang.base && other.gang_namespace == gang.gang_namespace;
      };
      if (std::ranges::none_of(replica_, is_base)) gang.base.clear();
    }
  }

  Counter(const Counter&) = delete;
  Counter& operator=(const Counter&) = delete;
  ~Counter() { index_.Undo(mark_); }

  absl::StatusOr<Capacity> Run() {
    for (const Gang& gang : replica_) {
      for (const GangGroup& group : gang.groups) {
        for (const CandidatePods& run : group.candidates) {
          if (run.pod_class >= classes_.size()) return absl::OutOfRangeError("a class of pods is out of range");
        }
      }
    }
    Demand demand(index_.cluster(), classes_);
    for (const Gang& gang : replica_) demand.Add(gang);
    capacity_.at_most = demand.TimesIn(index_.occupancy());
    const std::uint64_t pods = std::max<std::uint64_t>(1, demand.pods());
    const auto largest = static_cast<std::uint32_t>(std::max<std::uint64_t>(1, options_.max_pods / pods));
    if (replica_.empty()) capacity_.limited = true;
    // More and more copies at once, as long as all of them fit.
    for (std::uint32_t copies = 1; !Finished();) {
      copies = std::min({copies, largest, options_.max_replicas - capacity_.count});
      if (const absl::Status status = PlaceCopies(copies); !status.ok()) return status;
      copies = copies > largest / 2 ? largest : copies * 2;
    }
    return std::move(capacity_);
  }

 private:
  bool Finished() {
    if (capacity_.failed_gang.has_value()) return true;
    capacity_.limited |= capacity_.count >= options_.max_replicas;
    return capacity_.limited;
  }

  absl::Status PlaceCopies(std::uint32_t copies) {
    PlacementRequest request;
    request.classes = classes_;
    for (std::uint32_t copy = 0; copy < copies; ++copy) {
      for (const Gang& gang : replica_) AddCopy(gang, copy, request.gangs);
    }
    absl::StatusOr<PlacementResult> result = index_.Plan(request, options_.placement);
    if (!result.ok()) return result.status();
    // The first copy that lacks a gang ends the count; equal copies after it would not fit either.
    std::uint32_t placed = copies;
    const GangPlacement* failure = nullptr;
    for (const GangPlacement& gang : result->gangs) {
      const auto copy = static_cast<std::uint32_t>(gang.gang / replica_.size());
      if (gang.outcome == GangOutcome::kPlaced || copy >= placed) continue;
      placed = copy;
      failure = &gang;
    }
    capacity_.count += placed;
    if (failure == nullptr) {
      index_.Apply(request, *result);
      return absl::OkStatus();
    }
    capacity_.failed_gang = static_cast<std::uint32_t>(failure->gang % replica_.size());
    capacity_.failure = *failure;
    capacity_.failed_request = std::move(request);
    return absl::OkStatus();
  }

  // Gangs of a copy come before those of the next, and name those of their own as base.
  void AddCopy(const Gang& gang, std::uint32_t copy, std::vector<Gang>& gangs) {
    Gang& added = gangs.emplace_back(gang);
    absl::StrAppend(&added.name, "#", copy);
    if (!added.base.empty()) absl::StrAppend(&added.base, "#", copy);
    added.order = copy;
  }

  PlacementIndex& index_;
  const std::size_t mark_;
  const CapacityOptions& options_;
  const std::vector<PodClass>& classes_;
  std::vector<Gang> replica_;
  Capacity capacity_;
};

}  // namespace

absl::StatusOr<Capacity> CountReplicas(const Occupancy& occupancy, const std::vector<PodClass>& classes,
                                       std::span<const Gang> replica, const CapacityOptions& options) {
  PlacementIndex index(occupancy);
  return Counter(index, classes, replica, options).Run();
}

absl::StatusOr<Capacity> CountPods(const Occupancy& occupancy, const std::vector<PodClass>& classes, const Gang& gang,
                                   std::uint32_t group, std::uint32_t pod_class, const CapacityOptions& options) {
  if (group >= gang.groups.size()) return absl::OutOfRangeError(absl::StrCat("the gang has no group ", group));
  if (!gang.groups[group].candidates.empty()) pod_class = gang.groups[group].candidates.front().pod_class;
  if (pod_class >= classes.size()) return absl::OutOfRangeError("the class of pods is out of range");
  PlacementRequest request;
  request.classes = classes;
  Gang& asked = request.gangs.emplace_back(gang);
  asked.base.clear();
  for (GangGroup& other : asked.groups) {
    other.candidates.clear();
    // Nothing is missing: all that is asked for is surplus.
    other.min_replicas = std::min(other.min_replicas, static_cast<std::uint32_t>(other.active.size()));
  }
  Gang one = asked;
  one.groups[group].candidates = {{pod_class, 1}};
  Demand demand(occupancy.cluster(), classes);
  demand.Add(one);
  Capacity capacity;
  capacity.at_most = demand.TimesIn(occupancy);
  const std::uint32_t most = std::min({options.max_replicas, options.max_pods, kMostPodsPerGang / 2});
  const std::uint32_t candidates = std::min(capacity.at_most, most);
  asked.groups[group].candidates = {{pod_class, std::max<std::uint32_t>(1, candidates)}};
  absl::StatusOr<PlacementResult> result = Place(occupancy, request, options.placement);
  if (!result.ok()) return result.status();
  const GangPlacement& placement = result->gangs.front();
  capacity.count = static_cast<std::uint32_t>(placement.pods.size());
  capacity.limited = capacity.count >= most;
  if (!capacity.limited) {
    capacity.failed_gang = 0;
    capacity.failure = placement;
    capacity.failed_request = std::move(request);
  }
  return capacity;
}

namespace {

std::uint32_t ClassAt(const GangGroup& group, std::uint32_t candidate) {
  std::size_t run = 0;
  while (candidate >= group.candidates[run].count) candidate -= group.candidates[run++].count;
  return group.candidates[run].pod_class;
}

}  // namespace

Gang AfterPlacement(const Gang& gang, const GangPlacement& placement) {
  Gang after = gang;
  for (std::size_t g = 0; g < after.groups.size(); ++g) {
    GangGroup& group = after.groups[g];
    std::vector<std::uint32_t> placed;
    for (const PodPlacement& pod : placement.pods) {
      if (pod.group != g) continue;
      group.active.push_back({.node = pod.node, .pod_class = ClassAt(gang.groups[g], pod.candidate)});
      placed.push_back(pod.candidate);
    }
    std::sort(placed.begin(), placed.end());
    std::uint32_t first = 0;
    for (CandidatePods& run : group.candidates) {
      const auto begin = std::lower_bound(placed.begin(), placed.end(), first);
      const auto end = std::lower_bound(begin, placed.end(), first + run.count);
      first += run.count;
      run.count -= static_cast<std::uint32_t>(end - begin);
    }
    std::erase_if(group.candidates, [](const CandidatePods& run) { return run.count == 0; });
  }
  return after;
}

void LoseDomain(DomainIndex domain, Occupancy& occupancy) {
  const Domain& lost = occupancy.cluster().domains()[domain];
  for (NodeIndex node = lost.first_node; node < lost.first_node + lost.node_count; ++node) {
    occupancy.SetUsable(node, false);
  }
}

absl::StatusOr<LevelLoss> WorstLoss(const Occupancy& occupancy, const std::vector<PodClass>& classes,
                                    std::span<const Gang> replica, std::size_t level, std::size_t max_domains,
                                    const CapacityOptions& options) {
  std::vector<DomainIndex> domains;
  const auto all = occupancy.cluster().domains();
  for (DomainIndex d = 0; d < all.size(); ++d) {
    if (all[d].depth == level + 1 && !all[d].stands_alone) domains.push_back(d);
  }
  LevelLoss loss;
  loss.domains = static_cast<std::uint32_t>(domains.size());
  loss.counted = domains.size() <= max_domains;
  if (!loss.counted) return loss;
  PlacementIndex index(occupancy);  // of all domains: what each of them changes is taken back
  const std::size_t whole = index.mark();
  for (const DomainIndex domain : domains) {
    const Domain& lost = all[domain];
    for (NodeIndex node = lost.first_node; node < lost.first_node + lost.node_count; ++node) {
      index.SetUsable(node, false);
    }
    const absl::StatusOr<Capacity> left = Counter(index, classes, replica, options).Run();
    index.Undo(whole);
    if (!left.ok()) return left.status();
    if (!loss.worst.has_value() || left->count < loss.worst->count) loss.worst = DomainLoss{domain, left->count};
  }
  return loss;
}

}  // namespace grove
