// Graphs for programs that lay them out themselves.
#include "cli/graph.h"

#include <iterator>

#include <fmt/format.h>

#include "cli/text.h"

namespace grove::cli {

namespace {

using std::string_view;

struct ToneRow {
  string_view name;  // of its class in Mermaid
  Colors colors;
  string_view dot_shape;
  string_view dot_style;
  string_view mermaid_open;
  string_view mermaid_close;
};
// In the order of Tone.
constexpr ToneRow kTones[] = {
    {"set", {"#dbeafe", "#1d4ed8"}, "box", "filled,bold", "[", "]"},
    {"replica", {"#f1f5f9", "#64748b"}, "box", "filled,rounded", "(", ")"},
    {"gang", {"#fefce8", "#ca8a04"}, "box", "filled,rounded", "([", "])"},
    {"group", {"#f3e8ff", "#7e22ce"}, "component", "filled", "[[", "]]"},
    {"clique", {"#dcfce7", "#15803d"}, "box", "filled,rounded", "[", "]"},
    {"pods", {"#ffffff", "#64748b"}, "box3d", "filled", "([", "])"},
    {"trouble", {"#fee2e2", "#b91c1c"}, "octagon", "filled", "{{", "}}"},
};

const ToneRow& RowOf(Tone tone) { return kTones[static_cast<std::size_t>(tone)]; }

struct Replacement {
  char character;
  string_view text;
};

// `text` without control characters, with these characters replaced.
std::string Escape(string_view text, std::span<const Replacement> replacements) {
  std::string out;
  for (const char c : Printable(text)) {
    string_view replaced(&c, 1);
    for (const Replacement& replacement : replacements) {
      if (replacement.character == c) replaced = replacement.text;
    }
    out += replaced;
  }
  return out;
}

constexpr Replacement kDotReplacements[] = {{'"', "\\\""}, {'\\', "\\\\"}};
constexpr Replacement kMermaidReplacements[] = {{'"', "#quot;"}, {'#', "#35;"}, {'&', "#amp;"}, {'<', "#lt;"},
                                                {'>', "#gt;"},   {'`', "#96;"}, {'\\', "#92;"}, {'|', "#124;"}};

std::string Label(const std::vector<std::string>& lines, std::span<const Replacement> replacements,
                  string_view newline) {
  std::string label;
  for (const std::string& line : lines) {
    if (!label.empty()) label += newline;
    label += Escape(line, replacements);
  }
  return label;
}

// Lines that Graphviz sets flush left.
std::string LeftLabel(const std::vector<std::string>& lines) { return Label(lines, kDotReplacements, "\\l") + "\\l"; }

// Calls `visit(cluster)` for no cluster and then for each one.
template <class Visitor>
void ForEachCluster(const Graph& graph, Visitor&& visit) {
  visit(std::optional<std::uint32_t>());
  for (std::uint32_t i = 0; i < graph.clusters.size(); ++i) visit(std::optional<std::uint32_t>(i));
}

void WriteDotNodes(const Graph& graph, std::size_t index, std::optional<std::uint32_t> cluster, string_view indent,
                   std::string& out) {
  for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
    const GraphNode& node = graph.nodes[i];
    if (node.cluster != cluster) continue;
    const ToneRow& tone = RowOf(node.tone);
    fmt::format_to(std::back_inserter(out),
                   "{}g{}n{} [label=\"{}\", shape={}, style=\"{}\", fillcolor=\"{}\", color=\"{}\"];\n", indent, index,
                   i, Label(node.lines, kDotReplacements, "\\n"), tone.dot_shape, tone.dot_style, tone.colors.fill,
                   tone.colors.stroke);
  }
}

void WriteDotGraph(const Graph& graph, std::size_t index, std::string& out) {
  auto end = std::back_inserter(out);
  fmt::format_to(end, "  subgraph cluster_g{} {{\n    label=\"{}\"; labeljust=l; color=none;\n", index,
                 Escape(graph.title, kDotReplacements));
  ForEachCluster(graph, [&](std::optional<std::uint32_t> cluster) {
    if (!cluster.has_value()) return WriteDotNodes(graph, index, cluster, "    ", out);
    const GraphCluster& frame = graph.clusters[*cluster];
    const Colors colors = RowOf(frame.tone).colors;
    fmt::format_to(
        end,
        "    subgraph cluster_g{}c{} {{\n      label=\"{}\"; labeljust=l; style=\"rounded,filled\"; fillcolor=\"{}\"; "
        "color=\"{}\";\n",
        index, *cluster, LeftLabel(frame.lines), colors.fill, colors.stroke);
    WriteDotNodes(graph, index, cluster, "      ", out);
    out += "    }\n";
  });
  for (const GraphEdge& edge : graph.edges) {
    fmt::format_to(end, "    g{}n{} -> g{}n{}{};\n", index, edge.from, index, edge.to,
                   edge.trouble ? fmt::format(" [color=\"{}\", penwidth=2]", RowOf(Tone::kTrouble).colors.stroke) : "");
  }
  out += "  }\n";
}

void WriteMermaidNodes(const Graph& graph, std::size_t index, std::optional<std::uint32_t> cluster, string_view indent,
                       std::string& out) {
  for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
    const GraphNode& node = graph.nodes[i];
    if (node.cluster != cluster) continue;
    const ToneRow& tone = RowOf(node.tone);
    fmt::format_to(std::back_inserter(out), "{}g{}n{}{}\"{}\"{}:::{}\n", indent, index, i, tone.mermaid_open,
                   Label(node.lines, kMermaidReplacements, "<br/>"), tone.mermaid_close, tone.name);
  }
}

