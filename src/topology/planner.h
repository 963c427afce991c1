// Plans the gangs of a request one after the other on one WorkState.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/inlined_vector.h"

#include "grove/placement.hpp"

#include "topology/gang_solver.h"
#include "topology/heap_bytes.h"
#include "topology/plan_record.h"
#include "topology/work_state.h"

namespace grove::topology {

// How ties are broken: each way keeps the contract, none is best for every request.
struct TieBreaks {
  bool remainders = false;  // avoid remainders of domains that nothing of the request fits exactly
  std::uint64_t salt = 0;   // between what looks different and is equally tight
};

// Lives as long as the state, so that a further plan finds the lists of those before it: nothing is allocated per pod
// or per trial.
class Planner {
 public:
  explicit Planner(WorkState& state) : state_(state), solver_(state, remainders_) {}

  // Between Begin and End of the state; see PlanWay.
  PlanRecord Plan(const PlacementRequest& request, const PlacementOptions& options, const TieBreaks& ties);
  // Between plans.
  [[nodiscard]] std::size_t bytes() const;

 private:
  // Pods by pool of a gang.
  using Counts = std::span<const std::uint32_t>;

  // Candidates of one group that are of one class.
  struct Pool {
    std::uint32_t group = 0;
    std::uint32_t pod_class = 0;
    absl::InlinedVector<std::pair<std::uint32_t, std::uint32_t>, 1> runs;  // first candidate, count
    std::uint32_t count = 0;
    std::uint32_t taken = 0;

    [[nodiscard]] std::size_t bytes() const { return HeapBytes(runs); }
  };
  struct GangState {
    std::uint32_t gang = 0;
    std::uint32_t base = kNoBase;  // index of the base gang
    std::int32_t priority = 0;     // no higher than the base's
    bool below_minimum = false;
    bool scheduled = false;            // the minimum set is placed or was before
    bool preempted = false;            // it gave its room up
    std::span<Pool> pools;             // by group, then first candidate
    std::span<std::uint32_t> missing;  // by group
    PlacedGang* placement = nullptr;   // in the record
  };
  static constexpr std::uint32_t kNoBase = 0xFFFFFFFF;
  static constexpr std::uint32_t kUnknownBase = 0xFFFFFFFE;
  // Lists of so many entries are kept for the next plan.
  static constexpr std::size_t kMostKept = 256;
  static constexpr std::size_t kMostReserved = 1 << 16;

  // A gang's placement, to be restored.
  struct Saved {
    std::uint32_t gang = 0;
    bool scheduled = false;
    std::vector<std::uint32_t> taken;  // by pool
    std::vector<PodPlacement> pods;
    std::vector<ScopeFigure> figures;
    PlacedGang placement;  // but for its lists
  };
  // Why nodes take no pod of a class.
  struct Reasons {
    std::uint32_t pod_class = 0;
    ChangeLog::Position seen = 0;
    std::vector<std::uint16_t> by_node;
    std::vector<std::uint32_t> nodes;  // by reason

    [[nodiscard]] std::size_t bytes() const { return HeapBytesOf(by_node, nodes); }
  };
  // Reasons; from kLacks on the number of a resource.
  static constexpr std::uint16_t kNoReason = 0;
  static constexpr std::uint16_t kUnusable = 1;
  static constexpr std::uint16_t kNotAdmitted = 2;
  static constexpr std::uint16_t kLacks = 3;
  static constexpr std::size_t kMostReasons = 8;
  // Where a gang that does not fit could be made to fit.
  struct Goal {
    std::uint32_t depth = 0;  // of the narrowest domain that must hold all of it
    std::uint32_t pod_class = 0;
    std::int64_t copies = 0;
  };

  void Prepare(const PlacementRequest& request);
  void Prepare(GangState& state);
  void Clear();
  std::vector<std::uint32_t> Order() const;
  bool IsCandidate(GangState& state);
  void PlaceMinimum(GangState& state);
  bool PlaceAnyComposition(GangState& state, bool& open);
  // Into a list that the next call uses again.
  const std::vector<GroupDemand>& DemandsOf(const GangState& state, Counts counts);
  bool PlaceComposition(GangState& state, Counts counts, bool& open);
  void ReserveSurplus(GangState& state, Counts counts, Solution& solution);
  void PlaceSurplus(GangState& state);
  Verdict Fits(GangState& state, Counts counts);
  const std::vector<std::uint32_t>& MostSurplus(GangState& state, Counts left, bool& open);
  void Commit(GangState& state, const Problem& problem, const std::vector<Assignment>& pods, bool surplus);
  void State(const Problem& problem, const Solution& solution, PlacedGang& placement);
  std::size_t ListCompositions(const GangState& state, bool& all);
  [[nodiscard]] Counts Composition(const GangState& state, std::size_t i) const {
    return std::span(compositions_).subspan(i * state.pools.size(), state.pools.size());
  }
  // By group: the nodes of pods that hold room, those that the request states first. In lists that the next call uses
  // again.
  std::span<const std::vector<NodeIndex>> ActiveOf(const GangState& state);
  std::uint32_t PlacedBound() const;

