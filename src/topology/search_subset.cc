#include <algorithm>
#include <numeric>

#include "topology/search.h"

namespace grove::topology {

// Domains of the preferred level that pods of the scope are in already, or that narrower scopes inside are bound to.
bool Search::IsForced(const Task& task, DomainIndex domain) const {
  const Scope& scope = problem_->scopes[task.scope];
  for (const NodeIndex node : scope.active) {
    if (state_.DomainAt(node, task.depth) == domain) return true;
  }
  for (std::size_t t = 0; t < task_count_; ++t) {
    const Task& other = tasks_[t];
    if (other.kind != TaskKind::kBind || other.depth < task.depth || problem_->scopes[other.scope].pods == 0) continue;
    std::uint32_t at = other.scope;
    while (at > task.scope) at = problem_->scopes[at].parent;
    if (at == task.scope && state_.AncestorAt(other.chosen, task.depth) == domain) return true;
  }
  return false;
}

void Search::OpenSubset(Task& task) {
  const Scope& scope = problem_->scopes[task.scope];
  const std::uint32_t binder = binder_[task.scope];
  task.inside = binder == 0xFFFFFFFF ? 0 : tasks_[binder].chosen;
  task.list.clear();
  task.picked.clear();
  task.began = false;
  const auto [first, end] = state_.DomainsInside(task.inside, task.depth);
  state_.counters.domains_read += end - first;
  std::vector<DomainIndex>& forced = listed_;
  forced.clear();
  for (DomainIndex at = first; at < end; ++at) {
    bool any = false;
    for (std::size_t k = 0; k < problem_->kinds(); ++k) {
      any = any || (scope.weight[k] > 0 && problem_->indexes[k]->sums[at] > 0);
    }
    if (!any && scope.active.empty()) continue;
    if (IsForced(task, at)) {
      forced.push_back(at);
    } else if (any) {
      task.list.push_back(at);
    }
  }
  const std::vector<std::int64_t>& sums = problem_->indexes[scope.hardest]->sums;
  std::sort(task.list.begin(), task.list.end(), [&](DomainIndex a, DomainIndex b) {
    if (sums[a] != sums[b]) return sums[a] > sums[b];
    return Precedes(*problem_->indexes[scope.hardest], a, b);
  });
  task.forced = static_cast<std::uint32_t>(forced.size());
  task.list.insert(task.list.begin(), forced.begin(), forced.end());
  task.most = targets_[task.scope].domains - std::min(targets_[task.scope].domains, CountOutside(task));
  task.size = std::min<std::uint32_t>(task.most, static_cast<std::uint32_t>(task.list.size()));
}

// Domains of the task's depth that the scope's pods are in already, outside the one that those to come are bound to.
std::uint32_t Search::CountOutside(const Task& task) {
  if (task.inside == 0) return 0;
  std::vector<DomainIndex>& outside = listed_;
  outside.clear();
  for (const NodeIndex node : problem_->scopes[task.scope].active) {
    if (state_.DomainAt(node, state_.domain(task.inside).depth) == task.inside) continue;
    outside.push_back(state_.DomainAt(node, task.depth));
  }
  std::sort(outside.begin(), outside.end());
  return static_cast<std::uint32_t>(std::unique(outside.begin(), outside.end()) - outside.begin());
}

bool Search::SetHolds(const Task& task) const {
  const Scope& scope = problem_->scopes[task.scope];
  for (std::size_t k = 0; k < problem_->kinds(); ++k) {
    std::int64_t sum = 0;
    for (const std::uint32_t pick : task.picked) sum += problem_->indexes[k]->sums[task.list[pick]];
    if (sum < scope.weight[k]) return false;
  }
  return true;
}

void Search::TakePicked(Task& task) {
  task.set.clear();
  for (const std::uint32_t pick : task.picked) task.set.push_back(task.list[pick]);
  std::sort(task.set.begin(), task.set.end());
  task.applied = true;
}

bool Search::AdvanceSubset(Task& task) {
  task.set.clear();
  if (task.forced > task.most) return false;
  const bool first = !task.began;
  task.began = true;
  if (first && PickShrunk(task)) {
    TakePicked(task);
    task.picked.clear();
    return true;
  }
  while (steps_ < end_ && PickNext(task)) {
    if (!SetHolds(task)) continue;
    TakePicked(task);
    return true;
  }
  return false;
}

// The largest domains as far as they are needed, then each replaced by the smallest one that still does: what is left
// are large domains.
bool Search::PickShrunk(Task& task) {
  ++steps_;
  const Scope& scope = problem_->scopes[task.scope];
  task.picked.resize(task.forced);
  std::iota(task.picked.begin(), task.picked.end(), 0);
  while (!SetHolds(task)) {
    if (task.picked.size() == task.size) {
      task.picked.clear();
      return false;
    }
    task.picked.push_back(static_cast<std::uint32_t>(task.picked.size()));
  }
  std::vector<std::int64_t>& slack = sorted_;
  slack.assign(problem_->kinds(), 0);
  for (std::size_t k = 0; k < problem_->kinds(); ++k) {
    slack[k] = -scope.weight[k];
    for (const std::uint32_t pick : task.picked) slack[k] += problem_->indexes[k]->sums[task.list[pick]];
  }
  for (std::size_t i = task.forced; i < task.picked.size(); ++i) {
    for (auto j = static_cast<std::uint32_t>(task.list.size()); j-- > task.picked[i] + 1;) {
      if (std::find(task.picked.begin(), task.picked.end(), j) != task.picked.end()) continue;
      bool fits = true;
      const auto loss = [&](std::size_t k) {
        const std::vector<std::int64_t>& sums = problem_->indexes[k]->sums;
        return sums[task.list[task.picked[i]]] - sums[task.list[j]];
      };
      for (std::size_t k = 0; k < problem_->kinds(); ++k) fits = fits && loss(k) <= slack[k];
      if (!fits) continue;
      for (std::size_t k = 0; k < problem_->kinds(); ++k) slack[k] -= loss(k);
      task.picked[i] = j;
      break;
    }
  }
  return true;
}

// The next set in lexicographic order, leaving out those whose sum cannot suffice.
bool Search::PickNext(Task& task) {
  const std::vector<std::int64_t>& sums = problem_->indexes[problem_->scopes[task.scope].hardest]->sums;
  const std::int64_t needed = problem_->scopes[task.scope].weight[problem_->scopes[task.scope].hardest];
  const auto count = static_cast<std::uint32_t>(task.list.size());
  std::uint32_t next = task.forced;
  if (task.picked.empty()) {
    task.picked.resize(task.forced);
    std::iota(task.picked.begin(), task.picked.end(), 0);
    if (task.picked.size() == task.size) {
      ++steps_;
      return task.size > 0;
    }
  } else {
    if (task.picked.size() == task.forced) return false;
    next = task.picked.back() + 1;
    task.picked.pop_back();
  }
  while (steps_ < end_) {
    ++steps_;
    const std::uint32_t missing = task.size - static_cast<std::uint32_t>(task.picked.size());
    if (missing == 0) return true;
    // The best that can follow: the next ones, since they are the largest.
    std::int64_t sum = 0;
    for (const std::uint32_t pick : task.picked) sum += sums[task.list[pick]];
    for (std::uint32_t i = next; i < std::min(next + missing, count); ++i) sum += sums[task.list[i]];
    if (next + missing > count || sum < needed) {
      if (task.picked.size() <= task.forced) return false;
      next = task.picked.back() + 1;
      task.picked.pop_back();
      continue;
    }
    task.picked.push_back(next++);
  }
  return false;
}

}  // namespace grove::topology
