#include "cli/set_tree.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>

#include "cli/gpus.h"
#include "cli/text.h"
#include "model/naming.h"

namespace grove::cli {

namespace {

using std::string_view;

NamePart TextPart(std::string text) { return {std::move(text), std::nullopt, 0, false}; }
NamePart IndexPart(std::int64_t index, bool inside_name) { return {{}, index, index, inside_name}; }

// Objects of one kind by name; only looked up, never walked.
template <class T>
using ByName = std::unordered_map<string_view, const T*>;

template <class T>
ByName<T> Index(const std::vector<T>& objects) {
  ByName<T> index;
  index.reserve(objects.size());
  for (const T& object : objects) index.emplace(object.metadata.name, &object);
  return index;
}

template <class T>
const T* Find(const ByName<T>& index, const std::string& name) {
  const auto found = index.find(name);
  return found == index.end() ? nullptr : found->second;
}

// The name of its template: what is left of the object's name behind its owner and index (spec 04 §2).
string_view TemplateName(const PodClique& clique) {
  const StringMap& labels = clique.metadata.labels;
  const auto group = labels.Find(keys::kScalingGroup);
  const string_view owner = group.has_value() ? *group : labels.Get(keys::kPartOf);
  const string_view index = labels.Get(group.has_value() ? keys::kScalingGroupReplicaIndex : keys::kReplicaIndex);
  const std::size_t prefix = owner.size() + index.size() + 2;
  const string_view name = clique.metadata.name;
  return prefix < name.size() ? name.substr(prefix) : name;
}

struct StartupType {
  string_view value;
  string_view note;
};
constexpr StartupType kStartupTypes[] = {
    {"CliqueStartupTypeAnyOrder", "starts in any order"},
    {"CliqueStartupTypeInOrder", "starts in list order"},
    {"CliqueStartupTypeExplicit", "explicit startup"},
};

// On a part of a gang: a pod group, or a replica of a scaling group.
struct Constraint {
  const PodGang* gang;
  const std::optional<GangTopologyConstraint>* constraint;
};

std::string InOne(const std::string& domain) { return (domain == "host" ? "on one " : "in one ") + domain; }

class Builder {
 public:
  Builder(const ObjectSet& objects, const std::vector<ClusterTopologyBinding>& topologies)
      : set_(objects.pod_clique_set),
        topologies_(topologies),
        cliques_(Index(objects.pod_cliques)),
        groups_(Index(objects.pod_clique_scaling_groups)),
        gangs_(Index(objects.pod_gangs)),
        autoscalers_(Index(objects.horizontal_pod_autoscalers)) {
    for (const PodGang& gang : objects.pod_gangs) {
      for (const PodGroup& group : gang.spec.pod_groups) {
        constraints_.emplace(group.name, Constraint{&gang, &group.topology_constraint});
      }
      for (const TopologyConstraintGroupConfig& group : gang.spec.topology_constraint_group_configs) {
        constraints_.emplace(group.name, Constraint{&gang, &group.topology_constraint});
      }
    }
  }

  TreeNode Run() {
    TreeNode root;
    root.kind = PodCliqueSet::kKind;
    root.name = {TextPart(set_.metadata.namespace_name + "/" + set_.metadata.name)};
    for (const StartupType& type : kStartupTypes) {
      if (type.value == set_.spec.template_spec.clique_startup_type) root.notes.emplace_back(type.note);
    }
    const std::string& priority = set_.spec.template_spec.priority_class_name;
    if (!priority.empty()) root.notes.push_back("priority " + priority);
    for (std::int64_t i = 0; i < set_.spec.replicas; ++i) AddChild(root, Replica(i));
    return root;
  }

 private:
  const std::string& name() const { return set_.metadata.name; }
  const PodCliqueSetTemplateSpec& spec() const { return set_.spec.template_spec; }

  TreeNode Replica(std::int64_t i) {
    TreeNode node;
    node.kind = "replica";
    node.name = {IndexPart(i, false)};
    if (const PodGang* gang = Find(gangs_, naming::ReplicaName(name(), i))) AddChild(node, BaseGang(i, *gang));
    for (const PodCliqueScalingGroupConfig& config : spec().pod_clique_scaling_groups) {
      const std::string object_name = naming::ChildName(name(), i, config.name);
      for (std::int64_t k = 0; k < Replicas(object_name) - MinAvailable(object_name); ++k) {
        const PodGang* gang = Find(gangs_, naming::ScaledGangName(object_name, k));
        if (gang != nullptr) AddChild(node, ScaledGang(i, config, k, *gang));
      }
    }
    return node;
  }

