// Graphs as SVG, laid out by the project itself.
#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "cli/graph.h"
#include "cli/layered_layout.h"
#include "cli/text.h"

namespace grove::cli {

namespace {

using std::string_view;

constexpr std::int64_t kCharacterWidth = 8;  // of the widest common monospaced font at kFontSize, rounded up
constexpr std::int64_t kFontSize = 13;
constexpr std::int64_t kTitleSize = 15;
constexpr std::int64_t kLineHeight = 18;
constexpr std::int64_t kPadding = 12;
constexpr std::int64_t kMargin = 24;
constexpr std::int64_t kTitleHeight = 34;
constexpr std::int64_t kHeadHeight = 28;
constexpr std::int64_t kLoopWidth = 34;
constexpr string_view kInk = "#0f172a";
constexpr string_view kFaint = "#475569";

std::string Escape(string_view text) {
  std::string out;
  const std::string printable = Printable(text);
  for (std::size_t i = 0; i < printable.size(); ++i) {
    switch (printable[i]) {
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
      default:
        // U+FFFE and U+FFFF are no characters to XML.
        if (printable.compare(i, 2, "\xEF\xBF") == 0 && i + 2 < printable.size() &&
            static_cast<unsigned char>(printable[i + 2]) >= 0xBE) {
          out += '?';
          i += 2;
        } else {
          out += printable[i];
        }
    }
  }
  return out;
}

std::int64_t TextWidth(string_view text) { return static_cast<std::int64_t>(Columns(text)) * kCharacterWidth; }

Box BoxOf(const GraphNode& node) {
  std::int64_t width = 0;
  for (const std::string& line : node.lines) width = std::max(width, TextWidth(line));
  return {width + 2 * kPadding, static_cast<std::int64_t>(node.lines.size()) * kLineHeight + kPadding};
}

// A graph with its layout, at home in its own corner.
struct Panel {
  const Graph* graph;
  std::vector<Box> boxes;
  Layout layout;
  std::int64_t loops = 0;  // room for arrows from a box to itself, right of the last layer
  [[nodiscard]] Box Drawn(std::size_t node) const {
    const std::uint32_t layer = layout.layers[node];
    return {layout.layer_right[layer] - layout.layer_left[layer], boxes[node].height};
  }
  [[nodiscard]] std::int64_t top() const { return kTitleHeight + (graph->columns.empty() ? 0 : kHeadHeight); }
  [[nodiscard]] std::int64_t width() const {
    return std::max(layout.width + loops, TextWidth(graph->title) * kTitleSize / kFontSize);
  }
  [[nodiscard]] std::int64_t height() const { return top() + layout.height; }
};

std::optional<Panel> MakePanel(const Graph& graph) {
  Panel panel{&graph, {}, {}, 0};
  for (const GraphNode& node : graph.nodes) panel.boxes.push_back(BoxOf(node));
  std::vector<NodePair> edges;
  for (const GraphEdge& edge : graph.edges) {
    edges.emplace_back(edge.from, edge.to);
    if (edge.from == edge.to) panel.loops = kLoopWidth;
  }
  std::optional<Layout> layout = LayOut(panel.boxes, edges);
  if (!layout.has_value()) return std::nullopt;
  panel.layout = *std::move(layout);
  return panel;
}

class SvgWriter {
 public:
  explicit SvgWriter(std::string& out) : out_(out) {}

  void Write(const Panel& panel, std::int64_t x, std::int64_t y) {
    Add("<g transform=\"translate({} {})\">\n", x, y);
    Add("<text y=\"16\" font-size=\"{}\" font-weight=\"bold\">{}</text>\n", kTitleSize, Escape(panel.graph->title));
    for (std::size_t i = 0; i < panel.graph->columns.size() && i < panel.layout.layer_left.size(); ++i) {
      Add("<text x=\"{}\" y=\"{}\" text-anchor=\"middle\" fill=\"{}\">{}</text>\n",
          (panel.layout.layer_left[i] + panel.layout.layer_right[i]) / 2, kTitleHeight + 12, kFaint,
          Escape(panel.graph->columns[i]));
    }
    Add("<g transform=\"translate(0 {})\">\n", panel.top());
    for (std::size_t i = 0; i < panel.graph->edges.size(); ++i) WriteEdge(panel, i);
    for (std::size_t i = 0; i < panel.graph->nodes.size(); ++i) WriteNode(panel, i);
    Add("</g>\n</g>\n");
  }

 private:
  template <class... Arguments>
  void Add(fmt::format_string<Arguments...> format, Arguments&&... arguments) {
    fmt::format_to(std::back_inserter(out_), format, std::forward<Arguments>(arguments)...);
  }

