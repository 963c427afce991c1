#include <algorithm>
#include <numeric>

#include "topology/search.h"

namespace grove::topology {
namespace {

constexpr std::uint32_t kNoTask = 0xFFFFFFFF;

}  // namespace

// The demands to be packed, hard ones first, and of those the ones with least choice first.
void Search::ListDemands(bool only_bound, DomainIndex within) {
  const std::uint32_t depth = state_.domain(within).depth;
  packing_count_ = 0;
  for (std::uint32_t d = 0; d < problem_->demands.size(); ++d) {
    const Demand& demand = problem_->demands[d];
    const std::uint32_t binder = binder_[demand.scope];
    DomainIndex domain = 0;
    if (binder != kNoTask && tasks_[binder].applied) {
      domain = tasks_[binder].chosen;
      if (demand.surplus) domain = state_.AncestorAt(domain, problem_->scopes[demand.scope].floor);
    }
    if (only_bound && (demand.surplus || binder == kNoTask || !tasks_[binder].applied ||
                       state_.domain(domain).depth < depth || state_.AncestorAt(domain, depth) != within)) {
      continue;
    }
    if (packing_count_ == packings_.size()) packings_.emplace_back();
    Packing& packing = packings_[packing_count_++];
    packing.demand = d;
    packing.domain = domain;
  }
  std::sort(packings_.begin(), packings_.begin() + static_cast<std::ptrdiff_t>(packing_count_),
            [&](const Packing& a, const Packing& b) {
              const Demand& left = problem_->demands[a.demand];
              const Demand& right = problem_->demands[b.demand];
              if (left.kind != right.kind) return left.kind < right.kind;
              if (left.surplus != right.surplus) return right.surplus;
              const auto depth_a = state_.domain(a.domain).depth;
              const auto depth_b = state_.domain(b.domain).depth;
              return depth_a != depth_b ? depth_a > depth_b : a.demand < b.demand;
            });
}

Verdict Search::Pack(bool only_bound, DomainIndex within, std::uint64_t limit) {
  ListDemands(only_bound, within);
  decisions_.clear();
  taken_.clear();
  EmptyQuotas();
  const std::uint64_t end = std::min(end_, steps_ + limit);
  std::uint32_t current = 0;
  if (packing_count_ > 0) OpenPacking(packings_[0]);
  while (true) {
    if (current == packing_count_) {
      if (only_bound || HaveCompany()) break;
      if (!Retreat(current)) return steps_ >= end ? Verdict::kLimit : Verdict::kNone;
    } else if (packings_[current].left == 0) {
      if (++current < packing_count_) OpenPacking(packings_[current]);
    } else if (steps_ >= end) {
      LeaveAll();
      return Verdict::kLimit;
    } else if (!Step(current) && !Retreat(current)) {
      return steps_ >= end ? Verdict::kLimit : Verdict::kNone;
    }
  }
  TakeDecided(only_bound);
  return Verdict::kFound;
}

void Search::EmptyQuotas() {
  if (filled_.size() < quotas_.size()) filled_.resize(quotas_.size());
  for (std::size_t q = 0; q < quotas_.size(); ++q) filled_[q] = quotas_[q].used;
}

// Takes all decisions back.
void Search::LeaveAll() {
  for (; !decisions_.empty(); decisions_.pop_back()) {
    const Decision& last = decisions_.back();
    const Packing& packing = packings_[last.packing];
    LeaveNode(problem_->demands[packing.demand], packing.domain, packing.nodes[last.position], last.count);
  }
}

// What was decided is the solution. `only_bound`: and what is left is spoken for no more.
void Search::TakeDecided(bool only_bound) {
  taken_.reserve(decisions_.size());
  for (const Decision& decision : decisions_) {
    const Packing& packing = packings_[decision.packing];
    taken_.push_back({.demand = packing.demand, .node = packing.nodes[decision.position], .count = decision.count});
    if (!only_bound) continue;
    LoadsHold(problem_->demands[packing.demand], packing.domain, taken_.back().node, -decision.count);
  }
}

void Search::OpenPacking(Packing& packing) {
  packing.left = problem_->demands[packing.demand].count;
  packing.rest = 0;
  packing.position = 0;
  packing.nodes.clear();
  packing.twins.clear();
  packing.extension = 0;
  ListTightest(packing);
}

bool Search::InSets(NodeIndex node, const Demand& demand) const {
  if (demand.surplus) return true;
  for (std::uint32_t s = demand.scope;; s = problem_->scopes[s].parent) {
    if (subset_of_[s] != kNoTask && tasks_[subset_of_[s]].applied) {
      const Task& task = tasks_[subset_of_[s]];
      if (!std::binary_search(task.set.begin(), task.set.end(), state_.DomainAt(node, task.depth))) return false;
    }
    if (s == 0) return true;
  }
}

// The nodes of the smallest domain that holds all: that leaves large ones whole.
void Search::ListTightest(Packing& packing) {
  const Demand& demand = problem_->demands[packing.demand];
  const CopyIndex& index = *problem_->indexes[demand.kind];
  bool in_sets = false;
  for (std::uint32_t s = demand.scope; !demand.surplus; s = problem_->scopes[s].parent) {
    in_sets = in_sets || (subset_of_[s] != kNoTask && tasks_[subset_of_[s]].applied);
    if (s == 0) break;
  }
  DomainIndex domain = packing.domain;
  while (!in_sets) {
    const Domain& at = state_.domain(domain);
    DomainIndex best = 0;
    for (DomainIndex child = at.first_child; child < at.first_child + at.child_count; ++child) {
      if (index.sums[child] >= demand.count && (best == 0 || Precedes(index, child, best))) best = child;
    }
    state_.counters.domains_read += at.child_count;
    if (best == 0) break;
    domain = best;
  }
  packing.complete = domain == packing.domain;
  const Domain& at = state_.domain(domain);
  for (NodeIndex node = at.first_node; node < at.first_node + at.node_count; ++node) {
    if (index.copies[node] > 0 && InSets(node, demand)) packing.nodes.push_back(node);
  }
  state_.counters.nodes_read += at.node_count;
  for (const NodeIndex node : packing.nodes) packing.rest += index.copies[node];
  SortNodes(packing, 0, at.depth);
  MarkTwins(packing, 0);
}

// The other nodes of the domain.
void Search::ListAll(Packing& packing) {
  const Demand& demand = problem_->demands[packing.demand];
  const CopyIndex& index = *problem_->indexes[demand.kind];
  const Domain& at = state_.domain(packing.domain);
  std::vector<NodeIndex>& listed = listed_;
  listed = packing.nodes;
  std::sort(listed.begin(), listed.end());
  const std::size_t first = packing.nodes.size();
  for (NodeIndex node = at.first_node; node < at.first_node + at.node_count; ++node) {
    if (index.copies[node] > 0 && !std::binary_search(listed.begin(), listed.end(), node)) {
      packing.nodes.push_back(node);
      packing.extension += index.copies[node];
    }
  }
  state_.counters.nodes_read += at.node_count;
  packing.rest += packing.extension;
  packing.complete = true;
  SortNodes(packing, first, at.depth);
  MarkTwins(packing, first);
}

// Domain by domain below `depth`, small ones first, inside them the nodes with the least room first.
void Search::SortNodes(Packing& packing, std::size_t first, std::uint32_t depth) {
  const CopyIndex& index = *problem_->indexes[problem_->demands[packing.demand].kind];
  const std::uint32_t below = std::min(depth + 1, state_.depth_count() - 1);
  const std::uint32_t narrowest = state_.depth_count() - 1;
  const auto less = [&](NodeIndex a, NodeIndex b) {
    const DomainIndex left = state_.DomainAt(a, below);
    const DomainIndex right = state_.DomainAt(b, below);
    if (left != right) return Precedes(index, left, right);
    if (index.copies[a] != index.copies[b]) return index.copies[a] < index.copies[b];
    if (state_.node_signature(a) != state_.node_signature(b))
      return state_.node_signature(a) < state_.node_signature(b);
    const int looks = CompareLooks(state_.DomainAt(a, narrowest), state_.DomainAt(b, narrowest));
    return looks != 0 ? looks < 0 : a < b;
  };
  std::sort(packing.nodes.begin() + static_cast<std::ptrdiff_t>(first), packing.nodes.end(), less);
}

bool Search::AreTwins(NodeIndex a, NodeIndex b) const {
  if (state_.node_signature(a) != state_.node_signature(b)) return false;
  for (std::uint32_t depth = state_.depth_count() - 1; depth > 0; --depth) {
    const DomainIndex left = state_.DomainAt(a, depth);
    const DomainIndex right = state_.DomainAt(b, depth);
    if (left == right) return true;
    if (state_.domain(left).node_count != 1 || state_.domain(right).node_count != 1 || loads_.IsLoaded(left) ||
        loads_.IsLoaded(right) || state_.domain(left).stands_alone != state_.domain(right).stands_alone) {
      return false;
    }
  }
  return true;
}

void Search::MarkTwins(Packing& packing, std::size_t first) {
  packing.twins.resize(packing.nodes.size(), 0);
  if (!quotas_.empty()) return;  // nodes that look alike may count in different domains
  for (std::size_t i = first + 1; i < packing.nodes.size(); ++i) {
    packing.twins[i] = AreTwins(packing.nodes[i - 1], packing.nodes[i]) ? 1 : 0;
  }
}

std::int32_t Search::Admissible(const Packing& packing, NodeIndex node) const {
  const Demand& demand = problem_->demands[packing.demand];
  std::int32_t count = std::min(packing.left, problem_->indexes[demand.kind]->copies[node]);
  if (packing.twins[packing.position] != 0) {
    const Packing* of_last = decisions_.empty() ? nullptr : &packings_[decisions_.back().packing];
    const bool taken = of_last == &packing && decisions_.back().position + 1 == packing.position;
    count = std::min(count, taken ? decisions_.back().count : 0);
  }
  for (std::size_t q = 0; q < quotas_.size(); ++q) {
    if (!quotas_[q].Limits(node) || !IsCounted(quotas_[q], demand)) continue;
    const auto filled = filled_[q].find(state_.DomainAt(node, quotas_[q].depth));
    count = std::min(count, quotas_[q].most - (filled == filled_[q].end() ? 0 : filled->second));
  }
  return InSets(node, demand) ? count : 0;
}

bool Search::IsCounted(const Quota& quota, const Demand& demand) const {
  std::uint32_t s = demand.scope;
  while (s > quota.scope) s = problem_->scopes[s].parent;
  return s == quota.scope && !demand.surplus;
}

void Search::Fill(const Demand& demand, NodeIndex node, std::int32_t count) {
  for (std::size_t q = 0; q < quotas_.size(); ++q) {
    if (!quotas_[q].Limits(node) || !IsCounted(quotas_[q], demand)) continue;
    filled_[q][state_.DomainAt(node, quotas_[q].depth)] += count;
  }
}

// Puts pods on the node as far as rules on other pods let them.
std::int32_t Search::TakeUpTo(const Demand& demand, NodeIndex node, std::int32_t count) {
  const std::uint32_t pod_class = problem_->classes[demand.kind];
  if (!state_.rules().Concerns(pod_class)) {
    state_.Take(node, pod_class, count);
    return count;
  }
  std::int32_t taken = 0;
  while (taken < count && state_.RulesAllow(node, pod_class)) {
    state_.Take(node, pod_class, 1);
    ++taken;
  }
  // One Take stands for all of them, as one TakeBack does.
  for (std::int32_t i = 0; i < taken; ++i) state_.TakeBack(node, pod_class, 1);
  if (taken > 0) state_.Take(node, pod_class, taken);
  return taken;
}

void Search::LeaveNode(const Demand& demand, DomainIndex domain, NodeIndex node, std::int32_t count) {
  state_.TakeBack(node, problem_->classes[demand.kind], count);
  LoadsHold(demand, domain, node, -count);
}

// Moves the loads along the node's domains (negative: back). True iff what is still to be packed could fit.
bool Search::LoadsHold(const Demand& demand, DomainIndex domain, NodeIndex node, std::int64_t count) {
  const std::uint32_t bound_depth = state_.domain(domain).depth;
  bool holds = true;
  for (std::uint32_t depth = 0; depth < state_.depth_count(); ++depth) {
    const DomainIndex at = state_.DomainAt(node, depth);
    if (!loads_.Has(at)) continue;
    std::int64_t* row = loads_.Row(at);
    for (std::size_t k = 0; k < problem_->kinds(); ++k) {
      if (depth <= bound_depth) row[k] -= problem_->Within(k, demand.kind) * count;
      holds = holds && row[k] <= problem_->indexes[k]->sums[at];
    }
  }
  return holds;
}

// Decides about the next node of the demand. False if none is left that helps.
bool Search::Step(std::uint32_t packing_index) {
  Packing& packing = packings_[packing_index];
  while (true) {
    if (packing.position >= packing.nodes.size()) {
      if (packing.complete) return false;
      ListAll(packing);
      continue;
    }
    if (packing.complete && packing.rest < packing.left) return false;
    const std::int32_t count = Admissible(packing, packing.nodes[packing.position]);
    if (count > 0 && Put(packing_index, count)) return true;
    packing.rest -= problem_->indexes[problem_->demands[packing.demand].kind]->copies[packing.nodes[packing.position]];
    ++packing.position;
  }
}

// Puts `count` pods, or as many fewer as can be, on the node at the position and goes on to the next one.
bool Search::Put(std::uint32_t packing_index, std::int32_t count) {
  Packing& packing = packings_[packing_index];
  const Demand& demand = problem_->demands[packing.demand];
  const NodeIndex node = packing.nodes[packing.position];
  const std::int32_t copies = problem_->indexes[demand.kind]->copies[node];
  while (count > 0) {
    ++steps_;
    const std::int32_t taken = TakeUpTo(demand, node, count);
    if (taken == 0) return false;
    if (LoadsHold(demand, packing.domain, node, taken)) {
      decisions_.push_back({.packing = packing_index,
                            .position = packing.position,
                            .count = taken,
                            .rest = packing.rest,
                            .copies = copies,
                            .complete = packing.complete});
      Fill(demand, node, taken);
      packing.left -= taken;
      packing.rest -= copies;
      ++packing.position;
      return true;
    }
    LeaveNode(demand, packing.domain, node, taken);
    if (steps_ >= end_) return false;
    count = taken - 1;
  }
  return false;
}

// Takes back the latest decision and makes its next alternative. False if there is none at all.
bool Search::Retreat(std::uint32_t& current) {
  if (decisions_.empty()) return false;
  const Decision last = decisions_.back();
  decisions_.pop_back();
  current = last.packing;
  Packing& packing = packings_[current];
  const NodeIndex node = packing.nodes[last.position];
  LeaveNode(problem_->demands[packing.demand], packing.domain, node, last.count);
  Fill(problem_->demands[packing.demand], node, -last.count);
  packing.left += last.count;
  packing.position = last.position;
  packing.rest = last.rest + (packing.complete && !last.complete ? packing.extension : 0);
  if (last.count > 1 && Put(current, last.count - 1)) return true;
  packing.rest -= last.copies;
  ++packing.position;
  return true;
}

bool Search::HaveCompany() const {
  for (const Decision& decision : decisions_) {
    const Packing& packing = packings_[decision.packing];
    const std::uint32_t pod_class = problem_->classes[problem_->demands[packing.demand].kind];
    if (!state_.rules().HasAffinity(pod_class)) continue;
    if (!state_.rules().HasCompany(packing.nodes[decision.position], pod_class)) return false;
  }
  return true;
}

}  // namespace grove::topology
