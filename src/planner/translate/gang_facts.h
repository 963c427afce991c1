// What the backends ask of a PodGang before they translate it, computed once.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "grove/translation.hpp"

namespace grove::planner {

// Pods under one constraint: the whole gang, a replica of a scaling group in it, or one pod group.
struct Scope {
  std::string field;                         // "spec.podgroups[1].topologyConstraint"
  const GangPackConstraint* pack = nullptr;  // null: no constraint
  std::vector<std::size_t> pod_groups;       // positions in the gang

  [[nodiscard]] bool HasRequired() const { return pack != nullptr && !pack->required.empty(); }
  [[nodiscard]] bool HasPreferred() const { return pack != nullptr && !pack->preferred.empty(); }
};

struct GangFacts {
  // All arguments must outlive this.
  GangFacts(const PodGang& pod_gang, const PodCliqueSet& pod_clique_set, const TranslationOptions& translation_options);

  // Position of a node label key among the levels of the gang's topology, broadest first; -1 if it is not known.
  [[nodiscard]] std::int64_t LevelOf(std::string_view key) const;
  // A pod group may have more pods than its minimum, now or once an autoscaler has acted.
  [[nodiscard]] bool HasSurplus(std::size_t pod_group) const;
  [[nodiscard]] bool HasSurplus() const;

  const PodGang& gang;
  const PodCliqueSet& set;
  const TranslationOptions& options;
  std::int64_t minimum = 0;                             // sum of minReplicas
  std::vector<const PodCliqueTemplateSpec*> templates;  // of each pod group; null if the set has none
  std::vector<Scope> scopes;                            // the gang, its group configs, its pod groups
  const ClusterTopologyBinding* topology = nullptr;     // that the gang names; null if it is not known
};

}  // namespace grove::planner
