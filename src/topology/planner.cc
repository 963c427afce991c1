#include "topology/planner.h"

#include <algorithm>
#include <numeric>
#include <tuple>

#include "absl/container/flat_hash_map.h"
#include "absl/hash/hash.h"

#include "topology/text.h"

namespace grove {

void Apply(const PlacementRequest& request, const PlacementResult& result, Occupancy& occupancy) {
  for (const Eviction& eviction : result.evictions) {
    for (const EvictedPod& pod : eviction.pods) {
      const ActivePod& active = request.gangs[eviction.gang].groups[pod.group].active[pod.active];
      occupancy.Release(active.node, request.classes[active.pod_class]);
    }
  }
  for (const GangPlacement& placement : result.gangs) {
    const Gang& gang = request.gangs[placement.gang];
    for (const PodPlacement& pod : placement.pods) {
      std::uint32_t at = pod.candidate;
      for (const CandidatePods& run : gang.groups[pod.group].candidates) {
        if (at < run.count) {
          occupancy.Place(pod.node, request.classes[run.pod_class]);
          break;
        }
        at -= run.count;
      }
    }
  }
}

namespace topology {
namespace {

struct NameHash {
  std::size_t operator()(const std::pair<std::string_view, std::string_view>& name) const {
    return absl::HashOf(View(name.first), View(name.second));
  }
};

}  // namespace

void Planner::Prepare(const PlacementRequest& request) {
  using Name = std::pair<std::string_view, std::string_view>;
  absl::flat_hash_map<Name, std::uint32_t, NameHash> by_name;
  const bool any_base =
      std::any_of(request.gangs.begin(), request.gangs.end(), [](const Gang& gang) { return !gang.base.empty(); });
  std::size_t runs = 0;
  std::size_t groups = 0;
  for (std::uint32_t i = 0; i < request.gangs.size(); ++i) {
    const Gang& gang = request.gangs[i];
    if (any_base) by_name.emplace(Name(gang.gang_namespace, gang.name), i);
    groups += gang.groups.size();
    for (const GangGroup& group : gang.groups) runs += group.candidates.size();
  }
  // Spans refer to these lists: they do not grow afterwards.
  pools_.reserve(runs);
  missing_.reserve(groups);
  gangs_.resize(request.gangs.size());
  for (std::uint32_t i = 0; i < request.gangs.size(); ++i) {
    const Gang& gang = request.gangs[i];
    gangs_[i].gang = i;
    gangs_[i].priority = gang.priority;
    if (!gang.base.empty()) {
      const auto base = by_name.find(Name(gang.gang_namespace, gang.base));
      gangs_[i].base = base == by_name.end() ? kUnknownBase : base->second;
      // A scaled gang cannot come before its base (PL-10).
      if (base != by_name.end()) gangs_[i].priority = std::min(gang.priority, request.gangs[base->second].priority);
    }
    Prepare(gangs_[i]);
  }
}

void Planner::Prepare(GangState& state) {
  const Gang& gang = request_->gangs[state.gang];
  const std::size_t first_of_gang = pools_.size();
  const std::size_t first_missing = missing_.size();
  for (std::uint32_t g = 0; g < gang.groups.size(); ++g) {
    const GangGroup& group = gang.groups[g];
    const auto active = static_cast<std::uint32_t>(group.active.size());
    missing_.push_back(group.min_replicas - std::min(group.min_replicas, active));
    state.below_minimum = state.below_minimum || missing_.back() > 0;
    const std::size_t first = pools_.size();
    std::uint32_t candidate = 0;
    for (const CandidatePods& run : group.candidates) {
      if (run.count == 0) continue;
      auto pool = std::find_if(pools_.begin() + static_cast<std::ptrdiff_t>(first), pools_.end(),
                               [&](const Pool& p) { return p.pod_class == run.pod_class; });
      if (pool == pools_.end()) {
        pool = pools_.insert(pool, {.group = g, .pod_class = run.pod_class, .runs = {}, .count = 0, .taken = 0});
      }
      pool->runs.emplace_back(candidate, run.count);
      pool->count += run.count;
      candidate += run.count;
    }
  }
  state.pools = std::span(pools_).subspan(first_of_gang);
  state.missing = std::span(missing_).subspan(first_missing);
}

std::span<const std::vector<NodeIndex>> Planner::ActiveOf(const GangState& state) {
  const Gang& gang = request_->gangs[state.gang];
  if (active_.size() < gang.groups.size()) active_.resize(gang.groups.size());
  for (std::size_t g = 0; g < gang.groups.size(); ++g) {
    active_[g].clear();
    for (const ActivePod& pod : gang.groups[g].active) active_[g].push_back(pod.node);
  }
  for (const PodPlacement& pod : record_.PodsOf(*state.placement)) active_[pod.group].push_back(pod.node);
  return std::span(active_).first(gang.groups.size());
}

// PL-20, PL-22, PL-27.
std::vector<std::uint32_t> Planner::Order() const {
  std::vector<std::uint32_t> order(gangs_.size());
  std::iota(order.begin(), order.end(), 0);
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    const auto key = [&](std::uint32_t i) {
      const Gang& gang = request_->gangs[i];
      return std::tuple(-std::int64_t{gangs_[i].priority}, !gangs_[i].below_minimum, gangs_[i].base != kNoBase,
                        gang.order, std::string_view(gang.gang_namespace), std::string_view(gang.name));
    };
    return key(a) < key(b);
  });
  return order;
}

