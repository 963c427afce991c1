#include "topology/remainders.h"

#include <algorithm>

#include "topology/problem.h"

namespace grove::topology {
namespace {

constexpr std::uint32_t kNoClass = 0xFFFFFFFF;

// The hardest class of pods in a scope, and how many of them are in its minimum set.
struct Hardest {
  std::uint32_t pod_class = kNoClass;
  std::int64_t count = 0;

  void Add(const WorkState& state, std::uint32_t other, std::int64_t more) {
    if (pod_class == other) {
      count += more;
    } else if (pod_class == kNoClass || state.needs(other).share > state.needs(pod_class).share) {
      *this = {.pod_class = other, .count = more};
    }
  }
};

}  // namespace

void Remainders::Reset(const WorkState& state, const PlacementRequest& request, bool asked) {
  depths_ = state.depth_count();
  useful_.clear();
  sizes_.clear();
  if (!asked) return;
  useful_.resize(request.classes.size() * depths_);
  sizes_.resize(request.classes.size() * depths_);
  const Cluster& cluster = state.cluster();
  for (const Gang& gang : request.gangs) {
    Hardest of_gang;
    std::vector<Hardest> of_scopes(gang.scopes.size());
    const auto add = [&](const Hardest& hardest, const PackLevels& pack) {
      if (hardest.pod_class == kNoClass) return;
      for (const std::string* level : {&pack.required, &pack.preferred}) {
        const std::uint32_t depth = DepthOf(cluster, *level).value_or(0);
        if (depth > 0) AddScope(hardest.pod_class, depth, hardest.count);
      }
    };
    for (const GangGroup& group : gang.groups) {
      if (group.candidates.empty() || group.min_replicas == 0) continue;
      Hardest hardest;
      hardest.Add(state, group.candidates[0].pod_class, group.min_replicas);
      add(hardest, group.pack);
      of_gang.Add(state, hardest.pod_class, hardest.count);
      for (std::uint32_t s = group.scope; s != GangGroup::kNoScope; s = gang.scopes[s].parent) {
        of_scopes[s].Add(state, hardest.pod_class, hardest.count);
      }
    }
    for (std::size_t s = 0; s < gang.scopes.size(); ++s) add(of_scopes[s], gang.scopes[s].pack);
    add(of_gang, gang.pack);
  }
  for (std::size_t i = 0; i < useful_.size(); ++i) {
    if (sizes_[i].empty()) continue;
    useful_[i].assign(kLargest, 0);
    useful_[i][0] = 1;
    for (std::size_t size = 1; size < sizes_[i].size(); ++size) {
      for (std::size_t sum = size; sizes_[i][size] != 0 && sum < useful_[i].size(); ++sum) {
        if (useful_[i][sum - size] != 0) useful_[i][sum] = 1;
      }
    }
  }
}

void Remainders::AddScope(std::uint32_t pod_class, std::uint32_t depth, std::int64_t copies) {
  std::vector<std::uint8_t>& sizes = sizes_[pod_class * depths_ + depth];
  sizes.resize(kLargest, 0);
  if (copies < kLargest) sizes[static_cast<std::size_t>(copies)] = 1;
}

}  // namespace grove::topology
