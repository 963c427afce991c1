// What a plan decides, in little memory: the lists of all gangs behind each other. Of the ways that are tried one
// becomes the result.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "grove/placement.hpp"

namespace grove::topology {

// Part of a list.
struct Slice {
  std::uint32_t first = 0;
  std::uint32_t count = 0;
};

// As GangPlacement.
struct PlacedGang {
  std::uint32_t gang = 0;
  GangOutcome outcome = GangOutcome::kNotFound;
  bool optimal = false;
  bool surplus_complete = false;
  std::uint64_t steps = 0;
  Slice pods;
  Slice figures;
  OptionFigures options;
  std::unique_ptr<PlacementExplanation> explanation;  // null: as a new one

  [[nodiscard]] PlacementExplanation& Explanation() {
    if (explanation == nullptr) explanation = std::make_unique<PlacementExplanation>();
    return *explanation;
  }
};

struct PlanRecord {
  std::vector<PlacedGang> gangs;  // in the order in which they were decided
  std::vector<PodPlacement> pods;
  std::vector<ScopeFigure> figures;
  std::uint32_t placed = 0;
  std::uint32_t placed_bound = 0;
  std::vector<Eviction> evictions;
  PlacementCounters counters;

  [[nodiscard]] std::span<const PodPlacement> PodsOf(const PlacedGang& gang) const {
    return std::span(pods).subspan(gang.pods.first, gang.pods.count);
  }
  [[nodiscard]] std::span<ScopeFigure> FiguresOf(const PlacedGang& gang) {
    return std::span(figures).subspan(gang.figures.first, gang.figures.count);
  }
  [[nodiscard]] std::span<const ScopeFigure> FiguresOf(const PlacedGang& gang) const {
    return std::span(figures).subspan(gang.figures.first, gang.figures.count);
  }
  // The gang's pods may grow by `more` at the end of the list; those that it has go there first.
  void OpenPods(PlacedGang& gang, std::size_t more);
  void SetPods(PlacedGang& gang, std::span<const PodPlacement> of_gang);
  void SetFigures(PlacedGang& gang, std::span<const ScopeFigure> of_gang);
  // Sorts what the result lists sorted. Moves out what it can.
  [[nodiscard]] PlacementResult TakeResult();

 private:
  template <typename T>
  void MakeRoom(std::vector<T>& list, Slice PlacedGang::*slice, std::size_t more);
};

}  // namespace grove::topology
