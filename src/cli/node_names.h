// Lists of node names, shortened.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace grove::cli {

// "node-a[01-04,07], login x2": names that differ in one number stand together, in the order of their numbers; a name
// that occurs several times is followed by how often. At most `most` parts, then how many names are left.
[[nodiscard]] std::string CompactNames(const std::vector<std::string_view>& names, std::size_t most = 12);

}  // namespace grove::cli
