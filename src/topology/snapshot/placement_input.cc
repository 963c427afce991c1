#include "grove/placement_input.hpp"

#include <array>

#include "topology/snapshot/scene.h"

namespace grove {
namespace {

struct Kind {
  std::string_view group;  // before the slash of apiVersion; empty: the core group
  std::string_view kind;
  PlacementRole role;
};

constexpr std::array kKinds = {
    Kind{"", "Node", PlacementRole::kNode},
    Kind{"", "Pod", PlacementRole::kPod},
    Kind{"", "Namespace", PlacementRole::kNamespace},
    Kind{"scheduler.grove.io", "PodGang", PlacementRole::kPodGang},
    Kind{"scheduling.k8s.io", "PriorityClass", PlacementRole::kPriorityClass},
};

}  // namespace

PlacementRole PlacementRoleOf(std::string_view api_version, std::string_view kind) {
  const std::size_t slash = api_version.find('/');
  const std::string_view group = slash == std::string_view::npos ? std::string_view{} : api_version.substr(0, slash);
  for (const Kind& row : kKinds) {
    if (row.kind == kind && row.group == group) return row.role;
  }
  return PlacementRole::kUnused;
}

PlacementInput ReadPlacementInput(const PlacementSources& sources, const PlacementInputOptions& options) {
  using namespace topology;
  PlacementInput input;
  Scene scene;
  if (!ReadScene(sources, options, scene, input) || !ChooseTopology(sources, options, scene, input)) return input;
  if (!ReadSetPods(sources, scene, input) || !ChargeNodes(scene, input)) return input;
  absl::StatusOr<Cluster> cluster = BuildCluster(input.spec);
  if (!cluster.ok()) {
    FailInput(input, std::nullopt, "", std::string(cluster.status().message()));
    return input;
  }
  input.cluster = *std::move(cluster);
  static_cast<void>(MakeGangs(scene, input));
  return input;
}

}  // namespace grove
