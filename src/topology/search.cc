#include "topology/search.h"

#include <algorithm>

namespace grove::topology {

bool Search::CouldHold(const Problem& problem, const Scope& scope, DomainIndex domain) const {
  ++state_.counters.domains_read;
  for (std::size_t k = 0; k < problem.kinds(); ++k) {
    if (scope.weight[k] > problem.indexes[k]->sums[domain]) return false;
  }
  return true;
}

std::uint32_t Search::FewestDomains(const Problem& problem, const Scope& scope, DomainIndex domain,
                                    std::uint32_t depth) {
  const auto [first, end] = state_.DomainsInside(domain, depth);
  state_.counters.domains_read += end - first;
  std::vector<DomainIndex>& used = used_;
  used.clear();
  for (const NodeIndex node : scope.active) used.push_back(state_.DomainAt(node, depth));
  std::sort(used.begin(), used.end());
  used.erase(std::unique(used.begin(), used.end()), used.end());
  std::uint32_t most = std::max<std::uint32_t>(1, static_cast<std::uint32_t>(used.size()));
  for (std::size_t k = 0; k < problem.kinds(); ++k) {
    std::int64_t left = scope.weight[k];
    if (left == 0) continue;
    const std::vector<std::int64_t>& sums = problem.indexes[k]->sums;
    for (const DomainIndex at : used) left -= sums[at];
    auto count = static_cast<std::uint32_t>(used.size());
    sorted_.clear();
    for (DomainIndex at = first; left > 0 && at < end; ++at) {
      if (sums[at] > 0 && !std::binary_search(used.begin(), used.end(), at)) sorted_.push_back(sums[at]);
    }
    std::sort(sorted_.begin(), sorted_.end(), std::greater<>());
    for (std::size_t i = 0; left > 0; ++i) {
      if (i == sorted_.size()) return kTooMany;
      left -= sorted_[i];
      ++count;
    }
    most = std::max(most, count);
  }
  return most;
}

int Search::CompareLooks(DomainIndex a, DomainIndex b) const {
  while (a != b) {
    if (state_.signature(a) != state_.signature(b)) return state_.signature(a) < state_.signature(b) ? -1 : 1;
    if (state_.domain(a).stands_alone != state_.domain(b).stands_alone) return state_.domain(b).stands_alone ? -1 : 1;
    a = state_.domain(a).parent;
    b = state_.domain(b).parent;
  }
  return 0;
}

bool Search::Precedes(const CopyIndex& index, DomainIndex a, DomainIndex b) const {
  if (index.sums[a] != index.sums[b]) return index.sums[a] < index.sums[b];
  const int looks = CompareLooks(a, b);
  return looks != 0 ? looks < 0 : a < b;
}

Verdict Search::Run(const Problem& problem, std::span<const Target> targets, std::uint64_t limit) {
  problem_ = &problem;
  targets_ = targets;
  end_ = steps_ + limit;
  decisions_.clear();
  taken_.clear();
  loads_.Begin(state_.domain_count(), problem.kinds());
  std::int64_t* all = loads_.Row(0);
  Verdict verdict = Verdict::kFound;
  for (std::size_t k = 0; k < problem.kinds(); ++k) {
    all[k] = problem.scopes[0].weight_with_surplus[k];
    if (all[k] > problem.indexes[k]->sums[0]) verdict = Verdict::kNone;
  }
  if (verdict == Verdict::kFound) {
    MakeTasks();
    std::size_t t = 0;
    if (task_count_ > 0) Open(tasks_[0]);
    while (true) {
      if (t == task_count_) {
        verdict = Pack(false, 0, end_ - std::min(end_, steps_));
        if (verdict != Verdict::kNone || t == 0) break;
        --t;
      } else if (Advance(tasks_[t])) {
        if (++t < task_count_) Open(tasks_[t]);
      } else {
        verdict = steps_ >= end_ ? Verdict::kLimit : Verdict::kNone;
        if (verdict == Verdict::kLimit || t == 0) break;
        --t;
      }
    }
  }
  loads_.End();
  return verdict;
}

void Search::TakeBack() {
  for (std::size_t i = taken_.size(); i-- > 0;) {
    const Demand& demand = problem_->demands[taken_[i].demand];
    state_.TakeBack(taken_[i].node, problem_->classes[demand.kind], taken_[i].count);
  }
  taken_.clear();
}

}  // namespace grove::topology
