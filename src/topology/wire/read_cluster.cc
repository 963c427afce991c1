#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"

#include "topology/text.h"
#include "topology/wire/reader.h"

namespace grove::topology {

bool WireReader::ReadLevels(const pb::Cluster& from, const FieldPath& path, ClusterSpec& to) {
  if (static_cast<std::size_t>(from.levels_size()) > ClusterBuilder::kMostLevels) {
    return FailLimit(path, ClusterBuilder::kMostLevels, "levels of a topology");
  }
  for (const pb::TopologyLevel& level : from.levels()) {
    const FieldPath at = path.Index(to.levels.size());
    if (level.key().empty()) return Fail(at.Child("key"), "must not be empty");
    for (const TopologyLevel& other : to.levels) {
      if (other.key == level.key()) return Fail(at.Child("key"), absl::StrCat(Quoted(other.key), " occurs twice"));
      if (!level.domain().empty() && other.domain == level.domain()) {
        return Fail(at.Child("domain"), absl::StrCat(Quoted(other.domain), " occurs twice"));
      }
    }
    to.levels.push_back({level.domain(), level.key()});
  }
  return true;
}

bool WireReader::ReadNode(const pb::Node& from, const FieldPath& path, NodeSpec& to) {
  to.name = from.name();
  to.labels = LabelsOf(from.labels());
  to.usable = !from.unusable();
  if (to.name.empty()) return Fail(path.Child("name"), "must not be empty");
  if (!ReadAmounts(from.allocatable(), path.Child("allocatable"), to.allocatable)) return false;
  if (!ReadAmounts(from.used(), path.Child("used"), to.used)) return false;
  const FieldPath taints = path.Child("taints");
  for (const pb::Taint& taint : from.taints()) {
    const FieldPath at = taints.Index(to.taints.size());
    if (taint.key().empty()) return Fail(at.Child("key"), "must not be empty");
    TaintEffect effect{};
    if (!ReadEffect(taint.effect(), at.Child("effect"), effect)) return false;
    to.taints.push_back({taint.key(), taint.value(), effect});
  }
  return true;
}

bool WireReader::ReadNodes(const pb::Cluster& from, const FieldPath& path, ClusterSpec& to) {
  const auto count = static_cast<std::size_t>(from.nodes_size());
  if (count > limits_.max_nodes) return FailLimit(path, limits_.max_nodes, "max_nodes");
  absl::flat_hash_map<std::string_view, std::size_t> names;
  names.reserve(count);
  to.nodes.resize(count);
  for (std::size_t i = 0; i < count; ++i) {
    const FieldPath at = path.Index(i);
    if (!ReadNode(from.nodes(static_cast<int>(i)), at, to.nodes[i])) return false;
    const auto [first, is_new] = names.try_emplace(to.nodes[i].name, i);
    if (!is_new) {
      return Fail(at.Child("name"),
                  absl::StrCat(Quoted(to.nodes[i].name), " is the name of nodes[", first->second, "] too"));
    }
  }
  return true;
}

bool WireReader::ReadRunningPods(const pb::Cluster& from, const FieldPath& path, ClusterSpec& to) {
  const auto count = static_cast<std::size_t>(from.pods_size());
  if (count > limits_.max_running_pods) return FailLimit(path, limits_.max_running_pods, "max_running_pods");
  absl::flat_hash_set<std::string_view> names;
  names.reserve(to.nodes.size());
  for (const NodeSpec& node : to.nodes) names.insert(node.name);
  to.pods.reserve(count);
  for (const pb::RunningPod& pod : from.pods()) {
    const FieldPath at = path.Index(to.pods.size());
    if (!names.contains(std::string_view(pod.node()))) {
      return Fail(at.Child("node"), absl::StrCat("no node has the name ", Quoted(pod.node())));
    }
    if (pod.pod_class() >= to.pod_classes.size()) {
      return Fail(at.Child("podClass"),
                  absl::StrCat("is ", pod.pod_class(), ", but there are ", to.pod_classes.size(), " classes"));
    }
    to.pods.push_back({pod.node(), pod.pod_class()});
  }
  return true;
}

bool WireReader::ReadCluster(const pb::Cluster& from, const FieldPath& path, ClusterSpec& to) {
  to.topology_name = from.topology_name();
  return ReadLevels(from, path.Child("levels"), to) && ReadNodes(from, path.Child("nodes"), to) &&
         ReadPodClasses(from.pod_classes(), path.Child("podClasses"), to.pod_classes) &&
         ReadRunningPods(from, path.Child("pods"), to);
}

}  // namespace grove::topology
