// Which texts need not be parsed to know the cluster that sets are judged in.
#pragma once

#include <string_view>

namespace grove::cli {

// Whether `text` may hold an object that others are judged by: a ClusterTopologyBinding, an OperatorConfiguration, a
// Volcano queue. False is certain: no JSON or YAML spells these words without the characters that are looked for.
// O(text), much faster than parsing.
[[nodiscard]] bool MayHoldContext(std::string_view text);

}  // namespace grove::cli
