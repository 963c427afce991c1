#include <algorithm>

#include "topology/mix.h"
#include "topology/planner.h"

namespace grove::topology {
namespace {

// Steps for placing one gang again.
constexpr std::uint64_t kRearrangeSteps = 3'000;
// Gangs that one rearrangement moves at most.
constexpr std::size_t kMostMoved = 24;

bool IsWorse(const GangPlacement& now, const GangPlacement& before) {
  for (std::size_t i = 0; i < now.figures.size() && i < before.figures.size(); ++i) {
    const PackRank& a = now.figures[i].rank;
    const PackRank& b = before.figures[i].rank;
    if (a.level != b.level) return a.level < b.level;
    if (a.domains != b.domains) return a.domains > b.domains;
  }
  return false;
}

}  // namespace

bool Planner::IsMovable(const GangState& state) const {
  if (!state.scheduled || state.placement->pods.empty()) return false;
  // What options have chosen for one gang depends on where others are.
  if (!options_.spread_level.empty() || !options_.replica_level.empty() || options_.near_base || options_.reuse_nodes) {
    return false;
  }
  const std::vector<GangGroup>& groups = request_.gangs[state.gang].groups;
  return std::all_of(groups.begin(), groups.end(), [](const GangGroup& group) { return group.active.empty(); });
}

// The gang's pods leave their nodes.
void Planner::Remove(GangState& state) {
  for (const PodPlacement& pod : state.placement->pods) {
    const auto pool = std::find_if(state.pools.begin(), state.pools.end(), [&](const Pool& p) {
      return p.group == pod.group && std::any_of(p.runs.begin(), p.runs.end(), [&](const auto& run) {
               return pod.candidate >= run.first && pod.candidate < run.first + run.second;
             });
    });
    state_.Take(pod.node, pool->pod_class, -1);
  }
  for (Pool& pool : state.pools) pool.taken = 0;
  for (std::vector<NodeIndex>& nodes : state.active) nodes.clear();
  state.placement->pods.clear();
  state.scheduled = false;
}

void Planner::Restore(const Saved& saved) {
  GangState& state = gangs_[saved.gang];
  if (!state.placement->pods.empty()) Remove(state);
  state = saved.state;
  *state.placement = saved.placement;
  for (const PodPlacement& pod : state.placement->pods) {
    const auto pool = std::find_if(state.pools.begin(), state.pools.end(), [&](const Pool& p) {
      return p.group == pod.group && std::any_of(p.runs.begin(), p.runs.end(), [&](const auto& run) {
               return pod.candidate >= run.first && pod.candidate < run.first + run.second;
             });
    });
    state_.Take(pod.node, pool->pod_class, 1);
  }
}

bool Planner::TryAgain(GangState& state) {
  const std::uint64_t steps = state.placement->steps;
  const bool explain = options_.explain;
  const bool preempt = options_.preempt;
  options_.explain = options_.preempt = false;
  state.placement->steps = options_.steps_per_gang - std::min(options_.steps_per_gang, kRearrangeSteps);
  PlaceMinimum(state);
  state.placement->steps = steps;
  options_.explain = explain;
  options_.preempt = preempt;
  return state.scheduled;
}

// The outermost scope that needs one domain, or else the largest group that does.
bool Planner::GoalOf(const GangState& state, Goal& goal) const {
  const Gang& gang = request_.gangs[state.gang];
  const auto consider = [&](const PackLevels& pack, const auto& contains) {
    const std::uint32_t depth = DepthOf(state_.cluster(), pack.required).value_or(0);
    if (depth == 0) return;
    Goal found{.depth = depth, .pod_class = 0, .copies = 0};
    double share = -1;
    for (const Pool& pool : state.pools) {
      const std::uint32_t count = std::min(pool.count, state.missing[pool.group]);
      if (!contains(pool.group) || count == 0) continue;
      const double own = state_.needs(pool.pod_class).share;
      if (own > share) {
        found.copies = 0;
        found.pod_class = pool.pod_class;
        share = own;
      }
      if (found.pod_class == pool.pod_class) found.copies += count;
    }
    if (found.copies > goal.copies) goal = found;
  };
  consider(gang.pack, [](std::uint32_t) { return true; });
  for (std::uint32_t g = 0; goal.copies == 0 && g < gang.groups.size(); ++g) {
    consider(gang.groups[g].pack, [g](std::uint32_t group) { return group == g; });
  }
  return goal.copies > 0;
}

// Places the moved gangs again, and `added` before them, in an order that `seed` decides; the large ones come first
// with seed 0. Restores everything and says false unless all of them find a place of no worse rank.
bool Planner::Rearrange(const std::vector<Saved>& moved, GangState* added, std::uint64_t seed) {
  std::vector<const Saved*> order;
  for (const Saved& saved : moved) order.push_back(&saved);
  std::sort(order.begin(), order.end(), [&](const Saved* a, const Saved* b) {
    const std::size_t left = a->placement.pods.size();
    const std::size_t right = b->placement.pods.size();
    if (seed != 0) return Mix(seed ^ Mix(a->gang)) < Mix(seed ^ Mix(b->gang));
    return left != right ? left > right : a->gang < b->gang;
  });
  const Saved added_before = added == nullptr ? Saved{} : Saved{added->gang, *added, *added->placement};
  for (const Saved& saved : moved) Remove(gangs_[saved.gang]);
  bool all = added == nullptr || TryAgain(*added);
  for (std::size_t i = 0; all && i < order.size(); ++i) {
    GangState& state = gangs_[order[i]->gang];
    all = TryAgain(state) && !IsWorse(*state.placement, order[i]->placement);
  }
  if (all) return true;
  if (added != nullptr) {
    if (added->scheduled) Remove(*added);
    *added = added_before.state;
    *added->placement = added_before.placement;
  }
  for (const Saved& saved : moved) {
    if (!gangs_[saved.gang].placement->pods.empty()) Remove(gangs_[saved.gang]);
  }
  for (const Saved& saved : moved) Restore(saved);
  return false;
}

// Takes gangs out of a few domains and puts them back in other ways, until the room that is left comes together.
bool Planner::MakeRoom(GangState& state, const std::vector<std::uint32_t>& gangs) {
  Goal goal;
  if (!GoalOf(state, goal)) return false;
  const auto [first, end] = state_.DomainsInside(0, goal.depth);
  std::vector<DomainIndex> with_room;
  for (std::uint32_t round = 0; round < options_.batch_rounds; ++round) {
    const std::vector<std::int64_t>& sums = state_.Index(goal.pod_class).sums;
    if (sums[0] < goal.copies) return false;
    with_room.clear();
    for (DomainIndex at = first; at < end; ++at) {
      if (sums[at] > 0 && !state_.domain(at).stands_alone) with_room.push_back(at);
    }
    if (with_room.empty()) return false;
    // Two domains with room to spare, and every other time any third one.
    const std::uint64_t random = Mix(round * 0x10001u + state.gang);
    std::vector<DomainIndex> chosen{with_room[random % with_room.size()], with_room[(random >> 20) % with_room.size()]};
    if (round % 2 == 1) chosen.push_back(first + static_cast<DomainIndex>((random >> 40) % (end - first)));
    const auto squares = [&, first = first, end = end] {
      const std::vector<std::int64_t>& now = state_.Index(goal.pod_class).sums;
      double sum = 0;
      for (DomainIndex at = first; at < end; ++at) sum += static_cast<double>(now[at]) * static_cast<double>(now[at]);
      return sum;
    };
    const double before = squares();
    std::vector<Saved> moved;
    for (const std::uint32_t i : gangs) {
      if (!IsMovable(gangs_[i])) continue;
      const bool inside =
          std::any_of(gangs_[i].placement->pods.begin(), gangs_[i].placement->pods.end(), [&](const PodPlacement& pod) {
            return std::find(chosen.begin(), chosen.end(), state_.DomainAt(pod.node, goal.depth)) != chosen.end();
          });
      if (inside) moved.push_back({.gang = i, .state = gangs_[i], .placement = *gangs_[i].placement});
    }
    if (moved.empty() || moved.size() > kMostMoved) continue;
    if (Rearrange(moved, &state, round % 4 == 0 ? 0 : random | 1)) return true;
    if (Rearrange(moved, nullptr, random | 1)) {
      if (squares() >= before) continue;
      for (const Saved& saved : moved) Remove(gangs_[saved.gang]);
      for (const Saved& saved : moved) Restore(saved);
    }
  }
  return false;
}

void Planner::PlaceJointly(const std::vector<std::uint32_t>& gangs) {
  bool again = true;
  while (again) {
    again = false;
    for (const std::uint32_t i : gangs) {
      GangState& state = gangs_[i];
      const GangOutcome outcome = state.placement->outcome;
      if (outcome == GangOutcome::kNoBase && state.base < gangs_.size() && gangs_[state.base].scheduled) {
        state.placement->explanation = {};
        again = TryAgain(state) || again;
      } else if (outcome == GangOutcome::kInfeasible || outcome == GangOutcome::kNotFound) {
        if (TryAgain(state) || MakeRoom(state, gangs)) again = true;
      }
    }
  }
}

}  // namespace grove::topology
