#include "cli/layered_layout.h"

#include <algorithm>
#include <vector>

#include <gtest/gtest.h>

namespace grove::cli {
namespace {

std::vector<Box> Boxes(std::size_t count) {
  std::vector<Box> boxes;
  for (std::size_t i = 0; i < count; ++i) {
    boxes.push_back({60 + static_cast<std::int64_t>(i % 3) * 40, 30 + static_cast<std::int64_t>(i % 2) * 18});
  }
  return boxes;
}

// Nodes of a reproducible graph: each waits for some of those before it.
std::vector<NodePair> SomeEdges(std::uint32_t nodes, std::uint32_t seed) {
  std::vector<NodePair> edges;
  std::uint32_t state = seed;
  for (std::uint32_t to = 1; to < nodes; ++to) {
    for (int k = 0; k < 2; ++k) {
      state = state * 1664525u + 1013904223u;
      edges.emplace_back((state >> 8) % to, to);
    }
  }
  return edges;
}

bool Overlap(std::int64_t a, std::int64_t a_size, std::int64_t b, std::int64_t b_size) {
  return a < b + b_size && b < a + a_size;
}

// No box on another one, none outside, no arrow through a box, every arrow to the right.
void ExpectReadable(const std::vector<Box>& boxes, const std::vector<NodePair>& edges, const Layout& layout) {
  const auto width = [&](std::size_t node) {
    return layout.layer_right[layout.layers[node]] - layout.layer_left[layout.layers[node]];
  };
  for (std::size_t a = 0; a < boxes.size(); ++a) {
    EXPECT_GE(layout.corners[a].x, 0);
    EXPECT_GE(layout.corners[a].y, 0);
    EXPECT_GE(width(a), boxes[a].width);
    EXPECT_LE(layout.corners[a].x + width(a), layout.width);
    EXPECT_LE(layout.corners[a].y + boxes[a].height, layout.height);
    for (std::size_t b = 0; b < a; ++b) {
      EXPECT_FALSE(Overlap(layout.corners[a].x, width(a), layout.corners[b].x, width(b)) &&
                   Overlap(layout.corners[a].y, boxes[a].height, layout.corners[b].y, boxes[b].height))
          << a << " lies on " << b;
    }
  }
  for (std::size_t e = 0; e < edges.size(); ++e) {
    if (edges[e].first == edges[e].second) continue;
    EXPECT_EQ(layout.backward[e], layout.layers[edges[e].first] > layout.layers[edges[e].second]);
    const std::vector<Point>& route = layout.routes[e];
    ASSERT_EQ(route.size() % 2, 0u);
    // Where the arrow passes a layer, no box of that layer is.
    for (std::size_t i = 1; i + 1 < route.size(); i += 2) {
      EXPECT_EQ(route[i].y, route[i + 1].y);
      for (std::size_t node = 0; node < boxes.size(); ++node) {
        const std::int64_t left = std::min(route[i].x, route[i + 1].x);
        if (layout.layer_left[layout.layers[node]] != left) continue;
        EXPECT_FALSE(Overlap(route[i].y, 1, layout.corners[node].y, boxes[node].height))
            << "edge " << e << " runs through box " << node;
      }
    }
  }
}

TEST(LayeredLayout, LayersAreLongestPaths) {
  const std::vector<NodePair> edges = {{0, 1}, {1, 2}, {0, 2}, {0, 3}};
  const auto layout = LayOut(Boxes(4), edges);
  ASSERT_TRUE(layout.has_value());
  EXPECT_EQ(layout->layers, (std::vector<std::uint32_t>{0, 1, 2, 1}));
  EXPECT_EQ(layout->routes[2].size(), 4u);  // round the box between its ends
  ExpectReadable(Boxes(4), edges, *layout);
}

TEST(LayeredLayout, ManyGraphsAreReadable) {
  for (std::uint32_t seed = 0; seed < 60; ++seed) {
    const std::uint32_t nodes = 1 + seed % 40;
    const std::vector<NodePair> edges = SomeEdges(nodes, seed);
    const auto layout = LayOut(Boxes(nodes), edges);
    ASSERT_TRUE(layout.has_value());
    ExpectReadable(Boxes(nodes), edges, *layout);
    const auto again = LayOut(Boxes(nodes), edges);
    EXPECT_EQ(layout->corners, again->corners);
    EXPECT_EQ(layout->routes, again->routes);
  }
}

TEST(LayeredLayout, ArrowsThatNeedNotCrossDoNot) {
  // As listed, 0→5, 1→4, 2→3 all cross.
  const auto layout = LayOut(Boxes(6), {{0, 5}, {1, 4}, {2, 3}});
  ASSERT_TRUE(layout.has_value());
  const auto y = [&](std::size_t node) { return layout->corners[node].y; };
  EXPECT_LT(y(0), y(1));
  EXPECT_LT(y(1), y(2));
  EXPECT_LT(y(5), y(4));
  EXPECT_LT(y(4), y(3));
}

TEST(LayeredLayout, CyclesAreCutOpen) {
  const std::vector<NodePair> edges = {{0, 1}, {1, 2}, {2, 0}, {1, 1}};
  const auto layout = LayOut(Boxes(3), edges);
  ASSERT_TRUE(layout.has_value());
  EXPECT_EQ(layout->layers, (std::vector<std::uint32_t>{0, 1, 2}));
  EXPECT_TRUE(layout->backward[2]);
  EXPECT_GT(layout->routes[2].front().x, layout->routes[2].back().x);
  EXPECT_TRUE(layout->routes[3].empty());
  ExpectReadable(Boxes(3), edges, *layout);
}

TEST(LayeredLayout, NothingIsLaidOutToo) {
  const auto layout = LayOut({}, {});
  ASSERT_TRUE(layout.has_value());
  EXPECT_EQ(layout->width, 0);
  EXPECT_EQ(layout->height, 0);
}

TEST(LayeredLayout, IsBounded) {
  EXPECT_FALSE(LayOut(Boxes(20'001), {}).has_value());
  std::vector<NodePair> edges;  // a chain, and an arrow from its begin to each of its nodes
  for (std::uint32_t i = 1; i < 300; ++i) {
    edges.emplace_back(i - 1, i);
    edges.emplace_back(0, i);
  }
  EXPECT_FALSE(LayOut(Boxes(300), edges).has_value());
}

}  // namespace
}  // namespace grove::cli
