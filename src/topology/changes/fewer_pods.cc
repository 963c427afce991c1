// Fewer pods of groups, fewer equal scopes, fewer replicas of the set.
#include <algorithm>
#include <set>

#include "topology/changes/find_changes.h"

namespace grove::topology {
namespace {

constexpr std::uint32_t kQuestions = 300;
// Of more groups the sum of what they lose is left as it is found first.
constexpr std::size_t kMostGroups = 64;

// The lowest minimum that a change may state.
std::uint32_t LowestMinimum(const GangGroup& group) {
  return std::max<std::uint32_t>(1, static_cast<std::uint32_t>(group.active.size()));
}

void SetMinimum(GangGroup& group, std::uint32_t minimum) {
  group.min_replicas = minimum;
  if (group.candidates.size() == 1) group.candidates[0].count = MissingOf(group);
}

class FewerPods {
 public:
  explicit FewerPods(const ChangeSearch& search) : what_if_(search.what_if), gang_(what_if_.gang()) {
    for (const PodClass& pods : what_if_.classes()) company_ = company_ || !pods.affinity.empty();
  }

  void Run(std::vector<FittingChange>& changes) {
    const std::size_t before = changes.size();
    for (std::uint32_t g = 0; g < gang_.groups.size(); ++g) OneGroup(g, changes);
    const bool several = changes.size() == before && AllGroups(changes);
    std::vector<bool> seen(gang_.scopes.size(), false);
    for (std::uint32_t s = 0; s < gang_.scopes.size(); ++s) {
      if (!seen[s]) EqualScopes(s, seen, changes);
    }
    if (several) Fewest(changes[before]);
  }

 private:
  Answer Ask(const Gang& gang) {
    const Answer answer = what_if_.Ask(gang);
    open_ = open_ || answer == Answer::kOpen;
    return answer;
  }

  // The largest number in [low, high) for which `change` of it fits, given that `low` does.
  template <typename Change>
  std::uint32_t Largest(std::uint32_t low, std::uint32_t high, const Change& change) {
    while (high - low > 1) {
      const std::uint32_t middle = low + (high - low) / 2;
      (Ask(change(middle)) == Answer::kYes ? low : high) = middle;
    }
    return low;
  }

  void OneGroup(std::uint32_t g, std::vector<FittingChange>& changes) {
    const GangGroup& group = gang_.groups[g];
    const std::uint32_t lowest = LowestMinimum(group);
    if (group.min_replicas <= lowest) return;
    const auto lowered = [&](std::uint32_t minimum) {
      Gang gang = gang_;
      SetMinimum(gang.groups[g], minimum);
      return gang;
    };
    if (Ask(lowered(lowest)) != Answer::kYes) return;
    open_ = false;
    const std::uint32_t to = Largest(lowest, group.min_replicas, lowered);
    FittingChange& change = changes.emplace_back();
    change.kind = FittingChangeKind::kLowerMinimums;
    change.size = group.min_replicas - to;
    // More pods could be the company that those before them ask for.
    change.minimal = !open_ && !company_;
    change.lowered.push_back({g, group.min_replicas, to});
  }

  // From the lowest minimums on, each group gets back as many pods as fit.
  bool AllGroups(std::vector<FittingChange>& changes) {
    Gang gang = gang_;
    for (GangGroup& group : gang.groups) {
      SetMinimum(group, std::min(group.min_replicas, LowestMinimum(group)));
    }
    if (Ask(gang) != Answer::kYes) return false;
    FittingChange change;
    change.kind = FittingChangeKind::kLowerMinimums;
    for (std::uint32_t g = 0; g < gang.groups.size(); ++g) {
      const std::uint32_t from = gang_.groups[g].min_replicas;
      const auto raised = [&](std::uint32_t minimum) {
        Gang other = gang;
        SetMinimum(other.groups[g], minimum);
        return other;
      };
      const std::uint32_t to = Largest(gang.groups[g].min_replicas, from + 1, raised);
      SetMinimum(gang.groups[g], to);
      if (to == from) continue;
      change.size += from - to;
      change.lowered.push_back({g, from, to});
    }
    if (change.lowered.empty()) return false;
    changes.push_back(std::move(change));
    return true;
  }

  // Makes the sum of pods that several groups lose as small as can be, as far as the questions reach: fewer of one
  // group may stand against many of another.
  void Fewest(FittingChange& change) {
    if (gang_.groups.size() > kMostGroups) return;
    open_ = false;
    lowerable_.assign(gang_.groups.size() + 1, 0);
    for (std::size_t g = gang_.groups.size(); g-- > 0;) {
      const std::uint32_t from = gang_.groups[g].min_replicas;
      lowerable_[g] = lowerable_[g + 1] + from - std::min(from, LowestMinimum(gang_.groups[g]));
    }
    std::uint32_t low = 2;  // no group alone suffices
    while (low < change.size) {
      const std::uint32_t middle = low + (change.size - low) / 2;
      FittingChange fewer;
      fewer.kind = change.kind;
      fewer.size = middle;
      Gang gang = gang_;
      if (!FirstOfSize(gang, 0, middle, fewer)) {
        low = middle + 1;
      } else {
        change = std::move(fewer);
      }
    }
    change.minimal = !open_ && !company_;
  }

