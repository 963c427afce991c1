// Which nodes have changed, in order: what is derived from nodes follows it at its own pace.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "grove/cluster.hpp"

namespace grove::topology {

class ChangeLog {
 public:
  using Position = std::uint64_t;

  explicit ChangeLog(std::size_t node_count) : most_(std::max<std::size_t>(64, node_count / 2)) {}

  void Add(NodeIndex node) { nodes_.push_back(node); }
  void RemoveLast() { nodes_.pop_back(); }
  [[nodiscard]] Position end() const { return first_ + nodes_.size(); }
  // True iff everything since the position is still listed.
  [[nodiscard]] bool Reaches(Position position) const { return position >= first_; }
  [[nodiscard]] std::span<const NodeIndex> Since(Position position) const {
    return std::span(nodes_).subspan(static_cast<std::size_t>(position - first_));
  }
  // Forgets what is old once it is cheaper to look at every node; what has not followed until then is built again.
  void Trim() {
    if (nodes_.size() <= most_) return;
    const std::size_t gone = nodes_.size() - most_ / 2;
    nodes_.erase(nodes_.begin(), nodes_.begin() + static_cast<std::ptrdiff_t>(gone));
    first_ += gone;
  }
  [[nodiscard]] std::size_t bytes() const { return nodes_.capacity() * sizeof(NodeIndex); }

 private:
  std::size_t most_;
  Position first_ = 0;
  std::vector<NodeIndex> nodes_;
};

}  // namespace grove::topology
