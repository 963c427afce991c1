#include "cli/graph.h"

#include <string>

#include <gtest/gtest.h>

namespace grove::cli {
namespace {

Graph Hostile() {
  Graph graph;
  graph.title = "a\"]; <script>&'`|#\\";
  graph.nodes = {{{"x\"y</text>", "\x01line\n\xEF\xBF\xBE"}, Tone::kClique, 0}, {{"z"}, Tone::kTrouble, std::nullopt}};
  graph.edges = {{0, 1, false}, {1, 0, true}};
  graph.clusters = {{{"c\"<b>"}, Tone::kGang}};
  return graph;
}

bool Contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

TEST(GraphTest, DotEscapes) {
  const Graph graph = Hostile();
  EXPECT_EQ(WriteDot({&graph, 1}),
            "digraph grove {\n"
            "  rankdir=LR;\n"
            "  node [fontname=\"sans-serif\", fontsize=11];\n"
            "  edge [color=\"#475569\"];\n"
            "  graph [fontname=\"sans-serif\", fontsize=12];\n"
            "  subgraph cluster_g0 {\n"
            "    label=\"a\\\"]; <script>&'`|#\\\\\"; labeljust=l; color=none;\n"
            "    g0n1 [label=\"z\", shape=octagon, style=\"filled\", fillcolor=\"#fee2e2\", color=\"#b91c1c\"];\n"
            "    subgraph cluster_g0c0 {\n"
            "      label=\"c\\\"<b>\\l\"; labeljust=l; style=\"rounded,filled\"; fillcolor=\"#fefce8\"; "
            "color=\"#ca8a04\";\n"
            "      g0n0 [label=\"x\\\"y</text>\\n?line?\xEF\xBF\xBE\", shape=box, style=\"filled,rounded\", "
            "fillcolor=\"#dcfce7\", color=\"#15803d\"];\n"
            "    }\n"
            "    g0n0 -> g0n1;\n"
            "    g0n1 -> g0n0 [color=\"#b91c1c\", penwidth=2];\n"
            "  }\n"
            "}\n");
}

TEST(GraphTest, MermaidEscapes) {
  const Graph graph = Hostile();
  const std::string text = WriteMermaid({&graph, 1});
  EXPECT_TRUE(Contains(text, "  subgraph g0 [\"a#quot;]; #lt;script#gt;#amp;'#96;#124;#35;#92;\"]\n")) << text;
  EXPECT_TRUE(Contains(text, "      g0n0[\"x#quot;y#lt;/text#gt;<br/>?line?\xEF\xBF\xBE\"]:::clique\n")) << text;
  EXPECT_TRUE(Contains(text, "    g0n1{{\"z\"}}:::trouble\n")) << text;
  EXPECT_TRUE(Contains(text, "  linkStyle 1 stroke:#b91c1c,stroke-width:2px\n")) << text;
}

TEST(GraphTest, LinksAreNumberedOverAllGraphs) {
  const Graph graphs[] = {Hostile(), Hostile()};
  EXPECT_TRUE(Contains(WriteMermaid(graphs), "  linkStyle 3 stroke"));
}

TEST(GraphTest, SvgEscapes) {
  const Graph graph = Hostile();
  const std::string text = WriteSvg({&graph, 1});
  EXPECT_TRUE(Contains(text, ">a&quot;]; &lt;script&gt;&amp;&#39;`|#\\</text>")) << text;
  EXPECT_TRUE(Contains(text, ">x&quot;y&lt;/text&gt;</text>")) << text;
  EXPECT_TRUE(Contains(text, ">?line?\?</text>")) << text;
  EXPECT_FALSE(Contains(text, "<script"));
  EXPECT_EQ(text, WriteSvg({&graph, 1}));
}

TEST(GraphTest, SvgHoldsAllGraphsBelowEachOther) {
  Graph one;
  one.title = "one";
  one.nodes = {{{"a"}, Tone::kClique, std::nullopt}, {{"a"}, Tone::kClique, std::nullopt}};
  one.edges = {{0, 0, true}, {0, 1, false}};
  const Graph graphs[] = {one, one};
  const std::string single = WriteSvg({graphs, 1});
  const std::string both = WriteSvg(graphs);
  EXPECT_TRUE(Contains(single, "height=\"112\"")) << single;
  EXPECT_TRUE(Contains(both, "height=\"200\"")) << both;
  EXPECT_TRUE(Contains(both, "<g transform=\"translate(24 112)\">")) << both;
}

TEST(GraphTest, NothingIsDrawnOfWhatIsTooLarge) {
  Graph large;
  large.nodes.assign(20'001, {{"a"}, Tone::kClique, std::nullopt});
  EXPECT_EQ(WriteSvg({&large, 1}), "");
  EXPECT_FALSE(WriteSvg({}).empty());
}

}  // namespace
}  // namespace grove::cli
