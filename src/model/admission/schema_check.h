// Stage 6 of admission: what the schema of a custom resource finds (spec 03 §4).
#pragma once

#include "model/findings.h"
#include "model/node.h"
#include "model/schema.h"

namespace grove::admission {

// Structural errors of `object`: V-031 to V-033c, V-030 if its kind has a scale subresource, then duplicates V-034.
// Metadata is not looked at: its rules are V-020. Bad values share `storage`. One walk; lists of type map are compared
// in O(n log n).
void CheckSchema(const internal::Node& object, const schema::Type& type, bool has_scale,
                 const std::shared_ptr<const internal::Storage>& storage, Findings& findings);

// V-035 to V-041: the expression rules of a PodCliqueSet on create. They run only if `findings` so far lets them.
void CheckExpressionRules(const internal::Node& set, const std::shared_ptr<const internal::Storage>& storage,
                          Findings& findings);

}  // namespace grove::admission
