// Room for a gang that does not fit, from gangs of lower priority (PL-60, PL-66).
#include <algorithm>
#include <functional>
#include <tuple>

#include "model/stable_sort.h"
#include "topology/changes/subsets.h"
#include "topology/planner.h"

namespace grove::topology {
namespace {

constexpr std::uint32_t kQuestions = 1'000;
constexpr std::uint64_t kMostSets = 400;
// Ways to choose which pods of groups are the surplus; beside whole gangs fewer are tried.
constexpr std::size_t kMostChoices = 64;
constexpr std::size_t kMostChoicesBesideGangs = 8;
constexpr std::uint64_t kStepsPerQuestion = 20'000;

// An active pod, as the planner counts those that are left.
struct HeldPod {
  std::uint32_t gang = 0;
  std::uint32_t group = 0;
  std::uint32_t active = 0;
};

}  // namespace

// Asks what would have to go, and lets it go.
class Preemption {
 public:
  Preemption(Planner& planner, Planner::GangState& state) : planner_(planner), state_(state) {}

  bool Run() {
    ListVictims();
    if (victims_.empty()) return false;
    std::vector<std::uint32_t> gangs;
    std::vector<HeldPod> surplus;
    if (!SurplusSuffices({}, kMostChoices, surplus) && !FindGangs(gangs, surplus)) return false;
    Trim(gangs, surplus);
    return LetGo(gangs, surplus);
  }

 private:
  const Gang& GangAt(std::uint32_t i) const { return planner_.request_->gangs[i]; }

  [[nodiscard]] bool IsScaledOf(std::uint32_t scaled, std::uint32_t base) const {
    return planner_.gangs_[scaled].base == base;
  }

  [[nodiscard]] bool HoldsRoom(std::uint32_t i) const {
    const std::vector<GangGroup>& groups = GangAt(i).groups;
    return std::any_of(groups.begin(), groups.end(), [](const GangGroup& group) { return !group.active.empty(); });
  }

  // Whether its pods may be taken from it at all, and are known well enough.
  [[nodiscard]] bool IsYielding(std::uint32_t i) const {
    if (GangAt(i).priority >= state_.priority) return false;
    Occupancy trial = planner_.state_.occupancy();
    for (const GangGroup& group : GangAt(i).groups) {
      for (const ActivePod& pod : group.active) {
        if (pod.pod_class == ActivePod::kUnknownClass ||
            !trial.Release(pod.node, planner_.request_->classes[pod.pod_class])) {
          return false;
        }
      }
    }
    return true;
  }

  // Lowest priority first, of equal ones scaled before base, the latest first.
  void ListVictims() {
    for (std::uint32_t i = 0; i < planner_.gangs_.size(); ++i) {
      if (HoldsRoom(i) && IsYielding(i)) victims_.push_back(i);
    }
    internal::StableSort(victims_, [&](std::uint32_t a, std::uint32_t b) {
      const auto key = [&](std::uint32_t i) {
        const Gang& gang = GangAt(i);
        return std::tuple(planner_.gangs_[i].priority, gang.base.empty(), -gang.order,
                          std::string_view(gang.gang_namespace), std::string_view(gang.name));
      };
      return key(a) < key(b);
    });
  }

  // A base goes with its scaled gangs, or not at all.
  [[nodiscard]] bool IsClosed(const std::vector<std::uint32_t>& gangs) const {
    return std::all_of(gangs.begin(), gangs.end(), [&](std::uint32_t base) {
      for (std::uint32_t i = 0; i < planner_.gangs_.size(); ++i) {
        if (IsScaledOf(i, base) && HoldsRoom(i) && std::find(gangs.begin(), gangs.end(), i) == gangs.end())
          return false;
      }
      return true;
    });
  }

  [[nodiscard]] std::vector<HeldPod> PodsOf(const std::vector<std::uint32_t>& gangs) const {
    std::vector<HeldPod> pods;
    for (const std::uint32_t i : gangs) {
      for (std::uint32_t g = 0; g < GangAt(i).groups.size(); ++g) {
        const auto count = static_cast<std::uint32_t>(GangAt(i).groups[g].active.size());
        for (std::uint32_t a = 0; a < count; ++a) pods.push_back({i, g, a});
      }
    }
    return pods;
  }

