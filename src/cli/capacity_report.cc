#include "cli/capacity_report.h"

#include <algorithm>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "grove/placement_report.hpp"

#include "cli/placement_text.h"
#include "model/naming.h"

namespace grove::cli {

namespace {

// So many domains of a level are tried for the worst loss; a level with more is left out.
constexpr std::size_t kMostDomains = 64;

std::uint32_t MinimumPods(const std::vector<Gang>& gangs) {
  std::uint32_t pods = 0;
  for (const Gang& gang : gangs) {
    for (const GangGroup& group : gang.groups) pods += group.min_replicas;
  }
  return pods;
}

class Counter {
 public:
  Counter(const Options& options, const PlacementScene& scene, const std::vector<DomainIndex>& lost)
      : scene_(scene), input_(scene.input), cluster_(*scene.input.cluster), before_(cluster_), after_(cluster_) {
    capacity_options_.placement = options.placement;
    lost_ = lost;
    for (const DomainIndex domain : lost) LoseDomain(domain, before_);
  }

  absl::StatusOr<CapacityReport> Run() {
    if (!lost_.empty()) Try(MakeLoss());
    Try(PlaceInput());
    const std::size_t of_objects = input_.request.gangs.size() - scene_.sets.pod_gangs.size();
    for (const ObjectVerdict& verdict : scene_.workload.judged.verdicts) {
      if (verdict.admitted.has_value()) AddSet(verdict.admitted->set());
    }
    for (std::size_t g = 0; g < of_objects; ++g) AddGang(input_.request.gangs[g], g);
    if (!status_.ok()) return status_;
    return std::move(report_);
  }

 private:
  void Try(const absl::Status& status) {
    if (status_.ok()) status_ = status;
  }

  // The gang as a new one: what runs of it is to be placed once more.
  Gang Renewed(std::size_t index) const {
    Gang gang = input_.request.gangs[index];
    for (std::size_t g = 0; g < gang.groups.size(); ++g) {
      for (const std::uint32_t pod_class : input_.active_classes[index][g]) {
        gang.groups[g].candidates.push_back({pod_class, 1});
      }
      gang.groups[g].active.clear();
    }
    return gang;
  }

  absl::Status PlaceInput() {
    after_ = before_;
    absl::StatusOr<PlacementResult> result = grove::Place(after_, input_.request, capacity_options_.placement);
    if (!result.ok()) return result.status();
    Apply(input_.request, *result, after_);
    placed_.resize(input_.request.gangs.size());
    for (GangPlacement& gang : result->gangs) placed_[gang.gang] = std::move(gang);
    return absl::OkStatus();
  }

  UnitCapacity Unit(std::string name, std::uint32_t pods, const absl::StatusOr<Capacity>& capacity) {
    UnitCapacity unit;
    unit.name = std::move(name);
    unit.pods = pods;
    if (!capacity.ok()) {
      Try(capacity.status());
      return unit;
    }
    unit.count = capacity->count;
    unit.at_most = capacity->at_most;
    unit.limited = capacity->limited;
    if (capacity->failed_gang.has_value() && capacity->failure.outcome != GangOutcome::kPlaced) {
      unit.why = DescribeCause(cluster_, capacity->failed_request, capacity->failure);
    }
    return unit;
  }

  UnitCapacity Replicas(std::string name, const Occupancy& occupancy, const std::vector<Gang>& gangs) {
    return Unit(std::move(name), MinimumPods(gangs),
                CountReplicas(occupancy, input_.request.classes, gangs, capacity_options_));
  }

  void AddLosses(const std::vector<Gang>& gangs, SubjectCapacity& subject) {
    for (std::size_t level = 0; level < cluster_.levels().size(); ++level) {
      const auto loss = WorstLoss(before_, input_.request.classes, gangs, level, kMostDomains, capacity_options_);
      if (!loss.ok()) {
        Try(loss.status());
      } else if (loss->worst.has_value()) {
        subject.losses.push_back({LevelName(cluster_, level), loss->domains, true,
                                  cluster_.domain_name(loss->worst->domain), loss->worst->count});
      } else if (!loss->counted) {
        subject.losses.push_back({LevelName(cluster_, level), loss->domains, false, {}, 0});
      }
    }
  }

  void AddSet(const PodCliqueSet& set) {
    const std::string base = naming::ReplicaName(set.metadata.name, 0);
    std::vector<Gang> replica;
    std::optional<std::size_t> base_index;
    for (std::size_t g = 0; g < input_.request.gangs.size(); ++g) {
      const Gang& gang = input_.request.gangs[g];
      if (gang.gang_namespace != set.metadata.namespace_name || (gang.name != base && gang.base != base)) continue;
      if (gang.name == base) base_index = g;
      replica.push_back(Renewed(g));
    }
    if (!base_index.has_value()) return;  // a set without replicas has no shape to copy
    SubjectCapacity& subject = report_.subjects.emplace_back();
    subject.kind = "PodCliqueSet";
    subject.name = set.metadata.namespace_name + "/" + set.metadata.name;
    subject.replicas = Replicas("replicas", before_, replica);
    if (replica.size() > 1) subject.base_only = Replicas("base gangs alone", before_, {Renewed(*base_index)});
    subject.placed = placed_[*base_index].outcome == GangOutcome::kPlaced;
    if (subject.placed) {
      AddGroups(set, *base_index, replica, subject);
      AddCliques(set, *base_index, subject);
    }
    AddLosses(replica, subject);
  }

