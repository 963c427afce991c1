// Shorter names that still say what they said.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace grove::planner {

// `name` in at most `most` bytes: the ends of its longest words are left out until it fits, so that each word keeps its
// beginning. Never equal to one of `taken`. Empty if there is no such name.
[[nodiscard]] std::string ShorterName(std::string_view name, std::size_t most,
                                      const std::vector<std::string_view>& taken);

}  // namespace grove::planner
