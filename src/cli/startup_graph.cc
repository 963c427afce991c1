// The startup order as boxes and arrows: an arrow leads from what starts to what waits for it.
#include <algorithm>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include <fmt/format.h>

#include "cli/startup_view.h"
#include "cli/text.h"

namespace grove::cli {

namespace {

using Indices = std::vector<std::uint32_t>;

constexpr const char* kNever = "never starts";

// Edges of a graph, each once.
class Edges {
 public:
  // `cycles` are lists of nodes each of which waits for the next.
  explicit Edges(const std::vector<Indices>& cycles) {
    for (const Indices& cycle : cycles) {
      for (std::size_t i = 0; i < cycle.size(); ++i) cyclic_.insert(Key(cycle[(i + 1) % cycle.size()], cycle[i]));
    }
  }

  void Add(std::uint32_t from, std::uint32_t to, bool trouble, Graph& graph) {
    if (known_.insert(Key(from, to)).second)
      graph.edges.push_back({from, to, trouble || cyclic_.count(Key(from, to)) > 0});
  }

 private:
  static std::uint64_t Key(std::uint32_t from, std::uint32_t to) { return std::uint64_t{from} << 32 | to; }

  std::unordered_set<std::uint64_t> cyclic_;
  std::unordered_set<std::uint64_t> known_;
};

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

void AddUnknownParents(const StartupGraph& startup, Edges& edges, Graph& graph) {
  std::unordered_map<std::string, std::uint32_t> unknown;
  for (std::uint32_t i = 0; i < startup.cliques.size(); ++i) {
    for (const std::string& name : startup.cliques[i].unknown_parents) {
      const auto [found, is_new] = unknown.emplace(name, static_cast<std::uint32_t>(graph.nodes.size()));
      if (is_new)
        graph.nodes.push_back({{name.empty() ? "\"\"" : name, "no such clique"}, Tone::kTrouble, std::nullopt});
      edges.Add(found->second, i, true, graph);
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
  Edges edges(startup.graph.cycles);
  for (std::uint32_t i = 0; i < startup.graph.cliques.size(); ++i) {
    for (const std::uint32_t parent : startup.graph.cliques[i].parents) {
      edges.Add(parent, i, false, graph);
    }
  }
  AddUnknownParents(startup.graph, edges, graph);
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
  Edges edges(startup.pod_cliques.cycles);
  const auto nodes = static_cast<std::uint32_t>(graph.nodes.size());
  for (std::uint32_t i = 0; i < nodes; ++i) {
    for (const StartupParent& parent : startup.pod_cliques.pod_cliques[i].starts_after) {
      const auto found = positions.find(parent.name);
      if (found == positions.end()) continue;
      edges.Add(found->second, i, false, graph);
    }
  }
  if (starts) AddColumns(waves, graph);
  return graph;
}

}  // namespace grove::cli
