// How much more fits, as figures: of each set, of its scaling groups and cliques, and what is left after a loss.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

#include "grove/capacity.hpp"

#include "cli/options.h"
#include "cli/placement_scene.h"

namespace grove::cli {

struct UnitCapacity {
  std::string name;
  std::uint32_t pods = 0;  // of the minimum of one more
  std::uint32_t count = 0;
  std::uint32_t at_most = 0;
  bool limited = false;
  std::string why;  // what ends the count
};

// The loss of any one domain of a level.
struct LossFigure {
  std::string level;
  std::uint32_t domains = 0;
  bool counted = false;  // else there are too many to try each
  std::string domain;    // whose loss costs most
  std::uint32_t count = 0;
};

// A PodCliqueSet, or a PodGang that is none of a set's.
struct SubjectCapacity {
  std::string kind;
  std::string name;  // with its namespace
  UnitCapacity replicas;
  std::optional<UnitCapacity> base_only;  // if a replica has scaled gangs
  bool placed = false;                    // the first base gang is; groups and cliques are counted on top of it
  std::vector<UnitCapacity> groups;
  std::vector<UnitCapacity> cliques;
  std::vector<LossFigure> losses;
};

// What becomes of the gangs of the input when domains are lost.
struct LossReport {
  std::vector<std::string> domains;
  std::uint32_t nodes = 0;
  std::uint32_t gangs = 0;         // placed before
  std::uint32_t hit = 0;           // of them, with pods there
  std::uint32_t placed_again = 0;  // of those, in what is left
};

struct CapacityReport {
  std::vector<SubjectCapacity> subjects;
  std::optional<LossReport> loss;
};

// Counts. `lost` are the domains that are gone; all figures are without them.
[[nodiscard]] absl::StatusOr<CapacityReport> CountCapacity(const Options& options, const PlacementScene& scene,
                                                           const std::vector<DomainIndex>& lost);

}  // namespace grove::cli
