#include <algorithm>

#include "topology/search.h"

namespace grove::topology {
namespace {

constexpr std::uint32_t kNoTask = 0xFFFFFFFF;
// Whether the pods of one domain can be packed there is tried for so many steps before the next scope is bound.
constexpr std::uint64_t kLocalSteps = 400;
// From so many candidates on they are taken from an order instead of a sorted list.
constexpr std::uint32_t kManyDomains = 16;
// An equal scope is looked for among so many bound before.
constexpr std::size_t kTwinsAmong = 24;

bool IsSameShape(const Problem& problem, const Scope& a, const Scope& b, std::span<const Target> targets,
                 std::uint32_t ai, std::uint32_t bi) {
  if (a.required != b.required || a.preferred != b.preferred || a.floor != b.floor || a.weight != b.weight ||
      a.weight_with_surplus != b.weight_with_surplus || !a.active.empty() || !b.active.empty() ||
      !(targets[ai] == targets[bi]) || a.children.size() != b.children.size() || a.demands.size() != b.demands.size()) {
    return false;
  }
  for (std::size_t i = 0; i < a.demands.size(); ++i) {
    const Demand& left = problem.demands[a.demands[i]];
    const Demand& right = problem.demands[b.demands[i]];
    if (left.kind != right.kind || left.count != right.count || left.surplus != right.surplus) return false;
  }
  return true;
}

bool IsSameTree(const Problem& problem, std::span<const Target> targets, std::uint32_t a, std::uint32_t b) {
  const Scope& left = problem.scopes[a];
  const Scope& right = problem.scopes[b];
  for (std::size_t i = 0; i < left.children.size(); ++i) {
    const Scope& x = problem.scopes[left.children[i]];
    const Scope& y = problem.scopes[right.children[i]];
    if (!IsSameShape(problem, x, y, targets, left.children[i], right.children[i]) ||
        !IsSameTree(problem, targets, left.children[i], right.children[i])) {
      return false;
    }
  }
  return true;
}

}  // namespace

void Search::MakeTasks() {
  const std::size_t scopes = problem_->scopes.size();
  binder_.assign(scopes, kNoTask);
  subset_of_.assign(scopes, kNoTask);
  task_count_ = 0;
  AddBinding(0);
  for (std::uint32_t s = 0; s < scopes; ++s) {
    const Scope& scope = problem_->scopes[s];
    const Target& target = targets_[s];
    const std::uint32_t bound_depth = binder_[s] == kNoTask ? 0 : tasks_[binder_[s]].depth;
    if (scope.preferred == 0 || scope.pods == 0 || target.domains == Target().domains ||
        target.depth >= scope.preferred || bound_depth >= scope.preferred) {
      continue;
    }
    subset_of_[s] = static_cast<std::uint32_t>(task_count_);
    AddTask(TaskKind::kSubset, s, scope.preferred).set.clear();
  }
}

void Search::AddBinding(std::uint32_t s) {
  const Scope& scope = problem_->scopes[s];
  binder_[s] = s == 0 ? kNoTask : binder_[scope.parent];
  std::uint32_t around = binder_[s] == kNoTask ? 0 : tasks_[binder_[s]].depth;
  // Surplus alone is free to leave what is only preferred of the scopes around it.
  if (s > 0 && scope.pods == 0) around = std::min(around, problem_->scopes[scope.parent].floor);
  const std::uint32_t depth = std::max(scope.required, targets_[s].depth > scope.floor ? targets_[s].depth : 0);
  if (depth > around && HasDemands(scope)) {
    binder_[s] = static_cast<std::uint32_t>(task_count_);
    Task& task = AddTask(TaskKind::kBind, s, depth);
    task.twin = s == 0 ? kNoTask : TwinOf(task);
    task.order_kind = 0;
    while (WeightAt(scope, depth, task.order_kind) == 0) ++task.order_kind;
  }
  for (const std::uint32_t child : scope.by_hardness) AddBinding(child);
}

Search::Task& Search::AddTask(TaskKind kind, std::uint32_t scope, std::uint32_t depth) {
  if (task_count_ == tasks_.size()) tasks_.emplace_back();
  Task& task = tasks_[task_count_++];
  task.kind = kind;
  task.scope = scope;
  task.depth = depth;
  task.applied = false;
  return task;
}

// The latest task before this one, which is the last, that binds a scope that is just the same.
std::uint32_t Search::TwinOf(const Task& task) const {
  const Scope& scope = problem_->scopes[task.scope];
  const std::size_t last = task_count_ - 1;
  for (std::size_t t = last; t-- > 0 && t + kTwinsAmong > last;) {
    const std::uint32_t other = tasks_[t].scope;
    if (tasks_[t].kind == TaskKind::kBind && tasks_[t].depth == task.depth &&
        problem_->scopes[other].parent == scope.parent &&
        IsSameShape(*problem_, scope, problem_->scopes[other], targets_, task.scope, other) &&
        IsSameTree(*problem_, targets_, task.scope, other)) {
      return static_cast<std::uint32_t>(t);
    }
  }
  return kNoTask;
}

bool Search::HasDemands(const Scope& scope) const {
  return std::any_of(scope.weight_with_surplus.begin(), scope.weight_with_surplus.end(),
                     [](std::int64_t weight) { return weight > 0; });
}

std::int64_t Search::WeightAt(const Scope& scope, std::uint32_t depth, std::size_t kind) const {
  return depth > scope.floor ? scope.weight[kind] : scope.weight_with_surplus[kind];
}

void Search::Open(Task& task) {
  if (task.kind == TaskKind::kSubset) return OpenSubset(task);
  const Scope& scope = problem_->scopes[task.scope];
  const std::uint32_t around = task.scope == 0 ? kNoTask : binder_[scope.parent];
  task.inside = around == kNoTask ? 0 : tasks_[around].chosen;
  if (task.scope > 0 && scope.pods == 0) {
    task.inside = state_.AncestorAt(task.inside, problem_->scopes[scope.parent].floor);
  }
  task.refused = 0xFFFFFFFF;
  task.position = 0;
  task.order = nullptr;
  task.list.clear();
  const std::size_t kind = task.order_kind;
  const std::int64_t least = std::max<std::int64_t>(1, WeightAt(scope, task.depth, kind));
  if (scope.required > 0 && !scope.active.empty()) {
    // Pinned; a narrower target lies inside (PL-44).
    for (const DomainIndex pinned : scope.pinned) {
      const auto [first, end] = state_.DomainsInside(pinned, task.depth);
      for (DomainIndex at = first; at < end; ++at) task.list.push_back(at);
    }
    return;
  }
  const auto [first, end] = state_.DomainsInside(task.inside, task.depth);
  if (task.inside == 0 && end - first >= kManyDomains) {
    task.order = &state_.Order(*problem_->indexes[kind], task.depth);
    task.least = least;
    task.leftovers = false;
    task.start = task.twin == kNoTask ? task.order->First(least) : tasks_[task.twin].chosen;
    task.next = task.start;
    return;
  }
  ListInside(task, least);
}

// The domains that could do, in the order of Precedes, but for those that would be left with a useless remainder: they
// come last.
void Search::ListInside(Task& task, std::int64_t least) {
  const auto [first, end] = state_.DomainsInside(task.inside, task.depth);
  const std::vector<std::int64_t>& sums = problem_->indexes[task.order_kind]->sums;
  candidates_.clear();
  for (DomainIndex at = first; at < end; ++at) {
    if (sums[at] < least) continue;
    candidates_.push_back({.copies = sums[at],
                           .look = state_.signature(at),
                           .domain = at,
                           .leftover = !LeavesUseful(task, sums[at] - least)});
  }
  state_.counters.domains_read += end - first;
  std::sort(candidates_.begin(), candidates_.end(), [this](const Candidate& a, const Candidate& b) {
    if (a.leftover != b.leftover) return b.leftover;
    if (a.copies != b.copies) return a.copies < b.copies;
    if (a.look != b.look) return a.look < b.look;
    const int looks = CompareLooks(a.domain, b.domain);
    return looks != 0 ? looks < 0 : a.domain < b.domain;
  });
  task.list.reserve(candidates_.size());
  for (const Candidate& candidate : candidates_) task.list.push_back(candidate.domain);
}

bool Search::Advance(Task& task) {
  if (task.applied) Release(task);
  if (task.kind == TaskKind::kSubset) return AdvanceSubset(task);
  while (steps_ < end_) {
    DomainIndex domain = 0;
    if (task.order != nullptr) {
      domain = NextInOrder(task);
      if (domain == kNoUnit) return false;
    } else {
      if (task.position == task.list.size()) return false;
      domain = task.list[task.position++];
    }
    ++steps_;
    if (TryDomain(task, domain)) return true;
  }
  return false;
}

bool Search::LeavesUseful(const Task& task, std::int64_t copies) const {
  return remainders_.IsUseful(problem_->classes[task.order_kind], task.depth, copies);
}

// Tight domains first; those that would be left with a remainder that nothing fits exactly come after all others.
DomainIndex Search::NextInOrder(Task& task) {
  while (true) {
    if (task.next == kNoUnit) {
      if (task.leftovers) return kNoUnit;
      task.leftovers = true;
      task.next = task.start;
      continue;
    }
    const Unit unit = task.next;
    const std::int64_t copies = task.order->key(unit).copies;
    if (LeavesUseful(task, copies - task.least) == !task.leftovers) {
      task.next = task.order->Next(unit);
      return unit;
    }
    if (task.leftovers && copies - task.least >= Remainders::kLargest) {
      task.next = kNoUnit;
    } else {
      task.next = task.order->First(copies + 1);
    }
  }
}

void Search::Release(Task& task) {
  if (task.kind == TaskKind::kBind) {
    AddLoad(task, -1);
    TellLosses(task);
  }
  task.applied = false;
}

// Whether scopes bound to `a` and to `b` have the same prospects.
bool Search::IsAlike(const Task& task, DomainIndex a, DomainIndex b) const {
  if (!problem_->scopes[0].active.empty()) return false;
  const std::vector<std::int64_t>& sums = problem_->indexes[task.order_kind]->sums;
  if (sums[a] != sums[b]) return false;
  while (a != b) {
    if (state_.signature(a) != state_.signature(b) || loads_.IsLoaded(a) || loads_.IsLoaded(b) ||
        state_.domain(a).stands_alone != state_.domain(b).stands_alone) {
      return false;
    }
    a = state_.domain(a).parent;
    b = state_.domain(b).parent;
  }
  return true;
}

bool Search::KeepsActive(const Task& task, DomainIndex domain) const {
  const Scope& scope = problem_->scopes[task.scope];
  // What is only required was settled by the pinned domains.
  if (task.depth == scope.required) return true;
  return std::all_of(scope.active.begin(), scope.active.end(),
                     [&](NodeIndex node) { return state_.DomainAt(node, task.depth) == domain; });
}

bool Search::HasRoom(const Task& task, DomainIndex domain) const {
  const Scope& scope = problem_->scopes[task.scope];
  for (DomainIndex at = domain; at != task.inside; at = state_.domain(at).parent) {
    ++state_.counters.domains_read;
    const std::uint32_t depth = state_.domain(at).depth;
    for (std::size_t k = 0; k < problem_->kinds(); ++k) {
      const std::int64_t weight = WeightAt(scope, depth, k);
      if (weight > 0 && weight + loads_.Of(at, k) > problem_->indexes[k]->sums[at]) return false;
    }
  }
  return true;
}

// What is required of scopes that lie in the same domain without a choice of their own.
bool Search::SuitsThoseInside(const Task& task, DomainIndex domain) const {
  for (std::uint32_t s = task.scope + 1; s < problem_->scopes.size(); ++s) {
    const Scope& scope = problem_->scopes[s];
    if (scope.required == 0 || binder_[s] == kNoTask || &tasks_[binder_[s]] != &task || !HasDemands(scope)) continue;
    const DomainIndex at = state_.AncestorAt(domain, scope.required);
    if (state_.domain(at).stands_alone) return false;
    if (!scope.active.empty() && !std::binary_search(scope.pinned.begin(), scope.pinned.end(), at)) return false;
  }
  return true;
}

bool Search::ChildrenCould(const Scope& scope, DomainIndex domain) const {
  const std::uint32_t depth = state_.domain(domain).depth;
  for (const std::uint32_t c : scope.children) {
    const Scope& child = problem_->scopes[c];
    const std::uint32_t binder = binder_[c];
    if (binder == kNoTask || tasks_[binder].scope != c || tasks_[binder].depth <= depth) continue;
    if (tasks_[binder].twin != kNoTask || !child.active.empty()) continue;
    const auto [first, end] = state_.DomainsInside(domain, tasks_[binder].depth);
    bool found = false;
    for (DomainIndex at = first; at < end && !found; ++at) found = CouldHold(*problem_, child, at);
    if (!found) return false;
  }
  return true;
}

void Search::AddLoad(const Task& task, std::int64_t sign) {
  const Scope& scope = problem_->scopes[task.scope];
  for (DomainIndex at = task.chosen; at != task.inside; at = state_.domain(at).parent) {
    std::int64_t* row = loads_.Row(at);
    for (std::size_t k = 0; k < problem_->kinds(); ++k) row[k] += sign * WeightAt(scope, state_.domain(at).depth, k);
  }
}

// Of several kinds: what the loads of a domain leave there for larger pods may be less than its sum of copies without
// those of the load, for every such pod takes copies of the small kinds too. Tells the domains around what they cannot
// count on. False: somewhere more is asked for than can be.
bool Search::TellLosses(const Task& task) {
  const std::size_t kinds = problem_->kinds();
  if (kinds == 1) return true;
  bool holds = true;
  bool loaded = true;  // else only losses may have changed
  bool changed = true;
  for (DomainIndex domain = task.chosen; loaded || changed; domain = state_.domain(domain).parent) {
    loaded = loaded && domain != task.inside;
    Loads::Loss* losses = loads_.Losses(domain);
    Loads::Loss* around = domain == 0 ? nullptr : loads_.Losses(state_.domain(domain).parent);
    losses = loads_.Losses(domain);  // the row around may have moved it
    const auto left = [&](std::size_t k) {
      return problem_->indexes[k]->sums[domain] - loads_.Of(domain, k) - losses[k].inside;
    };
    changed = false;
    for (std::size_t k = 0; k < kinds; ++k) {
      std::int64_t room = std::max<std::int64_t>(0, left(k));
      holds = holds && left(k) >= 0;
      for (std::size_t small = 0; small < kinds; ++small) {
        const std::int64_t within = problem_->Within(small, k);
        if (within > 0) room = std::min(room, std::max<std::int64_t>(0, left(small)) / within);
      }
      const std::int64_t lost = losses[k].inside + std::max<std::int64_t>(0, left(k)) - room;
      if (around == nullptr || lost == losses[k].own) continue;
      around[k].inside += lost - losses[k].own;
      losses[k].own = lost;
      changed = true;
    }
    state_.counters.domains_read += kinds;
    if (domain == 0) break;
  }
  return holds;
}

// Of scopes that are just the same the earlier one takes the earlier domain.
bool Search::BindsBefore(const Task& task, DomainIndex domain) const {
  return Precedes(*problem_->indexes[task.order_kind], domain, tasks_[task.twin].chosen);
}

bool Search::TryDomain(Task& task, DomainIndex domain) {
  const Scope& scope = problem_->scopes[task.scope];
  if (task.inside != 0 && state_.AncestorAt(domain, state_.domain(task.inside).depth) != task.inside) return false;
  if (scope.required > 0 && state_.domain(state_.AncestorAt(domain, scope.required)).stands_alone) return false;
  if (task.twin != kNoTask && BindsBefore(task, domain)) return false;
  if (!KeepsActive(task, domain) || !HasRoom(task, domain)) return false;
  if (task.refused != 0xFFFFFFFF && IsAlike(task, task.refused, domain)) return false;
  const Target& target = targets_[task.scope];
  if (scope.preferred > task.depth && target.domains != Target().domains && target.depth < scope.preferred &&
      FewestDomains(*problem_, scope, domain, scope.preferred) > target.domains) {
    return false;
  }
  if (!SuitsThoseInside(task, domain) || !ChildrenCould(scope, domain)) return false;
  task.chosen = domain;
  task.refused = domain;
  task.applied = true;
  AddLoad(task, 1);
  if (TellLosses(task) && PacksLocally(domain) != Verdict::kNone) return true;
  Release(task);
  return false;
}

// Whether the demands that are bound to the domain or inside it fit together; kLimit if that is not known.
Verdict Search::PacksLocally(DomainIndex domain) {
  const std::uint32_t depth = state_.domain(domain).depth;
  std::uint32_t kind = 0xFFFFFFFF;
  bool simple = true;
  for (const Demand& demand : problem_->demands) {
    const std::uint32_t binder = binder_[demand.scope];
    if (binder == kNoTask || !tasks_[binder].applied || tasks_[binder].depth < depth || demand.surplus) continue;
    if (state_.AncestorAt(tasks_[binder].chosen, depth) != domain) continue;
    // Of one class the sum of copies is exact.
    simple = simple && (kind == 0xFFFFFFFF || kind == demand.kind) &&
             !state_.rules().Concerns(problem_->classes[demand.kind]);
    kind = demand.kind;
  }
  if (simple) return Verdict::kFound;
  const Verdict verdict = Pack(true, domain, kLocalSteps);
  if (verdict == Verdict::kFound) TakeBack();
  decisions_.clear();
  return verdict;
}

}  // namespace grove::topology
