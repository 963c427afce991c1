// The pods of a service: what its component type implies, what the user states, and how engines that span nodes find
// each other.
#pragma once

#include <cstdint>

#include "grove/value.hpp"

#include "service_graph.h"

namespace deployer {

enum class PodRole : std::uint8_t {
  kAlone,   // one pod is one replica
  kLeader,  // of a replica that spans nodes
  kWorker,  // the other nodes of it
};

// core/v1 PodSpec. What Kubernetes would refuse in it is told by admission.
[[nodiscard]] grove::Value MakePodSpec(const ServiceGraph& graph, const Service& service, PodRole role);

// Name of the clique, from that of the service: "vllmdecodeworker", "vllmdecodeworker-ldr".
[[nodiscard]] std::string CliqueName(const Service& service, PodRole role);

}  // namespace deployer
