#include "grove/placement_report.hpp"

#include "topology/wire/tables.h"
#include "topology/wire/writer.h"

namespace grove::topology {
namespace {

void WriteRank(const Cluster& cluster, const PackRank& from, pb::PackRank& to) {
  to.set_level(LevelKey(cluster, from.level));
  to.set_domains(from.domains);
}

void WriteRefusals(const NodeRefusals& from, pb::NodeRefusals& to) {
  to.set_unusable(from.unusable);
  to.set_not_admitted(from.not_admitted);
  to.set_host_ports(from.host_ports);
  to.set_pod_affinity(from.pod_affinity);
  for (const auto& [name, nodes] : from.resources) (*to.mutable_resources())[name] = nodes;
}

class ResultWriter {
 public:
  ResultWriter(const Cluster& cluster, const PlacementRequest& request) : cluster_(cluster), request_(request) {}

  void Write(const PlacementResult& from, pb::PlacementResult& to) const {
    for (const GangPlacement& gang : from.gangs) WriteGang(gang, *to.add_gangs());
    to.set_placed(from.placed);
    to.set_placed_bound(from.placed_bound);
    to.set_steps(from.counters.steps);
    for (const Eviction& eviction : from.evictions) WriteEviction(cluster_, request_, eviction, *to.add_evictions());
  }

 private:
  void WriteGang(const GangPlacement& from, pb::GangPlacement& to) const {
    const Gang& gang = request_.gangs[from.gang];
    to.set_namespace_(gang.gang_namespace);
    to.set_name(gang.name);
    to.set_gang(from.gang);
    to.set_outcome(kOutcomes.ToMessage(from.outcome));
    for (const PodPlacement& pod : from.pods) {
      pb::PodPlacement& written = *to.add_pods();
      written.set_group(gang.groups[pod.group].name);
      written.set_candidate(pod.candidate);
      written.set_node(std::string(cluster_.node_name(pod.node)));
      written.set_surplus(pod.surplus);
    }
    for (const ScopeFigure& figure : from.figures) {
      pb::ScopeFigure& written = *to.add_figures();
      written.set_kind(kScopeKinds.ToMessage(figure.kind));
      written.set_name(NameOf(gang, figure.kind, figure.index));
      written.set_preferred(LevelKey(cluster_, figure.preferred));
      WriteRank(cluster_, figure.rank, *written.mutable_rank());
      WriteRank(cluster_, figure.bound, *written.mutable_bound());
      written.set_largest(figure.largest);
    }
    to.set_optimal(from.optimal);
    to.set_surplus_complete(from.surplus_complete);
    to.set_steps(from.steps);
    if (from.options != OptionFigures{}) WriteOptionFigures(cluster_, from.options, *to.mutable_options());
    if (from.explanation.cause != PlacementCause::kNone) WriteExplanation(from, gang, *to.mutable_explanation());
  }

  void WriteExplanation(const GangPlacement& placement, const Gang& gang, pb::Explanation& to) const {
    const PlacementExplanation& from = placement.explanation;
    to.set_cause(kCauses.ToMessage(from.cause));
    to.set_summary(DescribeCause(cluster_, request_, placement));
    to.set_kind(kScopeKinds.ToMessage(from.kind));
    to.set_name(NameOf(gang, from.kind, from.index));
    to.set_level(from.level);
    to.set_needed(from.needed);
    to.set_placeable(from.placeable);
    if (from.best_domain.has_value()) to.set_best_domain(cluster_.domain_name(*from.best_domain));
    to.set_resource(from.resource);
    to.set_requested(from.requested);
    to.set_free(from.free);
    if (from.fits_at_level.has_value()) to.set_fits_at_level(LevelKey(cluster_, *from.fits_at_level));
    if (from.refusals != NodeRefusals{}) WriteRefusals(from.refusals, *to.mutable_refusals());
    if (from.conflict != PackConflict{}) WriteConflict(cluster_, gang, from.conflict, *to.mutable_conflict());
    for (const FittingChange& change : from.changes) {
      WriteChange(cluster_, request_, placement.gang, change, *to.add_changes());
    }
  }

  const Cluster& cluster_;
  const PlacementRequest& request_;
};

}  // namespace

void WriteResult(const Cluster& cluster, const PlacementRequest& request, const PlacementResult& from,
                 pb::PlacementResult& to) {
  ResultWriter(cluster, request).Write(from, to);
}

}  // namespace grove::topology
