#include "grove/expansion.hpp"

#include "planner/expand_set.h"

namespace grove {

std::size_t ObjectSet::size() const {
  std::size_t size = 0;
  ForEachObject(*this, [&size](const auto&) { ++size; });
  return size;
}

Expansion Expand(const AdmittedPodCliqueSet& set, const ExpansionOptions& options) {
  return planner::ExpandSet(set.set(), set.document(), options);
}

}  // namespace grove
