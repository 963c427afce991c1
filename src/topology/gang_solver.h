// The best placement of one gang: preferred levels in their order of importance, then room for surplus.
#pragma once

#include <cstdint>
#include <vector>

#include "topology/heap_bytes.h"
#include "topology/problem.h"
#include "topology/search.h"

namespace grove::topology {

struct Solution {
  Verdict verdict = Verdict::kNone;
  std::vector<Assignment> pods;  // demands of the problem
  std::vector<Target> ranks;     // by position in Problem::ranked
  std::vector<Target> bounds;
  bool optimal = false;

  [[nodiscard]] std::size_t bytes() const { return HeapBytesOf(pods, ranks, bounds); }
};

class GangSolver {
 public:
  GangSolver(WorkState& state, const Remainders& remainders) : state_(state), search_(state, remainders) {}

  // Finds a placement whose ranks are the best within `limit` steps, in the lists of an earlier solution. Nothing is
  // left on the nodes.
  void Solve(const Problem& problem, std::uint64_t limit, Solution& solution);
  // A placement with ranks no worse than given, for another problem with the same scopes.
  Verdict Reach(const Problem& problem, const std::vector<Target>& ranks, std::uint64_t limit,
                std::vector<Assignment>& pods);
  // Limits everything that is asked for from now on, as long as the quotas live.
  void SetQuotas(std::span<const Quota> quotas) { search_.SetQuotas(quotas); }
  // States the ranks of the solution's pods.
  void Measure(const Problem& problem, Solution& solution);
  [[nodiscard]] std::uint64_t steps() const { return search_.steps(); }
  [[nodiscard]] std::size_t bytes() const { return HeapBytesOf(search_, targets_, nodes_, better_); }

 private:
  void SolveOnce(const Problem& problem, std::uint64_t limit, Solution& solution);
  Verdict ReachOnce(const Problem& problem, const std::vector<Target>& ranks, std::uint64_t limit,
                    std::vector<Assignment>& pods);
  // The best rank of a scope by itself that necessary conditions leave, no better than `from`.
  Target BestConceivable(const Problem& problem, const Scope& scope, const Target& from);
  std::uint32_t FewestAt(const Problem& problem, const Scope& scope, std::uint32_t depth);
  bool SomeDomainCould(const Problem& problem, const Scope& scope, std::uint32_t depth);
  Verdict Try(const Problem& problem, Solution& solution, std::uint64_t limit);
  bool ImproveScope(const Problem& problem, std::size_t i, Solution& solution, std::uint64_t end);
  void Conclude(const Problem& problem, Solution& solution);
  void Improve(const Problem& problem, Solution& solution, std::uint64_t end);

  WorkState& state_;
  Search search_;
  std::vector<Target> targets_;   // by scope
  std::vector<NodeIndex> nodes_;  // scratch
  Solution better_;               // scratch
};

}  // namespace grove::topology
