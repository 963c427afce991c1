// PlacementIndex: an occupancy prepared for planning, which stays prepared while pods and nodes come and go.
//
// Place of placement.hpp looks at every node before it plans the first gang. A scheduler that places gang after gang
// keeps a PlacementIndex instead: nodes and classes of pods are looked at once; after that a pod or node that changes
// costs O(levels), and a further gang of classes known before what its own pods and the domains tried for them cost.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include "absl/status/statusor.h"

#include "grove/cluster.hpp"
#include "grove/placement.hpp"
#include "grove/pod_class.hpp"

namespace grove {

namespace topology {
class WorkState;
}

// Not for several threads at once; a copy is independent of the original.
class PlacementIndex {
 public:
  // O(nodes * (resources + levels)).
  explicit PlacementIndex(Occupancy occupancy);
  ~PlacementIndex();
  PlacementIndex(const PlacementIndex& other);  // O(nodes * classes), and nothing is counted anew
  PlacementIndex(PlacementIndex&&) noexcept;
  PlacementIndex& operator=(PlacementIndex other) noexcept;

  [[nodiscard]] const Cluster& cluster() const;
  [[nodiscard]] const Occupancy& occupancy() const;

  // As those of Occupancy. O(resources + levels) each, and as much for every class when it is next asked for; with
  // affinity between pods O(terms about the pod) more.
  bool Place(NodeIndex node, const PodClass& pod);
  bool Release(NodeIndex node, const PodClass& pod);
  bool SetUsable(NodeIndex node, bool usable);
  [[nodiscard]] std::size_t mark() const;
  void Undo(std::size_t mark);
  void Settle();
  // Puts the pods of a result onto the nodes. O(pods * (resources + levels)).
  void Apply(const PlacementRequest& request, const PlacementResult& result);

  // Counts how many pods of the classes fit where, so that the first gang finds that done: a few passes over the nodes
  // for each class. Not needed: what is missing is done when a plan asks for it. Classes that request and select alike
  // are counted once; of those asked for, the latest 16 are kept.
  void Prepare(std::span<const PodClass> classes);

  // The same as grove::Place(occupancy(), request, options), PlacementCounters but `steps` excepted; the same errors.
  // Nothing is placed by it: see Apply.
  [[nodiscard]] absl::StatusOr<PlacementResult> Plan(const PlacementRequest& request,
                                                     const PlacementOptions& options = {});

  // Since the index was made; `steps` stays 0.
  [[nodiscard]] PlacementCounters counters() const;
  // Bytes held beside the cluster and the occupancy.
  [[nodiscard]] std::size_t memory_bytes() const;

 private:
  std::unique_ptr<topology::WorkState> state_;
};

}  // namespace grove
