// Objects as the corpus lists them.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "grove/grove.hpp"
#include "grove/topology_sync.hpp"

#include "answer.h"
#include "cluster.h"

namespace grove {

// The corpus' name of a kind: kinds of one name are told apart by their group.
[[nodiscard]] std::string KindName(std::string_view kind, std::string_view api_version);

// Groups the documents of objects by the corpus' name of their kind.
class ObjectsByKind {
 public:
  template <class T>
  void Add(const T& object) {
    Add(KindName(KindOf(object), ApiVersionOf(object)), ToValue(object).ToJson());
  }
  void Add(const std::string& kind, const std::string& json);
  [[nodiscard]] std::string Finish() const;

 private:
  std::vector<std::pair<std::string, std::string>> kinds_;
};

// The corpus numbers pods instead of naming them: `<generateName>~0003`.
void RenamePods(ObjectSet& objects);

// Bindings with their status and the KAI Topologies that exist, from one state of the cluster to the next.
class TopologyState {
 public:
  explicit TopologyState(const Cluster& cluster) : kai_topologies_(cluster.kai_topologies) {}

  // Creates a binding, or replaces the one of its name.
  void Put(ClusterTopologyBinding binding);
  // Lets Grove's controller of bindings come to rest at that time.
  void Sync(const OperatorConfiguration& configuration, Time now);
  void AddTo(ObjectsByKind& objects) const;

 private:
  std::vector<ClusterTopologyBinding> bindings_;
  std::vector<KaiTopology> kai_topologies_;
};

[[nodiscard]] std::string ReconcileErrorsJson(const std::vector<ReconcileError>& errors);

}  // namespace grove
