#include "topology/drawing/svg.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "absl/strings/str_cat.h"

#include "grove/placement_report.hpp"

#include "model/utf8.h"

namespace grove::drawing {
namespace {

constexpr std::size_t kMostSquares = 6000;  // beyond that, squares of one holder are drawn as one
constexpr double kCharacter = 0.6;
constexpr std::size_t kMostOutlinesPerPlace = 3;

std::string Attributes(const Rectangle& place) {
  return absl::StrCat("x=\"", Number(place.x), "\" y=\"", Number(place.y), "\" width=\"", Number(place.width),
                      "\" height=\"", Number(place.height), "\"");
}

Rectangle Inset(const Rectangle& place, double by) {
  return {place.x + by, place.y + by, std::max(0.5, place.width - 2 * by), std::max(0.5, place.height - 2 * by)};
}

bool Fits(std::string_view text, double width, double size) {
  return static_cast<double>(text.size()) * size * kCharacter <= width;
}

// `text` cut to what fits into `width`.
std::string Fit(std::string_view text, double width, double size) {
  const auto most = static_cast<std::size_t>(std::max(0.0, width / (size * kCharacter)));
  if (text.size() <= most) return Escape(text);
  if (most < 3) return {};
  std::size_t end = most - 1;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return Escape(text.substr(0, end)) + "…";
}

class ClusterWriter {
 public:
  ClusterWriter(const Cluster& cluster, const Picture& picture, const Layout& layout, bool tips, std::string& out)
      : cluster_(cluster), picture_(picture), layout_(layout), tips_(tips), out_(out) {
    std::size_t squares = 0;
    for (const NodePicture& node : picture.nodes) {
      squares += static_cast<std::size_t>(std::clamp<std::int64_t>(node.total, 0, 64));
    }
    single_ = picture.in_pieces && squares <= kMostSquares && layout.unit >= 5;
  }

  void Run() {
    for (const DomainBox& box : layout_.boxes) WriteBox(box);
    for (NodeIndex node = 0; node < cluster_.node_count(); ++node) WriteNode(node);
    WriteOutlines();
  }

 private:
  // What the element shows when pointed at.
  std::string Open(std::string_view element, std::string_view attributes, const std::string& tip) const {
    if (tips_) return absl::StrCat("<", Cut(element), " ", Cut(attributes), " data-t=\"", Escape(tip), "\">");
    return absl::StrCat("<", Cut(element), " ", Cut(attributes), "><title>", Escape(tip), "</title>");
  }
  static absl::string_view Cut(std::string_view text) { return {text.data(), text.size()}; }

  void WriteBox(const DomainBox& box) {
    const std::string corner = layout_.unit >= 5 ? "3" : "1";
    absl::StrAppend(&out_, "<rect class=\"", box.outside ? "bo" : absl::StrCat("b", std::min<int>(box.depth, 4)), "\" ",
                    Attributes(box.place), " rx=\"", corner, "\"/>\n");
    // Clear of the outlines inside the edge.
    const double x = box.label_size * 0.3 + OutlineThickness() * 2;
    const double room = box.place.width - 2 * x;
    const bool shorter = !box.short_label.empty() && !Fits(box.label, room, box.label_size);
    const std::string label = Fit(shorter ? box.short_label : box.label, room, box.label_size);
    if (label.empty()) return;
    absl::StrAppend(&out_, "<text class=\"bl\" x=\"", Number(box.place.x + x), "\" y=\"",
                    Number(box.place.y + box.label_size * 1.15), "\" font-size=\"", Number(box.label_size), "\">",
                    label, "</text>\n");
  }

