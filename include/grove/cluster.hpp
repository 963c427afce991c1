// Cluster: an immutable snapshot of nodes and their topology; Occupancy: what is free on them.
//
// A Cluster is made once by a ClusterBuilder and shared by any number of threads. An Occupancy is a value: copies share
// what they do not change, so that "what if" costs what it touches.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#include "grove/cluster_topology_binding.hpp"
#include "grove/pod_class.hpp"

namespace grove {

// Position of a node in the cluster: nodes are ordered by their domain path, then by name, so that every domain is a
// range of nodes. Nodes without the label of a level come after those with it.
using NodeIndex = std::uint32_t;

// The place of a domain in the tree. The root is 0; parents come before their children; the children of a domain are
// consecutive and ordered by label value.
using DomainIndex = std::uint32_t;

struct NodeSpec {
  std::string name;  // unique
  // Each key once. The labels of the topology's levels are among them; a node that lacks one is in no domain of that
  // level and of the narrower ones (PL-41).
  LabelPairs labels;
  // What pods may ask for, each name once, not negative. A node that does not state "pods" has slots without bound;
  // of any other resource not stated it has none.
  ResourceAmounts allocatable;
  // What the node's active pods of every owner take, pod slots included, except for those given to AddPod. May exceed
  // `allocatable`: then nothing is free.
  ResourceAmounts used;
  std::vector<Taint> taints;
  // No pod is placed there whatever it tolerates: not ready, pressure, no network (PL-32). A cordoned node is usable
  // and has the taint node.kubernetes.io/unschedulable.
  bool usable = true;
};

// A domain of one level: the nodes with equal labels down to it.
struct Domain {
  DomainIndex parent = 0;
  DomainIndex first_child = 0;
  std::uint32_t child_count = 0;  // 0 at the narrowest level
  NodeIndex first_node = 0;
  std::uint32_t node_count = 0;
  std::uint16_t depth = 0;  // 0 for the root, level + 1 for a domain of a level
  // A node without the level's label stands alone: it counts as a domain of its own for what is preferred (PL-55), and
  // is in none for what is required.
  bool stands_alone = false;
  std::uint32_t label = 0;  // the label's value, for Cluster::domain_name
};

// A pod that runs before anything is planned. Pods whose class has labels, ports or affinity matter beyond what they
// take; all others may as well be part of NodeSpec::used.
struct RunningPod {
  NodeIndex node = 0;
  std::uint32_t pod_class = 0;  // index into Cluster::running_classes
};

class ClusterBuilder;
namespace topology {
struct ClusterData;
}

class Cluster {
 public:
  // The name of the topology, empty if it has none, and its levels, broadest first.
  [[nodiscard]] std::string_view topology_name() const;
  [[nodiscard]] std::span<const TopologyLevel> levels() const;
  // The level with this node label key, else the one with this domain name.
  [[nodiscard]] std::optional<std::size_t> FindLevel(std::string_view key_or_domain) const;

  [[nodiscard]] std::size_t node_count() const;
  [[nodiscard]] std::string_view node_name(NodeIndex node) const;
  // The node's position in the order in which nodes were added.
  [[nodiscard]] std::uint32_t input_position(NodeIndex node) const;
  [[nodiscard]] std::optional<NodeIndex> FindNode(std::string_view name) const;  // O(log nodes)
  [[nodiscard]] std::optional<std::string_view> node_label(NodeIndex node, std::string_view key) const;
  [[nodiscard]] std::span<const Taint> node_taints(NodeIndex node) const;
  // True iff some node has taints.
  [[nodiscard]] bool has_taints() const;
  [[nodiscard]] bool node_usable(NodeIndex node) const;

  // Names of all resources that a node states, "pods" among them, sorted. Vectors of amounts are in this order.
  [[nodiscard]] std::span<const std::string> resources() const;
  [[nodiscard]] std::optional<std::size_t> FindResource(std::string_view name) const;
  // Amounts by resource. `free` may be negative where more runs than fits.
  [[nodiscard]] std::span<const std::int64_t> allocatable(NodeIndex node) const;
  [[nodiscard]] std::span<const std::int64_t> free(NodeIndex node) const;

  // The most of each resource that a node has.
  [[nodiscard]] std::span<const std::int64_t> most_allocatable() const;

  // All domains, parents first; [0] is the whole cluster.
  [[nodiscard]] std::span<const Domain> domains() const;
  // The node's domain at a level; possibly one that stands alone.
  [[nodiscard]] DomainIndex domain_of(NodeIndex node, std::size_t level) const;
  // The same for every level, broadest first. The rows of all nodes follow each other.
  [[nodiscard]] std::span<const DomainIndex> domains_of(NodeIndex node) const;
  // The label values from the broadest level down, joined by '/'; "cluster" for the root, the node's name for one that
  // stands alone.
  [[nodiscard]] std::string domain_name(DomainIndex domain) const;

  [[nodiscard]] std::span<const RunningPod> running_pods() const;
  [[nodiscard]] std::span<const PodClass> running_classes() const;

  // True iff the pods' selectors, affinity to nodes and tolerations admit the node and it is usable (PL-32, PL-33).
  // Says nothing about resources, ports and affinity to pods.
  [[nodiscard]] bool Admits(NodeIndex node, const PodClass& pods) const;

  // Bytes held by the snapshot.
  [[nodiscard]] std::size_t memory_bytes() const;

 private:
  friend class ClusterBuilder;
  explicit Cluster(std::shared_ptr<const topology::ClusterData> data) : data_(std::move(data)) {}

