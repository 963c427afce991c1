#include "topology/placement_check.h"

#include <algorithm>
#include <set>
#include <string>
#include <tuple>
#include <utility>

#include "model/stable_sort.h"

namespace grove::check {

std::vector<Present> PodsOf(const Occupancy& occupancy) {
  std::vector<Present> present;
  const auto running = occupancy.cluster().running_pods();
  const auto released = occupancy.released();
  for (std::uint32_t i = 0; i < running.size(); ++i) {
    if (std::count(released.begin(), released.end(), i) > 0) continue;
    present.push_back({running[i].node, &occupancy.cluster().running_classes()[running[i].pod_class]});
  }
  for (const Occupancy::Placed& placed : occupancy.placed()) present.push_back({placed.node, placed.pod.get()});
  return present;
}

const PodClass& ClassOf(const PlacementRequest& request, const GangGroup& group, std::uint32_t candidate) {
  std::size_t run = 0;
  while (candidate >= group.candidates[run].count) candidate -= group.candidates[run++].count;
  return request.classes[group.candidates[run].pod_class];
}

std::vector<ScopeNodes> ScopesOf(const Gang& gang, const std::vector<PodPlacement>& pods) {
  std::vector<ScopeNodes> scopes(1 + gang.scopes.size() + gang.groups.size());
  scopes[0].pack = &gang.pack;
  for (std::uint32_t i = 0; i < gang.scopes.size(); ++i) {
    const std::uint32_t parent = gang.scopes[i].parent;
    const std::uint32_t nesting = parent == GangScope::kNoParent ? 1 : scopes[1 + parent].nesting + 1;
    scopes[1 + i] = {.kind = ScopeKind::kScope, .index = i, .nesting = nesting, .pack = &gang.scopes[i].pack};
  }
  for (std::uint32_t g = 0; g < gang.groups.size(); ++g) {
    const GangGroup& group = gang.groups[g];
    ScopeNodes& own = scopes[1 + gang.scopes.size() + g];
    own = {.kind = ScopeKind::kGroup, .index = g, .pack = &group.pack};
    std::vector<ScopeNodes*> chain{&own, &scopes[0]};
    for (std::uint32_t s = group.scope; s != GangGroup::kNoScope; s = gang.scopes[s].parent)
      chain.push_back(&scopes[1 + s]);
    for (ScopeNodes* scope : chain) {
      scope->minimum += group.min_replicas;
      for (const ActivePod& pod : group.active) scope->active.push_back(pod.node);
      for (const PodPlacement& pod : pods) {
        if (pod.group == g) (pod.surplus ? scope->surplus : scope->minimum_set).push_back(pod.node);
      }
    }
  }
  return scopes;
}

bool KeepsRequired(const Cluster& cluster, const ScopeNodes& scope) {
  if (scope.pack->required.empty()) return true;
  const auto level = cluster.FindLevel(scope.pack->required);
  if (!level) return false;
  std::set<DomainIndex> used;
  std::set<DomainIndex> pinned;
  for (const auto* nodes : {&scope.minimum_set, &scope.surplus}) {
    for (const NodeIndex node : *nodes) used.insert(cluster.domain_of(node, *level));
  }
  for (const NodeIndex node : scope.active) pinned.insert(cluster.domain_of(node, *level));
  if (used.empty()) return true;
  if (used.size() > 1 || cluster.domains()[*used.begin()].stands_alone) return false;
  return pinned.empty() || pinned.count(*used.begin()) == 1;
}

namespace {

PackRank RankOf(const Cluster& cluster, std::size_t preferred, const std::vector<NodeIndex>& nodes) {
  PackRank rank{.level = static_cast<std::int32_t>(preferred), .domains = 0};
  for (; rank.level >= 0; --rank.level) {
    std::set<DomainIndex> used;
    for (const NodeIndex node : nodes) used.insert(cluster.domain_of(node, static_cast<std::size_t>(rank.level)));
    if (used.size() <= 1) break;
  }
  std::set<DomainIndex> used;
  for (const NodeIndex node : nodes) used.insert(cluster.domain_of(node, preferred));
  rank.domains = static_cast<std::uint32_t>(used.size());
  return rank;
}

}  // namespace

std::vector<PackRank> RanksOf(const Cluster& cluster, std::vector<ScopeNodes> scopes) {
  internal::StableSort(scopes, [](const ScopeNodes& a, const ScopeNodes& b) {
    if (a.kind != b.kind) return a.kind < b.kind;
    return a.nesting != b.nesting ? a.nesting < b.nesting : a.minimum > b.minimum;
  });
  std::vector<PackRank> ranks;
  for (ScopeNodes& scope : scopes) {
    const auto level = cluster.FindLevel(scope.pack->preferred);
    if (scope.pack->preferred.empty() || !level) continue;
    scope.minimum_set.insert(scope.minimum_set.end(), scope.active.begin(), scope.active.end());
    ranks.push_back(RankOf(cluster, *level, scope.minimum_set));
  }
  return ranks;
}

}  // namespace grove::check

