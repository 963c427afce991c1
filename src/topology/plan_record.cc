#include "topology/plan_record.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace grove::topology {

// Before a list grows: what no gang refers to any more makes room, if that is half of it.
template <typename T>
void PlanRecord::MakeRoom(std::vector<T>& list, Slice PlacedGang::*slice, std::size_t more) {
  if (list.size() + more <= list.capacity()) return;
  std::size_t used = 0;
  for (const PlacedGang& gang : gangs) used += (gang.*slice).count;
  if (used > list.size() / 2) return;
  std::vector<T> kept;
  kept.reserve(std::max(list.size(), used + more));
  for (PlacedGang& gang : gangs) {
    const auto first = list.begin() + (gang.*slice).first;
    (gang.*slice).first = static_cast<std::uint32_t>(kept.size());
    kept.insert(kept.end(), first, first + (gang.*slice).count);
  }
  list = std::move(kept);
}

void PlanRecord::OpenPods(PlacedGang& gang, std::size_t more) {
  const bool at_end = gang.pods.first + gang.pods.count == pods.size();
  MakeRoom(pods, &PlacedGang::pods, more + (at_end ? 0 : gang.pods.count));
  if (gang.pods.count > 0 && gang.pods.first + gang.pods.count == pods.size()) return;
  const std::size_t first = gang.pods.first;
  gang.pods.first = static_cast<std::uint32_t>(pods.size());
  for (std::size_t i = 0; i < gang.pods.count; ++i) pods.push_back(PodPlacement(pods[first + i]));
}

void PlanRecord::SetPods(PlacedGang& gang, std::span<const PodPlacement> of_gang) {
  gang.pods.count = 0;
  OpenPods(gang, of_gang.size());
  gang.pods.count = static_cast<std::uint32_t>(of_gang.size());
  pods.insert(pods.end(), of_gang.begin(), of_gang.end());
}

void PlanRecord::SetFigures(PlacedGang& gang, std::span<const ScopeFigure> of_gang) {
  gang.figures.count = 0;
  MakeRoom(figures, &PlacedGang::figures, of_gang.size());
  gang.figures = {.first = static_cast<std::uint32_t>(figures.size()),
                  .count = static_cast<std::uint32_t>(of_gang.size())};
  figures.insert(figures.end(), of_gang.begin(), of_gang.end());
}

PlacementResult PlanRecord::TakeResult() {
  PlacementResult result;
  result.gangs.resize(gangs.size());
  for (std::size_t i = 0; i < gangs.size(); ++i) {
    PlacedGang& from = gangs[i];
    GangPlacement& to = result.gangs[i];
    to.gang = from.gang;
    to.outcome = from.outcome;
    to.optimal = from.optimal;
    to.surplus_complete = from.surplus_complete;
    to.steps = from.steps;
    to.options = from.options;
    const auto first = pods.begin() + from.pods.first;
    const auto end = first + from.pods.count;
    std::sort(first, end, [](const PodPlacement& a, const PodPlacement& b) {
      return std::tie(a.group, a.candidate) < std::tie(b.group, b.candidate);
    });
    to.pods.assign(first, end);
    const auto of_gang = FiguresOf(from);
    to.figures.assign(of_gang.begin(), of_gang.end());
    if (from.explanation != nullptr) to.explanation = std::move(*from.explanation);
    from.explanation.reset();
  }
  result.placed = placed;
  result.placed_bound = placed_bound;
  result.evictions = std::move(evictions);
  result.counters = counters;
  return result;
}

}  // namespace grove::topology
