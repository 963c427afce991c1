// Which clique template an object goes by. The reference has two ways, and they disagree where one clique name ends in
// another one (spec 04 §7.1, O-1).
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <string_view>

#include "grove/pod_clique_set.hpp"

namespace grove::planner {

// Index of a clique template or of a scaling group that there is not.
inline constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();

// The template that a PodClique is built from: the first one whose name is a suffix of the PodClique's name, with no
// regard to separators. kNone if there is none. O(templates).
[[nodiscard]] std::uint32_t FindTemplateBySuffix(std::span<const PodCliqueTemplateSpec> templates,
                                                 std::string_view pod_clique_name);

// The template of exactly this name, or kNone. O(templates).
[[nodiscard]] std::uint32_t FindTemplateByName(std::span<const PodCliqueTemplateSpec> templates,
                                               std::string_view clique_name);

// The template that expected hashes and claims go by: its name is what the PodClique's name has after the prefix that
// the labels tell, `<group>-<group replica>-` or `<set>-<replica>-` (spec 04 §2). kNone if a label is missing, the
// prefix differs, or there is no such template.
[[nodiscard]] std::uint32_t FindTemplateByLabels(std::span<const PodCliqueTemplateSpec> templates,
                                                 std::string_view pod_clique_name, const StringMap& labels);

}  // namespace grove::planner
