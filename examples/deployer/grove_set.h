// From a service graph to the PodCliqueSet that Grove runs.
#pragma once

#include <vector>

#include "grove/pod_clique_set.hpp"

#include "service_graph.h"

namespace deployer {

// A service is a clique; one whose replicas span nodes is a scaling group of a leader and its workers, so that replicas
// come and go as a whole.
[[nodiscard]] grove::PodCliqueSet MakeSet(const ServiceGraph& graph);

// Services whose names are too long for the objects that Grove names after them: said here in the user's own words,
// where admission would speak of cliques and groups that the user never wrote.
[[nodiscard]] std::vector<Remark> FindLongNames(const ServiceGraph& graph);

}  // namespace deployer
