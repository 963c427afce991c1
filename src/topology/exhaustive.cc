#include <algorithm>

#include "topology/placement_check.h"

namespace grove {
namespace {

using check::Present;

bool IsBetter(const std::vector<PackRank>& a, const std::vector<PackRank>& b) {
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (a[i].level != b[i].level) return a[i].level > b[i].level;
    if (a[i].domains != b[i].domains) return a[i].domains < b[i].domains;
  }
  return false;
}

// Puts candidates of one gang on nodes, one after the other, in all ways that differ.
class Trial {
 public:
  Trial(const Occupancy& occupancy, const PlacementRequest& request, std::uint32_t gang, std::uint64_t trials)
      : occupancy_(occupancy), request_(request), gang_(request.gangs[gang]), trials_(trials) {
    present_ = check::PodsOf(occupancy);
    missing_.resize(gang_.groups.size());
    for (std::size_t g = 0; g < missing_.size(); ++g) {
      const GangGroup& group = gang_.groups[g];
      missing_[g] = group.min_replicas - std::min<std::uint32_t>(group.min_replicas, group.active.size());
      std::uint32_t candidate = 0;
      for (const CandidatePods& run : group.candidates) {
        for (std::uint32_t i = 0; i < run.count; ++i)
          candidates_.push_back({static_cast<std::uint32_t>(g), candidate++});
      }
    }
    answer_.surplus.assign(missing_.size(), 0);
  }

  std::optional<ExhaustiveAnswer> Run() {
    Minimum(0, 0);
    if (trials_ == 0) return std::nullopt;
    return answer_;
  }

 private:
  struct Candidate {
    std::uint32_t group = 0;
    std::uint32_t number = 0;
  };

  const PodClass& ClassAt(std::size_t i) const {
    return check::ClassOf(request_, gang_.groups[candidates_[i].group], candidates_[i].number);
  }

  // Visits all placements of candidate `i`, then whatever `next` does. Equal pods stand on nodes in their order.
  template <typename Next>
  void PlaceOne(std::size_t i, bool surplus, NodeIndex from, const Next& next) {
    const PodClass& pods = ClassAt(i);
    for (NodeIndex node = from; node < occupancy_.cluster().node_count() && trials_ > 0; ++node) {
      --trials_;
      if (!check::AdmitsNode(occupancy_, node, pods) || !Fits(node, pods)) continue;
      const std::size_t mark = occupancy_.mark();
      occupancy_.Place(node, pods);
      present_.push_back({node, &pods});
      placed_.push_back(
          {.group = candidates_[i].group, .candidate = candidates_[i].number, .node = node, .surplus = surplus});
      next(node);
      placed_.pop_back();
      present_.pop_back();
      occupancy_.Undo(mark);
    }
  }

  bool Fits(NodeIndex node, const PodClass& pods) const {
    const auto free = occupancy_.free(node);
    const Cluster& cluster = occupancy_.cluster();
    if (free[*cluster.FindResource("pods")] < 1) return false;
    return std::ranges::all_of(pods.requests, [&](const auto& request) {
      if (request.first == "pods" || request.second == 0) return true;
      const auto resource = cluster.FindResource(request.first);
      return resource && free[*resource] >= request.second;
    });
  }

  bool IsEqualToLast(std::size_t i) const {
    return i > 0 && candidates_[i].group == candidates_[i - 1].group && &ClassAt(i) == &ClassAt(i - 1) &&
           !placed_.empty() && placed_.back().group == candidates_[i].group &&
           placed_.back().candidate == candidates_[i - 1].number;
  }

  void Minimum(std::size_t i, std::uint32_t of_group) {
    const bool new_group = i == candidates_.size() || (i > 0 && candidates_[i].group != candidates_[i - 1].group);
    if (new_group && i > 0) {
      if (of_group < missing_[candidates_[i - 1].group]) return;
      of_group = 0;
    }
    if (i == candidates_.size()) return Judge();
    if (of_group < missing_[candidates_[i].group]) {
      const NodeIndex from = IsEqualToLast(i) && placed_.back().surplus == false ? placed_.back().node : 0;
      PlaceOne(i, false, from, [&](NodeIndex) { Minimum(i + 1, of_group + 1); });
      // Of equal pods the first ones are taken.
      std::size_t other = i;
      while (other < candidates_.size() && candidates_[other].group == candidates_[i].group &&
             &ClassAt(other) == &ClassAt(i)) {
        ++other;
      }
      if (other < candidates_.size() && candidates_[other].group == candidates_[i].group) Minimum(other, of_group);
    } else {
      Minimum(i + 1, of_group);
    }
  }

  bool KeepsAll() {
    for (const check::ScopeNodes& scope : check::ScopesOf(gang_, placed_)) {
      if (!check::KeepsRequired(occupancy_.cluster(), scope)) return false;
    }
    if (!check::AnyRules(present_)) return true;
    for (std::size_t i = present_.size() - placed_.size(); i < present_.size(); ++i) {
      if (!check::BrokenByOthers(occupancy_.cluster(), present_, i, present_.size()).empty()) return false;
    }
    return true;
  }

  void Judge() {
    for (std::size_t g = 0; g < missing_.size(); ++g) {
      const auto placed = std::ranges::count_if(placed_, [&](const auto& pod) { return pod.group == g; });
      if (placed < missing_[g]) return;
    }
    if (!KeepsAll()) return;
    const std::vector<PackRank> ranks = check::RanksOf(occupancy_.cluster(), check::ScopesOf(gang_, placed_));
    if (answer_.feasible && IsBetter(answer_.ranks, ranks)) return;
    if (!answer_.feasible || IsBetter(ranks, answer_.ranks)) answer_.surplus.assign(missing_.size(), 0);
    answer_.feasible = true;
    answer_.ranks = ranks;
    Surplus(0);
  }

  // Adds candidates that the minimum set does not use, in all ways.
  void Surplus(std::size_t i) {
    if (i == candidates_.size()) {
      std::vector<std::uint32_t> counts(missing_.size(), 0);
      for (const PodPlacement& pod : placed_) counts[pod.group] += pod.surplus ? 1 : 0;
      if (counts > answer_.surplus && KeepsAll()) answer_.surplus = counts;
      return;
    }
    const bool used = std::ranges::any_of(placed_, [&](const PodPlacement& pod) {
      return pod.group == candidates_[i].group && pod.candidate == candidates_[i].number;
    });
    if (!used) {
      const NodeIndex from = IsEqualToLast(i) && placed_.back().surplus ? placed_.back().node : 0;
      PlaceOne(i, true, from, [&](NodeIndex) { Surplus(i + 1); });
    }
    Surplus(i + 1);
  }

  Occupancy occupancy_;
  const PlacementRequest& request_;
  const Gang& gang_;
  std::uint64_t trials_;
  std::vector<Present> present_;
  std::vector<Candidate> candidates_;
  std::vector<std::uint32_t> missing_;
  std::vector<PodPlacement> placed_;
  ExhaustiveAnswer answer_;
};

}  // namespace

std::optional<ExhaustiveAnswer> PlaceExhaustively(const Occupancy& occupancy, const PlacementRequest& request,
                                                  std::uint32_t gang, std::uint64_t max_trials) {
  return Trial(occupancy, request, gang, max_trials).Run();
}

}  // namespace grove
