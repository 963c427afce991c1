#include "topology/drawing/layout.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "absl/strings/str_cat.h"

#include "grove/placement_report.hpp"

namespace grove::drawing {
namespace {

constexpr std::array kUnits = {16.0, 14.0, 12.0, 10.0, 8.0, 7.0, 6.0, 5.0, 4.0, 3.0, 2.0};
constexpr double kSmallestNamed = 10;  // units of a drawing that writes names of nodes
constexpr std::size_t kMostColumns = 8;
constexpr double kBarColumns = 8;
constexpr double kCharacter = 0.6;  // width of a character by its height
constexpr double kLargestLabel = 13;
constexpr double kMiddleLabel = 9.5;
constexpr std::size_t kFewDomains = 16;
constexpr std::size_t kManyDomains = 64;
constexpr std::size_t kMostTries = 128;
constexpr double kRaggedness = 1.5;  // how much empty places count against a choice of columns

// Something to be placed: a box with what is in it, or a node.
struct Item {
  Rectangle place;  // relative to the item around it
  std::optional<std::size_t> box;
  std::optional<NodeIndex> node;
  std::vector<Item> items;
};

class LayoutMaker {
 public:
  LayoutMaker(const Cluster& cluster, const Picture& picture, double unit) : cluster_(cluster), picture_(picture) {
    layout_.unit = unit;
    const auto pieces = static_cast<std::size_t>(std::clamp<std::int64_t>(picture.largest, 1, 64));
    layout_.columns = picture.in_pieces ? std::min(pieces, kMostColumns) : static_cast<std::size_t>(kBarColumns);
    rows_ = picture.in_pieces ? (pieces + layout_.columns - 1) / layout_.columns : 1;
    layout_.names = unit >= kSmallestNamed;
    layout_.name_size = std::min(11.0, unit * 0.75);
    layout_.border = unit >= 5 ? 3 : 1;
    ChooseLabelSizes(unit >= 5 ? std::min(12.0, 6 + unit * 0.4) : unit >= 3 ? 7 : 5.5);
    gap_ = unit >= 10 ? 5 : unit >= 5 ? 3 : unit >= 3 ? 2 : 1.5;
    for (NodeIndex node = 0; node < cluster.node_count(); ++node) {
      longest_name_ = std::max(longest_name_, cluster.node_name(node).size());
    }
  }

  Layout Run(double aspect) {
    layout_.nodes.resize(cluster_.node_count());
    layout_.domains.resize(cluster_.domains().size());
    Item root;
    Fill(0, root);
    Arrange(root, aspect, 0);
    layout_.width = root.place.width;
    layout_.height = root.place.height;
    for (const Item& item : root.items) Settle(item, 0, 0);
    return std::move(layout_);
  }

 private:
  // Of large clusters the few outer domains are named larger: they are what one finds one's way by.
  void ChooseLabelSizes(double base) {
    std::vector<std::size_t> domains(cluster_.levels().size() + 2);
    for (const Domain& domain : cluster_.domains()) ++domains[domain.depth];
    label_sizes_.assign(domains.size(), base);
    double outer = kLargestLabel;
    for (std::size_t depth = 1; depth < domains.size(); ++depth) {
      outer = std::min(outer, domains[depth] <= kFewDomains    ? kLargestLabel
                              : domains[depth] <= kManyDomains ? kMiddleLabel
                                                               : base);
      label_sizes_[depth] = std::max(base, outer);
    }
  }

  double Padding(std::uint16_t depth) const { return gap_ + (depth <= 1 ? gap_ : 0); }
  double LabelHeight(std::uint16_t depth) const { return label_sizes_[depth] * 1.35; }

  // Nodes without the label of the next level, and domains of a single node, are drawn as nodes.
  void Fill(DomainIndex domain, Item& item) {
    const Domain& parent = cluster_.domains()[domain];
    if (parent.child_count == 0) {
      for (NodeIndex node = parent.first_node; node < parent.first_node + parent.node_count; ++node)
        AddNode(node, item);
      return;
    }
    Item outside;
    for (DomainIndex child = parent.first_child; child < parent.first_child + parent.child_count; ++child) {
      const Domain& inner = cluster_.domains()[child];
      if (inner.stands_alone) {
        AddNode(inner.first_node, outside);
      } else if (inner.child_count == 0 && inner.node_count == 1) {
        AddNode(inner.first_node, item);
      } else {
        AddBox(child, inner, item);
      }
    }
    if (outside.items.empty()) return;
    if (item.items.empty() && domain != 0) {
      item.items = std::move(outside.items);
      return;
    }
    outside.box = layout_.boxes.size();
    const std::size_t level = parent.depth;
    layout_.boxes.push_back({{},
                             domain,
                             static_cast<std::uint16_t>(parent.depth + 1),
                             absl::StrCat("no ", LevelName(cluster_, level)),
                             {},
                             label_sizes_[parent.depth + 1u],
                             true});
    item.items.push_back(std::move(outside));
  }

  void AddBox(DomainIndex domain, const Domain& inner, Item& item) {
    const std::string full = cluster_.domain_name(domain);
    const std::string value = full.substr(full.rfind('/') == std::string::npos ? 0 : full.rfind('/') + 1);
    Item& box = item.items.emplace_back();
    box.box = layout_.boxes.size();
    const std::string level = LevelName(cluster_, inner.depth - 1u);
    layout_.boxes.push_back({{},
                             domain,
                             inner.depth,
                             value.starts_with(level) ? value : absl::StrCat(level, " ", value),
                             value,
                             label_sizes_[inner.depth],
                             false});
    Fill(domain, box);
  }

