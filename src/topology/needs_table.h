// What placement asks of nodes for one class of pods, resolved against the cluster. Classes that request and select
// alike, and have the same host ports, share an entry, however their labels differ.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"

#include "grove/cluster.hpp"
#include "grove/pod_class.hpp"

#include "topology/heap_bytes.h"
#include "topology/node_table.h"

namespace grove::topology {

// Counts of copies are cut off here; no gang has as many pods.
inline constexpr std::int64_t kMostCopies = std::int64_t{1} << 30;

struct ClassNeeds {
  std::vector<std::int64_t> requests;  // by resource
  bool impossible = false;             // asks for a resource that no node states
  std::uint32_t column = 0;            // into the columns of admission
  bool one_per_node = false;           // two pods of the class never share a node: their ports or terms say so
  double share = 0;                    // largest part of any node's allocatable: how hard the pod is to place

  // What is asked for at all, the largest shares first.
  struct Request {
    std::uint32_t resource = 0;
    std::int64_t amount = 0;
    double inverse = 0;
  };
  std::vector<Request> asked;

  [[nodiscard]] std::size_t bytes() const { return HeapBytesOf(requests, asked); }
  // How many pods of the class fit into the amounts; `scarcest` becomes the first of `asked` that allows no more.
  [[nodiscard]] std::int64_t CopiesIn(const std::int64_t* free, std::size_t& scarcest) const {
    std::int64_t copies = kMostCopies;
    scarcest = 0;
    for (std::size_t i = 0; i < asked.size(); ++i) {
      const Request& request = asked[i];
      const std::int64_t amount = free[request.resource];
      if (amount < request.amount) {
        scarcest = i;
        return 0;
      }
      // The quotient by way of the inverse is off by one at most; larger ones do not count.
      const double quotient = static_cast<double>(amount) * request.inverse;
      if (quotient >= static_cast<double>(copies) + 1) continue;
      auto whole = static_cast<std::int64_t>(quotient);
      if (whole * request.amount > amount) --whole;
      if (amount - whole * request.amount >= request.amount) ++whole;
      if (whole >= copies) continue;
      copies = whole;
      scarcest = i;
    }
    return copies;
  }
};

class NeedsTable {
 public:
  // The column of classes that every node admits by its labels and taints.
  static constexpr std::uint32_t kEverywhere = 0;

  explicit NeedsTable(const Cluster& cluster);

  // The number of the class's entry. O(nodes) for a new one.
  std::uint32_t Add(const Cluster& cluster, const PodClass& pods, bool one_per_node);
  [[nodiscard]] const ClassNeeds& operator[](std::uint32_t entry) const { return needs_[entry]; }
  [[nodiscard]] std::size_t size() const { return needs_.size(); }
  void Clear();

  [[nodiscard]] bool Admits(std::uint32_t column, NodeIndex node) const {
    return column == kEverywhere || columns_[column][node] != 0;
  }
  // True iff every node that `inner` admits is admitted by `outer`. Remembers answers.
  [[nodiscard]] bool Covers(std::uint32_t outer, std::uint32_t inner);
  [[nodiscard]] std::size_t bytes() const {
    return HeapBytesOf(largest_, needs_, classes_, by_hash_, columns_, covers_);
  }

 private:
  [[nodiscard]] std::uint32_t ColumnOf(const Cluster& cluster, const PodClass& pods);

  std::vector<std::int64_t> largest_;  // allocatable of any node, by resource
  std::size_t pods_resource_ = 0;
  std::vector<ClassNeeds> needs_;
  std::vector<PodClass> classes_;  // by entry: what decided it
  absl::flat_hash_map<std::size_t, std::vector<std::uint32_t>> by_hash_;
  std::vector<std::vector<std::uint8_t>> columns_;  // by node
  absl::flat_hash_map<std::pair<std::uint32_t, std::uint32_t>, bool> covers_;
};

}  // namespace grove::topology
