// Reuse of nodes and balanced splits: limits on how many pods stand where, made as tight as possible.
#include <algorithm>
#include <map>

#include "topology/planner.h"

namespace grove::topology {
namespace {

// One question gets this part of the steps.
constexpr std::uint64_t kRefinePart = 8;

// Pods of the scope per bucket, active ones included.
std::vector<std::int32_t> CountsOf(const Problem& problem, const Quota& quota, const Solution& solution) {
  std::vector<std::int32_t> counts = quota.used;
  for (const Assignment& pods : solution.pods) {
    std::uint32_t s = problem.demands[pods.demand].scope;
    while (s > quota.scope) s = problem.scopes[s].parent;
    if (s != quota.scope || problem.demands[pods.demand].surplus) continue;
    if (quota.buckets[pods.node] != Quota::kUncounted) counts[quota.buckets[pods.node]] += pods.count;
  }
  return counts;
}

std::int32_t MostOf(const std::vector<std::int32_t>& counts) {
  return counts.empty() ? 0 : *std::max_element(counts.begin(), counts.end());
}

// One bucket per domain of the level that the scope prefers.
Quota QuotaByDomain(const WorkState& state, const Problem& problem, std::uint32_t s) {
  const Scope& scope = problem.scopes[s];
  Quota quota{.scope = s, .buckets = {}, .used = std::vector<std::int32_t>(state.domain_count(), 0), .most = 0};
  for (NodeIndex node = 0; node < state.cluster().node_count(); ++node) {
    quota.buckets.push_back(state.DomainAt(node, scope.stated_preferred));
  }
  for (const NodeIndex node : scope.active) ++quota.used[quota.buckets[node]];
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
  const auto nodes = static_cast<NodeIndex>(state_.cluster().node_count());
  Quota elsewhere{.scope = 0, .buckets = std::vector<std::uint32_t>(nodes, 0), .used = {0}, .most = 0};
  bool any = false;
  for (const GangGroup& group : request_->gangs[state.gang].groups) {
    for (const NodeIndex node : group.former) elsewhere.buckets[node] = Quota::kUncounted;
    any = any || !group.former.empty();
  }
  if (options_.reuse_nodes && any) {
    const std::int32_t now = MostOf(CountsOf(problem, elsewhere, solution));
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
    const std::int32_t now = MostOf(CountsOf(problem, quotas_.back(), solution));
    refined_ = LowerQuota(state, problem, least, now, solution) && refined_;
  }
}

void Planner::StateLargest(const Problem& problem, const Solution& solution, PlacedGang& placement) {
  const std::span<ScopeFigure> figures = record_.FiguresOf(placement);
  for (std::size_t i = 0; i < problem.ranked.size() && i < figures.size(); ++i) {
    const Quota quota = QuotaByDomain(state_, problem, problem.ranked[i]);
    figures[i].largest = static_cast<std::uint32_t>(MostOf(CountsOf(problem, quota, solution)));
  }
}

}  // namespace grove::topology