namespace grove {
namespace {

// One result against the contract, gang by gang, then pod by pod.
class ContractCheck {
 public:
  ContractCheck(const Occupancy& occupancy, const PlacementRequest& request, const PlacementResult& result)
      : occupancy_(occupancy),
        cluster_(occupancy.cluster()),
        request_(request),
        result_(result),
        after_(occupancy),
        present_(check::PodsOf(occupancy)),
        first_(present_.size()) {}

  std::vector<PlacementBreach> Run() && {
    for (const Gang& gang : request_.gangs) {
      const bool runs = std::ranges::all_of(
          gang.groups, [](const GangGroup& group) { return group.active.size() >= group.min_replicas; });
      if (runs) scheduled_.emplace(gang.gang_namespace, gang.name);
    }
    for (const GangPlacement& placement : result_.gangs) {
      if (placement.outcome == GangOutcome::kPlaced) {
        CheckPods(placement);
        CheckBase(placement);
        CheckScopes(placement);
      } else if (!placement.pods.empty()) {
        Report("PL-01", placement.gang, "pods of a gang that is not placed");
      }
    }
    CollectPods();
    CheckNodes();
    return std::move(breaches_);
  }

 private:
  void Report(std::string_view rule, std::uint32_t gang, std::string detail) {
    breaches_.push_back({.rule = std::string(rule), .gang = gang, .detail = std::move(detail)});
  }

  void CheckPods(const GangPlacement& placement) {
    const Gang& gang = request_.gangs[placement.gang];
    std::set<std::pair<std::uint32_t, std::uint32_t>> seen;
    std::vector<std::uint64_t> have;
    for (const GangGroup& group : gang.groups) have.push_back(group.active.size());
    for (const PodPlacement& pod : placement.pods) {
      const PodClass& pods = check::ClassOf(request_, gang.groups[pod.group], pod.candidate);
      if (!seen.emplace(pod.group, pod.candidate).second) Report("PL-01", placement.gang, "a pod placed twice");
      if (!check::AdmitsNode(occupancy_, pod.node, pods)) {
        Report("PL-33", placement.gang, std::string(cluster_.node_name(pod.node)));
      }
      after_.Place(pod.node, pods);
      for (const auto& [name, amount] : pods.requests) {
        if (amount > 0 && name != "pods" && !cluster_.FindResource(name)) {
          Report("PL-31", placement.gang, "no node has " + name);
        }
      }
      ++have[pod.group];
    }
    for (std::size_t g = 0; g < have.size(); ++g) {
      if (have[g] < gang.groups[g].min_replicas) {
        Report("PL-01", placement.gang, "group " + gang.groups[g].name + " below its minimum");
      }
    }
  }

