// Required levels: which of them contradict each other, and which ones to widen.
#include "topology/changes/pack_changes.h"

#include <algorithm>
#include <numeric>

#include "topology/changes/find_changes.h"
#include "topology/changes/subsets.h"
#include "topology/problem.h"

namespace grove::topology {
namespace {

constexpr std::uint32_t kQuestions = 300;
// So many sets of constraints of one size are tried.
constexpr std::uint64_t kMostSets = 120;
constexpr std::size_t kMostExamples = 4;
// Changes of single constraints that are listed.
constexpr std::size_t kMostSingles = 8;

bool IsInside(const Gang& gang, const GangGroup& group, const Constraint& constraint) {
  if (constraint.kind == ScopeKind::kGang) return true;
  if (constraint.kind == ScopeKind::kGroup) return &group == &gang.groups[constraint.index];
  for (std::uint32_t s = group.scope; s != GangGroup::kNoScope; s = gang.scopes[s].parent) {
    if (s == constraint.index) return true;
  }
  return false;
}

// The gang with these constraints alone, of those in `all`.
Gang WithOnly(Gang gang, const std::vector<Constraint>& all, const std::vector<std::uint32_t>& kept) {
  for (std::uint32_t i = 0; i < all.size(); ++i) {
    if (!std::binary_search(kept.begin(), kept.end(), i)) PackOf(gang, all[i]).required.clear();
  }
  return gang;
}

std::vector<std::uint32_t> AllBut(std::size_t count, const std::vector<std::uint32_t>& left_out) {
  std::vector<std::uint32_t> rest;
  for (std::uint32_t i = 0; i < count; ++i) {
    if (!std::binary_search(left_out.begin(), left_out.end(), i)) rest.push_back(i);
  }
  return rest;
}

// Domains of the constraint's level that have room for the scope by counts, if it were alone.
void StateDomains(const ChangeSearch& search, const Constraint& constraint, ConflictingConstraint& stated) {
  const Gang& gang = search.what_if.gang();
  WorkState state(search.what_if.occupancy());
  state.Begin(search.what_if.classes());
  std::vector<GroupDemand> demands;
  for (std::uint32_t g = 0; g < gang.groups.size(); ++g) {
    const std::uint32_t missing = MissingOf(gang.groups[g]);
    if (missing == 0 || gang.groups[g].candidates.empty() || !IsInside(gang, gang.groups[g], constraint)) continue;
    demands.push_back(
        {.group = g, .pod_class = gang.groups[g].candidates[0].pod_class, .count = static_cast<std::int32_t>(missing)});
  }
  const Problem problem = MakeProblem(state, gang, demands, {});
  const std::uint32_t depth = DepthOf(state.cluster(), PackOf(gang, constraint).required).value_or(0);
  // Active pods pin the scope (PL-44).
  std::vector<DomainIndex> pinned;
  for (const GangGroup& group : gang.groups) {
    for (const ActivePod& pod : group.active) {
      if (IsInside(gang, group, constraint)) pinned.push_back(state.DomainAt(pod.node, depth));
    }
  }
  const auto [first, end] = state.DomainsInside(0, depth);
  for (DomainIndex at = first; at < end; ++at) {
    bool holds = !state.domain(at).stands_alone && (pinned.empty() || std::ranges::find(pinned, at) != pinned.end());
    for (std::size_t k = 0; k < problem.kinds(); ++k) {
      holds = holds && problem.scopes[0].weight[k] <= problem.indexes[k]->sums[at];
    }
    if (!holds) continue;
    ++stated.domains;
    if (stated.examples.size() < kMostExamples) stated.examples.push_back(at);
  }
}

}  // namespace

std::vector<Constraint> ConstraintsOf(const Gang& gang) {
  std::vector<Constraint> constraints;
  const auto add = [&](ScopeKind kind, std::size_t index) {
    const Constraint constraint{kind, static_cast<std::uint32_t>(index)};
    if (!PackOf(gang, constraint).required.empty() && MissingOf(gang, constraint) > 0) {
      constraints.push_back(constraint);
    }
  };
  add(ScopeKind::kGang, 0);
  for (std::size_t i = 0; i < gang.scopes.size(); ++i) add(ScopeKind::kScope, i);
  for (std::size_t i = 0; i < gang.groups.size(); ++i) add(ScopeKind::kGroup, i);
  return constraints;
}

const PackLevels& PackOf(const Gang& gang, const Constraint& constraint) {
  if (constraint.kind == ScopeKind::kScope) return gang.scopes[constraint.index].pack;
  return constraint.kind == ScopeKind::kGroup ? gang.groups[constraint.index].pack : gang.pack;
}

PackLevels& PackOf(Gang& gang, const Constraint& constraint) {
  if (constraint.kind == ScopeKind::kScope) return gang.scopes[constraint.index].pack;
  return constraint.kind == ScopeKind::kGroup ? gang.groups[constraint.index].pack : gang.pack;
}

std::uint32_t MissingOf(const Gang& gang, const Constraint& constraint) {
  std::uint32_t missing = 0;
  for (const GangGroup& group : gang.groups) {
    if (IsInside(gang, group, constraint)) missing += MissingOf(group);
  }
  return missing;
}

PackConflict FindConflict(const ChangeSearch& search) {
  const Gang& gang = search.what_if.gang();
  const std::vector<Constraint> all = ConstraintsOf(gang);
  PackConflict conflict;
  search.what_if.Allow(kQuestions);
  // Here a set "suffices" if what it requires is impossible already; so it must be a proof.
  const auto contradicts = [&](const std::vector<std::uint32_t>& kept) {
    const Answer fits = search.what_if.Ask(WithOnly(gang, all, kept));
    if (fits == Answer::kOpen) return Answer::kOpen;
    return fits == Answer::kNo ? Answer::kYes : Answer::kNo;
  };
  if (all.empty() || contradicts({}) != Answer::kNo) return conflict;
  const SufficientSet found = FindSufficientSet(static_cast<std::uint32_t>(all.size()), 1, kMostSets, contradicts);
  conflict.irreducible = !found.items.empty() && found.irreducible;
  conflict.smallest = !found.items.empty() && found.smallest;
  for (const std::uint32_t i : found.items) {
    ConflictingConstraint& stated = conflict.constraints.emplace_back();
    stated.kind = all[i].kind;
    stated.index = all[i].index;
    stated.level = PackOf(gang, all[i]).required;
    stated.needed = MissingOf(gang, all[i]);
    StateDomains(search, all[i], stated);
  }
  return conflict;
}

namespace {

class Relaxer {
 public:
  explicit Relaxer(const ChangeSearch& search)
      : what_if_(search.what_if), gang_(search.what_if.gang()), all_(ConstraintsOf(gang_)) {}