  std::shared_ptr<const topology::ClusterData> data_;
};

// Collects a snapshot. Every input is checked; the first fault is the result of Build.
class ClusterBuilder {
 public:
  // At most 16 levels (CT-02: domain names and keys unique; a level needs a key).
  explicit ClusterBuilder(std::vector<TopologyLevel> levels, std::string topology_name = {});
  ~ClusterBuilder();
  ClusterBuilder(ClusterBuilder&&) noexcept;
  ClusterBuilder& operator=(ClusterBuilder&&) noexcept;

  // Saves time and memory if so many nodes will be added; any number may be.
  void Reserve(std::size_t nodes);
  void AddNode(const NodeSpec& node);
  // A running pod on a node that has been or will be added; what it requests is taken from the node.
  void AddPod(std::string_view node_name, const PodClass& pod);

  // InvalidArgument for: a bad level; a node without a name, or with the name of another; a label key or resource
  // stated twice; a negative amount; sums beyond 2^62; a pod on an unknown node, or an invalid class.
  // O(nodes * log nodes * levels + pods).
  [[nodiscard]] absl::StatusOr<Cluster> Build() &&;

  static constexpr std::size_t kMostLevels = 16;
  static constexpr std::size_t kMostNodes = std::size_t{1} << 24;
  static constexpr std::int64_t kLargestAmount = std::int64_t{1} << 62;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

// OK iff requests are stated once and lie in [0, 2^62], ports lie in [1, 65535], and label keys are not repeated.
[[nodiscard]] absl::Status CheckPodClass(const PodClass& pods);

// What is free on the nodes of a cluster. Copying shares all nodes that are not changed afterwards.
class Occupancy {
 public:
  // As the snapshot says.
  explicit Occupancy(Cluster cluster);

  [[nodiscard]] const Cluster& cluster() const { return cluster_; }
  [[nodiscard]] std::span<const std::int64_t> free(NodeIndex node) const;
  [[nodiscard]] bool usable(NodeIndex node) const;
  // The free amounts of all nodes, row after row.
  [[nodiscard]] std::vector<std::int64_t> CopyFree() const;

  // A pod comes to a node or leaves it; whether it fits there is not asked. False, and nothing changes, if there is no
  // such node, or if a pod with labels, ports or affinity is to leave that is not there. O(resources) for others.
  bool Place(NodeIndex node, const PodClass& pod);
  bool Release(NodeIndex node, const PodClass& pod);
  // The node becomes usable or ceases to be. What runs there stays.
  bool SetUsable(NodeIndex node, bool usable);

  // A point to return to: Undo(mark) takes back everything since, latest first. Marks of undone changes are void.
  [[nodiscard]] std::size_t mark() const { return settled_ + trail_.size(); }
  // The node that the change after a mark was about; settled() <= the mark < mark().
  [[nodiscard]] NodeIndex changed_node(std::size_t mark) const { return trail_[mark - settled_].node; }
  // The pod that this change put on its node (count 1) or took from it (-1), if it is one with labels, ports or
  // affinity; valid until the change is undone or settled.
  struct ChangedPod {
    const PodClass* pod = nullptr;
    std::int32_t count = 0;
  };
  [[nodiscard]] ChangedPod changed_pod(std::size_t mark) const;
  void Undo(std::size_t mark);
  // Forgets how to take back what was done so far: Undo goes back to here at most. Whoever keeps an occupancy for long
  // calls it when nothing is to be undone any more; until then every change takes 32 bytes.
  void Settle() {
    settled_ = mark();
    trail_ = {};
  }
  // mark() at the latest Settle, else 0.
  [[nodiscard]] std::size_t settled() const { return settled_; }

  // Pods placed here and not released whose class has labels, ports or affinity, in the order of placing.
  struct Placed {
    NodeIndex node = 0;
    std::shared_ptr<const PodClass> pod;
  };
  [[nodiscard]] std::span<const Placed> placed() const { return placed_; }
  // True iff pods of the class matter to others beyond what they take.
  [[nodiscard]] static bool Remembers(const PodClass& pod) {
    return !pod.labels.empty() || !pod.host_ports.empty() || !pod.affinity.empty() || !pod.anti_affinity.empty();
  }
  // True iff one of those placed has ports or affinity.
  [[nodiscard]] bool has_rules() const { return ruled_ > 0; }
  // Pods of the snapshot that were released, by position in Cluster::running_pods, sorted.
  [[nodiscard]] std::span<const std::uint32_t> released() const { return released_; }

 private:
  static constexpr std::size_t kChunkNodes = 64;
  struct Chunk {
    std::vector<std::int64_t> free;
    std::vector<bool> usable;
  };
  struct Change {
    enum class Kind : std::uint8_t { kPlace, kRelease, kReleaseRunning, kUsable, kUnusable };
    Kind kind = Kind::kPlace;
    NodeIndex node = 0;
    std::uint32_t running = 0;  // position for kReleaseRunning
    std::shared_ptr<const PodClass> pod;
  };

  Chunk& Own(NodeIndex node);
  void Take(NodeIndex node, const PodClass& pod, std::int64_t sign);
  bool Forget(NodeIndex node, const PodClass& pod, Change& change);
  std::shared_ptr<const PodClass> Keep(const PodClass& pod);
  void Remember(NodeIndex node, const std::shared_ptr<const PodClass>& pod);
  bool EraseLatest(NodeIndex node, const PodClass& pod);

  Cluster cluster_;
  std::vector<std::shared_ptr<Chunk>> chunks_;           // null: as the snapshot says
  std::vector<std::shared_ptr<const PodClass>> recent_;  // classes in use, the latest last
  std::vector<Placed> placed_;
  std::size_t ruled_ = 0;  // of placed_: with ports or affinity
  std::vector<std::uint32_t> released_;
  std::size_t settled_ = 0;
  std::vector<Change> trail_;
};

}  // namespace grove
