// Equality for immutability (spec 03 §12.6): of what values mean to their type, not of how they are written.
#pragma once

#include "model/node.h"
#include "model/schema.h"

namespace grove::validation {

// Whether two values of `type` are the same. Absent (null pointer), null, empty and zero are one, except below the top
// where the type tracks presence. Quantities and other numbers go by value, times by instant, lists by order; free
// content by its JSON, numbers by spelling. Total: values may be of any kind. O(size) for maps of ordinary size.
[[nodiscard]] bool SameContent(const internal::Node* a, const internal::Node* b, const schema::Type& type);

}  // namespace grove::validation
