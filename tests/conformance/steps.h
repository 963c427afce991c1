// The steps of a case: changes made one after the other, and the objects after each.
#pragma once

#include <string>

#include "grove/grove.hpp"

#include "cluster.h"
#include "objects.h"

namespace grove {

// What a case has come to after its first expansion.
struct FirstState {
  AdmittedPodCliqueSet admitted;
  AdmissionContext context;
  Cluster cluster;
  TopologyState topologies;
  Expansion expansion;
};

// Everything that expansion depends on, as the corpus fixes it.
[[nodiscard]] ExpansionOptions OptionsOf(const AdmissionContext& context, const Cluster& cluster, Time now);

// The time of the first expansion.
inline constexpr Time kBegin{1'000'000};

// The list of answers, as JSON. `recorded` holds for each step the objects before it, or is null: then each step goes
// on from the answer before, and what follows a step without answer has none either.
[[nodiscard]] std::string AnswerSteps(FirstState first, const Value& steps, const Value& recorded);

}  // namespace grove
