// A picture of a cluster and of what was placed on it: domains as nested boxes, nodes as cells, each accelerator of a
// node a square, gangs in colours, the domains that constraints hold gangs in outlined.
#pragma once

#include <cstdint>
#include <string>

#include "grove/cluster.hpp"
#include "grove/placement.hpp"

namespace grove {

enum class DrawingFormat : std::uint8_t {
  kSvg,   // one picture with a legend
  kHtml,  // a page of its own: the picture to zoom and pan, what is under the pointer told, gangs to pick from a list
};

struct DrawingOptions {
  DrawingFormat format = DrawingFormat::kSvg;
  // The resource that is drawn. Empty: of the resources named `<vendor>/gpu` the one that there is most of; else cpu.
  std::string resource{};
};

// Draws `result` on the cluster as `before` has it. Legible from a few nodes to thousands: squares and names shrink,
// and go, as the cluster grows. Deterministic; O(nodes + pods). All text is escaped; nothing is fetched from anywhere.
[[nodiscard]] std::string DrawPlacement(const Occupancy& before, const PlacementRequest& request,
                                        const PlacementResult& result, const DrawingOptions& options = {});

}  // namespace grove