  // Options that choose among what is allowed (planner_options.cc).
  static std::optional<PlacementRequest> Adapt(const Cluster& cluster, const PlacementRequest& request,
                                               const PlacementOptions& options);
  [[nodiscard]] bool IsOfReplica(std::uint32_t gang, const Gang& other) const;
  struct NodeChoice;
  bool PlaceAsOptionsSay(GangState& state, bool& open);
  bool PlaceNear(GangState& state, NodeChoice& choice, bool& proven, bool& open);
  void MarkNodes(const GangState& state, const NodeChoice& choice);
  void UnmarkNodes();
  [[nodiscard]] std::vector<DomainIndex> DomainsOfReplica(const GangState& state);
  [[nodiscard]] std::vector<std::uint32_t> ReplicasBeside(const GangState& state, bool at_its_turn);
  [[nodiscard]] bool IsBefore(const GangState& a, const GangState& b) const { return a.placement < b.placement; }
  bool KeepToReplica(const GangState& state);
  DomainIndex JointDomain(const GangState& state);
  bool ExplainReplica(GangState& state, Counts counts);
  void StateOptions(GangState& state, bool optimal);
  [[nodiscard]] NodeChoice ChoiceOf(const GangState& state) const;
  // Preferences about nodes once ranks are settled (planner_refine.cc).
  void Refine(GangState& state, const Problem& problem, Solution& solution);
  bool LowerQuota(GangState& state, const Problem& problem, std::int32_t least, std::int32_t now, Solution& solution);
  void StateLargest(const Problem& problem, const Solution& solution, PlacedGang& placement);

  // Room from gangs of lower priority (planner_preempt.cc).
  friend class Preemption;
  bool Preempt(GangState& state);

  // Why the minimum set does not fit.
  void Explain(GangState& state, const std::vector<GroupDemand>& demands);
  void Relax(const GangState& state, const std::vector<GroupDemand>& demands, const Problem& problem,
             const Scope& scope, PlacementExplanation& explanation);
  bool FitsNoNode(std::uint32_t pod_class, NodeRefusals& refusals);
  void CountRefusals(std::uint32_t pod_class, NodeRefusals& refusals);
  [[nodiscard]] std::uint16_t ReasonOf(NodeIndex node, std::uint32_t pod_class) const;
  const Reasons& ReasonsFor(std::uint32_t pod_class);
  bool HasNoDomain(const Problem& problem, const Scope& scope, DomainIndex& best) const;

  // Joint planning (PlacementOptions::batch).
  void PlaceJointly(const std::vector<std::uint32_t>& gangs);
  bool TryRefused(const std::vector<std::uint32_t>& gangs);
  void RestateClaims(const std::vector<std::uint32_t>& gangs);
  void MoveEvictionsForward(const std::vector<std::uint32_t>& gangs);
  bool MakeRoom(GangState& state, const std::vector<std::uint32_t>& gangs);
  double Squares(const Goal& goal);
  [[nodiscard]] std::vector<DomainIndex> ChooseDomains(const Goal& goal, std::uint64_t random, bool third);
  [[nodiscard]] std::vector<Saved> SaveThoseIn(const std::vector<DomainIndex>& domains, std::uint32_t depth,
                                               const std::vector<std::uint32_t>& gangs) const;
  bool TryAgain(GangState& state);
  [[nodiscard]] bool GoalOf(const GangState& state, Goal& goal) const;
  [[nodiscard]] bool IsMovable(const GangState& state) const;
  void Remove(GangState& state);
  [[nodiscard]] Saved Save(const GangState& state) const;
  void Restore(const Saved& saved);
  void TakeAll(const GangState& state, std::int32_t count);
  bool Rearrange(const std::vector<Saved>& moved, GangState* added, std::uint64_t seed);
  [[nodiscard]] std::uint64_t StepsLeft(const GangState& state) const;

  using Wide = WorkState::Wide;
  void StateScarcest(DomainIndex index, std::uint32_t pod_class, std::int64_t pods, PlacementExplanation& explanation);

  WorkState& state_;
  Remainders remainders_;
  GangSolver solver_;

  // Of the current plan.
  std::optional<PlacementRequest> adapted_;
  const PlacementRequest* request_ = nullptr;
  const PlacementRequest* given_ = nullptr;  // as it was before options changed it
  PlacementOptions options_;
  std::vector<Wide> free_at_first_;  // by resource
  std::vector<GangState> gangs_;
  std::vector<Pool> pools_;             // of all gangs
  std::vector<std::uint32_t> missing_;  // of all gangs
  std::vector<std::uint32_t> order_;
  PlanRecord record_;  // its gangs by their place in the order
  std::vector<NodeIndex> marked_;
  std::vector<Quota> quotas_;
  bool refined_ = true;      // no question of Refine was left open
  bool rearranged_ = false;  // gangs were moved since those that are refused were tried
  // By victim and group: where the active pods that are left stand in the request; made when the first one is evicted.
  absl::flat_hash_map<std::uint32_t, std::vector<std::vector<std::uint32_t>>> positions_;

  // Lists that are used again.
  Solution spare_;
  std::vector<std::vector<NodeIndex>> active_;
  std::vector<std::uint32_t> compositions_;
  std::vector<std::uint32_t> counts_;
  std::vector<std::uint32_t> left_;
  std::vector<std::uint32_t> surplus_;
  std::vector<std::uint32_t> most_;
  std::vector<GroupDemand> demands_;
  std::vector<GroupDemand> with_surplus_;
  std::vector<Assignment> found_;
  std::vector<ScopeFigure> figures_;
  std::vector<Wide> free_;
  std::vector<Reasons> reasons_;
  std::size_t reason_count_ = 0;
};

// Of a gang whose rank is the best of all that are possible given others: as far as it is so in any cluster.
void LoosenBounds(PlacedGang& placement, std::span<ScopeFigure> figures);

// Plans the request on the state, and leaves the state as it was.
PlanRecord PlanWay(WorkState& state, const PlacementRequest& request, const PlacementOptions& options,
                   const TieBreaks& ties = {});
// Plans it in every way that is of use, and takes the best. The request has been checked.
PlacementResult PlanRequest(WorkState& state, const PlacementRequest& request, const PlacementOptions& options);

}  // namespace grove::topology