  void AddNode(NodeIndex node, Item& item) {
    Item& cell = item.items.emplace_back();
    cell.node = node;
    const double inner = static_cast<double>(layout_.columns) * layout_.unit;
    const double name = layout_.names ? static_cast<double>(longest_name_) * layout_.name_size * kCharacter : 0;
    cell.place.width = std::max(inner, std::min(name, inner * 2)) + 2 * layout_.border;
    cell.place.height = static_cast<double>(rows_) * layout_.unit + 2 * layout_.border;
    if (layout_.names) cell.place.height += layout_.name_size * 1.3;
    if (picture_.has_visitors) cell.place.height += VisitorHeight();
  }

  double VisitorHeight() const { return std::max(1.5, layout_.unit * 0.4); }

  // Rows of items from left to right; the number of columns that comes closest to the aspect.
  void Arrange(Item& item, double aspect, std::uint16_t depth) {
    const bool of_nodes = !item.items.empty() && item.items.front().node.has_value();
    for (Item& inner : item.items) {
      if (inner.box.has_value())
        Arrange(inner, of_nodes ? 0.7 : InnerAspect(inner), static_cast<std::uint16_t>(depth + 1));
    }
    const std::size_t count = item.items.size();
    std::size_t best = 1;
    double best_distance = 1e300;
    for (std::size_t columns = 1; columns <= std::min(count, kMostTries); ++columns) {
      const auto [width, height] = Measure(item.items, columns);
      // Of two that are as good the one with fewer columns; ragged last rows count against a choice.
      const std::size_t rows = (count + columns - 1) / columns;
      const double ragged =
          1 + kRaggedness * static_cast<double>(rows * columns - count) / static_cast<double>(rows * columns);
      const double distance = std::abs(std::log((width + 1) / (height + 1) / aspect)) + std::log(ragged);
      if (distance < best_distance - 1e-9) {
        best = columns;
        best_distance = distance;
      }
    }
    Place(item, best, depth);
  }

  static double InnerAspect(const Item& inner) {
    return !inner.items.empty() && inner.items.front().node.has_value() ? 0.75 : 1.5;
  }

  // Calls `visit` with each item and its place relative to the first one.
  template <class Visitor>
  std::pair<double, double> Walk(std::vector<Item>& items, std::size_t columns, Visitor&& visit) {
    double y = 0;
    double width = 0;
    for (std::size_t first = 0; first < items.size(); first += columns) {
      double x = 0;
      double height = 0;
      for (std::size_t i = first; i < std::min(items.size(), first + columns); ++i) {
        visit(items[i], x, y);
        x += items[i].place.width + gap_;
        height = std::max(height, items[i].place.height);
      }
      width = std::max(width, x - gap_);
      y += height + gap_;
    }
    return {width, std::max(0.0, y - gap_)};
  }

  std::pair<double, double> Measure(std::vector<Item>& items, std::size_t columns) {
    return Walk(items, columns, [](const Item&, double, double) {});
  }

  void Place(Item& item, std::size_t columns, std::uint16_t depth) {
    const double padding = depth == 0 ? 0 : Padding(depth);
    const double top = depth == 0 ? 0 : padding + LabelHeight(depth);
    const auto [width, height] = Walk(item.items, columns, [&](Item& inner, double x, double y) {
      inner.place.x = padding + x;
      inner.place.y = top + y;
    });
    item.place.width = width + 2 * padding;
    item.place.height = height + top + padding;
  }

  void Settle(const Item& item, double x, double y) {
    const Rectangle place{x + item.place.x, y + item.place.y, item.place.width, item.place.height};
    if (item.node.has_value()) {
      layout_.nodes[*item.node] = place;
      SettleNarrowest(*item.node, place);
      return;
    }
    DomainBox& box = layout_.boxes[*item.box];
    box.place = place;
    if (!box.outside) layout_.domains[box.domain] = place;
    for (const Item& inner : item.items) Settle(inner, place.x, place.y);
  }

  // A domain of one node without a box of its own is where its node is.
  void SettleNarrowest(NodeIndex node, const Rectangle& place) {
    for (std::size_t level = 0; level < cluster_.levels().size(); ++level) {
      const DomainIndex domain = cluster_.domain_of(node, level);
      if (cluster_.domains()[domain].node_count == 1 && !layout_.domains[domain].has_value()) {
        layout_.domains[domain] = place;
      }
    }
  }

  const Cluster& cluster_;
  const Picture& picture_;
  Layout layout_;
  std::vector<double> label_sizes_;  // by depth
  std::size_t rows_ = 1;
  std::size_t longest_name_ = 0;
  double gap_ = 4;
};

}  // namespace

Layout MakeLayout(const Cluster& cluster, const Picture& picture, double width, double height) {
  Layout layout;
  for (const double unit : kUnits) {
    layout = LayoutMaker(cluster, picture, unit).Run(width / height);
    if (layout.width <= width && layout.height <= height) break;
  }
  return layout;
}

}  // namespace grove::drawing
