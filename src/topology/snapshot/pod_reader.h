// A Pod object as placement sees it.
#pragma once

#include <cstdint>
#include <string>

#include "topology/snapshot/pod_shape.h"

namespace grove::topology {

enum class PodStage : std::uint8_t {
  kGated,        // a scheduling gate holds it
  kCandidate,    // exists, has no node
  kActive,       // holds room and stays
  kTerminating,  // holds room until it is gone (PL-38), or has none and never will
  kDone,         // Succeeded or Failed: holds nothing
};

struct ObservedPod {
  std::string namespace_name;
  std::string name;
  LabelPairs labels;
  PodStage stage = PodStage::kCandidate;
  std::string node;  // empty: none
  std::string gate;  // the first one; of a gated pod
  bool only_grove_gate = false;
  std::size_t object = 0;  // where it was read from
  PodShape shape;

  [[nodiscard]] bool HoldsRoom() const { return !node.empty() && stage != PodStage::kDone; }
  [[nodiscard]] std::string_view Label(std::string_view key) const;
};

bool ReadPod(const Node& object, Fault& fault, ObservedPod& out);

}  // namespace grove::topology
