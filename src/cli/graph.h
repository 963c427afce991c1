// Drawings of boxes and arrows: what they show, apart from the form in which they are written.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace grove::cli {

// What a box stands for; decides its colour and shape.
enum class Tone : std::uint8_t { kSet, kReplica, kGang, kGroup, kClique, kPods, kTrouble };

struct Colors {
  std::string_view fill;
  std::string_view stroke;
};
// Dark text is legible on every fill.
[[nodiscard]] Colors ColorsOf(Tone tone);

struct GraphNode {
  std::vector<std::string> lines;  // the first is the name
  Tone tone = Tone::kClique;
  std::optional<std::uint32_t> cluster;  // that the box lies in
};

struct GraphEdge {
  std::uint32_t from = 0;
  std::uint32_t to = 0;
  bool trouble = false;  // part of what is wrong
};

// A frame around boxes.
struct GraphCluster {
  std::vector<std::string> lines;
  Tone tone = Tone::kGang;
};

struct Graph {
  std::string title;
  std::vector<GraphNode> nodes;
  std::vector<GraphEdge> edges;
  std::vector<GraphCluster> clusters;
  std::vector<std::string> columns;  // heads of the layers, for a drawing in layers; may be empty
};

// All graphs in one drawing. Texts are escaped: no name can break out of its box.
[[nodiscard]] std::string WriteDot(std::span<const Graph> graphs);
[[nodiscard]] std::string WriteMermaid(std::span<const Graph> graphs);
// Laid out by layered_layout.h, one graph below the other; frames are left out. Empty if a graph is too large for it.
[[nodiscard]] std::string WriteSvg(std::span<const Graph> graphs);

}  // namespace grove::cli
