// What admission says, as an answer.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "grove/admission.hpp"

namespace grove {

[[nodiscard]] std::string ErrorsJson(const std::vector<FieldError>& errors, Stage stage);

// `topologies` is JSON text, or empty. `old_admitted`: of an update, whether the old set would be admitted as a new
// one.
[[nodiscard]] std::string AdmissionJson(const Admission& admission, const std::string& topologies,
                                        std::optional<bool> old_admitted = std::nullopt);

}  // namespace grove