  // The first way to take so many pods from the groups from `g` on that suffices; `lowered` says what they lose. Each
  // way is one question: hostile numbers end at the most of those.
  bool FirstOfSize(Gang& gang, std::uint32_t g, std::uint32_t pods, FittingChange& change) {
    if (g == gang.groups.size()) return change.lowered.size() > 1 && Ask(gang) == Answer::kYes;
    const std::uint32_t from = gang_.groups[g].min_replicas;
    const auto least = static_cast<std::uint32_t>(pods - std::min<std::uint64_t>(pods, lowerable_[g + 1]));
    const auto most = static_cast<std::uint32_t>(std::min<std::uint64_t>(pods, lowerable_[g] - lowerable_[g + 1]));
    for (std::uint32_t less = least; less <= most && !open_; ++less) {
      SetMinimum(gang.groups[g], from - less);
      if (less > 0) change.lowered.push_back({g, from, from - less});
      if (FirstOfSize(gang, g + 1, pods - less, change)) return true;
      if (less > 0) change.lowered.pop_back();
    }
    SetMinimum(gang.groups[g], from);
    return false;
  }

  // Scopes with the same parent that ask for the same, and hold no pods yet.
  [[nodiscard]] bool AreEqual(std::uint32_t a, std::uint32_t b) const {
    const GangScope& left = gang_.scopes[a];
    const GangScope& right = gang_.scopes[b];
    if (left.parent != right.parent || !(left.pack == right.pack)) return false;
    for (const GangScope& scope : gang_.scopes) {
      if (scope.parent == a || scope.parent == b) return false;
    }
    const std::vector<const GangGroup*> of_left = GroupsOf(a);
    const std::vector<const GangGroup*> of_right = GroupsOf(b);
    return std::equal(of_left.begin(), of_left.end(), of_right.begin(), of_right.end(),
                      [](const GangGroup* x, const GangGroup* y) {
                        return x->pack == y->pack && x->min_replicas == y->min_replicas &&
                               x->candidates == y->candidates && x->active.empty() && y->active.empty();
                      });
  }

  [[nodiscard]] std::vector<const GangGroup*> GroupsOf(std::uint32_t scope) const {
    std::vector<const GangGroup*> groups;
    for (const GangGroup& group : gang_.groups) {
      if (group.scope == scope) groups.push_back(&group);
    }
    return groups;
  }

  void EqualScopes(std::uint32_t first, std::vector<bool>& seen, std::vector<FittingChange>& changes) {
    std::vector<std::uint32_t> equal{first};
    for (std::uint32_t s = first + 1; s < gang_.scopes.size(); ++s) {
      if (!seen[s] && AreEqual(first, s)) equal.push_back(s);
    }
    for (const std::uint32_t s : equal) seen[s] = true;
    if (equal.size() < 2) return;
    const auto kept = [&](std::uint32_t count) {
      Gang gang = gang_;
      for (GangGroup& group : gang.groups) {
        const auto at = std::ranges::find(equal, group.scope);
        if (at == equal.end() || at - equal.begin() < static_cast<std::ptrdiff_t>(count)) continue;
        group.candidates.clear();
        SetMinimum(group, 0);
      }
      return gang;
    };
    if (Ask(kept(1)) != Answer::kYes) return;
    open_ = false;
    FittingChange& change = changes.emplace_back();
    change.kind = FittingChangeKind::kFewerScopes;
    change.from = static_cast<std::uint32_t>(equal.size());
    change.to = Largest(1, change.from, kept);
    std::uint32_t pods = 0;
    for (const GangGroup* group : GroupsOf(first)) pods += group->min_replicas;
    change.size = pods * (change.from - change.to);
    change.minimal = !open_ && !company_;
    change.scopes = std::move(equal);
  }

  WhatIf& what_if_;
  const Gang& gang_;
  bool company_ = false;
  bool open_ = false;
  std::vector<std::uint64_t> lowerable_;  // by group: so many pods of it and of those after it can go
};

}  // namespace

void FindFewerPods(const ChangeSearch& search, std::vector<FittingChange>& changes) {
  search.what_if.Allow(kQuestions);
  FewerPods(search).Run(changes);
}

// What is placed whole is known from the result: without the others nothing in it changes.
void FindFewerReplicas(const ChangeSearch& search, std::vector<FittingChange>& changes) {
  const Gang& own = search.request.gangs[search.gang];
  const bool scaled = !own.base.empty();
  if (!scaled && own.set.empty()) return;
  std::set<std::uint32_t> all;
  std::set<std::uint32_t> broken;
  FittingChange change;
  for (const GangPlacement& placement : search.result.gangs) {
    const Gang& gang = search.request.gangs[placement.gang];
    const bool counts = gang.gang_namespace == own.gang_namespace &&
                        (scaled ? gang.base == own.base : gang.set == own.set && !gang.set.empty());
    if (!counts) continue;
    const std::uint32_t number = scaled ? placement.gang : gang.replica;
    all.insert(number);
    if (placement.outcome == GangOutcome::kPlaced) continue;
    // A replica whose base is placed stands; its scaled gangs are of a change of their own.
    if (!scaled && !gang.base.empty()) continue;
    broken.insert(number);
    change.gangs.push_back(placement.gang);
  }
  if (broken.size() == all.size()) return;
  change.kind = FittingChangeKind::kFewerReplicas;
  change.size = static_cast<std::uint32_t>(change.gangs.size());
  change.from = static_cast<std::uint32_t>(all.size());
  change.to = static_cast<std::uint32_t>(all.size() - broken.size());
  change.minimal = change.size == 1;
  std::sort(change.gangs.begin(), change.gangs.end());
  changes.push_back(std::move(change));
}

}  // namespace grove::topology
