// The picture as a file: headline, cluster, legend.
#include <algorithm>
#include <cmath>
#include <vector>

#include "absl/strings/str_cat.h"

#include "topology/drawing/svg.h"

namespace grove::drawing {
namespace {

constexpr double kPageWidth = 1240;
constexpr double kPageHeight = 900;
constexpr double kMargin = 16;
constexpr double kLargestText = 13;  // of a cluster that is drawn larger than it was laid out
constexpr double kHead = 52;
constexpr double kLegendWidth = 330;
constexpr double kLegendRow = 30;
constexpr std::size_t kLeastLegendRows = 12;

absl::string_view View(std::string_view text) { return {text.data(), text.size()}; }

std::string Cut(std::string_view text, std::size_t most) {
  if (text.size() <= most) return Escape(text);
  std::size_t end = most - 1;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return Escape(text.substr(0, end)) + "…";
}

void AppendText(double x, double y, double size, std::string_view css, const std::string& escaped, std::string& out) {
  absl::StrAppend(&out, "<text class=\"", View(css), "\" x=\"", Number(x), "\" y=\"", Number(y), "\" font-size=\"",
                  Number(size), "\">", escaped, "</text>\n");
}

// Gangs for so many rows: those that are not placed come first, being what one looks for, and take half of the room if
// there is not enough for all.
std::vector<std::size_t> ChooseForLegend(const Picture& picture, std::size_t rows) {
  std::vector<std::size_t> left;
  std::vector<std::size_t> placed;
  for (std::size_t g = 0; g < picture.gangs.size(); ++g) (picture.gangs[g].placed ? placed : left).push_back(g);
  if (picture.gangs.size() > rows) {
    const std::size_t room = rows - 1;  // the last row tells how many are missing
    const std::size_t others = std::min(left.size(), std::max(room / 2, room - std::min(room, placed.size())));
    left.resize(others);
    placed.resize(room - others);
  }
  left.insert(left.end(), placed.begin(), placed.end());
  return left;
}

// Colours, names and figures of the gangs.
void AppendLegend(const Picture& picture, double x, double y, std::size_t rows, std::string& out) {
  const std::vector<std::size_t> shown = ChooseForLegend(picture, rows);
  for (const std::size_t g : shown) {
    const GangPicture& gang = picture.gangs[g];
    absl::StrAppend(&out, "<rect class=\"r g", g, "\" x=\"", Number(x), "\" y=\"", Number(y + 3),
                    "\" width=\"13\" height=\"13\" rx=\"2\" ",
                    gang.placed ? absl::StrCat("fill=\"", gang.color, "\"")
                                : std::string("fill=\"none\" stroke=\"#ba2525\" stroke-dasharray=\"2 1.5\""),
                    "><title>", Escape(gang.remark.empty() ? gang.name : gang.remark), "</title></rect>\n");
    AppendText(x + 20, y + 9, 12, gang.placed ? "t" : "t e", Cut(gang.name, 42), out);
    AppendText(x + 20, y + 22, 10.5, gang.placed ? "d" : "e", Cut(GangFigures(picture, gang), 50), out);
    y += kLegendRow;
  }
  if (shown.size() < picture.gangs.size()) {
    AppendText(x, y + 12, 12, "d", absl::StrCat("and ", picture.gangs.size() - shown.size(), " more gangs"), out);
  }
}

void AppendKey(double x, double y, std::string& out) {
  struct Entry {
    std::string_view css;
    std::string_view text;
  };
  for (const Entry& entry : {Entry{"f", "free"}, Entry{"u", "in use before"}, Entry{"cx", "node not usable"},
                             Entry{"cc", "node cordoned"}}) {
    absl::StrAppend(&out, "<rect class=\"", View(entry.css), "\" x=\"", Number(x), "\" y=\"", Number(y - 9),
                    "\" width=\"11\" height=\"11\"/>\n");
    AppendText(x + 16, y, 11, "d", std::string(entry.text), out);
    x += 30 + static_cast<double>(entry.text.size()) * 6;
  }
  AppendText(x, y, 11, "d", "solid frame: domain required by a gang; dashed: by a part of it", out);
}

// How much larger the drawing may be than the layout, which goes by steps.
double FillPage(const Layout& layout) {
  double text = layout.names || layout.boxes.empty() ? layout.name_size : layout.boxes.front().label_size;
  for (const DomainBox& box : layout.boxes) text = std::min(text, box.label_size);
  const double fitting = std::min(kPageWidth / std::max(1.0, layout.width), kPageHeight / std::max(1.0, layout.height));
  return std::floor(std::clamp(std::min(fitting, kLargestText / text), 1.0, 2.0) * 10) / 10;
}

}  // namespace

std::string WriteSvg(const Cluster& cluster, const Picture& picture, const Layout& layout) {
  const double scale = FillPage(layout);
  const double drawn = layout.height * scale;
  const double right = kMargin + std::max(layout.width * scale, 560.0) + 24;
  const double room = std::max(drawn, static_cast<double>(kLeastLegendRows) * kLegendRow);
  const auto rows = std::max<std::size_t>(kLeastLegendRows, static_cast<std::size_t>(room / kLegendRow));
  const double legend = static_cast<double>(std::min(rows, picture.gangs.size())) * kLegendRow;
  const double width = picture.gangs.empty() ? right : right + kLegendWidth;
  const double height = kHead + std::max(drawn, legend) + kMargin + 24;
  std::string out =
      absl::StrCat("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"", Number(width), "\" height=\"", Number(height),
                   "\" viewBox=\"0 0 ", Number(width), " ", Number(height), "\">\n<style>", View(StyleSheet()),
                   "</style>\n<rect class=\"bg\" width=\"100%\" height=\"100%\"/>\n");
  AppendText(kMargin, 22, 15, "t", Escape(Verdict(picture)), out);
  AppendText(kMargin, 41, 12, "d", Escape(Headline(cluster, picture)), out);
  absl::StrAppend(&out, "<g transform=\"translate(", Number(kMargin), ",", Number(kHead), ")",
                  scale > 1 ? absl::StrCat(" scale(", Number(scale), ")") : std::string(), "\">\n");
  AppendCluster(cluster, picture, layout, false, out);
  out += "</g>\n";
  AppendLegend(picture, right, kHead, rows, out);
  AppendKey(kMargin, height - kMargin, out);
  out += "</svg>\n";
  return out;
}

}  // namespace grove::drawing

namespace grove {

std::string DrawPlacement(const Occupancy& before, const PlacementRequest& request, const PlacementResult& result,
                          const DrawingOptions& options) {
  const drawing::Picture picture = drawing::MakePicture(before, request, result, options);
  const drawing::Layout layout =
      drawing::MakeLayout(before.cluster(), picture, drawing::kPageWidth, drawing::kPageHeight);
  return options.format == DrawingFormat::kHtml ? drawing::WriteHtml(before.cluster(), picture, layout)
                                                : drawing::WriteSvg(before.cluster(), picture, layout);
}

}  // namespace grove