std::uint64_t Planner::StepsLeft(const GangState& state) const {
  return options_.steps_per_gang - std::min(options_.steps_per_gang, state.placement->steps);
}

bool Planner::IsCandidate(GangState& state) {
  const Gang& gang = request_->gangs[state.gang];
  PlacedGang& placement = *state.placement;
  const Cluster& cluster = state_.cluster();
  const auto refuse = [&](GangOutcome outcome, PlacementCause cause, ScopeKind kind, std::size_t index) {
    placement.outcome = outcome;
    placement.Explanation().cause = cause;
    placement.Explanation().kind = kind;
    placement.Explanation().index = static_cast<std::uint32_t>(index);
    return false;
  };
  if (state.preempted) return refuse(GangOutcome::kNotReady, PlacementCause::kPreempted, ScopeKind::kGang, 0);
  if (!gang.topology.empty() && gang.topology != cluster.topology_name()) {
    return refuse(GangOutcome::kInvalid, PlacementCause::kUnknownTopology, ScopeKind::kGang, 0);
  }
  const auto known = [&](const PackLevels& pack) {
    for (const std::string* level : {&pack.required, &pack.preferred}) {
      if (DepthOf(cluster, *level)) continue;
      placement.Explanation().level = *level;
      return false;
    }
    return true;
  };
  const auto unknown = [&](ScopeKind kind, std::size_t index) {
    return refuse(GangOutcome::kInvalid, PlacementCause::kUnknownLevel, kind, index);
  };
  if (!known(gang.pack)) return unknown(ScopeKind::kGang, 0);
  for (std::size_t i = 0; i < gang.scopes.size(); ++i) {
    if (!known(gang.scopes[i].pack)) return unknown(ScopeKind::kScope, i);
  }
  for (std::size_t i = 0; i < gang.groups.size(); ++i) {
    if (!known(gang.groups[i].pack)) return unknown(ScopeKind::kGroup, i);
  }
  for (std::size_t g = 0; g < gang.groups.size(); ++g) {
    std::uint32_t candidates = 0;
    for (const Pool& pool : state.pools) candidates += pool.group == g ? pool.count : 0;
    if (candidates >= state.missing[g]) continue;
    placement.Explanation().needed = state.missing[g];
    placement.Explanation().placeable = candidates;
    return refuse(GangOutcome::kNotReady, PlacementCause::kNotReady, ScopeKind::kGroup, g);
  }
  // A base that runs is scheduled before its turn comes.
  const auto stands = [](const GangState& base) { return base.scheduled || !base.below_minimum; };
  if (state.base == kUnknownBase || (state.base != kNoBase && !stands(gangs_[state.base]))) {
    return refuse(GangOutcome::kNoBase, PlacementCause::kBaseNotScheduled, ScopeKind::kGang, 0);
  }
  return true;
}

