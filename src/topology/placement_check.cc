#include "topology/placement_check.h"

#include <algorithm>
#include <set>

namespace grove::check {
namespace {

bool Holds(const LabelRequirement& requirement, std::optional<std::string_view> value) {
  using Operator = LabelRequirement::Operator;
  const bool listed = value && std::count(requirement.values.begin(), requirement.values.end(), *value) > 0;
  switch (requirement.op) {
    case Operator::kIn:
      return listed;
    case Operator::kNotIn:
      return !listed;
    case Operator::kExists:
      return value.has_value();
    case Operator::kDoesNotExist:
      return !value;
    default:
      break;
  }
  if (!value || requirement.values.size() != 1 || value->empty() || requirement.values[0].empty()) return false;
  const std::int64_t have = std::strtoll(std::string(*value).c_str(), nullptr, 10);
  const std::int64_t bound = std::strtoll(requirement.values[0].c_str(), nullptr, 10);
  return requirement.op == Operator::kGt ? have > bound : have < bound;
}

}  // namespace

bool AdmitsNode(const Occupancy& occupancy, NodeIndex node, const PodClass& pods) {
  const Cluster& cluster = occupancy.cluster();
  if (!occupancy.usable(node)) return false;
  for (const auto& [key, value] : pods.node_selector) {
    if (cluster.node_label(node, key) != std::optional<std::string_view>(value)) return false;
  }
  bool any = pods.node_affinity.empty();
  for (const NodeSelectorTerm& term : pods.node_affinity) {
    bool all = !term.match_labels.empty() || !term.match_fields.empty();
    for (const auto& requirement : term.match_labels)
      all = all && Holds(requirement, cluster.node_label(node, requirement.key));
    for (const auto& requirement : term.match_fields) {
      all = all && requirement.key == "metadata.name" && Holds(requirement, cluster.node_name(node));
    }
    any = any || all;
  }
  for (const Taint& taint : cluster.node_taints(node)) {
    bool tolerated = taint.effect == TaintEffect::kPreferNoSchedule;
    for (const Toleration& t : pods.tolerations) {
      const bool same_key = t.key.empty() ? t.exists : t.key == taint.key && (t.exists || t.value == taint.value);
      tolerated = tolerated || (same_key && (t.any_effect || t.effect == taint.effect));
    }
    any = any && tolerated;
  }
  return any;
}

namespace {

bool IsMeant(const PodAffinityTerm& term, const PodClass& owner, const PodClass& other) {
  const auto& spaces = term.namespaces;
  if (spaces.empty() ? other.pod_namespace != owner.pod_namespace
                     : std::count(spaces.begin(), spaces.end(), other.pod_namespace) == 0) {
    return false;
  }
  return std::all_of(term.selector.begin(), term.selector.end(), [&](const LabelRequirement& requirement) {
    std::optional<std::string_view> value;
    for (const auto& [key, text] : other.labels) {
      if (key == requirement.key) value = text;
    }
    return Holds(requirement, value);
  });
}

bool PortsClash(const PodClass& a, const PodClass& b) {
  const auto everywhere = [](const HostPort& port) { return port.address.empty() || port.address == "0.0.0.0"; };
  for (const HostPort& x : a.host_ports) {
    for (const HostPort& y : b.host_ports) {
      if (x.port == y.port && x.protocol == y.protocol && (everywhere(x) || everywhere(y) || x.address == y.address)) {
        return true;
      }
    }
  }
  return false;
}

}  // namespace

std::string BrokenByOthers(const Cluster& cluster, const std::vector<Present>& pods, std::size_t i, std::size_t end) {
  const Present& me = pods[i];
  const auto together = [&](const PodAffinityTerm& term, NodeIndex a, NodeIndex b) {
    const auto left = cluster.node_label(a, term.topology_key);
    return left && left == cluster.node_label(b, term.topology_key);
  };
  for (std::size_t j = 0; j < pods.size(); ++j) {
    if (j == i) continue;
    if (pods[j].node == me.node && PortsClash(*me.pods, *pods[j].pods)) return "host port";
    for (const PodAffinityTerm& term : me.pods->anti_affinity) {
      if (IsMeant(term, *me.pods, *pods[j].pods) && together(term, me.node, pods[j].node)) return "anti-affinity";
    }
    for (const PodAffinityTerm& term : pods[j].pods->anti_affinity) {
      if (IsMeant(term, *pods[j].pods, *me.pods) && together(term, me.node, pods[j].node)) return "anti-affinity";
    }
  }
  for (const PodAffinityTerm& term : me.pods->affinity) {
    bool exists = false;
    bool met = false;
    for (std::size_t j = 0; j < pods.size(); ++j) {
      if (j == i || !IsMeant(term, *me.pods, *pods[j].pods)) continue;
      exists = exists || j < end;
      met = met || together(term, me.node, pods[j].node);
    }
    const bool first = !exists && IsMeant(term, *me.pods, *me.pods) && cluster.node_label(me.node, term.topology_key);
    if (!met && !first) return "affinity";
  }
  return "";
}

bool AnyRules(const std::vector<Present>& pods) {
  return std::any_of(pods.begin(), pods.end(), [](const Present& pod) {
    return !pod.pods->host_ports.empty() || !pod.pods->affinity.empty() || !pod.pods->anti_affinity.empty();
  });
}

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
  std::stable_sort(scopes.begin(), scopes.end(), [](const ScopeNodes& a, const ScopeNodes& b) {
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

std::vector<PlacementBreach> CheckContract(const Occupancy& occupancy, const PlacementRequest& request,
                                           const PlacementResult& result) {
  std::vector<PlacementBreach> breaches;
  using check::ScopeNodes;
  const Cluster& cluster = occupancy.cluster();
  Occupancy after = occupancy;
  std::vector<check::Present> present = check::PodsOf(occupancy);
  const std::size_t first = present.size();
  std::vector<std::uint32_t> owners(first, 0);
  std::vector<std::size_t> ends(first, 0);  // how many were there once the pod's gang was decided
  std::set<std::pair<std::string, std::string>> scheduled;
  for (const Gang& gang : request.gangs) {
    const bool runs = std::all_of(gang.groups.begin(), gang.groups.end(),
                                  [](const GangGroup& group) { return group.active.size() >= group.min_replicas; });
    if (runs) scheduled.emplace(gang.gang_namespace, gang.name);
  }
  for (const GangPlacement& placement : result.gangs) {
    const auto report = [&](const char* rule, const std::string& detail) {
      breaches.push_back({.rule = rule, .gang = placement.gang, .detail = detail});
    };
    const Gang& gang = request.gangs[placement.gang];
    if (placement.outcome != GangOutcome::kPlaced) {
      if (!placement.pods.empty()) report("PL-01", "pods of a gang that is not placed");
      continue;
    }
    std::set<std::pair<std::uint32_t, std::uint32_t>> seen;
    std::vector<std::uint64_t> have(gang.groups.size());
    for (std::size_t g = 0; g < have.size(); ++g) have[g] = gang.groups[g].active.size();
    for (const PodPlacement& pod : placement.pods) {
      const PodClass& pods = check::ClassOf(request, gang.groups[pod.group], pod.candidate);
      if (!seen.emplace(pod.group, pod.candidate).second) report("PL-01", "a pod placed twice");
      if (!check::AdmitsNode(occupancy, pod.node, pods)) report("PL-33", std::string(cluster.node_name(pod.node)));
      after.Place(pod.node, pods);
      for (const auto& [name, amount] : pods.requests) {
        if (amount > 0 && name != "pods" && !cluster.FindResource(name)) report("PL-31", "no node has " + name);
      }
      ++have[pod.group];
    }
    for (std::size_t g = 0; g < have.size(); ++g) {
      if (have[g] < gang.groups[g].min_replicas) report("PL-01", "group " + gang.groups[g].name + " below its minimum");
    }
    if (!gang.base.empty() && scheduled.count({gang.gang_namespace, gang.base}) == 0) report("PL-10", gang.base);
    scheduled.emplace(gang.gang_namespace, gang.name);
    const std::vector<ScopeNodes> scopes = check::ScopesOf(gang, placement.pods);
    for (const ScopeNodes& scope : scopes) {
      if (!check::KeepsRequired(cluster, scope)) report("PL-40", scope.pack->required);
    }
    const std::vector<PackRank> ranks = check::RanksOf(cluster, scopes);
    for (std::size_t i = 0; i < placement.figures.size(); ++i) {
      if (i >= ranks.size() || !(placement.figures[i].rank == ranks[i])) report("PL-52", "the stated rank is another");
    }
  }
  // Minimum sets come before surplus.
  for (const bool surplus : {false, true}) {
    for (const GangPlacement& placement : result.gangs) {
      for (const PodPlacement& pod : placement.pods) {
        if (pod.surplus != surplus) continue;
        const GangGroup& group = request.gangs[placement.gang].groups[pod.group];
        present.push_back({pod.node, &check::ClassOf(request, group, pod.candidate)});
        owners.push_back(placement.gang);
      }
      ends.resize(present.size(), present.size());
    }
  }
  const bool ruled = check::AnyRules(present);
  for (std::size_t i = first; i < present.size(); ++i) {
    const auto free = after.free(present[i].node);
    for (std::size_t r = 0; r < free.size(); ++r) {
      // What the pod does not ask for may have been overdrawn before.
      if (free[r] < std::min<std::int64_t>(0, occupancy.free(present[i].node)[r])) {
        breaches.push_back(
            {"PL-30", owners[i], std::string(cluster.node_name(present[i].node)) + " " + cluster.resources()[r]});
      }
    }
    if (!ruled) continue;
    const std::string rule = check::BrokenByOthers(cluster, present, i, ends[i]);
    if (!rule.empty()) breaches.push_back({"PL-36", owners[i], rule});
  }
  return breaches;
}

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
  std::vector<PlacementBreach> breaches = CheckContract(without, left, result);
  check::CheckOptions(without, left, result, options, breaches);
  check::CheckEvictions(occupancy, request, result, breaches);
  return breaches;
}

}  // namespace grove
