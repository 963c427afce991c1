#include <algorithm>

#include "topology/planner.h"

namespace grove::topology {
namespace {

// Steps for one question whether a weaker constraint would do.
constexpr std::uint64_t kRelaxSteps = 4'000;

PackLevels& PackOf(Gang& gang, const Scope& scope) {
  switch (scope.kind) {
    case ScopeKind::kScope:
      return gang.scopes[scope.index].pack;
    case ScopeKind::kGroup:
      return gang.groups[scope.index].pack;
    case ScopeKind::kGang:
      break;
  }
  return gang.pack;
}

}  // namespace

// The resource that lets the fewest of the class into the domain.
void Planner::StateScarcest(DomainIndex index, std::uint32_t pod_class, std::int64_t pods,
                            PlacementExplanation& explanation) const {
  const Domain& domain = state_.domain(index);
  const ClassNeeds& needs = state_.needs(pod_class);
  double least = -1;
  for (std::size_t r = 0; r < state_.width(); ++r) {
    if (needs.requests[r] == 0) continue;
    Wide free = 0;
    for (NodeIndex node = domain.first_node; node < domain.first_node + domain.node_count; ++node) {
      if (state_.Admits(node, pod_class)) free += std::max<std::int64_t>(0, state_.node_free(node, r));
    }
    const double copies = static_cast<double>(free) / static_cast<double>(needs.requests[r]);
    if (least >= 0 && copies >= least) continue;
    least = copies;
    explanation.resource = state_.cluster().resources()[r];
    explanation.requested = static_cast<std::int64_t>(std::min<Wide>(Wide{needs.requests[r]} * pods, INT64_MAX));
    explanation.free = static_cast<std::int64_t>(std::min<Wide>(free, INT64_MAX));
  }
}

// True iff no node takes a pod of the class; then why.
bool Planner::FitsNoNode(std::uint32_t pod_class, NodeRefusals& refusals) {
  const CopyIndex& index = state_.Index(pod_class);
  if (index.sums[0] > 0) {
    for (NodeIndex node = 0; node < state_.cluster().node_count(); ++node) {
      if (index.copies[node] > 0 && state_.RulesAllow(node, pod_class)) return false;
    }
  }
  std::vector<std::uint32_t> lacks(state_.width(), 0);
  const ClassNeeds& needs = state_.needs(pod_class);
  for (NodeIndex node = 0; node < state_.cluster().node_count(); ++node) {
    if (!state_.IsUsable(node)) {
      ++refusals.unusable;
    } else if (!needs.impossible && !state_.Admits(node, pod_class)) {
      ++refusals.not_admitted;
    } else {
      std::size_t r = 0;
      while (r < state_.width() && state_.node_free(node, r) >= needs.requests[r]) ++r;
      if (r < state_.width()) {
        ++lacks[r];
      } else if (!state_.rules().PortsAllow(node, pod_class)) {
        ++refusals.host_ports;
      } else if (!state_.RulesAllow(node, pod_class)) {
        ++refusals.pod_affinity;
      }
    }
  }
  if (needs.impossible) {
    for (const auto& [name, amount] : state_.classes()[pod_class].requests) {
      if (amount > 0 && !state_.cluster().FindResource(name)) {
        refusals.resources.emplace_back(name, static_cast<std::uint32_t>(state_.cluster().node_count()));
      }
    }
  }
  for (std::size_t r = 0; r < lacks.size(); ++r) {
    if (lacks[r] > 0) refusals.resources.emplace_back(state_.cluster().resources()[r], lacks[r]);
  }
  return true;
}

// A scope that needs one domain and for which none has room; `best` is the roomiest one.
bool Planner::HasNoDomain(const Problem& problem, const Scope& scope, DomainIndex& best) const {
  const std::vector<std::int64_t>& sums = problem.indexes[scope.hardest]->sums;
  const auto could = [&](DomainIndex at) {
    for (std::size_t k = 0; k < problem.kinds(); ++k) {
      if (scope.weight[k] > problem.indexes[k]->sums[at]) return false;
    }
    return true;
  };
  bool none = true;
  best = 0;
  const auto look = [&](DomainIndex at) {
    if (state_.domain(at).stands_alone) return;
    if (best == 0 || sums[at] > sums[best]) best = at;
    none = none && !could(at);
  };
  if (!scope.active.empty()) {
    for (const DomainIndex at : scope.pinned) look(at);
  } else {
    const auto [first, end] = state_.DomainsInside(0, scope.required);
    for (DomainIndex at = first; at < end; ++at) look(at);
  }
  return none;
}

// The narrowest wider level that, required of the scope instead, makes room; found by search.
void Planner::Relax(const GangState& state, const std::vector<GroupDemand>& demands, const Scope& scope,
                    PlacementExplanation& explanation) {
  Gang gang = request_.gangs[state.gang];
  PackLevels& pack = PackOf(gang, scope);
  for (std::uint32_t depth = scope.required; depth-- > 0;) {
    pack.required = depth == 0 ? "" : state_.cluster().levels()[depth - 1].key;
    const Problem problem = MakeProblem(state_, gang, demands, state.active);
    std::vector<Assignment> pods;
    if (solver_.Reach(problem, {}, kRelaxSteps, pods) != Verdict::kFound) continue;
    explanation.fits_at_level = static_cast<std::int32_t>(depth) - 1;
    return;
  }
}

void Planner::Explain(GangState& state, const std::vector<GroupDemand>& demands) {
  PlacementExplanation& explanation = state.placement->explanation;
  explanation = {};
  const auto state_scope = [&](PlacementCause cause, ScopeKind kind, std::uint32_t index) {
    explanation.cause = cause;
    explanation.kind = kind;
    explanation.index = index;
  };
  for (const GroupDemand& demand : demands) {
    if (!FitsNoNode(demand.pod_class, explanation.refusals)) continue;
    explanation.needed = static_cast<std::uint32_t>(demand.count);
    return state_scope(PlacementCause::kFitsNoNode, ScopeKind::kGroup, demand.group);
  }
  const Problem problem = MakeProblem(state_, request_.gangs[state.gang], demands, state.active);
  const auto count = [](std::int64_t pods) {
    return static_cast<std::uint32_t>(std::min<std::int64_t>(pods, kMostPodsPerGang));
  };
  const auto state_room = [&](const Scope& scope, std::size_t kind, DomainIndex best) {
    explanation.needed = count(scope.weight[kind]);
    explanation.placeable = count(std::min(scope.weight[kind], problem.indexes[kind]->sums[best]));
    explanation.best_domain = best;
    StateScarcest(best, problem.classes[kind], scope.weight[kind], explanation);
  };
  for (std::size_t k = 0; k < problem.kinds(); ++k) {
    if (problem.scopes[0].weight[k] <= problem.indexes[k]->sums[0]) continue;
    state_room(problem.scopes[0], k, 0);
    const auto demand =
        std::find_if(problem.demands.begin(), problem.demands.end(), [&](const Demand& d) { return d.kind == k; });
    return state_scope(PlacementCause::kClusterTooSmall, ScopeKind::kGroup, demand->group);
  }
  for (const Scope& scope : problem.scopes) {
    DomainIndex best = 0;
    if (scope.required == 0 || scope.pods == 0 || !HasNoDomain(problem, scope, best)) continue;
    const bool pinned = !scope.active.empty();
    state_scope(!pinned                    ? PlacementCause::kNoDomain
                : scope.pinned.size() == 1 ? PlacementCause::kPinnedDomainFull
                                           : PlacementCause::kActivePodsApart,
                scope.kind, scope.index);
    explanation.level = state_.cluster().levels()[scope.required - 1].key;
    std::size_t kind = scope.hardest;
    for (std::size_t k = 0; best != 0 && k < problem.kinds(); ++k) {
      if (scope.weight[k] > problem.indexes[k]->sums[best]) kind = k;
    }
    if (best != 0) state_room(scope, kind, best);
    return Relax(state, demands, scope, explanation);
  }
  state_scope(state.placement->outcome == GangOutcome::kNotFound ? PlacementCause::kBudget : PlacementCause::kJointly,
              ScopeKind::kGang, 0);
  explanation.needed = count(problem.scopes[0].pods);
  for (const Scope& scope : problem.scopes) {
    if (scope.required == 0 || scope.pods == 0) continue;
    Relax(state, demands, scope, explanation);
    if (!explanation.fits_at_level) continue;
    explanation.kind = scope.kind;
    explanation.index = scope.index;
    explanation.level = state_.cluster().levels()[scope.required - 1].key;
    return;
  }
}

}  // namespace grove::topology
