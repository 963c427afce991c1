// Stage 6 of admission: what the schema of a custom resource finds (spec 03 §4).
#pragma once

#include "model/findings.h"
#include "model/node.h"
#include "model/schema.h"

namespace grove::admission {

// Structural errors of `object`: V-031 to V-033c, V-030 if its kind has a scale subresource, then duplicates V-034.
// Metadata is not looked at: its rules are V-020. Bad values share `storage`. One walk; lists of type map are compared
// in O(n log n).
//
// `old` is the object before an update, or null. Then a mistake of V-031 to V-033c is forgiven where the value that it
// concerns or any value around it is what it was, and all of V-034 if `old` broke that rule already (spec 03 §4.3).
void CheckSchema(const internal::Node& object, const internal::Node* old, const schema::Type& type, bool has_scale,
                 const std::shared_ptr<const internal::Storage>& storage, Findings& findings);

// V-035 to V-041: the expression rules of a PodCliqueSet. They run only if `findings` so far lets them. With `old`, the
// set before an update, V-035 to V-037 forgive what is unchanged and V-038 to V-040 are left out.
void CheckExpressionRules(const internal::Node& set, const internal::Node* old,
                          const std::shared_ptr<const internal::Storage>& storage, Findings& findings);

}  // namespace grove::admission
