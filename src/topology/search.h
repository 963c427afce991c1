// The search for one gang: is there a placement that keeps what is required and reaches given targets?
//
// Three kinds of decisions, made in this order and taken back in the opposite one:
//   1. each scope that needs a domain is bound to one (outer scopes first, hard ones before easy ones);
//   2. each scope that may use several domains of its preferred level gets the set of those;
//   3. pods go to nodes, hard ones first, nodes that look alike tried once.
// Before each decision necessary conditions are asked: a domain holds no more pods than the sum of the copies of its
// nodes, where a large pod weighs as many copies of a small one as it contains. They may refuse and never accept.
// Every branch that they leave is tried, so that an exhausted search is a proof.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "absl/container/flat_hash_map.h"

#include "topology/heap_bytes.h"
#include "topology/loads.h"
#include "topology/problem.h"
#include "topology/remainders.h"
#include "topology/work_state.h"

namespace grove::topology {

enum class Verdict : std::uint8_t { kFound, kNone, kLimit };

struct Assignment {
  std::uint32_t demand = 0;
  NodeIndex node = 0;
  std::int32_t count = 0;
};

// At most `most` pods of a scope in any domain of one depth; surplus is not counted.
struct Quota {
  // Pods by domain: of those that have any, or had.
  using Counts = absl::flat_hash_map<DomainIndex, std::int32_t>;

  std::uint32_t scope = 0;           // into Problem::scopes
  std::uint32_t depth = 0;           // 0: all domains together
  std::vector<NodeIndex> unlimited;  // nodes that do not count, sorted
  Counts used = {};                  // before anything is placed
  std::int32_t most = 0;

  [[nodiscard]] bool Limits(NodeIndex node) const {
    return !std::binary_search(unlimited.begin(), unlimited.end(), node);
  }
  [[nodiscard]] std::size_t bytes() const { return HeapBytesOf(unlimited, used); }
};

class Search {
 public:
  // `remainders` orders domains only; it must outlive the search.
  Search(WorkState& state, const Remainders& remainders)
      : state_(state), remainders_(remainders), loads_(state.domain_slots) {}

  // `targets`: by scope; a default Target asks nothing. On kFound the pods are on their nodes, and `solution` says so;
  // otherwise nothing has changed. Uses at most `limit` steps, added to `steps`.
  Verdict Run(const Problem& problem, std::span<const Target> targets, std::uint64_t limit);
  [[nodiscard]] std::span<const Assignment> solution() const { return taken_; }
  // Limits all further searches, as long as the quotas live.
  void SetQuotas(std::span<const Quota> quotas) { quotas_ = quotas; }
  // Takes the solution back.
  void TakeBack();
  // Forgets the solution, whose pods stay.
  void Keep() { taken_.clear(); }
  [[nodiscard]] std::uint64_t steps() const { return steps_; }

  // The fewest domains at `depth` inside `domain` that could hold the scope's counted pods, active ones included;
  // a lower bound. More than any count if not even all of them could.
  std::uint32_t FewestDomains(const Problem& problem, const Scope& scope, DomainIndex domain, std::uint32_t depth);
  // The necessary conditions for the scope's counted pods in one domain, by itself.
  [[nodiscard]] bool CouldHold(const Problem& problem, const Scope& scope, DomainIndex domain) const;

  static constexpr std::uint32_t kTooMany = 0xFFFFFFFF;

  [[nodiscard]] std::size_t bytes() const {
    return HeapBytesOf(loads_, tasks_, binder_, subset_of_, packings_, decisions_, taken_, filled_, sorted_, used_,
                       listed_, candidates_);
  }

 private:
  enum class TaskKind : std::uint8_t { kBind, kSubset };
  // A decision of kind 1 or 2, with its alternatives.
  struct Task {
    TaskKind kind = TaskKind::kBind;
    std::uint32_t scope = 0;
    std::uint32_t depth = 0;
    std::uint32_t order_kind = 0;     // domains are ordered by its copies: the hardest that must be inside
    std::uint32_t twin = 0xFFFFFFFF;  // an earlier task for a scope that is just the same
    bool applied = false;
    DomainIndex inside = 0;  // bound of the scope around
    DomainIndex chosen = 0;
    DomainIndex refused = 0xFFFFFFFF;  // the latest domain tried
    // Candidates: an order by copies, or a list.
    const OrderedUnits* order = nullptr;
    Unit next = kNoUnit;
    Unit start = kNoUnit;
    std::int64_t least = 0;
    bool leftovers = false;  // those whose remainder is of no use come last
    std::vector<DomainIndex> list;
    std::size_t position = 0;
    // kSubset: list is sorted by copies, largest first; chosen ones by position.
    std::vector<std::uint32_t> picked;
    std::vector<DomainIndex> set;  // the set, sorted
    std::uint32_t forced = 0;      // so many of `list` come first and are in every set
    std::uint32_t most = 0;        // domains that the target leaves, beside those outside
    std::uint32_t size = 0;
    bool began = false;

