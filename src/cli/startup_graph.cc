// The startup order as boxes and arrows: an arrow leads from what starts to what waits for it.
#include <algorithm>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>

#include "cli/startup_view.h"
#include "cli/text.h"

namespace grove::cli {

namespace {

using Indices = std::vector<std::uint32_t>;

constexpr const char* kNever = "never starts";

// Whether `waiting` waits for `parent` as part of a cycle.
bool ClosesCycle(const std::vector<Indices>& cycles, std::uint32_t waiting, std::uint32_t parent) {
  return std::ranges::any_of(cycles, [&](const Indices& cycle) {
    for (std::size_t i = 0; i < cycle.size(); ++i) {
      if (cycle[i] == waiting && cycle[(i + 1) % cycle.size()] == parent) return true;
    }
    return false;
  });
}

void AddEdge(std::uint32_t from, std::uint32_t to, bool trouble, Graph& graph) {
  const auto same = [&](const GraphEdge& edge) { return edge.from == from && edge.to == to; };
  // Those to the same box come one after the other.
  for (auto edge = graph.edges.rbegin(); edge != graph.edges.rend() && edge->to == to; ++edge) {
    if (same(*edge)) return;
  }
  graph.edges.push_back({from, to, trouble});
}

void AddColumns(std::size_t waves, Graph& graph) {
  for (std::size_t i = 0; i < waves; ++i) graph.columns.push_back(fmt::format("wave {}", i));
}

// The frame of that name, made if it is new.
std::uint32_t ClusterOf(const std::string& name, const std::string& kind,
                        std::unordered_map<std::string, std::uint32_t>& known, Tone tone, Graph& graph) {
  const auto [found, is_new] = known.emplace(name, static_cast<std::uint32_t>(graph.clusters.size()));
  if (is_new) graph.clusters.push_back({{kind + " " + name}, tone});
  return found->second;
}

void AddUnknownParents(const StartupGraph& startup, Graph& graph) {
  std::unordered_map<std::string, std::uint32_t> unknown;
  for (std::uint32_t i = 0; i < startup.cliques.size(); ++i) {
    for (const std::string& name : startup.cliques[i].unknown_parents) {
      const auto [found, is_new] = unknown.emplace(name, static_cast<std::uint32_t>(graph.nodes.size()));
      if (is_new)
        graph.nodes.push_back({{name.empty() ? "\"\"" : name, "no such clique"}, Tone::kTrouble, std::nullopt});
      AddEdge(found->second, i, true, graph);
    }
  }
}

}  // namespace

Graph CliquesAsGraph(const SetStartup& startup) {
  Graph graph;
  graph.title = StartupTitle(startup);
  std::unordered_map<std::string, std::uint32_t> groups;
  for (const StartupClique& clique : startup.graph.cliques) {
    GraphNode& node = graph.nodes.emplace_back();
    node.lines = {clique.name};
    node.tone = clique.wave.has_value() ? Tone::kClique : Tone::kTrouble;
    if (!clique.scaling_group.empty()) {
      node.lines.push_back("group " + clique.scaling_group);
      node.cluster = ClusterOf(clique.scaling_group, "scaling group", groups, Tone::kGroup, graph);
    }
    node.lines.push_back(fmt::format("{}, min {}", Count(clique.replicas, "pod"), clique.min_available));
    if (!clique.wave.has_value()) node.lines.emplace_back(kNever);
  }
  for (std::uint32_t i = 0; i < startup.graph.cliques.size(); ++i) {
    for (const std::uint32_t parent : startup.graph.cliques[i].parents) {
      AddEdge(parent, i, ClosesCycle(startup.graph.cycles, i, parent), graph);
    }
  }
  AddUnknownParents(startup.graph, graph);
  if (startup.graph.starts()) AddColumns(startup.graph.waves.size(), graph);
  return graph;
}

Graph PodCliquesAsGraph(const SetStartup& startup) {
  Graph graph;
  graph.title = StartupTitle(startup);
  std::unordered_map<std::string, std::uint32_t> gangs;
  std::unordered_map<std::string, std::uint32_t> positions;
  std::uint32_t waves = 0;
  bool starts = true;
  for (const StartupPodClique& pod_clique : startup.pod_cliques.pod_cliques) {
    if (pod_clique.replica != 0) break;
    positions.emplace(pod_clique.name, static_cast<std::uint32_t>(graph.nodes.size()));
    GraphNode& node = graph.nodes.emplace_back();
    const StartupClique& clique = startup.graph.cliques[pod_clique.clique];
    node.lines = {pod_clique.name, "gang " + pod_clique.pod_gang,
                  fmt::format("{}, min {}", Count(clique.replicas, "pod"), clique.min_available)};
    node.tone = pod_clique.wave.has_value() ? Tone::kClique : Tone::kTrouble;
    node.cluster = ClusterOf(pod_clique.pod_gang, "PodGang", gangs, Tone::kGang, graph);
    if (pod_clique.wave.has_value()) {
      waves = std::max(waves, *pod_clique.wave + 1);
    } else {
      node.lines.emplace_back(kNever);
      starts = false;
    }
  }
  const auto nodes = static_cast<std::uint32_t>(graph.nodes.size());
  for (std::uint32_t i = 0; i < nodes; ++i) {
    for (const StartupParent& parent : startup.pod_cliques.pod_cliques[i].starts_after) {
      const auto found = positions.find(parent.name);
      if (found == positions.end()) continue;
      AddEdge(found->second, i, ClosesCycle(startup.pod_cliques.cycles, i, found->second), graph);
    }
  }
  if (starts) AddColumns(waves, graph);
  return graph;
}

}  // namespace grove::cli
