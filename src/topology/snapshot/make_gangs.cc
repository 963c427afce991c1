// PodGangs with their pods as gangs of a request (spec 08 §1.1).
#include <algorithm>
#include <charconv>

#include "absl/strings/str_cat.h"

#include "model/naming.h"
#include "topology/snapshot/scene.h"
#include "topology/text.h"

namespace grove::topology {
namespace {

// What is made of one group besides the group itself.
struct GroupParts {
  std::vector<std::string>& candidate_names;
  std::vector<std::uint32_t>& active_classes;
};

// A pod that may be placed.
struct Candidate {
  std::string_view name;
  std::uint32_t pod_class = 0;
};

PackLevels PackOf(const std::optional<GangTopologyConstraint>& constraint) {
  if (!constraint.has_value() || !constraint->pack_constraint.has_value()) return {};
  return {constraint->pack_constraint->required, constraint->pack_constraint->preferred};
}

class GangMaker {
 public:
  GangMaker(const Scene& scene, PlacementInput& input) : scene_(scene), input_(input), unevaluated_(kUnevaluatedCount) {
    for (std::size_t i = 0; i < scene.pods.size(); ++i) {
      const ObservedPod& pod = scene.pods[i];
      const std::string_view clique = pod.Label(keys::kPodClique);
      if (!clique.empty()) by_clique_[Key(pod.namespace_name, clique)].push_back(i);
    }
  }

  bool Run() {
    for (const GangSource& source : scene_.gangs) {
      if (!Make(source)) return false;
    }
    input_.request.classes = std::move(classes_.classes());
    for (std::uint32_t i = 0; i < kUnevaluatedCount; ++i) {
      if (unevaluated_[i].pods == 0) continue;
      unevaluated_[i].what = UnevaluatedName(1u << i);
      input_.not_evaluated.push_back(std::move(unevaluated_[i]));
    }
    if (unknown_references_ > 0) {
      input_.remarks.push_back(absl::StrCat(unknown_references_, " pods that PodGangs refer to are not in the input"));
    }
    return true;
  }

 private:
  bool Make(const GangSource& source) {
    const ObjectMeta& metadata = source.gang.metadata;
    const PodGangSpec& spec = source.gang.spec;
    Gang& gang = input_.request.gangs.emplace_back();
    gang.gang_namespace = metadata.namespace_name;
    gang.name = metadata.name;
    gang.priority = scene_.PriorityOf(spec.priority_class_name);
    gang.order = OrderOf(source);
    gang.topology = metadata.annotations.Get(keys::kTopologyName);
    gang.pack = PackOf(spec.topology_constraint);
    gang.set = metadata.labels.Get(keys::kPartOf);
    input_.candidate_names.emplace_back().resize(spec.pod_groups.size());
    input_.active_classes.emplace_back().resize(spec.pod_groups.size());
    for (const PodGroup& group : spec.pod_groups) {
      if (!MakeGroup(source, group, gang)) return false;
    }
    KeepFormerNodes(source, gang);
    return MakeScopes(source, gang);
  }

  // Nodes of the gang that this one follows (`reuseReservationRef`), whatever its groups were called.
  void KeepFormerNodes(const GangSource& source, Gang& gang) const {
    const auto& reference = source.gang.spec.reuse_reservation_ref;
    if (!reference.has_value() || gang.groups.empty()) return;
    for (const ObservedPod& pod : scene_.pods) {
      if (pod.namespace_name != reference->namespace_name || pod.Label(keys::kPodGang) != reference->name) continue;
      KeepFormerNode(pod, gang.groups.front());
    }
  }

  void KeepFormerNode(const ObservedPod& pod, GangGroup& group) const {
    const std::optional<NodeIndex> node = input_.cluster->FindNode(pod.node);
    if (node.has_value()) group.former.push_back(*node);
  }

  // Which replica of its set the gang is, by the labels of its pods.
  static void TakeReplica(std::string_view index, Gang& gang) {
    std::uint32_t replica = 0;
    const auto [end, error] = std::from_chars(index.data(), index.data() + index.size(), replica);
    if (error == std::errc{} && end == index.data() + index.size()) gang.replica = replica;
  }

  // Live gangs by age; what is only planned comes after them, in its own order.
  std::int64_t OrderOf(const GangSource& source) {
    constexpr std::int64_t kPlanned = std::int64_t{1} << 62;
    const auto& created = source.gang.metadata.creation_timestamp;
    if (source.object.has_value() && created.has_value()) return created->unix_seconds;
    return kPlanned + next_order_++;
  }

