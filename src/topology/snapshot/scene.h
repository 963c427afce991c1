// All that is read of the sources, before gangs are made of it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"

#include "grove/placement_input.hpp"
#include "grove/pod_gang.hpp"

#include "topology/snapshot/class_table.h"
#include "topology/snapshot/pod_reader.h"

namespace grove::topology {

// Namespace and name, or namespace and gang.
using Key = std::pair<std::string_view, std::string_view>;

// A PodGang to be placed.
struct GangSource {
  PodGang gang;
  std::optional<std::size_t> object;  // unset for one of a set
};

// A pod of a set; pods of one PodClique share a shape.
struct SetPod {
  std::string_view name;
  LabelPairs labels;
  std::size_t shape = 0;
};

struct Scene {
  std::vector<ObservedPod> pods;  // by namespace and name
  std::vector<GangSource> gangs;
  std::map<std::string, std::int32_t, std::less<>> priorities;
  std::optional<std::int32_t> default_priority;  // of the class that is the global default
  TermsInSight terms;
  std::vector<PodShape> set_shapes;
  absl::flat_hash_map<Key, std::vector<SetPod>> set_pods;  // by namespace and PodClique

  // Priority of gangs of this class (PL-20).
  [[nodiscard]] std::int32_t PriorityOf(std::string_view class_name) const;
};

// Reads the objects. Nodes go to `input.spec`; errors and remarks to `input`.
[[nodiscard]] bool ReadScene(const PlacementSources& sources, const PlacementInputOptions& options, Scene& scene,
                             PlacementInput& input);

// Reads the pods of the sets.
[[nodiscard]] bool ReadSetPods(const PlacementSources& sources, Scene& scene, PlacementInput& input);

// Chooses the levels of `input.spec` (options, snapshot, bindings); false with an error if the gangs name several.
[[nodiscard]] bool ChooseTopology(const PlacementSources& sources, const PlacementInputOptions& options,
                                  const Scene& scene, PlacementInput& input);

// Charges what runs to the nodes of `input.spec`.
[[nodiscard]] bool ChargeNodes(const Scene& scene, PlacementInput& input);

// Makes the gangs of the request; the cluster is built.
[[nodiscard]] bool MakeGangs(const Scene& scene, PlacementInput& input);

bool FailInput(PlacementInput& input, std::optional<std::size_t> object, std::string field, std::string message);

}  // namespace grove::topology