  void WriteNode(const Panel& panel, std::size_t index) {
    const GraphNode& node = panel.graph->nodes[index];
    const Box box = panel.Drawn(index);
    const Point& corner = panel.layout.corners[index];
    const Colors colors = ColorsOf(node.tone);
    Add("<g>\n<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"6\" fill=\"{}\" stroke=\"{}\"/>\n", corner.x,
        corner.y, box.width, box.height, colors.fill, colors.stroke);
    for (std::size_t i = 0; i < node.lines.size(); ++i) {
      Add("<text x=\"{}\" y=\"{}\" text-anchor=\"middle\"{}>{}</text>\n", corner.x + box.width / 2,
          corner.y + kPadding / 2 + static_cast<std::int64_t>(i) * kLineHeight + 13,
          i == 0 ? std::string(" font-weight=\"bold\"") : fmt::format(" fill=\"{}\"", kFaint), Escape(node.lines[i]));
    }
    Add("</g>\n");
  }

  void WriteEdge(const Panel& panel, std::size_t index) {
    const GraphEdge& edge = panel.graph->edges[index];
    std::string path = edge.from == edge.to ? LoopPath(panel, edge.from) : CurvePath(panel, index);
    Add("<path d=\"{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"{}\" marker-end=\"url(#{})\"/>\n", path,
        edge.trouble ? ColorsOf(Tone::kTrouble).stroke : kFaint, edge.trouble ? 2 : 1,
        edge.trouble ? "trouble" : "arrow");
  }

  static std::string CurvePath(const Panel& panel, std::size_t index) {
    const std::vector<Point>& route = panel.layout.routes[index];
    std::string path = fmt::format("M{} {}", route[0].x, route[0].y);
    for (std::size_t i = 1; i < route.size(); ++i) {
      const Point& a = route[i - 1];
      const Point& b = route[i];
      if (i % 2 == 0) {
        path += fmt::format(" L{} {}", b.x, b.y);
      } else {
        const std::int64_t middle = (a.x + b.x) / 2;
        path += fmt::format(" C{} {} {} {} {} {}", middle, a.y, middle, b.y, b.x, b.y);
      }
    }
    return path;
  }

  static std::string LoopPath(const Panel& panel, std::size_t node) {
    const Point& corner = panel.layout.corners[node];
    const Box box = panel.Drawn(node);
    const std::int64_t x = corner.x + box.width;
    const std::int64_t y = corner.y + box.height / 2;
    return fmt::format("M{} {} C{} {} {} {} {} {}", x, y - 8, x + kLoopWidth, y - 16, x + kLoopWidth, y + 16, x, y + 8);
  }

  std::string& out_;
};

std::string Head(std::int64_t width, std::int64_t height, string_view title) {
  std::string out = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" height=\"{1}\" viewBox=\"0 0 {0} {1}\" role=\"img\" "
      "font-family=\"'DejaVu Sans Mono', Menlo, Consolas, monospace\" font-size=\"{2}\" fill=\"{3}\">\n"
      "<title>{4}</title>\n<defs>\n",
      width, height, kFontSize, kInk, Escape(title));
  const auto marker = [&](string_view name, string_view color) {
    out += fmt::format(
        "<marker id=\"{}\" viewBox=\"0 0 10 10\" refX=\"9\" refY=\"5\" markerWidth=\"9\" markerHeight=\"9\" "
        "markerUnits=\"userSpaceOnUse\" orient=\"auto\"><path d=\"M0 0 L10 5 L0 10 z\" fill=\"{}\"/></marker>\n",
        name, color);
  };
  marker("arrow", kFaint);
  marker("trouble", ColorsOf(Tone::kTrouble).stroke);
  out += fmt::format("</defs>\n<rect width=\"{}\" height=\"{}\" fill=\"#ffffff\"/>\n", width, height);
  return out;
}

}  // namespace

std::string WriteSvg(std::span<const Graph> graphs) {
  std::vector<Panel> panels;
  std::int64_t width = 0;
  std::int64_t height = kMargin;
  for (const Graph& graph : graphs) {
    std::optional<Panel> panel = MakePanel(graph);
    if (!panel.has_value()) return {};
    width = std::max(width, panel->width());
    height += panel->height() + kMargin;
    panels.push_back(*std::move(panel));
  }
  std::string out = Head(width + 2 * kMargin, height, graphs.empty() ? string_view() : string_view(graphs[0].title));
  SvgWriter writer(out);
  std::int64_t top = kMargin;
  for (const Panel& panel : panels) {
    writer.Write(panel, kMargin, top);
    top += panel.height() + kMargin;
  }
  return out + "</svg>\n";
}

}  // namespace grove::cli
