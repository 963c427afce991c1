// Where everything stands: boxes in boxes, nodes in the innermost ones.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "grove/cluster.hpp"

#include "topology/drawing/picture.h"

namespace grove::drawing {

struct Rectangle {
  double x = 0;
  double y = 0;
  double width = 0;
  double height = 0;
};

// A domain, or the nodes that are in none of the next level.
struct DomainBox {
  Rectangle place;
  DomainIndex domain = 0;
  std::uint16_t depth = 0;
  std::string label;        // level and value
  std::string short_label;  // value alone
  double label_size = 0;
  bool outside = false;  // nodes without the level's label
};

struct Layout {
  double unit = 0;          // side of a square
  std::size_t columns = 0;  // squares side by side in a node
  bool names = false;       // of nodes are written
  double border = 0;        // between the edge of a node and its squares
  double name_size = 0;
  double width = 0;
  double height = 0;
  std::vector<DomainBox> boxes;                   // outer ones first
  std::vector<Rectangle> nodes;                   // by NodeIndex
  std::vector<std::optional<Rectangle>> domains;  // by DomainIndex: where it is drawn, as a box or as its only node
};

// The largest drawing that fits a page of about `width` x `height`; larger if even the smallest squares need more.
[[nodiscard]] Layout MakeLayout(const Cluster& cluster, const Picture& picture, double width, double height);

}  // namespace grove::drawing
