// What may be left of a domain so that scopes still to come can use it: a tie-break against fragmentation.
#pragma once

#include <cstdint>
#include <vector>

#include "grove/placement.hpp"

#include "topology/heap_bytes.h"
#include "topology/work_state.h"

namespace grove::topology {

// For each class and depth the sums of copies that scopes of the request, packed at that depth, can make up.
class Remainders {
 public:
  // For another request. Without `asked` every remainder is of use.
  void Reset(const WorkState& state, const PlacementRequest& request, bool asked);

  // False iff no set of scopes of the request takes just so many copies.
  [[nodiscard]] bool IsUseful(std::uint32_t pod_class, std::uint32_t depth, std::int64_t copies) const {
    if (useful_.empty()) return true;
    const std::vector<std::uint8_t>& sums = useful_[pod_class * depths_ + depth];
    return copies < 0 || sums.empty() || copies >= kLargest || sums[static_cast<std::size_t>(copies)] != 0;
  }

  static constexpr std::int64_t kLargest = 256;

  [[nodiscard]] std::size_t bytes() const { return HeapBytesOf(useful_, sizes_); }

 private:
  void AddScope(std::uint32_t pod_class, std::uint32_t depth, std::int64_t copies);

  std::uint32_t depths_ = 0;
  std::vector<std::vector<std::uint8_t>> useful_;
  std::vector<std::vector<std::uint8_t>> sizes_;
};

}  // namespace grove::topology
