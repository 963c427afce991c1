// Which levels the cluster has (PL-48).
#include <algorithm>

#include "absl/strings/str_cat.h"

#include "model/naming.h"
#include "topology/snapshot/scene.h"
#include "topology/text.h"

namespace grove::topology {
namespace {

std::vector<std::string> NamesInGangs(const Scene& scene) {
  std::vector<std::string> names;
  for (const GangSource& source : scene.gangs) {
    const std::string name(source.gang.metadata.annotations.Get(keys::kTopologyName));
    if (!name.empty() && std::ranges::find(names, name) == names.end()) names.push_back(name);
  }
  return names;
}

const ClusterTopologyBinding* FindBinding(std::span<const ClusterTopologyBinding> bindings, std::string_view name) {
  const auto found =
      std::ranges::find_if(bindings, [&](const ClusterTopologyBinding& b) { return b.metadata.name == name; });
  return found == bindings.end() ? nullptr : &*found;
}

void UseBinding(const ClusterTopologyBinding& binding, ClusterSpec& spec) {
  spec.topology_name = binding.metadata.name;
  spec.levels = binding.spec.levels;
}

}  // namespace

bool ChooseTopology(const PlacementSources& sources, const PlacementInputOptions& options, const Scene& scene,
                    PlacementInput& input) {
  ClusterSpec& spec = input.spec;
  const std::vector<std::string> named = NamesInGangs(scene);
  std::string wanted = options.topology_name;
  if (wanted.empty() && named.size() == 1) wanted = named.front();
  if (!options.levels.empty()) {
    spec.levels = options.levels;
    spec.topology_name = wanted;
    return true;
  }
  const auto exists = [&](const std::string& name) { return FindBinding(sources.topologies, name) != nullptr; };
  if (wanted.empty() && std::ranges::count_if(named, exists) > 1) {
    return FailInput(input, std::nullopt, "",
                     absl::StrCat("the gangs name several topologies (", Quoted(named[0]), ", ", Quoted(named[1]),
                                  "); say which one the cluster is to be seen in"));
  }
  if (wanted.empty()) {
    const auto first = std::ranges::find_if(named, exists);
    if (first != named.end()) wanted = *first;
  }
  if (const ClusterTopologyBinding* binding = FindBinding(sources.topologies, wanted)) {
    UseBinding(*binding, spec);
  } else if (!options.topology_name.empty() && spec.topology_name != options.topology_name) {
    return FailInput(input, std::nullopt, "",
                     absl::StrCat("there is no ClusterTopologyBinding ", Quoted(options.topology_name)));
  } else if (spec.levels.empty() && sources.topologies.size() == 1) {
    UseBinding(sources.topologies.front(), spec);
  } else if (spec.levels.empty() && sources.topologies.size() > 1) {
    input.remarks.emplace_back("several ClusterTopologyBindings, and no gang names one: the cluster has no levels");
  }
  return true;
}

}  // namespace grove::topology
