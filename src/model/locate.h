// Where in the source text the value stands that an error path speaks of.
#pragma once

#include <string_view>

#include "grove/field_error.hpp"
#include "grove/value.hpp"

namespace grove {

// Location of the value at `path` in `document`, or of the nearest enclosing value that the document has: some paths of
// the reference do not exist in the object (spec 03 O-07). O(length of the path x members on the way).
[[nodiscard]] SourceLocation Locate(const Value& document, std::string_view path);

}  // namespace grove
