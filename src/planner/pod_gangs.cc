#include "planner/pod_gangs.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "absl/container/flat_hash_map.h"

#include "model/naming.h"
#include "planner/gang_topology.h"
#include "planner/owner.h"
#include "planner/set_layout.h"
#include "planner/translate/backend.h"

namespace grove::planner {
namespace {

constexpr std::string_view kGangComponent = "podgang";

// A pod that may be listed; borrowed from it.
struct Candidate {
  std::string_view name;
  std::string_view gang;  // that its label names
};

using CandidatesByClique = absl::flat_hash_map<std::string_view, std::vector<Candidate>>;

// PG-20.
bool IsCandidate(const ObjectMeta& pod, const PodCliqueSet& set) {
  return !pod.deletion_timestamp.has_value() && !pod.owner_references.empty() &&
         pod.namespace_name == set.metadata.namespace_name && pod.labels.Get(keys::kManagedBy) == keys::kManager &&
         pod.labels.Get(keys::kPartOf) == set.metadata.name;
}

// PG-21. Looks at every pod once: there are many, and each is somewhere else in memory.
CandidatesByClique IndexPods(const PodCliqueSet& set, std::span<const Pod> pods) {
  CandidatesByClique index;
  std::string_view clique;
  std::vector<Candidate>* candidates = nullptr;
  for (const Pod& pod : pods) {
    if (!IsCandidate(pod.metadata, set)) continue;
    // Pods of one PodClique mostly come one after the other.
    if (const std::string& owner = pod.metadata.owner_references.front().name;
        candidates == nullptr || owner != clique) {
      clique = owner;
      candidates = &index[clique];
    }
    candidates->push_back({pod.metadata.name, pod.metadata.labels.Get(keys::kPodGang)});
  }
  return index;
}

bool IsMirrored(std::string_view key) { return key.substr(0, keys::kPrefix.size()) != keys::kPrefix; }

// PG-41…PG-46: what all gangs of the set carry.
ObjectMeta CommonMetadata(const PodCliqueSet& set, const OperatorConfiguration& configuration) {
  ObjectMeta metadata;
  metadata.namespace_name = set.metadata.namespace_name;
  for (const auto& [key, value] : set.metadata.labels) {
    if (IsMirrored(key)) metadata.labels.Set(key, value);
  }
  for (const auto& [key, value] : set.metadata.annotations) {
    if (IsMirrored(key)) metadata.annotations.Set(key, value);
  }
  metadata.labels.Set(keys::kManagedBy, keys::kManager);
  metadata.labels.Set(keys::kPartOf, set.metadata.name);
  metadata.labels.Set(keys::kComponent, kGangComponent);
  metadata.labels.Set(keys::kSchedulerName, SchedulerNameOfGangs(set, configuration));
  metadata.owner_references.push_back(ControllerReference(set));
  return metadata;
}

class GangMaker {
 public:
  GangMaker(const PodCliqueSet& set, const ExpansionOptions& options, std::span<const Pod> pods,
            const GroupReplicas& group_replicas)
      : set_(set),
        group_replicas_(group_replicas),
        template_(set.spec.template_spec),
        layout_(LayoutOf(template_)),
        pods_(IndexPods(set, pods)),
        metadata_(CommonMetadata(set, options.configuration)),
        topology_name_(FirstTopologyName(template_)),
        topology_aware_(options.configuration.topology_aware_scheduling.enabled) {
    const ClusterTopologyBinding* topology =
        topology_aware_ ? FindTopology(options.topologies, topology_name_) : nullptr;
    set_constraint_ = TranslateConstraint(template_.topology_constraint, topology);
    for (const PodCliqueScalingGroupConfig& group : template_.pod_clique_scaling_groups) {
      group_constraints_.push_back(TranslateConstraint(group.topology_constraint, topology));
    }
    for (const PodCliqueTemplateSpec& clique : template_.cliques) {
      clique_constraints_.push_back(TranslateConstraint(clique.topology_constraint, topology));
    }
  }

  std::vector<PodGang> Make() const {
    std::vector<PodGang> gangs;
    if (!layout_.complete) return gangs;  // PG-15
    for (std::int32_t r = 0; r < set_.spec.replicas; ++r) gangs.push_back(MakeBaseGang(r));
    for (std::int32_t r = 0; r < set_.spec.replicas; ++r) {
      for (std::size_t g = 0; g < layout_.members.size(); ++g) AddScaledGangs(r, g, gangs);
    }
    return gangs;
  }

 private:
  const PodCliqueScalingGroupConfig& Group(std::size_t g) const { return template_.pod_clique_scaling_groups[g]; }
  std::int32_t MinAvailable(std::size_t g) const { return Group(g).min_available.value_or(1); }
  bool IsConstrained(std::size_t g) const { return topology_aware_ && Group(g).topology_constraint.has_value(); }