  std::string TipOf(NodeIndex node) const {
    const NodePicture& drawn = picture_.nodes[node];
    std::string tip(cluster_.node_name(node));
    if (!cluster_.node_usable(node)) {
      tip += " (not usable)";
    } else if (IsCordoned(node)) {
      tip += " (cordoned)";
    }
    absl::StrAppend(&tip, "\n", cluster_.domain_name(InnermostOf(node)));
    for (const Part& part : drawn.parts) {
      const std::string amount = FormatAmount(picture_.resource_name, part.amount);
      if (part.holder == kFree) {
        absl::StrAppend(&tip, "\n", amount, " free");
      } else if (part.holder == kOthers) {
        absl::StrAppend(&tip, "\n", amount, " in use before");
      } else {
        absl::StrAppend(&tip, "\n", amount, " ", GangOf(part.holder).name);
      }
    }
    for (const std::int32_t gang : drawn.visitors)
      absl::StrAppend(&tip, "\nno ", picture_.resource_name, ": ", GangOf(gang).name);
    return tip;
  }

  bool IsCordoned(NodeIndex node) const {
    const auto taints = cluster_.node_taints(node);
    return std::ranges::any_of(taints,
                               [](const Taint& taint) { return taint.key == "node.kubernetes.io/unschedulable"; });
  }

  std::string_view CellStyle(NodeIndex node) const {
    return !cluster_.node_usable(node) ? "cx" : IsCordoned(node) ? "cc" : "c";
  }

  DomainIndex InnermostOf(NodeIndex node) const {
    DomainIndex domain = 0;
    for (std::size_t level = 0; level < cluster_.levels().size(); ++level) {
      const DomainIndex next = cluster_.domain_of(node, level);
      if (cluster_.domains()[next].stands_alone) break;
      domain = next;
    }
    return domain;
  }

  const GangPicture& GangOf(std::int32_t gang) const { return picture_.gangs[static_cast<std::size_t>(gang)]; }

  void WriteNode(NodeIndex node) {
    const Rectangle& place = layout_.nodes[node];
    out_ += Open("g", "class=\"n\"", TipOf(node));
    absl::StrAppend(&out_, "<rect class=\"", Cut(CellStyle(node)), "\" ", Attributes(place), "/>");
    double y = place.y + layout_.border;
    if (layout_.names) {
      const std::string name = Fit(cluster_.node_name(node), place.width - 2, layout_.name_size);
      absl::StrAppend(&out_, "<text class=\"nl\" x=\"", Number(place.x + layout_.border), "\" y=\"",
                      Number(y + layout_.name_size * 0.9), "\" font-size=\"", Number(layout_.name_size), "\">", name,
                      "</text>");
      y += layout_.name_size * 1.3;
    }
    const double bottom =
        picture_.in_pieces ? WriteSquares(node, place.x + layout_.border, y) : WriteBar(node, place, y);
    WriteVisitors(node, place.x + layout_.border, bottom);
    out_ += "</g>\n";
  }

  void WritePart(std::int32_t holder, const Rectangle& place) {
    if (holder == kFree || holder == kOthers) {
      absl::StrAppend(&out_, "<rect class=\"", holder == kFree ? "f" : "u", "\" ", Attributes(place), "/>");
    } else {
      absl::StrAppend(&out_, "<rect class=\"r g", holder, "\" ", Attributes(place), " fill=\"", GangOf(holder).color,
                      "\"/>");
    }
  }

  double WriteSquares(NodeIndex node, double x, double y) {
    const double unit = layout_.unit;
    const double gap = unit >= 8 ? 1 : unit >= 5 ? 0.6 : 0;
    std::size_t at = 0;
    for (const Part& part : picture_.nodes[node].parts) {
      std::size_t left = static_cast<std::size_t>(part.amount);
      while (left > 0) {
        const std::size_t column = at % layout_.columns;
        const std::size_t run = single_ ? 1 : std::min(left, layout_.columns - column);
        WritePart(part.holder,
                  {x + static_cast<double>(column) * unit, y + static_cast<double>(at / layout_.columns) * unit,
                   static_cast<double>(run) * unit - gap, unit - (gap > 0 ? gap : 0.2)});
        at += run;
        left -= run;
      }
    }
    const auto rows =
        (static_cast<std::size_t>(std::max<std::int64_t>(1, picture_.largest)) + layout_.columns - 1) / layout_.columns;
    return y + static_cast<double>(rows) * unit;
  }