  bool MakeScopes(const GangSource& source, Gang& gang) {
    for (const TopologyConstraintGroupConfig& config : source.gang.spec.topology_constraint_group_configs) {
      const auto scope = static_cast<std::uint32_t>(gang.scopes.size());
      gang.scopes.push_back({config.name, GangScope::kNoParent, PackOf(config.topology_constraint)});
      for (const std::string& name : config.pod_group_names) {
        const auto group = std::ranges::find_if(gang.groups, [&](const GangGroup& g) { return g.name == name; });
        if (group == gang.groups.end()) {
          input_.remarks.push_back(absl::StrCat("group config ", config.name, " of PodGang ", gang.name,
                                                " names the pod group ", Quoted(name), ", which does not exist"));
        } else if (group->scope != GangGroup::kNoScope) {
          return FailInput(input_, source.object, "spec.topologyConstraintGroupConfigs",
                           absl::StrCat("two group configs name the pod group ", Quoted(name)));
        } else {
          group->scope = scope;
        }
      }
    }
    return true;
  }

  bool MakeGroup(const GangSource& source, const PodGroup& from, Gang& gang) {
    const std::size_t index = gang.groups.size();
    const auto known = [&](const GangGroup& group) { return group.name == from.name; };
    if (from.name.empty() || std::ranges::any_of(gang.groups, known)) {
      return FailInput(
          input_, source.object, absl::StrCat("spec.podgroups[", index, "].name"),
          from.name.empty() ? "must not be empty" : absl::StrCat("two pod groups have the name ", Quoted(from.name)));
    }
    if (from.min_replicas < 0) {
      return FailInput(input_, source.object, absl::StrCat("spec.podgroups[", index, "].minReplicas"),
                       "must not be negative");
    }
    GangGroup& group = gang.groups.emplace_back();
    group.name = from.name;
    group.pack = PackOf(from.topology_constraint);
    group.min_replicas = static_cast<std::uint32_t>(from.min_replicas);
    const GroupParts parts{input_.candidate_names.back()[index], input_.active_classes.back()[index]};
    std::vector<Candidate> candidates = source.object.has_value() ? LivePods(source.gang, from, gang, group, parts)
                                                                  : PlannedPods(from, gang, group, parts);
    SetCandidates(std::move(candidates), group, parts);
    return true;
  }

  // Pods of a PodGang object: those it refers to, and those whose labels name the gang and the group.
  std::vector<Candidate> LivePods(const PodGang& from, const PodGroup& podgroup, Gang& gang, GangGroup& group,
                                  const GroupParts& parts) {
    std::vector<std::size_t> pods;
    for (const NamespacedName& reference : podgroup.pod_references) {
      const Key key(reference.namespace_name, reference.name);
      const auto found =
          std::lower_bound(scene_.pods.begin(), scene_.pods.end(), key,
                           [](const auto& pod, const Key& k) { return Key(pod.namespace_name, pod.name) < k; });
      if (found != scene_.pods.end() && found->name == reference.name && found->namespace_name == key.first) {
        pods.push_back(static_cast<std::size_t>(found - scene_.pods.begin()));
      } else {
        ++unknown_references_;
      }
    }
    if (const auto labelled = by_clique_.find(Key(from.metadata.namespace_name, podgroup.name));
        labelled != by_clique_.end()) {
      for (const std::size_t pod : labelled->second) {
        if (scene_.pods[pod].Label(keys::kPodGang) == from.metadata.name) pods.push_back(pod);
      }
    }
    std::sort(pods.begin(), pods.end());
    pods.erase(std::unique(pods.begin(), pods.end()), pods.end());
    std::vector<Candidate> candidates;
    for (const std::size_t pod : pods) {
      if (const auto candidate = Sort(scene_.pods[pod], gang, group, parts)) candidates.push_back(*candidate);
    }
    return candidates;
  }

  // What an observed pod is to its group; the candidate if it is one.
  std::optional<Candidate> Sort(const ObservedPod& pod, Gang& gang, GangGroup& group, const GroupParts& parts) {
    if (const std::string_view base = pod.Label(keys::kBasePodGang); !base.empty()) gang.base = base;
    if (const std::string_view set = pod.Label(keys::kPartOf); gang.set.empty()) gang.set = set;
    TakeReplica(pod.Label(keys::kReplicaIndex), gang);
    switch (pod.stage) {
      case PodStage::kActive:
        AddActive(pod, group, parts);
        return std::nullopt;
      case PodStage::kGated:
        AddGated(pod.gate);
        return std::nullopt;
      case PodStage::kCandidate:
        return Candidate{pod.name, ClassOf(pod.shape, pod.namespace_name, pod.name, pod.labels)};
      case PodStage::kTerminating:
      case PodStage::kDone:
        KeepFormerNode(pod, group);
        break;
    }
    return std::nullopt;
  }

