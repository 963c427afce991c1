// How many copies of one class of pods fit where: by node and, summed up, by domain.
#pragma once

#include <cstdint>
#include <vector>

#include "topology/change_log.h"

namespace grove::topology {

struct CopyIndex {
  std::uint32_t id = 0;              // of the needs that it counts for, or of a class with rules of its own
  std::uint32_t pod_class = 0;       // in the request that is planned
  std::vector<std::int32_t> copies;  // by node
  std::vector<std::int64_t> sums;    // by domain
  ChangeLog::Position seen = 0;
  std::uint64_t used = 0;  // when it was used last
};

}  // namespace grove::topology