  // A bar, as wide as the node is large.
  double WriteBar(NodeIndex node, const Rectangle& place, double y) {
    const double whole = place.width - 2 * layout_.border;
    double x = place.x + layout_.border;
    for (const Part& part : picture_.nodes[node].parts) {
      const double width = whole * static_cast<double>(part.amount) / static_cast<double>(picture_.largest);
      WritePart(part.holder, {x, y, width, layout_.unit - 0.5});
      x += width;
    }
    return y + layout_.unit;
  }

  // Pods that take none of what is drawn: a dot for each gang.
  void WriteVisitors(NodeIndex node, double x, double y) {
    const double radius = std::max(0.6, layout_.unit * 0.18);
    for (const std::int32_t gang : picture_.nodes[node].visitors) {
      absl::StrAppend(&out_, "<circle class=\"r g", gang, "\" cx=\"", Number(x + radius), "\" cy=\"",
                      Number(y + radius + 0.3), "\" r=\"", Number(radius), "\" fill=\"", GangOf(gang).color, "\"/>");
      x += radius * 2.6;
      if (x > layout_.nodes[node].x + layout_.nodes[node].width - radius) break;
    }
  }

  double OutlineThickness() const { return layout_.unit >= 8 ? 2 : layout_.unit >= 5 ? 1.4 : 0.7; }

  void WriteOutlines() {
    std::map<DomainIndex, std::size_t> drawn;
    for (const Outline& outline : picture_.outlines) {
      if (outline.domain == 0 || !layout_.domains[outline.domain].has_value()) continue;
      const std::size_t nth = drawn[outline.domain]++;
      // More than a few in one place tell nothing; a page shows each when its gang is looked at.
      const bool crowded = nth >= kMostOutlinesPerPlace;
      if (crowded && !tips_) continue;
      const double thickness = OutlineThickness();
      const Rectangle place =
          Inset(*layout_.domains[outline.domain],
                static_cast<double>(std::min(nth, kMostOutlinesPerPlace - 1)) * thickness * 1.2 - thickness * 0.2);
      absl::StrAppend(&out_, "<rect class=\"", crowded ? "x " : "", "o r g", outline.gang, "\" ", Attributes(place),
                      " rx=\"", layout_.unit >= 5 ? "3" : "1", "\" stroke=\"", GangOf(outline.gang).color,
                      "\" stroke-width=\"", Number(thickness), "\"");
      if (!outline.whole_gang) {
        absl::StrAppend(&out_, " stroke-dasharray=\"", Number(thickness * 3), " ", Number(thickness * 1.5), "\"");
      }
      out_ += "/>\n";
    }
  }

  const Cluster& cluster_;
  const Picture& picture_;
  const Layout& layout_;
  bool tips_;
  std::string& out_;
  bool single_ = true;
};

}  // namespace

std::string Escape(std::string_view text) {
  std::string out;
  const std::string valid = internal::ReplaceInvalidUtf8(text);
  out.reserve(valid.size());
  for (std::size_t i = 0; i < valid.size(); ++i) {
    const char c = valid[i];
    // U+FFFE and U+FFFF are valid UTF-8, but no characters of XML.
    if (c == '\xEF' && valid.compare(i + 1, 1, "\xBF") == 0 && static_cast<unsigned char>(valid[i + 2]) >= 0xBE) {
      out += '?';
      i += 2;
      continue;
    }
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      case '\n':
        out += "&#10;";
        break;
      default:
        out += static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? '?' : c;
    }
  }
  return out;
}

std::string Number(double value) {
  const auto tenths = static_cast<std::int64_t>(std::llround(value * 10));
  const std::int64_t whole = tenths / 10;
  const std::int64_t rest = std::abs(tenths % 10);
  const char* sign = tenths < 0 && whole == 0 ? "-" : "";
  return rest == 0 ? absl::StrCat(whole) : absl::StrCat(sign, whole, ".", rest);
}

