#include <algorithm>

#include "topology/planner.h"

namespace grove::topology {
namespace {

// Ways to make up minimum sets from pods of several classes that are tried.
constexpr std::size_t kMostCompositions = 64;
// One of the questions how much surplus fits gets this part of the steps.
constexpr std::uint64_t kSurplusPart = 8;

PackRank ToRank(const Target& target) {
  return {.level = static_cast<std::int32_t>(target.depth) - 1, .domains = target.domains};
}

}  // namespace

// Which pools the minimum sets come from: by pool; the first in list order first. Tells how many ways there are.
std::size_t Planner::ListCompositions(const GangState& state, bool& all) {
  std::size_t found = 0;
  compositions_.clear();
  std::vector<std::uint32_t>& counts = counts_;
  std::vector<std::uint32_t>& left = left_;
  counts.assign(state.pools.size(), 0);
  left.assign(state.missing.begin(), state.missing.end());
  all = true;
  // The last pool of a group takes what is left.
  const auto is_last = [&](std::size_t p) {
    return p + 1 == state.pools.size() || state.pools[p + 1].group != state.pools[p].group;
  };
  const auto visit = [&](const auto& self, std::size_t p) -> void {
    if (found >= kMostCompositions) {
      all = false;
      return;
    }
    if (p == state.pools.size()) {
      ++found;
      compositions_.insert(compositions_.end(), counts.begin(), counts.end());
      return;
    }
    const Pool& pool = state.pools[p];
    const std::uint32_t most = std::min(pool.count, left[pool.group]);
    for (std::uint32_t count = most + 1; count-- > 0;) {
      if (is_last(p) && count != left[pool.group]) break;
      counts[p] = count;
      left[pool.group] -= count;
      self(self, p + 1);
      left[pool.group] += count;
      if (!all) return;
    }
  };
  visit(visit, 0);
  return found;
}

void Planner::PlaceMinimum(GangState& state) {
  if (!IsCandidate(state)) return;
  if (!state.below_minimum) {
    state.scheduled = true;
    state.placement->outcome = GangOutcome::kPlaced;
    state.placement->optimal = true;
    return;
  }
  bool open = false;
  if (PlaceAsOptionsSay(state, open) || (options_.preempt && Preempt(state))) return;
  state.placement->outcome = open ? GangOutcome::kNotFound : GangOutcome::kInfeasible;
  bool all = true;
  if (!options_.explain || ListCompositions(state, all) == 0 || ExplainReplica(state, Composition(state, 0))) return;
  Explain(state, DemandsOf(state, Composition(state, 0)));
}

// Tries the ways to make up the minimum set. `open`: that it does not fit is not proven.
bool Planner::PlaceAnyComposition(GangState& state, bool& open) {
  bool all = true;
  open = false;
  const std::size_t count = ListCompositions(state, all);
  for (std::size_t i = 0; i < count; ++i) {
    if (!PlaceComposition(state, Composition(state, i), open)) continue;
    state.scheduled = true;
    state.placement->outcome = GangOutcome::kPlaced;
    state.placement->explanation.reset();
    return true;
  }
  open = open || !all;
  return false;
}

const std::vector<GroupDemand>& Planner::DemandsOf(const GangState& state, Counts counts) {
  std::vector<GroupDemand>& demands = demands_;
  demands.clear();
  demands.reserve(counts.size());
  for (std::size_t p = 0; p < counts.size(); ++p) {
    if (counts[p] == 0) continue;
    demands.push_back({.group = state.pools[p].group,
                       .pod_class = state.pools[p].pod_class,
                       .count = static_cast<std::int32_t>(counts[p]),
                       .surplus = false});
  }
  return demands;
}

// Tries one way to make up the minimum set. `open`: it could neither be placed nor be ruled out.
bool Planner::PlaceComposition(GangState& state, Counts counts, bool& open) {
  const Gang& gang = request_->gangs[state.gang];
  const std::uint64_t before = solver_.steps();
  const std::vector<GroupDemand>& demands = DemandsOf(state, counts);
  const Problem problem = MakeProblem(state_, gang, demands, ActiveOf(state));
  Solution solution = std::move(spare_);
  solver_.Solve(problem, StepsLeft(state), solution);
  state.placement->steps += solver_.steps() - before;
  if (solution.verdict != Verdict::kFound) {
    open = open || solution.verdict == Verdict::kLimit;
    spare_ = std::move(solution);
    return false;
  }
  if (options_.reuse_nodes || options_.balance) Refine(state, problem, solution);
  ReserveSurplus(state, counts, solution);
  solver_.SetQuotas({});
  solver_.Measure(problem, solution);
  State(problem, solution, *state.placement);
  if (options_.balance) StateLargest(problem, solution, *state.placement);
  Commit(state, problem, solution.pods, false);
  spare_ = std::move(solution);
  return true;
}

// Among placements of equal rank, prefers one beside which surplus fits (K-Q2).
void Planner::ReserveSurplus(GangState& state, Counts counts, Solution& solution) {
  const std::uint64_t before = solver_.steps();
  const std::uint64_t limit = std::max<std::uint64_t>(1, StepsLeft(state) / kSurplusPart);
  const Gang& gang = request_->gangs[state.gang];
  bool any = false;
  for (std::size_t p = 0; p < counts.size(); ++p) any = any || state.pools[p].count > counts[p];
  if (!any) return;
  std::vector<std::uint32_t>& most = most_;
  most.resize(state.pools.size());
  for (std::size_t p = 0; p < most.size(); ++p) most[p] = state.pools[p].count - counts[p];
  // Surplus must not be the company that a pod of the minimum set asks for.
  for (const Pool& pool : state.pools) {
    if (state_.rules().HasAffinity(pool.pod_class)) return;
  }
  const auto reach = [&](Counts surplus) {
    std::vector<GroupDemand>& demands = with_surplus_;
    demands.clear();
    for (std::size_t p = 0; p < counts.size(); ++p) {
      const auto add = [&](std::uint32_t count, bool is_surplus) {
        if (count == 0) return;
        demands.push_back({.group = state.pools[p].group,
                           .pod_class = state.pools[p].pod_class,
                           .count = static_cast<std::int32_t>(count),
                           .surplus = is_surplus});
      };
      add(counts[p], false);
      add(surplus[p], true);
    }
    const Problem problem = MakeProblem(state_, gang, demands, ActiveOf(state));
    std::vector<Assignment>& pods = found_;
    const Verdict verdict = solver_.Reach(problem, solution.ranks, limit, pods);
    if (verdict != Verdict::kFound) return false;
    // The demands of the minimum set alone, numbered as in the problem without surplus.
    solution.pods.clear();
    for (Assignment& assignment : pods) {
      std::uint32_t position = 0;
      for (std::uint32_t d = 0; d < assignment.demand; ++d) position += problem.demands[d].surplus ? 0 : 1;
      if (problem.demands[assignment.demand].surplus) continue;
      assignment.demand = position;
      solution.pods.push_back(assignment);
    }
    return true;
  };
  if (!reach(most)) {
    std::vector<std::uint32_t>& surplus = surplus_;
    surplus.assign(most.size(), 0);
    for (std::size_t p = 0; p < most.size(); ++p) {
      std::uint32_t low = 0;
      for (std::uint32_t high = most[p]; low < high;) {
        const std::uint32_t middle = high - (high - low) / 2;
        surplus[p] = middle;
        if (reach(surplus)) {
          low = middle;
        } else {
          high = middle - 1;
        }
      }
      surplus[p] = low;
    }
  }
  state.placement->steps += solver_.steps() - before;
}

Verdict Planner::Fits(GangState& state, Counts counts) {
  const std::vector<GroupDemand>& demands = DemandsOf(state, counts);
  const Problem problem = MakeProblem(state_, request_->gangs[state.gang], demands, ActiveOf(state));
  return solver_.Reach(problem, {}, std::max<std::uint64_t>(1, options_.steps_per_gang / kSurplusPart), found_);
}

// The most of each pool, one after the other, that fits.
const std::vector<std::uint32_t>& Planner::MostSurplus(GangState& state, Counts left, bool& open) {
  std::vector<std::uint32_t>& counts = surplus_;
  counts.assign(left.begin(), left.end());
  if (Fits(state, left) == Verdict::kFound) return counts;
  counts.assign(left.size(), 0);
  for (std::size_t p = 0; p < left.size(); ++p) {
    std::uint32_t low = 0;
    for (std::uint32_t high = left[p]; low < high;) {
      counts[p] = high - (high - low) / 2;
      const Verdict verdict = Fits(state, counts);
      open = open || verdict == Verdict::kLimit;
      if (verdict == Verdict::kFound) {
        low = counts[p];
      } else {
        high = counts[p] - 1;
      }
    }
    counts[p] = low;
  }
  return counts;
}

void Planner::PlaceSurplus(GangState& state) {
  if (!state.scheduled) return;
  state.placement->surplus_complete = true;
  if (std::all_of(state.pools.begin(), state.pools.end(), [](const Pool& p) { return p.taken == p.count; })) return;
  std::vector<std::uint32_t>& left = most_;
  left.clear();
  for (const Pool& pool : state.pools) left.push_back(pool.count - pool.taken);
  const std::uint64_t before = solver_.steps();
  const bool kept = KeepToReplica(state);
  bool open = false;
  const std::vector<std::uint32_t>& counts = MostSurplus(state, left, open);
  state.placement->surplus_complete = !open;
  const std::vector<GroupDemand>& demands = DemandsOf(state, counts);
  if (!demands.empty()) {
    const Problem problem = MakeProblem(state_, request_->gangs[state.gang], demands, ActiveOf(state));
    solver_.Solve(problem, options_.steps_per_gang, spare_);
    if (spare_.verdict == Verdict::kFound) Commit(state, problem, spare_.pods, true);
  }
  if (kept) UnmarkNodes();
  state.placement->steps += solver_.steps() - before;
}

// The pods stay on their nodes and become active.
void Planner::Commit(GangState& state, const Problem& problem, const std::vector<Assignment>& pods, bool surplus) {
  std::size_t count = 0;
  for (const Demand& demand : problem.demands) count += static_cast<std::size_t>(demand.count);
  record_.OpenPods(*state.placement, count);
  state.placement->pods.count += static_cast<std::uint32_t>(count);
  for (const Assignment& assignment : pods) {
    const Demand& demand = problem.demands[assignment.demand];
    const std::uint32_t pod_class = problem.classes[demand.kind];
    state_.Take(assignment.node, pod_class, assignment.count);
    const auto pool = std::find_if(state.pools.begin(), state.pools.end(),
                                   [&](const Pool& p) { return p.group == demand.group && p.pod_class == pod_class; });
    for (std::int32_t i = 0; i < assignment.count; ++i) {
      std::uint32_t position = pool->taken++;
      std::size_t run = 0;
      while (position >= pool->runs[run].second) position -= pool->runs[run++].second;
      record_.pods.push_back({.group = demand.group,
                              .candidate = pool->runs[run].first + position,
                              .node = assignment.node,
                              .surplus = surplus});
    }
  }
}

void Planner::State(const Problem& problem, const Solution& solution, PlacedGang& placement) {
  placement.optimal = solution.optimal;
  figures_.clear();
  for (std::size_t i = 0; i < problem.ranked.size(); ++i) {
    const Scope& scope = problem.scopes[problem.ranked[i]];
    figures_.push_back({.kind = scope.kind,
                        .index = scope.index,
                        .preferred = scope.stated_preferred - 1,
                        .rank = ToRank(solution.ranks[i]),
                        .bound = ToRank(solution.bounds[i])});
  }
  record_.SetFigures(placement, figures_);
}

}  // namespace grove::topology
