// What admission and expansion promise of every input, for property tests and fuzz targets.
#pragma once

#include <string>

#include "grove/admission.hpp"
#include "grove/limits.hpp"
#include "grove/value.hpp"

namespace grove::properties {

// Each function gives the first promise that does not hold, in words, or an empty text.

// Admission of `document`, and if it is admitted, of what was admitted, and its expansion within small limits.
[[nodiscard]] std::string BrokenPromise(const Value& document, const AdmissionContext& context);

// Admission of the change from `old_document` to `document`.
[[nodiscard]] std::string BrokenPromiseOfUpdate(const Value& old_document, const Value& document,
                                                const AdmissionContext& context);

// Limits within which any admitted set is expanded in a moment.
[[nodiscard]] Limits SmallLimits();

}  // namespace grove::properties
