#include "objects.h"

#include <algorithm>
#include <cstdio>

namespace grove {

std::string KindName(std::string_view kind, std::string_view api_version) {
  std::string name(kind);
  if (name == "PodGroup" || name == "Topology") name += '.' + std::string(api_version.substr(0, api_version.find('/')));
  return name;
}

void ObjectsByKind::Add(const std::string& kind, const std::string& json) {
  for (auto& [name, list] : kinds_) {
    if (name != kind) continue;
    list += ',';
    list += json;
    return;
  }
  kinds_.emplace_back(kind, json);
}

std::string ObjectsByKind::Finish() const {
  Object out;
  for (const auto& [kind, list] : kinds_) out.Add(kind, '[' + list + ']');
  return out.Finish();
}

void RenamePods(ObjectSet& objects) {
  std::vector<std::pair<std::string, std::string>> names;
  for (Pod& pod : objects.pods) {
    char number[16];
    std::snprintf(number, sizeof number, "~%04d",
                  std::stoi(std::string(pod.metadata.labels.Get("grove.io/podclique-pod-index"))));
    std::string renamed = pod.metadata.generate_name + number;
    names.emplace_back(pod.metadata.name, renamed);
    pod.metadata.name = std::move(renamed);
  }
  std::sort(names.begin(), names.end());
  for (PodGang& gang : objects.pod_gangs) {
    for (PodGroup& group : gang.spec.pod_groups) {
      for (NamespacedName& reference : group.pod_references) {
        const auto it = std::lower_bound(names.begin(), names.end(), std::pair(reference.name, std::string()));
        if (it != names.end() && it->first == reference.name) reference.name = it->second;
      }
      std::sort(group.pod_references.begin(), group.pod_references.end(),
                [](const NamespacedName& a, const NamespacedName& b) { return a.name < b.name; });
    }
  }
}

void TopologyState::Put(ClusterTopologyBinding binding) {
  for (ClusterTopologyBinding& existing : bindings_) {
    if (existing.metadata.name != binding.metadata.name) continue;
    const bool changed = existing.spec != binding.spec;
    existing.spec = std::move(binding.spec);
    existing.metadata.labels = std::move(binding.metadata.labels);
    existing.metadata.annotations = std::move(binding.metadata.annotations);
    if (changed) ++existing.metadata.generation;
    return;
  }
  binding.metadata.generation = 1;
  bindings_.push_back(std::move(binding));
}

void TopologyState::Sync(const OperatorConfiguration& configuration, Time now) {
  TopologySyncOptions options;
  options.configuration = configuration;
  options.kai_topologies = kai_topologies_;
  options.now = now;
  const TopologySync sync = SyncTopologies(bindings_, options);
  for (std::size_t i = 0; i < bindings_.size(); ++i) bindings_[i].status = sync.statuses[i];
  for (const SyncedKaiTopology& synced : sync.kai_topologies) {
    const auto existing = std::find_if(
        kai_topologies_.begin(), kai_topologies_.end(),
        [&](const KaiTopology& topology) { return topology.metadata.name == synced.topology.metadata.name; });
    KaiTopology topology = synced.topology;
    topology.metadata.generation = 1;
    if (existing == kai_topologies_.end()) {
      kai_topologies_.push_back(std::move(topology));
    } else if (synced.action == TopologyAction::kRecreate) {
      *existing = std::move(topology);
    }
  }
}

void TopologyState::AddTo(ObjectsByKind& objects) const {
  for (ClusterTopologyBinding binding : bindings_) {
    binding.metadata.generation = 0;
    objects.Add(binding);
  }
  for (KaiTopology topology : kai_topologies_) {
    topology.metadata.generation = 0;
    objects.Add(topology);
  }
}

std::string ReconcileErrorsJson(const std::vector<ReconcileError>& errors) {
  Object out;
  for (const ReconcileError& error : errors) out.Add(error.object, Quoted(error.code));
  return out.Finish();
}

}  // namespace grove
