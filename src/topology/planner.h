// Plans the gangs of a request one after the other on one WorkState.
#pragma once

#include <cstdint>
#include <vector>

#include "grove/placement.hpp"

#include "topology/gang_solver.h"
#include "topology/work_state.h"

namespace grove::topology {

class Planner {
 public:
  Planner(const Occupancy& occupancy, const PlacementRequest& request, const PlacementOptions& options);

  PlacementResult Plan();

 private:
  // Candidates of one group that are of one class.
  struct Pool {
    std::uint32_t group = 0;
    std::uint32_t pod_class = 0;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> runs;  // first candidate, count
    std::uint32_t count = 0;
    std::uint32_t taken = 0;
  };
  struct GangState {
    std::uint32_t gang = 0;
    std::uint32_t base = kNoBase;  // index of the base gang
    std::int32_t priority = 0;     // no higher than the base's
    bool below_minimum = false;
    bool scheduled = false;                      // the minimum set is placed or was before
    std::vector<Pool> pools;                     // by group, then first candidate
    std::vector<std::vector<NodeIndex>> active;  // by group
    std::vector<std::uint32_t> missing;          // by group
    GangPlacement placement;
  };
  static constexpr std::uint32_t kNoBase = 0xFFFFFFFF;
  static constexpr std::uint32_t kUnknownBase = 0xFFFFFFFE;

  void Prepare(GangState& state);
  std::vector<std::uint32_t> Order() const;
  bool IsCandidate(GangState& state);
  void PlaceMinimum(GangState& state);
  bool PlaceComposition(GangState& state, const std::vector<std::uint32_t>& counts, bool& open);
  void ReserveSurplus(GangState& state, const std::vector<std::uint32_t>& counts, Solution& solution);
  void PlaceSurplus(GangState& state);
  Verdict Fits(GangState& state, const std::vector<std::uint32_t>& counts);
  std::vector<std::uint32_t> MostSurplus(GangState& state, const std::vector<std::uint32_t>& left, bool& open);
  void Commit(GangState& state, const Problem& problem, const std::vector<Assignment>& pods, bool surplus);
  void State(const Problem& problem, const Solution& solution, GangPlacement& placement) const;
  std::vector<std::vector<std::uint32_t>> Compositions(const GangState& state, bool& all) const;
  std::uint32_t PlacedBound() const;
  [[nodiscard]] std::uint64_t StepsLeft(const GangState& state) const;

  __extension__ using Wide = __int128;

  const PlacementRequest& request_;
  PlacementOptions options_;
  WorkState state_;
  Remainders remainders_;
  GangSolver solver_;
  std::vector<Wide> free_at_first_;  // by resource
  std::vector<GangState> gangs_;
};

}  // namespace grove::topology
