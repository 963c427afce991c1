#include "cli/placement_text.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "grove/placement_report.hpp"

#include "cli/node_names.h"
#include "cli/text.h"
#include "model/naming.h"

namespace grove::cli {

namespace {

// One line of the table: an indented name, a number of pods, where they are, on which nodes.
struct Row {
  std::string name;
  std::string pods;
  std::string where;
  std::string nodes;
  bool gang = false;
};

std::size_t CandidatesOf(const GangGroup& group) {
  std::size_t count = 0;
  for (const CandidatePods& run : group.candidates) count += run.count;
  return count;
}

class TextWriter {
 public:
  TextWriter(const PlacementScene& scene, const PlacementResult& result, bool color)
      : input_(scene.input), scene_(scene), cluster_(*scene.input.cluster), result_(result), color_(color) {}

  std::string Run() {
    for (const GangPlacement& gang : result_.gangs) AddGang(gang);
    std::string out = Headline() + Evictions();
    std::array<std::size_t, 2> widths{};
    for (const Row& row : rows_) {
      widths[0] = std::max(widths[0], Columns(row.name));
      widths[1] = std::max(widths[1], Columns(row.pods));
    }
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      const Row& row = rows_[i];
      if (row.gang) out += '\n';
      out += Line(row, widths);
    }
    return out + NotEvaluatedText(scene_, color_);
  }

 private:
  std::string Headline() const {
    std::size_t pods = 0;
    std::size_t asked = 0;
    for (const GangPlacement& gang : result_.gangs) {
      pods += gang.pods.size();
      for (const GangGroup& group : input_.request.gangs[gang.gang].groups) asked += CandidatesOf(group);
    }
    std::string text = fmt::format("{} of {} placed, {} of {} on {}", result_.placed,
                                   Count(static_cast<std::int64_t>(result_.gangs.size()), "gang"), pods,
                                   Count(static_cast<std::int64_t>(asked), "pod"),
                                   Count(static_cast<std::int64_t>(cluster_.node_count()), "node"));
    if (result_.placed < result_.gangs.size()) {
      text += result_.placed_bound > result_.placed ? fmt::format("; at most {} can be", result_.placed_bound)
                                                    : std::string("; no more can be");
    }
    return Paint(color_, Ink::kBold, text) + "\n";
  }

  // Who loses pods to whom.
  std::string Evictions() const {
    std::string text;
    for (const Eviction& eviction : result_.evictions) {
      const Gang& loser = input_.request.gangs[eviction.gang];
      std::vector<std::string_view> nodes;
      for (const EvictedPod& pod : eviction.pods) {
        nodes.push_back(cluster_.node_name(loser.groups[pod.group].active[pod.active].node));
      }
      text +=
          fmt::format("{} {} of {}{} for {}: {}\n", Paint(color_, Ink::kWarning, "evicted:"),
                      Count(static_cast<std::int64_t>(eviction.pods.size()), eviction.whole ? "pod" : "surplus pod"),
                      Printable(GangName(loser)), eviction.whole ? ", all of it," : "",
                      Printable(GangName(input_.request.gangs[eviction.for_gang])), Printable(CompactNames(nodes)));
    }
    return text;
  }

  std::string Line(const Row& row, const std::array<std::size_t, 2>& widths) const {
    std::string line;
    const auto cell = [&](const std::string& text, std::size_t width, Ink ink) {
      line += Paint(color_, ink, text);
      line.append(width - std::min(width, Columns(text)) + 2, ' ');
    };
    cell(row.name, widths[0], row.gang ? Ink::kBold : Ink::kNone);
    cell(row.pods, widths[1], Ink::kNumber);
    line += row.where;
    if (!row.nodes.empty()) line += (row.where.empty() ? "" : ": ") + Paint(color_, Ink::kDim, row.nodes);
    line.erase(line.find_last_not_of(' ') + 1);
    return line + "\n";
  }

  void AddGang(const GangPlacement& placement) {
    const Gang& gang = input_.request.gangs[placement.gang];
    std::vector<std::vector<NodeIndex>> nodes(gang.groups.size());
    for (const PodPlacement& pod : placement.pods) nodes[pod.group].push_back(pod.node);
    Row& row = rows_.emplace_back();
    row.gang = true;
    row.name = Printable(GangName(gang));
    row.where = OutcomeText(placement.outcome, color_);
    if (placement.outcome != GangOutcome::kPlaced) {
      row.where += ". " + Printable(DescribeCause(cluster_, input_.request, placement)) +
                   Printable(GatedText(scene_, placement.gang));
      const std::vector<FittingChange>& changes = placement.explanation.changes;
      if (!changes.empty()) {
        row.where +=
            " Smallest change: " + Printable(DescribeChange(cluster_, input_.request, placement.gang, changes.front()));
      }
      return;
    }
    row.where += Extent(gang, nodes, placement);
    AddScope(gang, placement, nodes, GangScope::kNoParent, 1);
  }

  // ": 1 zone, 1 block, 3 racks, 8 hosts".
  std::string Extent(const Gang& gang, const std::vector<std::vector<NodeIndex>>& placed,
                     const GangPlacement& placement) const {
    std::set<NodeIndex> nodes;
    for (const auto& of_group : placed) nodes.insert(of_group.begin(), of_group.end());
    for (const GangGroup& group : gang.groups) {
      for (const ActivePod& pod : group.active) nodes.insert(pod.node);
    }
    std::string text;
    for (std::size_t level = 0; level < cluster_.levels().size(); ++level) {
      std::set<DomainIndex> domains;
      for (const NodeIndex node : nodes) domains.insert(cluster_.domain_of(node, level));
      text += (text.empty() ? ": " : ", ") +
              Count(static_cast<std::int64_t>(domains.size()), Printable(LevelName(cluster_, level)));
    }
    if (text.empty()) text = ": " + Count(static_cast<std::int64_t>(nodes.size()), "node");
    const PackLevels& pack = gang.pack;
    if (const std::string where = Where(pack, nodes, ScopeKind::kGang, 0, placement); !where.empty()) {
      text += "; " + where;
    }
    return text;
  }

