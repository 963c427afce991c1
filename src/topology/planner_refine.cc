// Reuse of nodes and balanced splits: limits on how many pods stand where, made as tight as possible.
#include <algorithm>

#include "topology/planner.h"

namespace grove::topology {
namespace {

// One question gets this part of the steps.
constexpr std::uint64_t kRefinePart = 8;

// Pods of the scope that count, by domain, active ones included.
Quota::Counts CountsOf(const WorkState& state, const Problem& problem, const Quota& quota, const Solution& solution) {
  Quota::Counts counts = quota.used;
  for (const Assignment& pods : solution.pods) {
    std::uint32_t s = problem.demands[pods.demand].scope;
    while (s > quota.scope) s = problem.scopes[s].parent;
    if (s != quota.scope || problem.demands[pods.demand].surplus || !quota.Limits(pods.node)) continue;
    counts[state.DomainAt(pods.node, quota.depth)] += pods.count;
  }
  return counts;
}

std::int32_t MostOf(const Quota::Counts& counts) {
  std::int32_t most = 0;
  for (const auto& [domain, count] : counts) most = std::max(most, count);
  return most;
}

// Limits each domain of the level that the scope prefers.
Quota QuotaByDomain(const WorkState& state, const Problem& problem, std::uint32_t s) {
  const Scope& scope = problem.scopes[s];
  Quota quota{.scope = s, .depth = scope.stated_preferred, .unlimited = {}, .most = 0};
  for (const NodeIndex node : scope.active) ++quota.used[state.DomainAt(node, quota.depth)];
  return quota;
}

}  // namespace

// Lowers the limit of the latest quota as far as a placement of the same ranks is found; `now` is reached. False if a
// question was left open.
bool Planner::LowerQuota(GangState& state, const Problem& problem, std::int32_t least, std::int32_t now,
                         Solution& solution) {
  bool proven = true;
  const std::uint64_t before = solver_.steps();
  const std::uint64_t limit = std::max<std::uint64_t>(1, StepsLeft(state) / kRefinePart);
  while (least < now) {
    const std::int32_t middle = least + (now - least) / 2;
    quotas_.back().most = middle;
    solver_.SetQuotas(quotas_);
    const Verdict verdict = solver_.Reach(problem, solution.ranks, limit, found_);
    proven = proven && verdict != Verdict::kLimit;
    if (verdict == Verdict::kFound) {
      solution.pods.swap(found_);
      now = middle;
    } else {
      least = middle + 1;
    }
  }
  quotas_.back().most = now;
  solver_.SetQuotas(quotas_);
  state.placement->steps += solver_.steps() - before;
  return proven;
}

void Planner::Refine(GangState& state, const Problem& problem, Solution& solution) {
  quotas_.clear();
  Quota elsewhere{.scope = 0, .depth = 0, .unlimited = {}, .most = 0};
  for (const GangGroup& group : request_->gangs[state.gang].groups) {
    elsewhere.unlimited.insert(elsewhere.unlimited.end(), group.former.begin(), group.former.end());
  }
  std::sort(elsewhere.unlimited.begin(), elsewhere.unlimited.end());
  if (options_.reuse_nodes && !elsewhere.unlimited.empty()) {
    const std::int32_t now = MostOf(CountsOf(state_, problem, elsewhere, solution));
    quotas_.push_back(std::move(elsewhere));
    refined_ = LowerQuota(state, problem, 0, now, solution) && refined_;
  }
  for (std::size_t i = 0; options_.balance && i < problem.ranked.size(); ++i) {
    const Scope& scope = problem.scopes[problem.ranked[i]];
    const auto domains = static_cast<std::int64_t>(solution.ranks[i].domains);
    if (scope.preferred == 0 || scope.pods == 0 || domains < 2) continue;
    quotas_.push_back(QuotaByDomain(state_, problem, problem.ranked[i]));
    const std::int64_t pods = scope.pods + static_cast<std::int64_t>(scope.active.size());
    const auto least = std::max(MostOf(quotas_.back().used), static_cast<std::int32_t>((pods + domains - 1) / domains));
    const std::int32_t now = MostOf(CountsOf(state_, problem, quotas_.back(), solution));
    refined_ = LowerQuota(state, problem, least, now, solution) && refined_;
  }
}

void Planner::StateLargest(const Problem& problem, const Solution& solution, PlacedGang& placement) {
  const std::span<ScopeFigure> figures = record_.FiguresOf(placement);
  for (std::size_t i = 0; i < problem.ranked.size() && i < figures.size(); ++i) {
    const Quota quota = QuotaByDomain(state_, problem, problem.ranked[i]);
    figures[i].largest = static_cast<std::uint32_t>(MostOf(CountsOf(state_, problem, quota, solution)));
  }
}

}  // namespace grove::topology