  void CheckBase(const GangPlacement& placement) {
    const Gang& gang = request_.gangs[placement.gang];
    if (!gang.base.empty() && scheduled_.count({gang.gang_namespace, gang.base}) == 0) {
      Report("PL-10", placement.gang, gang.base);
    }
    scheduled_.emplace(gang.gang_namespace, gang.name);
  }

  void CheckScopes(const GangPlacement& placement) {
    const std::vector<check::ScopeNodes> scopes = check::ScopesOf(request_.gangs[placement.gang], placement.pods);
    for (const check::ScopeNodes& scope : scopes) {
      if (!check::KeepsRequired(cluster_, scope)) Report("PL-40", placement.gang, scope.pack->required);
    }
    const std::vector<PackRank> ranks = check::RanksOf(cluster_, scopes);
    for (std::size_t i = 0; i < placement.figures.size(); ++i) {
      if (i < ranks.size() && placement.figures[i].rank == ranks[i]) continue;
      Report("PL-52", placement.gang, "the stated rank is another");
    }
  }

  // In the order of their coming: minimum sets before surplus.
  void CollectPods() {
    owners_.assign(first_, 0);
    ends_.assign(first_, 0);
    for (const bool surplus : {false, true}) {
      for (const GangPlacement& placement : result_.gangs) {
        for (const PodPlacement& pod : placement.pods) {
          if (pod.surplus != surplus) continue;
          const GangGroup& group = request_.gangs[placement.gang].groups[pod.group];
          present_.push_back({pod.node, &check::ClassOf(request_, group, pod.candidate)});
          owners_.push_back(placement.gang);
        }
        ends_.resize(present_.size(), present_.size());
      }
    }
  }

  void CheckNodes() {
    const bool ruled = check::AnyRules(present_);
    for (std::size_t i = first_; i < present_.size(); ++i) {
      const NodeIndex node = present_[i].node;
      const auto before = occupancy_.free(node);
      const auto free = after_.free(node);
      for (std::size_t r = 0; r < free.size(); ++r) {
        // What the pod does not ask for may have been overdrawn before.
        if (free[r] >= std::min<std::int64_t>(0, before[r])) continue;
        Report("PL-30", owners_[i], std::string(cluster_.node_name(node)) + " " + cluster_.resources()[r]);
      }
      const std::string rule = ruled ? check::BrokenByOthers(cluster_, present_, i, ends_[i]) : std::string();
      if (!rule.empty()) Report("PL-36", owners_[i], rule);
    }
  }

  const Occupancy& occupancy_;
  const Cluster& cluster_;
  const PlacementRequest& request_;
  const PlacementResult& result_;
  Occupancy after_;
  std::vector<check::Present> present_;
  const std::size_t first_;  // pods that were there before
  std::vector<std::uint32_t> owners_;
  std::vector<std::size_t> ends_;  // how many were there once the pod's gang was decided
  std::set<std::pair<std::string, std::string>> scheduled_;
  std::vector<PlacementBreach> breaches_;
};

}  // namespace

std::vector<PlacementBreach> CheckPlacement(const Occupancy& occupancy, const PlacementRequest& request,
                                            const PlacementResult& result, const PlacementOptions& options) {
  // Who is evicted is neither there nor active any more.
  Occupancy without = occupancy;
  PlacementRequest left = request;
  std::set<std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>> gone;
  for (const Eviction& eviction : result.evictions) {
    for (const EvictedPod& pod : eviction.pods) gone.emplace(eviction.gang, pod.group, pod.active);
  }
  for (auto pod = gone.rbegin(); pod != gone.rend(); ++pod) {
    auto& active = left.gangs[std::get<0>(*pod)].groups[std::get<1>(*pod)].active;
    const auto at = active.begin() + std::get<2>(*pod);
    without.Release(at->node, request.classes[at->pod_class]);
    active.erase(at);
  }
  std::vector<PlacementBreach> breaches = ContractCheck(without, left, result).Run();
  check::CheckOptions(without, left, result, options, breaches);
  check::CheckEvictions(occupancy, request, result, breaches);
  return breaches;
}

}  // namespace grove
