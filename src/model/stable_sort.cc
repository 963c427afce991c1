#include "model/stable_sort.h"

#include <algorithm>
#include <numeric>

namespace grove::internal {

std::vector<std::uint32_t> StableOrder(std::size_t count, absl::FunctionRef<bool(std::uint32_t, std::uint32_t)> less) {
  std::vector<std::uint32_t> order(count);
  std::iota(order.begin(), order.end(), std::uint32_t{0});
  std::stable_sort(order.begin(), order.end(), less);
  return order;
}

}  // namespace grove::internal
