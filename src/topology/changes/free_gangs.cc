// Gangs that would have to give their room up.
#include <algorithm>
#include <map>
#include <tuple>

#include "model/stable_sort.h"
#include "topology/changes/find_changes.h"
#include "topology/changes/held_room.h"
#include "topology/changes/subsets.h"

namespace grove::topology {
namespace {

constexpr std::uint32_t kQuestions = 400;
constexpr std::uint64_t kMostSets = 250;
// Sets of gangs that are looked at for a smaller one; few of them are asked about.
constexpr std::uint64_t kMostVisited = 5'000;

class GangFreer {
 public:
  explicit GangFreer(const ChangeSearch& search) : search_(search), what_if_(search.what_if) {}

  void Run(std::vector<FittingChange>& changes) {
    ListHolders();
    what_if_.Allow(kQuestions);
    const SufficientSet found =
        FindSufficientSet(static_cast<std::uint32_t>(holders_.size()), 1, kMostSets,
                          [&](const std::vector<std::uint32_t>& items) { return Ask(Closed(items)); });
    if (found.items.empty()) return;
    std::vector<std::uint32_t> gangs = Closed(found.items);
    bool minimal = found.smallest;
    // Where scaled gangs go with a base the number of gangs is more than was counted.
    if (gangs.size() > found.items.size()) minimal = FindFewer(gangs);
    FittingChange& change = changes.emplace_back();
    change.kind = FittingChangeKind::kFreeGangs;
    change.size = static_cast<std::uint32_t>(gangs.size());
    change.minimal = minimal;
    change.gangs = std::move(gangs);
  }

 private:
  // Tries all smaller sets that leave nobody without a base; true iff none of them suffices, or the smallest is found.
  bool FindFewer(std::vector<std::uint32_t>& gangs) {
    std::uint64_t left = kMostVisited;
    for (std::size_t size = 1; size < gangs.size(); ++size) {
      std::vector<std::uint32_t> items;
      const Answer answer = FirstOfSize(size, 0, items, left);
      if (answer == Answer::kYes) gangs = Closed(items);
      if (answer != Answer::kNo) return answer == Answer::kYes;
    }
    return true;
  }

  // Adds holders from `first` on until there are `size` items that suffice.
  Answer FirstOfSize(std::size_t size, std::uint32_t first, std::vector<std::uint32_t>& items, std::uint64_t& left) {
    if (left == 0) return Answer::kOpen;
    --left;
    if (items.size() == size) {
      const std::vector<std::uint32_t> gangs = Closed(items);
      return gangs.size() == size ? Ask(gangs) : Answer::kNo;
    }
    for (std::uint32_t item = first; item < holders_.size(); ++item) {
      items.push_back(item);
      const Answer answer = FirstOfSize(size, item + 1, items, left);
      if (answer != Answer::kNo) return answer;
      items.pop_back();
    }
    return Answer::kNo;
  }

  // Gangs with room that can be released: lowest priority first, of equal ones scaled before base, the latest first.
  void ListHolders() {
    const std::vector<Gang>& gangs = search_.request.gangs;
    for (std::uint32_t i = 0; i < gangs.size(); ++i) {
      if (i == search_.gang || !HoldsRoom(i)) continue;
      Occupancy trial = what_if_.occupancy();
      if (Release(i, trial)) holders_.push_back(i);
    }
    internal::StableSort(holders_, [&](std::uint32_t a, std::uint32_t b) {
      const auto key = [&](std::uint32_t i) {
        return std::tuple(gangs[i].priority, gangs[i].base.empty(), -gangs[i].order);
      };
      return key(a) < key(b);
    });
  }

  [[nodiscard]] bool HoldsRoom(std::uint32_t i) const {
    const std::vector<GangGroup>& groups = search_.request.gangs[i].groups;
    return !what_if_.placed()[i].empty() ||
           std::ranges::any_of(groups, [](const GangGroup& group) { return !group.active.empty(); });
  }

  bool Release(std::uint32_t i, Occupancy& occupancy) const {
    const Gang& gang = search_.request.gangs[i];
    for (const PodPlacement& pod : what_if_.placed()[i]) {
      const std::uint32_t pod_class = ClassOfCandidate(gang.groups[pod.group], pod.candidate);
      if (!occupancy.Release(pod.node, search_.request.classes[pod_class])) return false;
    }
    return ReleaseActive(search_.request, gang, occupancy);
  }

  // With the scaled gangs of every base that goes: they could not stay without it.
  [[nodiscard]] std::vector<std::uint32_t> Closed(const std::vector<std::uint32_t>& items) const {
    const std::vector<Gang>& gangs = search_.request.gangs;
    std::vector<std::uint32_t> all;
    for (const std::uint32_t item : items) all.push_back(holders_[item]);
    for (const std::uint32_t holder : holders_) {
      const bool goes = std::ranges::any_of(items, [&](std::uint32_t item) {
        const Gang& base = gangs[holders_[item]];
        return !gangs[holder].base.empty() && gangs[holder].base == base.name &&
               gangs[holder].gang_namespace == base.gang_namespace;
      });
      if (goes) all.push_back(holder);
    }
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    return all;
  }

  Answer Ask(const std::vector<std::uint32_t>& gangs) {
    std::vector<NodeIndex> nodes;
    for (const std::uint32_t i : gangs) {
      for (const PodPlacement& pod : what_if_.placed()[i]) nodes.push_back(pod.node);
      for (const GangGroup& group : search_.request.gangs[i].groups) {
        for (const ActivePod& pod : group.active) nodes.push_back(pod.node);
      }
    }
    return what_if_.Ask(what_if_.gang(), {.nodes = nodes, .edit = [&](Occupancy& occupancy) {
                                            for (const std::uint32_t i : gangs) Release(i, occupancy);
                                          }});
  }

  const ChangeSearch& search_;
  WhatIf& what_if_;
  std::vector<std::uint32_t> holders_;
};

}  // namespace

void FindGangsToFree(const ChangeSearch& search, std::vector<FittingChange>& changes) {
  GangFreer(search).Run(changes);
}

}  // namespace grove::topology