  // "rack zone-a/r1 (required)", "2 racks (one preferred)".
  std::string Where(const PackLevels& pack, const std::set<NodeIndex>& nodes, ScopeKind kind, std::uint32_t index,
                    const GangPlacement& placement) const {
    std::string text;
    const auto required = cluster_.FindLevel(pack.required);
    if (!pack.required.empty() && required.has_value() && !nodes.empty()) {
      text = fmt::format("{} {} (required)", LevelName(cluster_, *required),
                         cluster_.domain_name(cluster_.domain_of(*nodes.begin(), *required)));
    }
    for (const ScopeFigure& figure : placement.figures) {
      if (figure.kind != kind || (kind != ScopeKind::kGang && figure.index != index)) continue;
      if (!text.empty()) text += ", ";
      text += fmt::format("{} ({} preferred{})", Count(figure.rank.domains, LevelName(cluster_, figure.preferred)), "1",
                          figure.rank == figure.bound ? "" : ", fewer may be possible");
    }
    return Printable(text);
  }

  void AddScope(const Gang& gang, const GangPlacement& placement, const std::vector<std::vector<NodeIndex>>& placed,
                std::uint32_t parent, int depth) {
    for (std::uint32_t s = 0; s < gang.scopes.size(); ++s) {
      if (gang.scopes[s].parent != parent) continue;
      std::set<NodeIndex> nodes;
      for (std::size_t g = 0; g < gang.groups.size(); ++g) {
        if (gang.groups[g].scope == s) AddNodes(gang.groups[g], placed[g], nodes);
      }
      Row& row = rows_.emplace_back();
      row.name = Indented(gang.scopes[s].name, depth);
      row.where = Where(gang.scopes[s].pack, nodes, ScopeKind::kScope, s, placement);
      AddScope(gang, placement, placed, s, depth + 1);
    }
    for (std::size_t g = 0; g < gang.groups.size(); ++g) {
      if (gang.groups[g].scope == parent) AddGroup(gang, g, placement, placed[g], depth);
    }
  }

  static void AddNodes(const GangGroup& group, const std::vector<NodeIndex>& placed, std::set<NodeIndex>& nodes) {
    nodes.insert(placed.begin(), placed.end());
    for (const ActivePod& pod : group.active) nodes.insert(pod.node);
  }

  void AddGroup(const Gang& gang, std::size_t index, const GangPlacement& placement,
                const std::vector<NodeIndex>& placed, int depth) {
    const GangGroup& group = gang.groups[index];
    std::set<NodeIndex> nodes;
    AddNodes(group, placed, nodes);
    Row& row = rows_.emplace_back();
    row.name = Indented(group.name, depth);
    const std::size_t candidates = CandidatesOf(group);
    row.pods = placed.size() == candidates
                   ? Count(static_cast<std::int64_t>(placed.size()), "pod")
                   : fmt::format("{} of {}", placed.size(), Count(static_cast<std::int64_t>(candidates), "pod"));
    if (!group.active.empty()) row.pods += fmt::format(" + {} running", group.active.size());
    row.where = Where(group.pack, nodes, ScopeKind::kGroup, static_cast<std::uint32_t>(index), placement);
    std::vector<std::string_view> names;
    for (const NodeIndex node : placed) names.push_back(cluster_.node_name(node));
    row.nodes = Printable(CompactNames(names));
  }

  static std::string Indented(std::string_view name, int depth) {
    return std::string(static_cast<std::size_t>(depth) * 2, ' ') + Printable(name);
  }

  const PlacementInput& input_;
  const PlacementScene& scene_;
  const Cluster& cluster_;
  const PlacementResult& result_;
  bool color_;
  std::vector<Row> rows_;
};

}  // namespace

std::string PlacementText(const PlacementScene& scene, const PlacementResult& result, bool color) {
  return TextWriter(scene, result, color).Run();
}

std::string GangName(const Gang& gang) {
  return gang.gang_namespace.empty() ? gang.name : gang.gang_namespace + "/" + gang.name;
}

std::string NotEvaluatedText(const PlacementScene& scene, bool color) {
  std::string text;
  for (const NotEvaluated& part : scene.input.not_evaluated) {
    if (text.empty()) text = "\n" + Paint(color, Ink::kWarning, "not evaluated") + ":\n";
    text += fmt::format("  {} ({}, for example {})\n", part.what, Count(part.pods, "pod"), Printable(part.example));
  }
  return text;
}

std::string GatedText(const PlacementScene& scene, std::uint32_t gang) {
  std::map<std::string, std::int64_t> pods;  // by gate
  for (const GatedPods& gated : scene.input.gated) {
    if (gated.gang == gang) pods[gated.gate] += gated.pods;
  }
  std::string text;
  for (const auto& [gate, count] : pods) {
    text += fmt::format(" {} {} behind the scheduling gate {}{}.", Count(count, "pod"), count == 1 ? "waits" : "wait",
                        gate, gate == keys::kSchedulingGate ? " (--lift-gates places them nevertheless)" : "");
  }
  return text;
}

std::string OutcomeText(GangOutcome outcome, bool color) {
  const Ink ink = outcome == GangOutcome::kPlaced ? Ink::kCaret : Ink::kError;
  return Paint(color, ink, DescribeOutcome(outcome));
}

}  // namespace grove::cli
