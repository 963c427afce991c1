// Where in the source text the value stands that an error path speaks of.
#pragma once

#include <string_view>

#include "grove/field_error.hpp"
#include "grove/value.hpp"

#include "model/node.h"

namespace grove {

// Location of the value at `path` in `document`, or of the nearest enclosing value that the document has: some paths of
// the reference do not exist in the object (spec 03 O-07). O(length of the path x members on the way).
[[nodiscard]] SourceLocation Locate(const Value& document, std::string_view path);

// Where `node` began in the text that `storage` knows the lines of; unknown for a node that no source holds. O(log
// lines).
[[nodiscard]] SourceLocation LocationIn(const internal::Storage& storage, const internal::Node& node);

}  // namespace grove
