// Environment variables that Grove gives to containers (spec 04 §7.6, §11.4).
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "model/node.h"

namespace grove::planner {

// Of the members of scaling groups, stored in the PodClique.
inline constexpr std::array<std::string_view, 3> kGroupVariables = {"GROVE_PCSG_NAME", "GROVE_PCSG_TEMPLATE_NUM_PODS",
                                                                    "GROVE_PCSG_INDEX"};
// Of every pod, in front of those of its PodClique.
inline constexpr std::array<std::string_view, 5> kPodVariables = {
    "GROVE_PCS_NAME", "GROVE_PCS_INDEX", "GROVE_PCLQ_NAME", "GROVE_HEADLESS_SERVICE", "GROVE_PCLQ_POD_INDEX"};

// A variable with a literal value. Both texts are borrowed.
[[nodiscard]] internal::Node LiteralVariable(std::string_view name, std::string_view value, internal::Storage& storage);
// A variable that reads a label of its pod.
[[nodiscard]] internal::Node LabelVariable(std::string_view name, std::string_view label, internal::Storage& storage);

// A reference to a field of the pod: `{fieldPath: <path>}`. The path is borrowed.
[[nodiscard]] internal::Node FieldReference(std::string_view path, internal::Storage& storage);
// The path of a label of the pod, `metadata.labels['<label>']`, held by `storage`.
[[nodiscard]] std::string_view LabelPath(std::string_view label, internal::Storage& storage);

// The values of kGroupVariables. `template_pods` is the number of pods of one replica of the group by template.
[[nodiscard]] std::array<internal::Node, kGroupVariables.size()> MakeGroupVariables(std::int64_t template_pods,
                                                                                    internal::Storage& storage);

}  // namespace grove::planner