void WriteMermaidGraph(const Graph& graph, std::size_t index, std::size_t& edges, std::string& out) {
  auto end = std::back_inserter(out);
  // Mermaid turns what is inside of a subgraph its own way unless told otherwise.
  fmt::format_to(end, "  subgraph g{} [\"{}\"]\n    direction LR\n", index, Escape(graph.title, kMermaidReplacements));
  ForEachCluster(graph, [&](std::optional<std::uint32_t> cluster) {
    if (!cluster.has_value()) return WriteMermaidNodes(graph, index, cluster, "    ", out);
    const GraphCluster& frame = graph.clusters[*cluster];
    fmt::format_to(end, "    subgraph g{}c{} [\"{}\"]\n", index, *cluster,
                   Label(frame.lines, kMermaidReplacements, ", "));  // it leaves room for one line
    WriteMermaidNodes(graph, index, cluster, "      ", out);
    fmt::format_to(end, "    end\n    class g{}c{} {}\n", index, *cluster, RowOf(frame.tone).name);
  });
  std::string troubles;
  for (const GraphEdge& edge : graph.edges) {
    fmt::format_to(end, "    g{}n{} --> g{}n{}\n", index, edge.from, index, edge.to);
    if (edge.trouble) troubles += fmt::format("{}{}", troubles.empty() ? "" : ",", edges);
    ++edges;
  }
  out += "  end\n";
  fmt::format_to(end, "  style g{} fill:none,stroke:none\n", index);
  if (!troubles.empty()) {
    fmt::format_to(end, "  linkStyle {} stroke:{},stroke-width:2px\n", troubles, RowOf(Tone::kTrouble).colors.stroke);
  }
}

}  // namespace

Colors ColorsOf(Tone tone) { return RowOf(tone).colors; }

std::string WriteDot(std::span<const Graph> graphs) {
  std::string out =
      "digraph grove {\n  rankdir=LR;\n  node [fontname=\"sans-serif\", fontsize=11];\n  edge [color=\"#475569\"];\n"
      "  graph [fontname=\"sans-serif\", fontsize=12];\n";
  for (std::size_t i = 0; i < graphs.size(); ++i) WriteDotGraph(graphs[i], i, out);
  return out + "}\n";
}

std::string WriteMermaid(std::span<const Graph> graphs) {
  std::string out = "flowchart LR\n";
  for (const ToneRow& tone : kTones) {
    fmt::format_to(std::back_inserter(out), "  classDef {} fill:{},stroke:{},color:#0f172a\n", tone.name,
                   tone.colors.fill, tone.colors.stroke);
  }
  std::size_t edges = 0;  // links are styled by their number in the whole chart
  for (std::size_t i = 0; i < graphs.size(); ++i) WriteMermaidGraph(graphs[i], i, edges, out);
  return out;
}

}  // namespace grove::cli
