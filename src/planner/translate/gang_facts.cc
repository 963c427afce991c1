#include "planner/translate/gang_facts.h"

#include <algorithm>

#include "absl/container/flat_hash_map.h"

#include "model/naming.h"
#include "planner/gang_topology.h"

namespace grove::planner {
namespace {

const GangPackConstraint* PackOf(const std::optional<GangTopologyConstraint>& constraint) {
  return constraint.has_value() && constraint->pack_constraint.has_value() ? &*constraint->pack_constraint : nullptr;
}

// A pod group is called `<owner>-<index>-<clique>`; of several names that fit, the longest is the clique's.
const PodCliqueTemplateSpec* TemplateOf(const std::vector<PodCliqueTemplateSpec>& cliques, std::string_view group) {
  const PodCliqueTemplateSpec* found = nullptr;
  for (const PodCliqueTemplateSpec& clique : cliques) {
    const std::string& name = clique.name;
    if (name.size() >= group.size() || !group.ends_with(name) || group[group.size() - name.size() - 1] != '-') continue;
    if (found == nullptr || name.size() > found->name.size()) found = &clique;
  }
  return found;
}

std::string Element(std::string_view list, std::size_t index) {
  return std::string(list) + "[" + std::to_string(index) + "].topologyConstraint";
}

std::vector<Scope> ScopesOf(const PodGangSpec& spec) {
  std::vector<Scope> scopes;
  absl::flat_hash_map<std::string_view, std::size_t> positions;  // only looked up
  Scope& all = scopes.emplace_back(Scope{"spec.topologyConstraint", PackOf(spec.topology_constraint), {}});
  for (std::size_t i = 0; i < spec.pod_groups.size(); ++i) {
    all.pod_groups.push_back(i);
    positions.emplace(spec.pod_groups[i].name, i);
  }
  for (std::size_t i = 0; i < spec.topology_constraint_group_configs.size(); ++i) {
    const TopologyConstraintGroupConfig& config = spec.topology_constraint_group_configs[i];
    Scope scope{Element("spec.topologyConstraintGroupConfigs", i), PackOf(config.topology_constraint), {}};
    for (const std::string& name : config.pod_group_names) {
      const auto found = positions.find(std::string_view(name));
      if (found != positions.end()) scope.pod_groups.push_back(found->second);
    }
    scopes.push_back(std::move(scope));
  }
  for (std::size_t i = 0; i < spec.pod_groups.size(); ++i) {
    scopes.push_back({Element("spec.podgroups", i), PackOf(spec.pod_groups[i].topology_constraint), {i}});
  }
  return scopes;
}

}  // namespace

GangFacts::GangFacts(const PodGang& pod_gang, const PodCliqueSet& pod_clique_set,
                     const TranslationOptions& translation_options)
    : gang(pod_gang), set(pod_clique_set), options(translation_options), scopes(ScopesOf(pod_gang.spec)) {
  for (const PodGroup& group : gang.spec.pod_groups) {
    minimum += group.min_replicas;
    templates.push_back(TemplateOf(set.spec.template_spec.cliques, group.name));
  }
  topology = FindTopology(options.topologies, gang.metadata.annotations.Get(keys::kTopologyName));
}

std::int64_t GangFacts::LevelOf(std::string_view key) const {
  if (topology == nullptr) return -1;
  const std::vector<TopologyLevel>& levels = topology->spec.levels;
  const auto found = std::ranges::find_if(levels, [&](const TopologyLevel& level) { return level.key == key; });
  return found == levels.end() ? -1 : found - levels.begin();
}

bool GangFacts::HasSurplus(std::size_t pod_group) const {
  const PodCliqueTemplateSpec* clique = templates[pod_group];
  const std::int32_t minimum_of_group = gang.spec.pod_groups[pod_group].min_replicas;
  if (clique == nullptr) return false;
  const std::optional<AutoScalingConfig>& scaling = clique->spec.auto_scaling_config;
  return clique->spec.replicas > minimum_of_group || (scaling.has_value() && scaling->max_replicas > minimum_of_group);
}

bool GangFacts::HasSurplus() const {
  for (std::size_t i = 0; i < gang.spec.pod_groups.size(); ++i) {
    if (HasSurplus(i)) return true;
  }
  return false;
}

}  // namespace grove::planner
