// The scheduling gate of pods: which pods of a PodClique may leave it (spec 05 §9, 09 §1.4).
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"

#include "grove/kubernetes.hpp"
#include "grove/pod_clique.hpp"

#include "model/node.h"
#include "planner/child_index.h"

namespace grove::planner {

// The pod has Grove's gate.
[[nodiscard]] bool HasGroveGate(const Pod& pod);
// The pod has a gate, whoever set it.
[[nodiscard]] bool HasAnyGate(const Pod& pod);

// `spec` without Grove's gate; gates of others stay, and an emptied list goes (PG-85). New nodes are made in `storage`,
// what did not change is shared with `spec`. O(members).
[[nodiscard]] Value WithoutGroveGate(const Value& spec, const std::shared_ptr<internal::Storage>& storage);

// Minimum of a base gang, as its scaled gangs wait for it (PG-83, PG-84).
enum class BaseGang : std::uint8_t {
  kScheduled,  // every PodClique has as many scheduled pods as the gang needs
  kUnscheduled,
  kMissing,  // the gang or one of its PodCliques does not exist
};

enum class GateError : std::uint8_t {
  kNone,
  kMissingGangLabel,  // PG-80: ERR_MISSING_PODGANG_LABEL_ON_PODCLIQUE
  kMissingBaseGang,   // PG-84: ERR_REMOVE_POD_SCHEDULING_GATE
};

struct GateDecision {
  std::vector<const Pod*> lift;  // in the order of the pods
  bool gated_left = false;       // the PodClique is looked at again after 5 s (PG-86)
  GateError error = GateError::kNone;
};

// Decides for one PodClique after the other; remembers what it found out about base gangs, so that all of them take
// O(pods log(pods of a clique) + pod groups). The children must not change meanwhile.
class GateKeeper {
 public:
  explicit GateKeeper(const ChildIndex& children) : children_(children) {}

  [[nodiscard]] GateDecision Decide(const PodClique& clique);

 private:
  BaseGang StateOf(std::string_view base_gang);

  const ChildIndex& children_;
  absl::flat_hash_map<std::string_view, BaseGang> base_gangs_;
};

}  // namespace grove::planner
