// From the objects of a cluster, as `kubectl get -o json` prints them, to what Place takes: a cluster and gangs.
//
// Nodes (spec 08 PL-31, PL-32, PL-41): allocatable less the requests of the pods that hold room there, labels, taints.
// A cordoned node has the taint node.kubernetes.io/unschedulable, stated or not. A node is unusable unless its
// condition Ready is True, or while it tells of memory, disk or PID pressure or of a missing network; one without any
// condition, as people write them by hand, counts as ready.
//
// Pods: those that have a node and are neither Succeeded nor Failed hold room, whoever owns them. A pod that is being
// deleted holds its room until it is gone: what is planned can be bound at once, never only nominated (PL-38). It pins
// nothing (PL-44), and is no candidate. Pods without a node are candidates of their gang unless a scheduling gate holds
// them.
//
// What a pod asks for that placement does not look at is counted in `not_evaluated`, never assumed (PL-37).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "grove/cluster_spec.hpp"
#include "grove/cluster_topology_binding.hpp"
#include "grove/expansion.hpp"
#include "grove/manifest.hpp"
#include "grove/placement.hpp"

namespace grove {

// What an object is to placement.
enum class PlacementRole : std::uint8_t { kUnused, kNode, kPod, kPodGang, kPriorityClass, kNamespace };

// The role of an object of this kind; any version of the group is taken.
[[nodiscard]] PlacementRole PlacementRoleOf(std::string_view api_version, std::string_view kind);

struct PlacementSources {
  // Nodes, Pods, PriorityClasses, Namespaces, and PodGangs; others are ignored.
  std::span<const ManifestObject> objects;
  // A snapshot instead of Nodes, or beside them. Its running pods keep their places.
  const ClusterSpec* snapshot = nullptr;
  // Sets as Expand makes them, to be placed beside the PodGangs of `objects`. All of their pods are candidates, gated
  // or not; those that run already, by their gang and PodClique, are active instead of one candidate each.
  const ObjectSet* sets = nullptr;
  // The ClusterTopologyBindings that exist.
  std::span<const ClusterTopologyBinding> topologies;
};

struct PlacementInputOptions {
  // The topology to use, if there are several. Empty: the one that the gangs name, else the only one.
  std::string topology_name{};
  // Levels instead of those of a ClusterTopologyBinding, broadest first; empty: none given.
  std::vector<TopologyLevel> levels{};
  // PodGangs of the objects are placed too, not only the sets.
  bool pod_gangs = true;
  // Pods that only Grove's own gate holds are candidates.
  bool lift_grove_gates = false;
  // All labels of pods stay known, so that affinity of what is planned later may be about them. Otherwise only those
  // that affinity in sight is about. Pods that differ in a label are of classes of their own then: time and memory of
  // plans grow with the number of running pods.
  bool keep_labels = false;
  // Bounds; exceeding one is an error that names it.
  std::size_t max_nodes = std::size_t{1} << 20;
  std::size_t max_pods = std::size_t{1} << 22;
};

// What is wrong with the input.
struct PlacementInputError {
  std::optional<std::size_t> object;  // position among PlacementSources::objects
  std::string field;                  // `spec.containers[0].resources.requests["cpu"]`; may be empty
  std::string message;                // one line
};

// Pods of a group that a scheduling gate keeps out of sight.
struct GatedPods {
  std::uint32_t gang = 0;   // index into PlacementRequest::gangs
  std::uint32_t group = 0;  // index into Gang::groups
  std::string gate;         // the first one
  std::uint32_t pods = 0;
};

struct PlacementInput {
  ClusterSpec spec;
  std::optional<Cluster> cluster;  // of `spec`; set unless there is an error
  PlacementRequest request;
  // Names of the candidate pods, by gang, group and candidate.
  std::vector<std::vector<std::vector<std::string>>> candidate_names;
  // What active pods are like: class by gang, group and position in GangGroup::active.
  std::vector<std::vector<std::vector<std::uint32_t>>> active_classes;
  std::vector<GatedPods> gated;
  std::vector<NotEvaluated> not_evaluated;  // of the gangs' candidates
  // One line each, of what was left out or looks wrong: pods on unknown nodes, references to pods that do not exist.
  std::vector<std::string> remarks;
  std::optional<PlacementInputError> error;  // then all else is void
};

// O(objects + nodes * log nodes).
[[nodiscard]] PlacementInput ReadPlacementInput(const PlacementSources& sources,
                                                const PlacementInputOptions& options = {});

// What the scheduler counts for a pod (PL-30): containers with restartable init containers, or what is needed while one
// of the init containers runs, whichever is more, plus overhead; requests of the pod as a whole come before the sum of
// its containers. A missing request is the limit. Amounts as in PodClass::requests; nullopt with `error` set for what
// is no quantity, negative, or beyond 2^62.
[[nodiscard]] std::optional<ResourceAmounts> PodRequests(const Value& pod_spec, PlacementInputError& error);

}  // namespace grove
