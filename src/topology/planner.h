// Plans the gangs of a request one after the other on one WorkState.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "absl/container/inlined_vector.h"

#include "grove/placement.hpp"

#include "topology/gang_solver.h"
#include "topology/work_state.h"

namespace grove::topology {

// How ties are broken: each way keeps the contract, none is best for every request.
struct TieBreaks {
  bool remainders = false;  // avoid remainders of domains that nothing of the request fits exactly
  std::uint64_t salt = 0;   // between what looks different and is equally tight
};

class Planner {
 public:
  // Between Begin and End of the state; see PlanWay.
  Planner(WorkState& state, const PlacementRequest& request, const PlacementOptions& options,
          const TieBreaks& ties = {});

  PlacementResult Plan();

 private:
  // Candidates of one group that are of one class.
  struct Pool {
    std::uint32_t group = 0;
    std::uint32_t pod_class = 0;
    absl::InlinedVector<std::pair<std::uint32_t, std::uint32_t>, 1> runs;  // first candidate, count
    std::uint32_t count = 0;
    std::uint32_t taken = 0;
  };
  struct GangState {
    std::uint32_t gang = 0;
    std::uint32_t base = kNoBase;  // index of the base gang
    std::int32_t priority = 0;     // no higher than the base's
    bool below_minimum = false;
    bool scheduled = false;                      // the minimum set is placed or was before
    bool preempted = false;                      // it gave its room up
    std::vector<Pool> pools;                     // by group, then first candidate
    std::vector<std::vector<NodeIndex>> active;  // by group
    std::vector<std::uint32_t> missing;          // by group
    // By group: where the active pods that are left stand in the request; made when the first one is evicted.
    std::vector<std::vector<std::uint32_t>> positions;
    GangPlacement* placement = nullptr;  // in the result
  };
  static constexpr std::uint32_t kNoBase = 0xFFFFFFFF;
  static constexpr std::uint32_t kUnknownBase = 0xFFFFFFFE;

  // A gang's placement, to be restored.
  struct Saved {
    std::uint32_t gang = 0;
    GangState state;
    GangPlacement placement;
  };
  // Where a gang that does not fit could be made to fit.
  struct Goal {
    std::uint32_t depth = 0;  // of the narrowest domain that must hold all of it
    std::uint32_t pod_class = 0;
    std::int64_t copies = 0;
  };

  void Prepare(GangState& state);
  std::vector<std::uint32_t> Order() const;
  bool IsCandidate(GangState& state);
  void PlaceMinimum(GangState& state);
  bool PlaceAnyComposition(GangState& state, bool& open);
  std::vector<GroupDemand> DemandsOf(const GangState& state, const std::vector<std::uint32_t>& counts) const;
  bool PlaceComposition(GangState& state, const std::vector<std::uint32_t>& counts, bool& open);
  void ReserveSurplus(GangState& state, const std::vector<std::uint32_t>& counts, Solution& solution);
  void PlaceSurplus(GangState& state);
  Verdict Fits(GangState& state, const std::vector<std::uint32_t>& counts);
  std::vector<std::uint32_t> MostSurplus(GangState& state, const std::vector<std::uint32_t>& left, bool& open);
  void Commit(GangState& state, const Problem& problem, const std::vector<Assignment>& pods, bool surplus);
  void State(const Problem& problem, const Solution& solution, GangPlacement& placement) const;
  std::vector<std::vector<std::uint32_t>> Compositions(const GangState& state, bool& all) const;
  std::uint32_t PlacedBound() const;

  // Options that choose among what is allowed (planner_options.cc).
  static std::optional<PlacementRequest> Adapt(const Cluster& cluster, const PlacementRequest& request,
                                               const PlacementOptions& options);
  [[nodiscard]] bool IsOfReplica(std::uint32_t gang, const Gang& other) const;
  struct NodeChoice;
  bool PlaceAsOptionsSay(GangState& state, bool& open);
  bool PlaceNear(GangState& state, NodeChoice& choice, bool& proven, bool& open);
  void MarkNodes(const GangState& state, const std::function<bool(NodeIndex)>& opens);
  void UnmarkNodes();
  [[nodiscard]] std::vector<DomainIndex> DomainsOfReplica(const GangState& state) const;
  [[nodiscard]] std::vector<std::uint32_t> ReplicasBeside(const GangState& state) const;
  DomainIndex JointDomain(const GangState& state);
  bool ExplainReplica(GangState& state, const std::vector<std::uint32_t>& counts);
  void StateOptions(GangState& state, bool optimal);
  // Preferences about nodes once ranks are settled (planner_refine.cc).
  void Refine(GangState& state, const Problem& problem, Solution& solution);
  bool LowerQuota(GangState& state, const Problem& problem, std::int32_t least, std::int32_t now, Solution& solution);
  void StateLargest(const Problem& problem, const Solution& solution, GangPlacement& placement) const;

  // Room from gangs of lower priority (planner_preempt.cc).
  friend class Preemption;
  bool Preempt(GangState& state);

  // Why the minimum set does not fit.
  void Explain(GangState& state, const std::vector<GroupDemand>& demands);
  void Relax(const GangState& state, const std::vector<GroupDemand>& demands, const Scope& scope,
             PlacementExplanation& explanation);
  bool FitsNoNode(std::uint32_t pod_class, NodeRefusals& refusals);
  bool HasNoDomain(const Problem& problem, const Scope& scope, DomainIndex& best) const;

  // Joint planning (PlacementOptions::batch).
  void PlaceJointly(const std::vector<std::uint32_t>& gangs);
  bool MakeRoom(GangState& state, const std::vector<std::uint32_t>& gangs);
  bool TryAgain(GangState& state);
  [[nodiscard]] bool GoalOf(const GangState& state, Goal& goal) const;
  [[nodiscard]] bool IsMovable(const GangState& state) const;
  void Remove(GangState& state);
  void Restore(const Saved& saved);
  bool Rearrange(const std::vector<Saved>& moved, GangState* added, std::uint64_t seed);
  [[nodiscard]] std::uint64_t StepsLeft(const GangState& state) const;

  using Wide = WorkState::Wide;
  void StateScarcest(DomainIndex index, std::uint32_t pod_class, std::int64_t pods,
                     PlacementExplanation& explanation) const;

  std::optional<PlacementRequest> adapted_;
  const PlacementRequest& request_;
  PlacementOptions options_;
  WorkState& state_;
  Remainders remainders_;
  GangSolver solver_;
  std::vector<Wide> free_at_first_;  // by resource
  std::vector<GangState> gangs_;
  std::vector<std::uint32_t> order_;
  PlacementResult result_;  // its gangs by their place in the order
  Solution spare_;          // its lists
  std::vector<NodeIndex> marked_;
  std::vector<Quota> quotas_;
  bool refined_ = true;  // no question of Refine was left open
  std::vector<Eviction> evictions_;
};

// Plans the request on the state, and leaves the state as it was.
PlacementResult PlanWay(WorkState& state, const PlacementRequest& request, const PlacementOptions& options,
                        const TieBreaks& ties = {});
// Plans it in every way that is of use, and takes the best. The request has been checked.
PlacementResult PlanRequest(WorkState& state, const PlacementRequest& request, const PlacementOptions& options);

}  // namespace grove::topology
