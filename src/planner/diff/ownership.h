// Which fields of an object that exists Grove writes, per kind (spec 04 §3.2, 05 §7.2, 07 §4.3, §5.4).
#pragma once

#include <string_view>

#include "grove/value.hpp"

namespace grove::planner {

// `live` as it stands after Grove wrote `desired` over it. Both are documents of that kind; an `is_untouched`
// object is never written again. Shares what does not change with both.
[[nodiscard]] Value WrittenOver(std::string_view kind, std::string_view api_version, bool is_untouched,
                                const Value& live, const Value& desired);

}  // namespace grove::planner