  // One more replica of a scaling group is a scaled gang.
  void AddGroups(const PodCliqueSet& set, std::size_t base, const std::vector<Gang>& replica,
                 SubjectCapacity& subject) {
    for (const PodCliqueScalingGroupConfig& group : set.spec.template_spec.pod_clique_scaling_groups) {
      const std::string object = naming::ChildName(set.metadata.name, 0, group.name);
      const std::string first = naming::ScaledGangName(object, 0);
      const auto known =
          std::find_if(replica.begin(), replica.end(), [&](const Gang& gang) { return gang.name == first; });
      const Gang gang = known != replica.end() ? *known : ScaledGangOf(group, object, Renewed(base));
      subject.groups.push_back(Replicas(group.name, after_, {gang}));
    }
  }

  // As the first scaled gang would be: the members of one replica, under the group's own constraint if it has one.
  static Gang ScaledGangOf(const PodCliqueScalingGroupConfig& config, const std::string& object, Gang base) {
    Gang gang = base;
    gang.name = naming::ScaledGangName(object, 0);
    gang.scopes.clear();
    gang.groups.clear();
    for (const std::string& clique : config.clique_names) {
      const std::string name = naming::MemberName(object, 0, clique);
      for (const GangGroup& group : base.groups) {
        if (group.name != name) continue;
        if (group.scope != GangGroup::kNoScope) gang.pack = base.scopes[group.scope].pack;
        gang.groups.push_back(group);
        gang.groups.back().scope = GangGroup::kNoScope;
      }
    }
    return gang;
  }

  // One more pod of a clique that no group contains.
  void AddCliques(const PodCliqueSet& set, std::size_t base, SubjectCapacity& subject) {
    const Gang placed = AfterPlacement(input_.request.gangs[base], placed_[base]);
    const Gang shape = Renewed(base);
    for (const PodCliqueTemplateSpec& clique : set.spec.template_spec.cliques) {
      const std::string name = naming::ChildName(set.metadata.name, 0, clique.name);
      for (std::uint32_t g = 0; g < placed.groups.size(); ++g) {
        if (placed.groups[g].name != name || shape.groups[g].candidates.empty()) continue;
        Gang asked = placed;
        asked.groups[g].candidates.clear();
        subject.cliques.push_back(Unit(clique.name, 1,
                                       CountPods(after_, input_.request.classes, asked, g,
                                                 shape.groups[g].candidates.front().pod_class, capacity_options_)));
      }
    }
  }

  void AddGang(const Gang& gang, std::size_t index) {
    SubjectCapacity& subject = report_.subjects.emplace_back();
    subject.kind = "PodGang";
    subject.name = GangName(gang);
    const std::vector<Gang> replica = {Renewed(index)};
    subject.replicas = Replicas("copies", before_, replica);
    AddLosses(replica, subject);
  }

  // Gangs are placed on the whole cluster; those with a pod in what is lost have to find room in the rest.
  absl::Status MakeLoss() {
    const Occupancy whole(cluster_);
    absl::StatusOr<PlacementResult> result = grove::Place(whole, input_.request, capacity_options_.placement);
    if (!result.ok()) return result.status();
    LossReport& loss = report_.loss.emplace();
    std::set<NodeIndex> gone;
    for (const DomainIndex domain : lost_) {
      loss.domains.push_back(cluster_.domain_name(domain));
      const Domain& nodes = cluster_.domains()[domain];
      for (std::uint32_t n = 0; n < nodes.node_count; ++n) gone.insert(nodes.first_node + n);
    }
    loss.nodes = static_cast<std::uint32_t>(gone.size());
    PlacementResult staying;
    PlacementRequest hit;
    hit.classes = input_.request.classes;
    for (const GangPlacement& gang : result->gangs) {
      if (gang.outcome != GangOutcome::kPlaced) continue;
      ++loss.gangs;
      if (IsHit(gang, gone)) {
        hit.gangs.push_back(Renewed(gang.gang));
      } else {
        staying.gangs.push_back(gang);
      }
    }
    loss.hit = static_cast<std::uint32_t>(hit.gangs.size());
    Occupancy rest = before_;
    Apply(input_.request, staying, rest);
    for (Gang& gang : hit.gangs) {
      const auto is_base = [&](const Gang& other) {
        return other.name == gang.base && other.gang_namespace == gang.gang_namespace;
      };
      if (std::none_of(hit.gangs.begin(), hit.gangs.end(), is_base)) gang.base.clear();  // it stays where it is
    }
    const absl::StatusOr<PlacementResult> again = grove::Place(rest, hit, capacity_options_.placement);
    if (!again.ok()) return again.status();
    loss.placed_again = again->placed;
    return absl::OkStatus();
  }

  bool IsHit(const GangPlacement& placement, const std::set<NodeIndex>& gone) const {
    const auto is_gone = [&](const auto& pod) { return gone.contains(pod.node); };
    if (std::any_of(placement.pods.begin(), placement.pods.end(), is_gone)) return true;
    const auto& groups = input_.request.gangs[placement.gang].groups;
    return std::any_of(groups.begin(), groups.end(), [&](const GangGroup& group) {
      return std::any_of(group.active.begin(), group.active.end(), is_gone);
    });
  }

  const PlacementScene& scene_;
  const PlacementInput& input_;
  const Cluster& cluster_;
  Occupancy before_;  // without what is lost
  Occupancy after_;   // and with all gangs placed
  CapacityOptions capacity_options_;
  std::vector<DomainIndex> lost_;
  std::vector<GangPlacement> placed_;  // by gang of the request
  CapacityReport report_;
  absl::Status status_;
};

}  // namespace

absl::StatusOr<CapacityReport> CountCapacity(const Options& options, const PlacementScene& scene,
                                             const std::vector<DomainIndex>& lost) {
  return Counter(options, scene, lost).Run();
}

}  // namespace grove::cli