PlanRecord Planner::Plan(const PlacementRequest& request, const PlacementOptions& options, const TieBreaks& ties) {
  adapted_ = Adapt(state_.cluster(), request, options);
  request_ = adapted_.has_value() ? &*adapted_ : &request;
  given_ = &request;
  options_ = options;
  remainders_.Reset(state_, *request_, ties.remainders);
  free_at_first_.assign(state_.free_in_all().begin(), state_.free_in_all().end());
  Prepare(request);
  order_ = Order();
  std::size_t pods = 0;
  for (const std::uint32_t missing : missing_) pods += missing;
  record_.pods.reserve(std::min(pods, kMostReserved));
  record_.gangs.resize(order_.size());
  for (std::size_t at = 0; at < order_.size(); ++at) {
    record_.gangs[at].gang = order_[at];
    gangs_[order_[at]].placement = &record_.gangs[at];
  }
  for (std::size_t first = 0; first < order_.size();) {
    std::size_t end = first;
    while (end < order_.size() && gangs_[order_[end]].priority == gangs_[order_[first]].priority) ++end;
    // All minimum sets before anybody's surplus (PL-23).
    for (std::size_t i = first; i < end; ++i) PlaceMinimum(gangs_[order_[i]]);
    if (options_.batch)
      PlaceJointly(
          {order_.begin() + static_cast<std::ptrdiff_t>(first), order_.begin() + static_cast<std::ptrdiff_t>(end)});
    for (std::size_t i = first; i < end; ++i) PlaceSurplus(gangs_[order_[i]]);
    first = end;
  }
  for (const PlacedGang& placement : record_.gangs) {
    record_.placed += placement.outcome == GangOutcome::kPlaced ? 1 : 0;
    record_.counters.steps += placement.steps;
  }
  record_.placed_bound = std::max(record_.placed, PlacedBound());
  PlanRecord record = std::move(record_);
  Clear();
  return record;
}

// Lets go what belongs to the plan, and what is much larger than the plan of one gang needs.
void Planner::Clear() {
  record_ = {};
  adapted_.reset();
  request_ = given_ = nullptr;
  positions_.clear();
  quotas_.clear();
  reason_count_ = 0;
  gangs_.clear();
  pools_.clear();
  missing_.clear();
  order_.clear();
  const auto bound = [](auto& list, std::size_t most) {
    if (list.capacity() > most) list = {};
  };
  bound(gangs_, kMostKept);
  bound(pools_, kMostKept);
  bound(missing_, kMostKept);
  bound(order_, kMostKept);
  bound(reasons_, 1);
}

std::size_t Planner::bytes() const {
  return sizeof(*this) + HeapBytesOf(remainders_, solver_, free_at_first_, gangs_, pools_, missing_, order_, marked_,
                                     quotas_, spare_, active_, compositions_, counts_, left_, surplus_, most_, demands_,
                                     with_surplus_, found_, figures_, free_, reasons_);
}

PlanRecord PlanWay(WorkState& state, const PlacementRequest& request, const PlacementOptions& options,
                   const TieBreaks& ties) {
  const PlacementCounters before = state.Counters();
  state.Begin(request.classes, ties.salt);
  if (state.planner == nullptr) state.planner = std::make_shared<Planner>(state);
  PlanRecord record = state.planner->Plan(request, options, ties);
  state.End();
  const PlacementCounters after = state.Counters();
  record.counters.nodes_read = after.nodes_read - before.nodes_read;
  record.counters.domains_read = after.domains_read - before.domains_read;
  record.counters.index_builds = after.index_builds - before.index_builds;
  record.counters.updates = after.updates - before.updates;
  return record;
}

// As many gangs as fit if only the sum of one resource mattered, smallest first.
std::uint32_t Planner::PlacedBound() const {
  auto bound = static_cast<std::uint32_t>(gangs_.size());
  std::vector<Wide> needs;
  std::vector<std::int64_t> least;
  for (std::size_t r = 0; r < state_.width(); ++r) {
    needs.clear();
    for (const GangState& state : gangs_) {
      // A group whose pods are of several classes takes no less than of its smallest.
      least.assign(state.missing.size(), -1);
      for (const Pool& pool : state.pools) {
        const std::int64_t request = state_.needs(pool.pod_class).requests[r];
        std::int64_t& of_group = least[pool.group];
        of_group = of_group < 0 ? request : std::min(of_group, request);
      }
      Wide need = 0;
      for (std::size_t g = 0; g < least.size(); ++g) {
        need += Wide{std::max<std::int64_t>(0, least[g])} * state.missing[g];
      }
      needs.push_back(need);
    }
    std::sort(needs.begin(), needs.end());
    Wide left = free_at_first_[r];
    std::uint32_t count = 0;
    for (const Wide need : needs) {
      left -= need;
      if (left < 0) break;
      ++count;
    }
    bound = std::min(bound, count);
  }
  return bound;
}

}  // namespace topology
}  // namespace grove