  void Run(std::vector<FittingChange>& changes) {
    const std::size_t before = changes.size();
    for (std::uint32_t i = 0; i < all_.size() && changes.size() - before < kMostSingles; ++i) Single(i, changes);
    // Each answer that is open could hide a single one.
    if (changes.size() == before && all_.size() > 1) Several(changes);
  }

 private:
  Answer Ask(const Gang& gang) {
    const Answer answer = what_if_.Ask(gang);
    open_ = open_ || answer == Answer::kOpen;
    return answer;
  }

  // Makes the level of a constraint as narrow as fits, given that none of it fits.
  std::int32_t Narrow(Gang& gang, const Constraint& constraint) {
    const Cluster& cluster = what_if_.cluster();
    const std::size_t stated = cluster.FindLevel(PackOf(gang_, constraint).required).value_or(0);
    for (std::size_t level = stated; level-- > 0;) {
      PackOf(gang, constraint).required = cluster.levels()[level].key;
      if (Ask(gang) == Answer::kYes) return static_cast<std::int32_t>(level);
    }
    PackOf(gang, constraint).required.clear();
    return -1;
  }

  void Single(std::uint32_t i, std::vector<FittingChange>& changes) {
    Gang gang = gang_;
    PackOf(gang, all_[i]).required.clear();
    if (Ask(gang) != Answer::kYes) return;
    open_ = false;
    const std::int32_t level = Narrow(gang, all_[i]);
    FittingChange& change = changes.emplace_back();
    change.kind = FittingChangeKind::kRelaxLevels;
    change.size = 1;
    change.minimal = !open_;
    change.relaxed.push_back({all_[i].kind, all_[i].index, level});
  }

  void Several(std::vector<FittingChange>& changes) {
    const bool singles_refused = !open_;
    const auto dropped = [&](const std::vector<std::uint32_t>& items) {
      return Ask(WithOnly(gang_, all_, AllBut(all_.size(), items)));
    };
    const SufficientSet found = FindSufficientSet(static_cast<std::uint32_t>(all_.size()), 2, kMostSets, dropped);
    if (found.items.empty()) return;
    open_ = false;
    Gang gang = WithOnly(gang_, all_, AllBut(all_.size(), found.items));
    FittingChange& change = changes.emplace_back();
    change.kind = FittingChangeKind::kRelaxLevels;
    change.size = static_cast<std::uint32_t>(found.items.size());
    for (const std::uint32_t i : found.items) {
      change.relaxed.push_back({all_[i].kind, all_[i].index, Narrow(gang, all_[i])});
    }
    change.minimal = found.smallest && singles_refused && !open_;
  }

  WhatIf& what_if_;
  const Gang& gang_;
  std::vector<Constraint> all_;
  bool open_ = false;
};

}  // namespace

void FindWiderLevels(const ChangeSearch& search, std::vector<FittingChange>& changes) {
  search.what_if.Allow(kQuestions);
  Relaxer(search).Run(changes);
}

}  // namespace grove::topology