void AppendCluster(const Cluster& cluster, const Picture& picture, const Layout& layout, bool tips, std::string& out) {
  ClusterWriter(cluster, picture, layout, tips, out).Run();
}

std::string Headline(const Cluster& cluster, const Picture& picture) {
  std::string text = absl::StrCat(cluster.node_count(), cluster.node_count() == 1 ? " node" : " nodes");
  if (!cluster.topology_name().empty()) {
    text = absl::StrCat(std::string(cluster.topology_name()), ": ", text);
  }
  if (!picture.resource.has_value()) return text;
  const auto amount = [&](std::int64_t value) { return FormatAmount(picture.resource_name, value); };
  const std::int64_t free =
      std::max<std::int64_t>(0, picture.total - picture.used_before - picture.placed - picture.out_of_reach);
  absl::StrAppend(&text, ", ", amount(picture.total), " ", picture.resource_name, ": ", amount(picture.used_before),
                  " in use before, ", amount(picture.placed), " placed, ", amount(free), " free");
  if (picture.out_of_reach > 0) absl::StrAppend(&text, ", ", amount(picture.out_of_reach), " on nodes not usable");
  return text;
}

std::string Verdict(const Picture& picture) {
  const auto placed = std::ranges::count_if(picture.gangs, [](const GangPicture& gang) { return gang.placed; });
  return absl::StrCat(placed, " of ", picture.gangs.size(), picture.gangs.size() == 1 ? " gang" : " gangs", " placed");
}

std::string GangFigures(const Picture& picture, const GangPicture& gang) {
  if (!gang.placed) return gang.outcome;
  std::string text = absl::StrCat(gang.pods, gang.pods == 1 ? " pod" : " pods");
  if (gang.amount > 0) {
    absl::StrAppend(&text, ", ", FormatAmount(picture.resource_name, gang.amount), " ", picture.resource_name);
  }
  if (gang.surplus_left > 0) absl::StrAppend(&text, ", ", gang.surplus_left, " more do not fit");
  return text;
}

std::string_view StyleSheet() {
  return "text{font-family:system-ui,-apple-system,'Segoe UI','DejaVu Sans',sans-serif;fill:#1f2933}"
         ".bg{fill:#fff}.b1{fill:#f6f8fa;stroke:#9aa5b1}.b2{fill:#ffffff;stroke:#b8c2cc}.b3{fill:#f3f5f8;stroke:#"
         "c9d1d9}"
         ".b4{fill:#fbfcfd;stroke:#d5dbe1}.bo{fill:none;stroke:#c2a25a;stroke-dasharray:3 2}"
         ".b1,.b2,.b3,.b4,.bo{stroke-width:.8}.bl{fill:#52606d}.nl{fill:#3e4c59}"
         ".c{fill:#fff;stroke:#cbd2d9;stroke-width:.5}.cx{fill:#f9dcdc;stroke:#d64545;stroke-width:.8}"
         ".cc{fill:#fdf3d7;stroke:#d8a928;stroke-width:.8;stroke-dasharray:3 2}"
         ".f{fill:#e6eaef}.u{fill:#9fa8b3}.o{fill:none}.t{font-weight:600}.d{fill:#616e7c}.e{fill:#ba2525}"
         "@media(prefers-color-scheme:dark){text{fill:#e3e8ee}.bg{fill:#12161c}.b1{fill:#1a2029;stroke:#4b5663}"
         ".b2{fill:#12161c;stroke:#3f4955}.b3{fill:#1d242d;stroke:#3a434e}.b4{fill:#171c23;stroke:#353e48}"
         ".bl{fill:#aab4c0}.nl{fill:#c3ccd6}.c{fill:#0d1117;stroke:#39424d}.cx{fill:#4a1f1f}.cc{fill:#3f3413}"
         ".f{fill:#2b333d}.u{fill:#6b7684}.d{fill:#9aa5b1}.e{fill:#ff8a8a}}";
}

}  // namespace grove::drawing
