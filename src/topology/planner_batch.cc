#include <algorithm>
#include <set>

#include "model/stable_sort.h"
#include "topology/mix.h"
#include "topology/planner.h"

namespace grove::topology {
namespace {

// Steps for placing one gang again.
constexpr std::uint64_t kRearrangeSteps = 3'000;
// Gangs that one rearrangement moves at most.
constexpr std::size_t kMostMoved = 24;

bool IsWorse(std::span<const ScopeFigure> now, std::span<const ScopeFigure> before) {
  for (std::size_t i = 0; i < now.size() && i < before.size(); ++i) {
    const PackRank& a = now[i].rank;
    const PackRank& b = before[i].rank;
    if (a.level != b.level) return a.level < b.level;
    if (a.domains != b.domains) return a.domains > b.domains;
  }
  return false;
}

}  // namespace

bool Planner::IsMovable(const GangState& state) const {
  if (!state.scheduled || state.placement->pods.count == 0) return false;
  // What options have chosen for one gang depends on where others are.
  if (!options_.spread_level.empty() || !options_.replica_level.empty() || options_.near_base || options_.reuse_nodes) {
    return false;
  }
  const std::vector<GangGroup>& groups = request_->gangs[state.gang].groups;
  return std::all_of(groups.begin(), groups.end(), [](const GangGroup& group) { return group.active.empty(); });
}

// So many of each pod of the gang come to where the record has it.
void Planner::TakeAll(const GangState& state, std::int32_t count) {
  for (const PodPlacement& pod : record_.PodsOf(*state.placement)) {
    const auto pool = std::find_if(state.pools.begin(), state.pools.end(), [&](const Pool& p) {
      return p.group == pod.group && std::any_of(p.runs.begin(), p.runs.end(), [&](const auto& run) {
               return pod.candidate >= run.first && pod.candidate < run.first + run.second;
             });
    });
    state_.Take(pod.node, pool->pod_class, count);
  }
}

// The gang's pods leave their nodes.
void Planner::Remove(GangState& state) {
  TakeAll(state, -1);
  for (Pool& pool : state.pools) pool.taken = 0;
  state.placement->pods.count = 0;
  state.scheduled = false;
}

Planner::Saved Planner::Save(const GangState& state) const {
  const PlacedGang& from = *state.placement;
  Saved saved{
      .gang = state.gang, .scheduled = state.scheduled, .taken = {}, .pods = {}, .figures = {}, .placement = {}};
  for (const Pool& pool : state.pools) saved.taken.push_back(pool.taken);
  const auto pods = record_.PodsOf(from);
  saved.pods.assign(pods.begin(), pods.end());
  const auto figures = record_.FiguresOf(from);
  saved.figures.assign(figures.begin(), figures.end());
  saved.placement = {.gang = from.gang,
                     .outcome = from.outcome,
                     .optimal = from.optimal,
                     .surplus_complete = from.surplus_complete,
                     .steps = from.steps,
                     .pods = {},
                     .figures = {},
                     .options = from.options,
                     .explanation = nullptr};
  if (from.explanation != nullptr) saved.placement.explanation.reset(new PlacementExplanation(*from.explanation));
  return saved;
}

void Planner::Restore(const Saved& saved) {
  GangState& state = gangs_[saved.gang];
  PlacedGang& placement = *state.placement;
  if (placement.pods.count > 0) Remove(state);
  state.scheduled = saved.scheduled;
  for (std::size_t p = 0; p < state.pools.size(); ++p) state.pools[p].taken = saved.taken[p];
  placement.outcome = saved.placement.outcome;
  placement.optimal = saved.placement.optimal;
  placement.surplus_complete = saved.placement.surplus_complete;
  placement.steps = saved.placement.steps;
  placement.options = saved.placement.options;
  placement.explanation.reset();
  if (saved.placement.explanation != nullptr) placement.Explanation() = *saved.placement.explanation;
  record_.SetPods(placement, saved.pods);
  record_.SetFigures(placement, saved.figures);
  TakeAll(state, 1);
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
  const Gang& gang = request_->gangs[state.gang];
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
  order.reserve(moved.size());
  for (const Saved& saved : moved) order.push_back(&saved);
  std::sort(order.begin(), order.end(), [&](const Saved* a, const Saved* b) {
    const std::size_t left = a->pods.size();
    const std::size_t right = b->pods.size();
    if (seed != 0) return Mix(seed ^ Mix(a->gang)) < Mix(seed ^ Mix(b->gang));
    return left != right ? left > right : a->gang < b->gang;
  });
  const Saved added_before = added == nullptr ? Saved{} : Save(*added);
  for (const Saved& saved : moved) Remove(gangs_[saved.gang]);
  bool all = added == nullptr || TryAgain(*added);
  for (std::size_t i = 0; all && i < order.size(); ++i) {
    GangState& state = gangs_[order[i]->gang];
    all = TryAgain(state) && !IsWorse(record_.FiguresOf(*state.placement), order[i]->figures);
  }
  if (all) return true;
  if (added != nullptr) Restore(added_before);
  for (const Saved& saved : moved) {
    if (gangs_[saved.gang].placement->pods.count > 0) Remove(gangs_[saved.gang]);
  }
  for (const Saved& saved : moved) Restore(saved);
  return false;
}

// How much together the room is: the sum of the squares of what fits where.
double Planner::Squares(const Goal& goal) {
  const auto [first, end] = state_.DomainsInside(0, goal.depth);
  const std::vector<std::int64_t>& sums = state_.Index(goal.pod_class).sums;
  double sum = 0;
  for (DomainIndex at = first; at < end; ++at) sum += static_cast<double>(sums[at]) * static_cast<double>(sums[at]);
  return sum;
}

// The gangs that have pods in one of the domains and may be moved.
std::vector<Planner::Saved> Planner::SaveThoseIn(const std::vector<DomainIndex>& domains, std::uint32_t depth,
                                                 const std::vector<std::uint32_t>& gangs) const {
  std::vector<Saved> saved;
  for (const std::uint32_t i : gangs) {
    if (!IsMovable(gangs_[i])) continue;
    const auto pods = record_.PodsOf(*gangs_[i].placement);
    const bool inside = std::any_of(pods.begin(), pods.end(), [&](const PodPlacement& pod) {
      return std::find(domains.begin(), domains.end(), state_.DomainAt(pod.node, depth)) != domains.end();
    });
    if (inside) saved.push_back(Save(gangs_[i]));
  }
  return saved;
}

// Two domains with room to spare, and any third one; none if no domain has room.
std::vector<DomainIndex> Planner::ChooseDomains(const Goal& goal, std::uint64_t random, bool third) {
  const auto [first, end] = state_.DomainsInside(0, goal.depth);
  const std::vector<std::int64_t>& sums = state_.Index(goal.pod_class).sums;
  std::vector<DomainIndex> with_room;
  for (DomainIndex at = first; at < end; ++at) {
    if (sums[at] > 0 && !state_.domain(at).stands_alone) with_room.push_back(at);
  }
  if (with_room.empty()) return {};
  std::vector<DomainIndex> chosen{with_room[random % with_room.size()], with_room[(random >> 20) % with_room.size()]};
  if (third) chosen.push_back(first + static_cast<DomainIndex>((random >> 40) % (end - first)));
  return chosen;
}

// Takes gangs out of a few domains and puts them back in other ways, until the room that is left comes together.
bool Planner::MakeRoom(GangState& state, const std::vector<std::uint32_t>& gangs) {
  Goal goal;
  if (!GoalOf(state, goal)) return false;
  for (std::uint32_t round = 0; round < options_.batch_rounds; ++round) {
    if (state_.Index(goal.pod_class).sums[0] < goal.copies) return false;
    const std::uint64_t random = Mix(round * 0x10001u + state.gang);
    const std::vector<DomainIndex> chosen = ChooseDomains(goal, random, round % 2 == 1);
    if (chosen.empty()) return false;
    const double before = Squares(goal);
    const std::vector<Saved> moved = SaveThoseIn(chosen, goal.depth, gangs);
    if (moved.empty() || moved.size() > kMostMoved) continue;
    if (Rearrange(moved, &state, round % 4 == 0 ? 0 : random | 1)) return true;
    if (Rearrange(moved, nullptr, random | 1)) {
      if (Squares(goal) >= before) {
        rearranged_ = true;
        continue;
      }
      for (const Saved& saved : moved) Remove(gangs_[saved.gang]);
      for (const Saved& saved : moved) Restore(saved);
    }
  }
  return false;
}

void Planner::PlaceJointly(const std::vector<std::uint32_t>& gangs) {
  bool again = true;
  bool changed = false;
  rearranged_ = false;
  while (again) {
    again = false;
    for (const std::uint32_t i : gangs) {
      GangState& state = gangs_[i];
      const GangOutcome outcome = state.placement->outcome;
      if (outcome == GangOutcome::kNoBase && state.base < gangs_.size() && gangs_[state.base].scheduled) {
        state.placement->explanation.reset();
        again = TryAgain(state) || again;
      } else if (outcome == GangOutcome::kInfeasible || outcome == GangOutcome::kNotFound) {
        if (TryAgain(state) || MakeRoom(state, gangs)) again = true;
      }
    }
    changed = changed || again || rearranged_;
    again = again || (rearranged_ && TryRefused(gangs));
  }
  if (!changed) return;
  RestateClaims(gangs);
  MoveEvictionsForward(gangs);
}

// Gangs were moved and none was placed: what was refused before may fit now.
bool Planner::TryRefused(const std::vector<std::uint32_t>& gangs) {
  rearranged_ = false;
  bool any = false;
  for (const std::uint32_t i : gangs) {
    const GangOutcome outcome = gangs_[i].placement->outcome;
    if (outcome != GangOutcome::kInfeasible && outcome != GangOutcome::kNotFound) continue;
    any = TryAgain(gangs_[i]) || any;
  }
  return any;
}

// Gangs stand beside some that are decided after them: what was proven of their places holds no more.
void Planner::RestateClaims(const std::vector<std::uint32_t>& gangs) {
  for (const std::uint32_t i : gangs) {
    GangState& state = gangs_[i];
    if (!state.scheduled || state.placement->pods.count == 0) continue;
    StateOptions(state, false);
    LoosenBounds(*state.placement, record_.FiguresOf(*state.placement));
  }
}

// What was to go for one gang goes for the first one that stands in its place, and before that is placed.
void Planner::MoveEvictionsForward(const std::vector<std::uint32_t>& gangs) {
  for (Eviction& eviction : record_.evictions) {
    const auto last = std::find(gangs.begin(), gangs.end(), eviction.for_gang);
    if (last == gangs.end()) continue;
    std::set<NodeIndex> nodes;
    for (const EvictedPod& pod : eviction.pods) {
      nodes.insert(given_->gangs[eviction.gang].groups[pod.group].active[pod.active].node);
    }
    const auto takes = [&](std::uint32_t gang) {
      const auto pods = record_.PodsOf(*gangs_[gang].placement);
      const std::span<const Pool> pools = gangs_[gang].pools;
      const bool ruled = std::any_of(pools.begin(), pools.end(),
                                     [&](const Pool& pool) { return state_.rules().Concerns(pool.pod_class); });
      return !pods.empty() && (ruled || std::any_of(pods.begin(), pods.end(), [&](const PodPlacement& pod) {
                                 return nodes.count(pod.node) == 1;
                               }));
    };
    eviction.for_gang = *std::find_if(gangs.begin(), last, takes);
  }
  const auto turn = [&](const Eviction& eviction) { return gangs_[eviction.for_gang].placement; };
  internal::StableSort(record_.evictions, [&](const Eviction& a, const Eviction& b) { return turn(a) < turn(b); });
}

}  // namespace grove::topology
