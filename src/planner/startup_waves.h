// Waves and cycles of what waits for what, be it cliques or PodCliques.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace grove::planner {

struct Waiting {
  std::vector<std::vector<std::uint32_t>> parents;  // of each node, as positions; may repeat
  std::vector<bool> hopeless;                       // of each node: it waits for something that never comes
};

// The length of the longest chain of parents of each node; nullopt for nodes that never start: hopeless ones, those in
// a cycle, and all that wait for one of them. O(nodes + edges).
[[nodiscard]] std::vector<std::optional<std::uint32_t>> WavesOf(const Waiting& waiting);

// One cycle per strongly connected component: each node waits for the next one, the last for the first. The first is
// the component's lowest, and no shorter cycle leads through it. Ordered by first node. O(nodes + edges log edges).
[[nodiscard]] std::vector<std::vector<std::uint32_t>> CyclesOf(const Waiting& waiting);

}  // namespace grove::planner