  TreeNode BaseGang(std::int64_t i, const PodGang& gang) {
    TreeNode node = Gang(gang, "base gang");
    node.name = {TextPart(name() + "-"), IndexPart(i, true)};
    for (const PodCliqueTemplateSpec& clique : spec().cliques) {
      if (!IsMember(clique.name)) AddClique(naming::ChildName(name(), i, clique.name), gang, node);
    }
    for (const PodCliqueScalingGroupConfig& config : spec().pod_clique_scaling_groups) {
      const std::string object_name = naming::ChildName(name(), i, config.name);
      for (std::int64_t j = 0; j < MinAvailable(object_name); ++j) {
        TreeNode replica = GroupReplica(object_name, config, j, gang);
        AppendGroupNotes(object_name, replica);
        AddChild(node, std::move(replica));
      }
    }
    return node;
  }

  TreeNode ScaledGang(std::int64_t i, const PodCliqueScalingGroupConfig& config, std::int64_t k, const PodGang& gang) {
    TreeNode node = Gang(gang, "after base gang");
    node.name = {TextPart(name() + "-"), IndexPart(i, true), TextPart("-" + config.name + "-"), IndexPart(k, true)};
    const std::string object_name = naming::ChildName(name(), i, config.name);
    AddChild(node, GroupReplica(object_name, config, k + MinAvailable(object_name), gang));
    return node;
  }

  TreeNode Gang(const PodGang& gang, string_view role) {
    TreeNode node;
    node.kind = PodGang::kKind;
    node.notes.emplace_back(role);
    AppendConstraint(gang.spec.topology_constraint, gang, node);
    node.minimum = 0;
    for (const PodGroup& group : gang.spec.pod_groups) node.minimum = SaturatingAdd(*node.minimum, group.min_replicas);
    return node;
  }

  TreeNode GroupReplica(const std::string& object_name, const PodCliqueScalingGroupConfig& config, std::int64_t j,
                        const PodGang& gang) {
    TreeNode node;
    node.kind = "group";
    node.name = {TextPart(config.name + " replica "), IndexPart(j, false)};
    node.minimum = 0;
    for (const std::string& clique : config.clique_names) {
      AddClique(naming::MemberName(object_name, j, clique), gang, node);
    }
    for (const TreeNode& child : node.children) *node.minimum += child.minimum.value_or(0);
    const auto found = constraints_.find(naming::ScaledGangName(object_name, j));
    // Only base gangs have such constraints; a scaled gang may have the name that the group replica would have.
    if (found != constraints_.end() && found->second.gang == &gang)
      AppendConstraint(*found->second.constraint, gang, node);
    return node;
  }

  void AppendGroupNotes(const std::string& object_name, TreeNode& node) {
    node.notes.insert(node.notes.begin(),
                      fmt::format("min {} of {}", MinAvailable(object_name), Replicas(object_name)));
    AppendAutoscaler(object_name, node);
  }

  void AddClique(const std::string& object_name, const PodGang& gang, TreeNode& parent) {
    const PodClique* clique = Find(cliques_, object_name);
    if (clique == nullptr) return;
    TreeNode node;
    node.kind = "clique";
    node.name = {TextPart(std::string(TemplateName(*clique)))};
    node.pods = clique->spec.replicas;
    node.minimum = clique->spec.min_available.value_or(clique->spec.replicas);
    const std::int64_t gpus = GpusPerPod(clique->spec.pod_spec);
    node.gpus = SaturatingMultiply(gpus, node.pods);
    if (gpus > 0 && node.pods != 1) node.notes.push_back(Count(gpus, "GPU") + " per pod");
    const auto found = constraints_.find(object_name);
    if (found != constraints_.end() && found->second.gang == &gang)
      AppendConstraint(*found->second.constraint, gang, node);
    AppendStartup(*clique, node);
    AppendAutoscaler(object_name, node);
    AddChild(parent, std::move(node));
  }