  // PG-10, PG-13.
  PodGang MakeBaseGang(std::int32_t r) const {
    const std::string& set_name = set_.metadata.name;
    PodGang gang = NewGang(naming::ReplicaName(set_name, r));
    for (const std::size_t c : layout_.standalone) {
      AddPodGroup(naming::ChildName(set_name, r, template_.cliques[c].name), c, gang);
    }
    for (std::size_t g = 0; g < layout_.members.size(); ++g) {
      const std::string group_object = naming::ChildName(set_name, r, Group(g).name);
      for (std::int32_t j = 0; j < MinAvailable(g); ++j) {
        const std::size_t first = gang.spec.pod_groups.size();
        AddMembers(group_object, j, g, gang);
        if (IsConstrained(g)) AddGroupConfig(group_object, j, g, first, gang);
      }
    }
    gang.spec.topology_constraint = set_constraint_;
    Annotate(gang);
    return gang;
  }

  // PG-02, PG-11; constraint: spec 05 §6.2.
  void AddScaledGangs(std::int32_t r, std::size_t g, std::vector<PodGang>& gangs) const {
    const std::int32_t replicas = group_replicas_ ? group_replicas_(r, g) : Group(g).replicas.value_or(1);
    if (replicas <= MinAvailable(g)) return;
    const std::string group_object = naming::ChildName(set_.metadata.name, r, Group(g).name);
    for (std::int32_t j = MinAvailable(g); j < replicas; ++j) {
      PodGang gang = NewGang(naming::ScaledGangName(group_object, j - MinAvailable(g)));
      AddMembers(group_object, j, g, gang);
      gang.spec.topology_constraint = IsConstrained(g) ? group_constraints_[g] : set_constraint_;
      Annotate(gang);
      gangs.push_back(std::move(gang));
    }
  }

  PodGang NewGang(std::string name) const {
    PodGang gang;
    gang.metadata = metadata_;
    gang.metadata.name = std::move(name);
    gang.spec.priority_class_name = template_.priority_class_name;
    return gang;
  }

  void AddMembers(std::string_view group_object, std::int32_t j, std::size_t g, PodGang& gang) const {
    for (const std::size_t c : layout_.members[g]) {
      AddPodGroup(naming::MemberName(group_object, j, template_.cliques[c].name), c, gang);
    }
  }

  // PG-12, PG-14.
  void AddPodGroup(std::string name, std::size_t c, PodGang& gang) const {
    PodGroup& group = gang.spec.pod_groups.emplace_back();
    group.name = std::move(name);
    group.min_replicas = template_.cliques[c].spec.min_available.value_or(0);
    group.topology_constraint = clique_constraints_[c];
    AddReferences(gang.metadata.name, group);
  }

  // PG-22, PG-23.
  void AddReferences(std::string_view gang_name, PodGroup& group) const {
    const auto pods = pods_.find(std::string_view{group.name});
    if (pods == pods_.end()) return;
    group.pod_references.reserve(pods->second.size());
    for (const Candidate& pod : pods->second) {
      if (pod.gang == gang_name) group.pod_references.push_back({set_.metadata.namespace_name, std::string(pod.name)});
    }
    std::sort(group.pod_references.begin(), group.pod_references.end(),
              [](const NamespacedName& a, const NamespacedName& b) { return a.name < b.name; });
  }

  // One entry per replica of a constrained scaling group: the pod groups from `first` on. The entry stays when its
  // constraint could not be translated (PG-53).
  void AddGroupConfig(std::string_view group_object, std::int32_t j, std::size_t g, std::size_t first,
                      PodGang& gang) const {
    TopologyConstraintGroupConfig& config = gang.spec.topology_constraint_group_configs.emplace_back();
    config.name = naming::ScaledGangName(group_object, j);
    config.topology_constraint = group_constraints_[g];
    for (std::size_t p = first; p < gang.spec.pod_groups.size(); ++p) {
      config.pod_group_names.push_back(gang.spec.pod_groups[p].name);
    }
  }

  // PG-47.
  void Annotate(PodGang& gang) const {
    const auto constrained = [](const auto& part) { return part.topology_constraint.has_value(); };
    const PodGangSpec& spec = gang.spec;
    if (constrained(spec) || std::ranges::any_of(spec.pod_groups, constrained) ||
        std::ranges::any_of(spec.topology_constraint_group_configs, constrained)) {
      gang.metadata.annotations.Set(keys::kTopologyName, topology_name_);
    }
  }

  const PodCliqueSet& set_;
  const GroupReplicas& group_replicas_;
  const PodCliqueSetTemplateSpec& template_;
  SetLayout layout_;
  CandidatesByClique pods_;
  ObjectMeta metadata_;
  std::string_view topology_name_;
  bool topology_aware_;
  std::optional<GangTopologyConstraint> set_constraint_;
  std::vector<std::optional<GangTopologyConstraint>> group_constraints_;
  std::vector<std::optional<GangTopologyConstraint>> clique_constraints_;
};

}  // namespace

std::vector<PodGang> MakePodGangs(const PodCliqueSet& set, const ExpansionOptions& options, std::span<const Pod> pods,
                                  const GroupReplicas& group_replicas) {
  return GangMaker(set, options, pods, group_replicas).Make();
}

}  // namespace grove::planner