  void Move(const std::vector<HeldPod>& pods, std::int32_t count) {
    for (const HeldPod& pod : pods) {
      const ActivePod& active = GangAt(pod.gang).groups[pod.group].active[pod.active];
      planner_.state_.Take(active.node, active.pod_class, count);
    }
  }

  // Would the gang fit without these pods?
  Answer Ask(const std::vector<HeldPod>& pods) {
    if (asked_ == kQuestions) return Answer::kOpen;
    ++asked_;
    Move(pods, -1);
    bool all = true;
    bool open = false;
    bool fits = false;
    const std::size_t count = planner_.ListCompositions(state_, all);
    for (std::size_t i = 0; i < count; ++i) {
      const Problem problem =
          MakeProblem(planner_.state_, GangAt(state_.gang), planner_.DemandsOf(state_, planner_.Composition(state_, i)),
                      planner_.ActiveOf(state_));
      std::vector<Assignment>& found = planner_.found_;
      const std::uint64_t limit = std::min(planner_.options_.steps_per_gang, kStepsPerQuestion);
      const Verdict verdict = planner_.solver_.Reach(problem, {}, limit, found);
      fits = verdict == Verdict::kFound;
      open = open || verdict == Verdict::kLimit;
      if (fits) break;
    }
    Move(pods, 1);
    if (fits) return Answer::kYes;
    return open || !all ? Answer::kOpen : Answer::kNo;
  }

  // Visits ways to take all surplus of the victims that stay, until `visit` tells true.
  bool EachChoiceOfSurplus(const std::vector<std::uint32_t>& gone, std::size_t most,
                           const std::function<bool(const std::vector<HeldPod>&)>& visit) const {
    struct Source {
      std::uint32_t gang, group, active, surplus;
    };
    std::vector<Source> sources;
    for (const std::uint32_t i : victims_) {
      if (std::find(gone.begin(), gone.end(), i) != gone.end()) continue;
      for (std::uint32_t g = 0; g < GangAt(i).groups.size(); ++g) {
        const auto active = static_cast<std::uint32_t>(GangAt(i).groups[g].active.size());
        const std::uint32_t minimum = GangAt(i).groups[g].min_replicas;
        if (active > minimum) sources.push_back({i, g, active, active - minimum});
      }
    }
    std::vector<HeldPod> chosen;
    std::size_t visited = 0;
    const auto choose = [&](const auto& self, std::size_t s, std::uint32_t below, std::uint32_t left) -> bool {
      if (s == sources.size()) return ++visited <= most && visit(chosen);
      const Source& source = sources[s];
      if (left == 0)
        return self(self, s + 1, s + 1 < sources.size() ? sources[s + 1].active : 0,
                    s + 1 < sources.size() ? sources[s + 1].surplus : 0);
      // The latest pods first.
      for (std::uint32_t a = below; a-- > left - 1;) {
        chosen.push_back({source.gang, source.group, a});
        const bool done = self(self, s, a, left - 1);
        chosen.pop_back();
        if (done) return true;
        if (visited >= most) return false;
      }
      return false;
    };
    if (sources.empty()) return visit(chosen);
    return choose(choose, 0, sources[0].active, sources[0].surplus);
  }

  // Whether the gang fits once these gangs are gone and surplus of the others; then `surplus` is such surplus.
  bool SurplusSuffices(const std::vector<std::uint32_t>& gone, std::size_t most, std::vector<HeldPod>& surplus) {
    return EachChoiceOfSurplus(gone, most, [&](const std::vector<HeldPod>& choice) {
      std::vector<HeldPod> pods = PodsOf(gone);
      if (pods.empty() && choice.empty()) return false;
      pods.insert(pods.end(), choice.begin(), choice.end());
      if (Ask(pods) != Answer::kYes) return false;
      surplus = choice;
      return true;
    });
  }

