// How many copies of one class of pods fit where: by node and, summed up, by domain.
#pragma once

#include <cstdint>
#include <vector>

#include "topology/change_log.h"
#include "topology/heap_bytes.h"

namespace grove::topology {

struct CopyIndex {
  static constexpr std::uint8_t kUnlimited = 0xFF;
  // Of a class that asks for more resources than bits the last bit stands for all of the rest.
  static constexpr std::uint8_t kMostResources = 64;

  std::uint32_t id = 0;              // of the needs that it counts for
  std::uint32_t pod_class = 0;       // one with these needs, in the latest request that asked for it
  std::vector<std::int32_t> copies;  // by node
  std::vector<std::int64_t> sums;    // by domain
  // Which of ClassNeeds::asked limits the count, by node; kUnlimited: it is none of them.
  std::vector<std::uint8_t> scarcest;
  std::vector<std::uint32_t> limited;  // by resource of `asked`: so many nodes
  // Bits for the resources that have limited a count since `Look`.
  std::uint64_t scarce = 0;
  ChangeLog::Position seen = 0;
  std::uint64_t used = 0;  // when it was used last

  [[nodiscard]] std::size_t bytes() const { return HeapBytesOf(copies, sums, scarcest, limited); }
  // Forgets what was scarce, but for what is.
  void Look() {
    scarce = 0;
    for (std::size_t r = 0; r < limited.size(); ++r) scarce |= std::uint64_t{limited[r] > 0} << r;
  }
  void Limit(NodeIndex node, std::uint8_t by) {
    if (scarcest[node] != kUnlimited) --limited[scarcest[node]];
    scarcest[node] = by;
    if (by == kUnlimited) return;
    ++limited[by];
    scarce |= std::uint64_t{1} << by;
  }
};

}  // namespace grove::topology
