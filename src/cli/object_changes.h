// Changes of objects as text for people.
#pragma once

#include <string>

#include "grove/diff.hpp"

namespace grove::cli {

struct ChangesStyle {
  bool color = false;
  // Say who deletes an object, and why.
  bool causes = false;
};

// One paragraph per object, with the fields that differ; objects of one kind with the same changes share one. The last
// line counts. "no differences" if there are none.
[[nodiscard]] std::string ChangesAsText(const ObjectDiff& diff, const ChangesStyle& style);

}  // namespace grove::cli
