// The size of an expansion, known before anything of it is made.
#pragma once

#include <cstdint>
#include <string_view>

#include "planner/expansion_context.h"
#include "planner/startup_order.h"

namespace grove::planner {

struct ExpansionSize {
  // The bound of Limits that the expansion would exceed, or empty. The counts are meaningful iff it is empty.
  std::string_view exceeded_limit;
  std::int64_t pod_cliques = 0;
  std::int64_t pods = 0;
};

// Sums and products are checked for overflow. O(PodCliques), and no more than Limits::max_objects of them are looked
// at.
[[nodiscard]] ExpansionSize SizeOf(const Context& context, const StartupOrder& order);

}  // namespace grove::planner
