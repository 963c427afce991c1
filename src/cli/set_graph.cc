#include "cli/set_graph.h"

#include <utility>

#include <fmt/format.h>

#include "grove/pod_clique_set.hpp"
#include "grove/pod_gang.hpp"

#include "cli/text.h"

namespace grove::cli {

namespace {

std::string NameLine(const TreeNode& node, std::string_view kind) {
  std::string line(kind);
  line.append(line.empty() ? "" : " ").append(TreeName(node));
  return node.copies > 1 ? fmt::format("{} ×{}", line, node.copies) : line;
}

Tone ToneOf(const TreeNode& node) {
  if (node.kind == PodCliqueSet::kKind) return Tone::kSet;
  if (node.kind == "replica") return Tone::kReplica;
  return node.kind == "group" ? Tone::kGroup : Tone::kClique;
}

class Drawer {
 public:
  Graph Draw(const TreeNode& root) && {
    graph_.title = TreeName(root);
    Add(root, std::nullopt, std::nullopt);
    return std::move(graph_);
  }

 private:
  using Index = std::optional<std::uint32_t>;

  void Add(const TreeNode& node, Index owner, Index gang) {
    if (node.kind == PodGang::kKind) {
      GraphCluster& cluster = graph_.clusters.emplace_back();
      cluster.lines = {NameLine(node, node.kind),
                       fmt::format("min {} of {}", node.minimum.value_or(0), Count(node.pods, "pod"))};
      cluster.lines.insert(cluster.lines.end(), node.notes.begin(), node.notes.end());
      const auto index = static_cast<std::uint32_t>(graph_.clusters.size() - 1);
      for (const TreeNode& child : node.children) Add(child, owner, index);
      return;
    }
    const Tone tone = ToneOf(node);
    const bool named_by_kind = tone == Tone::kSet || tone == Tone::kReplica;
    std::vector<std::string> lines = {NameLine(node, named_by_kind ? node.kind : "")};
    lines.insert(lines.end(), node.notes.begin(), node.notes.end());
    const std::uint32_t index = AddNode({std::move(lines), tone, gang}, owner);
    for (const TreeNode& child : node.children) Add(child, index, gang);
    if (tone == Tone::kClique) AddPods(node, index, gang);
  }

  void AddPods(const TreeNode& clique, std::uint32_t owner, Index gang) {
    GraphNode pods{{Count(clique.pods, "pod")}, Tone::kPods, gang};
    if (clique.minimum.has_value()) pods.lines.push_back(fmt::format("min {}", *clique.minimum));
    if (clique.gpus > 0) pods.lines.push_back(Count(clique.gpus, "GPU"));
    AddNode(std::move(pods), owner);
  }

  std::uint32_t AddNode(GraphNode node, Index owner) {
    const auto index = static_cast<std::uint32_t>(graph_.nodes.size());
    graph_.nodes.push_back(std::move(node));
    if (owner.has_value()) graph_.edges.push_back({*owner, index, false});
    return index;
  }

  Graph graph_;
};

}  // namespace

Graph GraphOfSetTree(const TreeNode& root) { return Drawer().Draw(root); }

}  // namespace grove::cli
