// Drawings are well-formed, show every gang, and carry no text that could break out.
#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "gtest/gtest.h"

#include "grove/placement_check.hpp"
#include "grove/placement_drawing.hpp"

#include "topology/drawing/layout.h"
#include "topology/drawing/picture.h"
#include "topology/drawing/svg.h"

namespace grove {
namespace {

std::size_t CountOf(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) ++count;
  return count;
}

// Tags open and close in pairs, attributes are quoted. Enough for what the library writes.
void ExpectWellFormed(const std::string& xml) {
  std::vector<std::string> open;
  for (std::size_t at = xml.find('<'); at != std::string::npos; at = xml.find('<', at)) {
    const std::size_t end = xml.find('>', at);
    ASSERT_NE(end, std::string::npos);
    const std::string tag = xml.substr(at + 1, end - at - 1);
    ASSERT_EQ(tag.find('<'), std::string::npos) << tag;
    EXPECT_EQ(CountOf(tag, "\"") % 2, 0u) << tag;
    const std::string name = tag.substr(0, tag.find_first_of(" /"));
    if (tag[0] == '/') {
      ASSERT_FALSE(open.empty());
      EXPECT_EQ(open.back(), tag.substr(1));
      open.pop_back();
    } else if (tag.back() != '/') {
      open.push_back(name);
    }
    at = end;
  }
  EXPECT_TRUE(open.empty());
}

struct Scene {
  Cluster cluster;
  PlacementRequest request;
  PlacementResult result;
};

// Racks of 16 nodes with 8 GPUs; a gang for each rack, and one that fits nowhere.
Scene MakeScene(std::size_t nodes, const std::string& name = "node") {
  ClusterBuilder builder({{"rack", "topo/rack"}, {"host", "topo/host"}}, "fabric");
  for (std::size_t i = 0; i < nodes; ++i) {
    NodeSpec node;
    node.name = name + std::to_string(i);
    if (i + 1 < nodes) node.labels = {{"topo/rack", "r" + std::to_string(i / 16)}, {"topo/host", node.name}};
    node.allocatable = {{"example.com/gpu", 8}, {"cpu", 64000}};
    if (i % 7 == 3) node.used = {{"example.com/gpu", 3}};
    builder.AddNode(node);
  }
  Scene scene{*std::move(builder).Build(), {}, {}};
  scene.request.classes.resize(2);
  scene.request.classes[0].requests = {{"example.com/gpu", 4}};
  scene.request.classes[1].requests = {{"cpu", 1000}};
  for (std::size_t i = 0; i <= (nodes + 15) / 16; ++i) {
    Gang gang;
    gang.name = name + std::to_string(i);
    gang.pack.required = "rack";
    const bool huge = i > nodes / 16;
    const std::uint32_t pods = huge ? 500 : 2;
    gang.groups.resize(2);
    gang.groups[0].name = "w";
    gang.groups[0].min_replicas = pods;
    gang.groups[0].candidates = {{0, pods}};
    gang.groups[1].name = "router";
    gang.groups[1].min_replicas = 1;
    gang.groups[1].candidates = {{1, 1}};
    scene.request.gangs.push_back(std::move(gang));
  }
  scene.result = *Place(Occupancy(scene.cluster), scene.request);
  EXPECT_TRUE(CheckPlacement(Occupancy(scene.cluster), scene.request, scene.result).empty());
  return scene;
}

class DrawingTest : public testing::TestWithParam<std::size_t> {};

TEST_P(DrawingTest, IsWellFormedAndComplete) {
  const Scene scene = MakeScene(GetParam());
  const std::string svg = DrawPlacement(Occupancy(scene.cluster), scene.request, scene.result);
  ExpectWellFormed(svg);
  EXPECT_EQ(CountOf(svg, "class=\"n\""), GetParam());
  EXPECT_NE(svg.find(std::to_string(scene.result.placed) + " of " + std::to_string(scene.request.gangs.size())),
            std::string::npos);
  EXPECT_EQ(svg, DrawPlacement(Occupancy(scene.cluster), scene.request, scene.result));
  const std::string html =
      DrawPlacement(Occupancy(scene.cluster), scene.request, scene.result, {.format = DrawingFormat::kHtml});
  EXPECT_EQ(CountOf(html, "<li role="), scene.request.gangs.size());
  EXPECT_EQ(html.find("http"), std::string::npos);  // nothing is fetched
  EXPECT_LT(svg.size(), 40'000 + GetParam() * 2000);
}

INSTANTIATE_TEST_SUITE_P(Sizes, DrawingTest, testing::Values(1, 4, 125, 1000, 5000));

TEST(DrawingTest, HostileNamesAreEscaped) {
  // U+FFFE and U+FFFF are no characters of XML: a browser would refuse the whole picture.
  const Scene scene = MakeScene(4, "<script>\"'&\x01\xff\xef\xbf\xbe\xef\xbf\xbf]]></script>");
  for (const DrawingFormat format : {DrawingFormat::kSvg, DrawingFormat::kHtml}) {
    const std::string text = DrawPlacement(Occupancy(scene.cluster), scene.request, scene.result, {.format = format});
    EXPECT_EQ(CountOf(text, "<script>"), format == DrawingFormat::kHtml ? 1u : 0u);
    EXPECT_EQ(text.find('\x01'), std::string::npos);
    EXPECT_EQ(text.find('\xff'), std::string::npos);
    EXPECT_EQ(text.find("\xef\xbf\xbe"), std::string::npos);
    EXPECT_EQ(text.find("\xef\xbf\xbf"), std::string::npos);
    EXPECT_EQ(text.find("]]>"), std::string::npos);
  }
  ExpectWellFormed(DrawPlacement(Occupancy(scene.cluster), scene.request, scene.result));
}

// Racks are few in a small cluster and many in a large one; what is outside is named at least as large as what is
// inside.
TEST(DrawingTest, OuterLabelsAreLarger) {
  for (const std::size_t nodes : {4u, 125u, 1000u, 5000u}) {
    const Scene scene = MakeScene(nodes);
    const drawing::Picture picture = drawing::MakePicture(Occupancy(scene.cluster), scene.request, scene.result, {});
    const drawing::Layout layout = drawing::MakeLayout(scene.cluster, picture, 1240, 900);
    double racks = 0;
    for (const drawing::DomainBox& box : layout.boxes) {
      EXPECT_GE(box.label_size, 5.5);
      if (box.depth == 1) racks = box.label_size;
    }
    EXPECT_EQ(racks >= 12, nodes <= 16u * 16) << nodes << ": " << racks;
  }
}

// No node covers another one, and all are inside of the drawing.
TEST(DrawingTest, NodesLieApart) {
  for (const std::size_t nodes : {1u, 4u, 40u, 1000u}) {
    const Scene scene = MakeScene(nodes);
    const drawing::Picture picture = drawing::MakePicture(Occupancy(scene.cluster), scene.request, scene.result, {});
    const drawing::Layout layout = drawing::MakeLayout(scene.cluster, picture, 1240, 900);
    for (std::size_t a = 0; a < nodes; ++a) {
      const drawing::Rectangle& one = layout.nodes[a];
      EXPECT_LE(one.x + one.width, layout.width + 1e-6);
      EXPECT_LE(one.y + one.height, layout.height + 1e-6);
      for (std::size_t b = a + 1; b < nodes; ++b) {
        const drawing::Rectangle& other = layout.nodes[b];
        ASSERT_TRUE(one.x + one.width <= other.x || other.x + other.width <= one.x || one.y + one.height <= other.y ||
                    other.y + other.height <= one.y);
      }
    }
  }
}

// A page can be used without a mouse, follows the reader's choice of light and dark, and fetches nothing.
TEST(DrawingTest, PageStandsAlone) {
  const Scene scene = MakeScene(20);
  const std::string html =
      DrawPlacement(Occupancy(scene.cluster), scene.request, scene.result, {.format = DrawingFormat::kHtml});
  for (const char* part :
       {"prefers-color-scheme:dark", "<svg id=\"v\" tabindex=\"0\"", "role=\"listbox\" tabindex=\"0\"",
        "addEventListener('keydown'", "aria-label=\"fabric: 20 nodes"}) {
    EXPECT_NE(html.find(part), std::string::npos) << part;
  }
  for (const char* part : {"src=", "href=", "url(", "import", "fetch"}) {
    EXPECT_EQ(html.find(part), std::string::npos) << part;
  }
}

TEST(DrawingTest, ResourcesOfEveryKind) {
  const Scene scene = MakeScene(20);
  for (const char* resource : {"", "cpu", "pods", "unknown", "example.com/gpu"}) {
    ExpectWellFormed(DrawPlacement(Occupancy(scene.cluster), scene.request, scene.result, {.resource = resource}));
  }
}

TEST(DrawingTest, AmountsAddUp) {
  const Scene scene = MakeScene(40);
  const drawing::Picture picture = drawing::MakePicture(Occupancy(scene.cluster), scene.request, scene.result, {});
  EXPECT_EQ(picture.resource_name, "example.com/gpu");
  EXPECT_EQ(picture.total, 40 * 8);
  std::int64_t placed = 0;
  for (const drawing::NodePicture& node : picture.nodes) {
    std::int64_t sum = 0;
    for (const drawing::Part& part : node.parts) {
      sum += part.amount;
      if (part.holder >= 0) placed += part.amount;
    }
    EXPECT_EQ(sum, node.total);
  }
  EXPECT_EQ(placed, picture.placed);
  EXPECT_EQ(placed, static_cast<std::int64_t>(scene.result.placed) * 8);
  EXPECT_EQ(picture.outlines.size(), scene.result.placed);
}

// What lies on nodes that cannot be used is not free.
TEST(DrawingTest, UnusableNodesAreCountedApart) {
  const Scene scene = MakeScene(4);
  Occupancy before(scene.cluster);
  const NodeIndex last = *scene.cluster.FindNode("node3");
  ASSERT_TRUE(before.SetUsable(last, false));
  const drawing::Picture picture = drawing::MakePicture(before, {}, {}, {});
  EXPECT_EQ(picture.out_of_reach, 8 - 3);
  EXPECT_EQ(drawing::Headline(scene.cluster, picture),
            "fabric: 4 nodes, 32 example.com/gpu: 3 in use before, 0 placed, 24 free, 5 on nodes not usable");
}

TEST(DrawingTest, ColoursDiffer) {
  std::set<std::string> colors;
  for (std::size_t family = 0; family < 30; ++family) colors.insert(drawing::ColorOf(family, 0));
  for (std::size_t member = 1; member < 5; ++member) colors.insert(drawing::ColorOf(0, member));
  EXPECT_EQ(colors.size(), 34u);
  for (const std::string& color : colors) EXPECT_EQ(color.size(), 7u);
}

TEST(DrawingTest, EmptyCluster) {
  const Cluster cluster = *ClusterBuilder({}, "").Build();
  ExpectWellFormed(DrawPlacement(Occupancy(cluster), {}, {}));
}

TEST(DrawingTest, Numbers) {
  EXPECT_EQ(drawing::Number(1), "1");
  EXPECT_EQ(drawing::Number(1.25), "1.3");
  EXPECT_EQ(drawing::Number(-0.5), "-0.5");
  EXPECT_EQ(drawing::Number(-12.04), "-12");
}

}  // namespace
}  // namespace grove
