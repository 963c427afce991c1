#include <algorithm>

#include "topology/planner.h"

namespace grove::topology {
namespace {

// Steps for one question whether a weaker constraint would do.
constexpr std::uint64_t kRelaxSteps = 4'000;

}  // namespace

// The resource that lets the fewest of the class into the domain.
void Planner::StateScarcest(DomainIndex index, std::uint32_t pod_class, std::int64_t pods,
                            PlacementExplanation& explanation) {
  const Domain& domain = state_.domain(index);
  const ClassNeeds& needs = state_.needs(pod_class);
  // Of the whole cluster the sums are known; what its nodes that are closed to the class have is left out.
  const bool whole = index == 0;
  std::vector<Wide>& free = free_;
  free.assign(state_.width(), 0);
  if (whole) free.assign(state_.free_in_all().begin(), state_.free_in_all().end());
  for (NodeIndex node = domain.first_node; node < domain.first_node + domain.node_count; ++node) {
    if (state_.Admits(node, pod_class) == whole) continue;
    const std::span<const std::int64_t> row = state_.free(node);
    for (std::size_t r = 0; r < row.size(); ++r) {
      free[r] += (whole ? -1 : 1) * Wide{std::max<std::int64_t>(0, row[r])};
    }
  }
  double least = -1;
  for (std::size_t r = 0; r < state_.width(); ++r) {
    if (needs.requests[r] == 0) continue;
    const double copies = static_cast<double>(free[r]) / static_cast<double>(needs.requests[r]);
    if (least >= 0 && copies >= least) continue;
    least = copies;
    explanation.resource = state_.cluster().resources()[r];
    explanation.requested = static_cast<std::int64_t>(std::min<Wide>(Wide{needs.requests[r]} * pods, INT64_MAX));
    explanation.free = static_cast<std::int64_t>(std::min<Wide>(free[r], INT64_MAX));
  }
}

// True iff no node takes a pod of the class; then why.
bool Planner::FitsNoNode(std::uint32_t pod_class, NodeRefusals& refusals) {
  const CopyIndex& index = state_.Index(pod_class);
  if (index.sums[0] > 0) {
    if (!state_.rules().Concerns(pod_class)) return false;
    for (NodeIndex node = 0; node < state_.cluster().node_count(); ++node) {
      if (index.copies[node] > 0 && state_.RulesAllow(node, pod_class)) return false;
    }
  }
  CountRefusals(pod_class, refusals);
  return true;
}

// The first reason why the node takes no pod of the class, rules on other pods excepted.
std::uint16_t Planner::ReasonOf(NodeIndex node, std::uint32_t pod_class) const {
  if (!state_.IsUsable(node)) return kUnusable;
  const ClassNeeds& needs = state_.needs(pod_class);
  if (!needs.impossible && !state_.Admits(node, pod_class)) return kNotAdmitted;
  const std::int64_t* free = state_.free(node).data();
  std::uint16_t r = 0;
  while (r < state_.width() && free[r] >= needs.requests[r]) ++r;
  return r < state_.width() ? static_cast<std::uint16_t>(kLacks + r) : kNoReason;
}

// The reasons as the nodes are now. Nodes that have not changed are not looked at again.
const Planner::Reasons& Planner::ReasonsFor(std::uint32_t pod_class) {
  const ChangeLog& log = state_.log();
  auto found = std::find_if(reasons_.begin(), reasons_.begin() + static_cast<std::ptrdiff_t>(reason_count_),
                            [&](const Reasons& reasons) { return reasons.pod_class == pod_class; });
  const bool is_new = found == reasons_.begin() + static_cast<std::ptrdiff_t>(reason_count_);
  if (is_new) {
    if (reason_count_ == kMostReasons) reason_count_ = 0;
    if (reason_count_ == reasons_.size()) reasons_.emplace_back();
    found = reasons_.begin() + static_cast<std::ptrdiff_t>(reason_count_++);
    found->pod_class = pod_class;
  }
  if (is_new || !log.Reaches(found->seen)) {
    found->nodes.assign(kLacks + state_.width(), 0);
    found->by_node.resize(state_.cluster().node_count());
    for (NodeIndex node = 0; node < found->by_node.size(); ++node) {
      ++found->nodes[found->by_node[node] = ReasonOf(node, pod_class)];
    }
  } else {
    for (const NodeIndex node : log.Since(found->seen)) {
      --found->nodes[found->by_node[node]];
      ++found->nodes[found->by_node[node] = ReasonOf(node, pod_class)];
    }
  }
  found->seen = log.end();
  return *found;
}

void Planner::CountRefusals(std::uint32_t pod_class, NodeRefusals& refusals) {
  const ClassNeeds& needs = state_.needs(pod_class);
  const Reasons& reasons = ReasonsFor(pod_class);
  refusals.unusable = reasons.nodes[kUnusable];
  refusals.not_admitted = reasons.nodes[kNotAdmitted];
  if (state_.rules().Concerns(pod_class)) {
    for (NodeIndex node = 0; node < state_.cluster().node_count(); ++node) {
      if (reasons.by_node[node] != kNoReason) continue;
      if (!state_.rules().PortsAllow(node, pod_class)) {
        ++refusals.host_ports;
      } else if (!state_.RulesAllow(node, pod_class)) {
        ++refusals.pod_affinity;
      }
    }
  }
  std::size_t count = 0;
  for (std::size_t r = 0; r < state_.width(); ++r) count += reasons.nodes[kLacks + r] > 0 ? 1 : 0;
  refusals.resources.reserve(count);
  if (needs.impossible) {
    for (const auto& [name, amount] : state_.classes()[pod_class].requests) {
      if (amount > 0 && !state_.cluster().FindResource(name)) {
        refusals.resources.emplace_back(name, static_cast<std::uint32_t>(state_.cluster().node_count()));
      }
    }
  }
  for (std::size_t r = 0; r < state_.width(); ++r) {
    if (reasons.nodes[kLacks + r] == 0) continue;
    refusals.resources.emplace_back(state_.cluster().resources()[r], reasons.nodes[kLacks + r]);
  }
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
void Planner::Relax(const GangState& state, const std::vector<GroupDemand>& demands, const Problem& problem,
                    const Scope& scope, PlacementExplanation& explanation) {
  OtherLevel other{.scope = static_cast<std::uint32_t>(&scope - problem.scopes.data()), .depth = scope.required};
  while (other.depth-- > 0) {
    const Problem relaxed = MakeProblem(state_, request_->gangs[state.gang], demands, ActiveOf(state), &other);
    if (solver_.Reach(relaxed, {}, kRelaxSteps, found_) != Verdict::kFound) continue;
    explanation.fits_at_level = static_cast<std::int32_t>(other.depth) - 1;
    return;
  }
}

void Planner::Explain(GangState& state, const std::vector<GroupDemand>& demands) {
  PlacementExplanation& explanation = state.placement->Explanation();
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
  const Problem problem = MakeProblem(state_, request_->gangs[state.gang], demands, ActiveOf(state));
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
    return Relax(state, demands, problem, scope, explanation);
  }
  state_scope(state.placement->outcome == GangOutcome::kNotFound ? PlacementCause::kBudget : PlacementCause::kJointly,
              ScopeKind::kGang, 0);
  explanation.needed = count(problem.scopes[0].pods);
  for (const Scope& scope : problem.scopes) {
    if (scope.required == 0 || scope.pods == 0) continue;
    Relax(state, demands, problem, scope, explanation);
    if (!explanation.fits_at_level) continue;
    explanation.kind = scope.kind;
    explanation.index = scope.index;
    explanation.level = state_.cluster().levels()[scope.required - 1].key;
    return;
  }
}

}  // namespace grove::topology
