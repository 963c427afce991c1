// What there is to draw, without where.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "grove/placement.hpp"
#include "grove/placement_drawing.hpp"

namespace grove::drawing {

// Who holds a part of a node.
inline constexpr std::int32_t kOthers = -1;
inline constexpr std::int32_t kFree = -2;

// So much of the drawn resource, held by one gang (its position in the result), by others, or free.
struct Part {
  std::int32_t holder = kFree;
  std::int64_t amount = 0;
};

struct NodePicture {
  std::vector<Part> parts;             // others first, then gangs in the order of the result, then what is free
  std::vector<std::int32_t> visitors;  // gangs with pods here that take none of the resource
  std::int64_t total = 0;
};

struct GangPicture {
  std::string name;  // namespace/name
  std::string color;
  bool placed = false;
  std::size_t pods = 0;     // placed now
  std::int64_t amount = 0;  // of the drawn resource, placed now
  std::size_t surplus_left = 0;
  std::string remark;  // why it is not placed
  std::string outcome;
};

// A domain that a required constraint holds a gang in.
struct Outline {
  DomainIndex domain = 0;
  std::int32_t gang = 0;
  bool whole_gang = false;  // else a part of it
};

struct Picture {
  std::optional<std::size_t> resource;  // drawn one, as index of Cluster::resources; unset if no node states any
  std::string resource_name;
  bool in_pieces = true;           // one square for each; else a bar
  std::int64_t largest = 0;        // most that a node has
  std::vector<NodePicture> nodes;  // by NodeIndex
  std::vector<GangPicture> gangs;  // in the order of the result
  std::vector<Outline> outlines;
  bool has_visitors = false;
  std::int64_t total = 0;
  std::int64_t used_before = 0;
  std::int64_t placed = 0;
  std::int64_t out_of_reach = 0;  // free on nodes that are not usable
};

[[nodiscard]] Picture MakePicture(const Occupancy& before, const PlacementRequest& request,
                                  const PlacementResult& result, const DrawingOptions& options);

// Colours of gangs: those of one family (a base and its scaled gangs) have one hue. `family` and `member` count from 0.
[[nodiscard]] std::string ColorOf(std::size_t family, std::size_t member);

}  // namespace grove::drawing
