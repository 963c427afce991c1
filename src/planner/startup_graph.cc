// The startup order by clique.

#include <algorithm>
#include <string_view>

#include "absl/container/flat_hash_map.h"

#include "grove/startup.hpp"

#include "model/codec.h"
#include "model/fields/pod_clique_set.h"
#include "planner/startup_order.h"
#include "planner/startup_waves.h"

namespace grove {
namespace {

using planner::Waiting;
using Positions = absl::flat_hash_map<std::string_view, std::uint32_t>;  // only looked up

std::vector<StartupClique> CliquesOf(const PodCliqueSetTemplateSpec& spec, const Positions& positions) {
  std::vector<StartupClique> cliques;
  cliques.reserve(spec.cliques.size());
  for (const PodCliqueTemplateSpec& config : spec.cliques) {
    StartupClique& clique = cliques.emplace_back();
    clique.name = config.name;
    clique.replicas = config.spec.replicas;
    clique.min_available = config.spec.min_available.value_or(config.spec.replicas);
  }
  for (const PodCliqueScalingGroupConfig& group : spec.pod_clique_scaling_groups) {
    for (const std::string& name : group.clique_names) {
      const auto member = positions.find(std::string_view(name));
      if (member == positions.end()) continue;
      std::string& of_clique = cliques[member->second].scaling_group;
      if (of_clique.empty()) of_clique = group.name;
    }
  }
  return cliques;
}

void AddParents(const PodCliqueSetTemplateSpec& spec, const Positions& positions, StartupGraph& graph) {
  for (std::uint32_t i = 0; i < graph.cliques.size(); ++i) {
    StartupClique& clique = graph.cliques[i];
    if (graph.type == StartupType::kInOrder && i > 0) {
      clique.parents.push_back(positions.at(std::string_view(spec.cliques[i - 1].name)));
    }
    if (graph.type != StartupType::kExplicit) continue;
    for (const std::string& name : spec.cliques[i].spec.starts_after) {
      const auto parent = positions.find(std::string_view(name));
      if (parent == positions.end()) {
        clique.unknown_parents.push_back(name);
      } else {
        clique.parents.push_back(parent->second);
      }
    }
  }
}

}  // namespace

bool StartupGraph::starts() const {
  return std::ranges::all_of(cliques, [](const StartupClique& clique) { return clique.wave.has_value(); });
}

StartupGraph MakeStartupGraph(const PodCliqueSet& set) {
  const PodCliqueSetTemplateSpec& spec = set.spec.template_spec;
  Positions positions;
  positions.reserve(spec.cliques.size());
  for (std::uint32_t i = 0; i < spec.cliques.size(); ++i) positions.emplace(spec.cliques[i].name, i);

  StartupGraph graph;
  graph.type = planner::StartupTypeOf(spec.clique_startup_type);
  graph.cliques = CliquesOf(spec, positions);
  AddParents(spec, positions, graph);
  Waiting waiting;
  for (const StartupClique& clique : graph.cliques) {
    waiting.parents.push_back(clique.parents);
    waiting.hopeless.push_back(!clique.unknown_parents.empty());
  }
  const std::vector<std::optional<std::uint32_t>> waves = planner::WavesOf(waiting);
  for (std::uint32_t i = 0; i < waves.size(); ++i) {
    graph.cliques[i].wave = waves[i];
    if (!waves[i].has_value()) continue;
    if (*waves[i] >= graph.waves.size()) graph.waves.resize(*waves[i] + 1);
    graph.waves[*waves[i]].push_back(i);
  }
  graph.cycles = planner::CyclesOf(waiting);
  return graph;
}

StartupGraph MakeStartupGraph(const Value& document) {
  return MakeStartupGraph(codec::FromValue<PodCliqueSet>(document));
}

}  // namespace grove