  void AddActive(const ObservedPod& pod, GangGroup& group, const GroupParts& parts) {
    const std::optional<NodeIndex> node = input_.cluster->FindNode(pod.node);
    if (!node.has_value()) return;  // it was remarked upon
    std::uint32_t ignored = 0;
    parts.active_classes.push_back(classes_.ClassOf(scene_.terms, pod.shape, pod.namespace_name, pod.labels, ignored));
    group.active.push_back({.node = *node, .pod_class = parts.active_classes.back()});
  }

  void AddGated(std::string_view gate) {
    const auto gang = static_cast<std::uint32_t>(input_.request.gangs.size() - 1);
    const auto group = static_cast<std::uint32_t>(input_.request.gangs.back().groups.size() - 1);
    for (GatedPods& gated : input_.gated) {
      if (gated.gang != gang || gated.group != group || gated.gate != gate) continue;
      ++gated.pods;
      return;
    }
    input_.gated.push_back({gang, group, std::string(gate), 1});
  }

  // Pods of a set: all that it is to have, less those that run already.
  std::vector<Candidate> PlannedPods(const PodGroup& from, Gang& gang, GangGroup& group, const GroupParts& parts) {
    std::vector<Candidate> candidates;
    const Key key(gang.gang_namespace, from.name);
    const auto planned = scene_.set_pods.find(key);
    if (planned == scene_.set_pods.end()) return candidates;
    for (const SetPod& pod : planned->second) {
      const auto base =
          std::ranges::find_if(pod.labels, [](const auto& label) { return label.first == keys::kBasePodGang; });
      if (base != pod.labels.end()) gang.base = base->second;
      for (const auto& [label, value] : pod.labels) {
        if (label == keys::kReplicaIndex) TakeReplica(value, gang);
        if (label == keys::kPartOf && gang.set.empty()) gang.set = value;
      }
    }
    if (const auto observed = by_clique_.find(key); observed != by_clique_.end()) {
      for (const std::size_t pod : observed->second) {
        if (scene_.pods[pod].Label(keys::kPodGang) != gang.name) continue;
        const PodStage stage = scene_.pods[pod].stage;
        if (stage == PodStage::kActive) AddActive(scene_.pods[pod], group, parts);
        if (stage == PodStage::kTerminating || stage == PodStage::kDone) KeepFormerNode(scene_.pods[pod], group);
      }
    }
    const std::size_t running = std::min(group.active.size(), planned->second.size());
    for (const SetPod& pod : std::span(planned->second).first(planned->second.size() - running)) {
      candidates.push_back(
          {pod.name, ClassOf(scene_.set_shapes[pod.shape], gang.gang_namespace, pod.name, pod.labels)});
    }
    return candidates;
  }

  std::uint32_t ClassOf(const PodShape& shape, std::string_view own_namespace, std::string_view name,
                        const LabelPairs& labels) {
    std::uint32_t bits = shape.unevaluated;
    const std::uint32_t pod_class = classes_.ClassOf(scene_.terms, shape, own_namespace, labels, bits);
    for (std::uint32_t i = 0; i < kUnevaluatedCount; ++i) {
      if ((bits & (1u << i)) == 0) continue;
      if (unevaluated_[i].pods++ == 0) unevaluated_[i].example = absl::StrCat(View(own_namespace), "/", View(name));
    }
    return pod_class;
  }

  // Runs of equal pods, classes in the order of their first pod.
  static void SetCandidates(std::vector<Candidate> candidates, GangGroup& group, const GroupParts& parts) {
    for (const Candidate& candidate : candidates) {
      const auto run = std::ranges::find_if(
          group.candidates, [&](const CandidatePods& known) { return known.pod_class == candidate.pod_class; });
      if (run == group.candidates.end()) {
        group.candidates.push_back({candidate.pod_class, 1});
      } else {
        ++run->count;
      }
    }
    for (const CandidatePods& run : group.candidates) {
      for (const Candidate& candidate : candidates) {
        if (candidate.pod_class == run.pod_class) parts.candidate_names.emplace_back(candidate.name);
      }
    }
  }

  const Scene& scene_;
  PlacementInput& input_;
  ClassTable classes_;
  absl::flat_hash_map<Key, std::vector<std::size_t>> by_clique_;  // observed pods by namespace and PodClique
  std::vector<NotEvaluated> unevaluated_;
  std::size_t unknown_references_ = 0;
  std::int64_t next_order_ = 0;
};

}  // namespace

bool MakeGangs(const Scene& scene, PlacementInput& input) { return GangMaker(scene, input).Run(); }

}  // namespace grove::topology
