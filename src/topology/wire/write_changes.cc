// What explanations and options say, as messages.
#include "grove/placement_report.hpp"

#include "topology/wire/tables.h"
#include "topology/wire/writer.h"

namespace grove::topology {

std::string NameOf(const Gang& gang, ScopeKind kind, std::uint32_t index) {
  if (kind == ScopeKind::kScope && index < gang.scopes.size()) return gang.scopes[index].name;
  if (kind == ScopeKind::kGroup && index < gang.groups.size()) return gang.groups[index].name;
  return {};
}

std::string LevelKey(const Cluster& cluster, std::int64_t level) {
  const auto levels = cluster.levels();
  return level >= 0 && static_cast<std::size_t>(level) < levels.size() ? levels[static_cast<std::size_t>(level)].key
                                                                       : std::string();
}

void WriteConflict(const Cluster& cluster, const Gang& gang, const PackConflict& from, pb::PackConflict& to) {
  for (const ConflictingConstraint& constraint : from.constraints) {
    pb::ConflictingConstraint& written = *to.add_constraints();
    written.set_kind(kScopeKinds.ToMessage(constraint.kind));
    written.set_name(NameOf(gang, constraint.kind, constraint.index));
    written.set_level(constraint.level);
    written.set_needed(constraint.needed);
    written.set_domains(constraint.domains);
    for (const DomainIndex domain : constraint.examples) written.add_examples(cluster.domain_name(domain));
  }
  to.set_irreducible(from.irreducible);
  to.set_smallest(from.smallest);
}

void WriteChange(const Cluster& cluster, const PlacementRequest& request, std::uint32_t gang, const FittingChange& from,
                 pb::FittingChange& to) {
  to.set_kind(kChangeKinds.ToMessage(from.kind));
  to.set_size(from.size);
  to.set_minimal(from.minimal);
  for (const RelaxedLevel& relaxed : from.relaxed) {
    pb::RelaxedLevel& written = *to.add_relaxed();
    written.set_kind(kScopeKinds.ToMessage(relaxed.kind));
    written.set_name(NameOf(request.gangs[gang], relaxed.kind, relaxed.index));
    written.set_level(LevelKey(cluster, relaxed.level));
  }
  for (const LoweredMinimum& lowered : from.lowered) {
    pb::LoweredMinimum& written = *to.add_lowered();
    written.set_group(NameOf(request.gangs[gang], ScopeKind::kGroup, lowered.group));
    written.set_from(lowered.from);
    written.set_to(lowered.to);
  }
  to.mutable_scopes()->Assign(from.scopes.begin(), from.scopes.end());
  to.mutable_gangs()->Assign(from.gangs.begin(), from.gangs.end());
  for (const NodeIndex node : from.nodes) to.add_nodes(std::string(cluster.node_name(node)));
  to.set_from(from.from);
  to.set_to(from.to);
  to.set_summary(DescribeChange(cluster, request, gang, from));
}

void WriteEviction(const Cluster& cluster, const PlacementRequest& request, const Eviction& from, pb::Eviction& to) {
  const Gang& gang = request.gangs[from.gang];
  to.set_namespace_(gang.gang_namespace);
  to.set_name(gang.name);
  to.set_gang(from.gang);
  to.set_for_gang(from.for_gang);
  to.set_whole(from.whole);
  for (const EvictedPod& pod : from.pods) {
    pb::EvictedPod& written = *to.add_pods();
    written.set_group(gang.groups[pod.group].name);
    written.set_active(pod.active);
    written.set_node(std::string(cluster.node_name(gang.groups[pod.group].active[pod.active].node)));
  }
}

void WriteOptionFigures(const Cluster& cluster, const OptionFigures& from, pb::OptionFigures& to) {
  if (from.replicas_beside.has_value()) to.set_replicas_beside(*from.replicas_beside);
  if (from.near_base_level.has_value()) to.set_near_base_level(LevelKey(cluster, *from.near_base_level));
  if (from.reused.has_value()) to.set_reused(*from.reused);
  to.set_optimal(from.optimal);
}

}  // namespace grove::topology
