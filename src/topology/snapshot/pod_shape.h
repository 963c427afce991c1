// What placement needs of a pod's spec, before it is known which labels matter to whom.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "topology/snapshot/reading.h"

namespace grove::topology {

// What a pod may ask for that placement does not look at (PL-37), as bits.
enum Unevaluated : std::uint32_t {
  kVolumes = 1u << 0,
  kResourceClaims = 1u << 1,
  kPreferredNodeAffinity = 1u << 2,
  kPreferredPodAffinity = 1u << 3,
  kTopologySpread = 1u << 4,
  kNamespaceSelector = 1u << 5,
  kRuntimeClassOverhead = 1u << 6,
  kResize = 1u << 7,
};
inline constexpr std::uint32_t kUnevaluatedCount = 8;
// What the bit stands for, in words.
[[nodiscard]] std::string_view UnevaluatedName(std::uint32_t bit);

// A required term of affinity or anti-affinity, with what its namespaces depend on.
struct AffinityShape {
  PodAffinityTerm term;
  // `namespaceSelector`; an empty one selects all namespaces.
  std::optional<std::vector<LabelRequirement>> namespaces;
};

struct PodShape {
  // Without namespace, labels and affinity to pods.
  PodClass pods;
  std::vector<AffinityShape> affinity;
  std::vector<AffinityShape> anti_affinity;
  std::uint32_t unevaluated = 0;

  // The pod matters to others beyond what it takes.
  [[nodiscard]] bool HasTerms() const { return !affinity.empty() || !anti_affinity.empty(); }
};

// Reads a pod's `spec` at `path`. `labels` are the pod's: terms may take values from them.
bool ReadPodShape(const Node& spec, const LabelPairs& labels, const FieldPath& path, Fault& fault, PodShape& out);

}  // namespace grove::topology