    [[nodiscard]] std::size_t bytes() const { return HeapBytesOf(list, picked, set); }
  };
  // A domain that a scope could be bound to, with what it is ordered by.
  struct Candidate {
    std::int64_t copies = 0;
    std::uint64_t look = 0;
    DomainIndex domain = 0;
    bool leftover = false;  // what remains is of no use
  };
  // A demand being packed.
  struct Packing {
    std::uint32_t demand = 0;
    DomainIndex domain = 0;
    std::int32_t left = 0;
    std::int64_t rest = 0;  // copies on nodes from `position` on
    std::size_t position = 0;
    bool complete = false;       // `nodes` has all of the domain, not only the tightest part of it
    std::int64_t extension = 0;  // copies on the nodes that completed it
    std::vector<NodeIndex> nodes;
    std::vector<std::uint8_t> twins;  // by position: the node looks like the one before it

    [[nodiscard]] std::size_t bytes() const { return HeapBytesOf(nodes, twins); }
  };
  struct Decision {
    std::uint32_t packing = 0;
    std::size_t position = 0;
    std::int32_t count = 0;
    std::int64_t rest = 0;  // before it
    std::int32_t copies = 0;
    bool complete = false;  // before it
  };

  // Tight domains first; of equal ones by what they and the domains around them look like, by place only at last.
  bool Precedes(const CopyIndex& index, DomainIndex a, DomainIndex b) const;
  int CompareLooks(DomainIndex a, DomainIndex b) const;

  // Binding.
  void MakeTasks();
  void AddBinding(std::uint32_t scope);
  Task& AddTask(TaskKind kind, std::uint32_t scope, std::uint32_t depth);
  [[nodiscard]] std::uint32_t TwinOf(const Task& task) const;
  void Open(Task& task);
  void ListInside(Task& task, std::int64_t least);
  bool Advance(Task& task);
  DomainIndex NextInOrder(Task& task);
  bool LeavesUseful(const Task& task, std::int64_t copies) const;
  bool TryDomain(Task& task, DomainIndex domain);
  void Release(Task& task);
  bool IsAlike(const Task& task, DomainIndex a, DomainIndex b) const;
  bool KeepsActive(const Task& task, DomainIndex domain) const;
  bool HasRoom(const Task& task, DomainIndex domain) const;
  bool SuitsThoseInside(const Task& task, DomainIndex domain) const;
  bool ChildrenCould(const Scope& scope, DomainIndex domain) const;
  void AddLoad(const Task& task, std::int64_t sign);
  bool TellLosses(const Task& task);
  bool HasDemands(const Scope& scope) const;
  std::int64_t WeightAt(const Scope& scope, std::uint32_t depth, std::size_t kind) const;
  bool BindsBefore(const Task& task, DomainIndex domain) const;
  Verdict PacksLocally(DomainIndex domain);

  // Sets of preferred domains.
  void OpenSubset(Task& task);
  std::uint32_t CountOutside(const Task& task);
  bool AdvanceSubset(Task& task);
  bool PickShrunk(Task& task);
  bool PickNext(Task& task);
  bool SetHolds(const Task& task) const;
  bool IsForced(const Task& task, DomainIndex domain) const;
  void TakePicked(Task& task);

  // Packing.
  Verdict Pack(bool only_bound, DomainIndex within, std::uint64_t limit);
  void OpenPacking(Packing& packing);
  void ListTightest(Packing& packing);
  void ListAll(Packing& packing);
  void SortNodes(Packing& packing, std::size_t first, std::uint32_t depth);
  void MarkTwins(Packing& packing, std::size_t first);
  bool AreTwins(NodeIndex a, NodeIndex b) const;
  void ListDemands(bool only_bound, DomainIndex within);
  void EmptyQuotas();
  void LeaveAll();
  void TakeDecided(bool only_bound);
  bool Step(std::uint32_t packing_index);
  bool Put(std::uint32_t packing_index, std::int32_t count);
  bool Retreat(std::uint32_t& current);
  std::int32_t Admissible(const Packing& packing, NodeIndex node) const;
  std::int32_t TakeUpTo(const Demand& demand, NodeIndex node, std::int32_t count);
  void LeaveNode(const Demand& demand, DomainIndex domain, NodeIndex node, std::int32_t count);
  bool LoadsHold(const Demand& demand, DomainIndex domain, NodeIndex node, std::int64_t count);
  [[nodiscard]] bool InSets(NodeIndex node, const Demand& demand) const;
  [[nodiscard]] bool HaveCompany() const;
  [[nodiscard]] bool IsCounted(const Quota& quota, const Demand& demand) const;
  void Fill(const Demand& demand, NodeIndex node, std::int32_t count);

  WorkState& state_;
  const Remainders& remainders_;
  const Problem* problem_ = nullptr;
  std::span<const Target> targets_;
  std::uint64_t steps_ = 0;
  std::uint64_t end_ = 0;
  Loads loads_;
  std::vector<Task> tasks_;
  std::size_t task_count_ = 0;
  std::vector<std::uint32_t> binder_;     // by scope: the task that binds it, itself or around it; 0xFFFFFFFF: none
  std::vector<std::uint32_t> subset_of_;  // by scope: its subset task, or 0xFFFFFFFF
  std::vector<Packing> packings_;
  std::size_t packing_count_ = 0;
  std::vector<Decision> decisions_;
  std::vector<Assignment> taken_;
  std::span<const Quota> quotas_;
  std::vector<Quota::Counts> filled_;  // by quota
  std::vector<std::int64_t> sorted_;   // scratch
  std::vector<DomainIndex> used_;      // scratch
  std::vector<std::uint32_t> listed_;  // scratch: nodes or domains
  std::vector<Candidate> candidates_;  // scratch
};

}  // namespace grove::topology
