// A layout of directed graphs in layers from left to right (docs/adr/0004-graph-layout.md).
//
// Layers are longest paths, so that every arrow points to the right; nodes of a layer are ordered by barycenters to
// have few crossings; long arrows get room of their own in each layer that they pass, so that no arrow runs through a
// box. All arithmetic is of whole numbers: equal graphs give equal drawings on every machine.
#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace grove::cli {

struct Point {
  std::int64_t x = 0;
  std::int64_t y = 0;

  friend bool operator==(const Point&, const Point&) = default;
};

struct Box {
  std::int64_t width = 0;
  std::int64_t height = 0;
};

using NodePair = std::pair<std::uint32_t, std::uint32_t>;

struct LayoutSpacing {
  std::int64_t between_layers = 70;
  std::int64_t between_nodes = 22;
  std::int64_t lane = 12;  // height of what an arrow takes where it passes a layer
};

struct Layout {
  std::int64_t width = 0;
  std::int64_t height = 0;
  std::vector<std::uint32_t> layers;     // of each node
  std::vector<Point> corners;            // upper left corner of each box, which is as wide as its layer
  std::vector<std::int64_t> layer_left;  // of each layer
  std::vector<std::int64_t> layer_right;
  // Of each edge, from its first node to its second: points in pairs, curved from an odd one to the next (from layer to
  // layer), straight from an even one to the next (through a layer). Empty for an edge from a node to itself.
  std::vector<std::vector<Point>> routes;
  std::vector<bool> backward;  // edges that point to the left, because they close a cycle
};

// Edges of repeated pairs are drawn on top of each other. Nullopt if the graph has more than 20,000 nodes and passages
// of arrows through layers, or more than 100,000 edges. O((nodes + passages) log(edges)) per sweep, with a fixed number
// of sweeps.
[[nodiscard]] std::optional<Layout> LayOut(const std::vector<Box>& boxes, const std::vector<NodePair>& edges,
                                           const LayoutSpacing& spacing = {});

}  // namespace grove::cli
