// SVG of a laid out picture.
#pragma once

#include <string>
#include <string_view>

#include "topology/drawing/layout.h"

namespace grove::drawing {

// `text` for the content of an element or the value of an attribute in double quotes: escaped, invalid UTF-8 and
// control characters replaced.
[[nodiscard]] std::string Escape(std::string_view text);

// A length, with at most one decimal.
[[nodiscard]] std::string Number(double value);

// Boxes, nodes and outlines, at (0, 0). With `tips`, what an element shows is in its attribute data-t; otherwise in a
// <title>.
void AppendCluster(const Cluster& cluster, const Picture& picture, const Layout& layout, bool tips, std::string& out);

// What the drawing is of, in one line: "gpu-fabric: 16 nodes, 128 nvidia.com/gpu: 16 in use, 88 placed, 24 free".
[[nodiscard]] std::string Headline(const Cluster& cluster, const Picture& picture);
// "3 of 4 gangs placed".
[[nodiscard]] std::string Verdict(const Picture& picture);
// "10 pods, 80 nvidia.com/gpu", or the outcome of a gang that is not placed.
[[nodiscard]] std::string GangFigures(const Picture& picture, const GangPicture& gang);

// Colours that elements share; a style sheet.
[[nodiscard]] std::string_view StyleSheet();

// A picture of its own with headline and legend.
[[nodiscard]] std::string WriteSvg(const Cluster& cluster, const Picture& picture, const Layout& layout);
// A page of its own.
[[nodiscard]] std::string WriteHtml(const Cluster& cluster, const Picture& picture, const Layout& layout);

}  // namespace grove::drawing
