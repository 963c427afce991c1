#include "topology/problem.h"

#include <algorithm>
#include <memory>
#include <utility>

namespace grove::topology {
namespace {

std::uint32_t KnownDepth(const Cluster& cluster, const std::string& level) {
  return DepthOf(cluster, level).value_or(0);
}

Scope& AddScope(const Cluster& cluster, ScopeKind kind, std::uint32_t index, const PackLevels& pack, Problem& problem) {
  std::vector<Scope>& spare = problem.pool.scopes;
  if (spare.empty()) {
    problem.scopes.emplace_back();
  } else {
    problem.scopes.push_back(std::move(spare.back()));
    spare.pop_back();
  }
  Scope& scope = problem.scopes.back();
  scope.Reset();
  scope.kind = kind;
  scope.index = index;
  scope.required = KnownDepth(cluster, pack.required);
  scope.stated_preferred = KnownDepth(cluster, pack.preferred);
  return scope;
}

// The gang, its scopes, its groups: parents before children.
void AddScopes(const Cluster& cluster, const Gang& gang, Problem& problem) {
  problem.scopes.reserve(1 + gang.scopes.size() + gang.groups.size());
  AddScope(cluster, ScopeKind::kGang, 0, gang.pack, problem);
  for (std::uint32_t i = 0; i < gang.scopes.size(); ++i) {
    Scope& scope = AddScope(cluster, ScopeKind::kScope, i, gang.scopes[i].pack, problem);
    scope.parent = gang.scopes[i].parent == GangScope::kNoParent ? 0 : 1 + gang.scopes[i].parent;
  }
  const auto first_group = static_cast<std::uint32_t>(problem.scopes.size());
  for (std::uint32_t i = 0; i < gang.groups.size(); ++i) {
    Scope& scope = AddScope(cluster, ScopeKind::kGroup, i, gang.groups[i].pack, problem);
    scope.parent = gang.groups[i].scope == GangGroup::kNoScope ? 0 : 1 + gang.groups[i].scope;
    scope.minimum = gang.groups[i].min_replicas;
  }
  for (std::uint32_t s = 1; s < problem.scopes.size(); ++s) {
    problem.scopes[problem.scopes[s].parent].children.push_back(s);
    problem.scopes[s].nesting = problem.scopes[problem.scopes[s].parent].nesting + 1;
  }
  for (auto s = static_cast<std::uint32_t>(problem.scopes.size()); s-- > std::min(first_group, 1u);) {
    if (s > 0) problem.scopes[problem.scopes[s].parent].minimum += problem.scopes[s].minimum;
  }
}

void AddActive(const WorkState& state, const Gang& gang, std::span<const std::vector<NodeIndex>> active,
               Problem& problem) {
  if (std::ranges::all_of(active, [](const auto& nodes) { return nodes.empty(); })) return;
  // Pods that the plan has placed already pin before those that were there (PL-47).
  const auto append = [](std::vector<NodeIndex>& to, auto first, auto last) { to.insert(to.end(), first, last); };
  for (std::size_t s = problem.scopes.size(); s-- > 0;) {
    Scope& scope = problem.scopes[s];
    if (scope.kind == ScopeKind::kGroup && scope.index < active.size()) {
      const std::vector<NodeIndex>& nodes = active[scope.index];
      append(scope.active, nodes.begin(), nodes.end());
      const std::size_t before = std::min(gang.groups[scope.index].active.size(), nodes.size());
      append(scope.placed, nodes.begin() + static_cast<std::ptrdiff_t>(before), nodes.end());
    }
    if (s > 0) {
      append(problem.scopes[scope.parent].active, scope.active.begin(), scope.active.end());
      append(problem.scopes[scope.parent].placed, scope.placed.begin(), scope.placed.end());
    }
    if (scope.required == 0) continue;
    for (const NodeIndex node : scope.placed.empty() ? scope.active : scope.placed) {
      const DomainIndex domain = state.DomainAt(node, scope.required);
      if (!state.domain(domain).stands_alone) scope.pinned.push_back(domain);
    }
    std::sort(scope.pinned.begin(), scope.pinned.end());
    scope.pinned.erase(std::unique(scope.pinned.begin(), scope.pinned.end()), scope.pinned.end());
  }
}

void AddKinds(WorkState& state, std::span<const GroupDemand> demands, Problem& problem) {
  problem.classes.reserve(demands.size());
  for (const GroupDemand& demand : demands) problem.classes.push_back(demand.pod_class);
  std::sort(problem.classes.begin(), problem.classes.end());
  problem.classes.erase(std::unique(problem.classes.begin(), problem.classes.end()), problem.classes.end());
  std::sort(problem.classes.begin(), problem.classes.end(), [&](std::uint32_t a, std::uint32_t b) {
    const double left = state.needs(a).share;
    const double right = state.needs(b).share;
    return left != right ? left > right : a < b;
  });
  problem.indexes.reserve(problem.kinds());
  problem.scarce.reserve(problem.kinds());
  for (const std::uint32_t pod_class : problem.classes) {
    problem.indexes.push_back(&state.Index(pod_class));
    state.Watch(problem.indexes);  // none of them is forgotten for the next
  }
  for (CopyIndex* index : problem.indexes) {
    index->Look();
    problem.scarce.push_back(index->scarce);
  }
}

void AddWithin(WorkState& state, Problem& problem) {
  problem.within.clear();
  problem.within.reserve(problem.kinds() * problem.kinds());
  for (std::size_t small = 0; small < problem.kinds(); ++small) {
    for (const std::uint32_t large : problem.classes) {
      problem.within.push_back(state.CopiesWithin(problem.classes[small], large, problem.scarce[small]));
    }
  }
}

void AddDemands(const Problem& problem, Scope& scope) {
  for (const std::uint32_t d : scope.demands) {
    const Demand& demand = problem.demands[d];
    for (std::size_t k = 0; k < problem.kinds(); ++k) {
      const std::int64_t needs = problem.Within(k, demand.kind) * demand.count;
      scope.weight_with_surplus[k] += needs;
      if (!demand.surplus) scope.weight[k] += needs;
    }
    if (!demand.surplus) scope.pods += demand.count;
    scope.hardest = std::min(scope.hardest, demand.kind);
  }
}

void AddChild(const Scope& child, Scope& scope) {
  for (std::size_t k = 0; k < scope.weight.size(); ++k) {
    scope.weight[k] += child.weight[k];
    scope.weight_with_surplus[k] += child.weight_with_surplus[k];
  }
  scope.pods += child.pods;
  scope.hardest = std::min(scope.hardest, child.hardest);
}

void AddWeights(Problem& problem) {
  const std::size_t kinds = problem.kinds();
  for (std::size_t s = problem.scopes.size(); s-- > 0;) {
    Scope& scope = problem.scopes[s];
    scope.weight.assign(kinds, 0);
    scope.weight_with_surplus.assign(kinds, 0);
    scope.pods = 0;
    scope.hardest = static_cast<std::uint32_t>(kinds);
    AddDemands(problem, scope);
    for (const std::uint32_t c : scope.children) AddChild(problem.scopes[c], scope);
  }
  for (Scope& scope : problem.scopes) {
    if (scope.hardest == kinds) scope.hardest = 0;
  }
  for (Scope& scope : problem.scopes) {
    scope.by_hardness.assign(scope.children.begin(), scope.children.end());
    std::sort(scope.by_hardness.begin(), scope.by_hardness.end(), [&](std::uint32_t a, std::uint32_t b) {
      const Scope& left = problem.scopes[a];
      const Scope& right = problem.scopes[b];
      if (left.hardest != right.hardest) return left.hardest < right.hardest;
      if (left.weight.empty() || left.weight[left.hardest] == right.weight[right.hardest]) return a < b;
      return left.weight[left.hardest] > right.weight[right.hardest];
    });
  }
}

// Gang before scopes, outer ones first, before groups; more pods first; then list order (PL-55).
void AddRanking(Problem& problem) {
  for (std::uint32_t s = 0; s < problem.scopes.size(); ++s) {
    Scope& scope = problem.scopes[s];
    scope.floor = std::max(scope.required, s > 0 ? problem.scopes[scope.parent].floor : 0);
    // Whatever is in one domain of a narrower level is in one of this (PL-50).
    scope.preferred = scope.stated_preferred > scope.floor ? scope.stated_preferred : 0;
    if (scope.stated_preferred > 0) problem.ranked.push_back(s);
  }
  std::sort(problem.ranked.begin(), problem.ranked.end(), [&](std::uint32_t a, std::uint32_t b) {
    const Scope& left = problem.scopes[a];
    const Scope& right = problem.scopes[b];
    if (left.kind != right.kind) return left.kind < right.kind;
    if (left.kind == ScopeKind::kScope && left.nesting != right.nesting) return left.nesting < right.nesting;
    return left.minimum != right.minimum ? left.minimum > right.minimum : a < b;
  });
}

}  // namespace

std::optional<std::uint32_t> DepthOf(const Cluster& cluster, const std::string& level) {
  if (level.empty()) return 0;
  const auto index = cluster.FindLevel(level);
  if (!index) return std::nullopt;
  return static_cast<std::uint32_t>(*index) + 1;
}

void Scope::Reset() {
  Scope fresh;
  const auto keep = [](auto& from, auto& to) {
    from.clear();
    to = std::move(from);
  };
  keep(active, fresh.active);
  keep(pinned, fresh.pinned);
  keep(placed, fresh.placed);
  keep(children, fresh.children);
  keep(by_hardness, fresh.by_hardness);
  keep(demands, fresh.demands);
  keep(weight, fresh.weight);
  keep(weight_with_surplus, fresh.weight_with_surplus);
  *this = std::move(fresh);
}

Problem::Problem(ProblemPool& from) : pool(from) {
  if (pool.parts.empty()) return;
  static_cast<ProblemParts&>(*this) = std::move(pool.parts.back());
  pool.parts.pop_back();
}

Problem::~Problem() {
  for (Scope& scope : scopes) pool.scopes.push_back(std::move(scope));
  scopes.clear();
  classes.clear();
  indexes.clear();
  within.clear();
  scarce.clear();
  demands.clear();
  ranked.clear();
  has_surplus = false;
  pool.parts.push_back(std::move(static_cast<ProblemParts&>(*this)));
}

Problem MakeProblem(WorkState& state, const Gang& gang, std::span<const GroupDemand> demands,
                    std::span<const std::vector<NodeIndex>> active, const OtherLevel* other) {
  if (state.problems == nullptr) state.problems = std::make_shared<ProblemPool>();
  Problem problem(*state.problems);
  AddKinds(state, demands, problem);
  AddWithin(state, problem);
  AddScopes(state.cluster(), gang, problem);
  if (other != nullptr) problem.scopes[other->scope].required = other->depth;
  const auto first_group = static_cast<std::uint32_t>(1 + gang.scopes.size());
  problem.demands.reserve(demands.size());
  for (const GroupDemand& demand : demands) {
    if (demand.count == 0) continue;
    const auto kind = std::ranges::find(problem.classes, demand.pod_class);
    problem.scopes[first_group + demand.group].demands.push_back(static_cast<std::uint32_t>(problem.demands.size()));
    problem.demands.push_back({.scope = first_group + demand.group,
                               .group = demand.group,
                               .kind = static_cast<std::uint32_t>(kind - problem.classes.begin()),
                               .count = demand.count,
                               .surplus = demand.surplus});
    problem.has_surplus = problem.has_surplus || demand.surplus;
  }
  AddActive(state, gang, active, problem);
  AddWeights(problem);
  AddRanking(problem);
  return problem;
}

bool WeightsHold(const Problem& problem) {
  for (std::size_t k = 0; k < problem.kinds(); ++k) {
    if ((problem.indexes[k]->scarce & ~problem.scarce[k]) != 0) return false;
  }
  return true;
}

Problem Reweigh(WorkState& state, const Problem& problem) {
  Problem same(problem.pool);
  static_cast<ProblemParts&>(same) = problem;
  for (std::size_t k = 0; k < same.kinds(); ++k) same.scarce[k] |= same.indexes[k]->scarce;
  AddWithin(state, same);
  AddWeights(same);
  return same;
}

Target RankOf(const WorkState& state, const Scope& scope, std::vector<NodeIndex>& nodes) {
  if (nodes.empty()) return {.depth = scope.stated_preferred, .domains = 0};
  std::sort(nodes.begin(), nodes.end());
  // Nodes are in the order of their domains: it is enough to look at the first, the last, and where domains change.
  std::uint32_t depth = scope.stated_preferred;
  while (state.DomainAt(nodes.front(), depth) != state.DomainAt(nodes.back(), depth)) --depth;
  std::uint32_t domains = 0;
  DomainIndex last = 0;
  for (const NodeIndex node : nodes) {
    const DomainIndex domain = state.DomainAt(node, scope.stated_preferred);
    if (domains == 0 || domain != last) ++domains;
    last = domain;
  }
  return {.depth = depth, .domains = domains};
}

}  // namespace grove::topology