  // The fewest gangs.
  bool FindGangs(std::vector<std::uint32_t>& gangs, std::vector<HeldPod>& surplus) {
    const auto at = [&](const std::vector<std::uint32_t>& items) {
      std::vector<std::uint32_t> all;
      for (const std::uint32_t item : items) all.push_back(victims_[item]);
      return all;
    };
    // Those that can only go with a gang that cannot go are none.
    std::erase_if(victims_, [&](std::uint32_t base) {
      for (std::uint32_t i = 0; i < planner_.gangs_.size(); ++i) {
        if (IsScaledOf(i, base) && HoldsRoom(i) && std::find(victims_.begin(), victims_.end(), i) == victims_.end()) {
          return true;
        }
      }
      return false;
    });
    std::vector<HeldPod> ignored;
    const SufficientSet found = FindSufficientSet(
        static_cast<std::uint32_t>(victims_.size()), 1, kMostSets, [&](const std::vector<std::uint32_t>& items) {
          const std::vector<std::uint32_t> gone = at(items);
          if (!IsClosed(gone)) return Answer::kNo;
          return SurplusSuffices(gone, kMostChoicesBesideGangs, ignored) ? Answer::kYes : Answer::kNo;
        });
    gangs = at(found.items);
    return !gangs.empty() && SurplusSuffices(gangs, kMostChoicesBesideGangs, surplus);
  }

  // Leaves out surplus that need not go, that of high priorities first.
  void Trim(const std::vector<std::uint32_t>& gangs, std::vector<HeldPod>& surplus) {
    const auto with = [&](const std::vector<std::uint32_t>& items) {
      std::vector<HeldPod> pods = PodsOf(gangs);
      for (const std::uint32_t item : items) pods.push_back(surplus[item]);
      return pods;
    };
    if (!gangs.empty() && Ask(with({})) == Answer::kYes) {
      surplus.clear();
      return;
    }
    const SufficientSet found =
        FindSufficientSet(static_cast<std::uint32_t>(surplus.size()), 1, kMostSets / 4,
                          [&](const std::vector<std::uint32_t>& items) { return Ask(with(items)); });
    if (found.items.empty()) return;
    std::vector<HeldPod> kept;
    for (const std::uint32_t item : found.items) kept.push_back(surplus[item]);
    surplus = std::move(kept);
  }

  // Lets the pods go and places the gang. Nothing has changed if it is not placed.
  bool LetGo(const std::vector<std::uint32_t>& gangs, const std::vector<HeldPod>& surplus) {
    std::vector<HeldPod> pods = PodsOf(gangs);
    pods.insert(pods.end(), surplus.begin(), surplus.end());
    Move(pods, -1);
    bool open = false;
    if (!planner_.PlaceAsOptionsSay(state_, open)) {
      Move(pods, 1);
      return false;
    }
    std::sort(pods.begin(), pods.end(), [](const HeldPod& a, const HeldPod& b) {
      return std::tie(a.gang, a.group, a.active) < std::tie(b.gang, b.group, b.active);
    });
    for (const HeldPod& pod : pods) {
      if (planner_.record_.evictions.empty() || planner_.record_.evictions.back().gang != pod.gang ||
          planner_.record_.evictions.back().for_gang != state_.gang) {
        const bool whole = std::find(gangs.begin(), gangs.end(), pod.gang) != gangs.end();
        planner_.record_.evictions.push_back({.gang = pod.gang, .for_gang = state_.gang, .whole = whole, .pods = {}});
      }
      planner_.record_.evictions.back().pods.push_back({pod.group, PositionOf(pod)});
    }
    for (std::size_t i = pods.size(); i-- > 0;) Forget(pods[i]);
    for (const std::uint32_t i : gangs) planner_.gangs_[i].preempted = planner_.gangs_[i].below_minimum = true;
    return true;
  }

  // Where the pod stands in the request as it was given.
  std::uint32_t PositionOf(const HeldPod& pod) {
    std::vector<std::vector<std::uint32_t>>& of_victim = planner_.positions_[pod.gang];
    if (of_victim.empty()) {
      for (const GangGroup& group : GangAt(pod.gang).groups) {
        std::vector<std::uint32_t>& positions = of_victim.emplace_back(group.active.size());
        for (std::uint32_t a = 0; a < positions.size(); ++a) positions[a] = a;
      }
    }
    return of_victim[pod.group][pod.active];
  }

  void Forget(const HeldPod& pod) {
    const auto erase = [&](auto& from) { from.erase(from.begin() + static_cast<std::ptrdiff_t>(pod.active)); };
    erase(planner_.positions_[pod.gang][pod.group]);
    erase(planner_.adapted_->gangs[pod.gang].groups[pod.group].active);
  }

  Planner& planner_;
  Planner::GangState& state_;
  std::vector<std::uint32_t> victims_;
  std::uint32_t asked_ = 0;
};

bool Planner::Preempt(GangState& state) { return Preemption(*this, state).Run(); }

}  // namespace grove::topology
