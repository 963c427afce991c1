#include "topology/gang_solver.h"

#include <algorithm>

namespace grove::topology {
namespace {

// The search that hopes for the best of everything gets this part of the steps.
constexpr std::uint64_t kHopePart = 4;

}  // namespace

bool GangSolver::SomeDomainCould(const Problem& problem, const Scope& scope, std::uint32_t depth) {
  if (!scope.active.empty()) {
    const DomainIndex first = state_.DomainAt(scope.active.front(), depth);
    return std::ranges::all_of(scope.active, [&](NodeIndex node) { return state_.DomainAt(node, depth) == first; }) &&
           search_.CouldHold(problem, scope, first);
  }
  const OrderedUnits& order = state_.Order(*problem.indexes[scope.hardest], depth);
  for (Unit at = order.First(scope.weight[scope.hardest]); at != kNoUnit; at = order.Next(at)) {
    if (search_.CouldHold(problem, scope, at)) return true;
  }
  return false;
}

// The fewest domains of the preferred level inside any one domain at `depth` that could hold the scope.
std::uint32_t GangSolver::FewestAt(const Problem& problem, const Scope& scope, std::uint32_t depth) {
  std::uint32_t fewest = Search::kTooMany;
  if (depth == 0) return search_.FewestDomains(problem, scope, 0, scope.preferred);
  if (!scope.active.empty()) {
    const DomainIndex first = state_.DomainAt(scope.active.front(), depth);
    const bool together =
        std::ranges::all_of(scope.active, [&](NodeIndex node) { return state_.DomainAt(node, depth) == first; });
    return together ? search_.FewestDomains(problem, scope, first, scope.preferred) : fewest;
  }
  const OrderedUnits& order = state_.Order(*problem.indexes[scope.hardest], depth);
  for (Unit at = order.First(scope.weight[scope.hardest]); at != kNoUnit; at = order.Next(at)) {
    if (!search_.CouldHold(problem, scope, at)) continue;
    fewest = std::min(fewest, search_.FewestDomains(problem, scope, at, scope.preferred));
    if (fewest <= 2) break;  // one domain was ruled out before
  }
  return fewest;
}

Target GangSolver::BestConceivable(const Problem& problem, const Scope& scope, const Target& from) {
  // Pods that are apart already stay so: what is required of those to come no longer keeps the scope together.
  const bool apart = std::ranges::any_of(scope.active, [&](NodeIndex node) {
    return state_.DomainAt(node, scope.floor) != state_.DomainAt(scope.active.front(), scope.floor);
  });
  Target target = from;
  if (target.depth == scope.preferred) {
    if (SomeDomainCould(problem, scope, scope.preferred)) return {.depth = scope.preferred, .domains = 1};
    target = {.depth = scope.preferred - 1, .domains = 2};
  }
  while (true) {
    const std::uint32_t fewest = FewestAt(problem, scope, target.depth);
    if (fewest != Search::kTooMany && target.domains <= state_.domain_count()) {
      return {.depth = target.depth, .domains = std::max({fewest, target.domains, 2u})};
    }
    if ((target.depth == scope.floor && !apart) || target.depth == 0) return {.depth = 0, .domains = Search::kTooMany};
    target = {.depth = target.depth - 1, .domains = 2};
  }
}

void GangSolver::Measure(const Problem& problem, Solution& solution) {
  solution.ranks.assign(problem.ranked.size(), {});
  std::vector<NodeIndex>& nodes = nodes_;
  for (std::size_t i = 0; i < problem.ranked.size(); ++i) {
    const Scope& scope = problem.scopes[problem.ranked[i]];
    nodes = scope.active;
    for (const Assignment& pods : solution.pods) {
      if (problem.demands[pods.demand].surplus) continue;
      std::uint32_t s = problem.demands[pods.demand].scope;
      while (s > problem.ranked[i]) s = problem.scopes[s].parent;
      if (s == problem.ranked[i]) nodes.push_back(pods.node);
    }
    solution.ranks[i] = RankOf(state_, scope, nodes);
  }
}

Verdict GangSolver::Try(const Problem& problem, Solution& solution, std::uint64_t limit) {
  const Verdict verdict = search_.Run(problem, targets_, limit);
  if (verdict != Verdict::kFound) return verdict;
  solution.pods.assign(search_.solution().begin(), search_.solution().end());
  search_.TakeBack();
  Measure(problem, solution);
  return verdict;
}

void GangSolver::Solve(const Problem& problem, std::uint64_t limit, Solution& solution) {
  SolveOnce(problem, limit, solution);
  // The search itself may have found out what else is scarce: at most once for each resource of a kind.
  if (!WeightsHold(problem)) Solve(Reweigh(state_, problem), limit, solution);
}

void GangSolver::SolveOnce(const Problem& problem, std::uint64_t limit, Solution& solution) {
  solution.pods.clear();
  solution.optimal = false;
  const std::uint64_t end = steps() + limit;
  targets_.assign(problem.scopes.size(), {});
  solution.bounds.assign(problem.ranked.size(), {});
  bool any = false;
  for (std::size_t i = 0; i < problem.ranked.size(); ++i) {
    const Scope& scope = problem.scopes[problem.ranked[i]];
    solution.bounds[i] = {.depth = scope.stated_preferred, .domains = 1};
    if (scope.preferred == 0 || (scope.pods == 0 && scope.active.empty())) continue;
    if (scope.pods == 0) continue;
    any = true;
    targets_[problem.ranked[i]] = solution.bounds[i] =
        BestConceivable(problem, scope, {.depth = scope.preferred, .domains = 1});
  }
  if (!any) {
    solution.verdict = Try(problem, solution, limit);
    if (solution.verdict == Verdict::kFound) Conclude(problem, solution);
    return;
  }
  solution.verdict = Try(problem, solution, limit / kHopePart);
  if (solution.verdict != Verdict::kFound) {
    targets_.assign(problem.scopes.size(), {});
    solution.verdict = Try(problem, solution, end - std::min(end, steps()));
    if (solution.verdict != Verdict::kFound) return;
    Improve(problem, solution, end);
  }
  Conclude(problem, solution);
}

void GangSolver::Conclude(const Problem& problem, Solution& solution) {
  solution.optimal = true;
  for (std::size_t i = 0; i < problem.ranked.size(); ++i) {
    const Scope& scope = problem.scopes[problem.ranked[i]];
    // What is redundant is met, but by pods that are apart already.
    const bool redundant = scope.preferred == 0 && solution.ranks[i].depth == scope.stated_preferred;
    if (redundant || scope.pods == 0) solution.bounds[i] = solution.ranks[i];
    solution.optimal = solution.optimal && !(solution.bounds[i] < solution.ranks[i]);
    if (solution.ranks[i] < solution.bounds[i]) solution.bounds[i] = solution.ranks[i];
  }
}

// Scope by scope: the best rank that is possible given those of the more important ones.
void GangSolver::Improve(const Problem& problem, Solution& solution, std::uint64_t end) {
  for (std::size_t i = 0; i < problem.ranked.size(); ++i) {
    const std::uint32_t s = problem.ranked[i];
    const Scope& scope = problem.scopes[s];
    if (scope.preferred == 0 || scope.pods == 0) continue;
    const bool proven = ImproveScope(problem, i, solution, end);
    targets_[s] = solution.ranks[i];
    if (proven) solution.bounds[i] = solution.ranks[i];
  }
}

// Tries the ranks between the bound and what is reached, best first. False if one of them stays open.
bool GangSolver::ImproveScope(const Problem& problem, std::size_t i, Solution& solution, std::uint64_t end) {
  const Scope& scope = problem.scopes[problem.ranked[i]];
  const auto reach = [&](const Target& target) {
    targets_[problem.ranked[i]] = target;
    Solution& better = better_;
    const std::uint64_t left = end - std::min(end, steps());
    const Verdict verdict = left == 0 ? Verdict::kLimit : Try(problem, better, left);
    if (verdict == Verdict::kFound) {
      solution.pods.swap(better.pods);
      solution.ranks.swap(better.ranks);
    }
    return verdict;
  };
  // More domains than pods are no restriction.
  const auto most = static_cast<std::uint32_t>(scope.pods) + static_cast<std::uint32_t>(scope.active.size());
  Target target = solution.bounds[i];
  while (target < solution.ranks[i]) {
    if (target.depth < scope.preferred && solution.ranks[i].depth < target.depth) {
      // One domain of this depth at all, before counting what is inside it?
      const Verdict verdict = reach({.depth = target.depth, .domains = std::max(most, 2u)});
      if (verdict == Verdict::kLimit) return false;
      if (verdict == Verdict::kNone) {
        target = BestConceivable(problem, scope, {.depth = target.depth - 1, .domains = 2});
      }
      continue;
    }
    const Verdict verdict = reach(target);
    if (verdict == Verdict::kLimit) return false;
    if (verdict == Verdict::kFound) return true;
    target = target.depth == scope.preferred
                 ? BestConceivable(problem, scope, {.depth = scope.preferred - 1, .domains = 2})
                 : Target{.depth = target.depth, .domains = target.domains + 1};
  }
  return true;
}

Verdict GangSolver::Reach(const Problem& problem, const std::vector<Target>& ranks, std::uint64_t limit,
                          std::vector<Assignment>& pods) {
  const Verdict verdict = ReachOnce(problem, ranks, limit, pods);
  if (verdict == Verdict::kFound || WeightsHold(problem)) return verdict;
  return Reach(Reweigh(state_, problem), ranks, limit, pods);
}

Verdict GangSolver::ReachOnce(const Problem& problem, const std::vector<Target>& ranks, std::uint64_t limit,
                              std::vector<Assignment>& pods) {
  targets_.assign(problem.scopes.size(), {});
  for (std::size_t i = 0; i < problem.ranked.size() && i < ranks.size(); ++i) {
    const Scope& scope = problem.scopes[problem.ranked[i]];
    if (scope.preferred > 0 && scope.pods > 0) targets_[problem.ranked[i]] = ranks[i];
  }
  const Verdict verdict = search_.Run(problem, targets_, limit);
  if (verdict != Verdict::kFound) return verdict;
  pods.assign(search_.solution().begin(), search_.solution().end());
  search_.TakeBack();
  return verdict;
}

}  // namespace grove::topology
