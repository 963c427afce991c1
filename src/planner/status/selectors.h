// Pod selectors that statuses publish for autoscalers (spec 04 §13).
#pragma once

#include <string>
#include <string_view>

#include "model/naming.h"

namespace grove::planner {

// All pods of the set.
[[nodiscard]] inline std::string SetSelector(std::string_view set_name) {
  std::string selector(keys::kManagedBy);
  selector.append("=").append(keys::kManager).append(",").append(keys::kPartOf).append("=").append(set_name);
  return selector;
}

// The pods of the set that have `key`=`value` too.
[[nodiscard]] inline std::string SetSelector(std::string_view set_name, std::string_view key, std::string_view value) {
  return SetSelector(set_name).append(",").append(key).append("=").append(value);
}

}  // namespace grove::planner