  // Names of templates: replicas of one clique are told once.
  void AppendStartup(const PodClique& clique, TreeNode& node) {
    std::vector<string_view> parents;
    for (const std::string& name : clique.spec.starts_after) {
      const PodClique* parent = Find(cliques_, name);
      const string_view told = parent == nullptr ? string_view(name) : TemplateName(*parent);
      if (std::find(parents.begin(), parents.end(), told) == parents.end()) parents.push_back(told);
    }
    std::string list;
    for (const string_view parent : parents) list.append(list.empty() ? "" : ", ").append(parent);
    if (!list.empty()) node.notes.push_back("waits for " + list);
  }

  void AppendAutoscaler(const std::string& target, TreeNode& node) {
    const HorizontalPodAutoscaler* autoscaler = Find(autoscalers_, target);
    if (autoscaler == nullptr) return;
    node.notes.push_back(
        fmt::format("HPA {}–{}", autoscaler->spec.min_replicas.value_or(1), autoscaler->spec.max_replicas));
  }

  void AppendConstraint(const std::optional<GangTopologyConstraint>& constraint, const PodGang& gang, TreeNode& node) {
    if (!constraint.has_value() || !constraint->pack_constraint.has_value()) return;
    const GangPackConstraint& pack = *constraint->pack_constraint;
    if (!pack.required.empty()) node.notes.push_back(InOne(Domain(pack.required, gang)));
    if (!pack.preferred.empty()) node.notes.push_back(InOne(Domain(pack.preferred, gang)) + " if possible");
  }

  // The domain that nodes carry under `key`; the key itself if the topology does not tell.
  std::string Domain(const std::string& key, const PodGang& gang) {
    const string_view topology = gang.metadata.annotations.Get(keys::kTopologyName);
    for (const ClusterTopologyBinding& binding : topologies_) {
      if (binding.metadata.name != topology) continue;
      for (const TopologyLevel& level : binding.spec.levels) {
        if (level.key == key) return level.domain;
      }
    }
    return key;
  }

  std::int64_t Replicas(const std::string& group) const {
    const PodCliqueScalingGroup* object = Find(groups_, group);
    return object == nullptr ? 0 : object->spec.replicas;
  }
  std::int64_t MinAvailable(const std::string& group) const {
    const PodCliqueScalingGroup* object = Find(groups_, group);
    return object == nullptr ? 0 : object->spec.min_available.value_or(1);
  }
  bool IsMember(const std::string& clique) const {
    const auto& groups = spec().pod_clique_scaling_groups;
    return std::any_of(groups.begin(), groups.end(), [&](const PodCliqueScalingGroupConfig& group) {
      return std::find(group.clique_names.begin(), group.clique_names.end(), clique) != group.clique_names.end();
    });
  }

  const PodCliqueSet& set_;
  const std::vector<ClusterTopologyBinding>& topologies_;
  ByName<PodClique> cliques_;
  ByName<PodCliqueScalingGroup> groups_;
  ByName<PodGang> gangs_;
  ByName<HorizontalPodAutoscaler> autoscalers_;
  std::unordered_map<string_view, Constraint> constraints_;
};

}  // namespace

TreeNode BuildSetTree(const ObjectSet& objects, const std::vector<ClusterTopologyBinding>& topologies) {
  return Builder(objects, topologies).Run();
}

void Summary::Add(const ObjectSet& objects, const TreeNode& tree) {
  gpus_ = SaturatingAdd(gpus_, tree.gpus);
  objects_ += static_cast<std::int64_t>(objects.size());
  ForEachObject(objects, [&](const auto& object) {
    const auto same = [&](const Kind& kind) { return kind.name == KindOf(object); };
    const auto found = std::find_if(kinds_.begin(), kinds_.end(), same);
    if (found == kinds_.end()) {
      kinds_.push_back({std::string(KindOf(object)), 1});
    } else {
      ++found->count;
    }
  });
}

std::string Summary::ToText(const DrawStyle& style) const {
  std::vector<std::string> items;
  for (const Kind& kind : kinds_) items.push_back(Count(kind.count, kind.name));
  std::string head = Count(objects_, "object");
  if (gpus_ > 0) head += ", " + Count(gpus_, "GPU");
  // Wrapped without colours: they take no columns.
  const std::string text = WrapList(head + ":", items, 2, style.width);
  return Paint(style.color, Ink::kBold, head) + text.substr(head.size());
}

}  // namespace grove::cli
