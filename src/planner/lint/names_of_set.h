// Names of PodCliques of one replica of a set, for the lint rules that compare them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "planner/lint/subject.h"

namespace grove::planner::lint {

// The name without "<set>-<replica>-" before it, and the template that it is made of.
struct NamedPodClique {
  std::string name;
  std::uint32_t clique = 0;
};

// Group replicas whose names are looked at: names differ in the digits alone, so that more tell nothing new.
inline constexpr std::int32_t kComparedReplicas = 12;

// The PodCliques of the base gang.
[[nodiscard]] std::vector<NamedPodClique> NamesOfBaseGang(const Subject& subject);

// All PodCliques, if one of them can have the name of another one at all; else none. Standalone ones come first.
[[nodiscard]] std::vector<NamedPodClique> NamesThatMayCollide(const Subject& subject);

// L-007, from the name budget.
void CheckDerivedNames(const Subject& subject, Report& report);

}  // namespace grove::planner::lint
